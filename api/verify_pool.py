"""Verify large documents in processes of their own, so that none holds up the others.

A document over 64 KiB keeps the interpreter busy for tens of milliseconds; in a process apart it
can neither stall the server's other threads nor, if it brings a worker down, the server. Hostile
names grow the parser's dictionary, which ends with its thread: each large document has a thread
of its own, some dozen small ones share one, and workers are replaced after some hundred documents
for whatever else might stay behind (design.md 2; security.md A16).

Large documents take turns, so that the time one may take counts from when it is begun, and none
is given up with another. Only so many may wait, and only so long; who comes then is told to come
again, before anything of the document was read.
"""

import multiprocessing
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from threading import BoundedSemaphore, Lock
from typing import Self

from api.renewed_threads import RenewedThreads
from licenses.errors import MalformedDocument, Unavailable
from licenses.model.reasons import Reason
from licenses.model.verdict import Circumstances, DocumentVerdict
from licenses.ports import DocumentVerifier
from schema_ext.documents import refused_verdict
from schema_ext.exchange.elmo_parameter import decode_elmo

NEAR_OCTETS = 64 * 1024
_WORKERS = 1
_DOCUMENTS_A_WORKER = 500
_TASKS_A_DOCUMENT = 2
_START_SECONDS = 60.0
_DOCUMENTS_A_THREAD = 32
_PATIENCE_SECONDS = 20.0
_MOST_WAITING = 8
"""Each holds a thread of the server and up to 8 MiB while it waits."""
_WAIT_SECONDS = 30.0
"""Longer than one document may take, so that who waits behind it still has a turn."""
_COME_AGAIN = "many large documents are being verified just now; send this one again"

MakeVerifier = Callable[[], DocumentVerifier]
_here: list[DocumentVerifier] = []
_threads_here = RenewedThreads(1)


class Busy(Unavailable):
    """Too many large documents wait to be verified; nothing was read, come again in a moment."""

    code = "busy"


class PooledVerifier:
    """Verifies small documents here and large ones in a worker; see `ports.DocumentVerifier`."""

    def __init__(
        self,
        near: DocumentVerifier,
        make: MakeVerifier,
        clock: Callable[[], datetime],
        patience: float = _PATIENCE_SECONDS,
        *,
        most_waiting: int = _MOST_WAITING,
        longest_wait: float = _WAIT_SECONDS,
    ) -> None:
        """Take the verifier for small documents, and how a worker makes its own.

        Args:
            near: used in this process.
            make: called once in each worker; must be picklable.
            clock: gives the time a failure is stamped with.
            patience: seconds a document may take before it is given up.
            most_waiting: large documents that may wait for their turn.
            longest_wait: seconds one of them may wait.
        """
        self._near, self._make, self._clock = near, make, clock
        self._patience, self._longest_wait = patience, longest_wait
        self._places = BoundedSemaphore(_WORKERS + most_waiting)
        self._turns = BoundedSemaphore(_WORKERS)
        self._threads = RenewedThreads(_DOCUMENTS_A_THREAD)
        self._lock = Lock()
        self._executor: ProcessPoolExecutor | None = None

    def verdict(self, carried: bytes, circumstances: Circumstances) -> DocumentVerdict:
        """Return the verdict; a document that brings a worker down is rejected.

        Raises:
            Busy: the document is large, and too many others were here before it.
        """
        if _is_small(carried):
            return self._threads.run(partial(self._near.verdict, carried, circumstances))
        with self._turn():
            return self._by_worker(carried, circumstances)

    @contextmanager
    def _turn(self) -> Iterator[None]:
        if not self._places.acquire(blocking=False):
            raise Busy(_COME_AGAIN)
        try:
            if not self._turns.acquire(timeout=self._longest_wait):
                raise Busy(_COME_AGAIN)
            try:
                yield
            finally:
                self._turns.release()
        finally:
            self._places.release()

    def _by_worker(self, carried: bytes, circumstances: Circumstances) -> DocumentVerdict:
        executor = self._pool()
        try:
            # A worker may have to start first, which is not the document's time.
            executor.submit(_ready).result(timeout=_START_SECONDS)
            job = executor.submit(_verdict, carried, circumstances)
            return job.result(timeout=self._patience)
        except (BrokenProcessPool, TimeoutError):
            self._drop(executor)
        except (CancelledError, RuntimeError):
            # The server is closing, and no worker takes anything any more.
            raise Busy(_COME_AGAIN) from None
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
                    max_tasks_per_child=_DOCUMENTS_A_WORKER * _TASKS_A_DOCUMENT,
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
    """Do nothing: the worker that does it has started, and is free."""
