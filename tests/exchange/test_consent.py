"""Nothing leaves a provider without consent: given once, by its holder, to what was shown."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from api.demo.people import BJORN, KARI, LUCJA
from licenses.model.exchange import EXCHANGE_LIFE, ExchangeState
from licenses.model.register import AuditAction
from tests.exchange.browser import Browser, Form, Screen
from tests.exchange.forging import Forge
from tests.exchange.sites import NORTH, Sites
from tests.exchange.walking import (
    asked,
    consented,
    exchange_id_of,
    logged_in,
    to_the_check,
)


def releases(sites: Sites) -> int:
    """Count the releases in the audit log of every authority of the site."""
    with sites.provider.desk.unit_of_work() as uow:
        return sum(
            entry.action is AuditAction.LICENSE_RELEASED
            for authority_id in sites.provider.authorities
            for entry in uow.audit.of(authority_id)
        )


def changed(form: Form, name: str, *values: str) -> list[tuple[str, str]]:
    """Return the fields of a form with other values of one of them."""
    rest = [pair for pair in form.fields if pair[0] != name]
    return rest + [(name, value) for value in values]


def sent(browser: Browser, page: Screen, end: str, name: str, *values: str) -> Screen:
    """Send a form of a page with other values of one field."""
    form = page.form(end)
    return browser.post(form.action, changed(form, name, *values))


def test_a_double_click_on_consent_releases_once(sites: Sites, browser: Browser) -> None:
    check = to_the_check(browser, KARI)
    before = releases(sites)

    first = consented(browser, check)
    second = browser.submit(check, "/check")

    assert releases(sites) == before + 1
    assert first.form("/smp/return").fields == second.form("/smp/return").fields


def test_many_clicks_at_once_release_once(sites: Sites, browser: Browser) -> None:
    check = to_the_check(browser, BJORN)
    before = releases(sites)

    with ThreadPoolExecutor(8) as pool:
        shown = list(pool.map(lambda _: consented(browser, check), range(8)))

    assert releases(sites) == before + 2
    assert {screen.status for screen in shown} == {200}
    assert len({screen.form("/smp/return").fields for screen in shown}) == 1


@pytest.mark.parametrize("values", [(), ("",), ("0" * 64,), ("é",), ("x" * 10_000,)])
@pytest.mark.parametrize("end", ["/check", "/cancel"])
def test_a_form_without_the_token_of_its_browser_does_nothing(
    sites: Sites, browser: Browser, end: str, values: tuple[str, ...]
) -> None:
    check = to_the_check(browser, KARI)
    before = sites.exchange(exchange_id_of(check))

    shown = sent(browser, check, end, "csrf", *values)

    assert shown.status == 403
    assert "not-allowed" in shown.text
    assert sites.exchange(exchange_id_of(check)) == before


@pytest.mark.parametrize("step", ["login", "identity", "licenses", "check", "cancel", "none"])
def test_every_step_asks_for_the_token(sites: Sites, browser: Browser, step: str) -> None:
    asking = asked(browser, KARI)
    before = sites.exchange(exchange_id_of(asking))

    shown = browser.post(f"{asking.url}/{step}", [("subject", KARI.key), ("license", "x")])

    assert shown.status == 403
    assert sites.exchange(exchange_id_of(asking)) == before


def test_the_token_of_another_exchange_does_not_serve(sites: Sites, browser: Browser) -> None:
    other = to_the_check(sites.browser(), KARI).form("/check").value("csrf")
    check = to_the_check(browser, KARI)

    shown = sent(browser, check, "/check", "csrf", other)

    assert shown.status == 403
    assert sites.exchange(exchange_id_of(check)).state is ExchangeState.CHOSEN


@pytest.mark.parametrize("values", [(), ("not-an-id",), ("first",), ("first", "second", "more")])
def test_consent_to_another_list_than_was_shown_releases_nothing(
    sites: Sites, browser: Browser, values: tuple[str, ...]
) -> None:
    check = to_the_check(browser, BJORN)
    first, second = check.form("/check").values("license")
    known = {"first": first, "second": second, "more": "01890000-0000-7000-8000-000000000001"}

    shown = sent(browser, check, "/check", "license", *(known.get(one, one) for one in values))

    assert shown.status == 400
    assert "What was agreed to is not what was shown" in shown.text
    assert sites.exchange(exchange_id_of(check)).state is ExchangeState.CHOSEN


@pytest.mark.parametrize("values", [(), ("https://evil.example",), ("http://127.0.0.1:8003",)])
def test_consent_to_another_recipient_than_was_shown_releases_nothing(
    sites: Sites, browser: Browser, values: tuple[str, ...]
) -> None:
    check = to_the_check(browser, KARI)

    shown = sent(browser, check, "/check", "recipient", *values)

    assert shown.status == 400
    assert sites.exchange(exchange_id_of(check)).state is ExchangeState.CHOSEN


def test_a_choice_changed_in_another_tab_is_not_what_was_agreed_to(
    sites: Sites, browser: Browser
) -> None:
    check = to_the_check(browser, BJORN)
    licenses = browser.get(check.url.replace("/check", "/licenses"))
    sent(browser, licenses, "/licenses", "license", check.form("/check").values("license")[0])

    shown = consented(browser, check)

    assert shown.status == 400
    assert sites.exchange(exchange_id_of(check)).state is ExchangeState.CHOSEN


def test_a_double_click_on_cancel_cancels_once(browser: Browser) -> None:
    check = to_the_check(browser, KARI)

    first, second = browser.submit(check, "/cancel"), browser.submit(check, "/cancel")

    assert first.form("/smp/return").fields == second.form("/smp/return").fields


def test_what_was_sent_cannot_be_cancelled_nor_what_was_cancelled_sent(
    sites: Sites, browser: Browser
) -> None:
    check = to_the_check(browser, KARI)
    consented(browser, check)
    cancelled = to_the_check(browser, BJORN)
    browser.submit(cancelled, "/cancel")

    late = browser.submit(check, "/cancel")
    again = browser.submit(cancelled, "/check")

    assert (late.status, again.status) == (409, 400)
    assert sites.exchange(exchange_id_of(check)).state is ExchangeState.SENT
    assert sites.exchange(exchange_id_of(cancelled)).state is ExchangeState.CANCELLED


def test_no_get_releases_anything(sites: Sites, browser: Browser) -> None:
    check = to_the_check(browser, KARI)
    exchange_id, before = exchange_id_of(check), releases(sites)
    root = f"{NORTH}/ncp/no/{exchange_id}"

    for step in ("", "/login", "/identity", "/licenses", "/check", "/cancel", "/none", "/answer"):
        query = "?csrf=" + check.form("/check").value("csrf")
        browser.get(f"{root}{step}{query}")

    assert sites.exchange(exchange_id).state is ExchangeState.CHOSEN
    assert releases(sites) == before


def test_a_license_of_somebody_else_cannot_be_ticked(
    sites: Sites, browser: Browser, forge: Forge
) -> None:
    licenses = logged_in(browser, asked(browser, KARI), KARI)
    own = licenses.form("/licenses").values("license")
    other = str(forge.seals(BJORN)[0].key.license_id)

    shown = sent(browser, licenses, "/licenses", "license", *own, other)

    assert shown.status == 422
    exchange = sites.exchange(exchange_id_of(licenses))
    assert (exchange.state, exchange.chosen) == (ExchangeState.IDENTIFIED, ())


def test_nothing_ticked_is_asked_for_again(sites: Sites, browser: Browser) -> None:
    licenses = logged_in(browser, asked(browser, LUCJA), LUCJA)

    shown = sent(browser, licenses, "/licenses", "license")

    assert shown.status == 422
    assert "Tick at least one license, or cancel" in shown.text


def test_a_second_login_in_one_exchange_is_refused(sites: Sites, browser: Browser) -> None:
    asking = asked(browser, KARI)
    people = browser.submit(asking, "/login")
    logged_in(browser, asking, KARI)
    token = people.form("/identity").value("csrf")

    shown = browser.post(people.form("/identity").action, [("csrf", token), ("subject", "bjorn")])

    assert shown.status == 409
    kept = sites.exchange(exchange_id_of(asking)).identity
    assert kept is not None
    assert kept.subject == KARI.key


@pytest.mark.parametrize("subject", ["", "nobody", "KARI", "' OR 1=1"])
def test_a_login_as_nobody_of_the_list_is_refused(
    sites: Sites, browser: Browser, subject: str
) -> None:
    people = browser.submit(asked(browser, KARI), "/login")

    shown = sent(browser, people, "/identity", "subject", subject)

    assert shown.status == 422
    assert sites.exchange(exchange_id_of(people)).identity is None


def test_the_steps_cannot_be_taken_out_of_order(sites: Sites, browser: Browser) -> None:
    asking = asked(browser, KARI)
    token = ("csrf", asking.form("/login").value("csrf"))
    recipient = ("recipient", "http://127.0.0.1:8002")

    consent = browser.post(f"{asking.url}/check", [token, recipient])
    choice = browser.post(f"{asking.url}/licenses", [token, ("license", "x")])

    assert (consent.url, choice.status) == (asking.url, 409)
    assert sites.exchange(exchange_id_of(asking)).state is ExchangeState.REQUESTED


def test_an_exchange_belongs_to_the_browser_that_began_it(sites: Sites, browser: Browser) -> None:
    check = to_the_check(browser, KARI)
    stranger = sites.browser()

    shown = stranger.get(check.url)
    forged = stranger.post(check.form("/check").action, check.form("/check").fields)

    assert (shown.status, forged.status) == (404, 404)
    assert KARI.person.current_name.family not in shown.text
    assert sites.exchange(exchange_id_of(check)).state is ExchangeState.CHOSEN


def test_an_exchange_of_one_provider_is_unknown_to_the_other(
    sites: Sites, browser: Browser
) -> None:
    check = to_the_check(browser, KARI)
    (cookie,) = [one for one in browser.cookies if one.name.startswith("exchange-")]
    moved = check.url.replace("/ncp/no/", "/ncp/se/")
    browser.give(moved.removesuffix("/check"), cookie.name, cookie.value)

    shown = browser.get(moved)
    forged = browser.post(moved, check.form("/check").fields)

    assert (shown.status, forged.status) == (404, 404)
    assert sites.exchange(exchange_id_of(check)).state is ExchangeState.CHOSEN


@pytest.mark.parametrize("late", [EXCHANGE_LIFE, timedelta(days=400)])
def test_after_thirty_minutes_nothing_is_shown_or_sent(
    sites: Sites, browser: Browser, late: timedelta
) -> None:
    check = to_the_check(browser, KARI)
    before = releases(sites)
    sites.clock.at += late

    shown = browser.get(check.url)
    forged = browser.submit(check, "/check")

    assert (shown.status, forged.status) == (410, 410)
    assert "This session has ended" in forged.text
    assert KARI.person.current_name.family not in shown.text
    assert releases(sites) == before


def test_what_is_over_is_forgotten_when_the_next_exchange_begins(
    sites: Sites, browser: Browser
) -> None:
    sending = consented(browser, to_the_check(browser, KARI))
    exchange_id = exchange_id_of(sending)
    digest = sites.exchange(exchange_id).document_sha256
    sites.clock.at += EXCHANGE_LIFE + timedelta(seconds=1)

    asked(sites.browser(), None)

    kept = sites.exchange(exchange_id)
    assert (kept.document, kept.identity, kept.chosen) == (None, None, ())
    assert kept.document_sha256 == digest


def test_each_release_is_proven_by_consent_purpose_and_recipient(
    sites: Sites, browser: Browser
) -> None:
    sending = consented(browser, to_the_check(browser, KARI))

    exchange = sites.exchange(exchange_id_of(sending))
    (license_,) = exchange.chosen
    with sites.provider.desk.unit_of_work() as uow:
        entry = [
            one
            for one in uow.audit.of(license_.authority_id)
            if one.action is AuditAction.LICENSE_RELEASED
        ][-1]
    assert entry.subject == license_.license_id.urn
    assert entry.purpose == (
        "Employment: may this person do this work here?; http://127.0.0.1:8002"
    )
    assert exchange.consent_id is not None
    assert re.fullmatch("[0-9a-f]{32}", exchange.consent_id)
