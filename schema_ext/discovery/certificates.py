"""What a certificate must be before a key is registered: its type, strength, usage and days.

Certificates are pinned (the registry says whose they are), so no chain is built and nothing is
fetched. By purpose: seal, status and trust keys are P-256; provider and PDF keys are RSA of at
least 2048 bits, which is what existing EMREX clients accept. Own keys must be stronger, and that
is decided where they are made (`signing.key_files`). Source: security.md R-K5, R-K6, A19.
"""

import re
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID

from licenses.errors import ConfigurationRefused
from licenses.model.trust import Purpose, TrustedKey
from schema_ext.signing.keys import stated_purposes

_LEAST_RSA_BITS = 2048
_LEAST_EXPONENT = 65_537
_MOST_SERIAL_BITS = 159  # RFC 5280, 4.1.2.2: positive, at most 20 octets
_ON_CURVE = frozenset({Purpose.SEAL, Purpose.STATUS, Purpose.TRUST})
_TLS_ONLY = frozenset({ExtendedKeyUsageOID.SERVER_AUTH, ExtendedKeyUsageOID.CLIENT_AUTH})
_UNREADABLE = (ValueError, UnsupportedAlgorithm, x509.InvalidVersion)
_PEM = re.compile(
    r"\s*-----BEGIN CERTIFICATE-----\r?\n(?:[A-Za-z0-9+/=]{1,76}\r?\n)+"
    r"-----END CERTIFICATE-----\s*"
)


def checked_certificate(
    der: bytes,
    purpose: Purpose,
    *,
    now: datetime | None = None,
    least_rsa_bits: int = _LEAST_RSA_BITS,
) -> x509.Certificate:
    """Return the certificate in `der`, if a key for `purpose` may be registered with it.

    Args:
        der: exactly one DER certificate.
        purpose: what its key will be trusted for.
        now: aware instant it must be valid at; None where the time of each signature is judged
            later, so that a key that has retired keeps proving what it signed.
        least_rsa_bits: fewer than usual only for a partner of whom a dated record tolerates it.

    Raises:
        ConfigurationRefused: with the one reason that was found first.
    """
    try:
        certificate = x509.load_der_x509_certificate(der)
        exact = certificate.public_bytes(Encoding.DER) == der
    except _UNREADABLE:
        raise ConfigurationRefused("The certificate cannot be read.") from None
    if not exact:
        raise ConfigurationRefused("Something stands behind the certificate.")
    _check_serial(certificate)
    _check_key(certificate, purpose, least_rsa_bits)
    _check_usage(certificate, purpose)
    if now is not None:
        _check_days(certificate, now)
    return certificate


def checked_key(key: TrustedKey) -> TrustedKey:
    """Return `key`, if its certificate fits its purpose and its window lies inside its days.

    Raises:
        ConfigurationRefused: the certificate is refused, or the window is not inside.
    """
    certificate = checked_certificate(key.certificate, key.purpose)
    if key.valid_until < key.valid_from:
        raise ConfigurationRefused("A key ends before it begins.")
    # A certificate counts whole seconds, so a window may stick out by less than one.
    begins = certificate.not_valid_before_utc - timedelta(seconds=1)
    ends = certificate.not_valid_after_utc + timedelta(seconds=1)
    if not (begins < key.valid_from and key.valid_until < ends):
        raise ConfigurationRefused("A key is listed for days its certificate does not cover.")
    return key


def certificate_of_pem(pem: str) -> bytes:
    """Return the DER of exactly one PEM certificate with its line breaks.

    Raises:
        ConfigurationRefused: none, several, or a PEM without line breaks, which the Java clients
            of the network cannot read.
    """
    if not _PEM.fullmatch(pem):
        raise ConfigurationRefused(
            "A key must be one certificate in PEM, with its line breaks and nothing beside it."
        )
    try:
        return x509.load_pem_x509_certificate(pem.encode("ascii")).public_bytes(Encoding.DER)
    except _UNREADABLE:
        raise ConfigurationRefused("The certificate cannot be read.") from None


def pem_of(der: bytes) -> str:
    """Return the PEM of a DER certificate, in lines of 64 characters."""
    return x509.load_der_x509_certificate(der).public_bytes(Encoding.PEM).decode("ascii")


def _check_serial(certificate: x509.Certificate) -> None:
    serial = certificate.serial_number
    if serial <= 0 or serial.bit_length() > _MOST_SERIAL_BITS:
        raise ConfigurationRefused("The certificate has a serial number that is not allowed.")


def _check_key(certificate: x509.Certificate, purpose: Purpose, least_rsa_bits: int) -> None:
    try:
        key = certificate.public_key()
    except (ValueError, UnsupportedAlgorithm):
        raise ConfigurationRefused("The key in the certificate cannot be read.") from None
    if purpose in _ON_CURVE:
        if not isinstance(key, EllipticCurvePublicKey) or not isinstance(key.curve, SECP256R1):
            raise ConfigurationRefused(f"A {purpose} key must be on the curve P-256.")
        return
    if not isinstance(key, RSAPublicKey):
        raise ConfigurationRefused(f"A {purpose} key must be an RSA key.")
    if key.key_size < least_rsa_bits:
        raise ConfigurationRefused(f"An RSA key must have at least {least_rsa_bits} bits.")
    if key.public_numbers().e < _LEAST_EXPONENT:
        raise ConfigurationRefused(f"An RSA key needs an exponent of at least {_LEAST_EXPONENT}.")


def _check_usage(certificate: x509.Certificate, purpose: Purpose) -> None:
    """An absent usage extension allows everything (RFC 5280, 4.2.1.3)."""
    try:
        extensions = certificate.extensions
    except (ValueError, x509.DuplicateExtension, x509.UnsupportedGeneralNameType):
        raise ConfigurationRefused("The certificate has extensions that cannot be read.") from None
    for extension in extensions:
        value = extension.value
        if isinstance(value, x509.KeyUsage) and not (
            value.digital_signature or value.content_commitment
        ):
            raise ConfigurationRefused("The certificate is not meant for signing.")
        # Providers of the network have long signed with the certificate of their web server.
        if isinstance(value, x509.ExtendedKeyUsage) and purpose is not Purpose.NCP:
            _refuse_tls_only(value)
    stated = stated_purposes(certificate)
    if stated and stated != {purpose}:
        raise ConfigurationRefused(f"The certificate is bound to another purpose than {purpose}.")


def _refuse_tls_only(usage: x509.ExtendedKeyUsage) -> None:
    if set(usage) <= _TLS_ONLY:
        raise ConfigurationRefused("The certificate is meant for web servers, not for documents.")


def _check_days(certificate: x509.Certificate, now: datetime) -> None:
    if now < certificate.not_valid_before_utc:
        raise ConfigurationRefused("The certificate is not valid yet.")
    if now > certificate.not_valid_after_utc:
        raise ConfigurationRefused("The certificate has expired.")
