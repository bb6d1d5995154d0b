"""Standing: may this license be relied on, at an instant, in a territory, for an activity?

Computed whenever it is asked, never stored (domain.md 0.2). Four answers, and no fifth:
`full`, `conditional` (always with its terms), `none` (everything else that is known) and
`unknown` (no data). Source: design.md 3.
"""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from licenses.model.decision import Decision
from licenses.model.encumbrance import Effect
from licenses.model.history import LicenseState, replay
from licenses.model.license import Kind
from licenses.model.lifecycle import IN_FORCE, Status
from licenses.model.values import Code, Instant, Value


class Level(StrEnum):
    """How far a license stands."""

    FULL = "full"
    CONDITIONAL = "conditional"
    NONE = "none"
    UNKNOWN = "unknown"

    @property
    def gives_a_right(self) -> bool:
        """Whether anything may be done under the license; unknown is never good."""
        return self in (Level.FULL, Level.CONDITIONAL)


class Because(StrEnum):
    """The public ground of a standing; the status itself where that is the ground."""

    IN_FORCE = "in-force"
    KIND = "kind"
    LIMITS = "limits"
    NOT_YET_VALID = "not-yet-valid"
    OUTSIDE_TERRITORY = "outside-territory"
    OUTSIDE_SCOPE = "outside-scope"
    NON_PRACTISING = "non-practising"
    NO_RECORD = "no-record"
    PENDING = "pending"
    REFUSED = "refused"
    SUSPENDED = "suspended"
    INACTIVE = "inactive"
    EXPIRED = "expired"
    SURRENDERED = "surrendered"
    REVOKED = "revoked"
    ANNULLED = "annulled"
    SUPERSEDED = "superseded"
    ENDED = "ended"


class Standing(Value):
    """The answer at `as_of`, with the codes of the terms that limit it."""

    level: Level
    because: Because
    term_codes: tuple[Code, ...] = ()
    as_of: Instant


CONDITIONAL_KINDS = frozenset(
    {Kind.PROVISIONAL, Kind.LIMITED, Kind.TEMPORARY_SERVICE, Kind.TRAINING, Kind.STUDENT}
)
"""Kinds that never stand in full; their term code is `kind.<kind>`."""


def standing(
    decisions: Sequence[Decision],
    at: datetime,
    *,
    territory: str | None = None,
    activity: str | None = None,
) -> Standing:
    """Return the standing of a license at an instant.

    Args:
        decisions: all decisions of the license, in the order they were recorded.
        at: aware instant; days are counted in the license's own time zone.
        territory: ISO 3166 area asked about; None asks for any the license has.
        activity: activity code; None asks for the profession as a whole.
    """
    state = replay(decisions, at)
    if state is None:
        return Standing(level=Level.UNKNOWN, because=Because.NO_RECORD, as_of=at)
    ground = _ground_for_none(state, at, territory, activity)
    if ground is not None:
        return Standing(level=Level.NONE, because=ground, as_of=at)
    return _positive(state, at)


def _ground_for_none(
    state: LicenseState, at: datetime, territory: str | None, activity: str | None
) -> Because | None:
    """Return why nothing may be done under the license, or None where something may."""
    status, day = state.status_at(at), state.grant.local_day(at)
    if status not in IN_FORCE:
        return Because(status.value)
    if day < state.grant.period.starts:
        return Because.NOT_YET_VALID
    if state.grant.kind is Kind.NON_PRACTISING:
        return Because.NON_PRACTISING
    covered = (
        bool(state.grant.areas_open(day))
        if territory is None
        else state.grant.gives_right_in(territory, day)
    )
    if not covered:
        return Because.OUTSIDE_TERRITORY
    if activity is not None and not state.grant.covers_activity(activity):
        return Because.OUTSIDE_SCOPE
    return None


def _positive(state: LicenseState, at: datetime) -> Standing:
    limits = [one for one in state.open_encumbrances(at) if one.effect is Effect.LIMITS]
    terms = [code for measure in limits for code in measure.term_codes]
    if state.grant.kind in CONDITIONAL_KINDS:
        terms.insert(0, f"kind.{state.grant.kind}")
    because = Because.LIMITS if state.status_at(at) is Status.RESTRICTED else Because.IN_FORCE
    if because is Because.IN_FORCE and terms:
        because = Because.KIND
    level = Level.FULL if because is Because.IN_FORCE else Level.CONDITIONAL
    return Standing(level=level, because=because, term_codes=tuple(dict.fromkeys(terms)), as_of=at)
