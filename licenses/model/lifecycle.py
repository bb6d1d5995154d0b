"""The state table: 12 statuses, 23 events, and which status each pair may lead to.

The table says what is possible; dates and open encumbrances decide which of several possible
statuses it is (`label`). A pair that is not in the table is refused (R1).
Source: domain.md 2, rows 1 to 23, and rules R8, R11, R12.
"""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from licenses.errors import IllegalTransition
from licenses.model.encumbrance import Effect, Encumbrance
from licenses.model.values import ValidityPeriod


class Status(StrEnum):
    """Where a license stands in its life."""

    PENDING = "pending"
    REFUSED = "refused"
    ACTIVE = "active"
    RESTRICTED = "restricted"
    SUSPENDED = "suspended"
    INACTIVE = "inactive"
    EXPIRED = "expired"
    SURRENDERED = "surrendered"
    REVOKED = "revoked"
    ANNULLED = "annulled"
    SUPERSEDED = "superseded"
    ENDED = "ended"


class Event(StrEnum):
    """What may happen to a license; the order is that of the rows in domain.md 2."""

    APPLIED = "applied"
    REFUSED = "refused"
    ISSUED = "issued"
    RENEWED = "renewed"
    RENEWED_LATE = "renewed-late"
    EXPIRED = "expired"
    RESTRICTED = "restricted"
    RESTRICTION_CHANGED = "restriction-changed"
    RESTRICTION_LIFTED = "restriction-lifted"
    SUSPENDED = "suspended"
    REINSTATED = "reinstated"
    REVOKED = "revoked"
    SURRENDERED = "surrendered"
    INACTIVATED = "inactivated"
    REACTIVATED = "reactivated"
    RESTORED = "restored"
    REISSUED = "reissued"
    ANNULLED = "annulled"
    SUPERSEDED = "superseded"
    DECEASED = "deceased"
    CORRECTED = "corrected"
    VOIDED = "voided"
    STAYED = "stayed"


_S = Status
FINAL = frozenset({_S.REFUSED, _S.ANNULLED, _S.SUPERSEDED, _S.ENDED})
"""Statuses left only by voiding the decision that led there (rule 22)."""

IN_FORCE = frozenset({_S.ACTIVE, _S.RESTRICTED})
_LIVE = frozenset(Status) - FINAL
_HELD = frozenset({_S.ACTIVE, _S.RESTRICTED, _S.INACTIVE, _S.EXPIRED})
_EVERY = frozenset(Status)
# What rows 5, 11, 15 and 16 recompute from: there a limit waits, and counts when they do (R11).
_RECOMPUTED = frozenset({_S.EXPIRED, _S.SUSPENDED, _S.INACTIVE, _S.REVOKED, _S.SURRENDERED})


def _to(target: Status, *sources: Iterable[Status]) -> dict[Status, frozenset[Status]]:
    return {source: frozenset({target}) for group in sources for source in group}


def _one_of(targets: Iterable[Status], *sources: Status) -> dict[Status, frozenset[Status]]:
    return dict.fromkeys(sources, frozenset(targets))


def _unchanged(sources: Iterable[Status]) -> dict[Status, frozenset[Status]]:
    return {source: frozenset({source}) for source in sources}


# Row by row; the number is the row of domain.md 2. R11: a limit laid on a license that is not
# in force is stored and moves nothing. Rows 22 and 23 replay, so any status may come out.
TABLE: dict[Event, dict[Status, frozenset[Status]]] = {
    Event.APPLIED: {},  # 1: only from nothing, see FIRST
    Event.REFUSED: _to(_S.REFUSED, {_S.PENDING}),  # 2
    Event.ISSUED: _one_of(IN_FORCE, _S.PENDING),  # 3
    Event.RENEWED: _unchanged(IN_FORCE),  # 4
    Event.RENEWED_LATE: _one_of(IN_FORCE, _S.EXPIRED),  # 5
    Event.EXPIRED: _to(_S.EXPIRED, {_S.ACTIVE, _S.RESTRICTED, _S.INACTIVE}),  # 6
    Event.RESTRICTED: _to(_S.RESTRICTED, {_S.ACTIVE})  # 7
    | _unchanged(_RECOMPUTED),  # R11
    Event.RESTRICTION_CHANGED: _unchanged({_S.RESTRICTED}),  # 8
    Event.RESTRICTION_LIFTED: _to(_S.ACTIVE, {_S.RESTRICTED}),  # 9
    Event.SUSPENDED: _to(_S.SUSPENDED, _HELD),  # 10
    Event.REINSTATED: _one_of(_HELD, _S.SUSPENDED),  # 11
    Event.REVOKED: _to(_S.REVOKED, _HELD, {_S.SUSPENDED, _S.SURRENDERED}),  # 12
    Event.SURRENDERED: _to(_S.SURRENDERED, _HELD, {_S.SUSPENDED}),  # 13
    Event.INACTIVATED: _to(_S.INACTIVE, IN_FORCE),  # 14
    Event.REACTIVATED: _one_of(IN_FORCE, _S.INACTIVE),  # 15
    Event.RESTORED: _one_of(IN_FORCE, _S.REVOKED, _S.SURRENDERED),  # 16
    Event.REISSUED: _to(_S.SUPERSEDED, {_S.REVOKED, _S.SURRENDERED, _S.EXPIRED}),  # 17
    Event.ANNULLED: _to(_S.ANNULLED, _LIVE),  # 18
    Event.SUPERSEDED: _to(_S.SUPERSEDED, _HELD),  # 19
    Event.DECEASED: _to(_S.ENDED, _LIVE),  # 20
    Event.CORRECTED: _unchanged(_EVERY),  # 21
    Event.VOIDED: _one_of(_EVERY, *Status),  # 22
    Event.STAYED: _one_of(_EVERY, *Status),  # 23
}

LOSSES = frozenset(
    {
        Event.REFUSED, Event.EXPIRED, Event.RESTRICTED, Event.RESTRICTION_CHANGED,
        Event.SUSPENDED, Event.REVOKED, Event.SURRENDERED, Event.INACTIVATED,
        Event.REISSUED, Event.ANNULLED, Event.SUPERSEDED, Event.DECEASED,
    }
)  # fmt: skip
"""Events that lower standing; at one instant they apply before gains (R8)."""


def possible(status: Status | None, event: Event) -> frozenset[Status]:
    """Return the statuses `event` may lead to; raise IllegalTransition if there are none.

    `status=None` is a license that does not exist yet: it can only be applied for.
    """
    if status is None:
        targets = frozenset({Status.PENDING} if event is Event.APPLIED else ())
    else:
        targets = TABLE[event].get(status, frozenset())
    if not targets:
        raise IllegalTransition(_sentence(status, event))
    return targets


def checked(status: Status | None, event: Event, reached: Status) -> Status:
    """Return `reached` if the table allows it for the pair, else raise IllegalTransition."""
    if reached not in possible(status, event):
        raise IllegalTransition(f"{_sentence(status, event)}: it would be {reached}")
    return reached


def label(
    base: Status, period: ValidityPeriod, open_encumbrances: Iterable[Encumbrance], day: date
) -> Status:
    """Return the status on local `day` of a license whose decisions left it at `base`.

    Only `active` and `inactive` are overlaid, in the order of strength suspended > expired >
    inactive > restricted > active (domain.md 2, R12); every other base stands for itself.
    """
    if base not in (Status.ACTIVE, Status.INACTIVE):
        return base
    effects = {measure.effect for measure in open_encumbrances if measure.open_on(day)}
    if Effect.PROHIBITS in effects:
        return Status.SUSPENDED
    if period.is_over(day):
        return Status.EXPIRED
    if base is Status.INACTIVE:
        return Status.INACTIVE
    return Status.RESTRICTED if Effect.LIMITS in effects else Status.ACTIVE


def _sentence(status: Status | None, event: Event) -> str:
    holder = (
        "a license that does not exist yet" if status is None else f"a license that is {status}"
    )
    return f"the event {event} is not possible for {holder}"
