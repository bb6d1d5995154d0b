"""Answer an EMREX request: the use cases of an NCP, from the question to the signed ELMO.

The steps are asked, identified, chosen, consented; each stores the next state only over the very
state it read, so two tabs or two clicks never release twice. Nothing leaves without consent, and
consent is given in one call that also writes the proof (security.md E12). Source: design.md 6.
"""

from collections.abc import Sequence
from hashlib import sha256
from typing import NamedTuple

from licenses.errors import AlreadyUsed, Expired, FieldFault, InvalidFields, NotFound
from licenses.model.exchange import (
    ENDED,
    EXCHANGE_LIFE,
    ChosenLicense,
    Exchange,
    ExchangeState,
    Identity,
    NcpEntry,
    Recipient,
)
from licenses.model.export import Export, ExportedLicense, reports_of
from licenses.model.people import Holder, same_person
from licenses.model.register import AuditAction, AuditEntry, LicenseKey, LicenseRecord, Seal
from licenses.model.standing import Standing, standing
from licenses.model.verdict import Delivery
from licenses.ports import ProviderDesk, UnitOfWork
from licenses.services.status_query import statement_about


class Begun(NamedTuple):
    """A new exchange, and the secret its browser proves itself with."""

    exchange: Exchange
    browser_secret: str


class Offer(NamedTuple):
    """One license the holder may send, as it stands at this moment."""

    record: LicenseRecord
    standing: Standing


def begin(desk: ProviderDesk, entry: NcpEntry, recipient: Recipient, session_id: str) -> Begun:
    """Begin an exchange for a client's session; also lets go of what older ones held."""
    secret, now = desk.ids.public(), desk.clock()
    exchange = Exchange(
        exchange_id=desk.ids.public(),
        ncp=entry.slug,
        session_id=session_id,
        recipient=recipient,
        browser_sha256=digest(secret),
        created_at=now,
    )
    with desk.unit_of_work() as uow:
        uow.exchanges.drop_persons(now - EXCHANGE_LIFE)
        uow.exchanges.add(exchange)
        uow.commit()
    return Begun(exchange, secret)


def resume(desk: ProviderDesk, entry: NcpEntry, exchange_id: str, secret: str | None) -> Exchange:
    """Return a running exchange to the browser that began it.

    Raises:
        NotFound: no such exchange at this provider, or another browser asks; both look the same.
        Expired: its thirty minutes are over.
    """
    with desk.unit_of_work() as uow:
        exchange = uow.exchanges.get(exchange_id)
    known = secret is not None and digest(secret) == exchange.browser_sha256
    if not known or exchange.ncp != entry.slug:
        raise NotFound("There is no such exchange in this browser. Start again at the recipient.")
    if exchange.is_over(desk.clock()):
        raise Expired("The time for this exchange is over. Start again at the recipient.")
    return exchange


def identify(
    desk: ProviderDesk, entry: NcpEntry, exchange: Exchange, identity: Identity
) -> Exchange:
    """Record who logged in; a second login in one exchange is refused."""
    _require(exchange, ExchangeState.REQUESTED)
    after = exchange.model_copy(update={"state": ExchangeState.IDENTIFIED, "identity": identity})
    with desk.unit_of_work() as uow:
        uow.exchanges.replace(after, expected=exchange)
        for holder in _holders(uow, entry, identity):
            uow.audit.record(
                _entry(desk, exchange, holder.authority_id, AuditAction.HOLDER_IDENTIFIED, holder)
            )
        uow.commit()
    return after


def offers(desk: ProviderDesk, entry: NcpEntry, exchange: Exchange) -> tuple[Offer, ...]:
    """Return the licenses of the person who logged in that have a seal, by authority.

    A holder is found by an identifier alone, and shown only if birth date and a name agree with
    the login: a register that has the identifier wrong must not hand out somebody's licenses.
    """
    now = desk.clock()
    with desk.unit_of_work() as uow:
        return tuple(
            Offer(record, standing(uow.decisions.of(record.key), now))
            for holder in _holders(uow, entry, _identity(exchange))
            for record in uow.licenses.of_holder(holder.authority_id, holder.holder_id)
            if record.seal_id is not None
        )


def choose(
    desk: ProviderDesk, entry: NcpEntry, exchange: Exchange, license_ids: Sequence[str]
) -> Exchange:
    """Record which licenses the holder ticked; only those that were offered can be.

    Raises:
        InvalidFields: nothing was ticked, or something that was not offered.
    """
    _require(exchange, ExchangeState.IDENTIFIED, ExchangeState.CHOSEN)
    offered = {
        str(offer.record.key.license_id): offer.record.key
        for offer in offers(desk, entry, exchange)
    }
    if not license_ids or any(ticked not in offered for ticked in license_ids):
        fault = FieldFault(
            "license", "choose-a-license", "Tick at least one of the licenses shown."
        )
        raise InvalidFields(fault)
    chosen = tuple(
        ChosenLicense(
            authority_id=offered[ticked].authority_id, license_id=offered[ticked].license_id
        )
        for ticked in dict.fromkeys(license_ids)
    )
    after = exchange.model_copy(update={"state": ExchangeState.CHOSEN, "chosen": chosen})
    return _store(desk, after, exchange)


def send(desk: ProviderDesk, entry: NcpEntry, exchange: Exchange) -> Exchange:
    """Release what was chosen, with the holder's consent given in this very call.

    The ELMO is written and signed, then stored together with the audit entries that prove the
    consent; if either cannot be kept, nothing is released.
    """
    _require(exchange, ExchangeState.CHOSEN)
    consent_id = desk.ids.public()
    with desk.unit_of_work() as uow:
        carried = [_exported(desk, uow, chosen) for chosen in exchange.chosen]
    export = _export(desk, exchange, consent_id, carried)
    document = desk.carrier.carry(export, entry, exchange.recipient)
    after = exchange.model_copy(
        update={
            "state": ExchangeState.SENT,
            "consent_id": consent_id,
            "document": document,
            "document_sha256": sha256(document).hexdigest(),
        }
    )
    with desk.unit_of_work() as uow:
        uow.exchanges.replace(after, expected=exchange)
        for chosen in exchange.chosen:
            uow.audit.record(
                _entry(desk, after, chosen.authority_id, AuditAction.LICENSE_RELEASED, chosen)
            )
        uow.commit()
    return after


def end(desk: ProviderDesk, exchange: Exchange, state: ExchangeState) -> Exchange:
    """End an exchange without sending: cancelled, no results or failed; persons are dropped."""
    if exchange.state in ENDED:
        raise AlreadyUsed("This exchange has ended. Start again at the recipient.")
    after = exchange.without_person().model_copy(update={"state": state})
    return _store(desk, after, exchange)


def digest(secret: str) -> str:
    """Return the digest under which a browser's secret is kept."""
    return sha256(secret.encode()).hexdigest()


def _require(exchange: Exchange, *states: ExchangeState) -> None:
    if exchange.state not in states:
        raise AlreadyUsed("This step was done before. Go on from the page you were shown last.")


def _store(desk: ProviderDesk, after: Exchange, before: Exchange) -> Exchange:
    with desk.unit_of_work() as uow:
        uow.exchanges.replace(after, expected=before)
        uow.commit()
    return after


def _identity(exchange: Exchange) -> Identity:
    if exchange.identity is None:
        raise AlreadyUsed("Nobody is logged in for this exchange. Start again at the recipient.")
    return exchange.identity


def _holders(uow: UnitOfWork, entry: NcpEntry, identity: Identity) -> tuple[Holder, ...]:
    found = {
        (holder.authority_id, holder.holder_id): holder
        for authority_id in entry.authority_ids
        for identifier in identity.identifiers
        if (holder := uow.holders.find(authority_id, identifier)) is not None
    }
    return tuple(one for one in found.values() if same_person(one.person, identity.person))


def _exported(desk: ProviderDesk, uow: UnitOfWork, chosen: ChosenLicense) -> ExportedLicense:
    key = LicenseKey(authority_id=chosen.authority_id, license_id=chosen.license_id)
    seal: Seal = uow.seals.newest(key)
    statement = statement_about(uow, seal, desk.clock())
    return ExportedLicense(
        content=desk.carrier.content_of(seal.document),
        sealed=seal.document,
        statement=statement,
        status_token=desk.status_signer.sign(statement),
    )


def _export(
    desk: ProviderDesk, exchange: Exchange, consent_id: str, carried: Sequence[ExportedLicense]
) -> Export:
    identity = _identity(exchange)
    return Export(
        generated_at=desk.clock(),
        learner=identity.person,
        reports=reports_of(carried),
        delivery=Delivery(
            audience=exchange.recipient.origin,
            session_sha256=digest(exchange.session_id),
            purpose=exchange.recipient.purpose,
            consent_id=consent_id,
            login_level=identity.level,
        ),
    )


def _entry(
    desk: ProviderDesk,
    exchange: Exchange,
    authority_id: str,
    action: AuditAction,
    subject: Holder | ChosenLicense,
) -> AuditEntry:
    about = subject.holder_id if isinstance(subject, Holder) else subject.license_id
    return AuditEntry(
        authority_id=authority_id,
        at=desk.clock(),
        actor=f"ncp:{exchange.ncp}",
        action=action,
        subject=about.urn,
        purpose=f"{exchange.recipient.purpose}; {exchange.recipient.origin}",
    )
