"""Errors become RFC 9457 problems here, by one table, and nowhere else.

A problem names a stable code and a sentence; a refused field is named with its code and never
with its value. What is not expected becomes a 500 without content, and in the log only the kind
of error and the place in the code (security.md 1).
"""

import logging
import secrets
from collections.abc import Callable, Iterable
from http import HTTPMethod
from traceback import extract_tb
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException
from starlette.routing import Match
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.field_faults import field_faults
from licenses.errors import (
    ConfigurationRefused,
    Conflict,
    DocumentRejected,
    Expired,
    InvalidFields,
    InvalidRequest,
    KeyReused,
    LicensingError,
    LintFailed,
    NotAllowed,
    NotAuthenticated,
    NotFound,
    StaleVersion,
    TooLarge,
    Unavailable,
    VersionRequired,
)

_log = logging.getLogger(__name__)

RETRY_SECONDS = 5
"""How long a client is asked to wait when a part we depend on does not answer."""

_INCIDENT_BYTES = 4


class MethodNotAllowed(LicensingError):
    """The address exists, but not for this method."""

    code = "method-not-allowed"

    def __init__(self, allowed: Iterable[str]) -> None:
        self.allowed = tuple(sorted(allowed))
        super().__init__("this address does not take that method")


class WrongMediaType(LicensingError):
    """The body is not of the media type this address takes."""

    code = "wrong-media-type"


class IdempotencyKeyMissing(InvalidRequest):
    """A write must bring an Idempotency-Key, so that it can be repeated safely."""

    code = "idempotency-key-missing"


class TooManyRequests(LicensingError):
    """This client asked too often; `seconds` is how long to wait."""

    code = "too-many-requests"

    def __init__(self, seconds: int) -> None:
        self.seconds = seconds
        super().__init__(f"too many requests; ask again in {seconds} s")


class Unexpected(LicensingError):
    """Something nobody foresaw; it says nothing to the outside."""

    code = "unexpected"


# The first kind that fits counts, so a subclass stands before its base.
_STATUS: tuple[tuple[type[LicensingError], int], ...] = (
    (InvalidFields, 422),
    (InvalidRequest, 400),
    (NotAuthenticated, 401),
    (NotAllowed, 403),
    (NotFound, 404),
    (MethodNotAllowed, 405),
    (Conflict, 409),
    (Expired, 410),
    (StaleVersion, 412),
    (TooLarge, 413),
    (WrongMediaType, 415),
    (KeyReused, 422),
    (DocumentRejected, 422),
    (LintFailed, 422),
    (VersionRequired, 428),
    (TooManyRequests, 429),
    (ConfigurationRefused, 500),
    (Unexpected, 500),
    (Unavailable, 503),
)

_TITLES = {
    400: "The request cannot be read",
    401: "Who are you?",
    403: "Not allowed",
    404: "Not found",
    405: "Method not allowed",
    409: "The record does not allow this",
    410: "Its time is over",
    412: "The record has changed",
    413: "Too large",
    415: "Wrong media type",
    422: "Refused",
    428: "Say which version",
    429: "Too many requests",
    500: "Unexpected error",
    503: "Try again later",
}


def status_of_error(error: LicensingError) -> int:
    """Return the HTTP status of an expected error; raise KeyError for one nobody placed."""
    for kind, status in _STATUS:
        if isinstance(error, kind):
            return status
    raise KeyError(type(error).__name__)


def problem(error: LicensingError) -> JSONResponse:
    """Translate an expected error to a problem response; the only place that does."""
    status = status_of_error(error)
    body: dict[str, Any] = {
        "type": f"urn:licensing:{error.code}",
        "title": _TITLES[status],
        "status": status,
        "detail": str(error),
        "code": error.code,
    }
    if isinstance(error, InvalidFields):
        body["detail"] = "Nothing was changed; see errors for each field that is wrong."
    if isinstance(error, InvalidFields | LintFailed):
        body["errors"] = [fault._asdict() for fault in error.faults]
    if isinstance(error, DocumentRejected):
        body["reason"] = error.reason
    return JSONResponse(
        body, status, headers=headers_of_error(error), media_type="application/problem+json"
    )


def install_problems(app: FastAPI) -> None:
    """Answer every expected error, and every refusal of the framework, with a problem."""
    app.add_exception_handler(LicensingError, _expected)
    app.add_exception_handler(RequestValidationError, _not_valid)
    app.add_exception_handler(HTTPException, _refused)


UnexpectedAnswer = Callable[[Scope, str], ASGIApp]
"""Gives the answer to a request that failed in a way nobody foresaw; the second is its id."""


def unexpected_problem(_: Scope, incident: str) -> ASGIApp:
    """Return the problem of an unforeseen failure, with the id it has in the log."""
    return problem(Unexpected(f"something went wrong here; quote {incident} to the operator"))


class LastResort:
    """Answers what nobody expected with a 500 that says no more than its id in the log.

    It stands innermost of all middleware.

    The framework's own last resort hands the exception on to the server, which writes its
    message to the log; a message may hold what a caller sent.
    """

    def __init__(self, app: ASGIApp, answer: UnexpectedAnswer | None = None) -> None:
        self._app = app
        self._answer = answer or unexpected_problem

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; log kind and place of an unexpected error, never its message."""
        started = False

        async def watched(message: Message) -> None:
            nonlocal started
            started = started or message["type"] == "http.response.start"
            await send(message)

        try:
            await self._app(scope, receive, watched)
        except Exception as error:  # noqa: BLE001 -- the reason is the class docstring
            incident = secrets.token_hex(_INCIDENT_BYTES)
            _log.error("unexpected %s at %s, %s", type(error).__name__, _place(error), incident)
            if scope["type"] == "http" and not started:
                await self._answer(scope, incident)(scope, receive, send)


def headers_of_error(error: LicensingError) -> dict[str, str]:
    """Return the headers of an error, on a problem or a page: who to be, when to retry."""
    if isinstance(error, NotAuthenticated):
        return {"WWW-Authenticate": 'Bearer realm="license-exchange"'}
    if isinstance(error, MethodNotAllowed):
        return {"Allow": ", ".join(error.allowed)}
    if isinstance(error, TooManyRequests):
        return {"Retry-After": str(error.seconds)}
    if isinstance(error, Unavailable):
        return {"Retry-After": str(RETRY_SECONDS)}
    return {}


def _place(error: BaseException) -> str:
    """Name the innermost line of our own code, or of a library where none of ours is in it."""
    frames = list(extract_tb(error.__traceback__))
    ours = [frame for frame in frames if "site-packages" not in frame.filename]
    innermost = (ours or frames)[-1]
    return f"{innermost.filename}:{innermost.lineno}"


def _expected(_: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, LicensingError)  # noqa: S101 -- registered for nothing else
    return problem(error)


def _not_valid(_: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)  # noqa: S101 -- registered for nothing else
    return problem(_refusal(error.errors()))


def _refusal(errors: Iterable[Any]) -> LicensingError:
    found = list(errors)
    if any(one["type"] == "json_invalid" for one in found):
        return InvalidRequest("the body is not JSON")
    if any(one["loc"][0] == "path" for one in found):
        return NotFound("there is no such record")
    return InvalidFields(*field_faults(found))


def _refused(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)  # noqa: S101 -- registered for nothing else
    return problem(refusal_of(request, error))


def refusal_of(request: Request, error: HTTPException) -> LicensingError:
    """Return what the framework refused as an error of ours."""
    if error.status_code == 404:
        return NotFound("there is no such address")
    if error.status_code == 405:
        return MethodNotAllowed(_methods_at(request))
    return InvalidRequest("the request cannot be read")


def _methods_at(request: Request) -> list[str]:
    """Return every method of an address; the framework names those of one route alone."""
    return [method for method in HTTPMethod if _takes(request, method)]


def _takes(request: Request, method: str) -> bool:
    scope = dict(request.scope) | {"method": method}
    return any(route.matches(scope)[0] is Match.FULL for route in request.app.routes)
