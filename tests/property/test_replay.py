"""Replay and standing over random lives of a license: whatever happens, these stay true."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import hypothesis.strategies as st
from hypothesis import assume, given, settings
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from licenses.errors import IllegalTransition
from licenses.model.decision import Decision
from licenses.model.encumbrance import Effect
from licenses.model.history import LicenseState, replay, require_sound
from licenses.model.license import Kind
from licenses.model.lifecycle import FINAL, IN_FORCE, Event, Status
from licenses.model.standing import Because, Level, standing
from tests.factories import DecisionFactory, EncumbranceFactory
from tests.histories import LAST_DAY, OSLO, START, grant_until

MEASURES = tuple(UUID(int=0xA000 + number) for number in range(4))
POSITIVE = {Level.FULL, Level.CONDITIONAL}
LATER = st.integers(0, 1500).map(lambda days: timedelta(days=days, hours=7))
WALK = settings(max_examples=60, deadline=None)

# One step: what is tried, how many hours after the step before, and what it brings.
steps = st.fixed_dictionaries(
    {
        "event": st.sampled_from([event for event in Event if event is not Event.APPLIED]),
        "hours": st.sampled_from((0, 1, 24, 24 * 30, 24 * 100)),
        "measure": st.sampled_from(MEASURES),
        "until": st.none() | st.dates(date(2024, 7, 1), date(2026, 6, 1)),
        "ends": st.none() | st.dates(date(2024, 12, 31), date(2027, 12, 31)),
        "amended": st.integers(0, 30),
    }
)
lives = st.lists(steps, max_size=25)


def _decision(step: dict[str, Any], so_far: list[Decision], at: datetime) -> Decision:
    event: Event = step["event"]
    brings: dict[str, Any] = {"event": event, "effective_from": at, "recorded_at": at}
    if event in {Event.RESTRICTED, Event.RESTRICTION_CHANGED, Event.SUSPENDED}:
        effect = Effect.PROHIBITS if event is Event.SUSPENDED else Effect.LIMITS
        brings["encumbrance"] = EncumbranceFactory.build(
            encumbrance_id=step["measure"], effect=effect, until=step["until"]
        )
    if event in {Event.RESTRICTION_LIFTED, Event.REINSTATED}:
        brings["lifts"] = step["measure"]
    if event in {Event.RENEWED, Event.RENEWED_LATE}:
        brings["grant"] = grant_until(step["ends"])
    if event in {Event.VOIDED, Event.STAYED, Event.CORRECTED}:
        brings["amends"] = so_far[step["amended"] % len(so_far)].decision_id
    made: Decision = DecisionFactory.build(**brings)
    return made


def _life(
    tried: list[dict[str, Any]], *, without: frozenset[Event] = frozenset()
) -> list[Decision]:
    """Return the legal part of what was tried: a step the table refuses is not recorded."""
    at = START
    applied: Decision = DecisionFactory.build(
        event=Event.APPLIED, effective_from=at, recorded_at=at, grant=grant_until(LAST_DAY)
    )
    decisions = [applied]
    decisions.append(DecisionFactory.build(event=Event.ISSUED, effective_from=at, recorded_at=at))
    for step in tried:
        at += timedelta(hours=step["hours"])
        if step["event"] in without:
            continue
        new = [*decisions, _decision(step, decisions, at)]
        try:
            require_sound(new)
        except IllegalTransition:
            continue
        decisions = new
    return decisions


RETROACTIVE = frozenset({Event.VOIDED, Event.STAYED})


@given(lives)
@WALK
def test_the_stored_state_is_the_replay_at_every_step(tried: list[dict[str, Any]]) -> None:
    decisions = _life(tried, without=RETROACTIVE)
    stored: list[LicenseState | None] = [
        replay(decisions[: place + 1]) for place in range(len(decisions))
    ]

    for place, decision in enumerate(decisions):
        at = decision.effective_from
        last_of_instant = max(
            other for other, one in enumerate(decisions) if one.effective_from == at
        )
        if place == last_of_instant:
            assert replay(decisions, at) == stored[place]


@given(lives, LATER)
@WALK
def test_no_license_past_its_last_day_is_good_for_anything(
    tried: list[dict[str, Any]], later: timedelta
) -> None:
    decisions = _life(tried)
    state = replay(decisions)
    assume(state is not None and state.grant.period.ends is not None)
    assert state is not None
    assert state.grant.period.ends is not None
    over = state.grant.period.ends + timedelta(days=1)
    midnight = datetime(over.year, over.month, over.day, tzinfo=OSLO)
    moment = max(midnight, decisions[-1].effective_from) + later

    assert standing(decisions, moment).level is Level.NONE


@given(lives, LATER, st.sampled_from(["PL", "SE", "DE-BY", "US-CA"]))
@WALK
def test_a_norwegian_license_establishes_nothing_abroad(
    tried: list[dict[str, Any]], later: timedelta, abroad: str
) -> None:
    decisions = _life(tried)
    at_home = standing(decisions, START + later, territory="NO")
    there = standing(decisions, START + later, territory=abroad)

    assert there.level not in POSITIVE
    if at_home.level in POSITIVE:
        assert there.because is Because.OUTSIDE_TERRITORY
    else:
        assert there.because is at_home.because


@given(lives, steps, st.integers(1, 400), LATER)
@WALK
def test_a_decision_for_later_changes_nothing_before_its_instant(
    tried: list[dict[str, Any]], step: dict[str, Any], ahead: int, later: timedelta
) -> None:
    decisions = _life(tried)
    bites = decisions[-1].effective_from + timedelta(days=ahead)
    future = _decision(step, decisions, bites).model_copy(
        update={"recorded_at": decisions[-1].effective_from}
    )

    for moment in (START, START + later, bites - timedelta(microseconds=1)):
        if moment < bites:
            assert replay([*decisions, future], moment) == replay(decisions, moment)


@given(lives, LATER)
@WALK
def test_voiding_the_last_decision_is_as_if_it_had_not_been_taken(
    tried: list[dict[str, Any]], later: timedelta
) -> None:
    *before, last = _life(tried)
    void = DecisionFactory.build(
        event=Event.VOIDED,
        effective_from=last.effective_from,
        recorded_at=last.effective_from,
        amends=last.decision_id,
    )

    for moment in (START, last.effective_from, last.effective_from + later):
        assert standing([*before, last, void], moment) == standing(before, moment)


@given(lives, LATER)
@WALK
def test_recording_an_expiry_changes_no_answer(
    tried: list[dict[str, Any]], later: timedelta
) -> None:
    decisions = _life(tried)
    state = replay(decisions)
    assume(state is not None and state.grant.period.ends is not None)
    assert state is not None
    assert state.grant.period.ends is not None
    over = state.grant.period.ends + timedelta(days=1)
    midnight = datetime(over.year, over.month, over.day, tzinfo=OSLO)
    at = max(midnight, decisions[-1].effective_from)
    expiry = DecisionFactory.build(event=Event.EXPIRED, effective_from=at, recorded_at=at)
    try:
        require_sound([*decisions, expiry])
    except IllegalTransition:
        return

    for moment in (START + later, midnight, at, at + later):
        assert standing([*decisions, expiry], moment) == standing(decisions, moment)


@given(lives, LATER)
@WALK
def test_standing_and_status_never_contradict_each_other(
    tried: list[dict[str, Any]], later: timedelta
) -> None:
    decisions = _life(tried)
    moment = START + later
    state = replay(decisions, moment)
    answer = standing(decisions, moment)

    if state is None:
        assert answer.level is Level.UNKNOWN
    elif state.status_at(moment) not in IN_FORCE:
        assert answer.level is Level.NONE
    elif state.status_at(moment) is Status.RESTRICTED:
        assert answer.level is not Level.FULL


class RegisterOfOne(RuleBasedStateMachine):
    """One license kept as a register keeps it: state beside decisions, moved step by step."""

    @initialize(kind=st.sampled_from([Kind.FULL, Kind.PROVISIONAL]))
    def apply(self, kind: Kind) -> None:
        """Begin with an application."""
        self.at = START
        grant = grant_until(LAST_DAY, kind=kind)
        self.decisions: list[Decision] = [
            DecisionFactory.build(effective_from=START, recorded_at=START, grant=grant)
        ]
        self.state = replay(self.decisions)

    @rule(step=steps)
    def decide(self, step: dict[str, Any]) -> None:
        """Try one event; a refusal leaves everything as it was."""
        self.at += timedelta(hours=step["hours"])
        new = [*self.decisions, _decision(step, self.decisions, self.at)]
        final = self.state is not None and self.state.base in FINAL
        try:
            require_sound(new)
        except IllegalTransition:
            return
        assert not final or step["event"] in RETROACTIVE | {Event.CORRECTED}
        self.decisions, self.state = new, replay(new, self.at)

    @precondition(lambda self: self.state is not None)
    @rule(days=st.integers(1, 200))
    def wait(self, days: int) -> None:
        """Let time pass; nobody records anything."""
        self.at += timedelta(days=days)

    @invariant()
    def the_state_is_the_replay(self) -> None:
        """Compare what is kept with what the decisions say now (R2)."""
        if hasattr(self, "decisions"):
            assert replay(self.decisions, self.at) == self.state

    @invariant()
    def what_has_ended_gives_no_right(self) -> None:
        """Look at the calendar of the license, whatever was recorded."""
        if hasattr(self, "decisions") and self.state is not None:
            grant = self.state.grant
            if grant.period.is_over(grant.local_day(self.at)):
                assert standing(self.decisions, self.at).level is Level.NONE


TestRegisterOfOne = RegisterOfOne.TestCase
TestRegisterOfOne.settings = settings(max_examples=20, stateful_step_count=25, deadline=None)
