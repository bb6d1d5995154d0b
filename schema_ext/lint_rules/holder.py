"""Rules over the holder's names, and over the number, which must not tell who they are.

A person of a single name is written with a dash for the other, so only a name without any letter
is refused. National numbers are made of the birth date in many countries; a license number is
public, so the two must never be the same.
"""

from datetime import date
from typing import Final

from licenses.model.values import comparable_number
from schema_ext.lint_rules.rule import ContentRule, Draft

_PLACEHOLDERS: Final = frozenset(
    {"na", "n/a", "nil", "none", "null", "tbd", "test", "todo", "unknown", "x", "xx", "xxx"}
)
_FULL_DATES: Final = ("%Y%m%d", "%d%m%Y", "%m%d%Y")
# How many digits a national number has, and how it writes the birth date in front.
_NATIONAL_NUMBERS: Final = {
    "BE": (11, "%y%m%d"),
    "BG": (10, "%y%m%d"),
    "DK": (10, "%d%m%y"),
    "IS": (10, "%d%m%y"),
    "LV": (11, "%d%m%y"),
    "NO": (11, "%d%m%y"),
    "PL": (11, "%y%m%d"),
    "SE": (10, "%y%m%d"),
}


def _without_letters(draft: Draft) -> bool:
    return not all(any(map(str.isalpha, name.full)) for name in draft.content.holder.names)


def _digit(draft: Draft) -> bool:
    return any(char.isdigit() for name in draft.names() for char in name)


def _name_twice(draft: Draft) -> bool:
    names = [(name.given, name.family) for name in draft.content.holder.names]
    return len(set(names)) < len(names)


def _two_spaces(draft: Draft) -> bool:
    return "  " in draft.grant.number


def _two_signs(draft: Draft) -> bool:
    return any(twice in draft.grant.number for twice in ("--", "..", "//"))


def _placeholder(draft: Draft) -> bool:
    number = comparable_number(draft.grant.number)
    return number in _PLACEHOLDERS or not number.strip("0/")


def _holds_birth_date(draft: Draft) -> bool:
    digits = _digits(draft)
    birth = draft.content.holder.birth_date
    return any(_written(birth, form) in digits for form in _FULL_DATES)


def _is_national_number(draft: Draft) -> bool:
    length, form = _NATIONAL_NUMBERS.get(draft.content.issuer.country, (0, ""))
    number = comparable_number(draft.grant.number).replace("/", "")
    birth = draft.content.holder.birth_date
    return number.isdigit() and len(number) == length and number.startswith(_written(birth, form))


def _digits(draft: Draft) -> str:
    return "".join(filter(str.isdigit, draft.grant.number))


def _written(day: date, form: str) -> str:
    # strftime leaves out the zeros of years before 1000 on some systems.
    year = f"{day.year:04}"
    parts = {"%Y": year, "%y": year[2:], "%m": f"{day.month:02}", "%d": f"{day.day:02}"}
    for sign, digits in parts.items():
        form = form.replace(sign, digits)
    return form


RULES: Final = (
    ContentRule("name-without-letter", "A name of the holder has no letter.", _without_letters),
    ContentRule("name-digit", "A name of the holder has a digit.", _digit),
    ContentRule("name-twice", "The same name of the holder is given twice.", _name_twice),
    ContentRule("number-spaces", "The number has two spaces in a row.", _two_spaces),
    ContentRule("number-signs", "The number has the same sign twice in a row.", _two_signs),
    ContentRule("number-placeholder", "The number stands for none.", _placeholder),
    ContentRule(
        "number-birth-date", "The number holds the holder's birth date.", _holds_birth_date
    ),
    ContentRule(
        "number-national",
        "The number has the form of a national number of the holder.",
        _is_national_number,
    ),
)
