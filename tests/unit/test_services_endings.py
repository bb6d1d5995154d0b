"""Rulings that let a license rest, replace it, or end it for good, over the in-memory register."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from licenses.errors import IllegalTransition, InvalidFields, NotAllowed, SameOfficer
from licenses.model.decision import Decision
from licenses.model.history import replay
from licenses.model.lifecycle import Event, Status
from licenses.model.people import PersonIdentifier, PersonName
from licenses.model.register import Receipt
from licenses.model.standing import Because, standing
from licenses.services.rulings import (
    Annul,
    Inactivate,
    Reactivate,
    RecordDeath,
    Reissue,
    Renew,
    Ruling,
    Supersede,
)
from tests.desks import HEALTH, Desk, applicant, key_of
from tests.unit.rulings import BAN, LIMIT, REVOKE, VOLUNTARY, assert_nothing_changes

BACK = Reactivate(reason_codes=("return-to-practice-course",))
ERROR = Annul(reason_codes=("issued-in-error",))


@pytest.fixture
def desk() -> Desk:
    return Desk()


def decisions_of(desk: Desk, receipt: Receipt) -> tuple[Decision, ...]:
    with desk.uow() as uow:
        return uow.decisions.of(key_of(receipt))


def died(day: date) -> RecordDeath:
    return RecordDeath(died_on=day)


def superseded_by(successor: Receipt) -> Supersede:
    return Supersede(successor=successor.license_id, reason_codes=("new-law",))


def test_a_license_rests_at_the_holders_request_and_comes_back(desk: Desk) -> None:
    issued = desk.issued()

    resting = desk.decide("olga", issued, Inactivate())
    back = desk.decide("olga", issued, BACK)

    assert (resting.event, resting.proposed, resting.status) == (
        Event.INACTIVATED, False, Status.INACTIVE,
    )  # fmt: skip
    assert (back.event, back.proposed, back.status) == (Event.REACTIVATED, False, Status.ACTIVE)
    assert back.seal_id == issued.seal_id


def test_a_limit_laid_while_a_license_rests_counts_when_it_comes_back(desk: Desk) -> None:
    issued = desk.issued()
    desk.decide("olga", issued, Inactivate())
    desk.effective(issued, LIMIT)

    assert desk.decide("olga", issued, BACK).status is Status.RESTRICTED


def test_a_clerk_proposes_a_rest_and_an_officer_approves_it(desk: Desk) -> None:
    proposed = desk.decide("clara", desk.issued(), Inactivate())

    assert proposed.proposed
    assert desk.approve("olga", proposed).status is Status.INACTIVE


def test_a_rest_the_holder_did_not_ask_for_needs_two_officers(desk: Desk) -> None:
    proposed = desk.decide("olga", desk.issued(), Inactivate(reason_codes=("no-practice",)))

    assert proposed.proposed
    with pytest.raises(SameOfficer):
        desk.approve("olga", proposed)
    assert desk.approve("otto", proposed).status is Status.INACTIVE


@pytest.mark.parametrize("ruling", [Inactivate(), BACK])
def test_neither_a_suspended_license_nor_one_with_a_ban_rests_or_comes_back(
    desk: Desk, ruling: Ruling
) -> None:
    issued = desk.issued()
    desk.effective(issued, BAN)

    assert_nothing_changes(desk, IllegalTransition, lambda: desk.decide("olga", issued, ruling))


def test_an_annulment_needs_two_officers_and_looks_back_to_the_issue(desk: Desk) -> None:
    issued = desk.issued()
    desk.clock.now += timedelta(days=100)
    desk.decide("olga", issued, Renew(valid_until=date(2035, 12, 31)))
    desk.effective(issued, LIMIT)

    proposed = desk.decide("olga", issued, ERROR)
    with pytest.raises(SameOfficer):
        desk.approve("olga", proposed)
    annulled = desk.approve("otto", proposed)

    decisions = decisions_of(desk, issued)
    (issue,) = [one for one in decisions if one.event is Event.ISSUED]
    assert (annulled.event, annulled.status) == (Event.ANNULLED, Status.ANNULLED)
    assert decisions[-1].effective_from == issue.effective_from
    assert standing(decisions, issue.effective_from).because is Because.ANNULLED
    assert replay(decisions) == desk.record(issued).state


def test_an_application_that_was_never_issued_is_annulled_at_once(desk: Desk) -> None:
    filed = desk.apply()

    annulled = desk.effective(filed, ERROR)

    assert annulled.status is Status.ANNULLED
    assert decisions_of(desk, filed)[-1].effective_from == decisions_of(desk, filed)[-1].recorded_at


def test_a_license_not_valid_yet_can_be_annulled(desk: Desk) -> None:
    issued = desk.issued(valid_from=date(2029, 1, 1))

    assert desk.effective(issued, ERROR).status is Status.ANNULLED


@pytest.mark.parametrize("ruling", [ERROR, REVOKE, Inactivate(), died(date(2026, 3, 1))])
def test_nothing_follows_an_annulment(desk: Desk, ruling: Ruling) -> None:
    issued = desk.issued()
    desk.effective(issued, ERROR)

    assert_nothing_changes(desk, IllegalTransition, lambda: desk.decide("olga", issued, ruling))


def test_a_license_that_is_replaced_names_its_successor(desk: Desk) -> None:
    old, new = desk.issued(), desk.issued(number="HPR 7000002")

    replaced = desk.effective(old, superseded_by(new))

    newest = decisions_of(desk, old)[-1]
    assert (replaced.event, replaced.status) == (Event.SUPERSEDED, Status.SUPERSEDED)
    assert newest.successor == new.license_id
    assert newest.approver is not None
    assert desk.record(new).state.status_at(desk.clock()) is Status.ACTIVE


@pytest.mark.parametrize("lost", [REVOKE, VOLUNTARY])
def test_one_officer_closes_a_lost_license_for_which_a_new_one_was_issued(
    desk: Desk, lost: Ruling
) -> None:
    old = desk.issued()
    lost_now = desk.decide("olga", old, lost)
    if lost_now.proposed:
        desk.approve("otto", lost_now)
    new = desk.issued(number="HPR 7000002")

    closed = desk.decide("olga", old, Reissue(successor=new.license_id))

    assert (closed.event, closed.proposed, closed.status) == (
        Event.REISSUED, False, Status.SUPERSEDED,
    )  # fmt: skip


def test_a_license_in_force_is_not_reissued(desk: Desk) -> None:
    old, new = desk.issued(), desk.issued(number="HPR 7000002")

    assert_nothing_changes(
        desk,
        IllegalTransition,
        lambda: desk.decide("olga", old, Reissue(successor=new.license_id)),
    )


def test_a_successor_is_another_license_of_the_same_holder_that_is_in_force(desk: Desk) -> None:
    old, waiting = desk.issued(), desk.apply(number="HPR 7000002")
    someone_else = applicant(
        names=(PersonName(given="Ola", family="Berg"),),
        identifiers=(PersonIdentifier(country="NO", type="national-id", value="01018000000"),),
    )
    strange = desk.issued(number="HPR 7000003", holder=someone_else)
    unknown = old.model_copy(update={"license_id": UUID(int=1)})

    for successor, code in (
        (old, "not-of-holder"),
        (strange, "not-of-holder"),
        (waiting, "not-in-force"),
        (unknown, "unknown"),
    ):
        with pytest.raises(InvalidFields) as refused:
            desk.decide("olga", old, superseded_by(successor))
        assert [(one.field, one.code) for one in refused.value.faults] == [("successor", code)]


def test_a_successor_lost_since_the_proposal_is_refused_at_the_approval(desk: Desk) -> None:
    old, new = desk.issued(), desk.issued(number="HPR 7000002")
    proposed = desk.decide("olga", old, superseded_by(new))
    desk.effective(new, REVOKE)

    assert_nothing_changes(desk, InvalidFields, lambda: desk.approve("otto", proposed))


def test_a_death_ends_every_license_of_the_holder_from_its_day(desk: Desk) -> None:
    held, rested, annulled = (desk.issued(number=f"HPR {n}") for n in (1, 2, 3))
    filed = desk.apply(number="HPR 4")
    desk.decide("olga", rested, Inactivate())
    desk.effective(annulled, ERROR)
    desk.clock.now += timedelta(days=50)
    died_on = (desk.clock.now - timedelta(days=20)).date()

    ended = desk.decide("olga", held, died(died_on))

    midnight = decisions_of(desk, held)[-1].effective_from
    assert (ended.event, ended.proposed, ended.status) == (Event.DECEASED, False, Status.ENDED)
    assert desk.record(held).state.grant.local_day(midnight) == died_on
    assert desk.record(held).state.grant.local_day(midnight - timedelta(seconds=1)) < died_on
    for receipt, status in ((rested, Status.ENDED), (filed, Status.ENDED)):
        assert desk.record(receipt).state.status_at(desk.clock()) is status
        assert decisions_of(desk, receipt)[-1].effective_from == midnight
    assert desk.record(annulled).state.status_at(desk.clock()) is Status.ANNULLED


def test_a_death_before_an_application_ends_it_from_the_application_on(desk: Desk) -> None:
    filed = desk.apply()
    applied = decisions_of(desk, filed)[0].effective_from

    ended = desk.decide("olga", filed, died(applied.date() - timedelta(days=9)))

    assert ended.status is Status.ENDED
    assert decisions_of(desk, filed)[-1].effective_from == applied


def test_a_license_of_the_future_ends_with_its_holder_today(desk: Desk) -> None:
    issued = desk.issued(valid_from=date(2029, 1, 1))

    assert desk.decide("olga", issued, died(date(2026, 1, 2))).status is Status.ENDED


@pytest.mark.parametrize("day", [date(1988, 5, 16), date(2090, 1, 1)])
def test_a_day_on_which_the_holder_cannot_have_died_is_refused(desk: Desk, day: date) -> None:
    issued = desk.issued()

    assert_nothing_changes(desk, InvalidFields, lambda: desk.decide("olga", issued, died(day)))


@pytest.mark.parametrize("who", ["clara", "mach"])
def test_a_death_is_recorded_by_an_officer(desk: Desk, who: str) -> None:
    issued = desk.issued()
    ruling = died(datetime(2026, 1, 2, tzinfo=UTC).date())

    assert_nothing_changes(desk, NotAllowed, lambda: desk.decide(who, issued, ruling))


def test_the_chain_of_decisions_still_verifies_after_all_of_them(desk: Desk) -> None:
    old, new = desk.issued(), desk.issued(number="HPR 7000002")
    desk.effective(old, superseded_by(new))
    desk.decide("olga", new, Inactivate())
    desk.decide("olga", new, died(desk.clock.now.date()))

    with desk.uow() as uow:
        assert uow.decisions.verify_chain(HEALTH) == 7
