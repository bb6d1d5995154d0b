"""Only what was signed is shown: a marker in every unsigned place never comes out (R-V6).

The places are those of `tests.hostile.planting`, where the JSON of every verdict is looked at;
here the pages of both ways are, and what stands around the signed documents.
"""

import logging
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Iterator
from urllib.parse import quote

import pytest

from api.demo.people import KARI
from tests.exchange.browser import Browser
from tests.exchange.forging import Forge, posted, swapped
from tests.exchange.sites import HOSPITAL, RETURN, Session, Sites, expecting
from tests.exchange.test_uploads import MULTIPART, VERIFY, handed_in, multipart
from tests.hostile.planting import (
    ELMO_PLACES,
    HARMLESS_PLACES,
    MARKER,
    PACKAGES,
    PLANT,
    SEAL_PLACES,
)


@pytest.fixture(autouse=True)
def _nothing_in_the_log(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Whatever a test plants, no word of it may stand in the log of this program."""
    caplog.set_level(logging.DEBUG)
    yield
    own = [one for one in caplog.records if one.name.startswith(("api", "schema_ext", "licenses"))]
    assert [one.getMessage() for one in own if MARKER in one.getMessage()] == []


@pytest.mark.parametrize("place", ELMO_PLACES)
def test_what_nobody_signed_comes_out_nowhere(sites: Sites, forge: Forge, place: str) -> None:
    session = Session(sites, expecting(KARI))
    planted = ELMO_PLACES[place](forge.answer(session))
    assert PLANT in planted

    shown = session.answered(posted(planted), message=MARKER)

    assert MARKER not in shown.html
    assert MARKER not in session.verdict()
    assert ("May work here" in shown.text) == (place in HARMLESS_PLACES)


@pytest.mark.parametrize("place", ELMO_PLACES)
def test_nor_when_the_file_is_handed_in(
    sites: Sites, browser: Browser, forge: Forge, place: str
) -> None:
    planted = ELMO_PLACES[place](forge.answer(Session(sites)))

    assert MARKER not in handed_in(browser, planted).html


@pytest.mark.parametrize("place", SEAL_PLACES)
def test_what_nobody_sealed_comes_out_nowhere(browser: Browser, forge: Forge, place: str) -> None:
    (own,) = forge.exported(KARI)

    shown = handed_in(browser, SEAL_PLACES[place](own.sealed))

    assert MARKER not in shown.html


def test_what_the_provider_says_beside_the_seal_is_not_told_as_the_authoritys(
    sites: Sites, forge: Forge
) -> None:
    """Titles, results and attachments of the ELMO are the provider's words; the seal decides."""
    session = Session(sites, expecting(KARI))
    canonical = forge.canonical(session)
    for opened, closed in ((b"<resultLabel>", b"</resultLabel>"), (b"<url>", b"</url>")):
        start, end = canonical.index(opened) + len(opened), canonical.index(closed)
        canonical = canonical[:start] + PLANT + canonical[end:]
    canonical = re.sub(rb"(<title[^>]*>)[^<]*", rb"\1" + PLANT, canonical)

    shown = session.answered(posted(forge.signed(canonical)))

    assert "May work here" in shown.text
    assert MARKER not in shown.html
    assert MARKER not in session.verdict()


def _more_in_its_head(token: str, added: bytes) -> str:
    """Return a signed statement with one more name in its header, where the signature is wrong."""
    head, payload, signature = token.split(".")
    read = urlsafe_b64decode(head + "==")
    again = urlsafe_b64encode(read[:-1] + added + b"}").decode().rstrip("=")
    return f"{again}.{payload}.{signature}"


_HEADS = {
    "a name nobody knows": b',"x":"' + PLANT + b'"',
    "a key of its own": b',"jku":"https://evil.example/' + PLANT + b'"',
    "a certificate of its own": b',"x5c":["' + PLANT + b'"]',
    "another key id": b',"kid":"' + PLANT + b'"',
}


@pytest.mark.parametrize("head", _HEADS)
def test_what_stands_in_the_head_of_a_statement_comes_out_nowhere(
    sites: Sites, forge: Forge, head: str
) -> None:
    session = Session(sites, expecting(KARI))
    (own,) = forge.exported(KARI)
    token = _more_in_its_head(own.status_token, _HEADS[head])
    changed = own.model_copy(update={"status_token": token})

    shown = session.answered(posted(forge.signed(forge.canonical(session, [changed]))))

    assert MARKER not in shown.html
    assert MARKER not in session.verdict()
    assert "May work here" not in shown.text


_STATUS_END = b"</lic:status>"
_BESIDE_SEAL: dict[str, Callable[[bytes], bytes]] = {
    "an element beside the statement": lambda one: swapped(
        one, _STATUS_END, _STATUS_END + b"<x xmlns='urn:x'>" + PLANT + b"</x>"
    ),
    "an element of ours beside the statement": lambda one: swapped(
        one, b"<lic:status ", b"<lic:note>" + PLANT + b"</lic:note><lic:status "
    ),
    "an attribute of the statement": lambda one: swapped(
        one, b"<lic:status ", b'<lic:status title="' + PLANT + b'" '
    ),
    "the number in the clear copy": lambda one: swapped(
        one, b"<lic:number>", b"<lic:number>" + PLANT
    ),
    "a title more in the clear copy": lambda one: swapped(
        one, b"<lic:kind>", b'<lic:title xml:lang="en">' + PLANT + b"</lic:title><lic:kind>"
    ),
}


@pytest.mark.parametrize("place", _BESIDE_SEAL)
def test_what_the_provider_puts_beside_the_seal_comes_out_nowhere(
    sites: Sites, forge: Forge, place: str
) -> None:
    """The provider signs it rightly; it is still not the authority that says it."""
    session = Session(sites, expecting(KARI))
    planted = _BESIDE_SEAL[place](forge.canonical(session))

    shown = session.answered(posted(forge.signed(planted)))

    assert MARKER not in shown.html
    assert MARKER not in session.verdict()


@pytest.mark.parametrize("place", PACKAGES)
def test_what_stands_in_the_head_of_the_package_comes_out_nowhere(
    sites: Sites, forge: Forge, place: str
) -> None:
    session = Session(sites, expecting(KARI))

    shown = session.answered(PACKAGES[place](forge.answer(session)))

    assert "May work here" in shown.text
    assert MARKER not in shown.html
    assert MARKER not in session.verdict()


def test_what_stands_in_other_fields_of_the_answer_comes_out_nowhere(
    sites: Sites, forge: Forge
) -> None:
    session = Session(sites, expecting(KARI))
    fields = [
        ("sessionId", session.id),
        ("returnCode", "NCP_OK"),
        ("returnMessage", MARKER),
        (MARKER, MARKER),
        ("elmo", posted(forge.answer(session))),
    ]

    shown = session.browser.post(f"{RETURN}?{quote(MARKER)}={MARKER}", fields, at=HOSPITAL)

    assert MARKER not in shown.html
    assert MARKER not in session.verdict()


def test_the_name_and_kind_of_a_file_come_out_nowhere(browser: Browser, forge: Forge) -> None:
    (own,) = forge.exported(KARI)
    csrf = browser.get(VERIFY).form("/verify").value("csrf")
    body = multipart(own.sealed, ("csrf", csrf), (MARKER, MARKER))
    named = swapped(body, b"../../x.xml", PLANT + b".xml")
    named = swapped(named, b"Content-Type: text/xml", b"Content-Type: text/" + PLANT)

    shown = browser.post_body(VERIFY, named, MULTIPART)

    assert shown.status == 200
    assert MARKER not in shown.html
