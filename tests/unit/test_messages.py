"""The forms of an exchange: what is read, what is refused, what is written."""

from urllib.parse import urlencode

import pytest
from pydantic import ValidationError

from licenses.errors import InvalidFields, InvalidRequest, TooLarge
from schema_ext.exchange.messages import (
    MAX_MESSAGE,
    MAX_REQUEST,
    MAX_RESPONSE,
    ExchangeRequest,
    ExchangeResponse,
    ReturnCode,
    form_fields,
    read_request,
    read_response,
)

REQUEST = b"sessionId=s1&returnUrl=https%3A%2F%2Fsmp.example%2Freturn"


def _faults(caught: pytest.ExceptionInfo[InvalidFields]) -> list[tuple[str, str]]:
    return [(fault.field, fault.code) for fault in caught.value.faults]


def test_a_request_is_read_and_fields_nobody_knows_are_ignored() -> None:
    request = read_request(REQUEST + b"&Continue=Continue&Continue=again")

    assert request == ExchangeRequest(session_id="s1", return_url="https://smp.example/return")


@pytest.mark.parametrize(
    "session_id", ["a", "mySession12345", "x" * 256, "a b+c%d/e=", " padded ", "Å", "A\u030a"]
)
def test_a_session_id_is_kept_as_it_came(session_id: str) -> None:
    body = urlencode({"sessionId": session_id, "returnUrl": "https://smp.example/"}).encode()

    assert read_request(body).session_id == session_id


REFUSED_REQUESTS = {
    "empty body": (b"", [("sessionId", "missing"), ("returnUrl", "missing")]),
    "no session": (b"returnUrl=https%3A%2F%2Fa.example", [("sessionId", "missing")]),
    "empty session": (b"sessionId=&returnUrl=u", [("sessionId", "missing")]),
    "no return URL": (b"sessionId=s", [("returnUrl", "missing")]),
    "other spelling": (b"sessionid=s&returnUrl=u", [("sessionId", "missing")]),
    "session too long": (
        b"returnUrl=u&sessionId=" + b"x" * 257,
        [("sessionId", "too-long")],
    ),
    "URL too long": (b"sessionId=s&returnUrl=" + b"x" * 2049, [("returnUrl", "too-long")]),
    "line break in session": (b"sessionId=a%0D%0Ab&returnUrl=u", [("sessionId", "not-printable")]),
    "NUL in session": (b"sessionId=a%00&returnUrl=u", [("sessionId", "not-printable")]),
    "override in session": (
        b"sessionId=a%E2%80%AE&returnUrl=u",
        [("sessionId", "not-printable")],
    ),
    "session twice": (REQUEST + b"&sessionId=s2", [("sessionId", "duplicate")]),
    "same session twice": (REQUEST + b"&sessionId=s1", [("sessionId", "duplicate")]),
    "URL twice": (REQUEST + b"&returnUrl=", [("returnUrl", "duplicate")]),
    "twice by another spelling": (REQUEST + b"&session%49d=s2", [("sessionId", "duplicate")]),
}


@pytest.mark.parametrize(("body", "faults"), REFUSED_REQUESTS.values(), ids=REFUSED_REQUESTS)
def test_a_bad_request_names_each_wrong_field(body: bytes, faults: list[tuple[str, str]]) -> None:
    with pytest.raises(InvalidFields) as caught:
        read_request(body)

    assert _faults(caught) == faults


def test_no_refusal_repeats_what_was_sent() -> None:
    with pytest.raises(InvalidFields) as caught:
        read_request(b"sessionId=Kari%0ANordmann&returnUrl=u")

    assert "Kari" not in str(caught.value)


@pytest.mark.parametrize("body", [b"sessionId=\xff", b"sessionId=%C3", b"%FF=x", b"x=%ED%A0%80"])
def test_a_form_that_is_not_utf_8_is_refused(body: bytes) -> None:
    with pytest.raises(InvalidRequest, match="UTF-8"):
        read_request(body)


def test_a_form_of_too_many_fields_is_refused() -> None:
    with pytest.raises(InvalidRequest, match="fields"):
        read_request(REQUEST + b"&x=1" * 63)


def test_a_form_of_too_many_escapes_is_refused() -> None:
    with pytest.raises(InvalidRequest, match="encoded"):
        read_response(b"sessionId=s&returnCode=NCP_OK&elmo=" + b"%41" * 400_001)


def test_a_form_over_its_cap_is_refused_unread() -> None:
    with pytest.raises(TooLarge):
        read_request(b"x" * (MAX_REQUEST + 1))
    with pytest.raises(TooLarge):
        read_response(b"x" * (MAX_RESPONSE + 1))


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        ("NCP_CANCEL", ReturnCode.NCP_CANCEL),
        ("EMP_CANCEL", ReturnCode.NCP_CANCEL),
        ("ncp_no_results", ReturnCode.NCP_NO_RESULTS),
        ("Emp_Error", ReturnCode.NCP_ERROR),
    ],
)
def test_return_codes_of_both_guides_are_read_in_any_case(sent: str, code: ReturnCode) -> None:
    assert read_response(f"sessionId=s&returnCode={sent}".encode()).return_code is code


@pytest.mark.parametrize("rest", [b"", b"&elmo=", b"&elmo=&returnMessage="])
def test_a_cancelled_exchange_needs_no_document(rest: bytes) -> None:
    response = read_response(b"sessionId=s&returnCode=NCP_CANCEL" + rest)

    assert response == ExchangeResponse(session_id="s", return_code=ReturnCode.NCP_CANCEL)


REFUSED_RESPONSES = {
    "no code": (b"sessionId=s&elmo=x", [("returnCode", "return-code-missing")]),
    "empty code": (b"sessionId=s&returnCode=&elmo=x", [("returnCode", "return-code-missing")]),
    "unknown code": (b"sessionId=s&returnCode=OK&elmo=x", [("returnCode", "return-code-unknown")]),
    "doubled prefix": (
        b"sessionId=s&returnCode=NCP_EMP_OK&elmo=x",
        [("returnCode", "return-code-unknown")],
    ),
    "OK without document": (b"sessionId=s&returnCode=EMP_OK", [("elmo", "elmo-missing")]),
    "OK with empty document": (
        b"sessionId=s&returnCode=NCP_OK&elmo=",
        [("elmo", "elmo-missing")],
    ),
    "no session": (b"returnCode=NCP_OK&elmo=x", [("sessionId", "missing")]),
    "two documents": (
        b"sessionId=s&returnCode=NCP_OK&elmo=x&elmo=y",
        [("elmo", "duplicate")],
    ),
    "two codes": (
        b"sessionId=s&returnCode=NCP_OK&elmo=x&returnCode=NCP_ERROR",
        [("returnCode", "duplicate")],
    ),
    "everything": (
        b"elmo=x&elmo=y",
        [
            ("elmo", "duplicate"),
            ("sessionId", "missing"),
            ("returnCode", "return-code-missing"),
        ],
    ),
}


@pytest.mark.parametrize(("body", "faults"), REFUSED_RESPONSES.values(), ids=REFUSED_RESPONSES)
def test_a_bad_response_names_each_wrong_field(body: bytes, faults: list[tuple[str, str]]) -> None:
    with pytest.raises(InvalidFields) as caught:
        read_response(body)

    assert _faults(caught) == faults


def test_a_message_is_made_printable_and_cut() -> None:
    body = b"sessionId=s&returnCode=NCP_ERROR&returnMessage=a%00%E2%80%AEb" + b"c" * 2000

    message = read_response(body).return_message

    assert message.startswith("a  bc")
    assert len(message) == MAX_MESSAGE


def test_all_four_fields_are_written_even_when_empty() -> None:
    response = ExchangeResponse(session_id="s", return_code=ReturnCode.NCP_NO_RESULTS)

    assert form_fields(response) == [
        ("sessionId", "s"),
        ("returnCode", "NCP_NO_RESULTS"),
        ("returnMessage", ""),
        ("elmo", ""),
    ]


def test_an_ok_response_without_a_document_cannot_be_built() -> None:
    with pytest.raises(ValidationError, match="needs a document"):
        ExchangeResponse(session_id="s", return_code=ReturnCode.NCP_OK)
