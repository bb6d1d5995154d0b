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


_LEVELS = {"221": 7, "226": 7, "225": 7, "263": 7, "322": 4}
"""EQF levels of the health professions that do not take a first degree, by minor group."""


def _health(
    code: str, isco08: str, annex_v: str | None, titles: tuple[LocalizedText, ...], law: str
) -> Profession:
    return Profession(
        code=code,
        titles=titles,
        isco08=isco08,
        esco_uri=f"{_ESCO}{isco08}",
        annex_v=annex_v,
        eqf_level=_LEVELS.get(isco08[:3], 6),
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


def _other(
    code: str,
    isco08: str,
    titles: tuple[LocalizedText, ...],
    law: str,
    *,
    eqf_level: int,
    annex_v: str | None = None,
    sector: Sector = Sector.TECHNICAL,
) -> Profession:
    """Return a profession no alert is due for (Art. 56a covers health and minors alone)."""
    return Profession(
        code=code,
        titles=titles,
        isco08=isco08,
        esco_uri=f"{_ESCO}{isco08}",
        annex_v=annex_v,
        eqf_level=eqf_level,
        protection=Protection.BOTH,
        sector=sector,
        legal_basis=(law,),
    )


def _fi(fi: str, sv: str, en: str) -> tuple[LocalizedText, ...]:
    """Return a title in Finland's two languages and in English."""
    return texts(fi=fi, sv=sv, en=en)


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
_SE_SCHOOL = "Education Act 2010:800, chapter 2"
_SE_AGENTS = "Estate Agents Act 2021:516, section 5"
_PL_LAW = "Act on the Professions of Nurse and Midwife of 15 July 2011"
_PL_BUILDING = "Act on Professional Chambers of Architects and Civil Engineers of 15 December 2000"
_NO_ELECTRICAL = "Electrical Qualifications Regulations 2013 no. 739"
_FI_LAW = "Act on Health Care Professionals 559/1994"

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
        _health("dentist", "2261", "5.3.2", texts(nb="Tannlege", en="Dentist"), _NO_LAW),
        _health("pharmacist", "2262", "5.6.2", texts(nb="Farmasøyt", en="Pharmacist"), _NO_LAW),
        _health("psychologist", "2634", None, texts(nb="Psykolog", en="Psychologist"), _NO_LAW),
        _health(
            "associate-nurse",
            "3221",
            None,
            texts(nb="Helsefagarbeider", en="Associate nurse"),
            _NO_LAW,
        ),
    ),
)
NORWAY_ELECTRICAL = _authority(
    "no-electrical",
    "Europe/Oslo",
    texts(nb="Norges demotilsyn for elsikkerhet", en="Norway's demo electrical safety authority"),
    (
        _other(
            "electrician",
            "7411",
            texts(nb="Elektriker", en="Electrician, buildings"),
            _NO_ELECTRICAL,
            eqf_level=4,
        ),
        _other(
            "machine-electrician",
            "7412",
            texts(nb="Elektroreparatør", en="Electrician, machines"),
            _NO_ELECTRICAL,
            eqf_level=4,
        ),
        _other(
            "electrical-engineer",
            "2151",
            texts(nb="Elektroingeniør", en="Electrical engineer"),
            _NO_ELECTRICAL,
            eqf_level=6,
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
            _SE_SCHOOL,
        ),
        _teacher(
            "vocational-teacher",
            "2320",
            texts(sv="Yrkeslärare", en="Vocational teacher"),
            _SE_SCHOOL,
        ),
        _teacher(
            "secondary-teacher",
            "2330",
            texts(sv="Ämneslärare", en="Secondary school teacher"),
            _SE_SCHOOL,
        ),
        _teacher(
            "early-years-teacher",
            "2342",
            texts(sv="Förskollärare", en="Early years teacher"),
            _SE_SCHOOL,
        ),
        _health(
            "specialist-physician",
            "2212",
            "5.1.3",
            texts(sv="Specialistläkare", en="Specialist physician"),
            _SE_LAW,
        ),
        _health("pharmacist", "2262", "5.6.2", texts(sv="Apotekare", en="Pharmacist"), _SE_LAW),
        _health("veterinarian", "2250", "5.4.2", texts(sv="Veterinär", en="Veterinarian"), _SE_LAW),
        _health(
            "physiotherapist",
            "2264",
            None,
            texts(sv="Fysioterapeut", en="Physiotherapist"),
            _SE_LAW,
        ),
        _health("psychologist", "2634", None, texts(sv="Psykolog", en="Psychologist"), _SE_LAW),
        _other(
            "estate-agent",
            "3334",
            texts(sv="Fastighetsmäklare", en="Estate agent"),
            _SE_AGENTS,
            eqf_level=5,
            sector=Sector.OTHER,
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

POLAND_BUILDING = _authority(
    "pl-building",
    "Europe/Warsaw",
    texts(
        pl="Polska demonstracyjna izba architektów i inżynierów budownictwa",
        en="Poland's demo chamber of architects and civil engineers",
    ),
    (
        _other(
            "architect",
            "2161",
            texts(pl="Architekt", en="Architect"),
            _PL_BUILDING,
            eqf_level=7,
            annex_v="5.7.1",
        ),
        _other(
            "civil-engineer",
            "2142",
            texts(pl="Inżynier budownictwa", en="Civil engineer"),
            _PL_BUILDING,
            eqf_level=7,
        ),
        _other(
            "electrical-engineer",
            "2151",
            texts(pl="Inżynier elektryk", en="Electrical engineer"),
            _PL_BUILDING,
            eqf_level=7,
        ),
    ),
)
FINLAND = _authority(
    "fi-health",
    "Europe/Helsinki",
    texts(
        fi="Suomen demo-terveysviranomainen",
        sv="Finlands demomyndighet för hälsa",
        en="Finland's demo health authority",
    ),
    (
        _health("nurse", "2221", "5.2.2", _fi("Sairaanhoitaja", "Sjukskötare", "Nurse"), _FI_LAW),
        _health("midwife", "2222", "5.5.2", _fi("Kätilö", "Barnmorska", "Midwife"), _FI_LAW),
        _health("physician", "2211", "5.1.1", _fi("Lääkäri", "Läkare", "Physician"), _FI_LAW),
        _health(
            "specialist-physician",
            "2212",
            "5.1.3",
            _fi("Erikoislääkäri", "Specialistläkare", "Specialist physician"),
            _FI_LAW,
        ),
        _health("dentist", "2261", "5.3.2", _fi("Hammaslääkäri", "Tandläkare", "Dentist"), _FI_LAW),
        _health(
            "pharmacist", "2262", "5.6.2", _fi("Proviisori", "Provisor", "Pharmacist"), _FI_LAW
        ),
        _health(
            "physiotherapist",
            "2264",
            None,
            _fi("Fysioterapeutti", "Fysioterapeut", "Physiotherapist"),
            _FI_LAW,
        ),
        _health(
            "psychologist", "2634", None, _fi("Psykologi", "Psykolog", "Psychologist"), _FI_LAW
        ),
        _health(
            "associate-nurse",
            "3221",
            None,
            _fi("Lähihoitaja", "Närvårdare", "Associate nurse"),
            _FI_LAW,
        ),
    ),
)

AUTHORITIES = (NORWAY, NORWAY_ELECTRICAL, SWEDEN, POLAND, POLAND_BUILDING, FINLAND)
