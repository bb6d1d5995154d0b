"""People one takes for another: twins, namesakes, a name no form has room for."""

from datetime import date, timedelta

from api.demo.authorities import FINLAND, NORWAY, POLAND, SWEDEN
from api.demo.more_people import ANNA_1987, ANNA_1991, GUDNY, GUDRUN, MAXIMILIANA
from api.demo.story import DemoLicense, in_years
from licenses.model.license import Kind, RecognitionBasis
from licenses.model.lifecycle import Status
from licenses.services.rulings import (
    VOLUNTARY,
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
        *_of_gudrun(today),
        *_of_gudny(),
        *_of_anna_1987(today),
        *_of_anna_1991(today),
        *_of_maximiliana(),
    )


def _of_gudrun(today: date) -> tuple[DemoLicense, ...]:
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
    )


def _of_gudny() -> tuple[DemoLicense, ...]:
    return (
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
    )


def _of_anna_1987(today: date) -> tuple[DemoLicense, ...]:
    return (
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
    )


def _of_anna_1991(today: date) -> tuple[DemoLicense, ...]:
    return (
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
    )


def _of_maximiliana() -> tuple[DemoLicense, ...]:
    return (
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
    )
