"""A20: content that makes a library fail, rightly signed by whoever may sign it.

Nothing here is an attack on a signature. What is shown is that no value, however odd, ends
anywhere but in a reason of its own.
"""

# ruff: noqa: E501 - a table is read by its rows

import json
from base64 import b64encode, urlsafe_b64decode
from collections.abc import Callable

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import dsa, ec, ed25519
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from licenses.model.reasons import Reason
from licenses.model.trust import Purpose
from schema_ext.jws import sign_compact
from tests.hostile.bases import Base
from tests.hostile.edits import Edit, after, at_the_start, between, piece, swap, swapped, without
from tests.hostile.resigning import elmo_of, seal_of
from tests.hostile.variants import Variant, outer, outer_made, sealed, sealed_made
from tests.trust_samples import ENDS, STARTS, signing_key

R = Reason

_DIGITS = b"9" * 5_000
_BAD, _UNREADABLE, _SCHEMA = R.SIGNED_PROPERTIES_SHAPE, R.CONTENT_UNREADABLE, R.SCHEMA_INVALID
_VERSION = (b"<lic:recordVersion>", b"</lic:recordVersion>")
_START = (b"<lic:validFrom>", b"</lic:validFrom>")
_TIME = (b"<xades:SigningTime>", b"</xades:SigningTime>")
_SEALED = (b"<lic:signedLicense>", b"</lic:signedLicense>")


def _license(edit: Edit) -> Callable[[Base], bytes]:
    """Let the authority itself seal an edited license."""
    return seal_of(lambda: signing_key(Purpose.SEAL), edit)


def _elmo(edit: Edit) -> Callable[[Base], bytes]:
    """Let the provider itself sign an edited ELMO."""
    return elmo_of(lambda: signing_key(Purpose.NCP), edit)


_LICENSES: dict[str, tuple[Edit, R]] = {
    "a number of 5,000 digits": (between(*_VERSION, _DIGITS), _SCHEMA),
    "a number of other digits": (between(*_VERSION, "٣".encode()), _SCHEMA),
    "no number": (between(*_VERSION, b""), _SCHEMA),
    "a number below nought": (between(*_VERSION, b"-1"), _SCHEMA),
    "the 30th of February": (between(*_START, b"2026-02-30"), _SCHEMA),
    "the year nought": (between(*_START, b"0000-01-01"), _SCHEMA),
    "a year of five digits": (between(*_START, b"99999-01-01"), _SCHEMA),
    "a year before Christ": (between(*_START, b"-0044-03-15"), _SCHEMA),
    "a day with a time zone": (between(*_START, b"2026-01-01+14:00"), _SCHEMA),
    "no day": (between(*_START, b""), _SCHEMA),
    "two issuers": (lambda one: swapped(one, b"<lic:issuer>", piece(one, b"<lic:issuer>", b"</lic:issuer>") + b"<lic:issuer>"), _UNREADABLE),
    "no issuer": (without(b"<lic:issuer>", b"</lic:issuer>"), _UNREADABLE),
    "no holder": (without(b"<lic:holder>", b"</lic:holder>"), _SCHEMA),
    "an element nobody knows": (after(b'version="1.0">', b"<lic:x></lic:x>"), _SCHEMA),
    "another major version": (swap(b'version="1.0"', b'version="2.0"'), R.UNKNOWN_EXTENSION_VERSION),
    "no version": (swap(b' version="1.0"', b""), R.UNKNOWN_EXTENSION_VERSION),
    "an identifier cut short": (between(b"<lic:sealId>", b"</lic:sealId>", b"ab"), _SCHEMA),
    "an empty name": (between(b"<lic:given>", b"</lic:given>", b""), _SCHEMA),
    "a name of a million letters": (between(b"<lic:given>", b"</lic:given>", b"a" * 10**6), _SCHEMA),
    "a license in a license": (lambda one: swapped(one, b"</lic:license>", _SEALED[0] + b"AAAA" + _SEALED[1] + b"</lic:license>"), _SCHEMA),
    "a time zone nobody lives in": (between(b"<lic:timeZone>", b"</lic:timeZone>", b"Mars/Base"), _UNREADABLE),
    "a time zone of the file system": (between(b"<lic:timeZone>", b"</lic:timeZone>", b"../../etc/passwd"), _SCHEMA),
}  # fmt: skip

_TIMES = (b"2026-02-30T10:30:00Z", b"0000-01-01T00:00:00Z", b"2026-05-04T10:30:00+02:00", b"2026-05-04T24:61:00Z", b"", b"now", b"99999-01-01T00:00:00Z", "２０２６-05-04T10:30:00Z".encode())  # fmt: skip


def _status(payload: bytes) -> str:
    """Return a statement that the authority itself signed, whatever it says."""
    return sign_compact(
        payload, signing_key(Purpose.STATUS), purpose=Purpose.STATUS, typ="license-status+jwt"
    )


def _stapled(token: str) -> Edit:
    def edit(text: bytes) -> bytes:
        start = text.index(b">", text.index(b"<lic:status ")) + 1
        return text[:start] + token.encode() + text[text.index(b"</lic:status>") :]

    return edit


def _stating(payload: bytes) -> Callable[[Base], bytes]:
    def make(base: Base) -> bytes:
        return _elmo(_stapled(_status(payload)))(base)

    return make


def _claims(**changed: object) -> Callable[[Base], bytes]:
    """State what the authority states, with some claims of another kind."""

    def make(base: Base) -> bytes:
        own = json.loads(_payload(base.exported.status_token))
        return _stating(json.dumps(own | changed).encode())(base)

    return make


def _payload(token: str) -> bytes:
    return urlsafe_b64decode(token.split(".")[1] + "==")


def _coded(octets: bytes) -> str:
    return b64encode(octets).decode().rstrip("=").replace("+", "-").replace("/", "_")


_ONE_NAME = b'{"a":%b}'
_NESTED = _ONE_NAME % (b"[" * 3_000 + b"]" * 3_000)
_NO_TOKENS = {
    "nothing between the dots": "..",
    "no dots": "token",
    "too many dots": "a.b.c.d",
    "letters outside ASCII": "é.é.é",
    "no letter": "",
}  # fmt: skip
_TOKENS = {
    "a header that is none": f"{_coded(b'x')}.{_coded(b'{}')}.AAAA",
    "a header nested deep": f"{_coded(_NESTED)}.AAAA.AAAA",
    "a header with a number of 5,000 digits": f"{_coded(_ONE_NAME % _DIGITS)}.AAAA.AAAA",
    "half a letter": "A.A.A",
}  # fmt: skip
_PAYLOADS = {
    "no object": b"[]",
    "no text": b"\xff\xfe",
    "nested deep": _NESTED,
    "a number of 5,000 digits": b'{"exp":' + _DIGITS + b"}",
    "a number that is none": b'{"exp":NaN}',
    "the same name twice": b'{"exp":1,"exp":2}',
}  # fmt: skip
_CLAIMS: dict[str, dict[str, object]] = {
    "an end beyond the calendar": {"exp": 10**15},
    "an end before the calendar": {"exp": -(10**15)},
    "an end as text": {"exp": "tomorrow"},
    "an end as a fraction": {"exp": 1.5e300},
    "a subject as a number": {"sub": 1},
    "a standing nobody knows": {"standing": "splendid"},
    "places as text": {"territory": "NO"},
    "a moment that cannot be": {"asOf": "2026-02-30T00:00:00Z"},
}  # fmt: skip
_LEARNER = (b"<bday>", b"</bday>")
_ELMOS: dict[str, tuple[Edit, R]] = {
    "a seal that is no base64": (between(*_SEALED, b"!"), _SCHEMA),
    "an empty seal": (between(*_SEALED, b""), _SCHEMA),
    "a seal of octets": (between(*_SEALED, b64encode(bytes(range(256)))), R.ENCODING_NOT_UTF8),
    "a seal of nothing XML": (between(*_SEALED, b64encode(b"x")), R.NOT_XML),
    "a seal in ever more base64": (between(*_SEALED, b64encode(b64encode(b"<x/>"))), R.NOT_XML),
    "a seal that is an ELMO": (lambda one: between(*_SEALED, b64encode(one))(one), R.UNKNOWN_DOCUMENT),
    "no seal": (without(*_SEALED), _SCHEMA),
    "a license of another version": (lambda one: one.replace(b"elmo-license/v1", b"elmo-license/v9"), R.UNKNOWN_EXTENSION_VERSION),
    "an element of ours nobody knows": (lambda one: at_the_start(one, b'<extension><lic:x xmlns:lic="https://example.org/x"></lic:x></extension>').replace(b"https://example.org/x", _license_namespace(one)), _SCHEMA),
    "a birthday that cannot be": (between(*_LEARNER, b"2026-02-30"), _SCHEMA),
    "a birthday of five digits": (between(*_LEARNER, b"99999-01-01"), _UNREADABLE),
    "a name of a million letters": (between(b"<familyName>", b"</familyName>", b"a" * 10**6), _UNREADABLE),
    "a delivery outside its place": (lambda one: at_the_start(one, piece(one, b"<lic:delivery", b"</lic:delivery>")), _SCHEMA),
}  # fmt: skip


def _license_namespace(text: bytes) -> bytes:
    start = text.index(b'xmlns:lic="') + len(b'xmlns:lic="')
    return text[start : text.index(b'"', start)]


def _odd_certificates() -> dict[str, Callable[[], bytes]]:
    """Return certificates, by what is odd about them, that a document may show."""
    return {
        "Ed25519": lambda: _certified(ed25519.Ed25519PrivateKey.generate(), None),
        "DSA": lambda: _certified(dsa.generate_private_key(1024), hashes.SHA256()),
        "secp256k1": lambda: _certified(ec.generate_private_key(ec.SECP256K1()), hashes.SHA256()),
        "P-521": lambda: _certified(ec.generate_private_key(ec.SECP521R1()), hashes.SHA256()),
        "25,000 octets": lambda: bytes(25_000),
        "half of one": lambda: signing_key(Purpose.SEAL).certificate.public_bytes(Encoding.DER)[:-40],
        "one bit off in the key": _bit_off,
    }  # fmt: skip


def _certified(
    private: "dsa.DSAPrivateKey | ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey",
    digest: hashes.SHA256 | None,
) -> bytes:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "odd")])
    builder = x509.CertificateBuilder(name, name, private.public_key(), 1, STARTS, ENDS)
    return builder.sign(private, digest).public_bytes(Encoding.DER)


def _bit_off() -> bytes:
    key = signing_key(Purpose.SEAL).certificate
    der = key.public_bytes(Encoding.DER)
    at = der.index(b"\x03\x42\x00\x04") + 40
    return der[:at] + bytes([der[at] ^ 1]) + der[at + 1 :]


def _showing(make: Callable[[], bytes]) -> Edit:
    def edit(document: bytes) -> bytes:
        shown = b64encode(make())
        return between(b"<ds:X509Certificate>", b"</ds:X509Certificate>", shown)(document)

    return edit


def _beside_a_copy(variant: Variant) -> Variant:
    """In an ELMO the clear copy beside such a seal is of the license as it was."""
    no_copy = variant.reason is _UNREADABLE and "issuer" in variant.name
    return variant._replace(carried=None if no_copy else R.CLEAR_COPY_DIFFERS)


A20: tuple[Variant, ...] = (
    *(_beside_a_copy(sealed_made("A20", name, _license(edit), reason)) for name, (edit, reason) in _LICENSES.items()),
    *(sealed("A20", f"sealed at {time.decode()!r}", between(*_TIME, time), _BAD) for time in _TIMES),
    *(outer_made("A20", f"a statement of {name}", _elmo(_stapled(token)), _SCHEMA) for name, token in _NO_TOKENS.items()),
    *(outer_made("A20", f"a statement of {name}", _elmo(_stapled(token)), R.STATUS_SIGNATURE) for name, token in _TOKENS.items()),
    *(outer_made("A20", f"a statement that says {name}", _stating(payload), R.STATUS_SIGNATURE) for name, payload in _PAYLOADS.items()),
    *(outer_made("A20", f"a statement with {name}", _claims(**changed), R.STATUS_SIGNATURE) for name, changed in _CLAIMS.items()),
    *(outer_made("A20", name, _elmo(edit), reason) for name, (edit, reason) in _ELMOS.items()),
    *(outer("A20", f"a certificate: {name}", _showing(make), R.WRONG_NCP_KEY) for name, make in _odd_certificates().items()),
    *(sealed("A20", f"a certificate: {name}", _showing(make), R.UNKNOWN_KEY) for name, make in _odd_certificates().items()),
)  # fmt: skip
VARIANTS: tuple[Variant, ...] = A20
