"""Keep a decision with everything that must be true with it, in one transaction.

The decision, the license's next state, a seal where one was made, the holder's corrected
description, the audit row, the outbox message and the answer to the request: all or none.
Making the seal is `licenses.services.seal_step`.
"""

from datetime import datetime
from typing import NamedTuple

from licenses.errors import StaleVersion
from licenses.model.decision import Decision
from licenses.model.history import LicenseState, replay
from licenses.model.people import Holder
from licenses.model.register import (
    Actor,
    AuditAction,
    AuditEntry,
    LicenseRecord,
    OutboxMessage,
    Proposal,
    Receipt,
    RequestKey,
    Seal,
    settled_after,
)
from licenses.ports import Ids, Office, UnitOfWork
from licenses.services.case import Case


class Order(NamedTuple):
    """A judged decision about to be kept.

    `holder` is who the license is then about, `closes` the proposal it came from, `actor` who
    makes it effective, `at` the moment it is recorded. `also` are orders kept with this one or
    not at all; their cases have the holder as this one leaves them.
    """

    case: Case
    decision: Decision
    holder: Holder
    actor: Actor
    at: datetime
    closes: Proposal | None = None
    request: RequestKey | None = None
    also: tuple["Order", ...] = ()


def settle(office: Office, order: Order) -> Receipt:
    """Keep decisions that need no new seal; raise StaleVersion if a license moved on."""
    with office.unit_of_work() as uow:
        receipts = [keep(uow, office.ids, one, seal=None) for one in (order, *order.also)]
        uow.commit()
    return receipts[0]


def keep(uow: UnitOfWork, ids: Ids, order: Order, *, seal: Seal | None) -> Receipt:
    """Write everything that belongs to the decision; the caller commits."""
    old = order.case.record
    if uow.holders.get(old.key.authority_id, old.holder_id) != order.case.holder:
        raise StaleVersion("the holder's description changed meanwhile; read the license again")
    record = _next_record(order, seal)
    uow.decisions.append(order.decision)
    if seal is not None:
        uow.seals.store(seal)
    uow.licenses.replace(record, expected_version=old.version)
    if order.holder != order.case.holder:
        uow.holders.replace(order.holder)
    if order.closes is not None:
        uow.proposals.replace(order.closes)
    audit(uow, order.actor, AuditAction.DECISION_RECORDED, order.decision)
    announce(uow, ids, order.decision)
    return answer(uow, order, record)


def answer(uow: UnitOfWork, order: Order, record: LicenseRecord) -> Receipt:
    """Return the receipt of an effective decision and keep it under the request's key."""
    history = (*order.case.decisions, order.decision)
    receipt = receipt_for(record, order.decision, history, order.at, proposed=False)
    if order.request is not None:
        uow.idempotency.put(order.request, receipt)
    return receipt


def receipt_for(
    record: LicenseRecord,
    decision: Decision,
    history: tuple[Decision, ...],
    at: datetime,
    *,
    proposed: bool,
) -> Receipt:
    """Return what a write is answered with; the status is that of the moment `at`."""
    now = replay(history, at) or record.state
    return Receipt(
        license_id=record.key.license_id,
        decision_id=decision.decision_id,
        event=decision.event,
        proposed=proposed,
        status=now.status_at(at),
        version=record.version,
        number=record.state.grant.number,
        holder_id=record.holder_id,
        seal_id=record.seal_id,
        record_version=record.record_version,
    )


def audit(uow: UnitOfWork, actor: Actor, action: AuditAction, decision: Decision) -> None:
    """Append the audit row of a decision."""
    uow.audit.record(
        AuditEntry(
            authority_id=decision.authority_id,
            at=decision.recorded_at,
            actor=actor.actor_id,
            action=action,
            subject=decision.license_id.urn,
            purpose=decision.event.value,
        )
    )


def announce(uow: UnitOfWork, ids: Ids, decision: Decision) -> None:
    """Put the message that others are to be told."""
    uow.outbox.put(
        OutboxMessage(
            message_id=ids.record(),
            authority_id=decision.authority_id,
            topic=f"decision.{decision.event}",
            license_id=decision.license_id,
            decision_id=decision.decision_id,
            created_at=decision.recorded_at,
        )
    )


def state_after(decisions: tuple[Decision, ...]) -> LicenseState:
    """Return the replay of decisions of which there is at least one."""
    state = replay(decisions)
    assert state is not None  # noqa: S101 -- a license begins with its first decision
    return state


def _next_record(order: Order, seal: Seal | None) -> LicenseRecord:
    old, decisions = order.case.record, (*order.case.decisions, order.decision)
    return LicenseRecord(
        key=old.key,
        holder_id=old.holder_id,
        state=state_after(decisions),
        version=old.version + 1,
        seal_id=old.seal_id if seal is None else seal.seal_id,
        record_version=old.record_version if seal is None else seal.record_version,
        settled_at=settled_after(decisions),
    )
