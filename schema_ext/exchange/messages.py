"""The two EMREX messages, read from a form post and written as form fields.

The request goes from the SMP to the NCP, the response back, both through the holder's browser,
so every field is chosen by the person who profits from a forged license. Here the form is
checked and nothing else: whether a session or a return URL is known is the services' question,
what is inside `elmo` that of `elmo_parameter` and the verifier.

Source: EMREX technical guide; wire.md 2 and 3; security.md E9. Field names are the wire's.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Self
from urllib.parse import unquote_to_bytes

from pydantic import AfterValidator, StringConstraints, model_validator

from licenses.errors import FieldFault, InvalidFields, InvalidRequest, TooLarge
from licenses.model.values import Value

MAX_REQUEST = 64 * 2**10
"""Most octets of a request body."""
MAX_RESPONSE = 8 * 2**20
"""Most octets of a response body."""
MAX_FIELDS = 64
MAX_ESCAPES = 400_000
"""Most percent signs: one base64 character in 32 needs one, and each costs the decoder dear."""
MAX_SESSION_ID = 256
MAX_RETURN_URL = 2048
MAX_MESSAGE = 1000

_REQUEST_FIELDS = frozenset({"sessionId", "returnUrl"})
_RESPONSE_FIELDS = frozenset({"sessionId", "returnCode", "returnMessage", "elmo"})


class ReturnCode(StrEnum):
    """How an exchange ended, in the spelling every client understands."""

    NCP_OK = "NCP_OK"
    NCP_ERROR = "NCP_ERROR"
    NCP_NO_RESULTS = "NCP_NO_RESULTS"
    NCP_CANCEL = "NCP_CANCEL"


def _printable(text: str) -> str:
    if not text.isprintable():
        raise ValueError("must hold printable characters only")
    return text


SessionId = Annotated[
    str, StringConstraints(min_length=1, max_length=MAX_SESSION_ID), AfterValidator(_printable)
]
"""Opaque: echoed byte for byte, never trimmed, folded or normalised."""


class ExchangeRequest(Value):
    """What an SMP asks of an NCP. `return_url` is still unparsed and unknown."""

    session_id: SessionId
    return_url: Annotated[str, StringConstraints(min_length=1, max_length=MAX_RETURN_URL)]


class ExchangeResponse(Value):
    """What an NCP answers.

    `elmo` is base64 of gzip, empty when there is nothing to hand over and never empty with
    NCP_OK. `return_message` is free text of the NCP for a person, printable, perhaps empty.
    """

    session_id: SessionId
    return_code: ReturnCode
    return_message: Annotated[
        str, StringConstraints(max_length=MAX_MESSAGE), AfterValidator(_printable)
    ] = ""
    elmo: str = ""

    @model_validator(mode="after")
    def _ok_carries_a_document(self) -> Self:
        if self.return_code is ReturnCode.NCP_OK and not self.elmo:
            raise ValueError("NCP_OK needs a document in elmo")
        return self


_CODES = {
    prefix + code.removeprefix("NCP"): code for code in ReturnCode for prefix in ("NCP", "EMP")
}


def read_request(body: bytes) -> ExchangeRequest:
    """Return the request in an `application/x-www-form-urlencoded` body.

    Raises:
        TooLarge: the body is over 64 KiB.
        InvalidRequest: it is not UTF-8, or has more than 64 fields or 400,000 escapes.
        InvalidFields: `sessionId` or `returnUrl` is `missing`, `duplicate`, `too-long` or
            `not-printable`; all faults are listed at once.
    """
    form, faults = _read_form(body, limit=MAX_REQUEST, known=_REQUEST_FIELDS)
    session_id, return_url = form.get("sessionId", ""), form.get("returnUrl", "")
    faults += _text_faults("sessionId", session_id, longest=MAX_SESSION_ID)
    faults += _text_faults("returnUrl", return_url, longest=MAX_RETURN_URL)
    _refuse(faults)
    return ExchangeRequest(session_id=session_id, return_url=return_url)


def read_response(body: bytes) -> ExchangeResponse:
    """Return the response in an `application/x-www-form-urlencoded` body.

    Return codes are taken as `NCP_*` and `EMP_*` in any case. A message is made printable and
    cut at 1000 characters rather than refused: it decides nothing.

    Raises:
        TooLarge: the body is over 8 MiB.
        InvalidRequest: it is not UTF-8, or has more than 64 fields or 400,000 escapes.
        InvalidFields: as `read_request` for `sessionId`; `return-code-missing`,
            `return-code-unknown`; `elmo-missing` when the code says OK.
    """
    form, faults = _read_form(body, limit=MAX_RESPONSE, known=_RESPONSE_FIELDS)
    session_id, elmo = form.get("sessionId", ""), form.get("elmo", "")
    faults += _text_faults("sessionId", session_id, longest=MAX_SESSION_ID)
    return_code = _CODES.get(form.get("returnCode", "").upper())
    if return_code is None:
        faults.append(_return_code_fault(form))
    elif return_code is ReturnCode.NCP_OK and not elmo:
        faults.append(
            FieldFault("elmo", "elmo-missing", "The answer says OK but carries no document.")
        )
    _refuse(faults)
    assert return_code is not None  # noqa: S101 - refused above; this tells the type checker
    return ExchangeResponse(
        session_id=session_id,
        return_code=return_code,
        return_message=_made_printable(form.get("returnMessage", "")),
        elmo=elmo,
    )


def form_fields(response: ExchangeResponse) -> list[tuple[str, str]]:
    """Return all four fields of a response, in the order every known NCP posts them.

    Clients break on a missing field, so none is left out when it is empty (wire.md 3).
    """
    return [
        ("sessionId", response.session_id),
        ("returnCode", response.return_code.value),
        ("returnMessage", response.return_message),
        ("elmo", response.elmo),
    ]


def _read_form(
    body: bytes, *, limit: int, known: frozenset[str]
) -> tuple[dict[str, str], list[FieldFault]]:
    """Return the known fields and a fault for each that came twice; others are ignored."""
    if len(body) > limit:
        raise TooLarge(f"The form is larger than {limit} octets.")
    if body.count(b"&") >= MAX_FIELDS:
        raise InvalidRequest(f"The form has more than {MAX_FIELDS} fields.")
    if body.count(b"%") > MAX_ESCAPES:
        raise InvalidRequest(f"The form has more than {MAX_ESCAPES} encoded characters.")
    form: dict[str, str] = {}
    twice: set[str] = set()
    for name, value in _form_pairs(body):
        if name in form:
            twice.add(name)
        elif name in known:
            form[name] = value
    return form, [
        FieldFault(name, "duplicate", "The field came more than once.") for name in sorted(twice)
    ]


def _form_pairs(body: bytes) -> list[tuple[str, str]]:
    """Return every pair of the form in order, a plus being a space.

    Decoded as octets: the library's text decoder takes seconds and a gigabyte for 8 MiB of
    hostile escapes.
    """
    pairs = (field.partition(b"=") for field in body.replace(b"+", b" ").split(b"&"))
    try:
        return [
            (unquote_to_bytes(name).decode("utf-8"), unquote_to_bytes(value).decode("utf-8"))
            for name, _, value in pairs
        ]
    except UnicodeDecodeError:
        raise InvalidRequest("The form is not written in UTF-8.") from None


def _text_faults(field: str, text: str, *, longest: int) -> list[FieldFault]:
    if not text:
        return [FieldFault(field, "missing", "The field is missing or empty.")]
    if len(text) > longest:
        return [FieldFault(field, "too-long", f"The field is over {longest} characters long.")]
    if not text.isprintable():
        return [FieldFault(field, "not-printable", "The field holds control characters.")]
    return []


def _return_code_fault(form: Mapping[str, str]) -> FieldFault:
    if form.get("returnCode"):
        return FieldFault(
            "returnCode", "return-code-unknown", "The provider's return code is not an EMREX one."
        )
    return FieldFault("returnCode", "return-code-missing", "The provider sent no return code.")


def _refuse(faults: list[FieldFault]) -> None:
    if faults:
        raise InvalidFields(*faults)


def _made_printable(message: str) -> str:
    cut = message[:MAX_MESSAGE]
    return "".join(char if char.isprintable() else " " for char in cut)
