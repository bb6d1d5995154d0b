"""Hypothesis strategies for domain values: every optional field, all scripts, awkward characters.

What they draw is valid by the model; whether a law would grant it (a territory inside the
jurisdiction, a birth before the first issue) is left to the tests that ask.
"""

import unicodedata
from datetime import date
from typing import TypeVar
from zoneinfo import available_timezones

import hypothesis.strategies as st

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
from licenses.model.verdict import Delivery

Item = TypeVar("Item")

AREAS = ("NO", "NO-03", "SE", "FI", "PL", "DE", "DE-BY", "AT", "MT", "ES-CT", "GR", "US-CA")
COUNTRIES = ("NO", "SE", "FI", "PL", "DE", "AT", "MT", "ES", "GR")
LANGUAGES = ("nb", "nn", "en", "sv", "fi", "pl", "de", "el", "bg", "mt", "sr-Latn", "de-AT")
ZONES = tuple(sorted(available_timezones()))
AWKWARD = "&<>\"'`];#éÅßŁġ’–€Ωжא字🏥\u00a0\u0301"
"""Letters and signs that a writer, an escape or a normaliser gets wrong first."""

_OTHER_NAMES = (NameType.BIRTH, NameType.FORMER, NameType.PROFESSIONAL)

_LOWER = "abcdefghijklmnopqrstuvwxyz"
_WORD = _LOWER + "0123456789"
_NUMBER = _WORD + _LOWER.upper()


def _several(
    items: st.SearchStrategy[Item], least: int = 0, most: int = 3
) -> st.SearchStrategy[tuple[Item, ...]]:
    return st.lists(items, min_size=least, max_size=most).map(tuple)


def _framed(ends: str, inside: str, most: int) -> st.SearchStrategy[str]:
    """Words over `inside` whose first and last letter are of `ends`."""
    word = st.text(ends, min_size=1, max_size=1)
    return st.builds("{}{}{}".format, word, st.text(inside, max_size=most - 2), word) | word


def _digits(alphabet: str, length: int) -> st.SearchStrategy[str]:
    return st.text(alphabet, min_size=length, max_size=length)


def _plain(text: str) -> str:
    return unicodedata.normalize("NFC", text).strip()


def _is_plain(text: str) -> bool:
    # Normalising twice can differ from once where strip() took a letter from its mark.
    return bool(text) and text == _plain(text)


days = st.dates(date(1900, 1, 1), date(2999, 12, 31))
codes = _framed(_WORD, _WORD + ".-", 20)
urns = st.uuids().map(lambda identity: identity.urn)
public_ids = st.uuids().map(lambda identity: identity.hex)
uris = st.builds(
    "{}://{}.example/{}".format,
    st.sampled_from(("https", "http")),
    st.text(_LOWER, min_size=1, max_size=12),
    st.text("abcXYZ0189-._~:/?#[]@!$&'()*+,;=%", max_size=40),
)
_letters = st.text(
    st.characters(codec="utf-8", categories=("L", "M", "N", "P", "S", "Zs")),
    min_size=1,
    max_size=60,
)
plain_texts = (_letters | st.text(AWKWARD, min_size=1, max_size=9)).map(_plain).filter(_is_plain)
"""One line of text as `values.Text` holds it: NFC, stripped, nothing invisible."""

localized_texts = st.lists(
    st.builds(LocalizedText, lang=st.sampled_from(LANGUAGES), text=plain_texts),
    min_size=1,
    max_size=3,
    unique_by=lambda entry: entry.lang,
).map(tuple)
"""One to three texts in different languages."""

periods = st.builds(
    lambda one, other, is_open: ValidityPeriod(
        starts=min(one, other), ends=None if is_open else max(one, other)
    ),
    days,
    days,
    st.booleans(),
)
"""Whole days, the end open or not before the start."""

people = st.builds(
    lambda current, others, at, birth_date: Person(
        names=(*others[:at], current, *others[at:]), birth_date=birth_date
    ),
    st.builds(PersonName, given=plain_texts, family=plain_texts, type=st.just(NameType.CURRENT)),
    _several(
        st.builds(
            PersonName, given=plain_texts, family=plain_texts, type=st.sampled_from(_OTHER_NAMES)
        )
    ),
    st.integers(0, 3),
    days,
)
"""A person whose one current name stands anywhere among former ones."""

professions = st.builds(
    Profession,
    code=codes,
    titles=localized_texts,
    isco08=_digits("0123456789", 4),
    protection=st.sampled_from(Protection),
    sector=st.sampled_from(Sector),
    esco_uri=st.none() | uris,
    annex_v=st.none() | st.builds("5.{}.{}".format, st.integers(1, 7), st.integers(1, 6)),
    eqf_level=st.none() | st.integers(1, 8),
    alertable=st.booleans(),
    legal_basis=_several(plain_texts),
)
territories = st.builds(
    Territory,
    area=st.sampled_from(AREAS),
    mode=st.sampled_from(TerritoryMode),
    until=st.none() | days,
)
specialities = st.builds(Speciality, code=codes, titles=localized_texts, period=periods)
scope_items = st.builds(ScopeItem, activity=codes, titles=localized_texts, exclude=st.booleans())


@st.composite
def grants(draw: st.DrawFn) -> Grant:
    """A grant with any optional field there or not; a limited one always has a scope."""
    kind = draw(st.sampled_from(Kind))
    first_issued, issued = sorted((draw(days), draw(days)))
    return Grant(
        number=draw(_framed(_NUMBER, _NUMBER + " ./-", 40)),
        profession=draw(professions),
        titles=draw(localized_texts),
        kind=kind,
        jurisdiction=draw(st.sampled_from(AREAS)),
        territories=draw(_several(territories, least=1)),
        first_issued=first_issued,
        issued=issued,
        period=draw(periods),
        time_zone=draw(st.sampled_from(ZONES)),
        recognition=draw(st.sampled_from(RecognitionBasis)),
        specialities=draw(_several(specialities, most=2)),
        scope=draw(_several(scope_items, least=int(kind is Kind.LIMITED), most=2)),
        legal_basis=draw(_several(plain_texts)),
    )


seal_contents = st.builds(
    SealContent,
    license_id=urns,
    seal_id=public_ids,
    record_version=st.integers(1, 10**9),
    issuer=st.builds(
        Issuer, id=uris, names=localized_texts, country=st.sampled_from(COUNTRIES), url=uris
    ),
    holder_id=urns,
    holder=people,
    grant=grants(),
    status_address=uris,
)
"""Everything a seal can say, field by field."""

deliveries = st.builds(
    Delivery,
    audience=uris,
    session_sha256=_digits("0123456789abcdef", 64),
    purpose=plain_texts,
    consent_id=plain_texts,
    login_level=codes,
)
