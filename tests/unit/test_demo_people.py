"""What the demo world must contain: names that bite, and every state, kind and sort of license.

Held against the tables it is made from, so it takes no time. That the register made from them
stands as the tables say is held by `tests.exchange.test_everybody`, that their codes are the
published ones by `tests.unit.test_isco`. Source: issue "Breadth of the main job", 7.
"""

import unicodedata
from collections.abc import Callable
from datetime import date

import pytest

from api.demo.authorities import AUTHORITIES
from api.demo.licenses import demo_licenses
from api.demo.people import NOBODY, PEOPLE
from licenses.model.encumbrance import EncumbranceKind
from licenses.model.license import Kind, RecognitionBasis, TerritoryMode
from licenses.model.lifecycle import Status
from licenses.model.people import NameType, PersonName
from licenses.model.profession import Sector
from licenses.model.terms import TERMS, TermSort
from licenses.services.rulings import Restrict

TODAY = date(2026, 11, 23)
ROWS = demo_licenses(TODAY)
NAMES = [name for one in PEOPLE for name in one.person.names]
LISTED = {(one.slug, entry.code): entry for one in AUTHORITIES for entry in one.professions}
PROFESSIONS = [LISTED[row.authority.slug, row.profession] for row in ROWS]
MEASURES = [one for row in ROWS for one in row.rulings if isinstance(one, Restrict)]


def test_forty_people_hold_a_license_or_asked_for_one_and_nora_holds_none() -> None:
    holders = {row.holder.key for row in ROWS}

    assert len(holders) == 40
    assert {one.key for one in PEOPLE} - holders == {NOBODY.key}
    assert len({one.key for one in PEOPLE}) == len(PEOPLE) == 41


def test_there_are_about_a_hundred_and_twenty_licenses_of_different_numbers() -> None:
    assert 120 <= len(ROWS) <= 140
    assert len({(row.authority.slug, row.number) for row in ROWS}) == len(ROWS)


@pytest.mark.parametrize("day", [date(2024, 2, 29), TODAY, date(2040, 1, 1)], ids=str)
def test_the_world_is_the_same_on_whatever_day_it_is_made(day: date) -> None:
    made = [(row.number, row.holder.key, row.stands, row.kind) for row in demo_licenses(day)]

    assert made == [(row.number, row.holder.key, row.stands, row.kind) for row in ROWS]


@pytest.mark.parametrize("letter", [*"øØåÅłŁİıőȘđĐÞðßħ", *"’'·-"])
def test_a_letter_that_breaks_programs_stands_in_a_name(letter: str) -> None:
    assert any(letter in name.full for name in NAMES)


@pytest.mark.parametrize("script", ["GREEK", "CYRILLIC"])
def test_a_current_name_is_written_in_another_script(script: str) -> None:
    written = [one.person.current_name for one in PEOPLE]

    assert any(_all_letters_of(script, name.given + name.family) for name in written)


def _all_letters_of(script: str, text: str) -> bool:
    return all(unicodedata.name(char).startswith(script) for char in text if char.isalpha())


def _two_given(name: PersonName) -> bool:
    return len(name.given.split()) == 2


def _hyphen(name: PersonName) -> bool:
    return "-" in name.family


def _hyphen_in_given(name: PersonName) -> bool:
    return "-" in name.given


def _apostrophe(name: PersonName) -> bool:
    return "'" in name.family


def _particles(name: PersonName) -> bool:
    return name.family[0].islower()


def _a_mark_of_its_own(name: PersonName) -> bool:
    """Say whether a letter of the name cannot be written without a combining mark."""
    return any(map(unicodedata.combining, unicodedata.normalize("NFC", name.full)))


@pytest.mark.parametrize(
    "bites",
    [_two_given, _hyphen, _hyphen_in_given, _apostrophe, _particles, _a_mark_of_its_own],
)
def test_somebody_is_called_so(bites: Callable[[PersonName], bool]) -> None:
    assert any(bites(one.person.current_name) for one in PEOPLE)


@pytest.mark.parametrize("type_", NameType)
def test_there_is_a_name_of_every_type(type_: NameType) -> None:
    assert type_ in {name.type for name in NAMES}


@pytest.mark.parametrize("status", Status)
def test_several_licenses_stand_in_every_status(status: Status) -> None:
    assert sum(row.stands is status for row in ROWS) >= 3


@pytest.mark.parametrize("kind", Kind)
def test_a_license_of_every_kind_was_issued(kind: Kind) -> None:
    assert any(row.is_issued for row in ROWS if row.kind is kind)


def test_specialities_are_held_and_lost() -> None:
    held = [one for row in ROWS if row.stands is Status.ACTIVE for one in row.specialities]

    assert any(one.period.covers(TODAY) for one in held)
    assert any(one.period.is_over(TODAY) for row in ROWS for one in row.specialities)
    assert max(len(row.specialities) for row in ROWS) >= 2


def test_scopes_confine_and_except() -> None:
    assert {one.exclude for row in ROWS for one in row.scope} == {False, True}


def test_conditions_are_of_every_sort_and_each_has_its_sentence() -> None:
    codes = {code for one in MEASURES for code in one.term_codes}

    assert codes <= set(TERMS)
    assert {TERMS[code].sort for code in codes} == set(TermSort)
    assert len(codes) >= 15
    assert {one.kind for one in MEASURES} >= {
        EncumbranceKind.CONDITION,
        EncumbranceKind.PRESCRIBING_LIMITATION,
        EncumbranceKind.SCOPE_LIMITATION,
        EncumbranceKind.SUPERVISION_ORDER,
    }
    assert {one.until is None for one in MEASURES} == {False, True}


def test_who_is_restricted_has_terms_that_bind_today() -> None:
    for row in (one for one in ROWS if one.stands is Status.RESTRICTED):
        terms = [one for one in row.rulings if isinstance(one, Restrict)]
        assert any(one.until is None or one.until >= TODAY for one in terms), row.number


def test_privileges_are_in_force_and_run_out() -> None:
    privileges = [row for row in ROWS if row.kind is Kind.PRIVILEGE]

    assert {Status.ACTIVE, Status.EXPIRED} <= {row.stands for row in privileges}
    assert all(one.mode is TerritoryMode.PRIVILEGE for row in privileges for one in row.territories)
    assert all(row.recognition is RecognitionBasis.COMPACT_PRIVILEGE for row in privileges)


def test_every_profession_has_its_codes_of_isco_and_esco() -> None:
    for one in PROFESSIONS:
        assert one.isco08.isdigit()
        assert one.esco_uri == f"http://data.europa.eu/esco/isco/C{one.isco08}"
    assert len({one.isco08 for one in PROFESSIONS}) >= 15


def test_all_seven_professions_of_annex_v_are_held_and_recognised_by_it() -> None:
    points = {one.annex_v[:3] for one in PROFESSIONS if one.annex_v is not None}
    recognised = [
        one
        for row, one in zip(ROWS, PROFESSIONS, strict=True)
        if row.recognition is RecognitionBasis.AUTOMATIC_ANNEX_V
    ]

    assert points == {f"5.{number}" for number in range(1, 8)}
    assert recognised
    assert all(one.annex_v is not None for one in recognised)


@pytest.mark.parametrize("sector", [Sector.HEALTH, Sector.EDUCATION_OF_MINORS, Sector.TECHNICAL])
def test_the_world_is_not_of_nurses_alone(sector: Sector) -> None:
    assert sector in {one.sector for one in PROFESSIONS}
