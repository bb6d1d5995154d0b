"""The list of providers a running server follows on the disk; the last good one stays in force.

Source: registry.md 1; how the file is read is `emps_file`.
"""

from collections.abc import Callable
from pathlib import Path
from threading import Lock

from licenses.errors import ConfigurationRefused
from schema_ext.discovery.emps_file import EmpsList, read_emps


class EmpsFileSource:
    """Gives the list in an `emps.json`, and reads it again when the file changes."""

    def __init__(self, path: Path, *, on_refusal: Callable[[ConfigurationRefused], None]) -> None:
        """Read the file for the first time; raise ConfigurationRefused if it is refused.

        Args:
            path: of the list.
            on_refusal: told once of each changed file that is refused.
        """
        self._path, self._on_refusal = path, on_refusal
        self._lock = Lock()
        try:
            self._stamp = self._stamp_now()
            self._good = read_emps(path.read_bytes())
        except OSError:
            raise ConfigurationRefused("The list of providers cannot be read.") from None

    def __call__(self) -> EmpsList:
        """Return the list in force."""
        with self._lock:
            try:
                self._follow()
            except ConfigurationRefused as refusal:
                self._on_refusal(refusal)
            return self._good

    def _follow(self) -> None:
        try:
            stamp = self._stamp_now()
            if stamp != self._stamp:
                # Kept first, so that one bad file is refused once and not at every question.
                self._stamp = stamp
                self._good = read_emps(self._path.read_bytes())
        except OSError:
            if self._stamp is not None:
                self._stamp = None
                raise ConfigurationRefused(
                    "The list of providers cannot be read; the last one stays in force."
                ) from None

    def _stamp_now(self) -> tuple[int, int] | None:
        found = self._path.stat()
        return (found.st_mtime_ns, found.st_size)
