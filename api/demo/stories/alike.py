"""People one takes for another: twins, namesakes, a name no form has room for, a long list."""

from datetime import date, timedelta

from api.demo.authorities import FINLAND, NORWAY, POLAND, SWEDEN
from api.demo.more_people import ANNA_1987, ANNA_1991, ASTRID, GUDNY, GUDRUN, MAXIMILIANA
from api.demo.story import DemoLicense, conditions, in_years, last_spring, speciality
from licenses.model.license import Kind, RecognitionBasis
from licenses.model.lifecycle import Status
from licenses.services.rulings import (
    VOLUNTARY,
    Annul,
    Inactivate,
    Reactivate,
    Refuse,
    Revoke,
    Surrender,
    Suspend,
)


def demo_licenses(today: date) -> tuple[DemoLicense, ...]:
    """Return their licenses as they are to stand on `today`."""
    return (
        DemoLicense(NORWAY, GUDRUN, "nurse", "NO-640101", date(2015, 6, 17)),
        DemoLicense(
            FINLAND,
            GUDRUN,
            "nurse",
            "FI-06401002",
            date(2018, 3, 12),
            recognition=RecognitionBasis.MUTUAL_AGREEMENT,
            rulings=(Inactivate(), Reactivate(reason_codes=("return-to-practice-course",))),
            days_ago=500,
        ),
        DemoLicense(
            NORWAY,
            GUDRUN,
            "midwife",
            "NO-640103",
            today - timedelta(days=20),
            stands=Status.PENDING,
        ),
        DemoLicense(
            NORWAY,
            GUDNY,
            "nurse",
            "NO-640201",
            date(2015, 6, 17),
            stands=Status.SUSPENDED,
            rulings=(Suspend(reason_codes=("health",)),),
        ),
        DemoLicense(
            FINLAND,
            GUDNY,
            "nurse",
            "FI-06402002",
            date(2018, 3, 12),
            recognition=RecognitionBasis.MUTUAL_AGREEMENT,
        ),
        DemoLicense(
            SWEDEN,
            GUDNY,
            "nurse",
            "SE-640-0203",
            date(2023, 10, 2),
            stands=Status.REFUSED,
            recognition=RecognitionBasis.MUTUAL_AGREEMENT,
            rulings=(Refuse(reason_codes=("measures-elsewhere",)),),
            days_ago=20,
        ),
        DemoLicense(POLAND, ANNA_1987, "nurse", "PL-0643001", date(2010, 7, 5), in_years(today, 2)),
        DemoLicense(
            POLAND, ANNA_1987, "midwife", "PL-0643002", date(2011, 7, 4), in_years(today, 2)
        ),
        DemoLicense(
            NORWAY,
            ANNA_1987,
            "nurse",
            "NO-640303",
            date(2016, 1, 18),
            recognition=RecognitionBasis.AUTOMATIC_ANNEX_V,
        ),
        DemoLicense(
            POLAND,
            ANNA_1991,
            "nurse",
            "PL-0644001",
            date(2014, 7, 7),
            stands=Status.REVOKED,
            rulings=(Revoke(reason_codes=("unsafe-practice",)),),
            days_ago=365,
        ),
        DemoLicense(
            POLAND,
            ANNA_1991,
            "midwife",
            "PL-0644002",
            date(2015, 7, 6),
            stands=Status.SURRENDERED,
            rulings=(Surrender(reason_codes=(VOLUNTARY,)),),
            days_ago=360,
        ),
        DemoLicense(
            NORWAY,
            ANNA_1991,
            "nurse",
            "NO-640403",
            today - timedelta(days=3),
            stands=Status.PENDING,
            recognition=RecognitionBasis.AUTOMATIC_ANNEX_V,
        ),
        DemoLicense(FINLAND, MAXIMILIANA, "psychologist", "FI-06405001", date(2003, 2, 10)),
        DemoLicense(
            SWEDEN,
            MAXIMILIANA,
            "psychologist",
            "SE-640-0502",
            date(2007, 5, 28),
            kind=Kind.NON_PRACTISING,
        ),
        DemoLicense(NORWAY, MAXIMILIANA, "psychologist", "NO-640503", date(1999, 3, 22)),
        *_of_astrid(today),
    )


def _of_astrid(today: date) -> tuple[DemoLicense, ...]:
    """Return the long list: every way to stand at one authority, one profession each."""
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
