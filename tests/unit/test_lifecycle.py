"""The state table against a matrix read from the rows and rules of the domain, pair by pair."""

from datetime import date, datetime
from typing import Any

import pytest

from licenses.errors import IllegalTransition
from licenses.model.encumbrance import Effect, Encumbrance
from licenses.model.lifecycle import FINAL, Event, Status, checked, label, possible
from licenses.model.values import ValidityPeriod
from tests.histories import (
    LIMIT,
    OSLO,
    START,
    History,
    ban,
    grant_until,
    limit,
    reaching,
)

LETTERS = {
    "P": Status.PENDING,
    "F": Status.REFUSED,
    "A": Status.ACTIVE,
    "R": Status.RESTRICTED,
    "S": Status.SUSPENDED,
    "I": Status.INACTIVE,
    "X": Status.EXPIRED,
    "U": Status.SURRENDERED,
    "V": Status.REVOKED,
    "N": Status.ANNULLED,
    "D": Status.SUPERSEDED,
    "E": Status.ENDED,
}
ALL = "PFARSIXUVNDE"

# Read from the table of the domain, rows 1 to 23, and from R11 for the row of `restricted`: a
# limit on a license that is not in force is stored where a later row recomputes (5, 11, 15, 16).
# A point is a pair that must be refused (R1); letters are all that the pair may lead to.
MATRIX = """
                    -  P  F  A  R  S    I  X  U  V  N  D  E
applied             P  .  .  .  .  .    .  .  .  .  .  .  .
refused             .  F  .  .  .  .    .  .  .  .  .  .  .
issued              .  AR .  .  .  .    .  .  .  .  .  .  .
renewed             .  .  .  A  R  .    .  .  .  .  .  .  .
renewed-late        .  .  .  .  .  .    .  AR .  .  .  .  .
expired             .  .  .  X  X  .    X  .  .  .  .  .  .
restricted          .  .  .  R  .  S    I  X  U  V  .  .  .
restriction-changed .  .  .  .  R  .    .  .  .  .  .  .  .
restriction-lifted  .  .  .  .  A  .    .  .  .  .  .  .  .
suspended           .  .  .  S  S  .    S  S  .  .  .  .  .
reinstated          .  .  .  .  .  ARXI .  .  .  .  .  .  .
revoked             .  .  .  V  V  V    V  V  V  .  .  .  .
surrendered         .  .  .  U  U  U    U  U  .  .  .  .  .
inactivated         .  .  .  I  I  .    .  .  .  .  .  .  .
reactivated         .  .  .  .  .  .    AR .  .  .  .  .  .
restored            .  .  .  .  .  .    .  .  AR AR .  .  .
reissued            .  .  .  .  .  .    .  D  D  D  .  .  .
annulled            .  N  .  N  N  N    N  N  N  N  .  .  .
superseded          .  .  .  D  D  .    D  D  .  .  .  .  .
deceased            .  E  .  E  E  E    E  E  E  E  .  .  .
corrected           .  P  F  A  R  S    I  X  U  V  N  D  E
voided              .  *  *  *  *  *    *  *  *  *  *  *  *
stayed              .  *  *  *  *  *    *  *  *  *  *  *  *
"""

_HEAD, *_ROWS = [line.split() for line in MATRIX.strip().splitlines()]
PAIRS = [
    pytest.param(
        LETTERS.get(column),
        row[0],
        ALL if cell == "*" else cell.strip("."),
        id=f"{column}-{row[0]}",
    )
    for row in _ROWS
    for column, cell in zip(_HEAD, row[1:], strict=True)
]
EXISTING = [pair for pair in PAIRS if pair.values[0] is not None]


def test_the_matrix_names_every_status_and_every_event_once() -> None:
    assert {LETTERS.get(column) for column in _HEAD} == {None, *Status}
    assert [row[0] for row in _ROWS] == [event.value for event in Event]
    assert len(PAIRS) == 13 * 23


@pytest.mark.parametrize(("status", "event", "reached"), PAIRS)
def test_a_pair_leads_where_the_domain_says_and_nowhere_else(
    status: Status | None, event: str, reached: str
) -> None:
    expected = frozenset(LETTERS[letter] for letter in reached)

    if not expected:
        with pytest.raises(IllegalTransition, match=f"the event {event} is not possible"):
            possible(status, Event(event))
    else:
        assert possible(status, Event(event)) == expected


@pytest.mark.parametrize(("status", "event", "reached"), PAIRS)
def test_only_a_status_the_pair_may_lead_to_is_accepted(
    status: Status | None, event: str, reached: str
) -> None:
    for letter in ALL:
        target = LETTERS[letter]
        if letter in reached:
            assert checked(status, Event(event), target) is target
        else:
            with pytest.raises(IllegalTransition):
                checked(status, Event(event), target)


def _natural_fields(event: Event, history: History) -> dict[str, Any]:
    """What a register would bring with the event, so that only the pair is at stake."""
    laid = [one.encumbrance.encumbrance_id for one in history.decisions if one.encumbrance]
    named = {"amends": history.decisions[-1].decision_id}
    renewed = {"grant": grant_until(date(2031, 12, 31))}
    natural: dict[Event, dict[str, Any]] = {
        Event.APPLIED: renewed,
        Event.RENEWED: renewed,
        Event.RENEWED_LATE: renewed,
        Event.EXPIRED: {"at": max(history.clock, datetime(2025, 1, 1, tzinfo=OSLO))},
        Event.RESTRICTED: {"encumbrance": limit()},
        Event.RESTRICTION_CHANGED: {"encumbrance": limit()},
        Event.RESTRICTION_LIFTED: {"lifts": LIMIT},
        Event.SUSPENDED: {"encumbrance": ban()},
        Event.REINSTATED: {"lifts": laid[0] if laid else None},
        Event.CORRECTED: named,
        Event.VOIDED: named,
        Event.STAYED: named,
    }
    return natural.get(event, {})


@pytest.mark.parametrize(("status", "event", "reached"), EXISTING)
def test_a_real_history_goes_where_the_matrix_says_and_nowhere_else(
    status: Status | None, event: str, reached: str
) -> None:
    assert status is not None
    history = reaching(status)
    assert history.status() is status

    history.then(Event(event), **_natural_fields(Event(event), history))

    if reached:
        after = history.status()
        assert after is None or after in {LETTERS[letter] for letter in reached}
        assert (after is None) == (status is Status.PENDING and event in {"voided", "stayed"})
    else:
        with pytest.raises(IllegalTransition):
            history.status()


@pytest.mark.parametrize("event", [event for event in Event if event is not Event.APPLIED])
def test_nothing_but_an_application_can_come_first(event: Event) -> None:
    history = History()
    history.then(event, grant=history.grant, encumbrance=limit())

    with pytest.raises(IllegalTransition):
        history.status()


def test_the_final_statuses_are_left_by_voiding_alone() -> None:
    assert {Status.REFUSED, Status.ANNULLED, Status.SUPERSEDED, Status.ENDED} == FINAL
    for status in FINAL:
        leaving = {
            event
            for event in Event
            if any(
                pair.values[0] is status and pair.values[1] == event and pair.values[2]
                for pair in PAIRS
            )
        }
        assert leaving == {Event.CORRECTED, Event.VOIDED, Event.STAYED}


OPEN_END = ValidityPeriod(starts=START.date())
OVER = ValidityPeriod(starts=START.date(), ends=START.date())
TODAY = date(2024, 9, 1)
NOTE = limit(effect=Effect.NONE)


@pytest.mark.parametrize(
    ("base", "period", "measures", "expected"),
    [
        (Status.ACTIVE, OPEN_END, (), Status.ACTIVE),
        (Status.ACTIVE, OPEN_END, (NOTE,), Status.ACTIVE),
        (Status.ACTIVE, OPEN_END, (limit(),), Status.RESTRICTED),
        (Status.ACTIVE, OPEN_END, (limit(until=date(2024, 8, 31)),), Status.ACTIVE),
        (Status.ACTIVE, OPEN_END, (limit(until=TODAY),), Status.RESTRICTED),
        (Status.ACTIVE, OPEN_END, (limit(), ban()), Status.SUSPENDED),
        (Status.ACTIVE, OPEN_END, (ban(until=date(2024, 8, 31)), limit()), Status.RESTRICTED),
        (Status.ACTIVE, OVER, (), Status.EXPIRED),
        (Status.ACTIVE, OVER, (limit(),), Status.EXPIRED),
        (Status.ACTIVE, OVER, (ban(),), Status.SUSPENDED),
        (Status.INACTIVE, OPEN_END, (), Status.INACTIVE),
        (Status.INACTIVE, OPEN_END, (limit(),), Status.INACTIVE),
        (Status.INACTIVE, OVER, (), Status.EXPIRED),
        (Status.INACTIVE, OVER, (ban(),), Status.SUSPENDED),
        (Status.REVOKED, OVER, (ban(),), Status.REVOKED),
        (Status.SURRENDERED, OVER, (limit(),), Status.SURRENDERED),
        (Status.PENDING, OVER, (), Status.PENDING),
        (Status.ENDED, OPEN_END, (ban(),), Status.ENDED),
    ],
)
def test_the_strongest_of_several_grounds_gives_the_status(
    base: Status, period: ValidityPeriod, measures: tuple[Encumbrance, ...], expected: Status
) -> None:
    assert label(base, period, measures, TODAY) is expected
