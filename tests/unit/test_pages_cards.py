"""Cards of licenses: what is ticked from the start, what is warned of, what exactly is sent."""

from datetime import UTC, date, datetime, timedelta

import pytest

from api.web.license_cards import license_card, license_sent, minutes_left
from api.web.license_facts import grant_facts, person_facts
from api.web.phrase import as_text
from licenses.model.license import ScopeItem, Speciality, Territory
from licenses.model.people import NameType
from licenses.model.standing import Because, Level, Standing
from licenses.model.values import ValidityPeriod
from tests.factories import (
    GrantFactory,
    IssuerFactory,
    PersonFactory,
    PersonNameFactory,
    texts,
)

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("level", "because", "ticked", "words"),
    [
        (Level.FULL, Because.IN_FORCE, True, "In force without conditions"),
        (Level.CONDITIONAL, Because.LIMITS, True, "In force with conditions"),
        (Level.NONE, Because.REVOKED, False, "Revoked"),
        (Level.UNKNOWN, Because.NO_RECORD, False, "Not known"),
    ],
)
def test_only_what_stands_is_ticked_and_the_rest_is_warned_of(
    level: Level, because: Because, ticked: bool, words: str
) -> None:
    standing = Standing(level=level, because=because, as_of=NOON)

    card = license_card("x", GrantFactory.build(), standing, zone="Europe/Oslo")

    assert card.ticked is ticked
    assert bool(card.warning) is not ticked
    assert card.standing == words
    assert card.as_of == "23 Nov 2026, 13:00 CET"


def test_what_the_holder_ticked_before_is_kept_against_the_default() -> None:
    standing = Standing(level=Level.FULL, because=Because.IN_FORCE, as_of=NOON)

    assert not license_card("x", GrantFactory.build(), standing, zone="UTC", ticked=False).ticked


def test_everything_that_is_sealed_of_a_license_is_shown_before_it_is_sent() -> None:
    grant = GrantFactory.build(
        territories=(Territory(area="NO", until=date(2027, 1, 31)), Territory(area="SE")),
        specialities=(
            Speciality(
                code="icu",
                titles=texts(en="Intensive care"),
                period=ValidityPeriod(starts=date(2025, 1, 1)),
            ),
        ),
        scope=(ScopeItem(activity="a", titles=texts(en="surgery"), exclude=True),),
    )
    issuer = IssuerFactory.build()

    rows = {row.label: as_text(row.value) for row in grant_facts(grant, issuer.names, "NO")}

    assert rows["License number"] == grant.number
    assert rows["Authority"] == "Norwegian Directorate of Health, Norway"
    assert rows["Valid"] == "1 Jul 2024 to 31 Dec 2031"
    assert rows["Valid in"] == "Norway (until 31 Jan 2027); Sweden"
    assert rows["Specialities"] == "Intensive care, from 1 Jan 2025, until withdrawn"
    assert rows["Scope"] == "not surgery"
    assert rows["Granted on"] == "Training in the country itself"
    sent = license_sent(
        "x",
        grant,
        issuer,
        Standing(level=Level.FULL, because=Because.IN_FORCE, as_of=NOON),
        zone="UTC",
    )
    assert sent.facts == grant_facts(grant, issuer.names, "NO")


def test_every_name_of_the_holder_is_shown_with_what_it_is() -> None:
    former = PersonNameFactory.build(given="Ingrid", family="Lie", type=NameType.FORMER)
    current = PersonNameFactory.build(given="Ingrid", family="Solberg")
    person = PersonFactory.build(names=(current, former), birth_date=date(1990, 5, 4))

    rows = [(row.label, as_text(row.value)) for row in person_facts(person)]

    assert rows == [
        ("Name", "Ingrid Solberg"),
        ("Former name", "Ingrid Lie"),
        ("Birth date", "4 May 1990"),
    ]


@pytest.mark.parametrize(
    ("left", "minutes"), [(timedelta(minutes=29, seconds=59), 29), (timedelta(seconds=10), 1)]
)
def test_the_time_left_is_told_in_whole_minutes(left: timedelta, minutes: int) -> None:
    assert minutes_left(NOON + left, NOON) == minutes
