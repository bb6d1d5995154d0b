"""Every answer binds the browser, and nothing personal stands where it could stay (R-X4)."""

import logging
import re
from urllib.parse import urlsplit

import pytest

from api.bootstrap import application
from api.demo.people import BJORN, KARI, NOBODY, PEOPLE
from api.settings import read_site
from licenses.model.exchange import EXCHANGE_LIFE
from licenses.services import receive
from tests.exchange.browser import Browser, Screen, Server, Servers
from tests.exchange.forging import Forge, posted, swapped
from tests.exchange.sites import HOSPITAL, NORTH, RETURN, Session, Sites
from tests.exchange.test_uploads import handed_in
from tests.exchange.walking import (
    all_the_way,
    asked,
    consented,
    logged_in,
    returned,
    to_the_check,
)

ADDRESSES = [
    f"{NORTH}/",
    f"{NORTH}/schema/license-1.0.xsd",
    f"{NORTH}/static/site.css",
    f"{NORTH}/openapi.json",
    f"{NORTH}/health",
    f"{NORTH}/ncp/no",
    f"{NORTH}/ncp/no/{'0' * 32}",
    f"{NORTH}/ncp/xx/{'0' * 32}/check",
    f"{NORTH}/v1/status/{'0' * 32}",
    f"{NORTH}/v1/licenses",
    f"{NORTH}/smp/start",
    f"{NORTH}/nowhere",
    f"{HOSPITAL}/",
    f"{HOSPITAL}/smp/start",
    f"{HOSPITAL}/smp/return",
    f"{HOSPITAL}/smp/session/{'0' * 32}",
    f"{HOSPITAL}/verify",
    f"{HOSPITAL}/ncp/no",
    f"{HOSPITAL}/%2e%2e/etc/passwd",
]
REFERRER = {"no-referrer"}


def directives(screen: Screen) -> dict[str, str]:
    """Return the content security policy of an answer by directive."""
    policy = screen.response.headers["content-security-policy"]
    return dict(part.strip().partition(" ")[::2] for part in policy.split(";"))


def assert_bound(screen: Screen) -> None:
    """Check the headers of one answer."""
    headers, policy = screen.response.headers, directives(screen)
    assert screen.status < 500, screen.url
    assert policy["default-src"] == "'none'"
    assert policy["frame-ancestors"] == "'none'"
    assert policy["base-uri"] == "'none'"
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cache-control"] == "no-store"
    assert headers["referrer-policy"] in REFERRER
    assert headers["strict-transport-security"].startswith("max-age=")
    if headers.get("content-type", "").startswith("text/html"):
        assert headers["x-frame-options"] == "DENY"
        assert "charset=utf-8" in headers["content-type"]
        assert "form-action" in policy


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_address_binds_the_browser(browser: Browser, address: str) -> None:
    browser.get(address)

    for screen in browser.seen:
        assert_bound(screen)


def everything(sites: Sites, browser: Browser, forge: Forge) -> None:
    """Go every way there is, with every error on it."""
    all_the_way(browser, KARI)
    sending = consented(browser, to_the_check(browser, BJORN))
    returned(browser, sending)
    browser.submit(sending, "/smp/return")
    returned(browser, browser.submit(to_the_check(browser, KARI), "/cancel"))
    returned(browser, browser.submit(logged_in(browser, asked(browser, NOBODY), NOBODY), "/none"))
    browser.post(RETURN, [("sessionId", "0" * 32), ("returnCode", "NCP_CANCEL")])
    browser.post(f"{NORTH}/ncp/no", [("sessionId", "x"), ("returnUrl", "https://evil.example")])
    browser.post(f"{HOSPITAL}/smp/start", [("given", "Kari")])
    browser.post_body(RETURN, b"x" * 9 * 2**20)
    document = forge.answer(Session(sites))
    handed_in(browser, document)
    handed_in(browser, swapped(document, b"Nordmann", b"Nordm\xffann"))
    session = Session(sites)
    session.browser = browser
    session.answered(posted(document))


def crawled(browser: Browser) -> None:
    """Follow every link that any page showed, once."""
    known = {screen.url for screen in browser.seen if screen.status == 200}
    for link in {link for screen in browser.seen for link in screen.links}:
        if link not in known and link.startswith((NORTH, HOSPITAL)):
            browser.get(link.partition("#")[0])


def test_every_page_of_the_way_binds_the_browser(
    sites: Sites, browser: Browser, forge: Forge
) -> None:
    everything(sites, browser, forge)
    crawled(browser)

    assert len(browser.seen) > 60
    for screen in browser.seen:
        assert_bound(screen)


def test_only_the_sending_page_runs_a_script_and_only_with_its_nonce(
    browser: Browser,
) -> None:
    all_the_way(browser, KARI)

    running = [one for one in browser.seen if "<script" in one.html]
    (sending,) = running
    assert sending.url.endswith("/answer")
    nonce = re.findall(r'<script nonce="([^"]+)">', sending.html)
    assert directives(sending)["script-src"] == f"'nonce-{nonce[0]}'"
    assert browser.get(sending.url).html.count(nonce[0]) == 0, "a nonce serves once"
    for screen in browser.seen:
        assert not re.search(r"<[^>]+\son[a-z]+=", screen.html)


def test_a_page_may_post_to_itself_and_to_the_one_target_it_shows(browser: Browser) -> None:
    all_the_way(browser, KARI)

    for screen in browser.seen:
        abroad = {
            form.action for form in screen.forms if urlsplit(form.action).netloc not in screen.url
        }
        allowed = directives(screen).get("form-action", "'self'")
        origins = {f"{urlsplit(one).scheme}://{urlsplit(one).netloc}" for one in abroad}
        assert set(allowed.split()) - {"'self'"} == origins


def test_cookies_are_closed_to_scripts_bound_to_their_path_and_short_lived(
    browser: Browser,
) -> None:
    all_the_way(browser, KARI)

    assert {cookie.name.partition("-")[0] for cookie in browser.cookies} == {
        "exchange",
        "session",
        "visitor",
    }
    for cookie in browser.cookies:
        assert cookie.attributes["httponly"] == "True"
        assert cookie.attributes["samesite"] == "lax"
        lives = receive.KEPT if cookie.name.startswith("session") else EXCHANGE_LIFE
        assert cookie.attributes["max-age"] == str(int(lives.total_seconds()))
        assert cookie.attributes["domain"] == ""
        assert re.fullmatch("[0-9a-f]{32}", cookie.value)
        if cookie.name != "visitor":
            assert cookie.path.count("/") == 3


def personal() -> list[str]:
    """Return what names a person of the demo: names, birth dates, identifiers, numbers."""
    found = [name for one in PEOPLE for name in _names(one.person.current_name.family)]
    found += [one.person.birth_date.isoformat() for one in PEOPLE]
    found += [identifier.value for one in PEOPLE for identifier in one.identifiers]
    return [*found, "NO-100231", "NO-200877", "14+3+1985", "kari"]


def _names(family: str) -> list[str]:
    return [family, family.encode().decode("latin-1")]


def test_nothing_personal_stands_in_an_address_a_cookie_or_a_log(
    sites: Sites, browser: Browser, forge: Forge, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)

    everything(sites, browser, forge)

    logged = [record.getMessage() + str(record.exc_info or "") for record in caplog.records]
    kept = [f"{cookie.name} {cookie.value} {cookie.path}" for cookie in browser.cookies]
    redirected = [one.response.headers.get("location", "") for one in browser.seen]
    for place in (*browser.visited, *redirected, *kept, *logged):
        assert not [word for word in personal() if word.casefold() in place.casefold()], place


def test_a_registry_that_cannot_be_read_leaves_the_last_good_one_in_force(
    sites: Sites, forge: Forge, caplog: pytest.LogCaptureFixture
) -> None:
    session = Session(sites)
    elmo = posted(forge.answer(session))
    registry = sites.folder.parent / "network" / "emps.json"
    listed = registry.read_bytes()
    registry.write_bytes(b"{")
    try:
        session.answered(elmo)
    finally:
        registry.write_bytes(listed)

    verdict = session.kept.verdict
    assert verdict is not None
    assert verdict.signature.answer == "verified"
    assert "Nordmann" not in caplog.text


REFUSED_EARLY = {
    "an unknown address": ("GET", f"{HOSPITAL}/nowhere", b"", 404, "not-found"),
    "a method it does not take": ("GET", f"{NORTH}/ncp/no", b"", 405, "method-not-allowed"),
    "a form too large": ("POST", RETURN, b"x" * 9 * 2**20, 413, "too-large"),
    "an upload too large": ("POST", f"{HOSPITAL}/verify", b"x" * 12 * 2**20, 413, "too-large"),
}


@pytest.mark.parametrize("case", REFUSED_EARLY)
def test_what_no_route_gets_to_see_is_a_page_for_people(browser: Browser, case: str) -> None:
    method, address, body, status, code = REFUSED_EARLY[case]

    shown = browser.get(address) if method == "GET" else browser.post_body(address, body)

    assert shown.status == status
    assert shown.response.headers["content-type"].startswith("text/html")
    assert code in shown.text


def test_and_a_problem_for_programs(browser: Browser) -> None:
    shown = browser.get(f"{NORTH}/v1/nowhere")

    assert shown.status == 404
    assert shown.response.headers["content-type"] == "application/problem+json"


def test_who_asks_too_often_is_told_how_long_to_wait(sites: Sites) -> None:
    few = read_site(sites.world.hospital).model_copy(update={"pages_per_minute": 5})
    servers = Servers()
    servers.by_origin[HOSPITAL] = Server(application(few, sites.clock))
    browser = Browser(servers)

    shown = [browser.get(f"{HOSPITAL}/smp/start") for _ in range(7)]

    assert [one.status for one in shown] == [200] * 5 + [429] * 2
    assert int(shown[-1].response.headers["retry-after"]) >= 1
    assert "too-many-requests" in shown[-1].text
    assert_bound(shown[-1])
