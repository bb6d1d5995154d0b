"""Replay: from the decisions of a license to what holds at an instant.

Everything the register stores about the state of a license is this fold, so stored state and
replay can be compared at any time (R2). No clock: the instant is an argument, and the days that
have passed by themselves (validity, end of a measure) are read off it, whether a job recorded
them or not (R7).
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from licenses.errors import IllegalTransition
from licenses.model.decision import Decision
from licenses.model.encumbrance import Encumbrance
from licenses.model.license import Grant
from licenses.model.lifecycle import LOSSES, Event, Status, checked, label, possible
from licenses.model.values import Instant, Value

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
_REPLAYS = frozenset({Event.VOIDED, Event.STAYED})


class LicenseState(Value):
    """What the decisions up to an instant amount to.

    `base` is what the decisions say, before dates and encumbrances are laid over it;
    `encumbrances` are those laid and not lifted, some of which may be over by date.
    `status_since` is when the base last changed; `version` counts the decisions folded.
    """

    base: Status
    grant: Grant
    encumbrances: tuple[Encumbrance, ...] = ()
    status_since: Instant
    version: int

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
    state: LicenseState | None = None
    for decision in _in_order_of_effect(_standing_decisions(decisions, at), at):
        state = _apply(state, decision)
    return state


def _standing_decisions(decisions: Sequence[Decision], at: datetime | None) -> list[Decision]:
    """Leave out what was voided for good and what a court has stayed at that instant."""
    struck: set[UUID] = set()
    for decision in reversed(decisions):
        if (
            decision.event in _REPLAYS
            and decision.decision_id not in struck
            and _bites(decision, at)
        ):
            struck.add(_amended(decision))
    return [decision for decision in decisions if decision.decision_id not in struck]


def _bites(decision: Decision, at: datetime | None) -> bool:
    if at is None:
        return decision.effective_until is None
    began = decision.effective_from <= at or decision.event is Event.VOIDED
    return began and (decision.effective_until is None or at < decision.effective_until)


def _amended(decision: Decision) -> UUID:
    if decision.amends is None:
        raise IllegalTransition(f"the event {decision.event} must name the decision it amends")
    return decision.amends


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


def _apply(state: LicenseState | None, decision: Decision) -> LicenseState:
    before = None if state is None else state.status_at(decision.effective_from)
    possible(before, decision.event)
    after = _moved(state, decision)
    if decision.event not in _REPLAYS:
        checked(before, decision.event, after.status_at(decision.effective_from))
    return after


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
    )


def _encumbrances_after(state: LicenseState, decision: Decision) -> tuple[Encumbrance, ...]:
    """Lay, change or lift a measure; reinstatement ends every ban that still stands (row 11)."""
    standing = {measure.encumbrance_id: measure for measure in state.encumbrances}
    if decision.lifts is not None and standing.pop(decision.lifts, None) is None:
        raise IllegalTransition("the measure to be lifted does not stand")
    if decision.encumbrance is not None:
        standing[decision.encumbrance.encumbrance_id] = decision.encumbrance
    return tuple(standing.values())
