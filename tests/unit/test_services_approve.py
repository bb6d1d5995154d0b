"""Proposals and their approval by a second officer."""

from datetime import date, timedelta

import pytest

from licenses.errors import (
    AlreadyUsed,
    Conflict,
    IllegalTransition,
    NotAllowed,
    OutsideMandate,
    SameOfficer,
)
from licenses.model.lifecycle import Event, Status
from licenses.model.register import Proposal, ProposalState, Receipt
from licenses.services.rulings import (
    Issue,
)
from tests.desks import Desk, key_of
from tests.unit.rulings import (
    BAN,
    LIMIT,
    NUMBER,
    RENEW,
    REVOKE,
    assert_nothing_changes,
    end_mandate,
)


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.mark.parametrize("who", ["clara", "mach"])
def test_only_an_officer_approves(desk: Desk, who: str) -> None:
    proposed = desk.decide("olga", desk.issued(), BAN)

    assert_nothing_changes(desk, NotAllowed, lambda: desk.approve(who, proposed))


def test_the_proposer_does_not_approve(desk: Desk) -> None:
    proposed = desk.decide("olga", desk.issued(), BAN)

    assert_nothing_changes(desk, SameOfficer, lambda: desk.approve("olga", proposed))


def test_who_filed_the_application_does_not_approve_its_issue(desk: Desk) -> None:
    proposed = desk.decide("clara", desk.apply("olga"), Issue())

    assert_nothing_changes(desk, SameOfficer, lambda: desk.approve("olga", proposed))
    assert desk.approve("otto", proposed).status is Status.ACTIVE


def test_an_approval_serves_once(desk: Desk) -> None:
    proposed = desk.decide("olga", desk.issued(), LIMIT)
    desk.approve("otto", proposed)

    assert_nothing_changes(desk, AlreadyUsed, lambda: desk.approve("otto", proposed))


def test_an_approved_proposal_names_both_officers_and_the_moment_of_approval(desk: Desk) -> None:
    proposed = desk.decide("olga", desk.issued(), BAN)
    desk.clock.now += timedelta(days=3)
    desk.approve("otto", proposed)

    with desk.uow() as uow:
        decision = uow.decisions.of(key_of(proposed))[-1]
        proposal = uow.proposals.get(key_of(proposed), proposed.decision_id)
    assert decision.approver is not None
    assert (decision.actor.actor_id, decision.approver.actor_id) == ("olga", "otto")
    assert decision.effective_from == decision.recorded_at == desk.clock.now
    assert decision.decided_on == date(2026, 3, 5)
    assert proposal.state is ProposalState.APPROVED


def test_what_was_legal_when_proposed_may_be_illegal_when_approved(desk: Desk) -> None:
    issued = desk.issued()
    ban, revocation = desk.decide("olga", issued, BAN), desk.decide("olga", issued, REVOKE)
    desk.approve("otto", revocation)

    assert_nothing_changes(desk, IllegalTransition, lambda: desk.approve("otto", ban))


def test_two_limits_proposed_side_by_side_can_both_be_approved(desk: Desk) -> None:
    issued = desk.issued()
    one, other = desk.decide("olga", issued, LIMIT), desk.decide("olga", issued, LIMIT)

    assert desk.approve("otto", one).event is Event.RESTRICTED
    assert desk.approve("otto", other).event is Event.RESTRICTION_CHANGED
    assert len(desk.record(issued).state.encumbrances) == 2


def test_a_renewal_proposed_before_a_correction_would_undo_it_and_is_refused(desk: Desk) -> None:
    issued = desk.issued()
    renewal = desk.decide("clara", issued, RENEW)
    desk.decide("olga", issued, NUMBER)

    assert_nothing_changes(desk, Conflict, lambda: desk.approve("otto", renewal))


def test_a_mandate_that_ended_since_the_proposal_stops_the_approval(desk: Desk) -> None:
    proposed = desk.decide("clara", desk.apply(), Issue())
    end_mandate(desk)

    assert_nothing_changes(desk, OutsideMandate, lambda: desk.approve("otto", proposed))


def test_a_decision_of_a_proposal_holds_no_personal_data(desk: Desk) -> None:
    proposed: Receipt = desk.decide("clara", desk.issued(), RENEW)

    with desk.uow() as uow:
        proposal: Proposal = uow.proposals.get(key_of(proposed), proposed.decision_id)
    assert "Solberg" not in proposal.model_dump_json()
