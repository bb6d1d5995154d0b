"""What a license says, as labelled lines: on the page before it is sent and behind the verdict.

The same rows on both sides, so that the holder sees exactly what the recipient will see.
"""

from api.web.page import Fact
from api.web.phrase import Part, Phrase, foreign, localized, original, phrase
from api.web.words import KIND_WORDS, RECOGNITION_WORDS, area_name, day_words, sentence_case
from licenses.model.license import Grant, ScopeItem, Speciality, Territory
from licenses.model.people import NameType, Person
from licenses.model.values import LocalizedText, ValidityPeriod

_NAME_LABEL = {
    NameType.CURRENT: "Name",
    NameType.BIRTH: "Name at birth",
    NameType.FORMER: "Former name",
    NameType.PROFESSIONAL: "Professional name",
}


def person_facts(person: Person) -> tuple[Fact, ...]:
    """Return every name and the birth date, as a seal says them."""
    names = tuple(Fact(_NAME_LABEL[one.type], phrase(foreign(one.full))) for one in person.names)
    return (*names, Fact("Birth date", phrase(day_words(person.birth_date))))


def grant_facts(
    grant: Grant, issuer_names: tuple[LocalizedText, ...], country: str
) -> tuple[Fact, ...]:
    """Return the public content of a license; rows that say nothing are left out."""
    rows = (
        Fact("Title", title_phrase(grant.titles)),
        Fact("License number", phrase(foreign(grant.number))),
        Fact("Authority", phrase(localized(issuer_names), f", {area_name(country)}")),
        Fact("Profession", phrase(localized(grant.profession.titles))),
        Fact("Kind", phrase(sentence_case(KIND_WORDS[grant.kind]))),
        Fact("Valid", phrase(_period_words(grant.period))),
        Fact("First issued", phrase(day_words(grant.first_issued))),
        Fact("This version issued", phrase(day_words(grant.issued))),
        Fact("Valid in", phrase("; ".join(_territory_words(one) for one in grant.territories))),
        Fact("Specialities", _listed([_speciality(one) for one in grant.specialities])),
        Fact("Scope", _listed([_scope(one) for one in grant.scope])),
        Fact("Granted on", phrase(sentence_case(RECOGNITION_WORDS[grant.recognition]))),
        Fact("Legal basis", _listed([phrase(foreign(text)) for text in grant.legal_basis])),
    )
    return tuple(row for row in rows if row.value)


def title_phrase(titles: tuple[LocalizedText, ...]) -> Phrase:
    """Return the title in the reader's language, with the original one in brackets."""
    own = original(titles)
    shown = localized(titles)
    return phrase(shown) if own is None else phrase(shown, " (", own, ")")


def territories_words(grant: Grant) -> str:
    """Return the names of the places the license gives a right in."""
    return ", ".join(area_name(territory.area) for territory in grant.territories)


def _period_words(period: ValidityPeriod) -> str:
    if period.ends is None:
        return f"from {day_words(period.starts)}, until withdrawn"
    return f"{day_words(period.starts)} to {day_words(period.ends)}"


def _territory_words(territory: Territory) -> str:
    until = "" if territory.until is None else f" (until {day_words(territory.until)})"
    return area_name(territory.area) + until


def _speciality(one: Speciality) -> Phrase:
    return phrase(localized(one.titles), f", {_period_words(one.period)}")


def _scope(item: ScopeItem) -> Phrase:
    return phrase("not " if item.exclude else "only ", localized(item.titles))


def _listed(entries: list[Phrase]) -> Phrase:
    parts: list[Part] = []
    for entry in entries:
        parts += [Part("; ")] if parts else []
        parts += entry
    return tuple(parts)
