"""A session of the hospital: one answer, half an hour, one browser, and forms in order."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from time import process_time
from urllib.parse import urlencode

import pytest

from api.demo.people import KARI
from licenses.errors import AlreadyUsed
from licenses.model.exchange import EXCHANGE_LIFE
from licenses.model.register import AuditAction
from licenses.services import receive
from tests.exchange.browser import Browser
from tests.exchange.forging import Forge, posted
from tests.exchange.refusals import MOST_SECONDS
from tests.exchange.sites import HOSPITAL, RETURN, Session, Sites, expecting
from tests.exchange.walking import all_the_way, asked, consented, expected, to_the_check

CANCELLED = [("returnCode", "NCP_CANCEL"), ("returnMessage", ""), ("elmo", "")]


def received(sites: Sites) -> int:
    """Count the answers that the hospital has recorded."""
    with sites.receiver.desk.unit_of_work() as uow:
        return sum(one.action is AuditAction.DOCUMENT_RECEIVED for one in uow.audit.of(HOSPITAL))


FORMS = {
    "no session": (CANCELLED, 422, "sessionId"),
    "an empty session": ([("sessionId", ""), *CANCELLED], 422, "sessionId"),
    "an unknown session": ([("sessionId", "0" * 32), *CANCELLED], 404, "not-found"),
    "a session that is no id": ([("sessionId", "' OR 1=1 --"), *CANCELLED], 404, "not-found"),
    "a session of another script": ([("sessionId", "Ελένη"), *CANCELLED], 404, "not-found"),
    "nothing": ([], 422, "sessionId"),
}


@pytest.mark.parametrize("case", FORMS)
def test_an_answer_for_no_session_of_ours_is_refused(
    sites: Sites, browser: Browser, case: str
) -> None:
    fields, status, words = FORMS[case]
    before = received(sites)

    shown = browser.post(RETURN, fields)

    assert shown.status == status
    assert words in shown.text
    assert received(sites) == before


OWN_FORMS = {
    "no return code": ([("elmo", "x")], 422, "return-code-missing"),
    "an unknown return code": ([("returnCode", "NCP_MAYBE"), ("elmo", "x")], 422, "return code"),
    "OK without a document": ([("returnCode", "NCP_OK"), ("elmo", "")], 422, "elmo-missing"),
    "a code twice": ([("returnCode", "NCP_CANCEL"), ("returnCode", "NCP_OK")], 422, "more than"),
    "a document twice": ([*CANCELLED, ("elmo", "x")], 422, "more than once"),
    "the session twice": ([*CANCELLED, ("sessionId", "x")], 422, "more than once"),
    "too many fields": ([*CANCELLED, *[(f"f{n}", "") for n in range(80)]], 400, "64 fields"),
}


@pytest.mark.parametrize("case", OWN_FORMS)
def test_an_answer_that_cannot_be_read_leaves_the_session_open(sites: Sites, case: str) -> None:
    fields, status, _ = OWN_FORMS[case]
    session = Session(sites)
    before = session.kept

    shown = session.browser.post(RETURN, [("sessionId", session.id), *fields])

    assert shown.status == status
    assert session.kept == before
    assert "The person cancelled" in session.answered("", "NCP_CANCEL").text


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"elmo=" + b"x" * 9 * 2**20, "application/x-www-form-urlencoded", 413),
        (b"elmo=" + b"%41" * 500_000, "application/x-www-form-urlencoded", 400),
        (b"--b\r\n\r\n--b--", "multipart/form-data; boundary=b", 422),
        (b"sessionId=%ff", "application/x-www-form-urlencoded", 400),
        (b"", "application/x-www-form-urlencoded", 422),
    ],
    ids=["9 MiB", "half a million escapes", "multipart", "not utf-8", "nothing"],
)
def test_another_body_than_a_form_is_refused(
    browser: Browser, body: bytes, kind: str, status: int
) -> None:
    began = process_time()

    assert browser.post_body(RETURN, body, kind).status == status
    assert process_time() - began < MOST_SECONDS


def test_a_session_takes_one_answer_and_no_other(sites: Sites, forge: Forge) -> None:
    session = Session(sites, expecting(KARI))
    elmo = posted(forge.answer(session))
    session.answered(elmo)
    kept = session.kept

    again = session.answered(elmo)
    other = session.answered("", "NCP_CANCEL")

    assert (again.status, other.status) == (409, 409)
    assert "This session was already used" in again.text
    assert "already-used" in again.text
    assert session.kept == kept


def test_a_rejected_answer_uses_the_session_up(sites: Sites, forge: Forge) -> None:
    session = Session(sites, expecting(KARI))
    session.answered("junk")
    kept = session.kept

    second = session.answered(posted(forge.answer(session)))

    assert second.status == 409
    assert session.kept == kept


@pytest.mark.parametrize("late", [EXCHANGE_LIFE, receive.KEPT - timedelta(seconds=1)])
def test_an_answer_after_thirty_minutes_is_refused(
    sites: Sites, forge: Forge, late: timedelta
) -> None:
    session = Session(sites)
    elmo = posted(forge.answer(session))
    before = session.kept
    sites.clock.at += late

    shown = session.answered(elmo)

    assert shown.status == 410
    assert "This session has ended" in shown.text
    assert session.kept == before
    assert session.browser.get(session.url).status == 410


def test_an_answer_in_the_last_second_is_taken(sites: Sites, forge: Forge) -> None:
    session = Session(sites)
    sites.clock.at += EXCHANGE_LIFE - timedelta(seconds=1)

    assert session.answered(posted(forge.answer(session))).status == 200


def test_another_browser_sees_nothing_of_a_session(sites: Sites, forge: Forge) -> None:
    session = Session(sites, expecting(KARI))
    stranger = sites.browser()
    waiting = stranger.get(session.url)
    session.answered(posted(forge.answer(session)))

    for page in ("", "/verdict.json", "/received"):
        shown = stranger.get(session.url + page)
        assert shown.status == 404
        assert "Nordmann" not in shown.html
    assert waiting.status == 404


def test_a_victims_browser_does_not_show_an_attackers_session(sites: Sites, forge: Forge) -> None:
    """Login CSRF: the attacker's page lets the victim's browser post the attacker's answer."""
    attackers = Session(sites)
    victim = sites.browser()
    fields = [("sessionId", attackers.id), ("returnCode", "NCP_OK")]
    elmo = ("elmo", posted(forge.answer(attackers)))

    shown = victim.post(RETURN, [*fields, elmo], at="https://evil.example/")

    assert shown.status == 404
    assert "Nordmann" not in shown.html


@pytest.mark.parametrize("secret", ["", "0" * 32, "x" * 5000])
def test_a_guessed_secret_opens_no_session(sites: Sites, secret: str) -> None:
    session = Session(sites, expecting(KARI))
    stranger = sites.browser()
    stranger.give(session.url, f"session-{session.id[:12]}", secret)

    assert stranger.get(session.url).status == 404


def test_before_its_answer_a_session_has_no_files(sites: Sites) -> None:
    session = Session(sites)

    for page in ("/verdict.json", "/received"):
        assert session.browser.get(session.url + page).status == 404


def test_an_ending_without_a_document_has_no_files(sites: Sites) -> None:
    session = Session(sites)
    session.answered("", "NCP_CANCEL")

    for page in ("/verdict.json", "/received"):
        assert session.browser.get(session.url + page).status == 404


def test_a_hundred_answers_at_once_are_one(sites: Sites, forge: Forge) -> None:
    session = Session(sites, expecting(KARI))
    elmo, before = posted(forge.answer(session)), received(sites)

    with ThreadPoolExecutor(16) as pool:
        shown = list(pool.map(lambda _: session.answered(elmo).status, range(100)))

    assert (shown.count(200), shown.count(409)) == (1, 99)
    assert received(sites) == before + 1


def test_a_check_given_up_takes_no_answer(sites: Sites, browser: Browser, forge: Forge) -> None:
    onward = expected(browser, KARI)
    session_id = onward.url.rpartition("/")[2]

    start = browser.submit(onward, "/cancel")
    late = browser.post(RETURN, [("sessionId", session_id), *CANCELLED])

    assert start.url.endswith("/smp/start")
    assert late.status == 409
    assert sites.reception(session_id).return_code == "given-up"


def test_a_session_that_has_its_answer_cannot_be_given_up(sites: Sites, browser: Browser) -> None:
    onward = expected(browser, KARI)
    session_id = onward.url.rpartition("/")[2]
    asking = browser.submit(onward, "/ncp/no")
    browser.submit(browser.submit(asking, "/cancel"), "/smp/return")
    kept = sites.reception(session_id)

    shown = browser.submit(onward, "/cancel")

    assert shown.status == 409
    assert sites.reception(session_id) == kept
    with pytest.raises(AlreadyUsed):
        receive.give_up(sites.receiver.desk, kept)


@pytest.mark.parametrize("token", [None, "", "0" * 64])
@pytest.mark.parametrize("page", ["/smp/start", "/smp/provider"])
def test_the_hospitals_forms_ask_for_the_token_of_their_browser(
    browser: Browser, page: str, token: str | None
) -> None:
    browser.get(f"{HOSPITAL}/smp/start")
    fields = [] if token is None else [("csrf", token)]

    shown = browser.post(HOSPITAL + page, [*fields, ("given", "Kari")])

    assert shown.status == 403
    assert not any(one.name.startswith("session-") for one in browser.cookies)


@pytest.mark.parametrize("token", [None, "0" * 64])
def test_giving_up_asks_for_the_token(sites: Sites, token: str | None) -> None:
    session = Session(sites)
    fields = [] if token is None else [("csrf", token)]

    assert session.browser.post(f"{session.url}/cancel", fields).status == 403
    assert session.kept.used_at is None


WRONG = {
    "a family name alone": ([("family", "Nordmann")], "Enter the given names too"),
    "half a birth date": ([("birth_day", "1")], "Enter day, month and year"),
    "a day that is none": (
        [("birth_day", "31"), ("birth_month", "2"), ("birth_year", "1990")],
        "Enter a real date",
    ),
    "an unknown country": ([("territory", "XX")], "Choose the country from the list"),
    "an unknown profession": ([("profession", "9999x")], "Choose the work from the list"),
    "a turned name": ([("given", "Ka\u202eri"), ("family", "N")], "Use letters, spaces"),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_is_typed_wrong_is_asked_for_again(browser: Browser, case: str) -> None:
    typed, words = WRONG[case]
    form = browser.get(f"{HOSPITAL}/smp/start").form("/smp/start")

    shown = browser.post(form.action, [("csrf", form.value("csrf")), *typed])

    assert shown.status == 422
    assert words in shown.text
    past_the_page = browser.post(
        f"{HOSPITAL}/smp/provider", [("csrf", form.value("csrf")), *typed, ("provider", "DEMO-NO")]
    )
    assert past_the_page.status == 422
    assert not any(one.name.startswith("session-") for one in browser.cookies)


def test_without_a_provider_there_is_no_session(browser: Browser) -> None:
    form = browser.get(f"{HOSPITAL}/smp/start").form("/smp/start")
    token = ("csrf", form.value("csrf"))

    shown = browser.post(f"{HOSPITAL}/smp/provider", [token, ("provider", "http://evil.example")])

    assert shown.status == 422
    assert "Choose the provider that keeps the license" in shown.text
    assert not any(one.name.startswith("session-") for one in browser.cookies)


def test_two_sessions_in_one_browser_do_not_mix(sites: Sites, browser: Browser) -> None:
    first = asked(browser, KARI)
    second = all_the_way(browser, KARI, territory="PL")
    third = consented(browser, to_the_check(browser, KARI))

    assert "No right here established" in second.text or "Not established" in second.text
    assert first.url != third.url
    answered = browser.submit(third, "/smp/return")
    assert "May work here" in answered.text


@pytest.mark.parametrize("code", ["NCP_ERROR", "NCP_CANCEL", "NCP_NO_RESULTS"])
def test_the_message_of_a_provider_never_becomes_part_of_the_page(sites: Sites, code: str) -> None:
    shown = Session(sites).answered("", code, "<script>alert(1)</script> Feil hos oss")

    assert "<script" not in shown.html
    assert code in shown.text


def test_sessions_are_forgotten_after_a_day(sites: Sites, forge: Forge) -> None:
    session = Session(sites, expecting(KARI))
    session.answered(posted(forge.answer(session)))
    sites.clock.at += receive.KEPT + timedelta(seconds=1)

    Session(sites)

    assert session.browser.get(session.url).status == 404


def test_the_provider_of_a_session_must_still_be_registered(
    sites: Sites, forge: Forge, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = Session(sites)
    elmo = posted(forge.answer(session))
    (registry,) = sites.folder.parent.glob("network/emps.json")
    listed = registry.read_bytes()
    registry.write_bytes(listed.replace(b"/ncp/no", b"/ncp/xx"))
    try:
        shown = session.answered(elmo)
    finally:
        registry.write_bytes(listed)

    assert shown.status == 404
    assert session.kept.used_at is None


def test_unknown_fields_of_an_answer_are_passed_over(sites: Sites) -> None:
    session = Session(sites)
    body = urlencode([("sessionId", session.id), *CANCELLED, ("Continue", "Go")]).encode()

    assert "The person cancelled" in session.browser.post_body(RETURN, body).text
