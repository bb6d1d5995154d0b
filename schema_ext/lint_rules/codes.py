"""Rules over codes: each stands in its list, and codes that speak of one thing agree.

Lists are those of `pycountry` (ISO 3166, 639, 15924), ISCO-08 and Annex V (`isco`). The forms of
an ESCO address are those of the ESCO portal: an occupation, or a group of ISCO-08.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

import pycountry

from licenses.model.license import RecognitionBasis
from licenses.model.profession import Sector
from schema_ext.lint_rules.isco import (
    ANNEX_V_POINTS,
    DEGREE_PARTS,
    UNIT_GROUPS,
    UNIT_GROUPS_OF_ANNEX_V,
)
from schema_ext.lint_rules.rule import ContentRule, Draft, at, numbered

LEAST_LEVEL_OF_A_DEGREE: Final = 6
"""Level of the European Qualifications Framework that the first degree has."""

# Kosovo has no code in ISO 3166; XK is the one the EU and its neighbours use.
_OTHER_COUNTRIES: Final = frozenset({"XK"})
_ESCO: Final = re.compile(
    r"https?://data\.europa\.eu/esco/"
    r"(?:occupation/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|isco/C(?P<group>[0-9]{1,4}))"
)
_CODES_KEPT: Final = 4096
_ALERTABLE: Final = frozenset({Sector.HEALTH, Sector.EDUCATION_OF_MINORS})


def _unknown_area(draft: Draft) -> Iterator[str]:
    return (path for path, area in _areas(draft) if not _is_area(area))


def _areas(draft: Draft) -> Iterator[tuple[str, str]]:
    yield "issuer/country", draft.content.issuer.country
    yield "jurisdiction", draft.grant.jurisdiction
    for path, territory in numbered("territory", draft.grant.territories):
        yield f"{path}/area", territory.area


@lru_cache(_CODES_KEPT)
def _is_area(code: str) -> bool:
    if "-" in code:
        return pycountry.subdivisions.get(code=code) is not None
    return code in _OTHER_COUNTRIES or pycountry.countries.get(alpha_2=code) is not None


def _no_place(draft: Draft) -> bool:
    zone = draft.grant.time_zone
    return zone != "UTC" and ("/" not in zone or zone.startswith("Etc/"))


def _unknown_language(draft: Draft) -> Iterator[str]:
    return (path for path, entry in draft.entries() if not _is_language(entry.lang))


@lru_cache(_CODES_KEPT)
def _is_language(tag: str) -> bool:
    """Say whether language, script and region of a tag are in their lists (RFC 5646, 2.2)."""
    language, *subtags = tag.split("-")
    if len(language) == 2:
        known = pycountry.languages.get(alpha_2=language)
    else:
        known = pycountry.languages.get(alpha_3=language)
    return known is not None and all(map(_is_subtag, subtags))


def _is_subtag(subtag: str) -> bool:
    match len(subtag):
        case 4:
            return pycountry.scripts.get(alpha_4=subtag.title()) is not None
        case 2:
            return pycountry.countries.get(alpha_2=subtag.upper()) is not None
        case _:
            return subtag.isdigit() or len(subtag) >= 5


def _unknown_isco(draft: Draft) -> bool:
    return draft.grant.profession.isco08 not in UNIT_GROUPS


def _unknown_esco(draft: Draft) -> bool:
    uri = draft.grant.profession.esco_uri
    return uri is not None and not _ESCO.fullmatch(uri)


def _esco_of_other_group(draft: Draft) -> bool:
    profession = draft.grant.profession
    found = _ESCO.fullmatch(profession.esco_uri or "")
    group = found["group"] if found else None
    return group is not None and not profession.isco08.startswith(group)


def _unknown_annex_v(draft: Draft) -> bool:
    point = draft.grant.profession.annex_v
    return point is not None and point not in ANNEX_V_POINTS


def _annex_v_of_other_group(draft: Draft) -> bool:
    part = (draft.grant.profession.annex_v or "")[:3]
    groups = UNIT_GROUPS_OF_ANNEX_V.get(part)
    return groups is not None and draft.grant.profession.isco08 not in groups


def _low_level(draft: Draft) -> bool:
    profession = draft.grant.profession
    part, level = (profession.annex_v or "")[:3], profession.eqf_level
    return part in DEGREE_PARTS and level is not None and level < LEAST_LEVEL_OF_A_DEGREE


def _alert_without_cause(draft: Draft) -> bool:
    profession = draft.grant.profession
    return profession.alertable and profession.sector not in _ALERTABLE


def _automatic_for_others(draft: Draft) -> bool:
    isco08 = draft.grant.profession.isco08
    return draft.grant.recognition is RecognitionBasis.AUTOMATIC_ANNEX_V and not any(
        isco08 in groups for groups in UNIT_GROUPS_OF_ANNEX_V.values()
    )


RULES: Final = (
    ContentRule("area-code", "A country or area is not in the lists of ISO 3166.", _unknown_area),
    ContentRule("time-zone", "The time zone does not name a place.", at("timeZone", _no_place)),
    ContentRule("language-tag", "A language is not in the lists of ISO 639.", _unknown_language),
    ContentRule(
        "isco08",
        "The occupation is no unit group of ISCO-08.",
        at("profession/isco08", _unknown_isco),
    ),
    ContentRule(
        "esco-uri",
        "The ESCO address names neither an occupation nor a group.",
        at("profession/escoUri", _unknown_esco),
    ),
    ContentRule(
        "esco-isco08",
        "The ESCO group is not that of the ISCO-08 code.",
        at("profession/escoUri", _esco_of_other_group),
    ),
    ContentRule(
        "annex-v",
        "Annex V of Directive 2005/36/EC has no such point.",
        at("profession/annexV", _unknown_annex_v),
    ),
    ContentRule(
        "annex-v-isco08",
        "The point of Annex V is about another occupation than the ISCO-08 code.",
        at("profession/annexV", _annex_v_of_other_group),
    ),
    ContentRule(
        "eqf-level",
        "The EQF level is below a degree, which Annex V asks for in this profession.",
        at("profession/eqfLevel", _low_level),
    ),
    ContentRule(
        "alert-sector",
        "Alerts are for health and the education of minors, and the sector is another.",
        at("profession/alertable", _alert_without_cause),
    ),
    ContentRule(
        "automatic-recognition",
        "Automatic recognition does not exist for this profession.",
        at("recognition", _automatic_for_others),
    ),
)
