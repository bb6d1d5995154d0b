"""People who may work under conditions, some of them with a license of a lesser kind besides."""

from datetime import date, timedelta

from api.demo.authorities import (
    FINLAND,
    NORWAY,
    NORWAY_ELECTRICAL,
    POLAND,
    SWEDEN,
)
from api.demo.more_people import (
    BJARTE,
    EWA,
    IBRAHIM,
    ISTVAN,
    MARIA,
    NIKOLAOS,
    SIOBHAN,
)
from api.demo.story import (
    DemoLicense,
    conditions,
    in_years,
    last_spring,
    privilege,
    speciality,
    temporary,
)
from licenses.model.encumbrance import EncumbranceKind
from licenses.model.license import Kind, RecognitionBasis
from licenses.model.lifecycle import Status
from licenses.services.rulings import (
    IN_LIEU_OF_DISCIPLINE,
    VOLUNTARY,
    Refuse,
    Surrender,
    Suspend,
)


def demo_licenses(today: date) -> tuple[DemoLicense, ...]:
    """Return their licenses as they are to stand on `today`."""
    return (
        *_of_istvan(today),
        *_of_ibrahim(today),
        *_of_siobhan(today),
        *_of_nikolaos(today),
        *_of_maria(today),
        *_of_bjarte(today),
        *_of_ewa(today),
    )


def _of_istvan(today: date) -> tuple[DemoLicense, ...]:
    return (
        DemoLicense(
            NORWAY,
            ISTVAN,
            "dentist",
            "NO-610101",
            date(2007, 4, 16),
            stands=Status.RESTRICTED,
            recognition=RecognitionBasis.ACQUIRED_RIGHTS,
            rulings=(
                conditions(
                    "no-controlled-drugs",
                    "no-prescribing",
                    kind=EncumbranceKind.PRESCRIBING_LIMITATION,
                    until=in_years(today, 2),
                ),
                conditions(
                    "supervision.indirect",
                    "no-controlled-drugs",
                    kind=EncumbranceKind.SUPERVISION_ORDER,
                    until=in_years(today, 1),
                ),
            ),
        ),
        DemoLicense(
            SWEDEN,
            ISTVAN,
            "dentist",
            "SE-610-0102",
            date(2007, 9, 3),
            stands=Status.SURRENDERED,
            rulings=(Surrender(reason_codes=(IN_LIEU_OF_DISCIPLINE,)),),
            days_ago=250,
        ),
        DemoLicense(
            FINLAND,
            ISTVAN,
            "dentist",
            "FI-06101003",
            today - timedelta(days=90),
            stands=Status.REFUSED,
            recognition=RecognitionBasis.AUTOMATIC_ANNEX_V,
            rulings=(Refuse(reason_codes=("measures-elsewhere",)),),
        ),
    )


def _of_ibrahim(today: date) -> tuple[DemoLicense, ...]:
    return (
        DemoLicense(
            NORWAY,
            IBRAHIM,
            "physician",
            "NO-611201",
            date(2023, 1, 9),
            in_years(today, 1),
            kind=Kind.PROVISIONAL,
            recognition=RecognitionBasis.THIRD_COUNTRY,
        ),
        DemoLicense(
            SWEDEN,
            IBRAHIM,
            "physician",
            "SE-611-0202",
            date(2022, 5, 2),
            stands=Status.REFUSED,
            recognition=RecognitionBasis.THIRD_COUNTRY,
            rulings=(Refuse(reason_codes=("qualification-missing",)),),
            days_ago=600,
        ),
        DemoLicense(
            FINLAND,
            IBRAHIM,
            "physician",
            "FI-06112003",
            date(2021, 9, 6),
            in_years(today, 1),
            stands=Status.RESTRICTED,
            kind=Kind.TRAINING,
            recognition=RecognitionBasis.THIRD_COUNTRY,
            rulings=(conditions("supervision.direct", "no-night-shifts-alone"),),
        ),
    )


def _of_siobhan(today: date) -> tuple[DemoLicense, ...]:
    return (
        DemoLicense(SWEDEN, SIOBHAN, "secondary-teacher", "SE-612-0301", date(2008, 8, 11)),
        DemoLicense(
            SWEDEN,
            SIOBHAN,
            "primary-teacher",
            "SE-612-0302",
            date(2006, 8, 14),
            stands=Status.RESTRICTED,
            rulings=(
                conditions(
                    "training.in-progress",
                    kind=EncumbranceKind.EDUCATION_ORDER,
                    until=in_years(today, 1),
                ),
            ),
        ),
        DemoLicense(
            SWEDEN,
            SIOBHAN,
            "early-years-teacher",
            "SE-612-0303",
            date(2006, 8, 14),
            last_spring(today),
            stands=Status.SUPERSEDED,
            successor="SE-612-0304",
        ),
        DemoLicense(
            SWEDEN,
            SIOBHAN,
            "early-years-teacher",
            "SE-612-0304",
            today - timedelta(days=60),
            in_years(today, 10),
        ),
    )


def _of_nikolaos(today: date) -> tuple[DemoLicense, ...]:
    return (
        DemoLicense(SWEDEN, NIKOLAOS, "physician", "SE-613-0401", date(2000, 2, 28)),
        DemoLicense(
            SWEDEN,
            NIKOLAOS,
            "specialist-physician",
            "SE-613-0402",
            date(2006, 10, 9),
            stands=Status.RESTRICTED,
            kind=Kind.SPECIALIST,
            specialities=(
                speciality(
                    "general-surgery",
                    date(2006, 10, 9),
                    last_spring(today),
                    sv="Kirurgi",
                    en="General surgery",
                ),
                speciality("urology", date(2010, 3, 1), sv="Urologi", en="Urology"),
            ),
            rulings=(conditions("no-surgery", kind=EncumbranceKind.SCOPE_LIMITATION),),
        ),
        DemoLicense(
            FINLAND,
            NIKOLAOS,
            "physician",
            "FI-06134003",
            date(2019, 1, 7),
            in_years(today, 2),
            kind=Kind.PRIVILEGE,
            recognition=RecognitionBasis.COMPACT_PRIVILEGE,
            territories=(privilege("FI-01", in_years(today, 2)),),
        ),
    )


def _of_maria(today: date) -> tuple[DemoLicense, ...]:
    return (
        DemoLicense(
            NORWAY,
            MARIA,
            "midwife",
            "NO-614501",
            date(1999, 9, 20),
            stands=Status.RESTRICTED,
            recognition=RecognitionBasis.ACQUIRED_RIGHTS,
            rulings=(
                conditions(
                    "workplace.named-only",
                    "no-lone-working",
                    "hours.limited",
                    kind=EncumbranceKind.UNDERTAKING,
                    until=in_years(today, 1),
                ),
            ),
        ),
        DemoLicense(NORWAY, MARIA, "nurse", "NO-614502", date(1998, 3, 2)),
        DemoLicense(
            SWEDEN,
            MARIA,
            "nurse",
            "SE-614-0503",
            in_years(today, -2),
            in_years(today, 1),
            kind=Kind.TEMPORARY_SERVICE,
            recognition=RecognitionBasis.TEMPORARY_DECLARATION,
            territories=(temporary("SE", last_spring(today)),),
        ),
    )


def _of_bjarte(today: date) -> tuple[DemoLicense, ...]:
    return (
        DemoLicense(
            NORWAY_ELECTRICAL,
            BJARTE,
            "electrician",
            "EL 10-619/1",
            date(1996, 8, 19),
            stands=Status.SUSPENDED,
            rulings=(Suspend(reason_codes=("unsafe-practice",), until=in_years(today, 1)),),
        ),
        DemoLicense(
            NORWAY_ELECTRICAL,
            BJARTE,
            "machine-electrician",
            "EL 20-619/2",
            date(1999, 1, 11),
            stands=Status.RESTRICTED,
            rulings=(
                conditions(
                    "no-independent-practice",
                    "administrative-work-allowed",
                    kind=EncumbranceKind.PROBATION,
                ),
            ),
        ),
        DemoLicense(
            NORWAY_ELECTRICAL, BJARTE, "electrical-engineer", "EL 30-619/3", date(2008, 6, 23)
        ),
    )


def _of_ewa(today: date) -> tuple[DemoLicense, ...]:
    return (
        DemoLicense(POLAND, EWA, "nurse", "PL-0620001", date(2000, 7, 3), in_years(today, 3)),
        DemoLicense(
            POLAND,
            EWA,
            "midwife",
            "PL-0620002",
            date(2002, 7, 1),
            in_years(today, 3),
            stands=Status.RESTRICTED,
            rulings=(
                conditions("health.monitored", kind=EncumbranceKind.MONITORING),
                conditions("workplace.approved-only", until=in_years(today, 1)),
            ),
        ),
        DemoLicense(
            FINLAND,
            EWA,
            "nurse",
            "FI-06200003",
            date(2010, 1, 25),
            stands=Status.SURRENDERED,
            recognition=RecognitionBasis.AUTOMATIC_ANNEX_V,
            rulings=(Surrender(reason_codes=(VOLUNTARY,)),),
            days_ago=1000,
        ),
    )
