"""The words an old client shows: conditions are never missing, a lost right comes first."""

from datetime import UTC, date, datetime

import pytest

from licenses.model.license import (
    Kind,
    RecognitionBasis,
    ScopeItem,
    Speciality,
    Territory,
)
from licenses.model.standing import Because, Level
from licenses.model.values import ValidityPeriod
from schema_ext.elmo_words import (
    area_words,
    areas_words,
    description_words,
    kind_words,
    moment_words,
    period_words,
    recognition_words,
    standing_words,
    state_words,
    terms_in_words,
    title_words,
)
from tests.factories import GrantFactory, texts
from tests.factories.elmo import StatusStatementFactory


def test_a_full_license_keeps_its_plain_title() -> None:
    statement = StatusStatementFactory.build()

    assert title_words("Registered nurse", statement) == "Registered nurse"
    assert standing_words(statement) == "In force without conditions"


def test_conditions_stand_in_title_and_result_with_what_is_forbidden_first() -> None:
    statement = StatusStatementFactory.build(
        level=Level.CONDITIONAL,
        because=Because.LIMITS,
        term_codes=("supervision.direct", "no-surgery"),
    )

    words = "may not operate; may work only with a supervisor present"
    assert title_words("Medical doctor", statement) == f"Medical doctor (with conditions: {words})"
    assert standing_words(statement) == f"In force with conditions: {words}"


def test_conditions_without_codes_say_who_knows_them() -> None:
    statement = StatusStatementFactory.build(level=Level.CONDITIONAL, because=Because.LIMITS)

    assert terms_in_words(statement) == ("which the authority has to be asked for",)


@pytest.mark.parametrize("because", Because)
def test_a_license_without_a_right_opens_with_its_state_in_capitals(because: Because) -> None:
    statement = StatusStatementFactory.build(level=Level.NONE, because=because)

    state = state_words(statement)
    assert state
    assert state == state.upper()
    assert title_words("Midwife", statement) == f"{state}: Midwife"
    assert standing_words(statement).startswith(f"{state}: ")


def test_an_unknown_standing_is_never_silent() -> None:
    statement = StatusStatementFactory.build(level=Level.UNKNOWN, because=Because.NO_RECORD)

    assert title_words("Midwife", statement) == "STANDING UNKNOWN: Midwife"


def test_every_kind_and_basis_has_words() -> None:
    assert all(kind_words(kind) for kind in Kind)
    assert all(recognition_words(basis) for basis in RecognitionBasis)


@pytest.mark.parametrize(
    ("area", "name"),
    [("NO", "Norway"), ("NO-03", "Oslo, Norway"), ("NO-99", "NO-99, Norway"), ("XK", "XK")],
)
def test_an_area_is_named_or_its_code_stays(area: str, name: str) -> None:
    assert area_words(area) == name


def test_days_and_moments_are_written_as_people_read_them() -> None:
    assert moment_words(datetime(2026, 3, 2, 4, 5, tzinfo=UTC)) == "2 Mar 2026, 04:05 UTC"
    assert period_words(ValidityPeriod(starts=date(2026, 3, 2))) == "2 Mar 2026 until withdrawn"
    area = Territory(area="SE", until=date(2027, 12, 31))
    assert areas_words([area]) == "Sweden (until 31 Dec 2027)"


def test_the_description_says_all_the_license_states_in_one_line() -> None:
    grant = GrantFactory.build(
        number="HPR 1",
        scope=(
            ScopeItem(activity="a", titles=texts(en="Children")),
            ScopeItem(activity="b", titles=texts(en="Implants"), exclude=True),
        ),
        specialities=(
            Speciality(
                code="c",
                titles=texts(en="Intensive care"),
                period=ValidityPeriod(starts=date(2020, 1, 1)),
            ),
        ),
    )

    words = description_words(grant, StatusStatementFactory.build())

    assert "\n" not in words
    for part in (
        "Professional license, not a course.",
        "Full license, number HPR 1.",
        "Gives a right in: Norway.",
        "Valid from 1 Jul 2024 to 31 Dec 2031.",
        "Confined to: Children.",
        "Does not cover: Implants.",
        "Specialities: Intensive care.",
        "Standing on 23 Nov 2026, 13:57 UTC: In force without conditions.",
    ):
        assert part in words
