"""Decide about a license: effective at once, or proposed to a second officer.

A gain of right (issue, renew, lift, reinstate, correct) by an officer is effective; by a clerk
or a machine it is a proposal. A loss of right is a proposal whoever asks for it, except a
surrender or a rest at the holder's own request, and a death. Approving is
`licenses.services.approve`. Source: design.md 3 (two officers), domain.md 2.
"""

from datetime import datetime
from typing import NamedTuple

from licenses.errors import NumberTaken
from licenses.model.decision import Decision, Role
from licenses.model.people import Holder
from licenses.model.register import (
    Actor,
    AuditAction,
    LicenseFilter,
    LicenseKey,
    Proposal,
    Receipt,
    RequestKey,
)
from licenses.model.values import comparable_number
from licenses.ports import Office, UnitOfWork
from licenses.services.case import (
    Case,
    not_the_applicant,
    officers_only,
    once,
    open_case,
    own,
    within_mandate,
)
from licenses.services.drafting import GRANTING, drafted
from licenses.services.endings import require_successor
from licenses.services.holders_licenses import with_every_license, with_the_others
from licenses.services.people import check_person
from licenses.services.rulings import Correct, Issue, RecordDeath, Ruling, needs_two_officers
from licenses.services.seal_step import carry_out, rehearse
from licenses.services.settle import Order, audit, receipt_for


class Asked(NamedTuple):
    """Who asks for a change of which license, from which version, under which request."""

    actor: Actor
    key: LicenseKey
    expected_version: int
    request: RequestKey | None


def decide(
    office: Office,
    actor: Actor,
    key: LicenseKey,
    ruling: Ruling,
    *,
    expected_version: int,
    request: RequestKey | None = None,
) -> Receipt:
    """Record what `ruling` becomes, or propose it where a second officer is needed.

    Args:
        office: where the register is kept, its clock, ids and sealer.
        actor: who asks; a license outside their authority is not found.
        key: the license.
        ruling: what is to be decided.
        expected_version: the version of the license the asker has read.
        request: key under which a retry gets the same receipt.

    Raises:
        NotFound, StaleVersion, InvalidFields, NotAllowed, OutsideMandate, SameOfficer,
        IllegalTransition, NumberTaken, Conflict, KeyReused, LintFailed, Unavailable: nothing
            was changed.
    """
    own(actor, key)
    asked = Asked(actor, key, expected_version, request)
    return once(office, request, lambda: _decided(office, asked, ruling))


def _decided(office: Office, asked: Asked, ruling: Ruling) -> Receipt:
    actor, at = asked.actor, office.clock()
    with office.unit_of_work() as uow:
        case = open_case(uow, asked.key, asked.expected_version)
        decision = drafted(case, ruling, actor, at, office.ids)
        may_state(uow, case, decision)
        if actor.role is not Role.OFFICER or needs_two_officers(ruling):
            rehearse(office, Order(case, decision, case.holder, actor, at))
            return _proposed(uow, case, decision, asked, ruling)
        holder = _holder_after(case, ruling, at)
        order = Order(case, decision, holder, actor, at, request=asked.request)
        if isinstance(ruling, Correct) and holder != case.holder:
            order = with_the_others(uow, order, ruling, office.ids)
        if isinstance(ruling, RecordDeath):
            order = with_every_license(uow, order, ruling, office.ids)
    if isinstance(ruling, Issue):
        not_the_applicant(case, actor)
    return carry_out(office, order)


def may_state(uow: UnitOfWork, case: Case, decision: Decision) -> None:
    """Check what a new grant needs: the mandate on both days, and a number nobody else has.

    And a successor, where one is named. The number is asked for before the key is touched;
    storage refuses it again at the end.
    """
    if decision.successor is not None:
        require_successor(uow, case, decision.successor, decision.recorded_at)
    if decision.grant is None:
        return
    if decision.event in GRANTING:
        today = decision.grant.local_day(decision.recorded_at)
        within_mandate(case.authority, decision.grant, today, decision.decided_on)
    if comparable_number(decision.grant.number) != comparable_number(case.grant.number):
        _number_free(uow, case.authority.id, decision.grant.number, decision.recorded_at)


def _number_free(uow: UnitOfWork, authority_id: str, number: str, at: datetime) -> None:
    wanted = LicenseFilter(number=number)
    if uow.licenses.page(authority_id, wanted, at=at, after=None, limit=1).records:
        raise NumberTaken("another license of this authority bears the number")


def _proposed(
    uow: UnitOfWork, case: Case, decision: Decision, asked: Asked, ruling: Ruling
) -> Receipt:
    if isinstance(ruling, Correct) and ruling.holder is not None:
        sentence = "names and birth dates are corrected by an officer directly"
        officers_only(asked.actor, sentence)
    if isinstance(ruling, RecordDeath):
        officers_only(asked.actor, "a death is recorded by an officer directly")
    at = decision.recorded_at
    uow.proposals.add(Proposal(decision=decision, proposed_at=at, made_from=case.record.version))
    audit(uow, asked.actor, AuditAction.DECISION_PROPOSED, decision)
    receipt = receipt_for(case.record, decision, case.decisions, at, proposed=True)
    if asked.request is not None:
        uow.idempotency.put(asked.request, receipt)
    uow.commit()
    return receipt


def _holder_after(case: Case, ruling: Ruling, at: datetime) -> Holder:
    if not isinstance(ruling, Correct) or ruling.holder is None:
        return case.holder
    check_person(ruling.holder, case.grant.local_day(at))
    return case.holder.model_copy(update={"person": ruling.holder})
