"""A license and its standing in words, for clients and people that cannot read the extension.

What an old EMREX client shows is a title, a result and a PDF. So the words carry the message
alone: conditions stand in the title, and a license that gives no right opens with its state in
capitals (design.md 4). English only so far; a title in another language bears the English words
rather than none, because a title without its condition misleads.
"""

from collections.abc import Iterable
from datetime import date, datetime

import pycountry

from licenses.model.license import Grant, Kind, RecognitionBasis, Territory
from licenses.model.standing import Because, Level
from licenses.model.terms import TermSort, term
from licenses.model.values import LocalizedText, ValidityPeriod, text_in
from licenses.model.verdict import StatusStatement

# Not strftime: its names of months follow the locale of the server.
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

_KINDS: dict[Kind, str] = {
    Kind.FULL: "full license",
    Kind.SPECIALIST: "specialist license",
    Kind.PROVISIONAL: "provisional license",
    Kind.LIMITED: "limited license",
    Kind.TEMPORARY_SERVICE: "license for temporary service",
    Kind.TRAINING: "training license",
    Kind.STUDENT: "student license",
    Kind.NON_PRACTISING: "non-practising license",
    Kind.PRIVILEGE: "privilege to practise",
}
_BASES: dict[RecognitionBasis, str] = {
    RecognitionBasis.NATIONAL_TRAINING: "training in the country of issue",
    RecognitionBasis.AUTOMATIC_ANNEX_V: "automatic recognition (Directive 2005/36/EC, Annex V)",
    RecognitionBasis.ACQUIRED_RIGHTS: "acquired rights",
    RecognitionBasis.GENERAL_SYSTEM: "general system of recognition",
    RecognitionBasis.GENERAL_SYSTEM_APTITUDE_TEST: "general system, after an aptitude test",
    RecognitionBasis.GENERAL_SYSTEM_ADAPTATION_PERIOD: "general system, after an adaptation period",
    RecognitionBasis.EXPERIENCE_ANNEX_IV: "experience (Directive 2005/36/EC, Annex IV)",
    RecognitionBasis.COMMON_TRAINING_FRAMEWORK: "common training framework",
    RecognitionBasis.EPC: "European Professional Card",
    RecognitionBasis.PARTIAL_ACCESS: "partial access to the profession",
    RecognitionBasis.TEMPORARY_DECLARATION: "declaration of temporary service",
    RecognitionBasis.MUTUAL_AGREEMENT: "agreement between the countries",
    RecognitionBasis.COMPACT_PRIVILEGE: "privilege under a compact",
    RecognitionBasis.THIRD_COUNTRY: "qualification of a country outside the EEA",
}
_STATES: dict[Because, str] = {
    Because.IN_FORCE: "NO RIGHT ESTABLISHED",
    Because.KIND: "NO RIGHT ESTABLISHED",
    Because.LIMITS: "NO RIGHT ESTABLISHED",
    Because.NOT_YET_VALID: "NOT YET VALID",
    Because.OUTSIDE_TERRITORY: "NO RIGHT IN THIS PLACE",
    Because.OUTSIDE_SCOPE: "NO RIGHT FOR THIS ACTIVITY",
    Because.NON_PRACTISING: "NON-PRACTISING",
    Because.NO_RECORD: "NO RECORD",
    Because.PENDING: "NOT YET GRANTED",
    Because.REFUSED: "REFUSED",
    Because.SUSPENDED: "SUSPENDED",
    Because.INACTIVE: "INACTIVE",
    Because.EXPIRED: "EXPIRED",
    Because.SURRENDERED: "SURRENDERED",
    Because.REVOKED: "REVOKED",
    Because.ANNULLED: "ANNULLED",
    Because.SUPERSEDED: "REPLACED BY A NEWER LICENSE",
    Because.ENDED: "ENDED",
}
_SORTS = (TermSort.MAY_NOT, TermSort.ONLY_WITH, TermSort.MAY)
_NO_CODES = ("which the authority has to be asked for",)


def state_words(statement: StatusStatement) -> str:
    """Return the state in capitals where the license gives no right, else an empty text."""
    if statement.level is Level.UNKNOWN:
        return "STANDING UNKNOWN"
    return _STATES[statement.because] if statement.level is Level.NONE else ""


def standing_words(statement: StatusStatement) -> str:
    """Return the standing as one line: the state first, the terms always with it."""
    if statement.level is Level.CONDITIONAL:
        return f"{standing_headline(statement)}: {'; '.join(terms_in_words(statement))}"
    return standing_headline(statement)


def standing_headline(statement: StatusStatement) -> str:
    """Return the standing without its terms; only where these stand right below it."""
    match statement.level:
        case Level.FULL:
            return "In force without conditions"
        case Level.CONDITIONAL:
            return "In force with conditions"
        case Level.NONE:
            return f"{state_words(statement)}: gives no right to practise"
        case Level.UNKNOWN:
            return f"{state_words(statement)}: ask the authority"


def terms_in_words(statement: StatusStatement) -> tuple[str, ...]:
    """Return one sentence a term, what is forbidden first.

    Where conditions hold and none is coded, the sentence says who knows them.
    """
    terms = sorted(map(term, statement.term_codes), key=lambda one: _SORTS.index(one.sort))
    sentences = tuple(one.text() for one in terms)
    if statement.level is Level.CONDITIONAL and not sentences:
        return _NO_CODES
    return sentences


def title_words(title: str, statement: StatusStatement) -> str:
    """Return the title as an old client may show it alone."""
    state = state_words(statement)
    if state:
        return f"{state}: {title}"
    if statement.level is Level.CONDITIONAL:
        return f"{title} (with conditions: {'; '.join(terms_in_words(statement))})"
    return title


def description_words(grant: Grant, statement: StatusStatement) -> str:
    """Return what the license is, as sentences on one line."""
    sentences = (
        "Professional license, not a course",
        f"Profession: {in_english(grant.profession.titles)}",
        f"{kind_words(grant.kind).capitalize()}, number {grant.number}",
        f"Gives a right in: {areas_words(grant.territories)}",
        validity_words(grant),
        *(f"{label}: {text}" for label, text in extent_words(grant)),
        f"Standing on {moment_words(statement.as_of)}: {standing_words(statement)}",
    )
    return " ".join(f"{sentence}." for sentence in sentences)


def kind_words(kind: Kind) -> str:
    """Return the kind of license, in lower case."""
    return _KINDS[kind]


def recognition_words(basis: RecognitionBasis) -> str:
    """Return the ground on which the qualification was accepted."""
    return _BASES[basis]


def validity_words(grant: Grant) -> str:
    """Return the days it is valid; an open end is valid until withdrawn."""
    return f"Valid from {period_words(grant.period)}"


def period_words(period: ValidityPeriod) -> str:
    """Return both days of a period, or its first where it ends by being withdrawn."""
    ends = "until withdrawn" if period.ends is None else f"to {day_words(period.ends)}"
    return f"{day_words(period.starts)} {ends}"


def extent_words(grant: Grant) -> tuple[tuple[str, str], ...]:
    """Return label and text of what the license is confined to, leaves out, and specialises in.

    Only what the license states; often nothing.
    """
    labelled = (
        ("Confined to", [one for one in grant.scope if not one.exclude]),
        ("Does not cover", [one for one in grant.scope if one.exclude]),
        ("Specialities", grant.specialities),
    )
    return tuple(
        (label, "; ".join(in_english(entry.titles) for entry in entries))
        for label, entries in labelled
        if entries
    )


def areas_words(territories: Iterable[Territory]) -> str:
    """Return the areas by name, each with its last day where it has one.

    Parted by semicolons, because the name of a subdivision has a comma in it.
    """
    return "; ".join(
        area_words(one.area) + (f" (until {day_words(one.until)})" if one.until else "")
        for one in territories
    )


def area_words(area: str) -> str:
    """Return the English name of an ISO 3166 area, or the code where the list has none."""
    country = pycountry.countries.get(alpha_2=area[:2])
    name = area[:2] if country is None else str(country.name)
    if "-" not in area:
        return name
    part = pycountry.subdivisions.get(code=area)
    return f"{getattr(part, 'name', area)}, {name}"


def day_words(day: date) -> str:
    """Return a day as `23 Nov 2026`."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def moment_words(moment: datetime) -> str:
    """Return an instant in UTC as `23 Nov 2026, 13:58 UTC`."""
    return f"{day_words(moment.date())}, {moment:%H:%M} UTC"


def in_english(titles: tuple[LocalizedText, ...]) -> str:
    """Return the English text, or the authority's own where there is none."""
    return text_in(titles, "en")
