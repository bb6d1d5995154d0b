"""The pages of a data provider (NCP): from an SMP's request to the post back.

    POST /ncp/{slug}                 the request of a client
    GET  /ncp/{slug}/{id}            who is asking
    POST …/login, …/identity         on to the login, and back from it
    GET, POST …/licenses             choose
    GET, POST …/check                see what is sent, and consent
    POST …/cancel, …/none            end without sending
    GET  …/answer                    the form that posts the answer

Each route translates; what may happen when is `licenses.services.answer_exchange`. Source: wire.md
2, 3; security.md E1-E12.
"""

import logging
import secrets
from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from api.login import DemoIdentityProvider
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
from api.provider_views import (
    answer_view,
    asking_view,
    check_view,
    choose_view,
    demo_login_view,
    no_licenses_view,
)
from api.sites import ProviderSite
from api.web.ncp_pages import (
    check_page,
    choose_page,
    demo_login_page,
    no_licenses_page,
    sending_page,
    who_is_asking_page,
)
from api.web.notice_pages import notice_page, recipient_refused_notice
from api.web.security import page_headers
from licenses.errors import (
    AlreadyUsed,
    ConfigurationRefused,
    DocumentRejected,
    InvalidFields,
    InvalidRequest,
    NotFound,
    Unavailable,
)
from licenses.model.exchange import ENDED, Exchange, ExchangeState, NcpEntry, Recipient
from licenses.services import answer_exchange
from schema_ext.exchange.messages import read_request
from schema_ext.exchange.return_url import ReturnUrl, parse_return_url

_LOG = logging.getLogger(__name__)

router = APIRouter(prefix="/ncp", route_class=PageRoute, include_in_schema=False)


def provider_of(request: Request) -> ProviderSite:
    """Return the provider's site; raise NotFound where there is none."""
    provider: ProviderSite | None = request.app.state.provider
    if provider is None:
        raise NotFound("There is no data provider on this server.")
    return provider


Provider = Annotated[ProviderSite, Depends(provider_of)]


def entry_of(slug: str, provider: Provider) -> NcpEntry:
    """Return the provider named in the path; raise NotFound."""
    entry = provider.entries.get(slug)
    if entry is None:
        raise NotFound("There is no data provider of this name on this server.")
    return entry


Entry = Annotated[NcpEntry, Depends(entry_of)]


class Visit:
    """One exchange in the browser that began it."""

    def __init__(
        self, request: Request, provider: Provider, entry: Entry, exchange_id: str
    ) -> None:
        # On its pages a provider goes by its own name: the one the holder was told to expect.
        site = replace(provider.site, name=entry.name)
        self.provider, self.entry = replace(provider, site=site), entry
        secret = request.cookies.get(_cookie(exchange_id))
        self.exchange: Exchange = answer_exchange.resume(provider.desk, entry, exchange_id, secret)
        self.secret = secret or ""
        self.path = _path(entry, self.exchange)

    @property
    def csrf(self) -> str:
        """The token for every form of this exchange."""
        return csrf_token(self.secret)


Visiting = Annotated[Visit, Depends(Visit)]


@router.post("/{slug}")
def ask(provider: Provider, entry: Entry, body: RawBody) -> Response:
    """Take the request of a client, and begin an exchange in this browser."""
    asked = read_request(body)
    return_url = parse_return_url(asked.return_url)
    recipient = _registered(provider, return_url)
    if recipient is None:
        return page(
            notice_page(recipient_refused_notice(provider.site, return_url.origin)), status=403
        )
    begun = answer_exchange.begin(provider.desk, entry, recipient, asked.session_id)
    path = _path(entry, begun.exchange)
    name = _cookie(begun.exchange.exchange_id)
    return give_secret(
        go_to(path), name, begun.browser_secret, path=path, secure=provider.secure_cookies
    )


@router.get("/{slug}/{exchange_id}")
def who_is_asking(visit: Visiting) -> Response:
    """Show who asks, or go on to where the exchange stands."""
    onward = _onward(visit.exchange)
    if onward:
        return go_to(f"{visit.path}/{onward}")
    return page(who_is_asking_page(asking_view(visit.provider, visit.exchange, visit.csrf)))


@router.post("/{slug}/{exchange_id}/login")
def login(visit: Visiting, form: Posted) -> Response:
    """Send the browser to where its user logs in."""
    require_csrf(form.one_each(), visit.secret)
    return go_to(visit.provider.identity.begin(visit.entry, visit.exchange))


@router.get("/{slug}/{exchange_id}/demo-login")
def demo_login(visit: Visiting) -> Response:
    """Show the demo's list of people; there is no such page outside a demo."""
    if not isinstance(visit.provider.identity, DemoIdentityProvider):
        raise NotFound("There is no such page.")
    view = demo_login_view(visit.provider, visit.exchange, visit.csrf)
    return page(demo_login_page(view))


@router.post("/{slug}/{exchange_id}/identity")
def identity(visit: Visiting, form: Posted) -> Response:
    """Take what the login brought."""
    require_csrf(form.one_each(), visit.secret)
    who = visit.provider.identity.finish(visit.exchange, form.one_each())
    answer_exchange.identify(visit.provider.desk, visit.entry, visit.exchange, who)
    return go_to(f"{visit.path}/licenses")


@router.get("/{slug}/{exchange_id}/licenses")
def licenses(visit: Visiting) -> Response:
    """Show the licenses of the person who logged in, or that there are none."""
    return _choice(visit, nothing_ticked=False)


@router.post("/{slug}/{exchange_id}/licenses")
def choose(visit: Visiting, form: Posted) -> Response:
    """Take what was ticked."""
    require_csrf(form.one_each(), visit.secret)
    try:
        answer_exchange.choose(
            visit.provider.desk, visit.entry, visit.exchange, form.every("license")
        )
    except InvalidFields:
        return _choice(visit, nothing_ticked=True)
    return go_to(f"{visit.path}/check")


@router.get("/{slug}/{exchange_id}/check")
def check(visit: Visiting) -> Response:
    """Show exactly what will be sent, and to whom."""
    if visit.exchange.state is not ExchangeState.CHOSEN:
        return go_to(visit.path)
    return page(check_page(check_view(visit.provider, visit.entry, visit.exchange, visit.csrf)))


@router.post("/{slug}/{exchange_id}/check")
def consent(visit: Visiting, form: Posted) -> Response:
    """Release what the holder consents to: the very list and recipient that were shown."""
    require_csrf(form.one_each(), visit.secret)
    shown = {str(one.license_id) for one in visit.exchange.chosen}
    consented = set(form.every("license"))
    if consented != shown or form.one_each().get("recipient") != visit.exchange.recipient.origin:
        raise InvalidRequest("What was agreed to is not what was shown. Check it again.")
    try:
        answer_exchange.send(visit.provider.desk, visit.entry, visit.exchange)
    except AlreadyUsed:
        # A second click: the first one counts, and this browser goes where that one led.
        return go_to(visit.path)
    except (ConfigurationRefused, DocumentRejected, Unavailable) as failure:
        _LOG.error("an exchange could not be answered: %s", failure.code)
        answer_exchange.end(visit.provider.desk, visit.exchange, ExchangeState.FAILED)
    return go_to(f"{visit.path}/answer")


@router.post("/{slug}/{exchange_id}/cancel")
def cancel(visit: Visiting, form: Posted) -> Response:
    """End the exchange; nothing is sent."""
    return _ended(visit, form, ExchangeState.CANCELLED)


@router.post("/{slug}/{exchange_id}/none")
def none(visit: Visiting, form: Posted) -> Response:
    """End the exchange of somebody who has no licenses here."""
    return _ended(visit, form, ExchangeState.NO_RESULTS)


@router.get("/{slug}/{exchange_id}/answer")
def answer(visit: Visiting) -> Response:
    """Show the form that posts the answer to the client, by itself or by its button."""
    if visit.exchange.state not in ENDED:
        return go_to(visit.path)
    nonce = secrets.token_urlsafe(18)
    view = answer_view(visit.provider, visit.exchange, nonce)
    headers = page_headers(nonce=nonce, form_target=visit.exchange.recipient.return_url)
    return page(sending_page(view), headers=headers)


def _choice(visit: Visit, *, nothing_ticked: bool) -> Response:
    if visit.exchange.state not in (ExchangeState.IDENTIFIED, ExchangeState.CHOSEN):
        return go_to(visit.path)
    offers = answer_exchange.offers(visit.provider.desk, visit.entry, visit.exchange)
    if not offers:
        view = no_licenses_view(visit.provider, visit.entry, visit.exchange, visit.csrf)
        return page(no_licenses_page(view))
    choices = choose_view(
        visit.provider, visit.exchange, offers, visit.csrf, nothing_ticked=nothing_ticked
    )
    return page(choose_page(choices), status=422 if nothing_ticked else 200)


def _ended(visit: Visit, form: Posted, state: ExchangeState) -> Response:
    require_csrf(form.one_each(), visit.secret)
    # A second click on the same button; any other late one is refused by `end`.
    if visit.exchange.state is not state:
        answer_exchange.end(visit.provider.desk, visit.exchange, state)
    return go_to(f"{visit.path}/answer")


def _registered(provider: ProviderSite, return_url: ReturnUrl) -> Recipient | None:
    """Return the registered receiver at a return address; nobody else gets anything (E1)."""
    for smp in provider.trust.smps():
        if any(return_url.matches(prefix) for prefix in smp.return_url_prefixes):
            return Recipient(
                name=smp.name,
                country=smp.country,
                purpose=smp.purpose,
                origin=return_url.origin,
                return_url=return_url.text,
                elmo=smp.elmo,
            )
    return None


def _onward(exchange: Exchange) -> str:
    if exchange.state in ENDED:
        return "answer"
    return {ExchangeState.IDENTIFIED: "licenses", ExchangeState.CHOSEN: "check"}.get(
        exchange.state, ""
    )


def _path(entry: NcpEntry, exchange: Exchange) -> str:
    return f"/ncp/{entry.slug}/{exchange.exchange_id}"


def _cookie(exchange_id: str) -> str:
    return f"exchange-{exchange_id[:12]}"
