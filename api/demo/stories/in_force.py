"""People most of whose licenses are in force, and the ways a license stays or comes back there."""

from datetime import date, timedelta

from api.demo.authorities import (
    FINLAND,
    NORWAY,
    NORWAY_ELECTRICAL,
    POLAND,
    POLAND_BUILDING,
    SWEDEN,
)
from api.demo.more_people import (
    DIMITAR,
    GORGA,
    JIRI,
    JUHANI,
    JURGEN,
    LIV,
    MARCELLI,
    SOLVI,
    STEFAN,
    WILLEMIJN,
)
from api.demo.story import (
    DemoLicense,
    conditions,
    in_years,
    last_spring,
    only,
    privilege,
    speciality,
    temporary,
)
from licenses.model.license import Kind, RecognitionBasis
from licenses.model.lifecycle import Status
from licenses.services.rulings import Annul, Correct, Inactivate, Reinstate, Renew, Suspend


def demo_licenses(today: date) -> tuple[DemoLicense, ...]:
    """Return their licenses as they are to stand on `today`."""
    return (
        *_of_liv(),
        *_of_stefan(today),
        *_of_jiri(),
        *_of_gorga(today),
        *_of_marcelli(),
        *_of_dimitar(today),
        *_of_willemijn(),
        *_of_juhani(),
        *_of_solvi(today),
        *_of_jurgen(today),
    )


def _of_liv() -> tuple[DemoLicense, ...]:
    return (
        DemoLicense(NORWAY, LIV, "nurse", "NO-600101", date(1996, 6, 14)),
        DemoLicense(NORWAY, LIV, "midwife", "NO-600102", date(2001, 12, 3)),
        DemoLicense(
            SWEDEN,
            LIV,
            "nurse",
            "SE-600-0101",
            date(2005, 2, 7),
            recognition=RecognitionBasis.MUTUAL_AGREEMENT,
            rulings=(
                Suspend(reason_codes=("under-investigation",)),
                Reinstate(reason_codes=("investigation-closed",)),
            ),
            days_ago=900,
        ),
    )


def _of_stefan(today: date) -> tuple[DemoLicense, ...]:
    return (
        DemoLicense(
            SWEDEN,
            STEFAN,
            "physician",
            "SE-601-0201",
            date(2010, 9, 13),
            recognition=RecognitionBasis.AUTOMATIC_ANNEX_V,
        ),
        DemoLicense(
            SWEDEN,
            STEFAN,
            "specialist-physician",
            "SE-601-0202",
            date(2016, 4, 4),
            kind=Kind.SPECIALIST,
            specialities=(
                speciality(
                    "anaesthesia-intensive-care",
                    date(2016, 4, 4),
                    sv="Anestesi och intensivvård",
                    en="Anaesthesia and intensive care",
                ),
            ),
        ),
        DemoLicense(
            NORWAY,
            STEFAN,
            "physician",
            "NO-601203",
            today - timedelta(days=40),
            in_years(today, 1),
            kind=Kind.TEMPORARY_SERVICE,
            recognition=RecognitionBasis.TEMPORARY_DECLARATION,
            territories=(temporary("NO", in_years(today, 1)),),
        ),
    )


def _of_jiri() -> tuple[DemoLicense, ...]:
    return (
        DemoLicense(POLAND_BUILDING, JIRI, "architect", "MAP/0123/PWOKA/08", date(2008, 3, 17)),
        DemoLicense(
            POLAND_BUILDING, JIRI, "civil-engineer", "MAP/0456/PWBKb/11", date(2011, 11, 28)
        ),
        DemoLicense(
            NORWAY_ELECTRICAL,
            JIRI,
            "electrical-engineer",
            "EL 30-204/1",
            date(2019, 5, 6),
            recognition=RecognitionBasis.GENERAL_SYSTEM_APTITUDE_TEST,
        ),
    )


def _of_gorga(today: date) -> tuple[DemoLicense, ...]:
    return (
        DemoLicense(
            FINLAND, GORGA, "pharmacist", "FI-06070801", date(2012, 1, 16), in_years(today, 3)
        ),
        DemoLicense(
            SWEDEN,
            GORGA,
            "pharmacist",
            "SE-603-0302",
            date(2014, 6, 2),
            stands=Status.INACTIVE,
            recognition=RecognitionBasis.AUTOMATIC_ANNEX_V,
            rulings=(Inactivate(),),
            days_ago=400,
        ),
        DemoLicense(
            NORWAY,
            GORGA,
            "pharmacist",
            "NO-603303",
            date(2016, 8, 1),
            last_spring(today),
            stands=Status.EXPIRED,
            recognition=RecognitionBasis.AUTOMATIC_ANNEX_V,
        ),
    )


def _of_marcelli() -> tuple[DemoLicense, ...]:
    return (
        DemoLicense(
            SWEDEN,
            MARCELLI,
            "veterinarian",
            "SE-604-0401",
            date(2009, 10, 5),
            stands=Status.SUPERSEDED,
            kind=Kind.LIMITED,
            recognition=RecognitionBasis.GENERAL_SYSTEM,
            scope=(only("small-animals", sv="Smådjur", en="Small animals"),),
            successor="SE-604-0402",
        ),
        DemoLicense(
            SWEDEN,
            MARCELLI,
            "veterinarian",
            "SE-604-0402",
            date(2013, 3, 11),
            recognition=RecognitionBasis.GENERAL_SYSTEM_ADAPTATION_PERIOD,
        ),
    )


def _of_dimitar(today: date) -> tuple[DemoLicense, ...]:
    return (
        DemoLicense(
            NORWAY,
            DIMITAR,
            "nurse",
            "NO-605501",
            date(2013, 4, 15),
            recognition=RecognitionBasis.AUTOMATIC_ANNEX_V,
            rulings=(conditions("practice.mentored", until=last_spring(today)),),
            days_ago=500,
        ),
        DemoLicense(
            NORWAY,
            DIMITAR,
            "associate-nurse",
            "NO-605502",
            date(2009, 9, 7),
            stands=Status.SUPERSEDED,
            recognition=RecognitionBasis.GENERAL_SYSTEM,
            successor="NO-605501",
        ),
        DemoLicense(
            POLAND,
            DIMITAR,
            "nurse",
            "PL-0655013",
            date(2011, 2, 21),
            in_years(today, 2),
            recognition=RecognitionBasis.AUTOMATIC_ANNEX_V,
            rulings=(Correct(number="PL-0655103", reason_codes=("typing-error",)),),
            days_ago=700,
        ),
    )


def _of_willemijn() -> tuple[DemoLicense, ...]:
    return (
        DemoLicense(NORWAY, WILLEMIJN, "physiotherapist", "NO-606601", date(2002, 1, 14)),
        DemoLicense(SWEDEN, WILLEMIJN, "physiotherapist", "SE-606-0602", date(2006, 8, 28)),
        DemoLicense(
            FINLAND,
            WILLEMIJN,
            "physiotherapist",
            "FI-06066003",
            date(2010, 5, 31),
            stands=Status.INACTIVE,
            rulings=(Inactivate(),),
        ),
        DemoLicense(
            NORWAY,
            WILLEMIJN,
            "psychologist",
            "NO-606604",
            date(2015, 9, 21),
            stands=Status.ANNULLED,
            rulings=(Annul(reason_codes=("issued-in-error",)),),
            days_ago=300,
        ),
    )


def _of_juhani() -> tuple[DemoLicense, ...]:
    return (
        DemoLicense(FINLAND, JUHANI, "physician", "FI-06077001", date(1998, 6, 1)),
        DemoLicense(
            FINLAND,
            JUHANI,
            "specialist-physician",
            "FI-06077002",
            date(2004, 11, 15),
            kind=Kind.SPECIALIST,
            specialities=(
                speciality(
                    "internal-medicine",
                    date(2004, 11, 15),
                    fi="Sisätaudit",
                    sv="Inre medicin",
                    en="Internal medicine",
                ),
                speciality(
                    "cardiology",
                    date(2008, 2, 4),
                    fi="Kardiologia",
                    sv="Kardiologi",
                    en="Cardiology",
                ),
            ),
        ),
        DemoLicense(
            FINLAND,
            JUHANI,
            "pharmacist",
            "FI-06077003",
            date(2012, 3, 5),
            stands=Status.ANNULLED,
            rulings=(Annul(reason_codes=("fraud",)),),
            days_ago=1200,
        ),
        DemoLicense(
            SWEDEN,
            JUHANI,
            "physician",
            "SE-607-0704",
            date(2009, 1, 19),
            recognition=RecognitionBasis.MUTUAL_AGREEMENT,
        ),
    )


def _of_solvi(today: date) -> tuple[DemoLicense, ...]:
    return (
        DemoLicense(NORWAY, SOLVI, "nurse", "NO-608801", date(2015, 6, 19), in_years(today, 4)),
        DemoLicense(
            SWEDEN,
            SOLVI,
            "nurse",
            "SE-608-0802",
            date(2021, 3, 1),
            in_years(today, 4),
            kind=Kind.PRIVILEGE,
            recognition=RecognitionBasis.COMPACT_PRIVILEGE,
            territories=(privilege("SE", in_years(today, 4)),),
        ),
        DemoLicense(
            FINLAND,
            SOLVI,
            "nurse",
            "FI-06088003",
            date(2022, 3, 1),
            last_spring(today),
            stands=Status.EXPIRED,
            kind=Kind.PRIVILEGE,
            recognition=RecognitionBasis.COMPACT_PRIVILEGE,
            territories=(privilege("FI", last_spring(today)),),
        ),
    )


def _of_jurgen(today: date) -> tuple[DemoLicense, ...]:
    return (
        DemoLicense(
            NORWAY_ELECTRICAL,
            JURGEN,
            "electrician",
            "EL 10-609/1",
            date(2003, 8, 18),
            last_spring(today),
            recognition=RecognitionBasis.EXPERIENCE_ANNEX_IV,
            rulings=(Renew(valid_until=in_years(today, 5)),),
            days_ago=120,
        ),
        DemoLicense(
            NORWAY_ELECTRICAL,
            JURGEN,
            "machine-electrician",
            "EL 20-609/2",
            date(2006, 2, 13),
            last_spring(today),
            stands=Status.EXPIRED,
        ),
        DemoLicense(
            POLAND_BUILDING,
            JURGEN,
            "electrical-engineer",
            "DOL/0609/PWOE/14",
            date(2014, 7, 7),
            in_years(today, 1),
            rulings=(Renew(valid_until=in_years(today, 6)),),
        ),
    )
