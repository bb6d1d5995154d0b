"""One name in two alphabets: which of a person's names a reader of Latin letters can read.

ELMO 2.0 asks for the full name in other than Latin letters beside given and family name. A
register has no mark for "the same name in another alphabet": what it has are the names a person
uses now, so only these are taken. A former name or a name at birth is another name, not another
spelling. Source: ELMO 2.0.0 (alternativeName); docs/decisions/0014.
"""

import unicodedata
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from licenses.model.people import NameType, Person, PersonName, same_person

_IN_USE = (NameType.CURRENT, NameType.PROFESSIONAL)
# Letters without LATIN in their name that occur in names written in Latin letters.
_ALSO_LATIN = ("LATIN ", "FULLWIDTH LATIN ", "MODIFIER LETTER ", "MASCULINE ", "FEMININE ")


class InTwoAlphabets(NamedTuple):
    """The name to read, and the same name as its bearer writes it; equal where only one is known.

    `readable` is in Latin letters wherever such a name is known, `original` in others.
    """

    readable: PersonName
    original: PersonName


def in_two_alphabets(learner: Person, sealed: Iterable[Person] = ()) -> InTwoAlphabets:
    """Return the learner's current name and its `counterpart`, the readable one first."""
    current = learner.current_name
    other = counterpart(learner, sealed) or current
    return InTwoAlphabets(*((current, other) if is_latin(current.full) else (other, current)))


def counterpart(learner: Person, sealed: Iterable[Person] = ()) -> PersonName | None:
    """Return the learner's current name in the other kind of letters; None where none is known.

    Args:
        learner: who logged in.
        sealed: what seals say of their holders. Names are taken only of one with the same birth
            date and a name of the learner: a counterpart must not make two people one.
    """
    latin = is_latin(learner.current_name.full)
    return next((one for one in _in_use(learner, sealed) if is_latin(one.full) != latin), None)


def is_latin(name: str) -> bool:
    """Say whether `name` has no letter of another alphabet; marks and signs tell nothing."""
    return all(
        unicodedata.name(char, "").startswith(_ALSO_LATIN)
        for char in name
        if unicodedata.category(char)[0] == "L"
    )


def _in_use(learner: Person, sealed: Iterable[Person]) -> Iterator[PersonName]:
    for person in (learner, *(one for one in sealed if same_person(one, learner))):
        yield from (name for name in person.names if name.type in _IN_USE)
