"""Holders: the people licenses are granted to, and how two descriptions of one are compared.

A name alone never finds a holder (design.md 3); comparing is for a relying party who already
holds a document and asks whether it is about the person they expect.
"""

import re
import unicodedata
from datetime import date
from enum import StrEnum
from itertools import product
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, Field, StringConstraints, field_validator

from licenses.model.values import Code, CountryCode, Text, Uri, Value, plain_text

# Letters that carry no combining mark and so survive NFKD; spelt as passports spell them
# (ICAO Doc 9303 part 3, section 6). Only comparison folds; nothing stored is ever folded.
_UNMARKED = str.maketrans(
    {"ø": "o", "đ": "d", "ł": "l", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d"}
)
_APOSTROPHES = str.maketrans(dict.fromkeys("'’‘ʼ`´", ""))
_ACCENTS = frozenset(map(chr, range(0x0300, 0x0370)))  # combining diacritical marks
_SIGNS = re.compile(r"[^0-9a-z]+")
_SPELT_OUT = {"å": "aa", "ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe"}


class NameType(StrEnum):
    """What a name is to its bearer."""

    CURRENT = "current"
    BIRTH = "birth"
    FORMER = "former"
    PROFESSIONAL = "professional"


class PersonName(Value):
    """Given and family name, as the authority writes them.

    ELMO asks for both; of a person of one name the other is a text without letters, as in "-".
    """

    given: Text
    family: Text
    type: NameType = NameType.CURRENT

    @property
    def full(self) -> str:
        """Given names before the family name, as on a letter; a name that is none is left out."""
        return self.only or f"{self.given} {self.family}"

    @property
    def only(self) -> str | None:
        """The name of a person of one name; None for everybody else."""
        given, family = any(map(str.isalnum, self.given)), any(map(str.isalnum, self.family))
        if given == family:
            return None
        return self.given if given else self.family


_LONGEST = StringConstraints(max_length=601)  # two texts with a space between
FullName = Annotated[str, _LONGEST, AfterValidator(plain_text), _LONGEST]
"""A whole name that nobody has divided into given and family name."""


class Person(Value):
    """What a seal says of its holder: names, exactly one of them current, and the birth date."""

    names: Annotated[tuple[PersonName, ...], Field(min_length=1, max_length=10)]
    birth_date: date

    @field_validator("names")
    @classmethod
    def _one_current(cls, names: tuple[PersonName, ...]) -> tuple[PersonName, ...]:
        if sum(name.type is NameType.CURRENT for name in names) != 1:
            raise ValueError("exactly one name must be the current one")
        return names

    @property
    def current_name(self) -> PersonName:
        """The one name in use."""
        return next(name for name in self.names if name.type is NameType.CURRENT)


class PersonIdentifier(Value):
    """An identifier somebody gave the person: (country, type, value), say a national id.

    Stored encrypted, found by a keyed hash, and in no document we write.
    """

    country: CountryCode
    type: Code
    value: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9./-]{3,40}$")]


class Holder(Value):
    """A person in the register of one authority; `holder_id` means nothing elsewhere."""

    authority_id: Uri
    holder_id: UUID
    person: Person
    identifiers: tuple[PersonIdentifier, ...] = ()


def folded(name: str) -> str:
    """Return `name` as it is compared: no case, accents, hyphens, apostrophes or double spaces.

    Only accents fall away; the vowel signs of scripts that write them as marks tell names apart.
    """
    joined = name.casefold().translate(_UNMARKED).translate(_APOSTROPHES)
    if joined.isascii():
        return " ".join(_SIGNS.sub(" ", joined).split())
    decomposed = unicodedata.normalize("NFKD", joined)
    letters = "".join(
        char if _is_letter(char) else " " for char in decomposed if char not in _ACCENTS
    )
    return " ".join(unicodedata.normalize("NFC", letters).split())


def same_person(one: Person, other: Person) -> bool:
    """Say whether two people have the birth date and, after folding, a name in common."""
    return one.birth_date == other.birth_date and any(
        same_name(mine, theirs) for mine in one.names for theirs in other.names
    )


def is_called(name: PersonName, full_name: str) -> bool:
    """Say whether an undivided full name is this one, in either order, after folding."""
    pairs = tuple(product(_spellings(name.given), _spellings(name.family)))
    either = {" ".join(pair) for one in pairs for pair in (one, one[::-1])}
    return not (either | _spellings(name.only or "")).isdisjoint(_spellings(full_name))


def same_name(one: PersonName, other: PersonName) -> bool:
    """Say whether two names are the same after folding, given and family each.

    Also true where one side spells out what the other marks (Bjørn, Bjoern; Åse, Aase), and of two
    single names, whichever side writes them as given or as family name.
    """
    if _same(one.family, other.family) and _same(one.given, other.given):
        return True
    mine, theirs = one.only, other.only
    return mine is not None and theirs is not None and _same(mine, theirs)


def _same(one: str, other: str) -> bool:
    spelt = _spellings(one)
    return bool(spelt if one == other else spelt & _spellings(other))


def _spellings(name: str) -> set[str]:
    """A name of signs alone (a dash for "none") has no spelling, so it is the same as nothing."""
    if name.isascii():
        return {name.lower()} if name.isalpha() else {folded(name)} - {""}
    spelt = "".join(
        _SPELT_OUT.get(char, char) for char in unicodedata.normalize("NFC", name.casefold())
    )
    return {folded(name), folded(spelt)} - {""}


def _is_letter(char: str) -> bool:
    return unicodedata.category(char)[0] in "LMN"
