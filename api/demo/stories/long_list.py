"""The long list of one person: every way to stand at one authority, one profession each."""

from datetime import date, timedelta

from api.demo.authorities import SWEDEN
from api.demo.more_people import ASTRID
from api.demo.story import DemoLicense, conditions, last_spring, speciality
from licenses.model.license import Kind
from licenses.model.lifecycle import Status
from licenses.services.rulings import (
    VOLUNTARY,
    Annul,
    Inactivate,
    Surrender,
    Suspend,
)


def demo_licenses(today: date) -> tuple[DemoLicense, ...]:
    """Return her licenses as they are to stand on `today`."""
    return (
        *_in_force_or_limited(today),
        *_given_up_or_waiting(today),
        *_undone_and_in_another_trade(),
    )


def _in_force_or_limited(today: date) -> tuple[DemoLicense, ...]:
    return (
        DemoLicense(SWEDEN, ASTRID, "nurse", "SE-650-0601", date(1996, 6, 10)),
        DemoLicense(SWEDEN, ASTRID, "physician", "SE-650-0602", date(1999, 6, 14)),
        DemoLicense(
            SWEDEN,
            ASTRID,
            "specialist-physician",
            "SE-650-0603",
            date(2005, 4, 18),
            kind=Kind.SPECIALIST,
            specialities=(
                speciality("paediatrics", date(2005, 4, 18), sv="Barnmedicin", en="Paediatrics"),
                speciality("neonatology", date(2008, 4, 21), sv="Neonatologi", en="Neonatology"),
                speciality(
                    "clinical-genetics", date(2012, 5, 7), sv="Klinisk genetik", en="Genetics"
                ),
            ),
        ),
        DemoLicense(
            SWEDEN,
            ASTRID,
            "dentist",
            "SE-650-0604",
            date(2001, 1, 15),
            stands=Status.INACTIVE,
            rulings=(Inactivate(),),
        ),
        DemoLicense(
            SWEDEN,
            ASTRID,
            "primary-teacher",
            "SE-650-0605",
            date(2003, 8, 18),
            last_spring(today),
            stands=Status.EXPIRED,
        ),
        DemoLicense(
            SWEDEN,
            ASTRID,
            "secondary-teacher",
            "SE-650-0606",
            date(2004, 8, 16),
            stands=Status.RESTRICTED,
            rulings=(conditions("no-supervising", "reporting.monthly"),),
        ),
    )


def _given_up_or_waiting(today: date) -> tuple[DemoLicense, ...]:
    return (
        DemoLicense(
            SWEDEN,
            ASTRID,
            "vocational-teacher",
            "SE-650-0607",
            today - timedelta(days=50),
            starts=today + timedelta(days=60),
        ),
        DemoLicense(
            SWEDEN,
            ASTRID,
            "early-years-teacher",
            "SE-650-0608",
            date(2006, 8, 21),
            kind=Kind.NON_PRACTISING,
        ),
        DemoLicense(
            SWEDEN,
            ASTRID,
            "veterinarian",
            "SE-650-0609",
            date(2007, 2, 19),
            stands=Status.SURRENDERED,
            rulings=(Surrender(reason_codes=(VOLUNTARY,)),),
        ),
        DemoLicense(
            SWEDEN,
            ASTRID,
            "pharmacist",
            "SE-650-0610",
            date(2009, 9, 14),
            stands=Status.SUSPENDED,
            rulings=(Suspend(reason_codes=("under-investigation",)),),
        ),
        DemoLicense(
            SWEDEN,
            ASTRID,
            "psychologist",
            "SE-650-0611",
            today - timedelta(days=8),
            stands=Status.PENDING,
        ),
    )


def _undone_and_in_another_trade() -> tuple[DemoLicense, ...]:
    return (
        DemoLicense(
            SWEDEN,
            ASTRID,
            "physiotherapist",
            "SE-650-0612",
            date(2011, 10, 10),
            stands=Status.ANNULLED,
            rulings=(Annul(reason_codes=("issued-in-error",)),),
        ),
        DemoLicense(SWEDEN, ASTRID, "estate-agent", "SE-650-0613", date(2014, 3, 24)),
    )
