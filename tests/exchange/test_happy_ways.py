"""Each person of the demo goes the whole way, and what ends without a license ends clearly."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from api.bootstrap import application
from api.demo.people import (
    AKE,
    BJORN,
    ELENI,
    INGRID,
    KARI,
    LUCJA,
    NOBODY,
    SEAN,
    ZOE,
    DemoPerson,
)
from api.settings import read_site
from licenses.model.exchange import ExchangeState
from licenses.model.verdict import Circumstances
from schema_ext.carrying import ElmoCarrier
from tests.exchange.browser import Browser, Screen, Server
from tests.exchange.forging import Forge, posted
from tests.exchange.sites import HOSPITAL, NORTH, Session, Sites, expecting
from tests.exchange.walking import (
    all_the_way,
    asked,
    consented,
    exchange_id_of,
    logged_in,
    returned,
    to_the_check,
)

# What is ticked at first, and what an employer in the country of the provider reads.
WAYS: list[tuple[DemoPerson, str, str, list[str]]] = [
    (KARI, "no", "NO", ["may-work"]),
    (BJORN, "no", "NO", ["may-work-with-conditions", "may-work"]),
    (LUCJA, "no", "NO", ["may-work"]),
    (INGRID, "no", "NO", ["may-work"]),
    (AKE, "no", "NO", ["may-work"]),
    (AKE, "se", "SE", ["may-work"]),
    (ELENI, "se", "SE", ["may-work-with-conditions"]),
    (SEAN, "se", "SE", ["may-work-with-conditions"]),
    (KARI, "no", "PL", ["not-established"]),
]


def verdict_of(browser: Browser, screen: Screen) -> dict[str, Any]:
    """Return the verdict that the page offers to keep."""
    (address,) = [link for link in screen.links if link.endswith("/verdict.json")]
    answer = browser.get(address).response
    assert answer.headers["content-disposition"] == 'attachment; filename="verdict.json"'
    verdict: dict[str, Any] = json.loads(answer.text)
    return verdict


@pytest.mark.parametrize(("who", "slug", "territory", "answers"), WAYS)
def test_what_somebody_sends_is_read_at_the_hospital(
    browser: Browser, who: DemoPerson, slug: str, territory: str, answers: list[str]
) -> None:
    shown = all_the_way(browser, who, territory=territory, ncp=f"DEMO-{slug.upper()}")

    verdict = verdict_of(browser, shown)
    assert shown.status == 200
    assert [one["overall"] for one in verdict["licenses"]] == answers
    assert verdict["overall"] == answers[0]
    assert verdict["signature"]["answer"] == "verified"
    assert verdict["delivery"]["audience"] == HOSPITAL
    for one in verdict["licenses"]:
        assert one["holder"]["answer"] == "same"
        assert one["license"]["holder"]["birthDate"] == who.person.birth_date.isoformat()
        assert one["standing"]["source"] == "stapled"


@pytest.mark.parametrize(
    ("who", "slug", "reason"), [(ZOE, "se", "standing-none"), (INGRID, "no", "standing-none")]
)
def test_a_license_that_gives_no_right_can_be_sent_and_says_so(
    browser: Browser, who: DemoPerson, slug: str, reason: str
) -> None:
    asking = asked(browser, who, territory=slug.upper(), ncp=f"DEMO-{slug.upper()}")
    licenses = logged_in(browser, asking, who)
    form = licenses.form("/licenses")
    every = [part.partition('"')[0] for part in licenses.html.split('name="license" value="')[1:]]
    more = [("license", one) for one in every if one not in form.values("license")]
    check = browser.submit(licenses, "/licenses", more=more)

    verdict = verdict_of(browser, returned(browser, consented(browser, check)))

    assert len(verdict["licenses"]) == 2
    assert verdict["overall"] == "must-not-rely"
    worst = verdict["licenses"][0]
    assert "standing-none" in [one["code"] for one in worst["standing"]["reasons"]]
    assert worst["standing"]["answer"] == "none"
    assert worst["license"] is not None, "why it gives no right is told with its content"


def test_nothing_is_released_when_the_holder_cancels(sites: Sites, browser: Browser) -> None:
    check = to_the_check(browser, BJORN)

    sending = browser.submit(check, "/cancel")
    back = returned(browser, sending)

    exchange = sites.exchange(exchange_id_of(sending))
    assert exchange.state is ExchangeState.CANCELLED
    assert (exchange.document, exchange.identity, exchange.chosen) == (None, None, ())
    assert sending.form("/smp/return").value("returnCode") == "NCP_CANCEL"
    assert sending.form("/smp/return").value("elmo") == ""
    assert "The person cancelled" in back.text


def test_somebody_without_licenses_goes_back_with_that_word(sites: Sites, browser: Browser) -> None:
    nothing = logged_in(browser, asked(browser, NOBODY), NOBODY)
    sending = browser.submit(nothing, "/none")
    back = returned(browser, sending)

    assert sites.exchange(exchange_id_of(sending)).state is ExchangeState.NO_RESULTS
    assert sending.form("/smp/return").value("returnCode") == "NCP_NO_RESULTS"
    assert "No license was found" in back.text
    assert NOBODY.person.current_name.family not in back.text


def test_a_provider_that_cannot_sign_says_so_and_sends_nothing(
    sites: Sites, browser: Browser
) -> None:
    check = to_the_check(browser, KARI)
    with_keys, north = sites.provider, sites.servers.by_origin[NORTH].app
    desk = with_keys.desk._replace(carrier=ElmoCarrier({}))
    north.state.provider = replace(with_keys, desk=desk)
    try:
        sending = consented(browser, check)
    finally:
        north.state.provider = with_keys
    back = returned(browser, sending)

    exchange = sites.exchange(exchange_id_of(sending))
    assert exchange.state is ExchangeState.FAILED
    assert (exchange.document, exchange.identity) == (None, None)
    assert sending.form("/smp/return").value("returnCode") == "NCP_ERROR"
    assert "The provider could not answer" in back.text


def test_the_choice_is_kept_when_the_holder_goes_back_to_change_it(browser: Browser) -> None:
    check = to_the_check(browser, BJORN)
    (back,) = [link for link in check.links if link.endswith("/licenses")]
    again = browser.get(back)
    first, second = again.form("/licenses").values("license")

    only = browser.post(
        again.form("/licenses").action,
        [("csrf", again.form("/licenses").value("csrf")), ("license", second)],
    )

    assert only.form("/check").values("license") == (second,)
    assert first != second


def test_the_answer_can_be_posted_again_from_a_page_loaded_again(browser: Browser) -> None:
    sending = consented(browser, to_the_check(browser, KARI))

    again = browser.get(sending.url)

    assert again.form("/smp/return").fields == sending.form("/smp/return").fields


def test_what_was_received_can_be_kept_byte_for_byte(sites: Sites, forge: Forge) -> None:
    session = Session(sites)
    elmo = posted(forge.answer(session))
    session.answered(elmo)

    kept = session.browser.get(f"{session.url}/received")

    assert kept.response.content == elmo.encode()
    assert kept.response.headers["content-disposition"].startswith("attachment")


@pytest.mark.parametrize("code", ["NCP_OK", "ncp_ok", "EMP_OK", "emp_ok", "Emp_Ok"])
def test_return_codes_of_both_generations_are_taken_in_any_case(
    sites: Sites, forge: Forge, code: str
) -> None:
    session = Session(sites, expecting(KARI))

    shown = session.answered(posted(forge.answer(session)), code)

    assert session.kept.return_code == "ncp-ok"
    assert "May work here" in shown.text


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("EMP_CANCEL", "The person cancelled"),
        ("emp_no_results", "No license was found"),
        ("EMP_ERROR", "The provider could not answer"),
    ],
)
def test_endings_of_the_other_generation_are_understood(
    sites: Sites, code: str, words: str
) -> None:
    assert words in Session(sites).answered("", code).text


def test_a_plus_that_came_as_a_space_is_taken(sites: Sites, forge: Forge) -> None:
    session = Session(sites, expecting(KARI))
    elmo = posted(forge.answer(session))
    assert "+" in elmo

    shown = session.answered(elmo.replace("+", " "))

    assert "May work here" in shown.text


def test_a_document_is_valid_by_the_official_schema_where_the_operator_has_it(
    sites: Sites, forge: Forge
) -> None:
    folder = Path("../shared/elmo-official/1.7.0").resolve()
    if not folder.is_dir():
        pytest.skip("the official ELMO schema is not at ../shared/elmo-official")
    settings = read_site(sites.world.hospital).model_copy(update={"elmo_schema": folder})
    session = Session(sites, expecting(KARI))
    document = forge.answer(session)
    server = Server(application(settings, sites.clock))
    verifier = server.app.state.receiver.verifier

    verdict = verifier.verdict(posted(document).encode(), Circumstances())

    assert verdict.schema_line.answer == "valid"
