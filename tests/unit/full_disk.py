"""A register that works until something is to be kept for good."""

from types import TracebackType
from typing import Any, Self

from licenses.errors import Unavailable
from licenses.model.register import AuditEntry
from licenses.storage.memory import MemoryUnitOfWork


class FullDisk:
    """A unit of work whose audit log, or whose commit, does not take anything."""

    def __init__(self, real: MemoryUnitOfWork, where: str) -> None:
        self._real, self._where = real, where

    def __getattr__(self, name: str) -> Any:
        if name == self._where == "audit":
            return self
        return getattr(self._real, name)

    def __enter__(self) -> Self:
        self._real.__enter__()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._real.__exit__(kind, error, trace)

    def record(self, _: AuditEntry) -> None:
        raise Unavailable("the disk is full")

    def commit(self) -> None:
        if self._where == "commit":
            raise Unavailable("the disk is full")
        self._real.commit()
