"""Words: days, times with their zone, ages, places; and no code without words."""

from datetime import UTC, date, datetime, timedelta

import pytest

from api.web.phrase import foreign, localized, original
from api.web.words import (
    BECAUSE_WORDS,
    KIND_WORDS,
    LEVEL_WORDS,
    RECOGNITION_WORDS,
    age_words,
    area_name,
    country_choices,
    day_words,
    joined,
    moment_words,
    under_directive,
)
from licenses.model.license import Kind, RecognitionBasis
from licenses.model.standing import Because, Level
from tests.factories import texts

NOON = datetime(2026, 11, 23, 13, 5, tzinfo=UTC)


def test_every_code_has_words() -> None:
    assert set(BECAUSE_WORDS) == set(Because)
    assert set(KIND_WORDS) == set(Kind)
    assert set(LEVEL_WORDS) == set(Level)
    assert set(RECOGNITION_WORDS) == set(RecognitionBasis)


def test_days_are_written_with_the_month_as_a_word() -> None:
    assert day_words(date(2026, 5, 4)) == "4 May 2026"


@pytest.mark.parametrize(
    ("zone", "words"),
    [
        ("Europe/Oslo", "23 Nov 2026, 14:05 CET"),
        ("Europe/Helsinki", "23 Nov 2026, 15:05 EET"),
        ("Asia/Dubai", "23 Nov 2026, 17:05 UTC+04"),
        ("Pacific/Auckland", "24 Nov 2026, 02:05 NZDT"),
    ],
)
def test_a_moment_is_told_in_the_readers_zone_and_names_it(zone: str, words: str) -> None:
    assert moment_words(NOON, zone) == words


def test_a_moment_of_this_local_day_is_told_as_today() -> None:
    assert moment_words(NOON, "Europe/Oslo", today=date(2026, 11, 23)) == "today 14:05 CET"


@pytest.mark.parametrize(
    ("age", "words"),
    [
        (timedelta(seconds=-5), "less than a minute old"),
        (timedelta(seconds=59), "less than a minute old"),
        (timedelta(minutes=1), "1 minute old"),
        (timedelta(minutes=59), "59 minutes old"),
        (timedelta(minutes=60), "1 hour old"),
        (timedelta(hours=23), "23 hours old"),
        (timedelta(hours=24), "1 day old"),
        (timedelta(days=9), "9 days old"),
    ],
)
def test_an_age_is_told_in_its_largest_full_unit(age: timedelta, words: str) -> None:
    assert age_words(age) == words


@pytest.mark.parametrize(
    ("area", "name"),
    [
        ("NO", "Norway"),
        ("NO-03", "Oslo, Norway"),
        ("MD", "Moldova"),
        ("XK", "XK"),
        ("PL-ZZ", "PL-ZZ, Poland"),
    ],
)
def test_places_are_told_by_name_and_an_unknown_one_by_its_code(area: str, name: str) -> None:
    assert area_name(area) == name


def test_the_countries_to_choose_from_are_sorted_by_name_and_complete() -> None:
    names = [name for _, name in country_choices()]

    assert names == sorted(names, key=str.casefold)
    assert dict(country_choices())["PL"] == "Poland"


def test_the_directive_binds_the_eea_and_switzerland_only() -> None:
    assert [area for area in ("NO", "PL-14", "CH", "GB", "US", "TB") if under_directive(area)] == [
        "NO",
        "PL-14",
        "CH",
    ]


def test_lists_are_joined_as_people_do() -> None:
    assert [joined(["a"]), joined(["a", "b"]), joined(["a", "b", "c"])] == [
        "a",
        "a and b",
        "a, b and c",
    ]


def test_invisible_and_turning_characters_from_outside_are_made_visible_and_cut() -> None:
    assert foreign("a\u202eb\u200bc\x00").text == "a\ufffdb\ufffdc\ufffd"
    assert len(foreign("x" * 5000).text) == 301


def test_a_text_is_shown_in_the_readers_language_beside_its_original() -> None:
    titles = texts(nb="Sykepleier", en="Nurse")

    assert (localized(titles).text, localized(titles).lang) == ("Nurse", "en")
    assert original(titles) == foreign("Sykepleier", "nb")
    assert original(texts(en="Nurse")) is None
