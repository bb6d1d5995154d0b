"""Keep our own keys in files: encrypted PKCS#8 and its certificate, one directory an owner.

The directory is 0700 and every secret file 0600, or nothing is loaded. The passphrase is first
stretched with scrypt over the directory's salt, and what comes out encrypts the PKCS#8 file; so
guessing costs 32 MiB a try, which the format's own PBKDF2 does not ask (security.md R-K3).

For each purpose one key signs: `seal.key.pem` with `seal.crt.pem`. `retire` sets a pair aside
under its kid; its certificate stays published, its key is never loaded again (R-K7).

Source: design.md 5 (Keys); security.md R-K2, R-K3, R-K5.
"""

import hashlib
import os
import secrets
import stat
from datetime import datetime
from pathlib import Path
from typing import Final

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    PrivateFormat,
    load_pem_private_key,
)

from licenses.errors import ConfigurationRefused
from licenses.model.trust import Purpose
from schema_ext.signing.certificates import generate_private_key, require_usable, self_signed
from schema_ext.signing.keys import InMemoryKey, OwnPrivateKey, SigningKey, kid_of

_SALT_FILE: Final = "stretch.salt"
_SALT_OCTETS: Final = 16
_SCRYPT_N: Final = 2**15
_SCRYPT_R: Final = 8
_SCRYPT_MEMORY: Final = 2 * 128 * _SCRYPT_N * _SCRYPT_R
_OTHERS: Final = stat.S_IRWXG | stat.S_IRWXO


class KeyStore:
    """The keys of one directory under one passphrase, which is stretched once."""

    def __init__(self, directory: Path, passphrase: str) -> None:
        if not passphrase:
            raise ConfigurationRefused("Keys need a passphrase, and none was given.")
        self._directory = directory
        self._passphrase = passphrase
        self._stretched: tuple[bytes, bytes] | None = None

    def create(
        self, purpose: Purpose, subject: str, valid_from: datetime, valid_until: datetime
    ) -> SigningKey:
        """Make, keep and return a key for `purpose`; see `create_key`."""
        self._make_directory()
        key_path, certificate_path = self._paths(purpose)
        if key_path.exists():
            raise ConfigurationRefused(
                f"There is a {purpose.value} key in force; retire it before making another."
            )
        private = generate_private_key(purpose)
        certificate = self_signed(private, purpose, subject, valid_from, valid_until)
        # A crash between the two leaves a certificate without key, which the next try replaces.
        _write_new(certificate_path, certificate.public_bytes(Encoding.PEM))
        _write_new(key_path, self._encrypted(private))
        return InMemoryKey(private, certificate, purpose)

    def load(self, purpose: Purpose, now: datetime) -> SigningKey:
        """Return the key in force for `purpose`; see `load_key`."""
        self._require_private(self._directory)
        key_path, certificate_path = self._paths(purpose)
        if not (key_path.is_file() and certificate_path.is_file()):
            raise ConfigurationRefused(f"There is no {purpose.value} key in the key directory.")
        self._require_private(key_path)
        private = self._decrypted(key_path.read_bytes(), purpose)
        certificate = _read_certificate(certificate_path.read_bytes(), purpose)
        require_usable(private, certificate, purpose, now)
        return InMemoryKey(private, certificate, purpose)

    def retire(self, purpose: Purpose) -> None:
        """Set the key in force for `purpose` aside, so that it signs no more; none is no fault."""
        key_path, certificate_path = self._paths(purpose)
        if not key_path.exists():
            return
        certificate = _read_certificate(certificate_path.read_bytes(), purpose)
        kid = kid_of(certificate.public_bytes(Encoding.DER))
        retired = self._directory / f"retired-{purpose.value}-{kid}"
        # The certificate is copied before the key moves and removed after it: a crash in between
        # loses neither, and the next try goes on from there.
        _write_new(retired.with_suffix(".crt.pem"), certificate.public_bytes(Encoding.PEM))
        key_path.rename(retired.with_suffix(".key.pem"))
        certificate_path.unlink()
        _sync(self._directory)

    def _paths(self, purpose: Purpose) -> tuple[Path, Path]:
        return (
            self._directory / f"{purpose.value}.key.pem",
            self._directory / f"{purpose.value}.crt.pem",
        )

    def _make_directory(self) -> None:
        try:
            self._directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError:
            raise ConfigurationRefused(
                f"The folder {self._directory.name} for keys cannot be made."
            ) from None
        self._require_private(self._directory)
        if not (self._directory / _SALT_FILE).exists():
            _write_new(self._directory / _SALT_FILE, secrets.token_bytes(_SALT_OCTETS))

    def _require_private(self, path: Path) -> None:
        """Refuse a directory or file that others on this machine may open."""
        try:
            mode = path.stat().st_mode
        except FileNotFoundError:
            raise ConfigurationRefused("The key directory does not exist.") from None
        if mode & _OTHERS:
            wanted = "0700" if stat.S_ISDIR(mode) else "0600"
            raise ConfigurationRefused(
                f"{path.name} is open to others on this machine; set its mode to {wanted}."
            )

    def _encrypted(self, private: OwnPrivateKey) -> bytes:
        return private.private_bytes(
            Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(self._password())
        )

    def _decrypted(self, pem: bytes, purpose: Purpose) -> OwnPrivateKey:
        try:
            private = load_pem_private_key(pem, self._password())
        except TypeError:
            raise ConfigurationRefused(f"The {purpose.value} key file is not encrypted.") from None
        except (ValueError, UnsupportedAlgorithm):
            raise ConfigurationRefused(
                f"The passphrase does not open the {purpose.value} key file."
            ) from None
        if not isinstance(private, ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey):
            raise ConfigurationRefused(f"The {purpose.value} key is of the wrong kind.")
        return private

    def _password(self) -> bytes:
        """Return what encrypts the PKCS#8 files: the passphrase stretched over the salt."""
        salt = self._salt()
        if self._stretched is None or self._stretched[0] != salt:
            stretched = hashlib.scrypt(
                self._passphrase.encode(),
                salt=salt,
                n=_SCRYPT_N,
                r=_SCRYPT_R,
                p=1,
                maxmem=_SCRYPT_MEMORY,
                dklen=32,
            )
            self._stretched = (salt, stretched.hex().encode())
        return self._stretched[1]

    def _salt(self) -> bytes:
        path = self._directory / _SALT_FILE
        if not path.is_file():
            raise ConfigurationRefused("The key directory has lost its salt; restore it.")
        self._require_private(path)
        salt = path.read_bytes()
        if len(salt) != _SALT_OCTETS:
            raise ConfigurationRefused("The salt of the key directory is damaged; restore it.")
        return salt


def create_key(  # noqa: PLR0917 - the order of the arguments is the order of their telling
    directory: Path,
    purpose: Purpose,
    subject: str,
    valid_from: datetime,
    valid_until: datetime,
    passphrase: str,
) -> SigningKey:
    """Make, keep and return a key; several in one directory are faster through `KeyStore`.

    Args:
        directory: made with mode 0700 if missing.
        purpose: P-256 for seal, status and trust; RSA-3072 for ncp and pdf.
        subject: common name of the certificate, 1 to 64 characters.
        valid_from: aware instant.
        valid_until: aware instant after `valid_from`.
        passphrase: not empty; the same for all keys of a directory.

    Raises:
        ConfigurationRefused: a key for `purpose` is in force already, the directory is open to
            others, or an argument is out of bounds.
    """
    return KeyStore(directory, passphrase).create(purpose, subject, valid_from, valid_until)


def load_key(directory: Path, purpose: Purpose, passphrase: str, *, now: datetime) -> SigningKey:
    """Return the key in force for `purpose`.

    Raises:
        ConfigurationRefused: missing, open to others, not encrypted, wrong passphrase, another
            key's or purpose's certificate, too weak, or not valid at `now`.
    """
    return KeyStore(directory, passphrase).load(purpose, now)


def _read_certificate(pem: bytes, purpose: Purpose) -> x509.Certificate:
    try:
        return x509.load_pem_x509_certificate(pem)
    except (ValueError, x509.InvalidVersion):
        raise ConfigurationRefused(f"The {purpose.value} certificate cannot be read.") from None


def _write_new(path: Path, octets: bytes) -> None:
    """Write a file of mode 0600 whole or not at all, and have it on disk before going on."""
    unfinished = path.with_name(f"{path.name}.{secrets.token_hex(8)}.new")
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(octets)
        file.flush()
        os.fsync(file.fileno())
    unfinished.rename(path)
    _sync(path.parent)


def _sync(directory: Path) -> None:
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
