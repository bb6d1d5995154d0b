"""The people of the demo world: eight holders with names that bite, and one who holds nothing."""

from datetime import date
from typing import NamedTuple

from licenses.model.people import NameType, Person, PersonIdentifier, PersonName


class DemoPerson(NamedTuple):
    """Somebody who can log in at the demo page; `key` is what the page posts.

    `note` says what logging in as them shows.
    """

    key: str
    person: Person
    identifiers: tuple[PersonIdentifier, ...]
    note: str


def _somebody(
    key: str, given: str, family: str, born: date, note: str, *others: PersonName
) -> DemoPerson:
    current = PersonName(given=given, family=family)
    return DemoPerson(
        key=key,
        person=Person(names=(current, *others), birth_date=born),
        identifiers=(PersonIdentifier(country="EU", type="demo-id", value=f"DEMO-{key.upper()}"),),
        note=note,
    )


KARI = _somebody("kari", "Kari", "Nordmann", date(1985, 3, 14), "nurse in Norway, in force")
BJORN = _somebody(
    "bjorn",
    "Bjørn Åge",
    "Ødegård",
    date(1978, 11, 2),
    "physician with conditions, and physiotherapist, in Norway",
)
LUCJA = _somebody(
    "lucja",
    "Łucja",
    "Żółkiewska-Grzęda",
    date(1990, 2, 28),
    "nurse in Norway and Poland, another name at birth",
    PersonName(given="Łucja", family="Żółkiewska", type=NameType.BIRTH),
)
INGRID = _somebody(
    "ingrid",
    "Ingrid Marie",
    "Sørensen",
    date(1982, 7, 9),
    "suspended as a nurse, in force as a midwife, in Norway",
)
AKE = _somebody("ake", "Åke", "Björkström", date(1969, 12, 31), "physician in Sweden and Norway")
ELENI = _somebody(
    "eleni",
    "Ελένη",
    "Παπαδοπούλου",
    date(1996, 5, 1),
    "provisional dentist in Sweden, name in Greek letters",
    PersonName(given="Eleni", family="Papadopoulou", type=NameType.PROFESSIONAL),
)
SEAN = _somebody(
    "sean",
    "Seán",
    "O'Connor",
    date(1974, 9, 21),
    "teacher in Sweden: one license expired, one with conditions",
)
ZOE = _somebody(
    "zoe",
    "Zoë",
    "Müller-Şahin",
    date(1988, 1, 17),
    "in Sweden: one license revoked, one given up",
    PersonName(given="Zoë", family="Şahin", type=NameType.FORMER),
)
NOBODY = _somebody("nora", "Nora", "Uten-Lisens", date(2001, 4, 30), "has no license anywhere")

PEOPLE = (KARI, BJORN, LUCJA, INGRID, AKE, ELENI, SEAN, ZOE, NOBODY)
