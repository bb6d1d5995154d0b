"""Make the self-signed certificate that publishes a key of our own, and judge one before use.

A certificate here carries no trust: it is the dated, purpose-bound form in which a trust source
publishes a key. So it is self-signed, says `CA:FALSE` and `digitalSignature`, and names its
purpose as a URI in subjectAltName. Who keeps the private half is `key_files`.

Source: security.md R-K5, R-K6; RFC 5280.
"""

from datetime import datetime
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import NameOID

from licenses.errors import ConfigurationRefused
from licenses.model.trust import Purpose
from schema_ext.signing.keys import PURPOSE_URI, OwnPrivateKey, stated_purposes

OWN_RSA_BITS: Final = 3072
_PUBLIC_EXPONENT: Final = 65537
_RSA_PURPOSES: Final = frozenset({Purpose.NCP, Purpose.PDF})
_LONGEST_NAME: Final = 64


def generate_private_key(purpose: Purpose) -> OwnPrivateKey:
    """Return a fresh key: RSA-3072 where other people's clients need RSA, P-256 elsewhere."""
    if purpose in _RSA_PURPOSES:
        return rsa.generate_private_key(public_exponent=_PUBLIC_EXPONENT, key_size=OWN_RSA_BITS)
    return ec.generate_private_key(ec.SECP256R1())


def self_signed(
    private: OwnPrivateKey,
    purpose: Purpose,
    subject: str,
    valid_from: datetime,
    valid_until: datetime,
) -> x509.Certificate:
    """Return the certificate of `private`.

    Args:
        private: the key, which signs its own certificate.
        purpose: the only thing it may be used for.
        subject: common name, 1 to 64 characters.
        valid_from: aware instant; kept to the second.
        valid_until: aware instant after `valid_from`.

    Raises:
        ConfigurationRefused: the subject is empty or too long, or the window is empty.
    """
    if not 0 < len(subject) <= _LONGEST_NAME:
        raise ConfigurationRefused("The name in a certificate has 1 to 64 characters.")
    if valid_until <= valid_from:
        raise ConfigurationRefused("A certificate must end after it begins.")
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, subject)])
    purpose_name = x509.UniformResourceIdentifier(PURPOSE_URI + purpose.value)
    public_key = private.public_key()
    builder = (
        x509.CertificateBuilder(subject_name=name, issuer_name=name, public_key=public_key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(valid_from)
        .not_valid_after(valid_until)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_signature_only(), critical=True)
        .add_extension(x509.SubjectAlternativeName([purpose_name]), critical=False)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public_key), critical=False)
    )
    return builder.sign(private, hashes.SHA256())


def require_usable(
    private: OwnPrivateKey, certificate: x509.Certificate, purpose: Purpose, now: datetime
) -> None:
    """Refuse a key and certificate that may not sign for `purpose` now.

    Raises:
        ConfigurationRefused: another key's certificate, another purpose, too weak, or outside
            its window.
    """
    if certificate.public_key() != private.public_key():
        raise ConfigurationRefused(f"The {purpose.value} certificate belongs to another key.")
    if stated_purposes(certificate) != {purpose.value}:
        raise ConfigurationRefused(f"The certificate is not one for {purpose.value}.")
    if not _is_strong(private, purpose):
        raise ConfigurationRefused(f"The {purpose.value} key is too weak or of the wrong kind.")
    if not certificate.not_valid_before_utc <= now <= certificate.not_valid_after_utc:
        raise ConfigurationRefused(f"The {purpose.value} certificate is not valid now.")


def _is_strong(private: OwnPrivateKey, purpose: Purpose) -> bool:
    if purpose in _RSA_PURPOSES:
        return isinstance(private, rsa.RSAPrivateKey) and private.key_size >= OWN_RSA_BITS
    return isinstance(private, ec.EllipticCurvePrivateKey) and isinstance(
        private.curve, ec.SECP256R1
    )


def _signature_only() -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=True,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=False,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )
