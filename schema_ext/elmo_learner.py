"""The learner of an ELMO document: a person to the text of either version, and back.

Of everything we write, this one element differs between ELMO 1.7 and 2.0: the name of the birth
date, and the full name that 2.0 asks for after the family name. The other changes of 2.0 touch
what we never write (a credit's level, results of recognition) or always do (the identifier of a
learning opportunity).

Reading takes either form and mixtures of them, because the version cannot be told from the
document and the learner of others may be incomplete.

Source: ELMO 1.7.0 and 2.0.0, learner; wire.md 6, 8.
"""

import re
from collections.abc import Iterable
from datetime import date
from typing import Final

from lxml import etree

from licenses.model.alphabets import in_two_alphabets
from licenses.model.people import FullName, Person
from licenses.model.reasons import Reason
from licenses.model.trust import ElmoVersion
from licenses.model.values import Value
from schema_ext.canonical import element, leaf
from schema_ext.namespaces import elmo
from schema_ext.refusal import rejected

_BIRTH_DATE: Final = {ElmoVersion.V1_7: "bday", ElmoVersion.V2_0: "dateOfBirth"}
_NAMES: Final = tuple(map(elmo, ("givenNames", "familyName", "alternativeName")))
_BIRTHS: Final = tuple(map(elmo, _BIRTH_DATE.values()))
_SPACES: Final = re.compile("[ \t\r\n]+")
_DAY: Final = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:Z|[+-][0-9]{2}:[0-9]{2})?")


class ReadLearner(Value):
    """A learner who can be compared with a seal, and the full name in another alphabet, if any."""

    person: Person
    alternative_name: FullName | None = None


def write_learner(person: Person, sealed: Iterable[Person], version: ElmoVersion) -> str:
    """Return the canonical `learner`, without any identifier.

    Args:
        person: who logged in.
        sealed: the holders as the carried seals name them; where one is the same person, a name
            of theirs may say the learner's in another alphabet.
        version: 1.7 tells the current name alone. 2.0 tells it in Latin letters where such a
            form is known, and as `alternativeName` in others, or else once more.
    """
    name, also = person.current_name, ""
    if version is ElmoVersion.V2_0:
        name, original = in_two_alphabets(person, sealed)
        also = leaf("alternativeName", original.full)
    return element(
        "learner",
        leaf("givenNames", name.given),
        leaf("familyName", name.family),
        also,
        leaf(_BIRTH_DATE[version], person.birth_date.isoformat()),
    )


def read_learner(learner: etree._Element | None) -> ReadLearner | None:
    """Return the learner as one current name and a birth date; None where one is not stated.

    Raises:
        DocumentRejected: `content-unreadable`, a name or birth date that cannot be one.
    """
    if learner is None:
        return None
    # The first of several counts, as for whoever looks it up by its name.
    stated = {child.tag: _token(child.text or "") for child in reversed(learner)}
    given, family, also = (stated.get(name, "") for name in _NAMES)
    born = next((stated[name] for name in _BIRTHS if stated.get(name)), "")
    if not (given and family and born):
        return None
    try:
        names = ({"given": given, "family": family},)
        person = {"names": names, "birth_date": _day(born)}
        return ReadLearner.model_validate({"person": person, "alternative_name": also or None})
    except ValueError:
        # pydantic's ValidationError is one too; its text quotes the name, so it is dropped.
        raise rejected(Reason.CONTENT_UNREADABLE) from None


def _token(text: str) -> str:
    """Return a text as xs:token means it."""
    return _SPACES.sub(" ", text).strip(" ")


def _day(text: str) -> date:
    """Return an xs:date as the day it names: a time zone says nothing of a day of birth."""
    found = _DAY.fullmatch(text)
    if found is None:
        raise ValueError("not a day")
    return date.fromisoformat(found[1])
