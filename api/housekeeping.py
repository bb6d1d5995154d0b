"""Let go of what is over: once a minute, also where nobody comes by.

An exchange may hold a person's licenses for thirty minutes and a receiver's session what it got
for a day; both are dropped when a new one begins, and here when none does (design.md 6).
"""

import logging
from collections.abc import Callable
from threading import Event, Thread
from typing import Self

from licenses.errors import LicensingError

_LOG = logging.getLogger(__name__)
EVERY_SECONDS = 60.0


class Housekeeping:
    """Runs some work in a thread of its own for as long as it is entered."""

    def __init__(self, work: Callable[[], None], every_seconds: float = EVERY_SECONDS) -> None:
        self._work, self._every = work, every_seconds
        self._ending = Event()
        self._thread = Thread(target=self._run, name="housekeeping", daemon=True)

    def __enter__(self) -> Self:
        """Begin; the work is done at once and then at every interval."""
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """End, after the work under way."""
        self._ending.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._ending.is_set():
            try:
                self._work()
            except LicensingError as error:
                # The next round tries again; until then a new exchange drops the old ones, too.
                _LOG.error("housekeeping failed: %s", error.code)
            self._ending.wait(self._every)
