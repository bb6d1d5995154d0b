"""Histories of one license for tests: decisions told one after the other, with what they need."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from licenses.model.decision import Decision
from licenses.model.encumbrance import Effect, Encumbrance
from licenses.model.history import LicenseState, replay
from licenses.model.license import Grant
from licenses.model.lifecycle import Event, Status
from licenses.model.values import ValidityPeriod
from tests.factories import DecisionFactory, EncumbranceFactory, GrantFactory

OSLO = ZoneInfo("Europe/Oslo")
START = datetime(2024, 7, 1, 8, 0, tzinfo=UTC)
LAST_DAY = date(2024, 12, 31)
LIMIT = UUID("01890000-0000-7000-8000-00000000aaaa")
BAN = UUID("01890000-0000-7000-8000-00000000bbbb")


def limit(**fields: Any) -> Encumbrance:
    """Return a measure that limits, under the id `LIMIT`."""
    return EncumbranceFactory.build(**{"encumbrance_id": LIMIT, "effect": Effect.LIMITS} | fields)


def ban(**fields: Any) -> Encumbrance:
    """Return a measure that prohibits, under the id `BAN`."""
    return EncumbranceFactory.build(
        **{"encumbrance_id": BAN, "effect": Effect.PROHIBITS, "term_codes": ()} | fields
    )


def grant_until(ends: date | None, **fields: Any) -> Grant:
    """Return a grant valid from the first of July 2024 to `ends`."""
    period = ValidityPeriod(starts=date(2024, 7, 1), ends=ends)
    return GrantFactory.build(period=period, **fields)


class History:
    """The decisions of one license, in the order they are told here; each a day after the last."""

    def __init__(self, grant: Grant | None = None) -> None:
        self.grant = grant or grant_until(LAST_DAY)
        self.decisions: list[Decision] = []
        self.clock = START

    def then(self, event: Event, at: datetime | None = None, **fields: Any) -> Decision:
        """Record a decision, effective at `at` (None: a day after the one before)."""
        if self.decisions and at is None:
            self.clock += timedelta(days=1)
        self.clock = max(self.clock, at or self.clock)
        stated = {
            "grant": self.grant if event is Event.APPLIED else None,
            "effective_from": at or self.clock,
            "recorded_at": self.clock,
        }
        made: Decision = DecisionFactory.build(**stated | {"event": event} | fields)
        self.decisions.append(made)
        return made

    def state(self, at: datetime | None = None) -> LicenseState | None:
        """Replay the decisions at `at`."""
        return replay(self.decisions, at)

    def status(self, at: datetime | None = None) -> Status | None:
        """Return the status at `at`; None is the instant of the last decision told."""
        moment = at or self.clock
        state = replay(self.decisions, moment)
        return None if state is None else state.status_at(moment)


def issued(grant: Grant | None = None) -> History:
    """Return the history of a license applied for and issued."""
    history = History(grant)
    history.then(Event.APPLIED)
    history.then(Event.ISSUED)
    return history


def reaching(status: Status) -> History:
    """Return a history that leaves a license at `status`, valid until the end of 2024."""
    history = History()
    history.then(Event.APPLIED)
    if status is Status.PENDING:
        return history
    if status is Status.REFUSED:
        history.then(Event.REFUSED)
        return history
    history.then(Event.ISSUED)
    _lead_to(history, status)
    return history


def _lead_to(history: History, status: Status) -> None:
    midnight = datetime(2025, 1, 1, tzinfo=OSLO)
    match status:
        case Status.RESTRICTED:
            history.then(Event.RESTRICTED, encumbrance=limit())
        case Status.SUSPENDED:
            history.then(Event.SUSPENDED, encumbrance=ban())
        case Status.EXPIRED:
            history.then(Event.EXPIRED, at=midnight)
        case Status.INACTIVE:
            history.then(Event.INACTIVATED)
        case Status.SURRENDERED:
            history.then(Event.SURRENDERED)
        case Status.REVOKED:
            history.then(Event.REVOKED)
        case Status.ANNULLED:
            history.then(Event.ANNULLED)
        case Status.SUPERSEDED:
            history.then(Event.SUPERSEDED)
        case Status.ENDED:
            history.then(Event.DECEASED)
        case _:
            assert status is Status.ACTIVE
