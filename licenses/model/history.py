"""Replay: from the decisions of a license to what holds at an instant.

Everything the register stores about the state of a license is this fold, so stored state and
replay can be compared at any time (R2). No clock: the instant is an argument, and the days that
have passed by themselves (validity, end of a measure) are read off it, whether a job recorded
them or not (R7).
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from uuid import UUID

from licenses.errors import IllegalTransition
from licenses.model.decision import Decision
from licenses.model.encumbrance import Effect, Encumbrance
from licenses.model.license import Grant
from licenses.model.lifecycle import FINAL, LOSSES, TABLE, Event, Status, checked, label, possible
from licenses.model.values import Instant, ValidityPeriod, Value

# What each event leaves as the base of `label`; events not named leave the base as it was.
_BASE: dict[Event, Status] = {
    Event.APPLIED: Status.PENDING,
    Event.REFUSED: Status.REFUSED,
    Event.ISSUED: Status.ACTIVE,
    Event.RENEWED_LATE: Status.ACTIVE,
    Event.REVOKED: Status.REVOKED,
    Event.SURRENDERED: Status.SURRENDERED,
    Event.INACTIVATED: Status.INACTIVE,
    Event.REACTIVATED: Status.ACTIVE,
    Event.RESTORED: Status.ACTIVE,
    Event.REISSUED: Status.SUPERSEDED,
    Event.ANNULLED: Status.ANNULLED,
    Event.SUPERSEDED: Status.SUPERSEDED,
    Event.DECEASED: Status.ENDED,
}
_HELD_OFF = frozenset({Status.SUSPENDED, Status.SURRENDERED})
# Losses that end the license or forbid to use it; what lay ahead when they came may fall away.
_OVERTAKING = frozenset({Event.SUSPENDED, Event.REVOKED, Event.SURRENDERED}) | frozenset(
    event for event, base in _BASE.items() if base in FINAL
)
_REPLAYS = frozenset({Event.VOIDED, Event.STAYED})
# The effect of the measure that an event lays; a decision without one would say nothing.
_LAYS: dict[Event, Effect] = {Event.RESTRICTED: Effect.LIMITS, Event.SUSPENDED: Effect.PROHIBITS}


class LicenseState(Value):
    """What the decisions up to an instant amount to.

    `base` is what the decisions say, before dates and encumbrances are laid over it;
    `encumbrances` are those laid and not lifted, some of which may be over by date.
    `status_since` is when the base last changed; `version` counts the decisions folded.
    `expiry_seen` is the last valid day whose passing a decision already found or recorded; it
    serves to refuse recording it twice and changes no answer.
    """

    base: Status
    grant: Grant
    encumbrances: tuple[Encumbrance, ...] = ()
    status_since: Instant
    version: int
    expiry_seen: date | None = None

    def status_at(self, moment: datetime) -> Status:
        """Return the status at `moment`, dates and open measures included."""
        day = self.grant.local_day(moment)
        return label(self.base, self.grant.period, self.encumbrances, day)

    def open_encumbrances(self, moment: datetime) -> tuple[Encumbrance, ...]:
        """Return the measures that bind at `moment`."""
        day = self.grant.local_day(moment)
        return tuple(measure for measure in self.encumbrances if measure.open_on(day))


def replay(decisions: Sequence[Decision], at: datetime | None = None) -> LicenseState | None:
    """Fold the decisions effective at `at` (None: all of them) into a state.

    Args:
        decisions: of one license, in the order they were recorded.
        at: aware instant; a decision effective later is left out.

    Returns:
        The state, or None where nothing was effective yet.

    Raises:
        IllegalTransition: the decisions, in the order of their effect, break the state table.
    """
    recorded = {decision.decision_id: place for place, decision in enumerate(decisions)}
    state: LicenseState | None = None
    losses: list[Decision] = []
    for decision in _in_order_of_effect(_standing_decisions(decisions, at), at):
        place = recorded[decision.decision_id]
        since = [one for one in losses if recorded[one.decision_id] > place]
        if state is not None and _falls_away(state, decision, since):
            continue
        state = _apply(state, _laid_meanwhile(state, decision, since))
        if decision.event in _OVERTAKING:
            losses.append(decision)
    return state


def require_sound(decisions: Sequence[Decision]) -> None:
    """Raise IllegalTransition if the decisions break the state table at any instant.

    A stay, or a void that is to come, takes a decision away for a time only, so a replay of
    everything does not meet it; a register asks this before it records a decision.
    """
    instants = {one.effective_from for one in decisions}
    instants |= {one.effective_until for one in decisions if one.effective_until is not None}
    for moment in sorted(instants):
        replay(decisions, moment)
    replay(decisions)


def _falls_away(state: LicenseState, decision: Decision, since: Sequence[Decision]) -> bool:
    """Say whether losses recorded after a decision, and in effect before it, leave it nothing."""
    return _is_moot(state, decision, since) or _is_overtaken(state, decision, since)


def _is_moot(state: LicenseState, decision: Decision, since: Sequence[Decision]) -> bool:
    """Say whether a decision, taken in good faith, fell away with a back-dated end of the license.

    An annulment takes effect from the issue and a death from its day (rows 18, 20, R4), while
    renewals and the like were recorded since. An end that is final already is no such decision.
    """
    impossible = state.base not in TABLE[decision.event]
    ended = any(_BASE.get(one.event) in FINAL for one in since)
    return ended and state.base in FINAL and impossible and _BASE.get(decision.event) not in FINAL


def _is_overtaken(state: LicenseState, decision: Decision, since: Sequence[Decision]) -> bool:
    """Say whether a decision that still lay ahead fell away with a loss recorded after it.

    A renewal for next month must not stand in the way of a suspension today (R3). Gains fall
    away; a loss does only with a revocation, which is stronger than any of them.
    """
    status = state.status_at(decision.effective_from)
    if status in TABLE[decision.event] or not _lay_ahead(decision, since):
        return False
    return status is Status.REVOKED or (status in _HELD_OFF and _is_gain(decision))


def _laid_meanwhile(
    state: LicenseState | None, decision: Decision, since: Sequence[Decision]
) -> Decision:
    """Return a limit that was to change others as one that waits under a loss since (R11)."""
    if state is None or decision.event is not Event.RESTRICTION_CHANGED:
        return decision
    if state.status_at(decision.effective_from) in _HELD_OFF and _lay_ahead(decision, since):
        return decision.model_copy(update={"event": Event.RESTRICTED})
    return decision


def _lay_ahead(decision: Decision, since: Sequence[Decision]) -> bool:
    return any(one.recorded_at < decision.effective_from for one in since)


def _is_gain(decision: Decision) -> bool:
    lifted = decision.event is Event.RESTRICTION_CHANGED and decision.encumbrance is None
    return lifted or decision.event not in LOSSES


def _standing_decisions(decisions: Sequence[Decision], at: datetime | None) -> list[Decision]:
    """Leave out what was voided for good and what a court has stayed at that instant."""
    recorded = {decision.decision_id: place for place, decision in enumerate(decisions)}
    struck: set[UUID] = set()
    for place, decision in reversed(list(enumerate(decisions))):
        if decision.event not in _REPLAYS:
            continue
        if decision.amends is None or recorded.get(decision.amends, place) >= place:
            raise IllegalTransition(f"the event {decision.event} must name an earlier decision")
        if decision.decision_id not in struck and _bites(decision, at):
            struck.add(decision.amends)
    return [decision for decision in decisions if decision.decision_id not in struck]


def _bites(decision: Decision, at: datetime | None) -> bool:
    """Say whether a void or stay takes its decision away at an instant.

    A void looks back: once in effect, the decision counts as never taken, at any instant asked
    about. Recorded for a later day, it waits for that day like everything else (R3).
    """
    begun = at is None or decision.effective_from <= at
    if decision.event is Event.VOIDED:
        return begun or decision.effective_from <= decision.recorded_at
    if at is None:
        return decision.effective_until is None
    return begun and (decision.effective_until is None or at < decision.effective_until)


def _in_order_of_effect(decisions: Iterable[Decision], at: datetime | None) -> list[Decision]:
    """Sort by effect; at one instant the beginning first, then losses, then gains (R8)."""
    begun = [one for one in decisions if at is None or one.effective_from <= at]
    return sorted(begun, key=lambda one: (one.effective_from, _rank(one.event)))


def _rank(event: Event) -> int:
    if event is Event.APPLIED:
        return 0
    if event is Event.ISSUED:
        return 1
    return 2 if event in LOSSES else 3


def _apply(state: LicenseState | None, decision: Decision) -> LicenseState | None:
    if state is None and decision.event in _REPLAYS:
        return None  # The application itself was voided, so there is no license.
    before = None if state is None else _status_before(state, decision)
    possible(before, decision.event)
    _require_measure(decision)
    after = _moved(state, decision)
    reached = after.status_at(decision.effective_from)
    if decision.event not in _REPLAYS:
        checked(before, decision.event, reached)
    if reached is Status.EXPIRED:
        return after.model_copy(update={"expiry_seen": after.grant.period.ends})
    return after


def _status_before(state: LicenseState, decision: Decision) -> Status:
    """Return the status a decision meets.

    An expiry is recorded when its day has come, and by the dates the license has expired by
    then; so the record meets the status time has taken away, unless that was seen before.
    """
    if decision.event is not Event.EXPIRED or state.expiry_seen == state.grant.period.ends:
        return state.status_at(decision.effective_from)
    day = state.grant.local_day(decision.effective_from)
    without_end = ValidityPeriod(starts=state.grant.period.starts)
    return label(state.base, without_end, state.encumbrances, day)


def _require_measure(decision: Decision) -> None:
    """Refuse a restriction, suspension or change that does not say what it lays or lifts."""
    measure, expected = decision.encumbrance, _LAYS.get(decision.event)
    if expected is not None and (measure is None or measure.effect is not expected):
        raise IllegalTransition(f"the event {decision.event} must lay a measure that {expected}")
    if decision.event is Event.RESTRICTION_CHANGED and measure is None and decision.lifts is None:
        raise IllegalTransition("a change of restrictions must say what it changes")


def _moved(state: LicenseState | None, decision: Decision) -> LicenseState:
    if state is None:
        if decision.grant is None:
            raise IllegalTransition("an application must say what is applied for")
        return LicenseState(
            base=Status.PENDING,
            grant=decision.grant,
            status_since=decision.effective_from,
            version=1,
        )
    base = _BASE.get(decision.event, state.base)
    return LicenseState(
        base=base,
        grant=decision.grant or state.grant,
        encumbrances=_encumbrances_after(state, decision),
        status_since=state.status_since if base is state.base else decision.effective_from,
        version=state.version + 1,
        expiry_seen=state.expiry_seen,
    )


def _encumbrances_after(state: LicenseState, decision: Decision) -> tuple[Encumbrance, ...]:
    """Lay, change or lift a measure; nothing is lifted that a decision does not name."""
    standing = {measure.encumbrance_id: measure for measure in state.encumbrances}
    if decision.lifts is not None and standing.pop(decision.lifts, None) is None:
        raise IllegalTransition("the measure to be lifted does not stand")
    if decision.encumbrance is not None:
        standing[decision.encumbrance.encumbrance_id] = decision.encumbrance
    return tuple(standing.values())
