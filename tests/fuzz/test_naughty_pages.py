"""Naughty strings in every text a page takes or shows: refused beside the field, or shown as text.

Shown as text means: the page has the very elements and attributes it has with a harmless text,
and the string comes out of the parser as it was typed.
"""

from urllib.parse import quote

import pytest

from api.demo.people import KARI
from api.web.expect_form import FIELDS
from tests.e2e.page_samples import samples
from tests.exchange.browser import Browser, Fields, Screen
from tests.exchange.sites import HOSPITAL, NORTH, RETURN, Session, Sites
from tests.exchange.test_uploads import MULTIPART, multipart
from tests.exchange.walking import to_the_check
from tests.fuzz.naughty import KINDS, Fate, some
from tests.unit.page_reading import Page

_KEPT = tuple(text for fate, texts in KINDS.values() if fate is Fate.KEPT for text in texts[::40])
_START, _VERIFY, _ASK = f"{HOSPITAL}/smp/start", f"{HOSPITAL}/verify", f"{NORTH}/ncp/no"
_LONGEST_TYPED = 300

_RIGHT = {
    "given": "Ingrid",
    "family": "Solberg",
    "birth_day": "17",
    "birth_month": "5",
    "birth_year": "1988",
    "profession": "2221",
    "territory": "NO",
}
_NAMES = ("given", "family")
_WRONG = dict.fromkeys(FIELDS, "?") | dict.fromkeys(_NAMES, "a\u0007b")
"""Harmless words by field: taken, and refused."""

Shape = list[tuple[str, list[str]]]


def _shape(html: str) -> Shape:
    """Return what a text must not change: elements in order, and which attributes each has."""
    return [(one.tag, sorted(one.attributes)) for one in Page(html).elements]


def _typed(html: str) -> dict[str, str]:
    return {
        one.attributes["name"]: one.attributes.get("value", "")
        for one in Page(html).all("input")
        if "name" in one.attributes
    }


@pytest.fixture
def browser(fuzzed_sites: Sites) -> Browser:
    return fuzzed_sites.browser()


class Employer:
    """The form about the expected person, sent again and again with one field changed."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._csrf = browser.get(_START).form("/smp/start").value("csrf")

    def start(self, name: str, text: str) -> Screen:
        """Send the first form."""
        return self._browser.post(_START, self._fields(name, text))

    def provider(self, text: str) -> Screen:
        """Send the second form with a provider of that name."""
        fields = [*self._fields("given", "Ingrid"), ("provider", text)]
        return self._browser.post(f"{HOSPITAL}/smp/provider", fields)

    def verify(self, name: str, text: str, document: bytes) -> Screen:
        """Hand in a file."""
        body = multipart(document, *self._fields(name, text))
        return self._browser.post_body(_VERIFY, body, MULTIPART)

    def _fields(self, name: str, text: str) -> Fields:
        return [("csrf", self._csrf), *(_RIGHT | {name: text}).items()]


@pytest.mark.parametrize("name", FIELDS)
def test_what_is_typed_about_the_expected_person_is_refused_beside_its_field_or_carried_on(
    browser: Browser, name: str
) -> None:
    employer = Employer(browser)
    shapes = {
        200: _shape(employer.start(name, _RIGHT[name]).html),
        422: _shape(employer.start(name, _WRONG[name]).html),
    }
    for text in some(5 if name in _NAMES else 2):
        shown = employer.start(name, text)

        assert _shape(shown.html) == shapes[shown.status], text
        if name in _typed(shown.html):
            assert _typed(shown.html)[name] == text.strip()[:_LONGEST_TYPED]
        if shown.status == 422:
            assert f'href="#{name}' in shown.html or f'href="#{name[:6]}' in shown.html


@pytest.mark.parametrize("name", _NAMES)
def test_what_is_typed_for_a_file_stays_as_typed(browser: Browser, name: str) -> None:
    employer = Employer(browser)
    refused = _shape(employer.verify(name, _WRONG[name], b"<a/>").html)
    judged = _shape(employer.verify(name, _RIGHT[name], b"<a/>").html)
    for text in some(5):
        if "\r" in text or "\n" in text:
            continue  # A browser ends the part of a form there.
        shown = employer.verify(name, text, b"<a/>")

        if shown.status == 422:
            assert _shape(shown.html) == refused, text
            assert _typed(shown.html)[name] == text.strip()[:_LONGEST_TYPED]
        else:
            assert _shape(shown.html) == judged, text


def test_a_file_of_naughty_text_is_rejected_and_nothing_of_it_shown(browser: Browser) -> None:
    employer = Employer(browser)
    for text in some(5):
        shown = employer.verify("given", "Ingrid", text.encode())

        assert shown.status == 200
        assert len(text) < 10 or text not in Page(shown.html).text


def test_a_provider_nobody_has_is_asked_for_again(browser: Browser) -> None:
    employer = Employer(browser)
    again = _shape(employer.provider("harmless").html)
    for text in some(2):
        shown = employer.provider(text)

        assert shown.status == 422
        assert _shape(shown.html) == again, text


@pytest.mark.parametrize("code", ["NCP_ERROR", "NCP_CANCEL", "NCP_NO_RESULTS"])
def test_the_message_of_a_provider_changes_nothing_on_the_page(
    fuzzed_sites: Sites, code: str
) -> None:
    plain = Session(fuzzed_sites).answered("", code, "A harmless message.")
    for text in some(2):
        shown = Session(fuzzed_sites).answered("", code, text)

        assert shown.status == plain.status == 200
        assert _shape(shown.html) == _shape(plain.html), text


@pytest.mark.parametrize("name", ["sessionId", "returnCode", "elmo"])
def test_a_naughty_field_of_an_answer_is_refused_in_plain_words(
    fuzzed_sites: Sites, browser: Browser, name: str
) -> None:
    for text in some(2):
        fields = {"sessionId": "x", "returnCode": "NCP_OK", "elmo": "x"} | {name: text}
        shown = browser.post(RETURN, list(fields.items()))

        assert 400 <= shown.status < 500
        assert {tag for tag, _ in _shape(shown.html)} <= _USUAL
        assert len(text) < 10 or text not in shown.text


_USUAL = {
    *(
        "html",
        "head",
        "meta",
        "title",
        "link",
        "body",
        "header",
        "main",
        "footer",
        "nav",
        "section",
    ),
    *("a", "p", "h1", "h2", "div", "span", "strong", "ul", "ol", "li", "dl", "dt", "dd", "bdi"),
    *("small", "svg", "path", "abbr", "details", "summary", "code", "time"),
}
"""What a page is made of that says why something was refused: it has no form and no script."""


def test_the_session_of_a_client_comes_back_to_it_as_it_was_sent(fuzzed_sites: Sites) -> None:
    for text in some(3):
        browser = fuzzed_sites.browser()
        asked = browser.post(_ASK, [("sessionId", text), ("returnUrl", RETURN)])
        if asked.status == 422:
            assert "sessionId" in asked.text
            assert {tag for tag, _ in _shape(asked.html)} <= _USUAL
            continue
        ended = browser.submit(asked, "/cancel")

        assert asked.status == ended.status == 200
        assert ended.form("/smp/return").value("sessionId") == text


def test_a_return_address_of_naughty_text_is_refused(browser: Browser) -> None:
    for text in some(2):
        for address in (text, f"{RETURN}?{text}", f"{HOSPITAL}/{text}", f"https://{text}/"):
            shown = browser.post(_ASK, [("sessionId", "s"), ("returnUrl", address)])

            assert 400 <= shown.status < 500 or address.split("?")[0] == RETURN, address
            assert {tag for tag, _ in _shape(shown.html)} <= _USUAL | {"form", "input", "button"}


@pytest.mark.parametrize(
    "address",
    [f"{NORTH}/ncp/~", f"{NORTH}/ncp/no/~", f"{NORTH}/ncp/no/~/check", f"{HOSPITAL}/~",
     f"{HOSPITAL}/smp/session/~", f"{HOSPITAL}/smp/session/~/verdict.json"],
)  # fmt: skip
def test_an_address_of_naughty_text_is_a_page_that_nobody_has(
    browser: Browser, address: str
) -> None:
    plain = browser.get(address.replace("~", "harmless"))
    for text in some(3):
        shown = browser.get(address.replace("~", quote(text, safe="")))

        assert shown.status in (404, 405)
        assert {tag for tag, _ in _shape(shown.html)} <= {tag for tag, _ in _shape(plain.html)}
        assert len(text) < 10 or text not in shown.text


@pytest.mark.parametrize("name", ["license", "recipient", "csrf"])
def test_a_consent_of_naughty_text_releases_nothing(fuzzed_sites: Sites, name: str) -> None:
    browser = fuzzed_sites.browser()
    check = to_the_check(browser, KARI)
    form = check.form("/check")
    for text in some(1):
        fields = [pair for pair in form.fields if pair[0] != name]
        shown = browser.post(form.action, [*fields, (name, text)], at=check.url)

        assert shown.status in (400, 403)
        assert {tag for tag, _ in _shape(shown.html)} <= _USUAL
    assert browser.get(check.url).form("/check").fields == form.fields


@pytest.mark.parametrize("text", _KEPT)
def test_on_every_page_it_stands_as_text(text: str) -> None:
    """Names, titles, purpose, recipient, provider, notes: whatever a page shows from outside."""
    plain = {sample.name: _shape(sample.html) for sample in samples()}
    for sample in samples(text):
        assert _shape(sample.html) == plain[sample.name], sample.name
        assert text in Page(sample.html).text, sample.name
