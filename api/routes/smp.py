"""The pages of a receiver (SMP): whom do you expect, on to the provider, back with the verdict.

    GET, POST /smp/start              whom do you expect
    POST      /smp/provider           country and provider; opens the session
    GET       /smp/session/{id}       on to the provider, or the result
    POST      /smp/return             the provider's answer, posted by the holder's browser
    GET       …/verdict.json, …/received   what can be kept

The answer comes cross-site, so no Lax cookie comes with it: it is found by its session, used
once, and shown by a redirect to the browser that began (security.md E3). Source: wire.md 3.
"""

import secrets
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import JSONResponse

from api.page_routes import (
    PageRoute,
    Posted,
    RawBody,
    csrf_token,
    give_secret,
    go_to,
    page,
    require_csrf,
)
from api.receiver_views import (
    START,
    code_of,
    continue_view,
    ending_notice,
    expect_view,
    provider_view,
    received_verdict_view,
)
from api.sites import ReceiverSite
from api.verdict_json import verdict_json
from api.web.expect_form import Entered, entered, expectation_of
from api.web.notice_pages import notice_page
from api.web.security import page_headers
from api.web.smp_pages import continue_page, expect_page, provider_page
from api.web.verdict_page import verdict_page
from licenses.errors import InvalidFields, NotFound
from licenses.model.exchange import Reception
from licenses.model.trust import TrustedNcp
from licenses.services import receive
from schema_ext.exchange.messages import read_response

router = APIRouter(prefix="/smp", route_class=PageRoute, include_in_schema=False)
_VISITOR = "visitor"


def receiver_of(request: Request) -> ReceiverSite:
    """Return the receiver's site; raise NotFound where there is none."""
    receiver: ReceiverSite | None = request.app.state.receiver
    if receiver is None:
        raise NotFound("There is no receiver on this server.")
    return receiver


Receiver = Annotated[ReceiverSite, Depends(receiver_of)]


def visitor_of(request: Request) -> str:
    """Return the secret of a browser that has no session yet; a new one where it has none."""
    known = request.cookies.get(_VISITOR, "")
    return known if len(known) == _SECRET_LENGTH else secrets.token_hex(_SECRET_LENGTH // 2)


_SECRET_LENGTH = 32
Visitor = Annotated[str, Depends(visitor_of)]


@router.get("/start")
def start(receiver: Receiver, visitor: Visitor) -> Response:
    """Ask whom the employer expects."""
    shown = page(expect_page(expect_view(receiver, csrf_token(visitor), Entered())))
    return give_visitor(shown, receiver, visitor)


@router.post("/start")
def expected(receiver: Receiver, visitor: Visitor, form: Posted) -> Response:
    """Take the expectation and ask for the provider, or show what to mend."""
    require_csrf(form.one_each(), visitor)
    typed = entered(form.one_each())
    try:
        expectation_of(typed, today=receiver.clock().date())
    except InvalidFields as error:
        view = expect_view(receiver, csrf_token(visitor), typed, error.faults)
        return page(expect_page(view), status=422)
    return _ask_provider(receiver, visitor, typed, nothing_chosen=False)


@router.post("/provider")
def chosen(receiver: Receiver, visitor: Visitor, form: Posted) -> Response:
    """Open a session with the chosen provider."""
    require_csrf(form.one_each(), visitor)
    typed = entered(form.one_each())
    expectation = expectation_of(typed, today=receiver.clock().date())
    ncp = receiver.providers().ncp_labelled(form.one_each().get("provider", ""))
    if ncp is None:
        return _ask_provider(receiver, visitor, typed, nothing_chosen=True)
    started = receive.start(receiver.desk, ncp, expectation)
    path = f"/smp/session/{started.reception.session_id}"
    return give_secret(
        go_to(path),
        _cookie(started.reception.session_id),
        started.browser_secret,
        path=path,
        secure=receiver.secure_cookies,
        lives=receive.KEPT,
    )


@router.post("/return")
def returned(receiver: Receiver, body: RawBody) -> Response:
    """Take the provider's answer: once, for a session of ours, by the key of its provider."""
    answer = read_response(body)
    reception = receive.waiting(receiver.desk, answer.session_id)
    receive.receive(
        receiver.desk,
        reception,
        _provider_of(receiver, reception),
        return_code=code_of(answer.return_code),
        elmo=answer.elmo or None,
    )
    return go_to(f"/smp/session/{reception.session_id}")


@router.get("/session/{session_id}")
def session(receiver: Receiver, request: Request, session_id: str) -> Response:
    """Show where the session stands: on to the provider, the verdict, or another ending."""
    secret = request.cookies.get(_cookie(session_id))
    reception = receive.recall(receiver.desk, session_id, secret)
    if reception.used_at is None:
        view = continue_view(receiver, reception, csrf_token(secret or ""))
        headers = page_headers(form_target=reception.ncp_url)
        return page(continue_page(view), headers=headers)
    if reception.verdict is None:
        return page(notice_page(ending_notice(receiver, reception)))
    return page(verdict_page(received_verdict_view(receiver, reception, reception.verdict)))


@router.post("/session/{session_id}/cancel")
def cancel(receiver: Receiver, request: Request, session_id: str, form: Posted) -> Response:
    """Give up waiting; an answer that comes later finds the session used."""
    secret = request.cookies.get(_cookie(session_id))
    reception = receive.recall(receiver.desk, session_id, secret)
    require_csrf(form.one_each(), secret or "")
    receive.give_up(receiver.desk, reception)
    return go_to(START)


@router.get("/session/{session_id}/verdict.json")
def verdict_file(receiver: Receiver, request: Request, session_id: str) -> Response:
    """Hand out the verdict as JSON, to be kept."""
    reception = _answered(receiver, request, session_id)
    if reception.verdict is None:
        raise NotFound("This session brought no document.")
    return JSONResponse(verdict_json(reception.verdict), headers=_kept_as("verdict.json"))


@router.get("/session/{session_id}/received")
def received_file(receiver: Receiver, request: Request, session_id: str) -> Response:
    """Hand out what was received, byte for byte."""
    reception = _answered(receiver, request, session_id)
    if reception.document is None:
        raise NotFound("This session brought no document.")
    return Response(
        reception.document, media_type="text/plain", headers=_kept_as("received-elmo.txt")
    )


def give_visitor(answer: Response, receiver: ReceiverSite, visitor: str) -> Response:
    """Put a visitor's secret into the browser."""
    return give_secret(answer, _VISITOR, visitor, path="/", secure=receiver.secure_cookies)


def _ask_provider(
    receiver: ReceiverSite, visitor: str, typed: Entered, *, nothing_chosen: bool
) -> Response:
    view = provider_view(receiver, csrf_token(visitor), typed, nothing_chosen=nothing_chosen)
    return page(provider_page(view), status=422 if nothing_chosen else 200)


def _provider_of(receiver: ReceiverSite, reception: Reception) -> TrustedNcp:
    """Return the chosen provider as the registry has it now (E5)."""
    for ncp in receiver.providers().ncps:
        if ncp.url == reception.ncp_url:
            return ncp
    raise NotFound("The provider of this session is no longer in the registry.")


def _answered(receiver: ReceiverSite, request: Request, session_id: str) -> Reception:
    secret = request.cookies.get(_cookie(session_id))
    return receive.result(receiver.desk, session_id, secret)


def _kept_as(name: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}


def _cookie(session_id: str) -> str:
    return f"session-{session_id[:12]}"
