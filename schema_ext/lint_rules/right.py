"""Rules over the right itself: by whose mandate, where, of which kind, and for what.

The mandate is checked by the services before a draft is written, and once more here, where what
is looked at is what will be sealed. As the verifier, it asks for each territory on the day of
issue (`licenses.model.judgement`).
"""

from collections.abc import Iterator
from itertools import combinations
from typing import Final

from licenses.model.authority import covers, lies_in
from licenses.model.license import (
    Kind,
    RecognitionBasis,
    Speciality,
    Territory,
    TerritoryMode,
)
from schema_ext.lint_rules.rule import ContentRule, Draft, again, at, numbered

_ABROAD: Final = frozenset({Kind.PRIVILEGE, Kind.TEMPORARY_SERVICE})
# Parts of a country that have a code of their own in ISO 3166-1.
_ALSO_PART_OF: Final = {
    **dict.fromkeys(("AX",), "FI"),
    **dict.fromkeys(("AW", "BQ", "CW", "SX"), "NL"),
    **dict.fromkeys(("BV", "SJ"), "NO"),
    **dict.fromkeys(("FO", "GL"), "DK"),
    **dict.fromkeys(("BL", "GF", "GP", "MF", "MQ", "NC", "PF", "PM", "RE", "TF", "WF", "YT"), "FR"),
    **dict.fromkeys(
        ("AI", "BM", "FK", "GG", "GI", "IM", "IO", "JE", "KY", "MS", "PN", "SH", "TC", "VG"), "GB"
    ),
    **dict.fromkeys(("AS", "GU", "MP", "PR", "UM", "VI"), "US"),
    **dict.fromkeys(("CC", "CX", "HM", "NF"), "AU"),
    **dict.fromkeys(("CK", "NU", "TK"), "NZ"),
    **dict.fromkeys(("HK", "MO"), "CN"),
}


def _outside_mandate(draft: Draft) -> Iterator[str]:
    grant = draft.grant
    for path, territory in numbered("territory", grant.territories):
        if not covers(draft.mandate, grant.profession.code, territory.area, grant.issued):
            yield f"{path}/area"


def _foreign_jurisdiction(draft: Draft) -> bool:
    country = draft.grant.jurisdiction[:2]
    return draft.content.issuer.country not in (country, _ALSO_PART_OF.get(country))


def _unexplained_territory(draft: Draft) -> Iterator[str]:
    grant = draft.grant
    if grant.kind in _ABROAD:
        return
    for path, territory in numbered("territory", grant.territories):
        apart = not lies_in(territory.area, grant.jurisdiction) and not lies_in(
            grant.jurisdiction, territory.area
        )
        if territory.mode is TerritoryMode.HOME and apart:
            yield f"{path}/area"


def _territory_twice(draft: Draft) -> Iterator[str]:
    areas = (territory.area for territory in draft.grant.territories)
    return (f"{path}/area" for path in again(numbered("territory", areas)))


def _territory_within(draft: Draft) -> Iterator[str]:
    for path, part in numbered("territory", draft.grant.territories):
        if any(_adds_nothing(part, whole) for whole in draft.grant.territories):
            yield f"{path}/area"


def _adds_nothing(part: Territory, whole: Territory) -> bool:
    lasts = whole.until is None or (part.until is not None and part.until <= whole.until)
    return part.area.startswith(f"{whole.area}-") and lasts


def _open_temporary(draft: Draft) -> Iterator[str]:
    if draft.grant.period.ends is not None:
        return
    for path, territory in numbered("territory", draft.grant.territories):
        if territory.mode is TerritoryMode.TEMPORARY and territory.until is None:
            yield f"{path}/until"


def _specialist_of_nothing(draft: Draft) -> bool:
    return draft.grant.kind is Kind.SPECIALIST and not draft.grant.specialities


def _speciality_twice(draft: Draft) -> Iterator[str]:
    pairs = combinations(numbered("speciality", draft.grant.specialities), 2)
    return (path for (_, one), (path, other) in pairs if _overlap(one, other))


def _overlap(one: Speciality, other: Speciality) -> bool:
    apart = one.period.is_over(other.period.starts) or other.period.is_over(one.period.starts)
    return one.code == other.code and not apart


def _scope_twice(draft: Draft) -> Iterator[str]:
    items = ((item.activity, item.exclude) for item in draft.grant.scope)
    return again(numbered("scope", items))


def _scope_against_itself(draft: Draft) -> Iterator[str]:
    covered = {item.activity for item in draft.grant.scope if not item.exclude}
    for path, item in numbered("scope", draft.grant.scope):
        if item.exclude and item.activity in covered:
            yield f"{path}/exclude"


def _partial_access_to_all(draft: Draft) -> bool:
    return draft.grant.recognition is RecognitionBasis.PARTIAL_ACCESS and not draft.grant.scope


def _declared_for_good(draft: Draft) -> bool:
    declared = draft.grant.recognition is RecognitionBasis.TEMPORARY_DECLARATION
    return declared and draft.grant.kind is not Kind.TEMPORARY_SERVICE


RULES: Final = (
    ContentRule(
        "mandate",
        "The mandate of the authority did not cover profession and territory on the day of issue.",
        _outside_mandate,
    ),
    ContentRule(
        "jurisdiction",
        "The jurisdiction lies outside the country of the authority.",
        at("jurisdiction", _foreign_jurisdiction),
    ),
    ContentRule(
        "territory-unexplained",
        "A home territory lies outside the jurisdiction, and the kind does not explain it.",
        _unexplained_territory,
    ),
    ContentRule("territory-twice", "An area is given twice.", _territory_twice),
    ContentRule(
        "territory-within",
        "An area is given beside the whole it lies in, and adds nothing.",
        _territory_within,
    ),
    ContentRule("temporary-territory", "A temporary territory has no last day.", _open_temporary),
    ContentRule(
        "specialist-speciality",
        "A specialist license names no speciality.",
        at("speciality", _specialist_of_nothing),
    ),
    ContentRule(
        "speciality-twice",
        "A speciality is given twice for the same days.",
        _speciality_twice,
    ),
    ContentRule("scope-twice", "An activity is given twice.", _scope_twice),
    ContentRule(
        "scope-against-itself",
        "An activity is both covered and left out.",
        _scope_against_itself,
    ),
    ContentRule(
        "partial-access",
        "Partial access is granted, and no scope says to what.",
        at("scope", _partial_access_to_all),
    ),
    ContentRule(
        "declaration",
        "A declaration of temporary services gives no license of another kind.",
        at("recognition", _declared_for_good),
    ),
)
