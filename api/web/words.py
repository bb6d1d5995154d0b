"""Words of the pages: days, times, ages, places and the names of coded values, in English.

Every table is total over its codes (a test walks them), so no page ever shows a bare code where
words exist. Sentences of whole pages stand in the templates; reasons bring their own.
Source: pages.md (Look).
"""

from datetime import date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import pycountry

from licenses.model.license import Kind, RecognitionBasis
from licenses.model.standing import Because, Level

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

LEVEL_WORDS: dict[Level, str] = {
    Level.FULL: "in force without conditions",
    Level.CONDITIONAL: "in force with conditions",
    Level.NONE: "gives no right now",
    Level.UNKNOWN: "not known",
}

BECAUSE_WORDS: dict[Because, str] = {
    Because.IN_FORCE: "in force",
    Because.KIND: "in force with the conditions of its kind",
    Because.LIMITS: "in force with conditions",
    Because.NOT_YET_VALID: "not valid yet",
    Because.OUTSIDE_TERRITORY: "gives no right in this place",
    Because.OUTSIDE_SCOPE: "does not cover this activity",
    Because.NON_PRACTISING: "registered without the right to practise",
    Because.NO_RECORD: "not known to the authority",
    Because.PENDING: "applied for and not granted yet",
    Because.REFUSED: "refused",
    Because.SUSPENDED: "suspended",
    Because.INACTIVE: "inactive: the holder does not practise",
    Because.EXPIRED: "expired",
    Because.SURRENDERED: "given up by its holder",
    Because.REVOKED: "revoked",
    Because.ANNULLED: "annulled",
    Because.SUPERSEDED: "replaced by another license",
    Because.ENDED: "ended",
}

KIND_WORDS: dict[Kind, str] = {
    Kind.FULL: "full license",
    Kind.SPECIALIST: "specialist license",
    Kind.PROVISIONAL: "provisional license",
    Kind.LIMITED: "limited license",
    Kind.TEMPORARY_SERVICE: "temporary service",
    Kind.TRAINING: "license for training",
    Kind.STUDENT: "student license",
    Kind.NON_PRACTISING: "registration without practice",
    Kind.PRIVILEGE: "privilege under a license elsewhere",
}

RECOGNITION_WORDS: dict[RecognitionBasis, str] = {
    RecognitionBasis.NATIONAL_TRAINING: "training in the country itself",
    RecognitionBasis.AUTOMATIC_ANNEX_V: "automatic recognition (Annex V of Directive 2005/36/EC)",
    RecognitionBasis.ACQUIRED_RIGHTS: "acquired rights",
    RecognitionBasis.GENERAL_SYSTEM: "general system of recognition",
    RecognitionBasis.GENERAL_SYSTEM_APTITUDE_TEST: "general system, after an aptitude test",
    RecognitionBasis.GENERAL_SYSTEM_ADAPTATION_PERIOD: "general system, after an adaptation period",
    RecognitionBasis.EXPERIENCE_ANNEX_IV: "professional experience (Annex IV)",
    RecognitionBasis.COMMON_TRAINING_FRAMEWORK: "common training framework",
    RecognitionBasis.EPC: "European Professional Card",
    RecognitionBasis.PARTIAL_ACCESS: "partial access",
    RecognitionBasis.TEMPORARY_DECLARATION: "declaration of temporary service",
    RecognitionBasis.MUTUAL_AGREEMENT: "agreement between countries",
    RecognitionBasis.COMPACT_PRIVILEGE: "compact privilege",
    RecognitionBasis.THIRD_COUNTRY: "training outside Europe, recognised",
}

# Directive 2005/36/EC binds these; the advice on recognition names its time limits (Art. 51).
# One text with spaces between, so that no two-letter code can lie across two of them.
_UNDER_DIRECTIVE = (
    "AT BE BG CH CY CZ DE DK EE ES FI FR GR HR HU IE IS IT LI LT LU LV MT NL NO PL PT RO SE SI SK"
)


def day_words(day: date) -> str:
    """Return `23 Nov 2026`."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def clock_words(moment: datetime, zone: str) -> str:
    """Return `14:05` in the IANA time zone `zone`."""
    return f"{moment.astimezone(ZoneInfo(zone)):%H:%M}"


def zone_words(moment: datetime, zone: str) -> str:
    """Return `CET`, or `UTC+03` where the zone has no letters."""
    name = moment.astimezone(ZoneInfo(zone)).tzname() or "UTC"
    return name if name.isalpha() else f"UTC{name}"


def moment_words(moment: datetime, zone: str, *, today: date | None = None) -> str:
    """Return `23 Nov 2026, 14:05 CET`; on the local day `today` just `today 14:05 CET`."""
    day = moment.astimezone(ZoneInfo(zone)).date()
    clock = f"{clock_words(moment, zone)} {zone_words(moment, zone)}"
    return f"today {clock}" if day == today else f"{day_words(day)}, {clock}"


def age_words(age: timedelta) -> str:
    """Return an age in words, in the largest unit that is full; never below zero."""
    minutes = max(0, int(age.total_seconds() // 60))
    if minutes < 1:
        return "less than a minute old"
    if minutes < 60:
        return f"{counted(minutes, 'minute')} old"
    if minutes < 60 * 24:
        return f"{counted(minutes // 60, 'hour')} old"
    return f"{counted(minutes // (60 * 24), 'day')} old"


def counted(number: int, noun: str) -> str:
    """Return `1 license`, `2 licenses`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def joined(words: list[str]) -> str:
    """Return `a`, `a and b`, `a, b and c`."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def sentence_case(text: str) -> str:
    """Return `text` with a capital at its beginning."""
    return text[:1].upper() + text[1:]


def area_name(area: str) -> str:
    """Return `Norway` for NO, `Oslo, Norway` for NO-03, the code itself where none is known."""
    country, _, subdivision = area.partition("-")
    name = _country_name(country)
    if not subdivision:
        return name
    found = pycountry.subdivisions.get(code=area)
    return f"{getattr(found, 'name', area)}, {name}"


@cache
def _country_name(code: str) -> str:
    found = pycountry.countries.get(alpha_2=code)
    if found is None:
        return code
    return str(getattr(found, "common_name", found.name))


@cache
def country_choices() -> tuple[tuple[str, str], ...]:
    """Return (code, name) of every country, by name, for a select field."""
    pairs = ((country.alpha_2, _country_name(country.alpha_2)) for country in pycountry.countries)
    return tuple(sorted(pairs, key=lambda pair: pair[1].casefold()))


def under_directive(area: str) -> bool:
    """Say whether the country of `area` applies Directive 2005/36/EC."""
    return area.partition("-")[0] in _UNDER_DIRECTIVE
