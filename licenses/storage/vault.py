"""Keep personal columns unreadable without a key that is not in the database (R-E1).

One master key of 32 bytes stands in a file of its own. Every person has a key, wrapped by the
master and kept in a row: erasing the row erases the person. Exchanges and receptions stand
under keys derived from the master. Each ciphertext is bound to its row and column, so it cannot
be moved to another. Nothing here knows tables.

Source: AES-256-GCM (NIST SP 800-38D) with random 96-bit nonces; HKDF-SHA256 (RFC 5869).
"""

import hmac
import json
import os
import stat
from collections.abc import Callable
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from licenses.errors import ConfigurationRefused

KEY_BYTES = 32
_NONCE_BYTES = 12

Entropy = Callable[[int], bytes]


class Box:
    """The columns of one row under one key; each ciphertext is nonce, text and tag."""

    def __init__(self, key: bytes, place: tuple[str, ...], entropy: Entropy) -> None:
        self._cipher = AESGCM(key)
        self._place = place
        self._entropy = entropy

    def seal(self, column: str, plain: bytes) -> bytes:
        """Return `plain` encrypted for this row and column."""
        nonce = self._entropy(_NONCE_BYTES)
        return nonce + self._cipher.encrypt(nonce, plain, _joined(*self._place, column))

    def open(self, column: str, sealed: bytes) -> bytes:
        """Return what `seal` was given; raise ConfigurationRefused if it cannot be read."""
        nonce, text = sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:]
        try:
            return self._cipher.decrypt(nonce, text, _joined(*self._place, column))
        except (InvalidTag, ValueError):  # the latter for a text too short to hold a nonce
            raise ConfigurationRefused(
                f"the column {column} cannot be read: it was altered, or the master key is another"
            ) from None


class Vault:
    """The master key at work; `entropy` gives random bytes for keys and nonces."""

    def __init__(self, master_key: bytes, entropy: Entropy = os.urandom) -> None:
        if len(master_key) != KEY_BYTES:
            raise ConfigurationRefused(f"the master key must be {KEY_BYTES} bytes long")
        self._master_key = master_key
        self._entropy = entropy

    def new_person(self, authority_id: str, holder_id: str) -> tuple[bytes, Box]:
        """Return a new person's wrapped key, to be stored, and the box it opens."""
        key = self._entropy(KEY_BYTES)
        wrapped = self._wrapping(authority_id, holder_id).seal("wrapped_key", key)
        return wrapped, Box(key, (authority_id, holder_id), self._entropy)

    def person(self, authority_id: str, holder_id: str, wrapped: bytes) -> Box:
        """Return the box of a person whose wrapped key was stored."""
        key = self._wrapping(authority_id, holder_id).open("wrapped_key", wrapped)
        return Box(key, (authority_id, holder_id), self._entropy)

    def row(self, table: str, row_id: str) -> Box:
        """Return the box of a row that stands under a key of its own, derived from the master."""
        return Box(self._derived("row", table, row_id), (table, row_id), self._entropy)

    def keyed_hash(self, purpose: str, *parts: str) -> str:
        """Return HMAC-SHA256 over the parts in hex; `purpose` picks the derived key."""
        return hmac.digest(self._derived("hash", purpose), _joined(*parts), "sha256").hex()

    def _wrapping(self, authority_id: str, holder_id: str) -> Box:
        return Box(self._derived("wrap"), (authority_id, holder_id), self._entropy)

    def _derived(self, *label: str) -> bytes:
        return HKDF(SHA256(), KEY_BYTES, salt=None, info=_joined(*label)).derive(self._master_key)


def create_master_key(path: Path, entropy: Entropy = os.urandom) -> bytes:
    """Write a new master key to `path` with mode 0600 and return it.

    Raises:
        ConfigurationRefused: something stands there already, or it cannot be written.
    """
    key = entropy(KEY_BYTES)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(f"{key.hex()}\n")
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise ConfigurationRefused(f"the master key cannot be written: {error.strerror}") from error
    return key


def load_master_key(path: Path) -> bytes:
    """Return the master key kept in `path`, 64 hex digits.

    Raises:
        ConfigurationRefused: no regular file, readable by others, or not a key.
    """
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode) or stat.S_IMODE(found.st_mode) & 0o077:
            raise ConfigurationRefused("the master key must be a file of mode 0600")
        key = bytes.fromhex(path.read_text("ascii"))
    except OSError as error:
        raise ConfigurationRefused(f"the master key cannot be read: {error.strerror}") from error
    except ValueError:
        raise ConfigurationRefused("the master key file does not hold a key") from None
    if len(key) != KEY_BYTES:
        raise ConfigurationRefused("the master key file does not hold a key")
    return key


def _joined(*parts: str) -> bytes:
    """Write the parts so that no two different lists give the same bytes."""
    return json.dumps(parts, ensure_ascii=True, separators=(",", ":")).encode("ascii")
