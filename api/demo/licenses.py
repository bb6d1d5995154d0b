"""The fifteen licenses of the demo world, and what became of each.

In force: seven. With conditions: three. Suspended, surrendered: one each. Expired: two. Revoked:
one. Days in the future are counted from the day the world is made, so that it does not age.
"""

from datetime import date, timedelta
from typing import NamedTuple

from api.demo.authorities import NORWAY, POLAND, SWEDEN, DemoAuthority
from api.demo.people import AKE, BJORN, ELENI, INGRID, KARI, LUCJA, SEAN, ZOE, DemoPerson
from licenses.model.encumbrance import EncumbranceKind
from licenses.model.license import Kind, RecognitionBasis
from licenses.services.rulings import (
    VOLUNTARY,
    Restrict,
    Revoke,
    Ruling,
    Surrender,
    Suspend,
)


class DemoLicense(NamedTuple):
    """One license: whose, by whom, since when, until when, and the rulings after its issue."""

    authority: DemoAuthority
    holder: DemoPerson
    profession: str
    number: str
    since: date
    until: date | None = None
    kind: Kind = Kind.FULL
    recognition: RecognitionBasis = RecognitionBasis.NATIONAL_TRAINING
    rulings: tuple[Ruling, ...] = ()


def demo_licenses(today: date) -> tuple[DemoLicense, ...]:
    """Return the licenses as they are to stand on `today`."""
    return (*_norwegian(today), *_swedish(today), *_polish(today))


def _norwegian(today: date) -> tuple[DemoLicense, ...]:
    return (
        DemoLicense(NORWAY, KARI, "nurse", "NO-100231", date(2012, 6, 15)),
        DemoLicense(
            NORWAY,
            BJORN,
            "physician",
            "NO-200877",
            date(2009, 2, 1),
            rulings=(_conditions("no-controlled-drugs", until=_in_years(today, 1)),),
        ),
        DemoLicense(NORWAY, BJORN, "physiotherapist", "NO-200878", date(2003, 8, 20)),
        DemoLicense(
            NORWAY,
            LUCJA,
            "nurse",
            "NO-300410",
            date(2019, 9, 2),
            recognition=RecognitionBasis.AUTOMATIC_ANNEX_V,
        ),
        DemoLicense(
            NORWAY,
            INGRID,
            "nurse",
            "NO-400101",
            date(2006, 6, 30),
            rulings=(Suspend(reason_codes=("under-investigation",), interim=True),),
        ),
        DemoLicense(NORWAY, INGRID, "midwife", "NO-400102", date(2010, 1, 11)),
        DemoLicense(
            NORWAY,
            AKE,
            "physician",
            "NO-500777",
            date(2015, 3, 3),
            recognition=RecognitionBasis.MUTUAL_AGREEMENT,
        ),
    )


def _swedish(today: date) -> tuple[DemoLicense, ...]:
    return (
        DemoLicense(SWEDEN, AKE, "physician", "SE-550-1201", date(1996, 5, 20)),
        DemoLicense(
            SWEDEN,
            ELENI,
            "dentist",
            "SE-661-0033",
            date(2024, 1, 15),
            _in_years(today, 2),
            kind=Kind.PROVISIONAL,
            recognition=RecognitionBasis.AUTOMATIC_ANNEX_V,
        ),
        DemoLicense(
            SWEDEN, SEAN, "primary-teacher", "SE-770-4410", date(2011, 8, 15), _last_spring(today)
        ),
        DemoLicense(
            SWEDEN,
            SEAN,
            "vocational-teacher",
            "SE-770-4411",
            date(2016, 8, 15),
            rulings=(_conditions("no-work-with-minors", "reporting.monthly", until=None),),
        ),
        DemoLicense(
            SWEDEN,
            ZOE,
            "physician",
            "SE-880-9102",
            date(2015, 6, 1),
            rulings=(Revoke(reason_codes=("unsafe-practice",)),),
        ),
        DemoLicense(
            SWEDEN,
            ZOE,
            "nurse",
            "SE-880-9103",
            date(2010, 6, 1),
            rulings=(Surrender(reason_codes=(VOLUNTARY,)),),
        ),
    )


def _polish(today: date) -> tuple[DemoLicense, ...]:
    return (
        DemoLicense(POLAND, LUCJA, "nurse", "PL-0457812", date(2014, 10, 1), _in_years(today, 4)),
        DemoLicense(POLAND, LUCJA, "midwife", "PL-0457813", date(2014, 10, 1), _last_spring(today)),
    )


def _in_years(today: date, years: int) -> date:
    return today + timedelta(days=365 * years)


def _last_spring(today: date) -> date:
    return today - timedelta(days=200)


def _conditions(*codes: str, until: date | None) -> Restrict:
    return Restrict(
        reason_codes=("conditions-imposed",),
        kind=EncumbranceKind.CONDITION,
        term_codes=codes,
        until=until,
    )
