"""For every lint rule a license that keeps it and its neighbour that breaks it.

All say what one sound license says (`draft`), but for the one thing the rule is about.
"""

from datetime import UTC, date, datetime
from typing import Any, NamedTuple

from licenses.model.license import (
    Kind,
    RecognitionBasis,
    ScopeItem,
    SealContent,
    Speciality,
    Territory,
    TerritoryMode,
)
from licenses.model.people import NameType, PersonName
from licenses.model.profession import Profession, Sector
from licenses.model.values import ValidityPeriod
from tests.factories import (
    GrantFactory,
    IssuerFactory,
    MandateEntryFactory,
    PersonFactory,
    ProfessionFactory,
    SealContentFactory,
    texts,
)
from tests.factories.grants import PROFESSIONS

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
MANDATE = tuple(
    MandateEntryFactory.build(profession=row[0], territory=country)
    for row in PROFESSIONS
    for country in ("NO", "SE", "SJ")
)
"""Every profession of the factories in three countries, since 1 January 2001."""

SEAL_ID = "a11ce" + "0" * 26 + "1"
ADDRESS = f"https://authority.example/v1/status/{SEAL_ID}"
NIL = "urn:uuid:00000000-0000-0000-0000-000000000000"
ESCO = "http://data.europa.eu/esco"
NURSE, PHYSICIAN, PHYSIOTHERAPIST = PROFESSIONS[0], PROFESSIONS[2], PROFESSIONS[3]


class Pair(NamedTuple):
    """Two neighbours: the second breaks the rule, and of necessity those `also` named."""

    keeps: SealContent
    breaks: SealContent
    also: frozenset[str] = frozenset()


def draft(**changes: Any) -> SealContent:
    """Return a sound license of a nurse, born on 17 May 1985, but for `changes`."""
    sound: dict[str, Any] = {
        "seal_id": SEAL_ID,
        "status_address": ADDRESS,
        "holder": PersonFactory.build(names=(name(),), birth_date=date(1985, 5, 17)),
        "grant": GrantFactory.build(profession=profession()),
    }
    return SealContentFactory.build(**(sound | changes))


def name(given: str = "Zoë", family: str = "Solberg", **changes: Any) -> PersonName:
    """Return a name, the current one unless `changes` say otherwise."""
    return PersonName(given=given, family=family, **changes)


def profession(row: tuple[Any, ...] = NURSE, **changes: Any) -> Profession:
    """Return a profession of the factories."""
    return ProfessionFactory.build(row=row, **changes)


def grant(**changes: Any) -> SealContent:
    """Return the sound license with another grant."""
    return draft(grant=GrantFactory.build(**({"profession": profession()} | changes)))


def working_as(row: tuple[Any, ...] = NURSE, **changes: Any) -> SealContent:
    """Return the sound license for another profession."""
    return grant(profession=profession(row, **changes))


def born(day: date) -> SealContent:
    """Return the sound license of somebody born on `day`."""
    return draft(holder=PersonFactory.build(names=(name(),), birth_date=day))


def named(*names: PersonName) -> SealContent:
    """Return the sound license of somebody with these names."""
    return draft(holder=PersonFactory.build(names=names, birth_date=date(1985, 5, 17)))


def titled(**titles: str) -> SealContent:
    """Return the sound license with these titles, by language."""
    return grant(titles=texts(**titles))


def numbered(number: str) -> SealContent:
    """Return the sound license with another number."""
    return grant(number=number)


def valid(starts: date, ends: date | None = None, **changes: Any) -> SealContent:
    """Return the sound license valid for other days; it was issued on 20 June 2024."""
    return grant(period=ValidityPeriod(starts=starts, ends=ends), **changes)


def special(*days: tuple[date, date | None], **changes: Any) -> SealContent:
    """Return the sound license with one speciality, once for each pair of days."""
    items = tuple(
        Speciality(
            code="intensive-care",
            titles=texts(nb="Intensivsykepleie"),
            period=ValidityPeriod(starts=starts, ends=ends),
        )
        for starts, ends in days
    )
    return grant(specialities=items, **changes)


def within(*areas: str | Territory, **changes: Any) -> SealContent:
    """Return the sound license for other territories."""
    territories = [Territory(area=one) if isinstance(one, str) else one for one in areas]
    return grant(territories=tuple(territories), **changes)


def scoped(*activities: str, **changes: Any) -> SealContent:
    """Return the sound license with a scope; an activity after a dash is left out."""
    items = tuple(
        ScopeItem(activity=one.lstrip("-"), titles=texts(nb="Vaksiner"), exclude=one[0] == "-")
        for one in activities
    )
    return grant(scope=items, **changes)


def at(address: str) -> SealContent:
    """Return the sound license with another status address."""
    return draft(status_address=address)


_SUMMER, _NEW_YEAR = date(2024, 7, 1), date(2031, 12, 31)
_SOLE = Territory(area="SE", mode=TerritoryMode.TEMPORARY)
_SOLE_ENDS = Territory(area="SE", mode=TerritoryMode.TEMPORARY, until=_NEW_YEAR)

DAYS = {
    "birth-ahead": Pair(
        born(date(2005, 6, 20)), born(date(2026, 3, 2)), also=frozenset({"holder-age"})
    ),
    "holder-age": Pair(born(date(2005, 6, 20)), born(date(2005, 6, 21))),
    "holder-too-old": Pair(born(date(1903, 6, 21)), born(date(1903, 6, 20))),
    "issued-ahead": Pair(
        grant(issued=date(2026, 3, 2), time_zone="Pacific/Kiritimati"),
        grant(issued=date(2026, 3, 2)),
    ),
    "valid-before-issue": Pair(valid(date(2019, 6, 20)), valid(date(2019, 6, 19))),
    "starts-far-ahead": Pair(valid(date(2026, 6, 19)), valid(date(2026, 6, 20))),
    "issued-after-end": Pair(
        valid(date(2019, 6, 20), date(2024, 6, 20)), valid(date(2019, 6, 20), date(2024, 6, 19))
    ),
    "ends-far-ahead": Pair(valid(_SUMMER, date(2089, 6, 19)), valid(_SUMMER, date(2089, 6, 20))),
    "no-end": Pair(
        valid(_SUMMER, date(2025, 6, 30), kind=Kind.STUDENT), valid(_SUMMER, kind=Kind.STUDENT)
    ),
    "service-length": Pair(
        valid(_SUMMER, date(2029, 6, 19), kind=Kind.TEMPORARY_SERVICE),
        valid(_SUMMER, date(2029, 6, 20), kind=Kind.TEMPORARY_SERVICE),
    ),
    "part-outlives-license": Pair(
        within(Territory(area="NO", until=_NEW_YEAR)),
        within(Territory(area="NO", until=date(2032, 1, 1))),
    ),
    "territory-days": Pair(
        within("NO-03", Territory(area="NO-11", until=_SUMMER)),
        within("NO-03", Territory(area="NO-11", until=date(2024, 6, 30))),
    ),
    "speciality-days": Pair(
        special((date(2025, 1, 1), date(2025, 1, 1))), special((date(2025, 1, 2), date(2025, 1, 1)))
    ),
    "speciality-late": Pair(special((_NEW_YEAR, None)), special((date(2032, 1, 1), None))),
    "speciality-age": Pair(special((date(1999, 5, 17), None)), special((date(1999, 5, 16), None))),
}
HOLDER = {
    "name-without-letter": Pair(named(name("–", "Sukarno")), named(name("–", "–"))),
    "name-digit": Pair(named(name("Zoë III")), named(name("Zoë 3"))),
    "name-twice": Pair(
        named(name(), name(family="Berg", type=NameType.BIRTH)),
        named(name(), name(type=NameType.BIRTH)),
    ),
    "number-spaces": Pair(numbered("HPR 7 0"), numbered("HPR  7")),
    "number-signs": Pair(numbered("Nr. 1-2/3"), numbered("NO--1")),
    "number-placeholder": Pair(numbered("0001"), numbered("000-0")),
    "number-birth-date": Pair(numbered("18.05.1985-7"), numbered("17.05.1985-7")),
    "number-national": Pair(numbered("170585 123456"), numbered("170585 12345")),
}
TEXTS = {
    "language-twice": Pair(
        titled(nb="Sykepleier", nn="Sjukepleiar"),
        grant(titles=texts(nb="Sykepleier") + texts(nb="Pleier")),
    ),
    "own-language": Pair(titled(nn="Sjukepleiar"), titled(en="Nurse")),
    "profession-own-language": Pair(
        working_as(titles=texts(**{"no-NO": "Sykepleier"})),
        grant(profession=profession(titles=texts(en="Nurse")), titles=texts(nb="Sykepleier")),
    ),
    "title-without-letter": Pair(titled(nb="1. a"), titled(nb="§ 48")),
    "language-script": Pair(
        titled(nb="Sykepleier", el="Νοσηλευτής", sr="Сестра"),
        titled(nb="Sykepleier", en="Медсестра"),
    ),
    "mixed-scripts": Pair(
        named(name("Elena Елена")),
        named(name(family="N\N{CYRILLIC SMALL LETTER O}rdmann")),
    ),
    "text-spaces": Pair(
        titled(nb="Autorisert\N{NO-BREAK SPACE} sykepleier"), titled(nb="Autorisert  sykepleier")
    ),
    "citation": Pair(grant(legal_basis=("§ 48",)), grant(legal_basis=("§",))),
    "citation-twice": Pair(grant(legal_basis=("§ 48", "§ 49")), grant(legal_basis=("§ 48",) * 2)),
}
CODES = {
    "area-code": Pair(within("NO-03"), within("NO-99")),
    "time-zone": Pair(grant(time_zone="UTC"), grant(time_zone="EST")),
    "language-tag": Pair(titled(**{"nb": "A", "sr-Latn-RS": "B"}), titled(nb="A", xx="B")),
    "isco08": Pair(
        working_as(isco08="2240", annex_v=None), working_as(isco08="2223", annex_v=None)
    ),
    "esco-uri": Pair(
        working_as(esco_uri=f"{ESCO}/occupation/0b1a4b1c-3c4d-4e5f-8a9b-0c1d2e3f4a5b"),
        working_as(esco_uri=f"{ESCO}/occupation/nurse"),
    ),
    "esco-isco08": Pair(
        working_as(esco_uri=f"{ESCO}/isco/C222"), working_as(esco_uri=f"{ESCO}/isco/C2222")
    ),
    "annex-v": Pair(working_as(annex_v="5.2.1"), working_as(annex_v="5.2.3")),
    "annex-v-isco08": Pair(working_as(isco08="3221"), working_as(isco08="2222")),
    "eqf-level": Pair(working_as(PHYSICIAN, eqf_level=6), working_as(PHYSICIAN, eqf_level=5)),
    "alert-sector": Pair(
        working_as(sector=Sector.EDUCATION_OF_MINORS), working_as(sector=Sector.TECHNICAL)
    ),
    "automatic-recognition": Pair(
        grant(recognition=RecognitionBasis.AUTOMATIC_ANNEX_V),
        grant(
            profession=profession(PHYSIOTHERAPIST), recognition=RecognitionBasis.AUTOMATIC_ANNEX_V
        ),
    ),
}
_FROM_2001 = ValidityPeriod(starts=date(2001, 1, 1))
RIGHT = {
    "mandate": Pair(
        grant(first_issued=date(2001, 1, 1), issued=date(2001, 1, 1), period=_FROM_2001),
        grant(first_issued=date(2000, 12, 31), issued=date(2000, 12, 31), period=_FROM_2001),
    ),
    "jurisdiction": Pair(within("SJ", jurisdiction="SJ"), within("SE", jurisdiction="SE")),
    "territory-unexplained": Pair(
        within("NO", Territory(area="SE", mode=TerritoryMode.MULTISTATE)), within("NO", "SE")
    ),
    "territory-twice": Pair(within("NO-03", "NO-11"), within("NO-03", "NO-03")),
    "territory-within": Pair(
        within(Territory(area="NO", until=_SUMMER), "NO-03"), within("NO", "NO-03")
    ),
    "temporary-territory": Pair(
        grant(period=ValidityPeriod(starts=_SUMMER), territories=(_SOLE_ENDS,)),
        grant(period=ValidityPeriod(starts=_SUMMER), territories=(_SOLE,)),
    ),
    "specialist-speciality": Pair(
        special((_SUMMER, None), kind=Kind.SPECIALIST), grant(kind=Kind.SPECIALIST)
    ),
    "speciality-twice": Pair(
        special((date(2020, 1, 1), date(2021, 1, 1)), (date(2021, 1, 2), None)),
        special((date(2020, 1, 1), date(2021, 1, 1)), (date(2021, 1, 1), None)),
    ),
    "scope-twice": Pair(scoped("vaccines", "travel"), scoped("vaccines", "vaccines")),
    "scope-against-itself": Pair(scoped("vaccines", "-travel"), scoped("vaccines", "-vaccines")),
    "partial-access": Pair(
        scoped("vaccines", recognition=RecognitionBasis.PARTIAL_ACCESS),
        grant(recognition=RecognitionBasis.PARTIAL_ACCESS),
    ),
    "declaration": Pair(
        valid(
            _SUMMER,
            date(2025, 6, 30),
            kind=Kind.TEMPORARY_SERVICE,
            recognition=RecognitionBasis.TEMPORARY_DECLARATION,
        ),
        grant(recognition=RecognitionBasis.TEMPORARY_DECLARATION),
    ),
}
ADDRESSES = {
    "status-address": Pair(
        at(f"http://localhost:8001/status/{SEAL_ID}"), at(f"http://authority.example/{SEAL_ID}")
    ),
    "status-seal": Pair(
        at(f"https://authority.example/?seal={SEAL_ID}"),
        at(f"https://authority.example/{'1' * 32}"),
    ),
    "issuer-url": Pair(
        draft(issuer=IssuerFactory.build(url="http://authority.example/")),
        draft(issuer=IssuerFactory.build(url="mailto:post@authority.example")),
    ),
    "address-ip": Pair(at(f"https://127.0.0.1/{SEAL_ID}"), at(f"https://192.0.2.1/{SEAL_ID}")),
    "seal-id": Pair(
        draft(seal_id="0" * 31 + "1", status_address=f"https://authority.example/{'0' * 31}1"),
        draft(seal_id="0" * 32, status_address=f"https://authority.example/{'0' * 32}"),
    ),
    "uuid": Pair(
        draft(license_id=NIL.replace("0-", "1-")), draft(license_id="https://authority.example/1")
    ),
    "uuid-nil": Pair(draft(holder_id=NIL.replace("0-", "1-")), draft(holder_id=NIL)),
    "one-id-for-two": Pair(
        draft(license_id=NIL.replace("0-", "1-")),
        draft(license_id=NIL.replace("0-", "1-"), holder_id=NIL.replace("0-", "1-")),
    ),
}
PAIRS = {**DAYS, **HOLDER, **TEXTS, **CODES, **RIGHT, **ADDRESSES}
"""By the code of the rule."""

MORE_BREAKS = (
    ("part-outlives-license", special((date(2025, 1, 1), date(2032, 1, 1)))),
    ("area-code", draft(issuer=IssuerFactory.build(country="ZZ"))),
    ("language-tag", draft(issuer=IssuerFactory.build(names=texts(**{"nb": "A", "sr-Qqqq": "B"})))),
    ("no-end", valid(_SUMMER, kind=Kind.PROVISIONAL)),
    ("number-placeholder", numbered("N/A")),
    ("number-birth-date", numbered("NO19850517")),
    ("number-national", numbered("17058512345")),
    ("mixed-scripts", titled(nb="Sykepleier", en="\N{GREEK CAPITAL LETTER NU}urse")),
    ("language-script", titled(**{"nb": "Sykepleier", "sr-Latn": "Сестра"})),
    ("time-zone", grant(time_zone="Etc/GMT-1")),
    ("mandate", working_as(code="dentist")),
    ("mandate", within(Territory(area="FI", mode=TerritoryMode.PRIVILEGE))),
    ("territory-within", within("NO-03", "NO")),
    ("status-address", at(f"https://me:pw@authority.example/{SEAL_ID}")),
    ("status-address", at(f"https://authority.example/{SEAL_ID}#top")),
    ("status-address", at(f"https:///v1/status/{SEAL_ID}")),
    ("status-address", at(f"https://authority.example:99999/{SEAL_ID}")),
    ("address-ip", at(f"https://[2001:db8::1]/{SEAL_ID}")),
    ("issuer-url", draft(issuer=IssuerFactory.build(url="https://me@authority.example/"))),
    ("uuid", draft(holder_id="urn:uuid:1")),
)
"""Other ways to break a rule."""

SOUND = (
    draft(issuer=IssuerFactory.build(country="NO", names=texts(nb="Etaten", se="Etáhta"))),
    named(name("Seán", "O’Connor")),
    named(name("Marcel·lí", "Abril i Puig")),
    named(name("Γεωργία", "Παπαδοπούλου"), name("Georgia", "Papadopoulou", type=NameType.BIRTH)),
    named(name("Willemijn", "van der Zwaluw-’t Hooft")),
    named(name("İbrahim Işık", "Yıldırım-Çağlı")),
    named(name("字", "王")),
    titled(nb="Sykepleier", en="Nurse, voltages to 1 kΩ"),
    numbered("MAP/0123/PWBKb/11"),
    numbered("EL 10-609/1"),
    numbered("7000001"),
    numbered("05LK4"),
    within("SE", kind=Kind.PRIVILEGE),
    valid(_SUMMER),
    working_as(PHYSICIAN),
    working_as(PHYSIOTHERAPIST),
)
"""Licenses as European registers really hold them."""
