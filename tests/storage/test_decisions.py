"""Decisions and proposals, over memory and SQL."""

from datetime import timedelta

import pytest

from licenses.errors import Conflict, NotFound
from licenses.model.lifecycle import Event
from licenses.model.register import LicenseKey, ProposalState
from tests.factories import DecisionFactory
from tests.storage.builders import AUTHORITY, NOON, OTHER_AUTHORITY, new_uuid, proposal
from tests.storage.conftest import Register


def new_key() -> LicenseKey:
    return LicenseKey(authority_id=AUTHORITY, license_id=new_uuid())


def test_decisions_come_in_the_order_they_were_recorded(register: Register) -> None:
    key, other = new_key(), new_key()
    later, earlier = (
        DecisionFactory.build(license_id=key.license_id, effective_from=NOON + shift)
        for shift in (timedelta(days=9), timedelta(0))
    )
    with register() as uow:
        uow.decisions.append(later)
        uow.decisions.append(DecisionFactory.build(license_id=other.license_id))
        uow.decisions.append(earlier)
        uow.commit()

    with register() as uow:
        assert uow.decisions.of(key) == (later, earlier)


def test_a_license_without_decisions_has_none(register: Register) -> None:
    with register() as uow:
        assert uow.decisions.of(new_key()) == ()


def test_another_authoritys_decisions_are_not_shown(register: Register) -> None:
    decision = DecisionFactory.build()
    asked = LicenseKey(authority_id=OTHER_AUTHORITY, license_id=decision.license_id)
    with register() as uow:
        uow.decisions.append(decision)

        assert uow.decisions.of(asked) == ()


def test_a_decision_is_recorded_once(register: Register) -> None:
    decision = DecisionFactory.build()
    again = DecisionFactory.build(
        decision_id=decision.decision_id, license_id=new_uuid(), event=Event.ISSUED
    )
    with register() as uow:
        uow.decisions.append(decision)
        with pytest.raises(Conflict):
            uow.decisions.append(again)

        assert uow.decisions.verify_chain(AUTHORITY) == 1


def test_the_chain_of_each_authority_is_counted_by_itself(register: Register) -> None:
    with register() as uow:
        for _ in range(3):
            uow.decisions.append(DecisionFactory.build())
        uow.decisions.append(DecisionFactory.build(authority_id=OTHER_AUTHORITY))
        uow.commit()

    with register() as uow:
        assert uow.decisions.verify_chain(AUTHORITY) == 3
        assert uow.decisions.verify_chain(OTHER_AUTHORITY) == 1
        assert uow.decisions.verify_chain("https://nobody.example/") == 0


def test_a_forgotten_decision_leaves_the_chain_whole(register: Register) -> None:
    with register() as uow:
        uow.decisions.append(DecisionFactory.build())
        uow.commit()
        uow.decisions.append(DecisionFactory.build())
    with register() as uow:
        uow.decisions.append(DecisionFactory.build())

        assert uow.decisions.verify_chain(AUTHORITY) == 2


def test_a_proposal_comes_back_as_stored(register: Register) -> None:
    key = new_key()
    stored = proposal(key)
    with register() as uow:
        uow.proposals.add(stored)
        uow.commit()

    with register() as uow:
        assert uow.proposals.get(key, stored.decision.decision_id) == stored


def test_an_unknown_proposal_is_not_found(register: Register) -> None:
    key = new_key()
    stored = proposal(key)
    with register() as uow:
        uow.proposals.add(stored)

        with pytest.raises(NotFound):
            uow.proposals.get(key, new_uuid())
        with pytest.raises(NotFound):
            uow.proposals.get(new_key(), stored.decision.decision_id)


def test_a_proposal_is_added_once(register: Register) -> None:
    stored = proposal(new_key())
    with register() as uow:
        uow.proposals.add(stored)

        with pytest.raises(Conflict):
            uow.proposals.add(stored)


def test_a_proposals_new_state_replaces_the_old_one(register: Register) -> None:
    key = new_key()
    stored = proposal(key)
    approved = stored.model_copy(update={"state": ProposalState.APPROVED})
    with register() as uow:
        uow.proposals.add(stored)
        uow.proposals.replace(approved)

        assert uow.proposals.of(key) == (approved,)


def test_an_unknown_proposal_cannot_be_replaced(register: Register) -> None:
    with register() as uow, pytest.raises(NotFound):
        uow.proposals.replace(proposal(new_key()))


def test_a_licenses_proposals_come_oldest_first(register: Register) -> None:
    key = new_key()
    old, middle, new = (proposal(key, proposed_at=NOON + timedelta(hours=n)) for n in range(3))
    with register() as uow:
        for one in (new, old, proposal(new_key()), middle):
            uow.proposals.add(one)

        assert uow.proposals.of(key) == (old, middle, new)
