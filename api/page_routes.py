"""What every page route shares: errors as pages, bounded forms, CSRF tokens and cookies.

A page's cookie is the secret of one exchange or session, bound to its path; the CSRF token in a
form is derived from it, so neither needs a store (security.md E3, E12).
"""

import hmac
from collections.abc import Callable, Coroutine, Mapping
from datetime import timedelta
from hashlib import sha256
from typing import Annotated, Any
from urllib.parse import parse_qsl

from fastapi import Depends, FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, RedirectResponse
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Scope

from api.problems import headers_of_error, problem, refusal_of, status_of_error, unexpected_problem
from api.rate_limit import RateLimiter
from api.web.notice_pages import error_notice, notice_page, unexpected_notice
from api.web.page import Site
from api.web.security import CSRF_FIELD, page_headers
from licenses.errors import InvalidRequest, LicensingError, NotAllowed, NotFound
from licenses.model.exchange import EXCHANGE_LIFE

_MOST_FIELDS = 300
_FOR_PROGRAMS = ("/v1/", "/health", "/openapi")


class PageRoute(APIRoute):
    """A route whose expected errors become pages, with the status the API would give."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Wrap the handler of the framework."""
        handle = super().get_route_handler()

        async def with_pages(request: Request) -> Response:
            try:
                _admit(request)
                return await handle(request)
            except LicensingError as error:
                return error_page(request, error)
            except RequestValidationError:
                return error_page(request, NotFound("There is no such page."))

        return with_pages


def error_page(request: Request, error: LicensingError) -> Response:
    """Return the page of an expected error."""
    site: Site = request.app.state.pages
    headers = page_headers() | headers_of_error(error)
    shown = notice_page(error_notice(site, error))
    return page(shown, status=status_of_error(error), headers=headers)


def _admit(request: Request) -> None:
    """Count a request for a page; raise TooManyRequests for a client that asks without end."""
    limiter: RateLimiter = request.app.state.page_limiter
    limiter.admit("" if request.client is None else request.client.host)


def unexpected_answer(scope: Scope, incident: str) -> ASGIApp:
    """Return the page of an unforeseen failure; programs get the problem they can read."""
    if scope["path"].startswith(_FOR_PROGRAMS):
        return unexpected_problem(scope, incident)
    site: Site = scope["app"].state.pages
    return page(notice_page(unexpected_notice(site, incident)), status=500)


def refused_answer(scope: Scope, error: LicensingError) -> ASGIApp:
    """Return the page of a request that no route gets to see; programs get the problem."""
    if scope["path"].startswith(_FOR_PROGRAMS):
        return problem(error)
    return error_page(Request(scope), error)


def show_pages_nobody_has(app: FastAPI) -> None:
    """Answer unknown addresses and wrong methods with a page, unless a program asked."""

    def refused(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)  # noqa: S101 -- registered for nothing else
        refusal = refusal_of(request, error)
        for_program = request.url.path.startswith(_FOR_PROGRAMS)
        return problem(refusal) if for_program else error_page(request, refusal)

    app.add_exception_handler(HTTPException, refused)


def page(html: str, *, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """Return a page with the headers that bind a browser; `headers` replace the usual ones."""
    return HTMLResponse(html, status, headers=dict(headers or page_headers()))


def go_to(address: str) -> Response:
    """Return the answer after a post: go and get that page."""
    return RedirectResponse(address, 303, headers={"Cache-Control": "no-store"})


async def _body(request: Request) -> bytes:
    return await request.body()


RawBody = Annotated[bytes, Depends(_body)]
"""The body as it came, within the cap of its path (`api.body_rules`)."""


class PostedForm:
    """The fields of one of our own forms, in the order they came."""

    def __init__(self, body: RawBody) -> None:
        try:
            self._fields = parse_qsl(
                body.decode(), keep_blank_values=True, max_num_fields=_MOST_FIELDS
            )
        except ValueError:
            raise InvalidRequest("The form cannot be read.") from None

    def every(self, name: str) -> list[str]:
        """Return all values of a field."""
        return [value for field, value in self._fields if field == name]

    def one_each(self) -> dict[str, str]:
        """Return the first value of each field."""
        return dict(reversed(self._fields))


Posted = Annotated[PostedForm, Depends(PostedForm)]


def csrf_token(secret: str) -> str:
    """Return the token a form must bring whose browser holds this secret."""
    return hmac.new(secret.encode(), b"csrf", sha256).hexdigest()


def require_csrf(fields: Mapping[str, str], secret: str) -> None:
    """Raise NotAllowed unless a form's fields bring the token of its browser."""
    sent = fields.get(CSRF_FIELD, "")
    if not hmac.compare_digest(sent.encode(), csrf_token(secret).encode()):
        raise NotAllowed("The form did not come from a page of this site.")


def give_secret(
    answer: Response,
    name: str,
    secret: str,
    *,
    path: str,
    secure: bool,
    lives: timedelta = EXCHANGE_LIFE,
) -> Response:
    """Put the secret of one exchange into the browser, for its own path and its own time."""
    answer.set_cookie(
        name,
        secret,
        max_age=int(lives.total_seconds()),
        path=path,
        httponly=True,
        samesite="lax",
        secure=secure,
    )
    return answer
