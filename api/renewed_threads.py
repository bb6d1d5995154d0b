"""Threads that run some calls and are then replaced, so that what libxml2 keeps for them goes too.

lxml gives each thread a dictionary of all names it ever met in a document, and never takes one
out. A stranger's documents may each bring ten thousand new names; a dictionary ends with its
thread, so threads that end keep a server from growing with what it was sent (security.md A16).
"""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Lock
from typing import TypeVar

_MOST_AT_ONCE = 32
"""As many as a server lets wait in threads for the answers of authorities."""

Answer = TypeVar("Answer")


class RenewedThreads:
    """Runs calls one by one or side by side, none in a thread that has run many others."""

    def __init__(self, calls: int) -> None:
        """Replace the threads after this number of calls."""
        self._calls, self._begun = calls, 0
        self._lock = Lock()
        self._executor: ThreadPoolExecutor | None = None

    def run(self, call: Callable[[], Answer]) -> Answer:
        """Return what `call` returns, or raise what it raises."""
        return self._submitted(call).result()

    def close(self) -> None:
        """Wait for what is still running."""
        with self._lock:
            executor, self._executor = self._executor, None
        if executor is not None:
            executor.shutdown(wait=True)

    def _submitted(self, call: Callable[[], Answer]) -> Future[Answer]:
        with self._lock:
            if self._executor is None or self._begun == self._calls:
                if self._executor is not None:
                    # What these threads have begun they end; they take nothing new.
                    self._executor.shutdown(wait=False)
                self._executor, self._begun = ThreadPoolExecutor(_MOST_AT_ONCE), 0
            self._begun += 1
            return self._executor.submit(call)
