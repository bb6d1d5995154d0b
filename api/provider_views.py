"""From an exchange to the holder's five screens: fills the views of `api.web.ncp_pages`."""

from collections.abc import Sequence
from itertools import groupby

from api.demo.licenses import known_to
from api.demo.people import PEOPLE
from api.demo.somebody import DemoPerson as Somebody
from api.demo.somebody import Shows
from api.sites import ProviderSite
from api.web.license_cards import license_card, license_sent, minutes_left
from api.web.license_facts import person_facts
from api.web.ncp_pages import (
    AuthorityCards,
    CheckView,
    ChooseView,
    DemoGroup,
    DemoLoginView,
    DemoPerson,
    Ending,
    NoLicensesView,
    SendingView,
    WhoIsAskingView,
    recipient_shown,
)
from api.web.page import Form
from api.web.phrase import localized
from api.web.words import area_name, day_words
from licenses.errors import AlreadyUsed
from licenses.model.authority import Authority
from licenses.model.exchange import EXCHANGE_LIFE, Exchange, ExchangeState, Identity, NcpEntry
from licenses.model.license import Issuer
from licenses.services.answer_exchange import Offer, offers
from schema_ext.exchange.elmo_parameter import encode_elmo
from schema_ext.exchange.messages import ExchangeResponse, ReturnCode, form_fields

_KEPT = "The recipient keeps what you send until the check it is for has ended."
_ANSWERS = {
    ExchangeState.SENT: (ReturnCode.NCP_OK, ""),
    ExchangeState.CANCELLED: (ReturnCode.NCP_CANCEL, "The holder cancelled."),
    ExchangeState.NO_RESULTS: (ReturnCode.NCP_NO_RESULTS, "No license was found."),
    ExchangeState.FAILED: (ReturnCode.NCP_ERROR, "The provider could not write the answer."),
}


def asking_view(provider: ProviderSite, exchange: Exchange, csrf: str) -> WhoIsAskingView:
    """Return screen 1."""
    return WhoIsAskingView(
        site=provider.site,
        recipient=recipient_shown(exchange.recipient),
        kept=_KEPT,
        minutes_left=_minutes(provider, exchange),
        login=_form(exchange, "login", csrf),
        cancel=_form(exchange, "cancel", csrf),
    )


def demo_login_view(provider: ProviderSite, exchange: Exchange, csrf: str) -> DemoLoginView:
    """Return screen 2 of the demo: everybody one can be, those known here by what they show."""
    known = known_to(provider.entries[exchange.ncp].authority_ids)
    here = [one for one in PEOPLE if one.key in known or one.shows is Shows.FIRST]
    groups = [
        DemoGroup(
            anchor=shows.name.lower().replace("_", "-"),
            heading=shows.value,
            people=tuple(_listed(one) for one in here if one.shows is shows),
        )
        for shows in Shows
    ]
    return DemoLoginView(
        site=provider.site,
        recipient=recipient_shown(exchange.recipient),
        groups=tuple(group for group in groups if group.people),
        elsewhere=tuple(_listed(one) for one in PEOPLE if one not in here),
        minutes_left=_minutes(provider, exchange),
        login=_form(exchange, "identity", csrf),
        cancel=_form(exchange, "cancel", csrf),
    )


def _listed(one: Somebody) -> DemoPerson:
    return DemoPerson(
        subject=one.key,
        name=one.person.current_name.full,
        birth_date=day_words(one.person.birth_date),
        note=one.note,
    )


def choose_view(
    provider: ProviderSite,
    exchange: Exchange,
    offered: Sequence[Offer],
    csrf: str,
    *,
    nothing_ticked: bool,
) -> ChooseView:
    """Return screen 3: the licenses by authority; what was ticked before stays ticked."""
    return ChooseView(
        site=provider.site,
        recipient=recipient_shown(exchange.recipient),
        holder=_identity(exchange).person.current_name.full,
        authorities=tuple(
            _cards(provider.authorities[authority_id], tuple(group), exchange)
            for authority_id, group in groupby(offered, lambda one: one.record.key.authority_id)
        ),
        minutes_left=_minutes(provider, exchange),
        choose=_form(exchange, "licenses", csrf),
        cancel=_form(exchange, "cancel", csrf),
        nothing_ticked=nothing_ticked,
    )


def check_view(provider: ProviderSite, entry: NcpEntry, exchange: Exchange, csrf: str) -> CheckView:
    """Return screen 4: every field of every license that was ticked."""
    chosen = {one.license_id for one in exchange.chosen}
    sent = tuple(
        license_sent(
            str(offer.record.key.license_id),
            offer.record.state.grant,
            _issuer(provider.authorities[offer.record.key.authority_id]),
            offer.standing,
            zone=offer.record.state.grant.time_zone,
        )
        for offer in offers(provider.desk, entry, exchange)
        if offer.record.key.license_id in chosen
    )
    return CheckView(
        site=provider.site,
        recipient=recipient_shown(exchange.recipient),
        person=person_facts(_identity(exchange).person),
        licenses=sent,
        back_url=f"/ncp/{exchange.ncp}/{exchange.exchange_id}/licenses",
        minutes_left=_minutes(provider, exchange),
        send=_form(exchange, "check", csrf),
        cancel=_form(exchange, "cancel", csrf),
    )


def no_licenses_view(
    provider: ProviderSite, entry: NcpEntry, exchange: Exchange, csrf: str
) -> NoLicensesView:
    """Return the page that says where was looked and found nothing."""
    return NoLicensesView(
        site=provider.site,
        recipient=recipient_shown(exchange.recipient),
        holder=_identity(exchange).person.current_name.full,
        looked_at=tuple(
            localized(provider.authorities[authority_id].names)
            for authority_id in entry.authority_ids
        ),
        back=_form(exchange, "none", csrf),
    )


def answer_view(provider: ProviderSite, exchange: Exchange, nonce: str) -> SendingView:
    """Return screen 5: the four fields, whatever the ending."""
    code, message = _ANSWERS[exchange.state]
    answer = ExchangeResponse(
        session_id=exchange.session_id,
        return_code=code,
        return_message=message,
        elmo="" if exchange.document is None else encode_elmo(exchange.document),
    )
    return SendingView(
        site=provider.site,
        ending=Ending(exchange.state.value),
        recipient=recipient_shown(exchange.recipient),
        target=exchange.recipient.return_url,
        fields=tuple(form_fields(answer)),
        nonce=nonce,
    )


def _cards(authority: Authority, offered: Sequence[Offer], exchange: Exchange) -> AuthorityCards:
    """Return the cards of one authority, those that give a right first: the list may be long."""
    ordered = sorted(offered, key=lambda offer: not offer.standing.level.gives_a_right)
    chosen = {one.license_id for one in exchange.chosen}
    return AuthorityCards(
        name=localized(authority.names),
        country=area_name(authority.country),
        cards=tuple(
            license_card(
                str(offer.record.key.license_id),
                offer.record.state.grant,
                offer.standing,
                zone=offer.record.state.grant.time_zone,
                ticked=offer.record.key.license_id in chosen if chosen else None,
            )
            for offer in ordered
        ),
    )


def _issuer(authority: Authority) -> Issuer:
    return Issuer(
        id=authority.id, names=authority.names, country=authority.country, url=authority.url
    )


def _identity(exchange: Exchange) -> Identity:
    if exchange.identity is None:
        raise AlreadyUsed("Nobody is logged in for this exchange. Start again at the recipient.")
    return exchange.identity


def _form(exchange: Exchange, step: str, csrf: str) -> Form:
    return Form(action=f"/ncp/{exchange.ncp}/{exchange.exchange_id}/{step}", csrf=csrf)


def _minutes(provider: ProviderSite, exchange: Exchange) -> int:
    return minutes_left(exchange.created_at + EXCHANGE_LIFE, provider.clock())
