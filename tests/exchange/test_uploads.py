"""A file anybody hands in: the same verdict as on the way, nothing kept, nothing brought down."""

from collections.abc import Callable
from time import process_time

import pytest

from api.demo.people import KARI, DemoPerson
from tests.exchange.browser import Browser, Screen
from tests.exchange.forging import Forge, posted, swapped
from tests.exchange.refusals import MOST_SECONDS
from tests.exchange.sites import HOSPITAL, NORTH, Session, Sites, expectation_fields
from tests.exchange.walking import consented, sent_elmo, to_the_check

VERIFY = f"{HOSPITAL}/verify"
_EDGE = "edge-of-the-parts"
MULTIPART = f"multipart/form-data; boundary={_EDGE}"


def multipart(document: bytes | None, *fields: tuple[str, str]) -> bytes:
    """Return a multipart form with these fields and one file."""
    parts = [
        f'Content-Disposition: form-data; name="{name}"\r\n\r\n{value}'.encode()
        for name, value in fields
    ]
    if document is not None:
        head = b'Content-Disposition: form-data; name="document"; filename="../../x.xml"\r\n'
        parts.append(head + b"Content-Type: text/xml\r\n\r\n" + document)
    edge = f"--{_EDGE}".encode()
    return b"".join(edge + b"\r\n" + part + b"\r\n" for part in parts) + edge + b"--\r\n"


def handed_in(
    browser: Browser, document: bytes | None, who: DemoPerson = KARI, territory: str = "NO"
) -> Screen:
    """Open the form, fill it and hand a file in."""
    form = browser.get(VERIFY).form("/verify")
    fields = [("csrf", form.value("csrf")), *expectation_fields(who, territory)]
    return browser.post_body(VERIFY, multipart(document, *fields), MULTIPART)


def _as_sent(document: bytes) -> bytes:
    return document


KINDS: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "the ELMO itself": (_as_sent, "An ELMO document"),
    "the answer of the provider": (lambda one: posted(one).encode(), "An answer of a provider"),
    "the answer in lines": (lambda one: b"\n".join(_lines(posted(one))) + b"\n", "An answer of"),
    "with a byte order mark": (lambda one: b"\xef\xbb\xbf" + one, "An ELMO document"),
}


def _lines(text: str) -> list[bytes]:
    return [text[at : at + 76].encode() for at in range(0, len(text), 76)]


@pytest.mark.parametrize("kind", KINDS)
def test_the_very_document_of_the_way_gets_the_same_verdict(
    sites: Sites, browser: Browser, kind: str
) -> None:
    change, words = KINDS[kind]
    document = sent_elmo(sites, consented(browser, to_the_check(browser, KARI)))

    shown = handed_in(sites.browser(), change(document))

    assert shown.status == 200
    assert "May work here" in shown.text
    assert words in shown.text


def test_a_sealed_license_alone_is_verified_by_asking_its_authority(
    browser: Browser, forge: Forge
) -> None:
    (own,) = forge.exported(KARI)

    shown = handed_in(browser, own.sealed)

    assert "May work here" in shown.text
    assert "asked just now" in shown.text
    assert "A sealed license on its own" in shown.text


def test_a_sealed_license_is_not_good_while_its_authority_is_away(
    sites: Sites, browser: Browser, forge: Forge, monkeypatch: pytest.MonkeyPatch
) -> None:
    (own,) = forge.exported(KARI)
    monkeypatch.delitem(sites.servers.by_origin, NORTH)

    shown = handed_in(browser, own.sealed)

    assert shown.status == 200
    assert "status-unreachable" in shown.text
    assert "May work here" not in shown.text


HOSTILE: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "an altered document": (lambda one: swapped(one, b"Nordmann", b"Normann"), "digest-mismatch"),
    "text": (lambda _: b"Dear hospital, I am a nurse.", "unknown-document"),
    "a PDF": (lambda _: b"%PDF-1.7\n\xe2\xe3\xcf\xd3", "unknown-document"),
    "another XML": (lambda _: b"<html/>", "unknown-document"),
    "a broken XML": (lambda one: one[:-10], "not-xml"),
    "zeros": (lambda _: bytes(1000), "unknown-document"),
    "a DTD": (lambda one: b"<!DOCTYPE elmo>" + one, "doctype"),
    "a document of nobody known": (
        lambda one: swapped(one, b"<ds:X509Certificate>", b"<ds:X509Certificate>AAAA"),
        "unknown-issuer",
    ),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_a_hostile_file_gets_a_verdict_and_shows_nothing(
    sites: Sites, browser: Browser, forge: Forge, case: str
) -> None:
    change, reason = HOSTILE[case]
    document = forge.answer(Session(sites))

    shown = handed_in(browser, change(document))

    assert shown.status == 200
    assert reason in shown.text
    assert "NO-100231" not in shown.html
    assert "May work here" not in shown.text


def test_nothing_of_an_upload_is_kept(sites: Sites, browser: Browser, forge: Forge) -> None:
    (own,) = forge.exported(KARI)
    with sites.receiver.desk.unit_of_work() as uow:
        before = uow.audit.of(HOSPITAL)
    database = sites.world.hospital.parent / "register.db"
    size = database.stat().st_size

    handed_in(browser, own.sealed)

    with sites.receiver.desk.unit_of_work() as uow:
        assert uow.audit.of(HOSPITAL) == before
    assert database.stat().st_size == size


def test_no_file_is_asked_for_again_with_what_was_typed(browser: Browser) -> None:
    shown = handed_in(browser, None)

    assert shown.status == 422
    assert "Choose the file to check" in shown.text
    assert 'value="Nordmann"' in shown.html


@pytest.mark.parametrize("token", [(), (("csrf", ""),), (("csrf", "é"),), (("csrf", "0" * 64),)])
def test_a_file_without_the_token_of_its_browser_is_not_read(
    browser: Browser, token: tuple[tuple[str, str], ...]
) -> None:
    browser.get(VERIFY)

    shown = browser.post_body(VERIFY, multipart(b"<x/>", *token), MULTIPART)

    assert shown.status == 403
    assert "not-allowed" in shown.text


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"document=x", "application/x-www-form-urlencoded", 400),
        (b"x", "multipart/form-data", 400),
        (b"x", "multipart/form-data; boundary=", 400),
        (b"x", f"multipart/form-data; boundary={'b' * 300}", 400),
        (b"x", "multipart/form-data; boundary=b; charset=no-such-charset", 400),
        (b"no part at all", MULTIPART, 400),
        (multipart(b"<x/>", *[(f"f{n}", "") for n in range(40)]), MULTIPART, 400),
        (multipart(b"<x/>", ("given", "x" * 2 * 2**20)), MULTIPART, 400),
        (multipart(b"<x/>")[:-12], MULTIPART, 403),
        (multipart(b" " * 12 * 2**20), MULTIPART, 413),
        (f"--{_EDGE}\r\n".encode() + b"A: b\r\n" * 10**6 + b"\r\nx", MULTIPART, 400),
        ((f"--{_EDGE}\r\n\r\n".encode()) * 300_000, MULTIPART, 400),
    ],
    ids=[
        "urlencoded",
        "no boundary",
        "an empty boundary",
        "a long boundary",
        "an unknown charset",
        "no part",
        "too many fields",
        "a long field",
        "cut short",
        "12 MiB",
        "a million headers",
        "many empty parts",
    ],
)
def test_an_upload_that_cannot_be_read_is_refused(
    browser: Browser, body: bytes, kind: str, status: int
) -> None:
    browser.get(VERIFY)
    began = process_time()

    shown = browser.post_body(VERIFY, body, kind)

    assert shown.status == status
    assert process_time() - began < MOST_SECONDS


def test_two_files_are_refused(browser: Browser) -> None:
    token = browser.get(VERIFY).form("/verify").value("csrf")
    one, other = multipart(b"<x/>", ("csrf", token)), multipart(b"<y/>")
    both = one.removesuffix(f"--{_EDGE}--\r\n".encode()) + other

    assert browser.post_body(VERIFY, both, MULTIPART).status == 400
