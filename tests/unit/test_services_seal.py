"""When a decision makes a new seal, and what a failure on the way leaves behind."""

from datetime import UTC, date, datetime, timedelta

import pytest

from licenses.errors import (
    IllegalTransition,
    InvalidFields,
    LintFailed,
    StaleVersion,
    Unavailable,
)
from licenses.model.lifecycle import Event, Status
from licenses.services.rulings import (
    Issue,
    Ruling,
)
from tests.desks import HEALTH, Desk, key_of
from tests.doubles import sealed_content
from tests.unit.rulings import (
    BAN,
    LIMIT,
    NAME,
    NUMBER,
    RENEW,
    REVOKE,
    assert_nothing_changes,
)


@pytest.fixture
def desk() -> Desk:
    return Desk()


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
    with desk.uow() as uow:
        events = [one.event for one in uow.decisions.of(key_of(issued))]
    assert events == [Event.APPLIED, Event.ISSUED, Event.CORRECTED]
