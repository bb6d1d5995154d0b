"""Only what was signed is shown: a marker in every unsigned place never comes out (R-V6)."""

# ruff: noqa: E501 - a table is read by its rows

import re
from collections.abc import Callable

import pytest

from api.demo.people import KARI
from tests.exchange.browser import Browser
from tests.exchange.forging import Forge, posted, swapped
from tests.exchange.sites import Session, Sites, expecting
from tests.exchange.test_uploads import handed_in

MARKER = "Planted-by-nobody"
_COMMENT = f"<!-- {MARKER} -->".encode()
Plant = Callable[[bytes], bytes]


def _before(mark: bytes, planted: bytes) -> Plant:
    return lambda one: swapped(one, mark, planted + mark)


def _after(mark: bytes, planted: bytes) -> Plant:
    return lambda one: swapped(one, mark, mark + planted)


_PLANT = MARKER.encode()
PLACES: dict[str, Plant] = {
    "a comment before the root": lambda one: _COMMENT + one,
    "a comment behind the root": lambda one: one + _COMMENT,
    "text behind the root": lambda one: one + _PLANT,
    "an element behind the root": lambda one: one + b"<x>" + _PLANT + b"</x>",
    "a comment between elements": _before(b"<learner>", _COMMENT),
    "a comment between elements of a license": _before(b"<lic:number>", _COMMENT),
    "a comment inside a name": _after(b"<familyName>", _COMMENT),
    "a comment in KeyInfo": _after(b"<ds:KeyInfo>", _COMMENT),
    "a name in KeyInfo": _after(b"<ds:KeyInfo>", b"<ds:KeyName>" + _PLANT + b"</ds:KeyName>"),
    "a key in KeyInfo": _after(b"<ds:KeyInfo>", b"<ds:KeyValue>" + _PLANT + b"</ds:KeyValue>"),
    "a subject beside the certificate": _after(
        b"<ds:X509Data>", b"<ds:X509SubjectName>CN=" + _PLANT + b"</ds:X509SubjectName>"
    ),
    "an element in KeyInfo": _after(b"<ds:KeyInfo>", b"<x>" + _PLANT + b"</x>"),
    "an Id of the signature": _after(b"<ds:Signature", b' Id="' + _PLANT + b'"'),
    "an attribute of the signature": _after(b"<ds:Signature", b' title="' + _PLANT + b'"'),
    "an Id of the signature value": _after(b"<ds:SignatureValue", b' Id="' + _PLANT + b'"'),
    "an object": _before(b"</ds:Signature>", b"<ds:Object>" + _PLANT + b"</ds:Object>"),
    "text in the signature": _before(b"<ds:KeyInfo>", _PLANT),
    "text behind the signature": _after(b"</ds:Signature>", _PLANT),
    "an element behind the signature": _after(b"</ds:Signature>", b"<report>" + _PLANT + b"</report>"),
    "a namespace nobody uses": _after(b"<elmo", b' xmlns:x="urn:' + _PLANT + b'"'),
    "a PI": _before(b"<learner>", b"<?" + _PLANT + b"?>"),
    "an attribute of the root": _after(b"<elmo", b' title="' + _PLANT + b'"'),
}  # fmt: skip
# Where the signature does not reach and nothing is hidden, the document still counts.
HARMLESS = {
    "a comment before the root",
    "a comment behind the root",
    "a comment between elements",
    "a comment between elements of a license",
    "a name in KeyInfo",
    "a key in KeyInfo",
    "a subject beside the certificate",
    "an Id of the signature",
    "an Id of the signature value",
    "a namespace nobody uses",
}


@pytest.mark.parametrize("place", PLACES)
def test_what_nobody_signed_comes_out_nowhere(sites: Sites, forge: Forge, place: str) -> None:
    session = Session(sites, expecting(KARI))
    planted = PLACES[place](forge.answer(session))
    assert _PLANT in planted

    shown = session.answered(posted(planted), message=MARKER)

    assert MARKER not in shown.html
    assert MARKER not in session.verdict()
    assert ("May work here" in shown.text) == (place in HARMLESS)


@pytest.mark.parametrize("place", PLACES)
def test_nor_when_the_file_is_handed_in(
    sites: Sites, browser: Browser, forge: Forge, place: str
) -> None:
    planted = PLACES[place](forge.answer(Session(sites)))

    assert MARKER not in handed_in(browser, planted).html


_SEAL_PLACES: dict[str, Plant] = {
    "a comment before the root": lambda one: _COMMENT + one,
    "a comment between elements": _before(b"<lic:number>", _COMMENT),
    "a name in KeyInfo": _after(b"<ds:KeyInfo>", b"<ds:KeyName>" + _PLANT + b"</ds:KeyName>"),
    "a namespace nobody uses": _after(b"<lic:license", b' xmlns:x="urn:' + _PLANT + b'"'),
    "an object": _before(b"</ds:Signature>", b"<ds:Object>" + _PLANT + b"</ds:Object>"),
    "an unsigned property": _before(
        b"</xades:QualifyingProperties>", b"<xades:UnsignedProperties>" + _PLANT + b"</xades:UnsignedProperties>"
    ),
}  # fmt: skip


@pytest.mark.parametrize("place", _SEAL_PLACES)
def test_what_nobody_sealed_comes_out_nowhere(browser: Browser, forge: Forge, place: str) -> None:
    (own,) = forge.exported(KARI)

    shown = handed_in(browser, _SEAL_PLACES[place](own.sealed))

    assert MARKER not in shown.html


def test_what_the_provider_says_beside_the_seal_is_not_told_as_the_authoritys(
    sites: Sites, forge: Forge
) -> None:
    """Titles, results and attachments of the ELMO are the provider's words; the seal decides."""
    session = Session(sites, expecting(KARI))
    canonical = forge.canonical(session)
    for opened, closed in ((b"<resultLabel>", b"</resultLabel>"), (b"<url>", b"</url>")):
        start, end = canonical.index(opened) + len(opened), canonical.index(closed)
        canonical = canonical[:start] + _PLANT + canonical[end:]
    canonical = re.sub(rb"(<title[^>]*>)[^<]*", rb"\1" + _PLANT, canonical)

    shown = session.answered(posted(forge.signed(canonical)))

    assert "May work here" in shown.text
    assert MARKER not in shown.html
    assert MARKER not in session.verdict()
