"""Decisions of one officer or two, over the in-memory register."""

from datetime import UTC, date, datetime, timedelta

import pytest

from licenses.errors import (
    AlreadyUsed,
    Conflict,
    IllegalTransition,
    InvalidFields,
    LicensingError,
    LintFailed,
    NotAllowed,
    NotFound,
    NumberTaken,
    OutsideMandate,
    SameOfficer,
    StaleVersion,
    Unavailable,
)
from licenses.model.encumbrance import Effect
from licenses.model.history import replay
from licenses.model.lifecycle import Event, Status
from licenses.model.people import Person, PersonName
from licenses.model.register import AuditAction, Proposal, ProposalState, Receipt
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
    Restrict,
    Revoke,
    Ruling,
    Surrender,
    Suspend,
)
from tests.desks import HEALTH, Desk, key_of
from tests.doubles import sealed_content

BECAUSE = ("unsafe-practice",)
LIMIT = Restrict(reason_codes=BECAUSE, term_codes=("supervision.direct",))
BAN = Suspend(reason_codes=BECAUSE)
REVOKE = Revoke(reason_codes=BECAUSE)
VOLUNTARY = Surrender(reason_codes=("voluntary",))
IN_LIEU = Surrender(reason_codes=("in-lieu-of-discipline",))
RENEW = Renew(valid_until=date(2035, 12, 31))
NUMBER = Correct(number="HPR 9")
NAME = Correct(
    holder=Person(names=(PersonName(given="Ingrid", family="Berg"),), birth_date=date(1988, 5, 17))
)


@pytest.fixture
def desk() -> Desk:
    return Desk()


def assert_nothing_changes(desk: Desk, kind: type[LicensingError], act: object) -> None:
    before = desk.stored()
    with pytest.raises(kind) as caught:
        act()  # type: ignore[operator]
    assert type(caught.value) is kind
    assert desk.stored() == before


def test_an_officer_issues_what_a_clerk_applied_for(desk: Desk) -> None:
    receipt = desk.issued()

    assert (receipt.event, receipt.proposed, receipt.status) == (
        Event.ISSUED, False, Status.ACTIVE,
    )  # fmt: skip
    assert (receipt.version, receipt.record_version) == (2, 1)


def test_the_seal_of_an_issue_is_kept_and_says_what_was_granted(desk: Desk) -> None:
    receipt = desk.issued()

    with desk.uow() as uow:
        seal = uow.seals.newest(key_of(receipt))
    content = sealed_content(seal.document)
    assert content.seal_id == receipt.seal_id == seal.seal_id
    assert content.grant == desk.record(receipt).state.grant
    assert content.grant.issued == content.grant.first_issued == date(2026, 3, 2)
    assert content.holder.current_name.full == "Ingrid Marie Solberg"
    assert content.status_address.endswith(seal.seal_id)


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


@pytest.mark.parametrize("who", ["clara", "mach"])
def test_only_an_officer_approves(desk: Desk, who: str) -> None:
    proposed = desk.decide("olga", desk.issued(), BAN)

    assert_nothing_changes(desk, NotAllowed, lambda: desk.approve(who, proposed))


def test_the_proposer_does_not_approve(desk: Desk) -> None:
    proposed = desk.decide("olga", desk.issued(), BAN)

    assert_nothing_changes(desk, SameOfficer, lambda: desk.approve("olga", proposed))


def test_who_filed_the_application_does_not_issue_it(desk: Desk) -> None:
    applied = desk.apply("olga")

    assert_nothing_changes(desk, SameOfficer, lambda: desk.decide("olga", applied, Issue()))


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


@pytest.mark.parametrize("ruling", [RENEW, NUMBER, NAME])
def test_renewal_and_correction_make_a_new_seal(desk: Desk, ruling: Ruling) -> None:
    issued = desk.issued()

    receipt = desk.decide("olga", issued, ruling)

    assert receipt.record_version == 2
    assert receipt.seal_id != issued.seal_id
    assert desk.sealer.signed == [issued.seal_id, receipt.seal_id]


@pytest.mark.parametrize("ruling", [LIMIT, BAN, REVOKE])
def test_a_measure_makes_no_new_seal(desk: Desk, ruling: Ruling) -> None:
    issued = desk.issued()

    assert desk.effective(issued, ruling).seal_id == issued.seal_id


def test_a_pending_application_is_corrected_without_a_seal(desk: Desk) -> None:
    receipt = desk.decide("olga", desk.apply(), NUMBER)

    assert (receipt.number, receipt.seal_id, receipt.record_version) == ("HPR 9", None, 0)


def test_a_corrected_name_stands_in_the_register_and_in_the_new_seal(desk: Desk) -> None:
    receipt = desk.decide("olga", desk.issued(), NAME)

    with desk.uow() as uow:
        holder = uow.holders.get(HEALTH, receipt.holder_id)
        seal = uow.seals.newest(key_of(receipt))
        decision = uow.decisions.of(key_of(receipt))[-1]
    assert holder.person.current_name.family == "Berg"
    assert sealed_content(seal.document).holder == holder.person
    assert decision.person_sha256 is not None
    assert "Berg" not in decision.model_dump_json()


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
    _end_mandate(desk)

    assert_nothing_changes(desk, OutsideMandate, lambda: desk.decide("olga", receipt, ruling))


def test_a_mandate_that_ended_since_the_proposal_stops_the_approval(desk: Desk) -> None:
    proposed = desk.decide("clara", desk.apply(), Issue())
    _end_mandate(desk)

    assert_nothing_changes(desk, OutsideMandate, lambda: desk.approve("otto", proposed))


def test_losses_need_no_mandate(desk: Desk) -> None:
    issued = desk.issued()
    _end_mandate(desk)

    assert desk.effective(issued, REVOKE).status is Status.REVOKED


def _end_mandate(desk: Desk) -> None:
    with desk.uow() as uow:
        authority = uow.authorities.get(HEALTH)
        uow.authorities.put(authority.model_copy(update={"mandate": ()}))
        uow.commit()


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


def test_a_draft_the_lint_refuses_never_reaches_the_key(desk: Desk) -> None:
    applied = desk.apply()
    desk.sealer.forbidden_number = applied.number

    assert_nothing_changes(desk, LintFailed, lambda: desk.decide("olga", applied, Issue()))
    assert desk.sealer.signed == []


@pytest.mark.parametrize("who", ["clara", "olga"])
def test_what_could_not_be_sealed_is_refused_when_it_is_proposed(desk: Desk, who: str) -> None:
    issued = desk.issued()
    desk.sealer.forbidden_number = "HPR 9"

    assert_nothing_changes(desk, LintFailed, lambda: desk.decide(who, issued, NUMBER))


def test_what_could_never_be_sealed_is_refused_when_it_is_applied_for(desk: Desk) -> None:
    desk.sealer.forbidden_number = "HPR 9"

    assert_nothing_changes(desk, LintFailed, lambda: desk.apply(number="HPR 9"))


@pytest.mark.parametrize(
    ("wanted", "starts"),
    [(date(2026, 1, 1), date(2026, 3, 2)), (date(2026, 4, 1), date(2026, 4, 1))],
)
def test_no_license_is_valid_before_its_first_issue(desk: Desk, wanted: date, starts: date) -> None:
    issued = desk.issued(valid_from=wanted)

    assert desk.record(issued).state.grant.period.starts == starts


def test_an_issue_is_not_back_dated_before_its_first_valid_day(desk: Desk) -> None:
    applied = desk.apply()
    before = desk.stored()
    yesterday = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)

    with pytest.raises(InvalidFields, match="validFrom"):
        desk.decide("olga", applied, Issue(effective_from=yesterday))
    assert desk.stored() == before


def test_what_has_run_out_while_it_waited_is_not_issued(desk: Desk) -> None:
    applied = desk.apply(valid_until=date(2026, 3, 31))
    desk.clock.now += timedelta(days=60)

    assert_nothing_changes(desk, IllegalTransition, lambda: desk.decide("olga", applied, Issue()))


def test_a_dead_key_leaves_only_the_intent_and_a_retry_converges(desk: Desk) -> None:
    applied = desk.apply()
    desk.sealer.token_dead = True
    with pytest.raises(Unavailable):
        desk.decide("olga", applied, Issue())
    with desk.uow() as uow:
        assert len(uow.decisions.of(key_of(applied))) == 1
    assert len(desk.store.kept.intents) == 1
    assert desk.record(applied).seal_id is None
    desk.sealer.token_dead = False

    receipt = desk.decide("olga", applied, Issue())

    assert receipt.status is Status.ACTIVE
    assert list(desk.store.kept.seals) == [receipt.seal_id]


def test_who_is_overtaken_while_signing_takes_no_decision(desk: Desk) -> None:
    issued = desk.issued()

    def overtake() -> None:
        desk.sealer.before_signing = lambda: None
        desk.decide("otto", issued, NUMBER)

    desk.sealer.before_signing = overtake
    with pytest.raises(StaleVersion):
        desk.decide("olga", issued, RENEW)

    assert desk.record(issued).state.grant.number == "HPR 9"
    assert len(desk.store.kept.seals) == 2


def test_a_holder_corrected_elsewhere_while_signing_is_not_sealed_wrongly(desk: Desk) -> None:
    issued = desk.issued()
    other = desk.issued(number="HPR 8")

    def overtake() -> None:
        desk.sealer.before_signing = lambda: None
        desk.decide("otto", other, NAME)

    desk.sealer.before_signing = overtake
    with pytest.raises(StaleVersion):
        desk.decide("olga", issued, RENEW)
    assert desk.record(issued).version == 2


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


def test_a_decision_of_a_proposal_holds_no_personal_data(desk: Desk) -> None:
    proposed: Receipt = desk.decide("clara", desk.issued(), RENEW)

    with desk.uow() as uow:
        proposal: Proposal = uow.proposals.get(key_of(proposed), proposed.decision_id)
    assert "Solberg" not in proposal.model_dump_json()
