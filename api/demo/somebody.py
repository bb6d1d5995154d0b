"""What a person of the demo world is: who they are, how they log in, and what they show."""

from datetime import date
from enum import StrEnum
from typing import NamedTuple

from licenses.model.people import Person, PersonIdentifier, PersonName


class Shows(StrEnum):
    """The heading under which the login page lists somebody."""

    FIRST = "Start with one of these"
    IN_FORCE = "In force"
    CONDITIONS = "With conditions, or of a limited kind"
    LOST = "No right now"
    ALIKE = "Look closely: alike, long, many"


class DemoPerson(NamedTuple):
    """Somebody who can log in at the demo page; `key` is what the page posts.

    `note` says what logging in as them shows, `shows` under which heading they stand.
    """

    key: str
    person: Person
    identifiers: tuple[PersonIdentifier, ...]
    note: str
    shows: Shows = Shows.FIRST


def somebody(
    key: str,
    name: tuple[str, str],
    born: date,
    note: str,
    *others: PersonName,
    shows: Shows = Shows.FIRST,
) -> DemoPerson:
    """Return a person by their current name (given, family), birth date and other names."""
    given, family = name
    current = PersonName(given=given, family=family)
    return DemoPerson(
        key=key,
        person=Person(names=(current, *others), birth_date=born),
        identifiers=(PersonIdentifier(country="EU", type="demo-id", value=f"DEMO-{key.upper()}"),),
        note=note,
        shows=shows,
    )
