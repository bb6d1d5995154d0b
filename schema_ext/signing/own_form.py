"""Know at a glance a signature that stands exactly as our own writers write it.

Such a signature is fixed text with a few open places: digests, value, certificate, and in a seal
the time. The pattern is what the writers' own functions write around those places, so whatever
fits it has their shape and no other, and need not be read element by element (`shape`). What it
covers is the document without that text; the digests are compared here, on the octets received.

Nothing is refused here and nobody is trusted. None means "not known at a glance": the document
is then read element by element, which finds another writer's form, or the reason. The verifier
still asks for the key and for the signature value.

Source: design.md 5; performance.md 9 (the idea, and what it must be guarded by).
"""

import re
from binascii import Error as NotBase64
from datetime import datetime
from functools import cache
from hashlib import sha256
from typing import Final, NamedTuple

from pybase64 import b64decode, b64encode_as_string

from schema_ext.signing.outer_writer import END_OF_ELMO, OUTER_METHODS
from schema_ext.signing.policy import ECDSA_SHA256, OUTER, RSA_SHA256, SEAL, SignatureMethod
from schema_ext.signing.seal_writer import (
    END_OF_LICENSE,
    SEAL_METHODS,
    properties_as_signed,
    properties_as_written,
    properties_reference,
)
from schema_ext.signing.signature_text import (
    END_OF_SIGNATURE,
    END_OF_SIGNED_INFO,
    END_OF_VALUE,
    START_OF_SIGNATURE,
    as_signed,
    digest_text,
    document_reference,
    shown_certificate,
)

_DIGEST: Final = "[A-Za-z0-9+/]{43}="
# No certificate that is read is longer than 20,000 octets.
_BASE64: Final = "[A-Za-z0-9+/]{4,26800}+={0,2}"
_PLACES: Final = {
    "document": _DIGEST,
    "properties": _DIGEST,
    "value": _BASE64,
    "certificate": _BASE64,
    "time": "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z",
    "named": _DIGEST,
}
"""The open places; `named` is the digest of the certificate among the signed particulars."""


class OwnForm(NamedTuple):
    """A signature in our own form: what it covers, what was signed, and by whose certificate.

    `octets` are the document without the signature, `digest` their SHA-256, which was signed;
    whether they are canonical is not known yet. `signing_time` is claimed, and None for an ELMO.
    """

    octets: bytes
    digest: bytes
    signed_info: bytes
    value: bytes
    method: SignatureMethod
    certificate: bytes
    signing_time: datetime | None = None


def own_outer(document: bytes) -> OwnForm | None:
    """Return the signature of an ELMO signed as `outer_writer` does, or None."""
    found = _found(document, _outer_pattern(), END_OF_ELMO)
    if found is None:
        return None
    signed_info = OUTER_METHODS + document_reference(found.places["document"])
    return OwnForm(
        octets=found.octets,
        digest=found.digest,
        signed_info=as_signed(signed_info),
        value=found.value,
        method=OUTER.signature_methods[RSA_SHA256],
        certificate=found.certificate,
    )


def own_seal(document: bytes) -> OwnForm | None:
    """Return the signature of a license sealed as `seal_writer` does, or None."""
    found = _found(document, _seal_pattern(), END_OF_LICENSE)
    if found is None:
        return None
    places = found.places
    properties = properties_as_signed(places["time"], places["named"])
    named, signed = digest_text(found.certificate), digest_text(properties)
    signing_time = _time(places["time"])
    if (named, signed) != (places["named"], places["properties"]) or signing_time is None:
        return None
    references = document_reference(places["document"]) + properties_reference(signed)
    return OwnForm(
        octets=found.octets,
        digest=found.digest,
        signed_info=as_signed(SEAL_METHODS + references),
        value=found.value,
        method=SEAL.signature_methods[ECDSA_SHA256],
        certificate=found.certificate,
        signing_time=signing_time,
    )


class _Found(NamedTuple):
    """What stands in the open places, and the octets covered with their digest, which is right."""

    places: dict[str, str]
    octets: bytes
    digest: bytes
    value: bytes
    certificate: bytes


def _found(document: bytes, pattern: re.Pattern[bytes], end: bytes) -> _Found | None:
    at = document.rfind(START_OF_SIGNATURE)
    match = None if at == -1 else pattern.fullmatch(document, at)
    if match is None:
        return None
    places = {name: text.decode("ascii") for name, text in match.groupdict().items()}
    octets = document[:at] + end
    digest = sha256(octets).digest()
    if b64encode_as_string(digest) != places["document"]:
        return None
    try:
        value, certificate = (
            b64decode(places[name], validate=True) for name in ("value", "certificate")
        )
    except (NotBase64, ValueError):
        return None
    return _Found(places, octets, digest, value, certificate)


@cache
def _outer_pattern() -> re.Pattern[bytes]:
    signed_info = OUTER_METHODS + document_reference("{document}")
    return _pattern(signed_info, b"", END_OF_ELMO)


@cache
def _seal_pattern() -> re.Pattern[bytes]:
    signed_info = (
        SEAL_METHODS + document_reference("{document}") + properties_reference("{properties}")
    )
    return _pattern(signed_info, properties_as_written("{time}", "{named}"), END_OF_LICENSE)


def _pattern(signed_info: str, particulars: bytes, end: bytes) -> re.Pattern[bytes]:
    written = b"".join(
        (
            START_OF_SIGNATURE,
            signed_info.encode(),
            END_OF_SIGNED_INFO,
            b"{value}",
            END_OF_VALUE,
            shown_certificate("{certificate}"),
            particulars,
            END_OF_SIGNATURE,
            end,
        )
    ).decode("ascii")
    pattern = re.escape(written)
    for name, form in _PLACES.items():
        pattern = pattern.replace(re.escape(f"{{{name}}}"), f"(?P<{name}>{form})")
    return re.compile(pattern.encode("ascii"))


def _time(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None
