"""Replay: what the decisions of one license amount to at an instant."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from licenses.errors import IllegalTransition
from licenses.model.encumbrance import Effect
from licenses.model.history import LicenseState, replay
from licenses.model.lifecycle import Event, Status
from tests.histories import (
    BAN,
    LIMIT,
    OSLO,
    START,
    History,
    ban,
    grant_until,
    issued,
    limit,
    reaching,
)

MIDNIGHT = datetime(2025, 1, 1, tzinfo=OSLO)
"""The first instant after the last valid day of `reaching` and `issued`."""


def _state(history: History, at: datetime | None = None) -> LicenseState:
    state = history.state(at)
    assert state is not None
    return state


def test_a_license_without_decisions_has_no_state() -> None:
    assert replay([]) is None


def test_before_the_first_decision_takes_effect_there_is_no_state() -> None:
    assert issued().state(START - timedelta(seconds=1)) is None


def test_the_state_names_the_grant_of_the_last_decision_that_brought_one() -> None:
    history = issued()
    renewed = grant_until(date(2029, 12, 31))
    history.then(Event.RENEWED, grant=renewed)

    assert _state(history).grant == renewed
    assert _state(history).version == 3


def test_the_status_dates_from_when_the_base_last_changed() -> None:
    history = issued()
    since = history.clock
    history.then(Event.RENEWED, grant=grant_until(None))

    assert _state(history).status_since == since


@pytest.mark.parametrize(
    ("zone", "last_instant"),
    [
        ("Europe/Oslo", datetime(2024, 12, 31, 22, 59, 59, 999_999, tzinfo=UTC)),
        ("Europe/Lisbon", datetime(2024, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC)),
        ("Pacific/Kiritimati", datetime(2024, 12, 31, 9, 59, 59, 999_999, tzinfo=UTC)),
        ("America/Adak", datetime(2025, 1, 1, 9, 59, 59, 999_999, tzinfo=UTC)),
    ],
)
def test_a_license_is_valid_through_its_last_local_day(zone: str, last_instant: datetime) -> None:
    history = issued(grant_until(date(2024, 12, 31), time_zone=zone))

    assert history.status(last_instant) is Status.ACTIVE
    assert history.status(last_instant + timedelta(microseconds=1)) is Status.EXPIRED


def test_a_license_may_end_on_a_leap_day() -> None:
    history = issued(grant_until(date(2028, 2, 29)))

    assert history.status(datetime(2028, 2, 29, 23, 59, tzinfo=OSLO)) is Status.ACTIVE
    assert history.status(datetime(2028, 3, 1, 0, 0, tzinfo=OSLO)) is Status.EXPIRED


@pytest.mark.parametrize("late", [timedelta(0), timedelta(hours=3), timedelta(days=400)])
def test_an_expiry_is_recorded_when_its_day_has_come_or_later(late: timedelta) -> None:
    history = issued()
    history.then(Event.EXPIRED, at=MIDNIGHT + late)

    assert history.status() is Status.EXPIRED
    assert _state(history).expiry_seen == date(2024, 12, 31)


def test_an_expiry_is_not_recorded_before_its_day_has_come() -> None:
    history = issued()
    history.then(Event.EXPIRED, at=MIDNIGHT - timedelta(microseconds=1))

    with pytest.raises(IllegalTransition):
        history.state()


def test_an_expiry_is_recorded_once() -> None:
    history = reaching(Status.EXPIRED)
    history.then(Event.EXPIRED)

    with pytest.raises(IllegalTransition, match="expired is not possible"):
        history.state()


def test_a_license_without_end_never_expires() -> None:
    history = issued(grant_until(None))
    history.then(Event.EXPIRED, at=MIDNIGHT)

    with pytest.raises(IllegalTransition):
        history.state()


def test_a_renewed_license_may_expire_again() -> None:
    history = reaching(Status.EXPIRED)
    history.then(Event.RENEWED_LATE, grant=grant_until(date(2025, 12, 31)))
    history.then(Event.EXPIRED, at=datetime(2026, 1, 1, tzinfo=OSLO))

    assert history.status() is Status.EXPIRED


def test_a_clock_job_that_did_not_run_changes_no_answer() -> None:
    recorded, silent = reaching(Status.EXPIRED), issued()

    for days in range(-3, 400, 7):
        moment = MIDNIGHT + timedelta(days=days)
        assert recorded.status(moment) is silent.status(moment)


def test_a_suspended_license_that_passes_its_end_stays_suspended_and_is_lifted_to_expired() -> None:
    history = reaching(Status.SUSPENDED)
    after_end = MIDNIGHT + timedelta(days=30)
    assert history.status(after_end) is Status.SUSPENDED

    history.then(Event.REINSTATED, at=after_end, lifts=BAN)

    assert history.status() is Status.EXPIRED


def test_a_suspended_license_cannot_be_recorded_as_expired() -> None:
    history = reaching(Status.SUSPENDED)
    history.then(Event.EXPIRED, at=MIDNIGHT)

    with pytest.raises(IllegalTransition, match="suspended"):
        history.state()


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        (Status.ACTIVE, Status.ACTIVE),
        (Status.RESTRICTED, Status.RESTRICTED),
        (Status.INACTIVE, Status.INACTIVE),
        (Status.EXPIRED, Status.EXPIRED),
    ],
)
def test_a_reinstatement_gives_back_what_stood_before_the_ban(
    before: Status, expected: Status
) -> None:
    history = reaching(before)
    history.then(Event.SUSPENDED, encumbrance=ban())
    history.then(Event.REINSTATED, lifts=BAN)

    assert history.status() is expected


def test_a_ban_ends_by_itself_after_its_last_local_day() -> None:
    history = issued()
    history.then(Event.SUSPENDED, encumbrance=ban(until=date(2024, 8, 31)))

    assert history.status(datetime(2024, 8, 31, 23, 59, tzinfo=OSLO)) is Status.SUSPENDED
    assert history.status(datetime(2024, 9, 1, 0, 0, tzinfo=OSLO)) is Status.ACTIVE


def test_a_ban_on_an_expired_license_suspends_it() -> None:
    history = reaching(Status.EXPIRED)
    history.then(Event.SUSPENDED, encumbrance=ban())

    assert history.status() is Status.SUSPENDED


@pytest.mark.parametrize(
    ("waiting", "fields"),
    [
        (Status.SUSPENDED, {"event": Event.REINSTATED, "lifts": BAN}),
        (Status.INACTIVE, {"event": Event.REACTIVATED}),
        (Status.EXPIRED, {"event": Event.RENEWED_LATE, "grant": grant_until(None)}),
        (Status.REVOKED, {"event": Event.RESTORED}),
        (Status.SURRENDERED, {"event": Event.RESTORED}),
    ],
)
def test_a_limit_laid_while_the_license_is_not_in_force_waits_and_then_counts(
    waiting: Status, fields: dict[str, Any]
) -> None:
    history = reaching(waiting)
    history.then(Event.RESTRICTED, encumbrance=limit())
    assert history.status() is waiting

    history.then(fields.pop("event"), **fields)

    assert history.status() is Status.RESTRICTED


def test_a_license_may_be_issued_with_a_limit_from_its_first_day() -> None:
    history = History()
    history.then(Event.APPLIED)
    history.then(Event.ISSUED, encumbrance=limit())

    assert history.status() is Status.RESTRICTED


@pytest.mark.parametrize(
    ("event", "fields"),
    [
        (Event.RESTRICTED, {}),
        (Event.RESTRICTED, {"encumbrance": ban()}),
        (Event.RESTRICTED, {"encumbrance": limit(effect=Effect.NONE)}),
        (Event.SUSPENDED, {}),
        (Event.SUSPENDED, {"encumbrance": limit()}),
        (Event.RESTRICTION_LIFTED, {"lifts": BAN}),
    ],
)
def test_a_measure_that_does_not_fit_its_event_is_refused(
    event: Event, fields: dict[str, Any]
) -> None:
    for start in (Status.ACTIVE, Status.SUSPENDED, Status.REVOKED, Status.RESTRICTED):
        history = reaching(start)
        history.then(event, **fields)
        with pytest.raises(IllegalTransition):
            history.state()


def test_a_change_of_restrictions_must_say_what_it_changes() -> None:
    history = reaching(Status.RESTRICTED)
    history.then(Event.RESTRICTION_CHANGED)

    with pytest.raises(IllegalTransition, match="must say what"):
        history.state()


def test_a_changed_restriction_takes_the_place_of_the_one_with_its_id() -> None:
    history = reaching(Status.RESTRICTED)
    history.then(Event.RESTRICTION_CHANGED, encumbrance=limit(term_codes=("no.night-shift",)))

    assert [one.term_codes for one in _state(history).encumbrances] == [("no.night-shift",)]


def test_of_two_limits_lifting_one_is_a_change_and_lifting_the_last_frees() -> None:
    second = UUID("01890000-0000-7000-8000-00000000cccc")
    history = reaching(Status.RESTRICTED)
    history.then(Event.RESTRICTION_CHANGED, encumbrance=limit(encumbrance_id=second))
    history.then(Event.RESTRICTION_CHANGED, lifts=LIMIT)
    assert history.status() is Status.RESTRICTED

    history.then(Event.RESTRICTION_LIFTED, lifts=second)

    assert history.status() is Status.ACTIVE


def test_a_restriction_is_not_lifted_while_another_limit_stands() -> None:
    second = UUID("01890000-0000-7000-8000-00000000cccc")
    history = reaching(Status.RESTRICTED)
    history.then(Event.RESTRICTION_CHANGED, encumbrance=limit(encumbrance_id=second))
    history.then(Event.RESTRICTION_LIFTED, lifts=LIMIT)

    with pytest.raises(IllegalTransition, match="it would be restricted"):
        history.state()


def test_a_reinstatement_must_name_the_ban_it_lifts() -> None:
    history = reaching(Status.SUSPENDED)
    history.then(Event.REINSTATED)

    with pytest.raises(IllegalTransition, match="it would be suspended"):
        history.state()


def test_an_expired_license_is_not_restored_without_a_new_validity() -> None:
    history = reaching(Status.REVOKED)
    history.then(Event.RESTORED, at=MIDNIGHT)

    with pytest.raises(IllegalTransition, match="it would be expired"):
        history.state()


def test_a_decision_for_a_later_day_waits_for_it() -> None:
    history = issued()
    bites = START + timedelta(days=60)
    history.then(Event.REVOKED, at=bites)

    assert history.status(bites - timedelta(microseconds=1)) is Status.ACTIVE
    assert history.status(bites) is Status.REVOKED


def test_at_one_instant_losses_come_before_gains_however_they_were_recorded() -> None:
    instant = START + timedelta(days=30)
    history = reaching(Status.RESTRICTED)
    history.then(Event.RESTRICTION_LIFTED, at=instant, lifts=LIMIT)
    changed = limit(term_codes=("no.night-shift",))
    history.then(Event.RESTRICTION_CHANGED, at=instant, encumbrance=changed)

    assert history.status(instant) is Status.ACTIVE


def test_an_application_and_its_issue_may_take_effect_at_one_instant() -> None:
    history = History()
    history.then(Event.APPLIED, at=START)
    history.then(Event.ISSUED, at=START)
    history.then(Event.SUSPENDED, at=START, encumbrance=ban())

    assert history.status(START) is Status.SUSPENDED


def test_a_decision_with_earlier_effect_counts_from_then() -> None:
    history = issued()
    history.then(Event.RENEWED, grant=grant_until(None))
    earlier = START + timedelta(days=1, hours=1)
    history.then(Event.RESTRICTED, at=earlier, encumbrance=limit())

    assert history.status(earlier) is Status.RESTRICTED
    assert history.status() is Status.RESTRICTED


def test_an_application_must_say_what_is_applied_for() -> None:
    history = History()
    history.then(Event.APPLIED, grant=None)

    with pytest.raises(IllegalTransition, match="what is applied for"):
        history.state()


def test_open_measures_are_those_that_bind_on_the_local_day() -> None:
    history = issued()
    history.then(Event.RESTRICTED, encumbrance=limit(until=date(2024, 8, 31)))
    state = _state(history)

    assert state.open_encumbrances(datetime(2024, 8, 31, 21, 59, tzinfo=UTC)) != ()
    assert state.open_encumbrances(datetime(2024, 8, 31, 22, 0, tzinfo=UTC)) == ()
