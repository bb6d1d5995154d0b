"""What takes decisions away again: ends that reach back, voids and stays."""

from datetime import timedelta
from uuid import UUID

import pytest

from licenses.errors import IllegalTransition
from licenses.model.history import LicenseState, replay, require_sound
from licenses.model.lifecycle import Event, Status
from tests.histories import BAN, START, History, ban, grant_until, issued, reaching


def _state(history: History) -> LicenseState:
    state = history.state()
    assert state is not None
    return state


@pytest.mark.parametrize(
    ("event", "status"),
    [(Event.ANNULLED, Status.ANNULLED), (Event.DECEASED, Status.ENDED)],
)
def test_an_end_with_earlier_effect_makes_what_came_since_fall_away(
    event: Event, status: Status
) -> None:
    history = issued()
    issue = history.clock
    history.then(Event.RENEWED, grant=grant_until(None))
    history.then(Event.SUSPENDED, encumbrance=ban())
    history.then(event, at=issue)

    assert history.status(issue) is status
    assert history.status() is status
    assert _state(history).encumbrances == ()


def test_voiding_an_annulment_brings_back_what_had_fallen_away() -> None:
    history = issued()
    issue = history.clock
    history.then(Event.SUSPENDED, encumbrance=ban())
    annulment = history.then(Event.ANNULLED, at=issue)
    history.then(Event.VOIDED, amends=annulment.decision_id)

    assert history.status() is Status.SUSPENDED


def test_an_end_that_is_final_already_is_not_overtaken_by_an_earlier_one() -> None:
    history = issued()
    issue = history.clock
    history.then(Event.DECEASED)
    history.then(Event.ANNULLED, at=issue)

    with pytest.raises(IllegalTransition, match="annulled"):
        history.state()


def test_nothing_is_decided_about_a_license_that_has_ended() -> None:
    history = reaching(Status.ENDED)
    history.then(Event.RENEWED, grant=grant_until(None))

    with pytest.raises(IllegalTransition, match="ended"):
        history.state()


@pytest.mark.parametrize("status", list(Status))
def test_voiding_the_last_decision_gives_the_state_as_if_it_had_not_been_taken(
    status: Status,
) -> None:
    history = reaching(status)
    *earlier, last = history.decisions
    history.then(Event.VOIDED, amends=last.decision_id)

    for moment in (START, history.clock, history.clock + timedelta(days=900)):
        voided, untaken = history.state(moment), replay(earlier, moment)
        assert (voided is None) == (untaken is None)
        if voided is not None and untaken is not None:
            assert voided.status_at(moment) is untaken.status_at(moment)
            assert voided.encumbrances == untaken.encumbrances
            assert voided.grant == untaken.grant


def test_a_void_that_is_voided_gives_the_decision_back() -> None:
    history = reaching(Status.REVOKED)
    void = history.then(Event.VOIDED, amends=history.decisions[-1].decision_id)
    assert history.status() is Status.ACTIVE

    history.then(Event.VOIDED, amends=void.decision_id)

    assert history.status() is Status.REVOKED


def test_voiding_what_later_decisions_rest_on_is_refused() -> None:
    history = reaching(Status.SUSPENDED)
    suspension = history.decisions[-1]
    history.then(Event.REINSTATED, lifts=BAN)
    history.then(Event.VOIDED, amends=suspension.decision_id)

    with pytest.raises(IllegalTransition):
        history.state()


def test_a_void_looks_back_and_one_for_a_later_day_waits() -> None:
    history = reaching(Status.REVOKED)
    revocation = history.decisions[-1]
    moment = revocation.effective_from
    history.then(Event.VOIDED, amends=revocation.decision_id)
    assert history.status(moment) is Status.ACTIVE

    later = history.clock + timedelta(days=9)
    history.decisions[-1] = history.decisions[-1].model_copy(update={"effective_from": later})

    assert history.status(moment) is Status.REVOKED
    assert history.status(later - timedelta(seconds=1)) is Status.REVOKED
    assert history.status(later) is Status.ACTIVE


@pytest.mark.parametrize("event", [Event.VOIDED, Event.STAYED])
@pytest.mark.parametrize("amends", [None, UUID(int=7)])
def test_a_void_or_stay_must_name_an_earlier_decision(event: Event, amends: UUID | None) -> None:
    history = issued()
    history.then(event, amends=amends)

    with pytest.raises(IllegalTransition, match="earlier decision"):
        history.state()


@pytest.mark.parametrize("event", [Event.VOIDED, Event.STAYED])
def test_a_void_or_stay_cannot_be_about_itself(event: Event) -> None:
    history = issued()
    made = history.then(event, amends=UUID(int=7))
    history.decisions[-1] = made.model_copy(update={"amends": made.decision_id})

    with pytest.raises(IllegalTransition, match="earlier decision"):
        history.state()


def test_a_stay_holds_a_decision_off_from_its_first_instant_until_its_last() -> None:
    history = reaching(Status.REVOKED)
    begins = history.clock + timedelta(days=2)
    ends = begins + timedelta(days=30)
    history.then(
        Event.STAYED,
        at=begins,
        effective_until=ends,
        amends=history.decisions[-1].decision_id,
    )

    assert history.status(begins - timedelta(microseconds=1)) is Status.REVOKED
    assert history.status(begins) is Status.ACTIVE
    assert history.status(ends - timedelta(microseconds=1)) is Status.ACTIVE
    assert history.status(ends) is Status.REVOKED


def test_a_stay_without_end_holds_until_it_is_voided() -> None:
    history = reaching(Status.REVOKED)
    stay = history.then(Event.STAYED, amends=history.decisions[-1].decision_id)
    assert history.status(history.clock + timedelta(days=100)) is Status.ACTIVE

    history.then(Event.VOIDED, amends=stay.decision_id)

    assert history.status() is Status.REVOKED


def test_a_stay_that_would_break_a_later_decision_is_found_before_it_is_recorded() -> None:
    history = reaching(Status.SUSPENDED)
    suspension = history.decisions[-1]
    history.then(Event.REINSTATED, lifts=BAN)
    require_sound(history.decisions)
    begins = history.clock + timedelta(days=2)
    history.then(
        Event.STAYED,
        at=begins,
        effective_until=begins + timedelta(days=5),
        amends=suspension.decision_id,
    )

    assert replay(history.decisions) is not None
    with pytest.raises(IllegalTransition):
        require_sound(history.decisions)
