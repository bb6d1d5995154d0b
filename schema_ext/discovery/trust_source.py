"""A trust source that follows a trust file on the disk while a server runs.

The file is read again when it changes on disk. A new file that is refused leaves the last good one
in force, and the caller is told; so does a file with a lower sequence, which is an older one put
back. A refused file is tried again every minute: it may bear a time that is only a second ahead of
this clock, and revocations in it must not be missed for that.

When the last good one expires, nobody is known any more. Source: design.md 9.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from threading import Lock

from licenses.errors import ConfigurationRefused
from licenses.model.trust import Purpose, TrustedAuthority, TrustedKey, TrustedSmp
from schema_ext.discovery.trust_file import TrustFile, read_trust

_Stamp = tuple[int, int, int]
_TRY_AGAIN = timedelta(minutes=1)


class TrustFileSource:
    """Answers as `licenses.model.trust.TrustSource` from a file that may change."""

    def __init__(
        self,
        path: Path,
        root_kid: str,
        clock: Callable[[], datetime],
        *,
        on_refusal: Callable[[ConfigurationRefused], None],
    ) -> None:
        """Read the file for the first time.

        Args:
            path: of the trust file.
            root_kid: id of the trust key, given by the operator.
            clock: returns the present instant, aware.
            on_refusal: told of each file that is refused, when it changes and when it is tried
                again, and of the expiry.

        Raises:
            ConfigurationRefused: there is no such file, or it is refused.
        """
        self._path, self._root_kid, self._clock = path, root_kid, clock
        self._on_refusal = on_refusal
        self._lock = Lock()
        self._expiry_told = False
        self._try_again_at: datetime | None = None
        try:
            self._stamp = self._stamp_now()
            self._good = self._read()
        except OSError:
            raise ConfigurationRefused("The trust file cannot be read.") from None

    @property
    def sequence(self) -> int:
        """The sequence of the file in force."""
        return self._good.content.sequence

    def authority(self, authority_id: str) -> TrustedAuthority | None:
        """Return the authority with its keys, or None."""
        file = self._current()
        return None if file is None else file.authority(authority_id)

    def key_for(self, authority_id: str, purpose: Purpose, kid: str) -> TrustedKey | None:
        """Return the key with this id and purpose of this authority, or None."""
        file = self._current()
        return None if file is None else file.key_for(authority_id, purpose, kid)

    def authorities(self) -> tuple[TrustedAuthority, ...]:
        """Return all authorities, sorted by id."""
        file = self._current()
        return () if file is None else file.authorities()

    def smps(self) -> tuple[TrustedSmp, ...]:
        """Return all registered receivers."""
        file = self._current()
        return () if file is None else file.smps()

    def _current(self) -> TrustFile | None:
        with self._lock:
            try:
                self._follow()
            except ConfigurationRefused as refusal:
                self._on_refusal(refusal)
            return self._good if self._in_force() else None

    def _follow(self) -> None:
        """Take over a changed file; its stamp is kept first, so that a bad one is left alone."""
        try:
            stamp = self._stamp_now()
            if stamp == self._stamp and not self._is_due():
                return
            self._stamp, self._try_again_at = stamp, self._clock() + _TRY_AGAIN
            new = self._read()
        except OSError:
            if self._stamp != _GONE:
                self._stamp = _GONE
                raise ConfigurationRefused(
                    "The trust file cannot be read; the last one stays in force."
                ) from None
            return
        if new.content.sequence < self.sequence:
            raise ConfigurationRefused("An older trust file was put back; it is not used.")
        self._good, self._expiry_told, self._try_again_at = new, False, None

    def _is_due(self) -> bool:
        return self._try_again_at is not None and self._clock() >= self._try_again_at

    def _in_force(self) -> bool:
        if self._clock() < self._good.content.expires:
            return True
        if not self._expiry_told:
            self._expiry_told = True
            self._on_refusal(ConfigurationRefused("The trust file in use has expired."))
        return False

    def _read(self) -> TrustFile:
        return read_trust(self._path.read_bytes(), root_kid=self._root_kid, now=self._clock())

    def _stamp_now(self) -> _Stamp:
        found = self._path.stat()
        return (found.st_mtime_ns, found.st_size, found.st_ino)


_GONE: _Stamp = (-1, -1, -1)
