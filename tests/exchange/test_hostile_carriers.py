"""What carries the licenses, forged: form field, package, XML, and the provider's signature."""

# ruff: noqa: E501 - a table is read by its rows

import gzip
import zlib
from base64 import b64encode
from collections.abc import Callable
from hashlib import sha256

import pytest
import xmlsec
from lxml import etree

from licenses.model.reasons import Reason
from licenses.model.trust import Purpose
from schema_ext.namespaces import DS
from schema_ext.signing.certificates import generate_private_key, self_signed
from schema_ext.signing.keys import InMemoryKey
from schema_ext.signing.policy import ECDSA_SHA256
from schema_ext.signing.signature_text import digest_text
from tests.exchange.forging import NORWAY, Forge, posted, swapped
from tests.exchange.refusals import assert_refused
from tests.exchange.sites import NOW, Session, Sites
from tests.unit.signed_documents import ENDS, EXCLUSIVE, STARTS, by_xmlsec

R = Reason
Wrap = Callable[[bytes], str]
Edit = Callable[[bytes], bytes]


def _base64(octets: bytes) -> str:
    return b64encode(octets).decode()


def _packed(document: bytes) -> bytes:
    return gzip.compress(document, mtime=0)


def _damaged(document: bytes) -> bytes:
    packed = bytearray(_packed(document))
    packed[-8] ^= 1
    return bytes(packed)


def _bomb(_: bytes) -> str:
    return _base64(zlib.compress(bytes(50 * 2**20), wbits=31))


PACKAGES: dict[str, tuple[Wrap, Reason]] = {
    "raw XML": (lambda one: one.decode(), R.NOT_GZIP),
    "raw XML in base64": (_base64, R.NOT_GZIP),
    "a gzip bomb": (_bomb, R.INFLATED_TOO_LARGE),
    "a swelling package": (lambda one: posted_raw(one + b" " * 6 * 2**20), R.INFLATION_RATIO),
    "two members": (lambda one: _base64(_packed(one) + _packed(one)), R.GZIP_SEVERAL_MEMBERS),
    "an empty second member": (lambda one: _base64(_packed(one) + _packed(b"")), R.GZIP_SEVERAL_MEMBERS),
    "bytes behind the package": (lambda one: _base64(_packed(one) + b"x"), R.GZIP_TRAILING_BYTES),
    "a package cut short": (lambda one: _base64(_packed(one)[:-9]), R.GZIP_TRUNCATED),
    "a wrong checksum": (lambda one: _base64(_damaged(one)), R.GZIP_BAD_CHECKSUM),
    "a broken stream": (lambda one: _base64(b"\x1f\x8b\x08\0\0\0\0\0\0\xff" + one), R.GZIP_CORRUPT),
    "packed twice": (lambda one: posted(_packed(one)), R.ENCODING_NOT_UTF8),
    "nothing packed": (lambda _: posted(b""), R.NOT_XML),
    "junk": (lambda _: "this is not base64!", R.NOT_BASE64),
    "letters outside ASCII": (lambda one: "é" + posted(one), R.NOT_BASE64),
    "one letter cut off": (lambda one: posted(one)[:-1], R.NOT_BASE64),
    "UTF-16": (lambda one: posted(one.decode().encode("utf-16")), R.ENCODING_NOT_UTF8),
    "Latin letters declared": (lambda one: posted(b'<?xml version="1.0" encoding="iso-8859-1"?>' + one), R.ENCODING_NOT_UTF8),
    "a byte that is no UTF-8": (lambda one: posted(swapped(one, b"Kari", b"Kar\xff")), R.ENCODING_NOT_UTF8),
}  # fmt: skip


def posted_raw(document: bytes) -> str:
    """Return the parameter of a document packed as tightly as it goes."""
    return _base64(gzip.compress(document, 9, mtime=0))


@pytest.mark.parametrize("case", PACKAGES)
def test_no_hostile_package_is_accepted(sites: Sites, forge: Forge, case: str) -> None:
    wrap, reason = PACKAGES[case]
    session = Session(sites)

    verdict = assert_refused(session, wrap(forge.answer(session)), reason)

    assert (verdict["licenses"], verdict["learner"], verdict["delivery"]) == ([], None, None)


_BOMB = b'<!DOCTYPE elmo [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
_FLOOD = b"".join(b' xmlns:n%d="urn:n:%d"' % (n, n) for n in range(40))
_INCLUSIVE = b"http://www.w3.org/TR/2001/REC-xml-c14n-20010315"
_OPENED = b"<learner>"


def _before(mark: bytes, added: bytes) -> Edit:
    return lambda one: swapped(one, mark, added + mark)


def _inside(added: bytes) -> Edit:
    return lambda one: swapped(one, b"<givenNames>Kari", b"<givenNames>Ka" + added + b"ri")


def _flood(elements: int) -> Edit:
    """Put many elements under many namespaces: it made C14N burn seconds without any key."""
    names = b"".join(b' xmlns:n%d="urn:n:%d"' % (n, n) for n in range(31))
    return _before(_OPENED, b"<x" + names + b">" + b"<y/>" * elements + b"</x>")


DOCUMENTS: dict[str, tuple[Edit, Reason]] = {
    "a DTD": (lambda one: b"<!DOCTYPE elmo>" + one, R.DOCTYPE),
    "an entity bomb": (lambda one: _BOMB + swapped(one, b"Kari", b"&b;"), R.DOCTYPE),
    "a file to fetch": (lambda one: b'<!DOCTYPE e SYSTEM "file:///etc/passwd">' + one, R.DOCTYPE),
    "an entity nobody declared": (lambda one: swapped(one, b"Kari", b"&kari;"), R.NOT_XML),
    "a namespace flood": (_before(_OPENED, b"<x" + _FLOOD + b"/>"), R.OVER_CAP_NAMESPACES),
    "many elements under many namespaces": (_flood(49_000), R.OVER_CAP_NAMESPACES),
    "a flood within the caps": (_flood(8_000), R.DIGEST_MISMATCH),
    "an attribute flood": (_before(_OPENED, b"<x" + b"".join(b' a%d=""' % n for n in range(99)) + b"/>"), R.OVER_CAP_ATTRIBUTES),
    "an element flood": (_before(_OPENED, b"<x/>" * 60_000), R.OVER_CAP_ELEMENTS),
    "a nesting too deep": (_before(_OPENED, b"<x>" * 99 + b"</x>" * 99), R.OVER_CAP_DEPTH),
    "a relative namespace": (_before(_OPENED, b'<x xmlns="a/b"/>'), R.RELATIVE_NAMESPACE),
    "a PI": (_before(_OPENED, b"<?php echo 1 ?>"), R.PROCESSING_INSTRUCTION),
    "a PI in the signature": (_before(b"<ds:KeyInfo>", b"<?x?>"), R.PROCESSING_INSTRUCTION),
    "a comment inside a name": (_inside(b"<!-- c -->"), R.COMMENT_BESIDE_TEXT),
    "a comment in the digest": (lambda one: swapped(one, b"<ds:DigestValue>", b"<ds:DigestValue><!-- c -->"), R.COMMENT_IN_SIGNATURE),
    "a CDATA section in a name": (_inside(b"<![CDATA[x]]>"), R.DIGEST_MISMATCH),
    "another root": (lambda one: one.replace(b"elmo xmlns", b"omle xmlns", 1).replace(b"</elmo>", b"</omle>"), R.UNKNOWN_DOCUMENT),
    "another name": (lambda one: swapped(one, b"Nordmann", b"Nordkvinne"), R.DIGEST_MISMATCH),
    "another standing in words": (lambda one: swapped(one, b"<status>passed", b"<status>failed"), R.DIGEST_MISMATCH),
    "an element taken out of its namespace": (lambda one: swapped(one, b"<resultLabel>", b'<resultLabel xmlns="">'), R.DIGEST_MISMATCH),
    "no signature": (lambda one: one.partition(b"<ds:Signature")[0] + b"</elmo>", R.UNSIGNED),
    "a second signature": (lambda one: swapped(one, _OPENED, _signature_of(one) + _OPENED), R.SIGNATURE_NOT_ALONE),
    "the same signature twice": (lambda one: swapped(one, b"</elmo>", _signature_of(one) + b"</elmo>"), R.SIGNATURE_NOT_ALONE),
    "a signature of somebody in a report": (_before(b"<report>", b"<ds:Signature xmlns:ds='%s'/>" % DS.encode()), R.SIGNATURE_NOT_ALONE),
    "the signature first": (lambda one: swapped(one.replace(_signature_of(one), b""), _OPENED, _signature_of(one) + _OPENED), R.SIGNATURE_MISPLACED),
    "a ds:Object": (lambda one: swapped(one, b"</ds:Signature>", b"<ds:Object><report/></ds:Object></ds:Signature>"), R.SIGNATURE_OBJECT),
    "a wrapped original": (lambda one: swapped(one, b"</ds:Signature>", b"<ds:Object>" + one.partition(_signature_of(one))[0] + b"</elmo></ds:Object></ds:Signature>"), R.SIGNATURE_OBJECT),
    "a second SignedInfo": (_before(b"<ds:SignatureValue>", b"<ds:SignedInfo></ds:SignedInfo>"), R.SIGNATURE_SHAPE),
    "a key to fetch": (lambda one: swapped(one, b"<ds:KeyInfo>", b'<ds:KeyInfo><ds:RetrievalMethod URI="http://evil.example/"/>'), R.SIGNATURE_SHAPE),
    "a second Reference": (lambda one: swapped(one, b"</ds:SignedInfo>", _reference_of(one) + b"</ds:SignedInfo>"), R.SIGNATURE_REFERENCES),
    "no Reference": (lambda one: swapped(one, _reference_of(one), b""), R.SIGNATURE_REFERENCES),
    "XSLT": (lambda one: swapped(one, b"xmldsig#enveloped-signature", b"xmldsig#xslt"), R.SIGNATURE_TRANSFORMS),
    "a SHA-1 digest": (lambda one: swapped(one, b"xmlenc#sha256", b"xmldsig#sha1"), R.SIGNATURE_ALGORITHM),
    "an unknown method": (lambda one: swapped(one, b"rsa-sha256", b"rsa-none"), R.SIGNATURE_ALGORITHM),
}  # fmt: skip


def _signature_of(document: bytes) -> bytes:
    start = document.index(b"<ds:Signature ")
    return document[start : document.index(b"</ds:Signature>") + len(b"</ds:Signature>")]


def _reference_of(document: bytes) -> bytes:
    start = document.index(b"<ds:Reference")
    return document[start : document.index(b"</ds:Reference>") + len(b"</ds:Reference>")]


@pytest.mark.parametrize("case", DOCUMENTS)
def test_no_hostile_document_is_accepted(sites: Sites, forge: Forge, case: str) -> None:
    edit, reason = DOCUMENTS[case]
    session = Session(sites)

    verdict = assert_refused(session, posted(edit(forge.answer(session))), reason)

    assert (verdict["licenses"], verdict["learner"], verdict["delivery"]) == ([], None, None)


Sign = Callable[[Forge, bytes], bytes]


def _by(owner: str, purpose: Purpose) -> Sign:
    """Sign as a provider does, with a key that is none of the chosen provider."""

    def sign(forge: Forge, text: bytes) -> bytes:
        key = forge.key(owner, purpose)
        return forge.signed(text, InMemoryKey(key._private, key.certificate, Purpose.NCP))

    return sign


def _by_stranger(forge: Forge, text: bytes) -> bytes:
    return forge.signed(text, _stranger())


def _stranger() -> InMemoryKey:
    private = generate_private_key(Purpose.NCP)
    return InMemoryKey(
        private, self_signed(private, Purpose.NCP, "DEMO-NO", STARTS, ENDS), Purpose.NCP
    )


def _behind_a_borrowed_certificate(forge: Forge, text: bytes) -> bytes:
    shown = forge.key("ncp-no", Purpose.NCP).certificate
    return forge.signed(text, InMemoryKey(_stranger()._private, shown, Purpose.NCP))


def _with_a_new_digest(forge: Forge, text: bytes) -> bytes:
    changed = swapped(text, b"Nordmann", b"Nordkvinne")
    old, new = digest_text(text).encode(), digest_text(changed).encode()
    return swapped(swapped(forge.signed(text), b"Nordmann", b"Nordkvinne"), old, new)


def _foreign(**form: object) -> Sign:
    """Sign with the chosen provider's own key, in a form it must not use."""

    def sign(forge: Forge, text: bytes) -> bytes:
        own = forge.key("ncp-no", Purpose.NCP)
        stated = {"private": own._private, "certificate": own.certificate, **form}
        return by_xmlsec(text, **stated)  # type: ignore[arg-type]

    return sign


def _by_authority(forge: Forge, text: bytes) -> bytes:
    own = forge.key(NORWAY, Purpose.SEAL)
    return by_xmlsec(text, method=ECDSA_SHA256, private=own._private, certificate=own.certificate)


def _hmac(forge: Forge, text: bytes) -> bytes:
    """Take the public certificate for a shared secret."""
    secret = forge.sites.ncp().key.certificate
    method = str(xmlsec.constants.TransformHmacSha256.href)
    return _foreign(method=method, secret=secret)(forge, text)


def _name_root(root: etree._Element) -> None:
    root.set("Id", "x")


def _name_learner(root: etree._Element) -> None:
    root[1].set("Id", "x")


_SHA1 = str(xmlsec.constants.TransformSha1.href)
_RSA_SHA1 = str(xmlsec.constants.TransformRsaSha1.href)
_XPATH = "http://www.w3.org/TR/1999/REC-xpath-19991116"

SIGNERS: dict[str, tuple[Sign, Reason]] = {
    "the wrong provider": (_by("ncp-se", Purpose.NCP), R.WRONG_NCP_KEY),
    "the authority's seal key": (_by(NORWAY, Purpose.SEAL), R.WRONG_NCP_KEY),
    "the authority's status key": (_by(NORWAY, Purpose.STATUS), R.WRONG_NCP_KEY),
    "the authority, as it signs": (_by_authority, R.WRONG_NCP_KEY),
    "a stranger of the same name": (_by_stranger, R.WRONG_NCP_KEY),
    "a stranger with a borrowed certificate": (_behind_a_borrowed_certificate, R.SIGNATURE_INVALID),
    "nobody: the digest was made anew": (_with_a_new_digest, R.SIGNATURE_INVALID),
    "SHA-1": (_foreign(method=_RSA_SHA1, digest=_SHA1), R.SIGNATURE_ALGORITHM),
    "SHA-1 for the signature": (_foreign(method=_RSA_SHA1), R.SIGNATURE_ALGORITHM),
    "SHA-1 for the digest": (_foreign(digest=_SHA1), R.SIGNATURE_ALGORITHM),
    "HMAC with the certificate": (_hmac, R.SIGNATURE_ALGORITHM),
    "the root by its Id": (_foreign(uri="#x", layout=_name_root), R.SIGNATURE_REFERENCE_TARGET),
    "a part by its Id": (_foreign(uri="#x", layout=_name_learner, transforms=(EXCLUSIVE,)), R.SIGNATURE_REFERENCE_TARGET),
}  # fmt: skip


@pytest.mark.parametrize("case", SIGNERS)
def test_no_other_signature_than_the_chosen_providers_is_accepted(
    sites: Sites, forge: Forge, case: str
) -> None:
    sign, reason = SIGNERS[case]
    session = Session(sites)

    verdict = assert_refused(session, posted(sign(forge, forge.canonical(session))), reason)

    assert (verdict["licenses"], verdict["learner"]) == ([], None)


def test_an_answer_in_the_form_of_java_providers_is_read(sites: Sites, forge: Forge) -> None:
    session = Session(sites)
    document = _foreign()(forge, forge.canonical(session))
    assert _INCLUSIVE in document

    session.answered(posted(document))

    verdict = session.kept.verdict
    assert verdict is not None
    assert verdict.signature.answer == "verified"
    assert verdict.document_sha256 is not None
    assert len(verdict.licenses) == 1


def test_an_answer_of_another_provider_does_not_serve_in_a_session_for_this_one(
    sites: Sites, forge: Forge
) -> None:
    session = Session(sites, ncp="se")

    assert_refused(session, posted(forge.answer(session)), R.WRONG_NCP_KEY)


def test_a_document_that_names_nobody_is_known_by_its_signature_alone(
    sites: Sites, forge: Forge
) -> None:
    session = Session(sites)
    document = forge.answer(session)
    start, end = document.index(b"<ds:KeyInfo>"), document.index(b"</ds:KeyInfo>")
    without = document[:start] + document[end + len(b"</ds:KeyInfo>") :]

    session.answered(posted(without))

    kept = session.kept.verdict
    assert kept is not None
    assert kept.signature.answer == "verified"
    assert kept.checked_at == NOW
    assert session.kept.document == posted(without).encode()
    assert sha256(without).hexdigest() != kept.document_sha256
