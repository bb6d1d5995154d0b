"""Seal contents by the thousand from one seed, where hypothesis would take a minute.

Less thorough than `tests.strategies` field by field, and quick: parts are drawn from pools that
hold every optional field both ways and every character an escape can get wrong.
"""

from datetime import date, timedelta
from random import Random
from uuid import UUID

from licenses.model.license import (
    Grant,
    Issuer,
    Kind,
    RecognitionBasis,
    ScopeItem,
    SealContent,
    Speciality,
    Territory,
    TerritoryMode,
)
from licenses.model.people import NameType, Person, PersonName
from licenses.model.profession import Profession, Protection, Sector
from licenses.model.values import LocalizedText, ValidityPeriod
from tests.strategies import AREAS, AWKWARD, COUNTRIES, LANGUAGES, ZONES

_LETTERS = "abcdefghijklmnopqrstuvwxyzæøåäöüßñçşğıłżđþðħαβγдежאבג中ไ" + AWKWARD.strip("\u0301")
_FORMER = (NameType.BIRTH, NameType.FORMER, NameType.PROFESSIONAL)


def random_content(chance: Random) -> SealContent:
    """Return a valid seal content; the same state of `chance` gives the same one."""
    return SealContent(
        license_id=_urn(chance),
        seal_id=f"{chance.getrandbits(128):032x}",
        record_version=chance.randint(1, 99),
        issuer=Issuer(
            id=_uri(chance),
            names=_localized(chance),
            country=chance.choice(COUNTRIES),
            url=_uri(chance),
        ),
        holder_id=_urn(chance),
        holder=_person(chance),
        grant=_grant(chance),
        status_address=_uri(chance),
    )


def _text(chance: Random) -> str:
    inside = "".join(chance.choices(_LETTERS + " ", k=chance.randint(0, 24)))
    return f"{chance.choice('AZÅ&<>字')}{inside}{chance.choice('azé&<>')}"


def _urn(chance: Random) -> str:
    return UUID(int=chance.getrandbits(128), version=4).urn


def _uri(chance: Random) -> str:
    return f"https://authority-{chance.randint(1, 99)}.example/a?x=1&y='{chance.randint(1, 9)}'"


def _day(chance: Random) -> date:
    return date(1950, 1, 1) + timedelta(days=chance.randint(0, 40_000))


def _localized(chance: Random) -> tuple[LocalizedText, ...]:
    languages = chance.sample(LANGUAGES, chance.randint(1, 3))
    return tuple(LocalizedText(lang=lang, text=_text(chance)) for lang in languages)


def _person(chance: Random) -> Person:
    names = [
        PersonName(given=_text(chance), family=_text(chance), type=kind)
        for kind in (NameType.CURRENT, *chance.choices(_FORMER, k=chance.randint(0, 3)))
    ]
    chance.shuffle(names)
    return Person(names=tuple(names), birth_date=_day(chance))


def _period(chance: Random) -> ValidityPeriod:
    starts = _day(chance)
    ends = starts + timedelta(days=chance.randint(0, 9999)) if chance.random() < 0.6 else None
    return ValidityPeriod(starts=starts, ends=ends)


def _profession(chance: Random) -> Profession:
    return Profession(
        code=f"profession.{chance.randint(1, 99)}",
        titles=_localized(chance),
        isco08=f"{chance.randint(0, 9999):04}",
        protection=chance.choice(list(Protection)),
        sector=chance.choice(list(Sector)),
        esco_uri=chance.choice((None, _uri(chance))),
        annex_v=chance.choice((None, "5.2.2")),
        eqf_level=chance.choice((None, chance.randint(1, 8))),
        alertable=chance.random() < 0.5,
        legal_basis=_texts(chance),
    )


def _texts(chance: Random) -> tuple[str, ...]:
    return tuple(_text(chance) for _ in range(chance.randint(0, 2)))


def _grant(chance: Random) -> Grant:
    first, latest = sorted((_day(chance), _day(chance)))
    kind = chance.choice(list(Kind))
    return Grant(
        number=f"HPR {chance.randint(1, 10**9)}",
        profession=_profession(chance),
        titles=_localized(chance),
        kind=kind,
        jurisdiction=chance.choice(AREAS),
        territories=tuple(_territory(chance) for _ in range(chance.randint(1, 3))),
        first_issued=first,
        issued=latest,
        period=_period(chance),
        time_zone=chance.choice(ZONES),
        recognition=chance.choice(list(RecognitionBasis)),
        specialities=tuple(
            Speciality(code="speciality", titles=_localized(chance), period=_period(chance))
            for _ in range(chance.randint(0, 2))
        ),
        scope=tuple(
            ScopeItem(activity="activity", titles=_localized(chance), exclude=chance.random() < 0.5)
            for _ in range(chance.randint(int(kind is Kind.LIMITED), 2))
        ),
        legal_basis=_texts(chance),
    )


def _territory(chance: Random) -> Territory:
    return Territory(
        area=chance.choice(AREAS),
        mode=chance.choice(list(TerritoryMode)),
        until=chance.choice((None, _day(chance))),
    )
