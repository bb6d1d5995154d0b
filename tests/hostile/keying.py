"""A11 to A13 and A19: whose key it is, by which method, and when it was valid."""

# ruff: noqa: E501 - a table is read by its rows

from base64 import b64decode, b64encode
from collections.abc import Callable
from datetime import timedelta
from functools import cache
from typing import Any

import xmlsec
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding

from licenses.model.reasons import Reason
from licenses.model.trust import Purpose, TrustedKey
from schema_ext.signing.certificates import generate_private_key, self_signed
from schema_ext.signing.keys import InMemoryKey, OwnPrivateKey
from schema_ext.signing.policy import ECDSA_SHA256, RSA_SHA256
from schema_ext.signing.seal_writer import seal
from tests.hostile.bases import Base, World, world
from tests.hostile.edits import Edit, after, before, between, piece, swap, swapped, without
from tests.hostile.resigning import (
    PUBLIC_FORMS,
    Sign,
    by_public_form,
    by_xml_engine,
    elmo_of,
    named_after,
    passed_off,
    resigned,
    seal_of,
)
from tests.hostile.variants import Variant, outer, outer_made, sealed, sealed_made
from tests.trust_samples import ENDS, NOW, STARTS, private_key, signing_key, trusted
from tests.unit.carried_documents import SEALED_AT
from tests.unit.signed_documents import weak_rsa

R = Reason

_NCP, _SEAL, _STATUS = Purpose.NCP, Purpose.SEAL, Purpose.STATUS
_DAY = timedelta(days=1)
_CERTIFICATE = (b"<ds:X509Certificate>", b"</ds:X509Certificate>")
_KEY_INFO = (b"<ds:KeyInfo>", b"</ds:KeyInfo>")
_SHAPE = R.SIGNATURE_SHAPE


@cache
def _stranger(purpose: Purpose) -> InMemoryKey:
    private: OwnPrivateKey = (
        rsa.generate_private_key(public_exponent=65537, key_size=2048)
        if purpose is _NCP
        else generate_private_key(purpose)
    )
    return named_after(purpose, private)


def _shown(key: InMemoryKey) -> bytes:
    return b64encode(key.certificate.public_bytes(Encoding.DER))


def _as(purpose: Purpose, key: InMemoryKey) -> InMemoryKey:
    """Return a key that is for something else, used as if it were for this."""
    return InMemoryKey(key._private, key.certificate, purpose)


def _key_info(planted: str) -> Edit:
    return after(_KEY_INFO[0], planted.encode())


def _and_certificate(purpose: Purpose, *, first: bool) -> Callable[[Base], bytes]:
    """Show the genuine certificate beside that of a stranger, who signs."""

    def make(base: Base) -> bytes:
        stranger = _stranger(purpose)
        made = (elmo_of if purpose is _NCP else seal_of)(lambda: stranger)(base)
        genuine = _CERTIFICATE[0] + _shown(signing_key(purpose)) + _CERTIFICATE[1]
        return (
            before(_CERTIFICATE[0], genuine)(made)
            if first
            else after(_CERTIFICATE[1], genuine)(made)
        )

    return make


def _wide(purpose: Purpose) -> Edit:
    return lambda one: after(_CERTIFICATE[1], piece(one, *_CERTIFICATE) * 5)(one)


_ASKS = {
    "a key to fetch": '<ds:RetrievalMethod URI="http://localhost:1/"></ds:RetrievalMethod>',
    "an encrypted key": '<xenc:EncryptedKey xmlns:xenc="http://www.w3.org/2001/04/xmlenc#"></xenc:EncryptedKey>',
    "a key in DER": '<dsig11:DEREncodedKeyValue xmlns:dsig11="http://www.w3.org/2009/xmldsig11#">AAAA</dsig11:DEREncodedKeyValue>',
    "a reference to KeyInfo": '<dsig11:KeyInfoReference xmlns:dsig11="http://www.w3.org/2009/xmldsig11#" URI="#x"></dsig11:KeyInfoReference>',
    "a PGP key": "<ds:PGPData></ds:PGPData>",
    "an element nobody knows": "<x></x>",
    "text": "trust me",
}  # fmt: skip
_NOT_CERTIFICATES = {
    "no base64": b"-----BEGIN CERTIFICATE-----",
    "half a letter of base64": b"AAAAA",
}
A11: tuple[Variant, ...] = (
    outer_made("A11", "a stranger's key and certificate", elmo_of(lambda: _stranger(_NCP)), R.WRONG_NCP_KEY),
    sealed_made("A11", "a stranger's key and certificate", seal_of(lambda: _stranger(_SEAL)), R.UNKNOWN_KEY),
    outer_made("A11", "a stranger's key, our certificate", elmo_of(lambda: passed_off(_stranger(_NCP)._private, signing_key(_NCP), _NCP)), R.SIGNATURE_INVALID),
    sealed_made("A11", "a stranger's key, our certificate", seal_of(lambda: passed_off(_stranger(_SEAL)._private, signing_key(_SEAL), _SEAL)), R.SIGNATURE_INVALID),
    outer_made("A11", "a stranger's key, no certificate", lambda base: without(*_KEY_INFO)(elmo_of(lambda: _stranger(_NCP))(base)), R.SIGNATURE_INVALID),
    sealed_made("A11", "a stranger's key, no certificate", lambda base: without(*_KEY_INFO)(seal_of(lambda: _stranger(_SEAL))(base)), _SHAPE),
    outer_made("A11", "ours before the stranger's", _and_certificate(_NCP, first=True), R.SIGNATURE_INVALID),
    outer_made("A11", "ours behind the stranger's", _and_certificate(_NCP, first=False), R.SIGNATURE_INVALID),
    sealed_made("A11", "ours before the stranger's", _and_certificate(_SEAL, first=True), _SHAPE),
    sealed_made("A11", "ours behind the stranger's", _and_certificate(_SEAL, first=False), _SHAPE),
    *(outer("A11", name, _key_info(planted), _SHAPE) for name, planted in _ASKS.items()),
    *(sealed("A11", name, _key_info(planted), _SHAPE) for name, planted in _ASKS.items()),
    *(outer("A11", f"a certificate that is {name}", between(*_CERTIFICATE, planted), _SHAPE) for name, planted in _NOT_CERTIFICATES.items()),
    *(sealed("A11", f"a certificate that is {name}", between(*_CERTIFICATE, planted), _SHAPE) for name, planted in _NOT_CERTIFICATES.items()),
    outer("A11", "a certificate that is none", between(*_CERTIFICATE, b"AAAA"), R.WRONG_NCP_KEY),
    sealed("A11", "a certificate that is none", between(*_CERTIFICATE, b"AAAA"), R.UNKNOWN_KEY),
    sealed_made("A11", "the certificate changed behind the signature", lambda base: between(*_CERTIFICATE, _shown(_stranger(_SEAL)))(base.seal), R.UNKNOWN_KEY),
    outer_made("A11", "the certificate changed behind the signature", lambda base: between(*_CERTIFICATE, _shown(_stranger(_NCP)))(base.outer), R.WRONG_NCP_KEY),
    outer("A11", "six certificates", _wide(_NCP), _SHAPE),
    sealed("A11", "six certificates", _wide(_SEAL), _SHAPE),
    outer_made("A11", "the seal key of the authority", lambda base: by_xml_engine(base, method=ECDSA_SHA256, private=private_key(_SEAL), certificate=signing_key(_SEAL).certificate), R.WRONG_NCP_KEY),
    sealed_made("A11", "the status key of the authority", seal_of(lambda: _as(_SEAL, signing_key(_STATUS))), R.KEY_PURPOSE),
    sealed_made("A11", "a stranger's key value", lambda base: _key_info("<ds:KeyValue></ds:KeyValue>")(seal_of(lambda: _stranger(_SEAL))(base)), R.UNKNOWN_KEY),
    outer_made("A11", "a stranger's key value", lambda base: _key_info("<ds:KeyValue></ds:KeyValue>")(elmo_of(lambda: _stranger(_NCP))(base)), R.WRONG_NCP_KEY),
    sealed_made("A11", "an issuer nobody knows", seal_of(lambda: signing_key(_SEAL), swap(b"<lic:id>https://helse", b"<lic:id>https://evil")), R.UNKNOWN_ISSUER),
)  # fmt: skip

_METHOD = {_NCP: RSA_SHA256.encode(), _SEAL: ECDSA_SHA256.encode()}
_MORE = b"http://www.w3.org/2001/04/xmldsig-more#"
_OLD = b"http://www.w3.org/2000/09/xmldsig#"
_HMAC = {"SHA-256": (_MORE + b"hmac-sha256", "sha256"), "SHA-1": (_OLD + b"hmac-sha1", "sha1"), "SHA-512": (_MORE + b"hmac-sha512", "sha512")}  # fmt: skip


def _method(purpose: Purpose, uri: bytes, sign: Sign | None = None) -> Edit:
    return resigned(swap(_METHOD[purpose], uri), sign)


def _hmac(attack: str) -> tuple[Variant, ...]:
    rows: list[Variant] = []
    for make, purpose in ((outer, _NCP), (sealed, _SEAL)):
        for form in PUBLIC_FORMS:
            for name, (uri, digest) in _HMAC.items():
                sign = by_public_form(purpose, form, digest)
                rows.append(
                    make(
                        attack,
                        f"HMAC-{name} with {form}",
                        _method(purpose, uri, sign),
                        R.SIGNATURE_ALGORITHM,
                    )
                )
        length = b'"><ds:HMACOutputLength>8</ds:HMACOutputLength></ds:SignatureMethod>'
        cut = resigned(
            swap(_METHOD[purpose] + b'"></ds:SignatureMethod>', _MORE + b"hmac-sha256" + length),
            lambda _: b"\0",
        )
        rows.append(make(attack, "HMAC cut to eight bits", cut, R.SIGNATURE_ALGORITHM))
        unasked = resigned(
            swap(_METHOD[purpose] + b'"></ds:SignatureMethod>', _METHOD[purpose] + length)
        )
        rows.append(make(attack, "a length nobody asked for", unasked, R.SIGNATURE_ALGORITHM))
    return tuple(rows)


def _by_engine_hmac(base: Base) -> bytes:
    secret = signing_key(_NCP).certificate.public_bytes(Encoding.DER)
    return by_xml_engine(base, method=str(xmlsec.constants.TransformHmacSha256.href), secret=secret)


A12: tuple[Variant, ...] = (
    *_hmac("A12"),
    outer_made("A12", "HMAC by another engine", _by_engine_hmac, R.SIGNATURE_ALGORITHM),
)


def _rsa(padding_: padding.AsymmetricPadding, digest: hashes.HashAlgorithm) -> Sign:
    def sign(octets: bytes) -> bytes:
        private = private_key(_NCP)
        assert isinstance(private, rsa.RSAPrivateKey)
        return private.sign(octets, padding_, digest)

    return sign


_PKCS1 = padding.PKCS1v15()
_PSS = padding.PSS(padding.MGF1(hashes.SHA256()), 32)
_WEAK_METHODS: dict[str, tuple[bytes, Sign | None]] = {
    "RSA with SHA-1": (_OLD + b"rsa-sha1", _rsa(_PKCS1, hashes.SHA1())),
    "RSA with MD5": (_MORE + b"rsa-md5", _rsa(_PKCS1, hashes.MD5())),
    "RSA with SHA-224": (_MORE + b"rsa-sha224", _rsa(_PKCS1, hashes.SHA224())),
    "RSA-PSS": (b"http://www.w3.org/2007/05/xmldsig-more#rsa-pss", _rsa(_PSS, hashes.SHA256())),
    "RSA-PSS with SHA-256": (b"http://www.w3.org/2007/05/xmldsig-more#sha256-rsa-MGF1", _rsa(_PSS, hashes.SHA256())),
    "DSA": (_OLD + b"dsa-sha1", None),
    "ECDSA with SHA-1": (_MORE + b"ecdsa-sha1", None),
    "none": (b"none", None),
    "nothing": (b"", None),
    "one nobody knows": (b"urn:x", None),
    "a digest": (b"http://www.w3.org/2001/04/xmlenc#sha256", None),
    "capitals": (b"HTTP://www.w3.org/2001/04/xmldsig-more#rsa-sha256", None),
    "a space more": (_MORE + b"rsa-sha256 ", None),
}  # fmt: skip
_DIGEST = b"http://www.w3.org/2001/04/xmlenc#sha256"
_WEAK_DIGESTS = {"SHA-1": _OLD + b"sha1", "MD5": _MORE + b"md5", "SHA-224": _MORE + b"sha224", "RIPEMD-160": b"http://www.w3.org/2001/04/xmlenc#ripemd160", "SHA3-256": b"http://www.w3.org/2007/05/xmldsig-more#sha3-256", "none": b""}  # fmt: skip
_C14N = b"http://www.w3.org/2001/10/xml-exc-c14n#"
_WEAK_C14N = {"comments": _C14N + b"WithComments", "C14N 1.1": b"http://www.w3.org/2006/12/xml-c14n11", "no name": b"", "something else": b"urn:x"}  # fmt: skip
_CURVE_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
_VALUE = (b"<ds:SignatureValue>", b"</ds:SignatureValue>")


def _value(change: Callable[[bytes], bytes]) -> Edit:
    """Change the octets of the signature value."""

    def edit(document: bytes) -> bytes:
        written = piece(document, *_VALUE)[len(_VALUE[0]) : -len(_VALUE[1])]
        return between(*_VALUE, b64encode(change(b64decode(written))))(document)

    return edit


def _numbers(r: int, s: int) -> bytes:
    return r.to_bytes(32, "big") + s.to_bytes(32, "big")


def _mirrored(value: bytes) -> bytes:
    """Return the other signature over the same octets that every ECDSA signature has."""
    return _numbers(
        int.from_bytes(value[:32], "big"), _CURVE_ORDER - int.from_bytes(value[32:], "big")
    )


def _in_der(value: bytes) -> bytes:
    return encode_dss_signature(
        int.from_bytes(value[:32], "big"), int.from_bytes(value[32:], "big")
    )


_VALUES: dict[str, Callable[[bytes], bytes]] = {
    "zeros": lambda one: bytes(len(one)),
    "ones": lambda one: b"\xff" * len(one),
    "nothing": lambda _: b"",
    "one octet": lambda _: b"\1",
    "an octet less": lambda one: one[:-1],
    "an octet more": lambda one: one + b"\0",
    "an octet in front": lambda one: b"\0" + one,
    "twice itself": lambda one: one + one,
    "one bit off": lambda one: one[:-1] + bytes([one[-1] ^ 1]),
    "very long": lambda one: one * 500,
}  # fmt: skip
_EC_VALUES: dict[str, Callable[[bytes], bytes]] = {
    "the order of the curve": lambda _: _numbers(_CURVE_ORDER, _CURVE_ORDER),
    "r nought": lambda one: bytes(32) + one[32:],
    "s nought": lambda one: one[:32] + bytes(32),
    "one and one": lambda _: _numbers(1, 1),
    "in DER": _in_der,
    "r and s exchanged": lambda one: one[32:] + one[:32],
}  # fmt: skip


@cache
def _small() -> tuple[rsa.RSAPrivateKey, TrustedKey, Any]:
    return weak_rsa(1024)


def _by_small(base: Base) -> bytes:
    private, _, certificate = _small()
    return by_xml_engine(base, private=private, certificate=certificate)


@cache
def _wide_curve() -> InMemoryKey:
    private = ec.generate_private_key(ec.SECP384R1())
    return InMemoryKey(private, self_signed(private, _SEAL, "wide", STARTS, ENDS), _SEAL)


def _published(key: InMemoryKey, purpose: Purpose) -> TrustedKey:
    return TrustedKey(
        kid=key.kid,
        purpose=purpose,
        certificate=key.certificate.public_bytes(Encoding.DER),
        valid_from=STARTS,
        valid_until=ENDS,
    )


def _sealed_wide(base: Base) -> bytes:
    """Return a license sealed with P-384, which the profile does not know."""
    return seal(base.license_text, passed_off(private_key(_SEAL), _wide_curve(), _SEAL), SEALED_AT)


A13: tuple[Variant, ...] = (
    *(outer("A13", f"the method {name}", _method(_NCP, uri, sign), R.SIGNATURE_ALGORITHM) for name, (uri, sign) in _WEAK_METHODS.items()),
    *(sealed("A13", f"the method {name}", _method(_SEAL, uri), R.SIGNATURE_ALGORITHM) for name, (uri, _) in _WEAK_METHODS.items()),
    *(outer("A13", f"the digest {name}", resigned(swap(_DIGEST, uri)), R.SIGNATURE_ALGORITHM) for name, uri in _WEAK_DIGESTS.items()),
    *(sealed("A13", f"the digest {name}", resigned(swap(_DIGEST, uri)), R.SIGNATURE_ALGORITHM) for name, uri in _WEAK_DIGESTS.items()),
    sealed("A13", "SHA-1 for the certificate", lambda one: swapped(one, b'<xades:CertDigest><ds:DigestMethod Algorithm="' + _DIGEST, b'<xades:CertDigest><ds:DigestMethod Algorithm="' + _OLD + b"sha1"), R.SIGNED_PROPERTIES_SHAPE),
    *(outer("A13", f"SignedInfo under {name}", resigned(swap(_C14N, uri)), R.SIGNATURE_ALGORITHM) for name, uri in _WEAK_C14N.items()),
    *(sealed("A13", f"SignedInfo under {name}", resigned(swap(_C14N, uri)), R.SIGNATURE_ALGORITHM) for name, uri in _WEAK_C14N.items()),
    sealed("A13", "RSA for a seal", _method(_SEAL, RSA_SHA256.encode()), R.SIGNATURE_ALGORITHM),
    sealed("A13", "ECDSA with SHA-512 for a seal", _method(_SEAL, _MORE + b"ecdsa-sha512"), R.SIGNATURE_ALGORITHM),
    outer("A13", "ECDSA of an RSA key", _method(_NCP, ECDSA_SHA256.encode()), R.SIGNATURE_INVALID),
    outer("A13", "no method", resigned(swap(b' Algorithm="' + RSA_SHA256.encode() + b'"', b"")), R.SIGNATURE_ALGORITHM),
    sealed("A13", "no method", resigned(swap(b' Algorithm="' + ECDSA_SHA256.encode() + b'"', b"")), R.SIGNATURE_ALGORITHM),
    outer_made("A13", "SHA-1 by another engine", lambda base: by_xml_engine(base, method=str(xmlsec.constants.TransformRsaSha1.href), digest=str(xmlsec.constants.TransformSha1.href)), R.SIGNATURE_ALGORITHM),
    *(outer("A13", f"a value of {name}", _value(change), R.SIGNATURE_INVALID) for name, change in _VALUES.items()),
    *(sealed("A13", f"a value of {name}", _value(change), R.SIGNATURE_INVALID) for name, change in (_VALUES | _EC_VALUES).items()),
    sealed("A13", "the mirrored signature, never recorded", _value(_mirrored), R.SEAL_NEVER_RECORDED),
    outer_made("A13", "an RSA key of 1024 bits in the registry", _by_small, R.KEY_TOO_WEAK, trusted=lambda: world(provider=_small()[1])),
    sealed_made("A13", "a P-384 key in the trust file", _sealed_wide, R.SIGNATURE_ALGORITHM, trusted=lambda: world(_published(_wide_curve(), _SEAL), trusted(_STATUS))),
)  # fmt: skip


def _provider(**fields: Any) -> Callable[[], World]:
    return lambda: world(provider=trusted(_NCP).model_copy(update=fields))


def _sealer(**fields: Any) -> Callable[[], World]:
    return lambda: world(trusted(_SEAL).model_copy(update=fields), trusted(_STATUS))


def _elmo(base: Base) -> bytes:
    return base.outer


def _license(base: Base) -> bytes:
    return base.seal


def _renewed_purpose(purpose: Purpose) -> TrustedKey:
    """Return the provider's key as a registry lists it that took a certificate for another."""
    return _published(signing_key(purpose), _NCP)


A19: tuple[Variant, ...] = (
    outer_made("A19", "expired yesterday", _elmo, R.SIGNING_TIME_UNPROVEN, trusted=_provider(valid_until=NOW - _DAY)),
    outer_made("A19", "expired a second ago", _elmo, R.SIGNING_TIME_UNPROVEN, trusted=_provider(valid_until=NOW - timedelta(seconds=1))),
    outer_made("A19", "not valid before tomorrow", _elmo, R.KEY_NOT_VALID_THEN, trusted=_provider(valid_from=NOW + _DAY)),
    outer_made("A19", "not valid before the next second", _elmo, R.KEY_NOT_VALID_THEN, trusted=_provider(valid_from=NOW + timedelta(seconds=1))),
    outer_made("A19", "compromised long ago", _elmo, R.KEY_COMPROMISED, trusted=_provider(compromised_at=NOW - 50 * _DAY)),
    outer_made("A19", "compromised just now", _elmo, R.KEY_COMPROMISED, trusted=_provider(compromised_at=NOW)),
    outer_made("A19", "meant for seals", _elmo, R.KEY_PURPOSE, trusted=_provider(purpose=_SEAL)),
    outer_made("A19", "a seal certificate listed for a provider", lambda base: by_xml_engine(base, method=ECDSA_SHA256, private=private_key(_SEAL), certificate=signing_key(_SEAL).certificate), R.KEY_PURPOSE, trusted=lambda: world(provider=_renewed_purpose(_SEAL))),
    outer_made("A19", "a certificate that cannot be read", _elmo, R.KEY_TOO_WEAK, trusted=_provider(certificate=b"\x30\x03\x02\x01\x00")),
    outer_made("A19", "the key of another provider", _elmo, R.WRONG_NCP_KEY, trusted=lambda: world(provider=trusted(_NCP, "second"))),
    sealed_made("A19", "expired before it sealed", _license, R.KEY_NOT_VALID_THEN, trusted=_sealer(valid_until=SEALED_AT - _DAY)),
    sealed_made("A19", "expired a second before it sealed", _license, R.KEY_NOT_VALID_THEN, trusted=_sealer(valid_until=SEALED_AT - timedelta(seconds=1))),
    sealed_made("A19", "not valid when it sealed", _license, R.KEY_NOT_VALID_THEN, trusted=_sealer(valid_from=SEALED_AT + _DAY)),
    sealed_made("A19", "valid a second after it sealed", _license, R.KEY_NOT_VALID_THEN, trusted=_sealer(valid_from=SEALED_AT + timedelta(seconds=1))),
    sealed_made("A19", "compromised before it sealed", _license, R.KEY_COMPROMISED, trusted=_sealer(compromised_at=SEALED_AT - _DAY)),
    sealed_made("A19", "compromised as it sealed", _license, R.KEY_COMPROMISED, trusted=_sealer(compromised_at=SEALED_AT)),
    sealed_made("A19", "meant for statements", _license, R.KEY_PURPOSE, trusted=_sealer(purpose=_STATUS)),
    sealed_made("A19", "the key of another name", _license, R.UNKNOWN_KEY, trusted=lambda: world(trusted(_SEAL, "second"), trusted(_STATUS))),
    sealed_made("A19", "a statement under a key compromised", _license, R.STATUS_SIGNATURE, trusted=lambda: world(trusted(_SEAL), trusted(_STATUS).model_copy(update={"compromised_at": NOW - _DAY}))),
    sealed_made("A19", "a statement under a key expired", _license, R.STATUS_SIGNATURE, trusted=lambda: world(trusted(_SEAL), trusted(_STATUS).model_copy(update={"valid_until": NOW - _DAY}))),
)  # fmt: skip
VARIANTS: tuple[Variant, ...] = (*A11, *A12, *A13, *A19)
