"""The licenses of the demo world: fifteen of the first eight people, and those of everybody else.

Of the fifteen, eight are in force, two with conditions, two expired, and one each suspended,
surrendered and revoked. Days in the future are counted from the day the world is made, so that
it does not age.
"""

from collections.abc import Sequence
from datetime import date

from api.demo.authorities import NORWAY, POLAND, SWEDEN
from api.demo.people import AKE, BJORN, ELENI, INGRID, KARI, LUCJA, SEAN, ZOE
from api.demo.stories import alike, in_force, limited_kinds, long_list, lost, with_conditions
from api.demo.story import DemoLicense, conditions, in_years, last_spring
from licenses.model.license import Kind, RecognitionBasis
from licenses.model.lifecycle import Status
from licenses.services.rulings import VOLUNTARY, Revoke, Surrender, Suspend


def demo_licenses(today: date) -> tuple[DemoLicense, ...]:
    """Return the licenses as they are to stand on `today`."""
    return (
        *_norwegian(today),
        *_swedish(today),
        *_polish(today),
        *in_force.demo_licenses(today),
        *with_conditions.demo_licenses(today),
        *limited_kinds.demo_licenses(today),
        *lost.demo_licenses(today),
        *alike.demo_licenses(today),
        *long_list.demo_licenses(today),
    )


def known_to(authority_ids: Sequence[str]) -> frozenset[str]:
    """Return the keys of the people who hold, held or asked for a license at an authority."""
    any_day = date(2026, 1, 1)  # who holds what is the same on every day
    return frozenset(
        row.holder.key
        for row in demo_licenses(any_day)
        if row.authority.authority.id in authority_ids
    )


def _norwegian(today: date) -> tuple[DemoLicense, ...]:
    return (
        DemoLicense(NORWAY, KARI, "nurse", "NO-100231", date(2012, 6, 15)),
        DemoLicense(
            NORWAY,
            BJORN,
            "physician",
            "NO-200877",
            date(2009, 2, 1),
            stands=Status.RESTRICTED,
            rulings=(conditions("no-controlled-drugs", until=in_years(today, 1)),),
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
            stands=Status.SUSPENDED,
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
            in_years(today, 2),
            kind=Kind.PROVISIONAL,
            recognition=RecognitionBasis.AUTOMATIC_ANNEX_V,
        ),
        DemoLicense(
            SWEDEN,
            SEAN,
            "primary-teacher",
            "SE-770-4410",
            date(2011, 8, 15),
            last_spring(today),
            stands=Status.EXPIRED,
        ),
        DemoLicense(
            SWEDEN,
            SEAN,
            "vocational-teacher",
            "SE-770-4411",
            date(2016, 8, 15),
            stands=Status.RESTRICTED,
            rulings=(conditions("no-work-with-minors", "reporting.monthly"),),
        ),
        DemoLicense(
            SWEDEN,
            ZOE,
            "physician",
            "SE-880-9102",
            date(2015, 6, 1),
            stands=Status.REVOKED,
            rulings=(Revoke(reason_codes=("unsafe-practice",)),),
        ),
        DemoLicense(
            SWEDEN,
            ZOE,
            "nurse",
            "SE-880-9103",
            date(2010, 6, 1),
            stands=Status.SURRENDERED,
            rulings=(Surrender(reason_codes=(VOLUNTARY,)),),
        ),
    )


def _polish(today: date) -> tuple[DemoLicense, ...]:
    return (
        DemoLicense(POLAND, LUCJA, "nurse", "PL-0457812", date(2014, 10, 1), in_years(today, 4)),
        DemoLicense(
            POLAND,
            LUCJA,
            "midwife",
            "PL-0457813",
            date(2014, 10, 1),
            last_spring(today),
            stands=Status.EXPIRED,
        ),
    )
