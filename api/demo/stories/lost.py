"""People whose licenses rest, were lost, or have ended; and a few that came back."""

from datetime import date, timedelta

from api.demo.authorities import FINLAND, NORWAY, POLAND_BUILDING, SWEDEN
from api.demo.more_people import AINO, JEAN, LARS, MILOS, OYVIND
from api.demo.story import DemoLicense, conditions, in_years, last_spring, speciality
from licenses.model.license import Kind, RecognitionBasis
from licenses.model.lifecycle import Status
from licenses.services.rulings import (
    Annul,
    Inactivate,
    RecordDeath,
    Reinstate,
    Revoke,
    Suspend,
)


def demo_licenses(today: date) -> tuple[DemoLicense, ...]:
    """Return their licenses as they are to stand on `today`."""
    return (
        *_of_jean_by_finland(),
        *_of_jean_by_sweden(today),
        *_of_aino(today),
        *_of_oyvind(today),
        *_of_lars(today),
        *_of_milos(today),
    )


def _of_jean_by_finland() -> tuple[DemoLicense, ...]:
    return (
        DemoLicense(
            FINLAND,
            JEAN,
            "physician",
            "FI-06301001",
            date(2001, 5, 21),
            stands=Status.REVOKED,
            recognition=RecognitionBasis.AUTOMATIC_ANNEX_V,
            rulings=(Revoke(reason_codes=("criminal-conviction",)),),
            days_ago=80,
        ),
        DemoLicense(
            FINLAND,
            JEAN,
            "specialist-physician",
            "FI-06301002",
            date(2006, 2, 20),
            stands=Status.REVOKED,
            kind=Kind.SPECIALIST,
            specialities=(
                speciality(
                    "psychiatry",
                    date(2006, 2, 20),
                    fi="Psykiatria",
                    sv="Psykiatri",
                    en="Psychiatry",
                ),
            ),
            rulings=(
                Suspend(reason_codes=("under-investigation",), interim=True),
                Revoke(reason_codes=("criminal-conviction",)),
            ),
            days_ago=81,
        ),
        DemoLicense(
            NORWAY,
            JEAN,
            "physician",
            "NO-630103",
            date(2009, 10, 19),
            stands=Status.SUSPENDED,
            recognition=RecognitionBasis.MUTUAL_AGREEMENT,
            rulings=(Suspend(reason_codes=("measures-elsewhere",), interim=True),),
            days_ago=60,
        ),
    )


def _of_jean_by_sweden(today: date) -> tuple[DemoLicense, ...]:
    return (
        DemoLicense(
            SWEDEN,
            JEAN,
            "physician",
            "SE-630-0104",
            date(2012, 8, 27),
            last_spring(today),
            stands=Status.EXPIRED,
            recognition=RecognitionBasis.MUTUAL_AGREEMENT,
        ),
    )


def _of_aino(today: date) -> tuple[DemoLicense, ...]:
    return (
        DemoLicense(
            FINLAND,
            AINO,
            "nurse",
            "FI-06312001",
            date(1997, 1, 13),
            stands=Status.INACTIVE,
            rulings=(Inactivate(reason_codes=("voluntary", "retired")),),
        ),
        DemoLicense(
            FINLAND,
            AINO,
            "midwife",
            "FI-06312002",
            date(1999, 11, 1),
            stands=Status.INACTIVE,
            rulings=(
                conditions("no-night-shifts-alone"),
                Inactivate(reason_codes=("voluntary", "retired")),
            ),
            days_ago=31,
        ),
        DemoLicense(
            FINLAND,
            AINO,
            "associate-nurse",
            "FI-06312003",
            date(1996, 6, 3),
            stands=Status.EXPIRED,
            until=last_spring(today),
        ),
    )


def _of_oyvind(today: date) -> tuple[DemoLicense, ...]:
    return (
        DemoLicense(
            NORWAY,
            OYVIND,
            "physician",
            "NO-632301",
            date(1998, 2, 16),
            rulings=(
                Revoke(reason_codes=("unsafe-practice",)),
                Reinstate(
                    reason_codes=("appeal-allowed",),
                    legal_basis=("Health Personnel Act 1999 no. 64, section 62",),
                ),
            ),
            days_ago=1500,
        ),
        DemoLicense(
            NORWAY,
            OYVIND,
            "dentist",
            "NO-632302",
            date(2004, 9, 13),
            stands=Status.SUSPENDED,
            rulings=(
                conditions("no-surgery", "chaperone-required"),
                Suspend(reason_codes=("conditions-broken",)),
            ),
            days_ago=150,
        ),
        DemoLicense(
            SWEDEN,
            OYVIND,
            "dentist",
            "SE-632-0303",
            date(2005, 3, 14),
            in_years(today, 2),
            stands=Status.SUSPENDED,
            recognition=RecognitionBasis.MUTUAL_AGREEMENT,
            rulings=(Suspend(reason_codes=("measures-elsewhere",), until=in_years(today, 1)),),
            days_ago=140,
        ),
    )


def _of_lars(today: date) -> tuple[DemoLicense, ...]:
    return (
        DemoLicense(
            SWEDEN, LARS, "physician", "SE-633-0401", date(1996, 5, 27), stands=Status.ENDED
        ),
        DemoLicense(
            SWEDEN,
            LARS,
            "specialist-physician",
            "SE-633-0402",
            date(1999, 6, 7),
            stands=Status.ENDED,
            kind=Kind.SPECIALIST,
            specialities=(
                speciality("geriatrics", date(1999, 6, 7), sv="Geriatrik", en="Geriatrics"),
            ),
            rulings=(_death(today),),
        ),
        DemoLicense(
            NORWAY,
            LARS,
            "physician",
            "NO-633403",
            date(2001, 4, 23),
            stands=Status.ENDED,
            recognition=RecognitionBasis.MUTUAL_AGREEMENT,
            rulings=(_death(today),),
        ),
        DemoLicense(
            FINLAND,
            LARS,
            "physician",
            "FI-06334004",
            date(2003, 8, 4),
            stands=Status.ENDED,
            recognition=RecognitionBasis.MUTUAL_AGREEMENT,
            rulings=(_death(today),),
        ),
    )


def _of_milos(today: date) -> tuple[DemoLicense, ...]:
    return (
        DemoLicense(
            SWEDEN,
            MILOS,
            "vocational-teacher",
            "SE-634-0501",
            date(2010, 8, 16),
            stands=Status.SUPERSEDED,
            rulings=(Revoke(reason_codes=("fraud",)),),
            days_ago=2000,
            successor="SE-634-0502",
        ),
        DemoLicense(
            SWEDEN,
            MILOS,
            "vocational-teacher",
            "SE-634-0502",
            today - timedelta(days=100),
            in_years(today, 5),
        ),
        DemoLicense(
            SWEDEN,
            MILOS,
            "estate-agent",
            "SE-634-0503",
            date(2016, 11, 7),
            stands=Status.REVOKED,
            rulings=(Revoke(reason_codes=("non-compliance",)),),
        ),
        DemoLicense(
            POLAND_BUILDING,
            MILOS,
            "architect",
            "MAZ/0634/PWOKA/13",
            date(2013, 9, 30),
            stands=Status.ANNULLED,
            recognition=RecognitionBasis.GENERAL_SYSTEM,
            rulings=(Annul(reason_codes=("falsified-evidence",)),),
            days_ago=700,
        ),
    )


def _death(today: date) -> RecordDeath:
    return RecordDeath(died_on=today - timedelta(days=70))
