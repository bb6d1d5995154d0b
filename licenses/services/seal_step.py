"""Make a new seal with the decision that calls for it, so that no seal is ever unrecorded.

  1. write and lint the octets; a failing lint never reaches the key
  2. record the intent and commit it
  3. sign, outside any transaction
  4. in a second transaction: the decision, the seal and all that goes with them (`settle.keep`),
     which refuses if the license moved on meanwhile

A corrected holder is sealed into each of their licenses in this way, all of them or none.
A failure after 2 leaves only the intent behind, and a retry begins anew with another seal id.
Source: design.md 5 (writing), security.md R-I2, R-I4.
"""

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256

from licenses.model.authority import Authority
from licenses.model.license import Grant, Issuer, SealContent
from licenses.model.lifecycle import Event
from licenses.model.people import Holder, Person
from licenses.model.register import LicenseRecord, Receipt, Seal, SealDraft, SealIntent
from licenses.ports import Office
from licenses.services.drafting import as_issued
from licenses.services.settle import Order, keep, settle, state_after

_RESEALED = frozenset({Event.RENEWED, Event.RENEWED_LATE, Event.CORRECTED})


def carry_out(office: Office, order: Order) -> Receipt:
    """Keep a judged decision, with a new seal where its event calls for one.

    Raises:
        LintFailed: the license would break a rule of the form; nothing was changed.
        Unavailable: key or storage did not answer; the decision was not taken.
        StaleVersion: somebody else was faster; the decision was not taken.
    """
    if any(_calls_for_seal(one) for one in (order, *order.also)):
        return _sealed(office, order)
    return settle(office, order)


def rehearse(office: Office, order: Order) -> None:
    """Raise LintFailed now where the seal of a proposed decision would be refused later."""
    if _calls_for_seal(order):
        _draft(office, order)


def rehearse_issue(
    office: Office, record: LicenseRecord, authority: Authority, holder: Holder, at: datetime
) -> None:
    """Raise LintFailed now where what is applied for could not be sealed if issued today."""
    grant = as_issued(record.state.grant, record.state.grant.local_day(at))
    content = _stated(office, record, authority, holder, grant)
    office.sealer.draft(content, at=at, mandate=authority.mandate)


def _calls_for_seal(order: Order) -> bool:
    event, sealed_before = order.decision.event, order.case.record.record_version > 0
    return event is Event.ISSUED or (event in _RESEALED and sealed_before)


def _sealed(office: Office, order: Order) -> Receipt:
    drafted = [_drafted(office, one) for one in (order, *order.also)]
    _intend(office, drafted)
    sealed = [(one, _signed(office, one, draft)) for one, draft in drafted]
    with office.unit_of_work() as uow:
        receipts = [keep(uow, office.ids, one, seal=seal) for one, seal in sealed]
        uow.commit()
    return receipts[0]


def _drafted(office: Office, order: Order) -> tuple[Order, SealDraft | None]:
    """Return the order with the digest of what it seals, and the draft; none for one unsealed."""
    if not _calls_for_seal(order):
        return order, None
    digest = office.keyed_digest(_description(order.holder.person))
    decision = order.decision.model_copy(update={"person_sha256": digest})
    order = order._replace(decision=decision)
    return order, _draft(office, order)


def _draft(office: Office, order: Order) -> SealDraft:
    mandate = order.case.authority.mandate
    return office.sealer.draft(_content(office, order), at=order.at, mandate=mandate)


def _content(office: Office, order: Order) -> SealContent:
    grant = state_after((*order.case.decisions, order.decision)).grant
    return _stated(office, order.case.record, order.case.authority, order.holder, grant)


def _stated(
    office: Office, record: LicenseRecord, authority: Authority, holder: Holder, grant: Grant
) -> SealContent:
    seal_id = office.ids.public()
    return SealContent(
        license_id=record.uri,
        seal_id=seal_id,
        record_version=record.record_version + 1,
        issuer=_issuer(authority),
        holder_id=holder.holder_id.urn,
        holder=holder.person,
        grant=grant,
        status_address=office.status_address(seal_id),
    )


def _issuer(authority: Authority) -> Issuer:
    return Issuer(
        id=authority.id, names=authority.names, country=authority.country, url=authority.url
    )


def _intend(office: Office, drafted: Sequence[tuple[Order, SealDraft | None]]) -> None:
    with office.unit_of_work() as uow:
        for order, draft in drafted:
            if draft is not None:
                uow.seals.intend(_intent(order, draft))
        uow.commit()


def _intent(order: Order, draft: SealDraft) -> SealIntent:
    return SealIntent(
        seal_id=draft.content.seal_id,
        key=order.case.record.key,
        holder_id=order.holder.holder_id,
        record_version=draft.content.record_version,
        draft_sha256=draft.sha256,
        intended_at=order.at,
    )


def _signed(office: Office, order: Order, draft: SealDraft | None) -> Seal | None:
    if draft is None:
        return None
    document = office.sealer.sign(draft)
    return Seal(
        seal_id=draft.content.seal_id,
        key=order.case.record.key,
        holder_id=order.holder.holder_id,
        record_version=draft.content.record_version,
        document=document,
        sha256=sha256(document).hexdigest(),
        sealed_at=draft.at,
    )


def _description(person: Person) -> bytes:
    return person.model_dump_json().encode()
