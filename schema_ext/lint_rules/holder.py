"""Rules over the holder's names, and over the number, which must not tell who they are.

A person of a single name is written with a dash for the other, so only a name without any letter
is refused. National numbers are made of the birth date in many countries; a license number is
public, so the two must never be the same.
"""

from collections.abc import Iterator
from typing import Final

from licenses.model.values import comparable_number
from schema_ext.lint_rules.rule import ContentRule, Draft, again, at, numbered

_PLACEHOLDERS: Final = frozenset(
    {"na", "n/a", "nil", "none", "null", "tbd", "test", "todo", "unknown", "x", "xx", "xxx"}
)
# How many digits a national number has; in front stand two digits each of day, month and year.
_DAY_FIRST: Final = {"DK": 10, "IS": 10, "LV": 11, "NO": 11}
_YEAR_FIRST: Final = {"BE": 11, "BG": 10, "PL": 11, "SE": 10}


def _without_letters(draft: Draft) -> Iterator[str]:
    for path, name in numbered("holder/name", draft.content.holder.names):
        if not any(map(str.isalpha, name.full)):
            yield path


def _digit(draft: Draft) -> Iterator[str]:
    for path, name in draft.names():
        if any(map(str.isdigit, name)):
            yield path


def _name_twice(draft: Draft) -> Iterator[str]:
    names = ((name.given, name.family) for name in draft.content.holder.names)
    return again(numbered("holder/name", names))


def _two_spaces(draft: Draft) -> bool:
    return "  " in draft.grant.number


def _two_signs(draft: Draft) -> bool:
    return any(twice in draft.grant.number for twice in ("--", "..", "//"))


def _placeholder(draft: Draft) -> bool:
    number = comparable_number(draft.grant.number)
    return number in _PLACEHOLDERS or not number.strip("0/")


def _holds_birth_date(draft: Draft) -> bool:
    digits = "".join(filter(str.isdigit, draft.grant.number))
    year, month, day = _birth_date(draft)
    written = (year + month + day, day + month + year, month + day + year)
    return any(birth in digits for birth in written)


def _is_national_number(draft: Draft) -> bool:
    country = draft.content.issuer.country
    number = comparable_number(draft.grant.number).replace("/", "")
    year, month, day = _birth_date(draft)
    written = ((_DAY_FIRST, day + month + year[2:]), (_YEAR_FIRST, year[2:] + month + day))
    return number.isdigit() and any(
        lengths.get(country) == len(number) and number.startswith(birth)
        for lengths, birth in written
    )


def _birth_date(draft: Draft) -> list[str]:
    """Return the digits of year, month and day."""
    return draft.content.holder.birth_date.isoformat().split("-")


RULES: Final = (
    ContentRule("name-without-letter", "A name of the holder has no letter.", _without_letters),
    ContentRule("name-digit", "A name of the holder has a digit.", _digit),
    ContentRule("name-twice", "The same name of the holder is given twice.", _name_twice),
    ContentRule("number-spaces", "The number has two spaces in a row.", at("number", _two_spaces)),
    ContentRule(
        "number-signs", "The number has the same sign twice in a row.", at("number", _two_signs)
    ),
    ContentRule("number-placeholder", "The number stands for none.", at("number", _placeholder)),
    ContentRule(
        "number-birth-date",
        "The number holds the holder's birth date.",
        at("number", _holds_birth_date),
    ),
    ContentRule(
        "number-national",
        "The number has the form of a national number of the holder.",
        at("number", _is_national_number),
    ),
)
