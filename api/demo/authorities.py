"""The authorities of the demo world, with their lists of professions and their mandates.

The names say that they are demonstrations; the codes are real (ISCO-08 unit groups, ESCO by the
URI of the ISCO group, points of Annex V of Directive 2005/36/EC).
"""

from datetime import date
from typing import NamedTuple

from licenses.model.authority import Authority, MandateEntry
from licenses.model.profession import Profession, Protection, Sector
from licenses.model.values import LocalizedText, ValidityPeriod

_SINCE = ValidityPeriod(starts=date(1990, 1, 1))
_ESCO = "http://data.europa.eu/esco/isco/C"


class DemoAuthority(NamedTuple):
    """An authority, the short name its keys and files go by, and its professions."""

    slug: str
    authority: Authority
    professions: tuple[Profession, ...]


def texts(**by_language: str) -> tuple[LocalizedText, ...]:
    """Return one text in several languages, the authority's own first."""
    return tuple(LocalizedText(lang=lang, text=text) for lang, text in by_language.items())


def _health(
    code: str, isco08: str, annex_v: str | None, titles: tuple[LocalizedText, ...], law: str
) -> Profession:
    return Profession(
        code=code,
        titles=titles,
        isco08=isco08,
        esco_uri=f"{_ESCO}{isco08}",
        annex_v=annex_v,
        eqf_level=7 if isco08.startswith(("221", "226")) else 6,
        protection=Protection.BOTH,
        sector=Sector.HEALTH,
        alertable=True,
        legal_basis=(law,),
    )


def _teacher(code: str, isco08: str, titles: tuple[LocalizedText, ...], law: str) -> Profession:
    return Profession(
        code=code,
        titles=titles,
        isco08=isco08,
        esco_uri=f"{_ESCO}{isco08}",
        eqf_level=7,
        protection=Protection.RESERVED_ACTIVITY,
        sector=Sector.EDUCATION_OF_MINORS,
        alertable=True,
        legal_basis=(law,),
    )


def _authority(
    slug: str, zone: str, names: tuple[LocalizedText, ...], professions: tuple[Profession, ...]
) -> DemoAuthority:
    country = slug.partition("-")[0].upper()
    authority = Authority(
        id=f"https://{slug}.example/authority",
        names=names,
        country=country,
        url=f"https://{slug}.example/",
        time_zone=zone,
        mandate=tuple(
            MandateEntry(profession=one.code, territory=country, period=_SINCE)
            for one in professions
        ),
    )
    return DemoAuthority(slug, authority, professions)


_NO_LAW = "Health Personnel Act 1999 no. 64, section 48 a"
_SE_LAW = "Patient Safety Act 2010:659, chapter 4"
_PL_LAW = "Act on the Professions of Nurse and Midwife of 15 July 2011"

NORWAY = _authority(
    "no-health",
    "Europe/Oslo",
    texts(nb="Norges demo-helsemyndighet", en="Norway's demo health authority"),
    (
        _health("nurse", "2221", "5.2.2", texts(nb="Sykepleier", en="Registered nurse"), _NO_LAW),
        _health("midwife", "2222", "5.5.2", texts(nb="Jordmor", en="Midwife"), _NO_LAW),
        _health("physician", "2211", "5.1.1", texts(nb="Lege", en="Physician"), _NO_LAW),
        _health(
            "physiotherapist",
            "2264",
            None,
            texts(nb="Fysioterapeut", en="Physiotherapist"),
            _NO_LAW,
        ),
    ),
)
SWEDEN = _authority(
    "se-licenses",
    "Europe/Stockholm",
    texts(sv="Sveriges demomyndighet för legitimation", en="Sweden's demo licensing authority"),
    (
        _health("nurse", "2221", "5.2.2", texts(sv="Sjuksköterska", en="Nurse"), _SE_LAW),
        _health("physician", "2211", "5.1.1", texts(sv="Läkare", en="Physician"), _SE_LAW),
        _health("dentist", "2261", "5.3.2", texts(sv="Tandläkare", en="Dentist"), _SE_LAW),
        _teacher(
            "primary-teacher",
            "2341",
            texts(sv="Grundskollärare", en="Primary school teacher"),
            "Education Act 2010:800, chapter 2",
        ),
        _teacher(
            "vocational-teacher",
            "2320",
            texts(sv="Yrkeslärare", en="Vocational teacher"),
            "Education Act 2010:800, chapter 2",
        ),
    ),
)
POLAND = _authority(
    "pl-nurses",
    "Europe/Warsaw",
    texts(
        pl="Polska demonstracyjna izba pielęgniarek i położnych",
        en="Poland's demo chamber of nurses and midwives",
    ),
    (
        _health("nurse", "2221", "5.2.2", texts(pl="Pielęgniarka", en="Nurse"), _PL_LAW),
        _health("midwife", "2222", "5.5.2", texts(pl="Położna", en="Midwife"), _PL_LAW),
    ),
)

AUTHORITIES = (NORWAY, SWEDEN, POLAND)
