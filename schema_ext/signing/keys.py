"""What a signing key is to the writers, whatever keeps it: a file, a token, a test.

A key never leaves its backend; writers see its certificate and ask it to sign. Its id is the
SHA-256 of its certificate, so a signature names exactly one certificate, window and purpose.
The purpose stands in the certificate itself, so a key moved to another place stays what it is.

Source: design.md 5 (Keys), security.md R-K1, R-K5.
"""

from collections.abc import Callable
from hashlib import sha256
from typing import Final, Protocol

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding

from licenses.errors import ConfigurationRefused
from licenses.model.trust import Purpose, TrustedKey

PURPOSE_URI: Final = "urn:license-exchange:purpose:"
"""Start of the URI in subjectAltName that binds a certificate to its purpose."""

OwnPrivateKey = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey
_P256_OCTETS: Final = 32
_NO_NAMES: Final = (
    x509.ExtensionNotFound,
    x509.DuplicateExtension,
    x509.UnsupportedGeneralNameType,
    ValueError,
)


class SigningKey(Protocol):
    """A key of our own, ready to sign for one purpose.

    `kid` is the SHA-256 of the DER certificate, in lower-case hex.
    """

    @property
    def kid(self) -> str:
        """The id under which the trust source publishes the key."""

    @property
    def purpose(self) -> Purpose:
        """What the key may sign."""

    @property
    def certificate(self) -> x509.Certificate:
        """The certificate that is published for it."""

    def sign(self, octets: bytes) -> bytes:
        """Return the signature over SHA-256 of `octets`.

        Returns:
            For P-256 the 64 octets r||s; for RSA, PKCS#1 v1.5.

        Raises:
            Unavailable: the token that keeps the key does not answer.
        """


class InMemoryKey:
    """A signing key whose private half lies in this process; the file backend loads these."""

    def __init__(
        self, private: OwnPrivateKey, certificate: x509.Certificate, purpose: Purpose
    ) -> None:
        self._private = private
        self._certificate = certificate
        self._purpose = purpose
        self._kid = kid_of(certificate.public_bytes(Encoding.DER))
        self._sign = _rsa(private) if isinstance(private, rsa.RSAPrivateKey) else _p256(private)

    @property
    def kid(self) -> str:
        """The id under which the trust source publishes the key."""
        return self._kid

    @property
    def purpose(self) -> Purpose:
        """What the key may sign."""
        return self._purpose

    @property
    def certificate(self) -> x509.Certificate:
        """The certificate that is published for it."""
        return self._certificate

    def sign(self, octets: bytes) -> bytes:
        """Return the signature over SHA-256 of `octets` (P-256: r||s; RSA: PKCS#1 v1.5)."""
        return self._sign(octets)

    def __repr__(self) -> str:
        return f"InMemoryKey(purpose={self._purpose.value!r}, kid={self._kid!r})"


def _rsa(private: rsa.RSAPrivateKey) -> Callable[[bytes], bytes]:
    scheme, digest = padding.PKCS1v15(), hashes.SHA256()
    return lambda octets: private.sign(octets, scheme, digest)


def _p256(private: ec.EllipticCurvePrivateKey) -> Callable[[bytes], bytes]:
    scheme = ec.ECDSA(hashes.SHA256())
    return lambda octets: r_and_s(private.sign(octets, scheme))


def r_and_s(der: bytes) -> bytes:
    """Return r||s, as XML and JSON carry a P-256 signature, of its DER form.

    A DER integer drops leading zeros, and has one where the number would look negative. With this
    curve each length takes one octet, so r begins at the fourth: two integers need not be made.
    """
    end_of_r = 4 + der[3]
    r, s = der[4:end_of_r], der[end_of_r + 2 :]
    return r[-_P256_OCTETS:].rjust(_P256_OCTETS, b"\0") + s[-_P256_OCTETS:].rjust(
        _P256_OCTETS, b"\0"
    )


def kid_of(certificate: bytes) -> str:
    """Return the key id of a DER certificate."""
    return sha256(certificate).hexdigest()


def published(key: SigningKey) -> TrustedKey:
    """Return what a trust source publishes for `key`, valid as long as its certificate."""
    return TrustedKey(
        kid=key.kid,
        purpose=key.purpose,
        certificate=key.certificate.public_bytes(Encoding.DER),
        valid_from=key.certificate.not_valid_before_utc,
        valid_until=key.certificate.not_valid_after_utc,
    )


def stated_purposes(certificate: x509.Certificate) -> frozenset[str]:
    """Return the purposes a certificate binds itself to; empty for a partner's certificate.

    An extension that cannot be read binds to nothing; ours are always readable.
    """
    try:
        names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except _NO_NAMES:
        return frozenset()
    uris = names.get_values_for_type(x509.UniformResourceIdentifier)
    return frozenset(uri.removeprefix(PURPOSE_URI) for uri in uris if uri.startswith(PURPOSE_URI))


def require_purpose(key: SigningKey, purpose: Purpose) -> None:
    """Raise ConfigurationRefused unless `key` is for `purpose`."""
    if key.purpose is not purpose:
        raise ConfigurationRefused(
            f"A key for {key.purpose.value} was given where one for {purpose.value} signs."
        )
