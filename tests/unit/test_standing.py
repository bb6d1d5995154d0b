"""Standing: whether a license may be relied on, when, where and for what."""

from datetime import date, datetime, timedelta

import pytest

from licenses.model.license import Kind, ScopeItem, Territory
from licenses.model.lifecycle import Event, Status
from licenses.model.standing import CONDITIONAL_KINDS, Because, Level, Standing, standing
from tests.factories import texts
from tests.histories import BAN, OSLO, START, grant_until, issued, limit, reaching

NONE_GROUNDS = {status: Because(status.value) for status in Status if status.value in set(Because)}


def _answer(of: Standing) -> tuple[Level, Because]:
    return of.level, of.because


@pytest.mark.parametrize("status", list(Status))
def test_every_status_has_its_standing(status: Status) -> None:
    history = reaching(status)
    expected = {
        Status.ACTIVE: (Level.FULL, Because.IN_FORCE),
        Status.RESTRICTED: (Level.CONDITIONAL, Because.LIMITS),
    }.get(status, (Level.NONE, NONE_GROUNDS.get(status)))

    assert _answer(standing(history.decisions, history.clock)) == expected


def test_every_status_out_of_force_is_a_ground_of_its_own() -> None:
    assert set(NONE_GROUNDS) == set(Status) - {Status.ACTIVE, Status.RESTRICTED}


def test_without_any_decision_nothing_is_known() -> None:
    assert _answer(standing([], START)) == (Level.UNKNOWN, Because.NO_RECORD)


@pytest.mark.parametrize("kind", list(Kind))
def test_every_kind_has_its_standing(kind: Kind) -> None:
    scope = (ScopeItem(activity="anaesthesia", titles=texts(en="Anaesthesia")),)
    history = issued(grant_until(None, kind=kind, scope=scope))
    answer = standing(history.decisions, history.clock)

    if kind in {Kind.FULL, Kind.SPECIALIST, Kind.PRIVILEGE}:
        assert _answer(answer) == (Level.FULL, Because.IN_FORCE)
    elif kind is Kind.NON_PRACTISING:
        assert _answer(answer) == (Level.NONE, Because.NON_PRACTISING)
    else:
        assert _answer(answer) == (Level.CONDITIONAL, Because.KIND)
        assert answer.term_codes == (f"kind.{kind}",)


def test_a_limit_on_a_conditional_kind_shows_the_terms_of_both() -> None:
    history = issued(grant_until(None, kind=Kind.PROVISIONAL))
    history.then(Event.RESTRICTED, encumbrance=limit(term_codes=("supervision.direct",)))
    answer = standing(history.decisions, history.clock)

    assert _answer(answer) == (Level.CONDITIONAL, Because.LIMITS)
    assert answer.term_codes == ("kind.provisional", "supervision.direct")


def test_a_term_laid_twice_is_shown_once() -> None:
    history = issued()
    history.then(Event.RESTRICTED, encumbrance=limit(term_codes=("no.prescribing", "logbook")))
    history.then(
        Event.RESTRICTION_CHANGED, encumbrance=limit(encumbrance_id=BAN, term_codes=("logbook",))
    )

    assert standing(history.decisions, history.clock).term_codes == ("no.prescribing", "logbook")


@pytest.mark.parametrize(
    ("territory", "expected"),
    [
        (None, (Level.FULL, Because.IN_FORCE)),
        ("NO", (Level.FULL, Because.IN_FORCE)),
        ("NO-03", (Level.FULL, Because.IN_FORCE)),
        ("PL", (Level.NONE, Because.OUTSIDE_TERRITORY)),
        ("SE", (Level.NONE, Because.OUTSIDE_TERRITORY)),
        ("NOR", (Level.NONE, Because.OUTSIDE_TERRITORY)),
    ],
)
def test_a_norwegian_license_stands_in_norway_alone(
    territory: str | None, expected: tuple[Level, Because]
) -> None:
    history = issued()

    assert _answer(standing(history.decisions, history.clock, territory=territory)) == expected


def test_a_license_for_a_part_of_a_country_does_not_stand_in_the_whole() -> None:
    history = issued(grant_until(None, territories=(Territory(area="DE-BY"),), jurisdiction="DE"))

    assert standing(history.decisions, history.clock, territory="DE-BY").level is Level.FULL
    assert standing(history.decisions, history.clock, territory="DE").level is Level.NONE
    assert standing(history.decisions, history.clock, territory="DE-BE").level is Level.NONE


def test_a_territory_counts_through_its_last_local_day() -> None:
    territories = (Territory(area="NO"), Territory(area="SE", until=date(2024, 9, 30)))
    history = issued(grant_until(None, territories=territories))
    last = datetime(2024, 9, 30, 23, 59, tzinfo=OSLO)

    assert standing(history.decisions, last, territory="SE").level is Level.FULL
    after = standing(history.decisions, last + timedelta(minutes=1), territory="SE")
    assert _answer(after) == (Level.NONE, Because.OUTSIDE_TERRITORY)


@pytest.mark.parametrize(
    ("activity", "level"),
    [
        (None, Level.FULL),
        ("nursing", Level.FULL),
        ("prescribing", Level.NONE),
        ("surgery", Level.NONE),
    ],
)
def test_a_scope_confines_and_its_exclusions_take_away(activity: str | None, level: Level) -> None:
    scope = (
        ScopeItem(activity="nursing", titles=texts(en="Nursing")),
        ScopeItem(activity="prescribing", titles=texts(en="Prescribing"), exclude=True),
    )
    history = issued(grant_until(None, scope=scope))
    answer = standing(history.decisions, history.clock, activity=activity)

    assert answer.level is level
    assert (answer.because is Because.OUTSIDE_SCOPE) == (level is Level.NONE)


def test_a_license_issued_for_a_later_day_does_not_stand_before_it() -> None:
    grant = grant_until(None)
    later = grant.model_copy(
        update={"period": grant.period.model_copy(update={"starts": date(2024, 10, 1)})}
    )
    history = issued(later)

    eve = datetime(2024, 9, 30, 23, 59, tzinfo=OSLO)
    assert _answer(standing(history.decisions, eve)) == (Level.NONE, Because.NOT_YET_VALID)
    assert standing(history.decisions, eve + timedelta(minutes=1)).level is Level.FULL


def test_the_answer_says_as_of_when_it_is() -> None:
    moment = START + timedelta(days=5)

    assert standing(issued().decisions, moment).as_of == moment


def test_the_kinds_that_never_stand_in_full_are_the_five_of_the_design() -> None:
    assert {kind.value for kind in CONDITIONAL_KINDS} == {
        "provisional",
        "limited",
        "temporary-service",
        "training",
        "student",
    }
