"""Verify large documents in processes of their own, so that none holds up the others.

A document over 64 KiB keeps the interpreter busy for tens of milliseconds; in a process apart it
can neither stall the server's other threads nor, if it brings a worker down, the server. Hostile
names grow the parser's dictionary, which ends with its thread: each large document has a thread
of its own, some dozen small ones share one, and workers are replaced after some hundred documents
for whatever else might stay behind (design.md 2; security.md A16).
"""

import multiprocessing
from collections.abc import Callable
from concurrent.futures import CancelledError, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from datetime import datetime
from functools import partial
from threading import Lock
from typing import Self

from api.renewed_threads import RenewedThreads
from licenses.errors import MalformedDocument
from licenses.model.reasons import Reason
from licenses.model.verdict import Circumstances, DocumentVerdict
from licenses.ports import DocumentVerifier
from schema_ext.documents import refused_verdict
from schema_ext.exchange.elmo_parameter import decode_elmo

NEAR_OCTETS = 64 * 1024
_WORKERS = 1
_DOCUMENTS_A_WORKER = 500
_DOCUMENTS_A_THREAD = 32
_PATIENCE_SECONDS = 20.0

MakeVerifier = Callable[[], DocumentVerifier]
_here: list[DocumentVerifier] = []
_threads_here = RenewedThreads(1)


class PooledVerifier:
    """Verifies small documents here and large ones in a worker; see `ports.DocumentVerifier`."""

    def __init__(
        self,
        near: DocumentVerifier,
        make: MakeVerifier,
        clock: Callable[[], datetime],
        patience: float = _PATIENCE_SECONDS,
    ) -> None:
        """Take the verifier for small documents, and how a worker makes its own.

        Args:
            near: used in this process.
            make: called once in each worker; must be picklable.
            clock: gives the time a failure is stamped with.
            patience: seconds a document may wait and take before it is given up.
        """
        self._near, self._make, self._clock = near, make, clock
        self._patience = patience
        self._threads = RenewedThreads(_DOCUMENTS_A_THREAD)
        self._lock = Lock()
        self._executor: ProcessPoolExecutor | None = None

    def verdict(self, carried: bytes, circumstances: Circumstances) -> DocumentVerdict:
        """Return the verdict; a document that brings a worker down is rejected."""
        if _is_small(carried):
            return self._threads.run(partial(self._near.verdict, carried, circumstances))
        executor = self._pool()
        try:
            job = executor.submit(_verdict, carried, circumstances)
            return job.result(timeout=self._patience)
        except (BrokenProcessPool, TimeoutError):
            self._drop(executor)
        except (CancelledError, RuntimeError):
            # Another document brought the worker down while this one waited for it.
            pass
        return refused_verdict(Reason.VERIFIER_FAULT, self._clock())

    def __enter__(self) -> Self:
        """Start a worker before the first large document comes."""
        self._pool().submit(_ready)
        return self

    def __exit__(self, *_: object) -> None:
        """Let the workers end what they do, and wait for them."""
        self.close()

    def close(self) -> None:
        """Let the workers end what they do, and wait for them."""
        self._threads.close()
        executor = self._taken()
        if executor is not None:
            executor.shutdown(wait=True, cancel_futures=True)

    def _pool(self) -> ProcessPoolExecutor:
        with self._lock:
            if self._executor is None:
                self._executor = ProcessPoolExecutor(
                    _WORKERS,
                    multiprocessing.get_context("spawn"),
                    _prepare,
                    (self._make,),
                    max_tasks_per_child=_DOCUMENTS_A_WORKER,
                )
            return self._executor

    def _taken(self) -> ProcessPoolExecutor | None:
        with self._lock:
            executor, self._executor = self._executor, None
            return executor

    def _drop(self, executor: ProcessPoolExecutor) -> None:
        """Give up these workers, and no others that may have taken their place."""
        with self._lock:
            if self._executor is executor:
                self._executor = None
        # A worker that hangs must not live on; before Python 3.14 nothing public ends it.
        for worker in list((executor._processes or {}).values()):  # noqa: SLF001
            worker.terminate()
        executor.shutdown(wait=False, cancel_futures=True)


def _is_small(carried: bytes) -> bool:
    """Say whether a document is small, unpacked where it is packed: 48 KiB can hold 9 MiB."""
    if len(carried) > NEAR_OCTETS:
        return False
    if carried.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return True
    try:
        decode_elmo(carried.decode("ascii", "replace").strip(), limit=NEAR_OCTETS)
    except MalformedDocument as refusal:
        # Every other fault of the package is found before anything in it is read.
        return refusal.reason != Reason.INFLATED_TOO_LARGE
    return True


def _prepare(make: MakeVerifier) -> None:
    _here[:] = [make()]


def _verdict(carried: bytes, circumstances: Circumstances) -> DocumentVerdict:
    (verifier,) = _here
    return _threads_here.run(partial(verifier.verdict, carried, circumstances))


def _ready() -> None:
    """Do nothing: the worker that does it has started."""
