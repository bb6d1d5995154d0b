"""What a provider refuses before anybody logs in: bad requests, and addresses it does not know."""

from urllib.parse import quote, urlencode

import pytest

from tests.exchange.browser import Browser
from tests.exchange.sites import NORTH, RETURN, Sites
from tests.unit.test_return_url import HOSTILE

ASK = f"{NORTH}/ncp/no"
SESSION = ("sessionId", "a" * 32)
BACK = ("returnUrl", RETURN)


def exchanges(browser: Browser) -> int:
    """Count the exchanges that this browser began."""
    return sum(cookie.name.startswith("exchange-") for cookie in browser.cookies)


REFUSED = {
    "no session": ([BACK], 422, "sessionId"),
    "an empty session": ([("sessionId", ""), BACK], 422, "sessionId"),
    "no return address": ([SESSION], 422, "returnUrl"),
    "nothing at all": ([], 422, "sessionId"),
    "a session twice": ([SESSION, SESSION, BACK], 422, "more than once"),
    "a return address twice": ([SESSION, BACK, BACK], 422, "more than once"),
    "a session too long": ([("sessionId", "a" * 257), BACK], 422, "256"),
    "a session with a control character": ([("sessionId", "a\r\nb"), BACK], 422, "control"),
    "too many fields": ([SESSION, BACK, *[(f"f{n}", "") for n in range(80)]], 400, "64 fields"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_request_that_cannot_be_read_is_refused_in_words(browser: Browser, case: str) -> None:
    fields, status, words = REFUSED[case]

    shown = browser.post(ASK, fields)

    assert shown.status == status
    assert words in shown.text
    assert exchanges(browser) == 0


_MULTIPART = b'--b\r\nContent-Disposition: form-data; name="sessionId"\r\n\r\nx\r\n--b--'


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (
            b'--b\r\nContent-Disposition: form-data; name="sessionId"\r\n\r\nx\r\n--b--',
            "multipart/form-data; boundary=b",
            422,
        ),
        (b'{"sessionId": "x", "returnUrl": "y"}', "application/json", 422),
        (b"sessionId=%ff&returnUrl=x", "application/x-www-form-urlencoded", 400),
        (b"sessionId=" + b"x" * 70_000, "application/x-www-form-urlencoded", 413),
    ],
    ids=["multipart", "json", "not utf-8", "too large"],
)
def test_another_form_than_the_urlencoded_one_is_refused_clearly(
    browser: Browser, body: bytes, kind: str, status: int
) -> None:
    shown = browser.post_body(ASK, body, kind)

    assert shown.status == status
    assert exchanges(browser) == 0


@pytest.mark.parametrize("trick", [one for tricks in HOSTILE.values() for one in tricks])
def test_no_trick_of_a_return_address_is_followed(browser: Browser, trick: str) -> None:
    shown = browser.post(ASK, [SESSION, ("returnUrl", trick)])

    assert 400 <= shown.status < 500
    assert shown.url == ASK
    assert exchanges(browser) == 0
    assert "location" not in shown.response.headers


# Well-formed, and still nobody's: look-alikes of the registered address.
STRANGERS = [
    "https://evil.example/smp/return",
    "http://127.0.0.1:8002/",
    "http://127.0.0.1:8002/smp",
    "http://127.0.0.1:8002/smp/returned",
    "http://127.0.0.1:8002/smp/Return",
    "http://127.0.0.1:8003/smp/return",
    "http://127.0.0.1/smp/return",
    "https://127.0.0.1:8002/smp/return",
    "http://localhost:8002/smp/return",
    "https://127.0.0.1.evil.example:8002/smp/return",
    "https://evil.example/?http://127.0.0.1:8002/smp/return",
]


@pytest.mark.parametrize("address", STRANGERS)
def test_a_return_address_of_nobody_registered_is_refused_by_name(
    browser: Browser, address: str
) -> None:
    shown = browser.post(ASK, [SESSION, ("returnUrl", address)])

    assert shown.status == 403
    assert "return-url-not-registered" in shown.text
    assert "This recipient is not registered" in shown.text
    assert exchanges(browser) == 0


@pytest.mark.parametrize("slug", ["xx", "NO", "no%2F..", "dk", "demo-login", "no\u202e"])
def test_an_unknown_provider_is_not_found(browser: Browser, slug: str) -> None:
    shown = browser.post(f"{NORTH}/ncp/{quote(slug)}", [SESSION, BACK])

    assert shown.status == 404
    assert exchanges(browser) == 0


def test_fields_nobody_knows_are_passed_over(browser: Browser) -> None:
    shown = browser.post(ASK, [SESSION, BACK, ("Continue", "Go"), ("allowToPickLOIs", "true")])

    assert shown.status == 200
    assert "City Hospital asks for your professional licenses" in shown.text


def test_a_session_of_another_client_is_echoed_byte_for_byte(
    sites: Sites, browser: Browser
) -> None:
    odd = "my Session+12345/=&é<b>"
    asking = browser.post_body(ASK, urlencode([("sessionId", odd), BACK]).encode())

    sending = browser.submit(asking, "/cancel")

    assert sending.form("/smp/return").value("sessionId") == odd
