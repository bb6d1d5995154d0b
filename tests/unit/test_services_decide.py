"""Decisions of one officer or two, over the in-memory register."""

from datetime import UTC, date, datetime

import pytest

from licenses.errors import (
    IllegalTransition,
    InvalidFields,
    NotAllowed,
    NotFound,
    NumberTaken,
    OutsideMandate,
    SameOfficer,
    StaleVersion,
)
from licenses.model.encumbrance import Effect
from licenses.model.history import replay
from licenses.model.lifecycle import Event, Status
from licenses.model.people import Person, PersonName
from licenses.model.register import AuditAction
from licenses.model.values import LocalizedText
from licenses.services.approve import approve
from licenses.services.decide import decide
from licenses.services.rulings import (
    Correct,
    DatedRuling,
    Issue,
    Lift,
    Refuse,
    Reinstate,
    Renew,
    Ruling,
    Surrender,
    Suspend,
)
from tests.desks import HEALTH, Desk, key_of
from tests.unit.rulings import (
    BAN,
    BECAUSE,
    IN_LIEU,
    LIMIT,
    NAME,
    NUMBER,
    RENEW,
    REVOKE,
    VOLUNTARY,
    assert_nothing_changes,
    end_mandate,
)


@pytest.fixture
def desk() -> Desk:
    return Desk()


def test_an_officer_issues_what_a_clerk_applied_for(desk: Desk) -> None:
    receipt = desk.issued()

    assert (receipt.event, receipt.proposed, receipt.status) == (
        Event.ISSUED, False, Status.ACTIVE,
    )  # fmt: skip
    assert (receipt.version, receipt.record_version) == (2, 1)


@pytest.mark.parametrize(
    ("ruling", "first", "reached"),
    [
        (LIMIT, (), Status.RESTRICTED),
        (LIMIT, (LIMIT,), Status.RESTRICTED),
        (BAN, (), Status.SUSPENDED),
        (BAN, (LIMIT,), Status.SUSPENDED),
        (REVOKE, (), Status.REVOKED),
        (REVOKE, (BAN,), Status.REVOKED),
        (IN_LIEU, (), Status.SURRENDERED),
    ],
)
def test_a_loss_of_right_is_proposed_by_one_and_approved_by_another(
    desk: Desk, ruling: Ruling, first: tuple[Ruling, ...], reached: Status
) -> None:
    issued = desk.issued()
    for earlier in first:
        desk.effective(issued, earlier)
    before = desk.record(issued)

    proposed = desk.decide("olga", issued, ruling)

    assert proposed.proposed
    assert desk.record(issued) == before
    assert desk.approve("otto", proposed).status is reached


@pytest.mark.parametrize("who", ["clara", "mach", "olga"])
@pytest.mark.parametrize("ruling", [LIMIT, BAN, REVOKE, IN_LIEU])
def test_whoever_asks_for_a_loss_only_proposes_it(desk: Desk, who: str, ruling: Ruling) -> None:
    assert desk.decide(who, desk.issued(), ruling).proposed


@pytest.mark.parametrize("who", ["clara", "mach", "olga"])
def test_a_refusal_is_always_proposed(desk: Desk, who: str) -> None:
    applied = desk.apply()
    proposed = desk.decide(who, applied, Refuse(reason_codes=BECAUSE))

    assert proposed.proposed
    assert desk.approve("otto", proposed).status is Status.REFUSED


@pytest.mark.parametrize("ruling", [RENEW, NUMBER, VOLUNTARY])
@pytest.mark.parametrize(("who", "waits"), [("olga", False), ("clara", True), ("mach", True)])
def test_a_gain_is_effective_at_once_by_an_officer_and_proposed_by_others(
    desk: Desk, ruling: Ruling, who: str, waits: bool
) -> None:
    assert desk.decide(who, desk.issued(), ruling).proposed is waits


def test_who_filed_the_application_does_not_issue_it(desk: Desk) -> None:
    applied = desk.apply("olga")

    assert_nothing_changes(desk, SameOfficer, lambda: desk.decide("olga", applied, Issue()))


def test_lifting_one_of_two_limits_leaves_the_license_restricted(desk: Desk) -> None:
    issued = desk.issued()
    desk.effective(issued, LIMIT)
    desk.effective(issued, LIMIT)
    one, other = desk.record(issued).state.encumbrances

    first = desk.decide("olga", issued, Lift(encumbrance_id=one.encumbrance_id))
    second = desk.decide("olga", issued, Lift(encumbrance_id=other.encumbrance_id))

    assert (first.event, first.status) == (Event.RESTRICTION_CHANGED, Status.RESTRICTED)
    assert (second.event, second.status) == (Event.RESTRICTION_LIFTED, Status.ACTIVE)


def test_a_measure_that_does_not_stand_cannot_be_lifted(desk: Desk) -> None:
    issued = desk.issued()
    lift = Lift(encumbrance_id=issued.decision_id)

    assert_nothing_changes(desk, IllegalTransition, lambda: desk.decide("olga", issued, lift))


def test_reinstatement_ends_the_ban_and_keeps_the_limit(desk: Desk) -> None:
    issued = desk.issued()
    desk.effective(issued, LIMIT)
    desk.effective(issued, BAN)

    receipt = desk.decide("olga", issued, Reinstate())

    assert (receipt.event, receipt.status) == (Event.REINSTATED, Status.RESTRICTED)
    (left,) = desk.record(issued).state.encumbrances
    assert left.effect is Effect.LIMITS


@pytest.mark.parametrize("ruling", [REVOKE, IN_LIEU])
def test_what_was_lost_comes_back_only_with_the_law(desk: Desk, ruling: Ruling) -> None:
    issued = desk.issued()
    desk.effective(issued, ruling)

    assert_nothing_changes(desk, InvalidFields, lambda: desk.decide("olga", issued, Reinstate()))
    restored = desk.decide("olga", issued, Reinstate(legal_basis=("Helsepersonelloven § 62",)))
    assert (restored.event, restored.status) == (Event.RESTORED, Status.ACTIVE)


def test_a_license_that_has_run_out_is_renewed_late_and_the_gap_stays(desk: Desk) -> None:
    issued = desk.issued()
    desk.clock.now = datetime(2031, 2, 1, 12, 0, tzinfo=UTC)

    receipt = desk.decide("olga", issued, RENEW)

    assert (receipt.event, receipt.status) == (Event.RENEWED_LATE, Status.ACTIVE)
    with desk.uow() as uow:
        decisions = uow.decisions.of(key_of(issued))
    gap = datetime(2031, 1, 15, 12, 0, tzinfo=UTC)
    then = replay(decisions, gap)
    assert then is not None
    assert then.status_at(gap) is Status.EXPIRED


@pytest.mark.parametrize("who", ["clara", "mach"])
def test_a_name_is_not_corrected_by_proposal(desk: Desk, who: str) -> None:
    issued = desk.issued()

    assert_nothing_changes(desk, NotAllowed, lambda: desk.decide(who, issued, NAME))


def test_a_correction_names_the_decision_it_amends(desk: Desk) -> None:
    issued = desk.issued()
    desk.decide("olga", issued, Correct(titles=(LocalizedText(lang="nb", text="Sykepleier"),)))

    with desk.uow() as uow:
        assert uow.decisions.of(key_of(issued))[-1].amends == issued.decision_id


def test_a_number_in_use_is_refused_before_the_key_is_touched(desk: Desk) -> None:
    desk.issued()
    other = desk.issued(number="HPR 8")
    signed = len(desk.sealer.signed)
    taken = Correct(number="hpr-7000001")

    assert_nothing_changes(desk, NumberTaken, lambda: desk.decide("olga", other, taken))
    assert len(desk.sealer.signed) == signed


@pytest.mark.parametrize(
    ("ruling", "field"),
    [
        (Renew(valid_until=date(2030, 12, 31)), "validUntil"),
        (Renew(valid_until=date(2035, 1, 1), decided_on=date(2026, 2, 1)), "decidedOn"),
        (Renew(valid_until=date(2035, 1, 1), decided_on=date(2026, 3, 3)), "decidedOn"),
        (RENEW.model_copy(update={"effective_from": datetime(2026, 3, 1, tzinfo=UTC)}),
         "effectiveFrom"),
        (BAN.model_copy(update={"effective_from": datetime(2025, 12, 31, tzinfo=UTC)}),
         "effectiveFrom"),
        (Suspend(reason_codes=BECAUSE, until=date(2026, 3, 1)), "until"),
        (Surrender(reason_codes=("tired",)), "reasonCodes"),
        (Correct(), "body"),
        (Correct(first_issued=date(2026, 3, 3)), "firstIssued"),
        (Correct(holder=Person(names=(PersonName(given="A", family="B"),),
                               birth_date=date(2040, 1, 1))), "holder.birthDate"),
    ],
)  # fmt: skip
def test_a_ruling_whose_days_cannot_be_is_refused_by_field(
    desk: Desk, ruling: Ruling, field: str
) -> None:
    issued = desk.issued()
    before = desk.stored()

    with pytest.raises(InvalidFields) as caught:
        desk.decide("olga", issued, ruling)

    assert [fault.field for fault in caught.value.faults] == [field]
    assert desk.stored() == before


def test_a_suspension_for_a_later_day_waits_for_it(desk: Desk) -> None:
    issued = desk.issued()
    later = Suspend(reason_codes=BECAUSE, effective_from=datetime(2026, 4, 1, tzinfo=UTC))

    receipt = desk.effective(issued, later)

    assert receipt.status is Status.ACTIVE
    with desk.uow() as uow:
        decisions = uow.decisions.of(key_of(issued))
    state = replay(decisions, datetime(2026, 4, 2, tzinfo=UTC))
    assert state is not None
    assert state.status_at(datetime(2026, 4, 2, tzinfo=UTC)) is Status.SUSPENDED


def test_a_suspension_may_reach_back_to_the_first_valid_day(desk: Desk) -> None:
    issued = desk.issued()
    back = Suspend(reason_codes=BECAUSE, effective_from=desk.record(issued).state.status_since)

    assert desk.effective(issued, back).status is Status.SUSPENDED


@pytest.mark.parametrize("ruling", [Issue(), RENEW])
def test_without_a_mandate_today_nothing_is_granted(desk: Desk, ruling: DatedRuling) -> None:
    receipt = desk.apply() if isinstance(ruling, Issue) else desk.issued()
    end_mandate(desk)

    assert_nothing_changes(desk, OutsideMandate, lambda: desk.decide("olga", receipt, ruling))


def test_losses_need_no_mandate(desk: Desk) -> None:
    issued = desk.issued()
    end_mandate(desk)

    assert desk.effective(issued, REVOKE).status is Status.REVOKED


def test_a_stale_version_is_refused(desk: Desk) -> None:
    issued = desk.issued()
    desk.decide("olga", issued, RENEW)

    def act() -> None:
        decide(desk.office, desk.actors["olga"], key_of(issued), NUMBER, expected_version=2)

    assert_nothing_changes(desk, StaleVersion, act)


def test_another_authoritys_license_is_not_found(desk: Desk) -> None:
    issued = desk.issued()
    alien = desk.actors["alien"]

    def deciding() -> None:
        decide(desk.office, alien, key_of(issued), BAN, expected_version=2)

    def approving() -> None:
        key, decision_id = key_of(issued), issued.decision_id
        approve(desk.office, alien, key, decision_id, expected_version=2)

    assert_nothing_changes(desk, NotFound, deciding)
    assert_nothing_changes(desk, NotFound, approving)


@pytest.mark.parametrize("ruling", [LIMIT, BAN, REVOKE, RENEW, NUMBER, VOLUNTARY])
def test_stored_state_is_the_replay_of_the_decisions(desk: Desk, ruling: Ruling) -> None:
    issued = desk.issued()
    receipt = desk.decide("olga", issued, ruling)
    if receipt.proposed:
        receipt = desk.approve("otto", receipt)

    with desk.uow() as uow:
        record = uow.licenses.get(key_of(issued))
        assert replay(uow.decisions.of(record.key)) == record.state
    assert record.version == record.state.version == receipt.version


def test_every_change_leaves_an_audit_row_and_a_message(desk: Desk) -> None:
    issued = desk.issued()
    desk.effective(issued, BAN)

    with desk.uow() as uow:
        actions = [(row.actor, row.action, row.purpose) for row in uow.audit.of(HEALTH)]
        topics = [message.topic for message in uow.outbox.waiting(10)]
    recorded, proposed = AuditAction.DECISION_RECORDED, AuditAction.DECISION_PROPOSED
    assert actions == [
        ("clara", recorded, "applied"),
        ("olga", recorded, "issued"),
        ("olga", proposed, "suspended"),
        ("otto", recorded, "suspended"),
    ]
    assert topics == ["decision.applied", "decision.issued", "decision.suspended"]
