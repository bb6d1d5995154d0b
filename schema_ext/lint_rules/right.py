"""Rules over the right itself: by whose mandate, where, of which kind, and for what.

The mandate is checked by the services before a draft is written, and once more here, where what
is looked at is what will be sealed. As the verifier, it asks for each territory on the day of
issue (`licenses.model.judgement`).
"""

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
from schema_ext.lint_rules.rule import ContentRule, Draft

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


def _outside_mandate(draft: Draft) -> bool:
    grant = draft.grant
    return not all(
        covers(draft.mandate, grant.profession.code, territory.area, grant.issued)
        for territory in grant.territories
    )


def _foreign_jurisdiction(draft: Draft) -> bool:
    country = draft.grant.jurisdiction[:2]
    return draft.content.issuer.country not in (country, _ALSO_PART_OF.get(country))


def _unexplained_territory(draft: Draft) -> bool:
    grant = draft.grant
    return grant.kind not in _ABROAD and any(
        not lies_in(territory.area, grant.jurisdiction)
        and not lies_in(grant.jurisdiction, territory.area)
        for territory in grant.territories
        if territory.mode is TerritoryMode.HOME
    )


def _territory_twice(draft: Draft) -> bool:
    areas = [territory.area for territory in draft.grant.territories]
    return len(set(areas)) < len(areas)


def _territory_within(draft: Draft) -> bool:
    pairs = combinations(draft.grant.territories, 2)
    return any(_adds_nothing(one, other) or _adds_nothing(other, one) for one, other in pairs)


def _adds_nothing(part: Territory, whole: Territory) -> bool:
    lasts = whole.until is None or (part.until is not None and part.until <= whole.until)
    return part.area.startswith(f"{whole.area}-") and lasts


def _open_temporary(draft: Draft) -> bool:
    return draft.grant.period.ends is None and any(
        territory.mode is TerritoryMode.TEMPORARY and territory.until is None
        for territory in draft.grant.territories
    )


def _specialist_of_nothing(draft: Draft) -> bool:
    return draft.grant.kind is Kind.SPECIALIST and not draft.grant.specialities


def _speciality_twice(draft: Draft) -> bool:
    return any(_overlap(one, other) for one, other in combinations(draft.grant.specialities, 2))


def _overlap(one: Speciality, other: Speciality) -> bool:
    apart = one.period.is_over(other.period.starts) or other.period.is_over(one.period.starts)
    return one.code == other.code and not apart


def _scope_twice(draft: Draft) -> bool:
    items = [(item.activity, item.exclude) for item in draft.grant.scope]
    return len(set(items)) < len(items)


def _scope_against_itself(draft: Draft) -> bool:
    excluded = {item.activity for item in draft.grant.scope if item.exclude}
    return any(item.activity in excluded for item in draft.grant.scope if not item.exclude)


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
        _foreign_jurisdiction,
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
        "specialist-speciality", "A specialist license names no speciality.", _specialist_of_nothing
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
        _partial_access_to_all,
    ),
    ContentRule(
        "declaration",
        "A declaration of temporary services gives no license of another kind.",
        _declared_for_good,
    ),
)
