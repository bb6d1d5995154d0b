"""JSON Web Signatures of one form: ES256, compact, with a header we list in full.

Writing puts the compact form together itself and asks the key for the signature over it, so
that a key in a hardware token signs like one in a file. Reading goes through joserfc, with the
certificate the caller found by `kid`; a header never brings its own key into play. Which key
may say what is left to the callers (`status_token`, `discovery.trust_file`).
Source: RFC 7515; RFC 7518, 3.4; RFC 8725, 3.
"""

import base64
import binascii
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from joserfc.errors import JoseError
from joserfc.jwk import ECKey
from joserfc.jws import JWSRegistry, deserialize_compact

from licenses.errors import ConfigurationRefused
from licenses.model.trust import Purpose
from schema_ext.signing.keys import SigningKey, require_purpose
from schema_ext.strict_json import JsonObject, read_object, write_object

_MAX_HEADER = 16_384
_MAX_SIGNATURE = 200


class UntrustedToken(ValueError):
    """The token is not what it must be; the sentence quotes nothing of it."""


class OpenedToken(NamedTuple):
    """What a verified token says: its payload, and the certificate that stands for it."""

    payload: bytes
    certificate: x509.Certificate


def sign_compact(
    payload: bytes, key: SigningKey, *, purpose: Purpose, typ: str, chain: bool = False
) -> str:
    """Return the compact JWS over `payload`.

    Args:
        payload: the octets to sign.
        key: a P-256 key; `kid` in the header is the SHA-256 of its certificate.
        purpose: what the key must be for.
        typ: the header's media type.
        chain: put the certificate itself into the header (`x5c`).

    Raises:
        ConfigurationRefused: the key is for something else, or cannot make ES256.
    """
    require_purpose(key, purpose)
    if not _is_p256(key.certificate):
        raise ConfigurationRefused(f"A {typ} is signed with a P-256 key, and this is another.")
    header: JsonObject = {"alg": "ES256", "kid": key.kid, "typ": typ}
    if chain:
        der = key.certificate.public_bytes(Encoding.DER)
        header["x5c"] = [base64.b64encode(der).decode("ascii")]
    signed = f"{_encoded(write_object(header))}.{_encoded(payload)}"
    return f"{signed}.{_encoded(key.sign(signed.encode('ascii')))}"


def open_compact(
    token: str,
    certificate_for: Callable[[str, JsonObject], x509.Certificate],
    *,
    typ: str,
    names: frozenset[str],
    limit: int,
) -> OpenedToken:
    """Return the payload of `token`, once its signature is proven.

    Args:
        token: compact JWS as it arrived.
        certificate_for: finds the trusted certificate for (kid, header), or raises UntrustedToken.
        typ: the media type the header must bear.
        names: all names the header must have, and the only ones.
        limit: most octets of payload.

    Raises:
        UntrustedToken: wrong form, algorithm, type, key or signature.
    """
    parts = token.split(".")
    if len(parts) != 3 or len(token) > 2 * limit + 2 * _MAX_HEADER:
        raise UntrustedToken("it is not a signed token, or far too long")
    header = _header(parts[0], typ, names)
    certificate = certificate_for(str(header["kid"]), header)
    try:
        opened = deserialize_compact(token, _key_of(certificate), registry=_registry(limit))
    except (JoseError, ValueError):
        raise UntrustedToken("its signature does not belong to it") from None
    return OpenedToken(opened.payload, certificate)


def _header(part: str, typ: str, names: frozenset[str]) -> JsonObject:
    try:
        header = read_object(_decoded(part), limit=_MAX_HEADER)
    except ValueError:
        raise UntrustedToken("its header cannot be read") from None
    if header.keys() != names:
        raise UntrustedToken("its header has other names than it must")
    if header["alg"] != "ES256" or header["typ"] != typ or not isinstance(header["kid"], str):
        raise UntrustedToken("its header says another method or another kind of token")
    return header


@lru_cache(maxsize=64)
def _key_of(certificate: x509.Certificate) -> ECKey:
    """Return the key of a trusted certificate, made once: a few of them sign all tokens."""
    if not _is_p256(certificate):
        raise UntrustedToken("its key is not a P-256 key")
    spki = certificate.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    return ECKey.import_key(spki)


def _registry(limit: int) -> JWSRegistry:
    registry = JWSRegistry(algorithms=["ES256"])
    registry.max_header_length = 2 * _MAX_HEADER
    registry.max_payload_length = 2 * limit
    registry.max_signature_length = _MAX_SIGNATURE
    return registry


def _is_p256(certificate: x509.Certificate) -> bool:
    key = certificate.public_key()
    return isinstance(key, EllipticCurvePublicKey) and isinstance(key.curve, SECP256R1)


def _encoded(octets: bytes) -> str:
    return base64.urlsafe_b64encode(octets).rstrip(b"=").decode("ascii")


def _decoded(part: str) -> bytes:
    try:
        return base64.b64decode(part + "=" * (-len(part) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        raise UntrustedToken("it is not base64url") from None
