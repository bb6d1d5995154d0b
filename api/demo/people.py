"""The people of the demo world: forty holders with names that bite, and one who holds nothing.

The eight here are those the README and the pages speak of; their names and numbers stay.
"""

from datetime import date

from api.demo.more_people import MORE_PEOPLE
from api.demo.somebody import DemoPerson, somebody
from licenses.model.people import NameType, PersonName

__all__ = [
    "AKE", "BJORN", "ELENI", "FIRST_PEOPLE", "INGRID", "KARI", "LUCJA", "NOBODY", "PEOPLE", "SEAN",
    "ZOE", "DemoPerson",
]  # fmt: skip

KARI = somebody("kari", ("Kari", "Nordmann"), date(1985, 3, 14), "nurse in Norway, in force")
BJORN = somebody(
    "bjorn",
    ("Bjørn Åge", "Ødegård"),
    date(1978, 11, 2),
    "physician with conditions, and physiotherapist, in Norway",
)
LUCJA = somebody(
    "lucja",
    ("Łucja", "Żółkiewska-Grzęda"),
    date(1990, 2, 28),
    "nurse in Norway and Poland, another name at birth",
    PersonName(given="Łucja", family="Żółkiewska", type=NameType.BIRTH),
)
INGRID = somebody(
    "ingrid",
    ("Ingrid Marie", "Sørensen"),
    date(1982, 7, 9),
    "suspended as a nurse, in force as a midwife, in Norway",
)
AKE = somebody("ake", ("Åke", "Björkström"), date(1969, 12, 31), "physician in Sweden and Norway")
ELENI = somebody(
    "eleni",
    ("Ελένη", "Παπαδοπούλου"),
    date(1996, 5, 1),
    "provisional dentist in Sweden, name in Greek letters",
    PersonName(given="Eleni", family="Papadopoulou", type=NameType.PROFESSIONAL),
)
SEAN = somebody(
    "sean",
    ("Seán", "O'Connor"),
    date(1974, 9, 21),
    "teacher in Sweden: one license expired, one with conditions",
)
ZOE = somebody(
    "zoe",
    ("Zoë", "Müller-Şahin"),
    date(1988, 1, 17),
    "in Sweden: one license revoked, one given up",
    PersonName(given="Zoë", family="Şahin", type=NameType.FORMER),
)
NOBODY = somebody("nora", ("Nora", "Uten-Lisens"), date(2001, 4, 30), "has no license anywhere")

FIRST_PEOPLE = (KARI, BJORN, LUCJA, INGRID, AKE, ELENI, SEAN, ZOE, NOBODY)
PEOPLE: tuple[DemoPerson, ...] = (*FIRST_PEOPLE, *MORE_PEOPLE)
