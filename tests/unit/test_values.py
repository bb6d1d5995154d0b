"""The small values: texts, codes, areas, addresses, periods and license numbers."""

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from licenses.model.authority import MandateEntry, covers, lies_in
from licenses.model.license import Kind
from licenses.model.values import (
    AreaCode,
    Code,
    CountryCode,
    Instant,
    LanguageTag,
    LocalizedText,
    PublicId,
    Sha256Hex,
    Text,
    Uri,
    ValidityPeriod,
    comparable_number,
    text_in,
)
from tests.factories import AuthorityFactory, GrantFactory, texts


def _accepts(kind: Any, value: object) -> bool:
    try:
        TypeAdapter(kind).validate_python(value, strict=True)
    except ValidationError:
        return False
    return True


@pytest.mark.parametrize(
    ("kind", "good", "bad"),
    [
        (Code, ("a", "5.2.2", "no-night-shift", "a" * 64), ("", "A", "-a", "a-", "a_b", "a" * 65)),
        (CountryCode, ("NO", "PL"), ("no", "NOR", "N", "N0", "")),
        (AreaCode, ("NO", "NO-03", "DE-BY"), ("no", "NO-", "NO-0003", "NO-by", "NO 03")),
        (LanguageTag, ("nb", "sr-Latn", "de-AT"), ("", "n", "NB", "nb_NO", "nb-")),
        (PublicId, ("0" * 32, "a1" * 16), ("0" * 31, "0" * 33, "A" * 32, "g" * 32)),
        (Sha256Hex, ("0" * 64,), ("0" * 63, "F" * 64, "0" * 64 + "\n")),
        (
            Uri,
            ("urn:uuid:1", "https://a.example/b?c#d", "did:web:x"),
            ("", "a", "/a", "HTTPS://a", "https://ö.example", "https://a b", "u:", "https://a\n"),
        ),
        (
            Text,
            ("a", "Ø", "Li’l", "x" * 300, "a\u00a0b"),
            ("", " a", "a ", "x" * 301, "a\nb", "a\tb", "a\x00b", 7, b"a"),
        ),
    ],
)
def test_a_word_is_taken_or_refused_by_its_form(
    kind: Any, good: tuple[object, ...], bad: tuple[object, ...]
) -> None:
    assert [value for value in good if not _accepts(kind, value)] == []
    assert [value for value in bad if _accepts(kind, value)] == []


@pytest.mark.parametrize(
    "hidden",
    [
        "\u202e",  # right-to-left override
        "\u200b",  # zero width space
        "\u200d",  # zero width joiner
        "\u00ad",  # soft hyphen
        "\ufeff",  # byte order mark
        "\u2028",  # line separator
        "\x1b",  # escape
        "\ue000",  # private use
        "\ud800",  # half of a pair
        "\u0378",  # unassigned
    ],
)
def test_a_text_holds_nothing_that_cannot_be_seen(hidden: str) -> None:
    assert not _accepts(Text, f"Ola{hidden}Nordmann")


def test_a_text_is_kept_in_nfc() -> None:
    assert TypeAdapter(Text).validate_python("A\u030asa") == "Åsa"


def test_a_text_that_grows_over_its_bound_in_nfc_is_refused() -> None:
    assert not _accepts(Text, "\u0958" * 300)


def test_an_instant_is_kept_in_utc_and_needs_a_time_zone() -> None:
    local = datetime(2026, 1, 1, 1, 0, tzinfo=timezone(timedelta(hours=1)))
    kept = TypeAdapter(Instant).validate_python(local)

    assert (kept, kept.tzinfo) == (datetime(2026, 1, 1, tzinfo=UTC), UTC)
    assert not _accepts(Instant, datetime(2026, 1, 1))  # noqa: DTZ001 (naive on purpose)


def test_a_value_never_changes_and_has_no_other_fields() -> None:
    text = LocalizedText(lang="nb", text="Lege")

    with pytest.raises(ValidationError):
        text.text = "Tannlege"  # type: ignore[misc] # it is what the test is about
    with pytest.raises(ValidationError):
        LocalizedText.model_validate({"lang": "nb", "text": "Lege", "script": "Latn"})


@pytest.mark.parametrize(
    ("ends", "day", "inside"),
    [
        (None, date(2024, 1, 31), False),
        (None, date(2024, 2, 1), True),
        (None, date(2999, 12, 31), True),
        (date(2024, 2, 29), date(2024, 2, 29), True),
        (date(2024, 2, 29), date(2024, 3, 1), False),
    ],
)
def test_a_period_includes_both_its_ends(ends: date | None, day: date, *, inside: bool) -> None:
    period = ValidityPeriod(starts=date(2024, 2, 1), ends=ends)

    assert period.covers(day) is inside


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("HPR 123-456", "hpr123456", True),
        ("A.1 2", "a12", True),
        ("A/12", "A12", False),
        ("A12", "A13", False),
    ],
)
def test_numbers_are_compared_without_case_spaces_dots_and_dashes(
    one: str, other: str, *, same: bool
) -> None:
    assert (comparable_number(one) == comparable_number(other)) is same


def test_a_text_is_found_in_the_first_language_there_is_and_else_the_first() -> None:
    titles = texts(nb="Lege", en="Physician")

    assert text_in(titles, "pl", "en") == "Physician"
    assert text_in(titles, "pl") == "Lege"


@pytest.mark.parametrize(
    ("area", "whole", "inside"),
    [("NO", "NO", True), ("NO-03", "NO", True), ("NO", "NO-03", False), ("NOR", "NO", False)],
)
def test_a_subdivision_lies_in_its_country_and_never_the_reverse(
    area: str, whole: str, *, inside: bool
) -> None:
    assert lies_in(area, whole) is inside


@pytest.mark.parametrize(
    ("profession", "territory", "day", "may"),
    [
        ("nurse", "NO", date(2020, 1, 1), True),
        ("nurse", "NO-03", date(2024, 12, 31), True),
        ("nurse", "NO", date(2019, 12, 31), False),
        ("nurse", "NO", date(2025, 1, 1), False),
        ("nurse", "SE", date(2022, 1, 1), False),
        ("physician", "NO", date(2022, 1, 1), False),
    ],
)
def test_a_mandate_covers_one_profession_in_one_territory_in_one_period(
    profession: str, territory: str, day: date, *, may: bool
) -> None:
    period = ValidityPeriod(starts=date(2020, 1, 1), ends=date(2024, 12, 31))
    entry = MandateEntry(profession="nurse", territory="NO", period=period)
    authority = AuthorityFactory.build(mandate=(entry,))

    assert authority.may_grant(profession, territory, day) is may
    assert covers((), profession, territory, day) is False


@pytest.mark.parametrize(
    "fields",
    [
        {"period": ValidityPeriod(starts=date(2024, 7, 2), ends=date(2024, 7, 1))},
        {"first_issued": date(2024, 6, 21), "issued": date(2024, 6, 20)},
        {"kind": Kind.LIMITED, "scope": ()},
        {"time_zone": "Europe/Atlantis"},
        {"time_zone": "../../etc/localtime"},
        {"number": "HPR\u20071"},
        {"number": " 1"},
        {"titles": ()},
        {"territories": ()},
    ],
)
def test_a_grant_that_contradicts_itself_is_refused(fields: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        GrantFactory.build(**fields)


def test_a_grant_counts_its_days_in_its_own_time_zone() -> None:
    moment = datetime(2024, 12, 31, 23, 30, tzinfo=UTC)

    assert GrantFactory.build(time_zone="Europe/Oslo").local_day(moment) == date(2025, 1, 1)
    assert GrantFactory.build(time_zone="Europe/Lisbon").local_day(moment) == date(2024, 12, 31)
