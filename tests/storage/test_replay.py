"""The state stored is the replay of the decisions stored, over random legal histories (R2)."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from licenses.errors import IllegalTransition
from licenses.model.decision import Decision
from licenses.model.encumbrance import Effect
from licenses.model.history import LicenseState, replay
from licenses.model.lifecycle import TABLE, Event
from licenses.model.register import LicenseKey
from licenses.model.values import ValidityPeriod
from tests.factories import DecisionFactory, EncumbranceFactory, GrantFactory
from tests.storage.builders import AUTHORITY, NOON, new_uuid, record
from tests.storage.conftest import Register

_LAYS = {Event.RESTRICTED: Effect.LIMITS, Event.SUSPENDED: Effect.PROHIBITS}
_RENEWS = {Event.RENEWED, Event.RENEWED_LATE, Event.CORRECTED}
_LIFTS = {Event.RESTRICTION_LIFTED, Event.REINSTATED}
_AMENDS = {Event.VOIDED, Event.STAYED}
_LONGER = ValidityPeriod(starts=date(2024, 7, 1), ends=date(2036, 12, 31))

_RARE = _AMENDS | {
    Event.ANNULLED,
    Event.CORRECTED,
    Event.DECEASED,
    Event.REFUSED,
    Event.REISSUED,
    Event.SUPERSEDED,
}

# Which of the possible events, how many days later, and which earlier decision or measure.
_number = st.integers(0, 2**16)
steps = st.lists(st.tuples(_number, st.integers(0, 40), _number), min_size=5, max_size=30)


def event_of(past: list[Decision], pick: int) -> Event:
    """Choose an event the table has for the license now; some only now and then.

    Without that most histories would end early, or be nothing but corrections.
    """
    if len(past) < 2:
        return (Event.APPLIED, Event.ISSUED)[len(past)]
    state = replay(past)
    if state is None:
        return Event.APPLIED
    status = state.status_at(past[-1].effective_from)
    events = [event for event in Event if status in TABLE[event]]
    usual = [event for event in events if event not in _RARE]
    choice = events if pick % 10 == 1 or not usual else usual
    return choice[pick // 10 % len(choice)]


def next_decision(key: LicenseKey, past: list[Decision], step: tuple[Event, int, int]) -> Decision:
    """Describe what `step` would be for this license; whether it is legal, replay says."""
    event, days, pick = step
    state = replay(past)
    laid = state.encumbrances if state is not None else ()
    measure = laid[pick % len(laid)] if laid else None
    grant = None if state is None else state.grant.model_copy(update={"period": _LONGER})
    at = (past[-1].effective_from if past else NOON) + timedelta(days=days)
    return DecisionFactory.build(
        decision_id=new_uuid(),
        authority_id=key.authority_id,
        license_id=key.license_id,
        event=event,
        effective_from=at,
        encumbrance=EncumbranceFactory.build(effect=_LAYS[event]) if event in _LAYS else None,
        lifts=measure.encumbrance_id if measure and event in _LIFTS else None,
        amends=past[pick % len(past)].decision_id if past and event in _AMENDS else None,
        grant=grant if past and event in _RENEWS else _applied(event),
    )


def _applied(event: Event) -> object:
    return GrantFactory.build() if event is Event.APPLIED else None


def keep(register: Register, key: LicenseKey, decision: Decision, past: list[Decision]) -> bool:
    """Record a decision with the state it leads to, as a use case does; False if illegal."""
    try:
        state = replay([*past, decision])
    except IllegalTransition:
        return False
    if state is None:
        return False
    with register() as uow:
        uow.decisions.append(decision)
        after = record(key=key, state=state, version=len(past) + 1)
        if past:
            uow.licenses.replace(after, expected_version=len(past))
        else:
            uow.licenses.add(after)
        uow.commit()
    return True


def stored(register: Register, key: LicenseKey) -> tuple[LicenseState, list[Decision]]:
    with register() as uow:
        return uow.licenses.get(key).state, list(uow.decisions.of(key))


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps)
def test_the_stored_state_is_the_replay_of_the_stored_decisions(
    register: Register, drawn: list[tuple[int, int, int]]
) -> None:
    key = LicenseKey(authority_id=AUTHORITY, license_id=new_uuid())
    past: list[Decision] = []
    for pick, days, which in [(1, 0, 0), (1, 1, 0), *drawn]:
        decision = next_decision(key, past, (event_of(past, pick), days, which))
        if keep(register, key, decision, past):
            past.append(decision)

    state, decisions = stored(register, key)
    assert decisions == past
    assert past
    assert state == replay(decisions)
    with register() as uow:
        assert uow.decisions.verify_chain(AUTHORITY) >= len(past)


def test_an_illegal_decision_changes_nothing(register: Register) -> None:
    key = LicenseKey(authority_id=AUTHORITY, license_id=new_uuid())
    applied = next_decision(key, [], (Event.APPLIED, 0, 0))
    assert keep(register, key, applied, [])
    before = stored(register, key)

    with pytest.raises(IllegalTransition):
        replay([applied, renewed := next_decision(key, [applied], (Event.RENEWED, 1, 0))])
    assert not keep(register, key, renewed, [applied])

    assert stored(register, key) == before
