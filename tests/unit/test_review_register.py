"""Decisions that lie ahead, territories that end, and what the register makes of them."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from licenses.errors import IllegalTransition, InvalidFields
from licenses.model.license import Territory
from licenses.model.lifecycle import Status
from licenses.model.register import Receipt
from licenses.model.standing import Because, Level, Standing, standing
from licenses.services.rulings import (
    Lift,
    Reinstate,
    Renew,
    Restrict,
    Revoke,
    Ruling,
    Surrender,
    Suspend,
)
from licenses.services.status_query import status_of
from tests.desks import Desk, key_of

BECAUSE = ("unsafe-practice",)
OSLO = ZoneInfo("Europe/Oslo")
LAST_DAY_IN_OSLO = date(2026, 6, 30)


@pytest.fixture
def desk() -> Desk:
    return Desk()


def _ahead(desk: Desk) -> datetime:
    return desk.clock.now + timedelta(days=30)


def _status(desk: Desk, receipt: Receipt) -> Status:
    return desk.record(receipt).state.status_at(desk.clock.now)


def _standing(desk: Desk, receipt: Receipt, at: datetime) -> Standing:
    with desk.uow() as uow:
        return standing(uow.decisions.of(key_of(receipt)), at)


def _restricted(desk: Desk) -> Receipt:
    limit = Restrict(reason_codes=BECAUSE, term_codes=("supervision.direct",))
    return desk.effective(desk.issued(), limit)


def _renewed_later(desk: Desk) -> Receipt:
    renewal = Renew(valid_until=date(2035, 12, 31), effective_from=_ahead(desk))
    return desk.decide("olga", desk.issued(), renewal)


def _suspended_later(desk: Desk) -> Receipt:
    return desk.effective(desk.issued(), Suspend(reason_codes=BECAUSE, effective_from=_ahead(desk)))


def _revoked_later(desk: Desk) -> Receipt:
    return desk.effective(desk.issued(), Revoke(reason_codes=BECAUSE, effective_from=_ahead(desk)))


def _lifted_later(desk: Desk) -> Receipt:
    restricted = _restricted(desk)
    (measure,) = desk.record(restricted).state.encumbrances
    lift = Lift(encumbrance_id=measure.encumbrance_id, effective_from=_ahead(desk))
    return desk.decide("olga", restricted, lift)


@pytest.mark.parametrize(
    "planned", [_renewed_later, _suspended_later, _revoked_later, _lifted_later]
)
def test_nothing_that_lies_ahead_stands_in_the_way_of_a_revocation(
    desk: Desk, planned: Callable[[Desk], Receipt]
) -> None:
    license_receipt = planned(desk)

    revoked = desk.effective(license_receipt, Revoke(reason_codes=BECAUSE))

    assert revoked.status is Status.REVOKED
    desk.clock.now += timedelta(days=60)
    assert _status(desk, license_receipt) is Status.REVOKED


@pytest.mark.parametrize("planned", [_renewed_later, _lifted_later])
@pytest.mark.parametrize(
    ("loss", "status"),
    [
        (Suspend(reason_codes=BECAUSE), Status.SUSPENDED),
        (Surrender(reason_codes=("in-lieu-of-discipline",)), Status.SURRENDERED),
    ],
)
def test_a_gain_that_lies_ahead_falls_away_under_a_ban_or_a_surrender(
    desk: Desk, planned: Callable[[Desk], Receipt], loss: Ruling, status: Status
) -> None:
    license_receipt = planned(desk)

    assert desk.effective(license_receipt, loss).status is status

    desk.clock.now += timedelta(days=60)
    assert _status(desk, license_receipt) is status


def test_a_lift_overtaken_by_a_ban_leaves_its_limit_standing(desk: Desk) -> None:
    license_receipt = _lifted_later(desk)
    desk.effective(license_receipt, Suspend(reason_codes=BECAUSE))
    desk.clock.now += timedelta(days=60)

    assert desk.decide("olga", license_receipt, Reinstate()).status is Status.RESTRICTED


def test_a_renewal_that_lies_ahead_counts_if_the_ban_is_over_by_then(desk: Desk) -> None:
    license_receipt = _renewed_later(desk)
    desk.effective(license_receipt, Suspend(reason_codes=BECAUSE))
    desk.decide("olga", license_receipt, Reinstate())

    assert desk.record(license_receipt).state.grant.period.ends == date(2035, 12, 31)


def test_a_further_limit_that_lies_ahead_is_laid_under_a_ban_and_waits(desk: Desk) -> None:
    license_receipt = _restricted(desk)
    further = Restrict(
        reason_codes=BECAUSE, term_codes=("no-prescribing",), effective_from=_ahead(desk)
    )
    desk.effective(license_receipt, further)
    desk.effective(license_receipt, Suspend(reason_codes=BECAUSE))
    desk.clock.now += timedelta(days=60)
    desk.decide("olga", license_receipt, Reinstate())

    now = _standing(desk, license_receipt, desk.clock.now)
    assert set(now.term_codes) == {"supervision.direct", "no-prescribing"}


def test_a_suspension_that_lies_ahead_is_not_lost_to_a_surrender(desk: Desk) -> None:
    license_receipt = _suspended_later(desk)
    before = desk.stored()

    with pytest.raises(IllegalTransition):
        desk.decide("olga", license_receipt, Surrender(reason_codes=("voluntary",)))
    assert desk.stored() == before


def test_what_was_in_effect_already_is_not_overtaken_by_a_back_dated_ban(desk: Desk) -> None:
    license_receipt = desk.issued()
    issue = desk.clock.now
    desk.clock.now += timedelta(days=10)
    desk.decide("olga", license_receipt, Renew(valid_until=date(2035, 12, 31)))
    desk.clock.now += timedelta(days=10)

    with pytest.raises(IllegalTransition, match="renewed"):
        desk.decide(
            "olga",
            license_receipt,
            Suspend(reason_codes=BECAUSE, effective_from=issue + timedelta(days=1)),
        )


@pytest.mark.parametrize("oslo_first", [True, False])
def test_a_license_stands_while_any_of_its_territories_is_open(
    desk: Desk, oslo_first: bool
) -> None:
    areas = (Territory(area="NO-03", until=LAST_DAY_IN_OSLO), Territory(area="NO"))
    license_receipt = desk.issued(territories=areas if oslo_first else areas[::-1])

    later = _standing(desk, license_receipt, datetime(2026, 7, 1, tzinfo=UTC))

    assert later.level is Level.FULL


def test_a_license_whose_territories_have_all_ended_stands_nowhere(desk: Desk) -> None:
    license_receipt = desk.issued(territories=(Territory(area="NO", until=LAST_DAY_IN_OSLO),))

    last = _standing(desk, license_receipt, datetime(2026, 6, 30, 23, 59, tzinfo=OSLO))
    after = _standing(desk, license_receipt, datetime(2026, 7, 1, tzinfo=OSLO))

    assert (last.level, after.level) == (Level.FULL, Level.NONE)
    assert after.because is Because.OUTSIDE_TERRITORY


def test_no_answer_outlives_a_territory_it_names(desk: Desk) -> None:
    areas = (Territory(area="NO"), Territory(area="NO-03", until=LAST_DAY_IN_OSLO))
    issued = desk.issued(territories=areas)
    noon = datetime(2026, 6, 30, 12, tzinfo=OSLO)

    statement = status_of(issued.seal_id or "", desk.uow(), lambda: noon)

    assert statement.territories == ("NO", "NO-03")
    assert statement.expires_at == datetime(2026, 7, 1, tzinfo=OSLO)


def test_no_answer_outlives_a_license_that_ends_on_a_day_of_23_hours(desk: Desk) -> None:
    spring = date(2027, 3, 28)
    issued = desk.issued(valid_until=spring)
    before_midnight = datetime(2027, 3, 27, 23, 30, tzinfo=OSLO).astimezone(UTC)

    statement = status_of(issued.seal_id or "", desk.uow(), lambda: before_midnight)

    end = datetime(2027, 3, 29, tzinfo=OSLO).astimezone(UTC)
    assert statement.expires_at == end
    assert end - before_midnight < timedelta(hours=24)


def test_nothing_is_decided_about_a_license_before_its_first_issue(desk: Desk) -> None:
    license_receipt = desk.issued()
    before = desk.stored()

    with pytest.raises(InvalidFields) as refused:
        desk.decide(
            "olga", license_receipt, Revoke(reason_codes=BECAUSE, decided_on=date(1905, 1, 1))
        )

    assert [fault.field for fault in refused.value.faults] == ["decidedOn"]
    assert desk.stored() == before
