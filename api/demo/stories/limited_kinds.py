"""People whose license is of a kind that never stands in full."""

from datetime import date, timedelta

from api.demo.authorities import (
    FINLAND,
    NORWAY,
    NORWAY_ELECTRICAL,
    POLAND_BUILDING,
    SWEDEN,
)
from api.demo.more_people import (
    ADE,
    ANH,
    GRZEGORZ,
    MIKKO,
)
from api.demo.story import (
    DemoLicense,
    conditions,
    except_for,
    in_years,
    last_spring,
    only,
)
from licenses.model.license import Kind, RecognitionBasis
from licenses.model.lifecycle import Status
from licenses.services.rulings import (
    Refuse,
)


def demo_licenses(today: date) -> tuple[DemoLicense, ...]:
    """Return their licenses as they are to stand on `today`."""
    return (
        *_of_mikko(today),
        *_of_grzegorz(today),
        *_of_anh(today),
        *_of_ade(today),
    )


def _of_mikko(today: date) -> tuple[DemoLicense, ...]:
    return (
        DemoLicense(FINLAND, MIKKO, "associate-nurse", "FI-06156001", date(2022, 6, 6)),
        DemoLicense(
            FINLAND,
            MIKKO,
            "nurse",
            "FI-06156002",
            date(2025, 1, 7),
            in_years(today, 1),
            kind=Kind.STUDENT,
        ),
    )


def _of_grzegorz(today: date) -> tuple[DemoLicense, ...]:
    return (
        DemoLicense(
            POLAND_BUILDING,
            GRZEGORZ,
            "civil-engineer",
            "SLK/0616/OWOK/17",
            date(2017, 5, 15),
            kind=Kind.LIMITED,
            scope=(
                only("small-buildings", pl="Obiekty do 1000 m³", en="Buildings up to 1000 m³"),
                except_for("bridges", pl="Mosty", en="Bridges"),
            ),
        ),
        DemoLicense(
            POLAND_BUILDING,
            GRZEGORZ,
            "architect",
            "SLK/0617/PWOKA/20",
            date(2020, 2, 3),
            stands=Status.REFUSED,
            rulings=(Refuse(reason_codes=("qualification-missing",)),),
            days_ago=900,
        ),
        DemoLicense(
            POLAND_BUILDING,
            GRZEGORZ,
            "electrical-engineer",
            "SLK/0618/PWOE/26",
            today - timedelta(days=12),
            stands=Status.PENDING,
        ),
        DemoLicense(
            NORWAY_ELECTRICAL,
            GRZEGORZ,
            "electrician",
            "EL 10-616/4",
            date(2014, 10, 20),
            recognition=RecognitionBasis.GENERAL_SYSTEM,
        ),
    )


def _of_anh(today: date) -> tuple[DemoLicense, ...]:
    return (
        DemoLicense(NORWAY, ANH, "pharmacist", "NO-617801", date(2020, 1, 13)),
        DemoLicense(
            NORWAY,
            ANH,
            "associate-nurse",
            "NO-617802",
            date(2015, 6, 22),
            last_spring(today),
            stands=Status.EXPIRED,
        ),
        DemoLicense(
            FINLAND,
            ANH,
            "pharmacist",
            "FI-06178003",
            date(2025, 2, 3),
            in_years(today, 1),
            kind=Kind.PROVISIONAL,
            recognition=RecognitionBasis.AUTOMATIC_ANNEX_V,
        ),
    )


def _of_ade(today: date) -> tuple[DemoLicense, ...]:
    return (
        DemoLicense(
            FINLAND,
            ADE,
            "nurse",
            "FI-06189001",
            date(2025, 3, 3),
            in_years(today, 1),
            stands=Status.RESTRICTED,
            kind=Kind.PROVISIONAL,
            recognition=RecognitionBasis.GENERAL_SYSTEM_ADAPTATION_PERIOD,
            rulings=(conditions("practice.mentored", "no-supervising"),),
        ),
        DemoLicense(
            FINLAND,
            ADE,
            "associate-nurse",
            "FI-06189002",
            date(2018, 11, 5),
            recognition=RecognitionBasis.GENERAL_SYSTEM,
        ),
        DemoLicense(
            NORWAY, ADE, "nurse", "NO-618903", today - timedelta(days=5), stands=Status.PENDING
        ),
        DemoLicense(
            SWEDEN,
            ADE,
            "nurse",
            "SE-618-0904",
            date(2024, 4, 8),
            stands=Status.REFUSED,
            recognition=RecognitionBasis.GENERAL_SYSTEM,
            rulings=(Refuse(reason_codes=("language-skills",)),),
            days_ago=200,
        ),
    )
