"""Approve a proposed decision: the second pair of eyes a loss of right needs.

The proposal is judged again, against the license as it stands now; what was legal when it was
proposed may be illegal since, and then it stays open and nothing changes.
"""

from uuid import UUID

from licenses.errors import AlreadyUsed, Conflict, SameOfficer
from licenses.model.decision import Decision
from licenses.model.lifecycle import Event
from licenses.model.register import Actor, LicenseKey, Proposal, ProposalState, Receipt, RequestKey
from licenses.ports import Office
from licenses.services.case import (
    Case,
    not_the_applicant,
    officers_only,
    once,
    open_case,
    own,
)
from licenses.services.decide import Asked, may_state
from licenses.services.drafting import redrafted
from licenses.services.seal_step import carry_out
from licenses.services.settle import Order


def approve(
    office: Office,
    actor: Actor,
    key: LicenseKey,
    decision_id: UUID,
    *,
    expected_version: int,
    request: RequestKey | None = None,
) -> Receipt:
    """Make a proposed decision effective, as another officer than the one who proposed it.

    Raises:
        NotAllowed: the actor is no officer.
        SameOfficer: the actor proposed it, or filed the application it would issue.
        AlreadyUsed: the proposal is no longer open.
        Conflict: the license was stated anew since the proposal was made.
        NotFound, StaleVersion, IllegalTransition, OutsideMandate, NumberTaken, InvalidFields,
        KeyReused, LintFailed, Unavailable: nothing was changed.
    """
    own(actor, key)
    officers_only(actor, "only an officer approves a proposal")
    asked = Asked(actor, key, expected_version, request)
    return once(office, request, lambda: _approved(office, asked, decision_id))


def _approved(office: Office, asked: Asked, decision_id: UUID) -> Receipt:
    actor, at = asked.actor, office.clock()
    with office.unit_of_work() as uow:
        case = open_case(uow, asked.key, asked.expected_version)
        proposal = uow.proposals.get(asked.key, decision_id)
        _may_approve(case, proposal, actor)
        decision = redrafted(case, proposal.decision, actor.ref, at)
        may_state(uow, case, decision)
    closed = proposal.model_copy(update={"state": ProposalState.APPROVED})
    order = Order(case, decision, case.holder, actor, at, closes=closed, request=asked.request)
    return carry_out(office, order)


def _may_approve(case: Case, proposal: Proposal, actor: Actor) -> None:
    if proposal.state is not ProposalState.OPEN:
        raise AlreadyUsed(f"the proposal is {proposal.state} and serves once")
    if proposal.decision.actor.actor_id == actor.actor_id:
        raise SameOfficer("who proposed a decision does not approve it; ask another officer")
    if proposal.decision.event is Event.ISSUED:
        not_the_applicant(case, actor)
    if proposal.decision.grant is not None and _stated_anew(case, proposal.made_from):
        raise Conflict("the license was stated anew since this was proposed; propose it again")


def _stated_anew(case: Case, version: int) -> bool:
    newer: tuple[Decision, ...] = case.decisions[version:]
    return any(one.grant is not None for one in newer)
