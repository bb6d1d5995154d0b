"""The codes of occupations are those of the published classification, set by set."""

from collections import Counter
from pathlib import Path

import pytest

from api.demo.authorities import AUTHORITIES
from licenses.model.occupations import OCCUPATIONS
from schema_ext.lint_rules.isco import (
    ANNEX_V_POINTS,
    DEGREE_PARTS,
    UNIT_GROUPS,
    UNIT_GROUPS_OF_ANNEX_V,
)

PUBLISHED = Path(__file__).parents[1] / "vectors" / "isco-08.txt"
BY_MAJOR_GROUP = {
    "0": 3,
    "1": 31,
    "2": 92,
    "3": 84,
    "4": 29,
    "5": 40,
    "6": 18,
    "7": 66,
    "8": 40,
    "9": 33,
}
"""How many unit groups each major group has. Source: ILO, ISCO-08 volume 1, table of structure."""

POINTS = {
    "5.1": 4,  # doctors: basic, specialist, the specialities, general practice
    "5.2": 2,  # nurses: programme, titles
    "5.3": 3,  # dentists: programme, titles, specialists
    "5.4": 2,  # veterinary surgeons
    "5.5": 2,  # midwives
    "5.6": 2,  # pharmacists
    "5.7": 1,  # architects
}
"""How many points each part of Annex V has. Source: Directive 2005/36/EC, Annex V, headings."""

WITH_TITLES = frozenset(
    {"5.1.1", "5.1.2", "5.1.3", "5.1.4", "5.2.2", "5.3.2", "5.3.3", "5.4.2", "5.5.2", "5.6.2"}
    | {"5.7.1"}
)
"""The points with titles of qualifications. Source: Communication 2009/C 279/01 (19.11.2009)."""

PROGRAMMES = frozenset({"5.2.1", "5.3.1", "5.4.1", "5.5.1", "5.6.1"})
"""The points with programmes of study. Source: Directive 2005/36/EC, 31, 34, 38, 40 and 44."""


def published() -> dict[str, list[str]]:
    """Return the unit groups of the published structure by sub-major group."""
    groups: dict[str, list[str]] = {}
    for line in PUBLISHED.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            group, *codes = line.split()
            groups.setdefault(group, []).extend(codes)
    return groups


@pytest.mark.parametrize("group", published())
def test_each_sub_major_group_has_the_unit_groups_that_are_published(group: str) -> None:
    codes = published()[group]

    assert len(set(codes)) == len(codes)
    assert {code for code in UNIT_GROUPS if code.startswith(group)} == set(codes)


def test_no_unit_group_lies_outside_the_published_ones() -> None:
    assert {code[:2] for code in UNIT_GROUPS} == set(published())
    assert Counter(code[0] for code in UNIT_GROUPS) == BY_MAJOR_GROUP
    assert len(UNIT_GROUPS) == 436


def test_annex_v_has_its_sixteen_points_in_seven_parts() -> None:
    assert Counter(point[:3] for point in ANNEX_V_POINTS) == POINTS
    assert ANNEX_V_POINTS == WITH_TITLES | PROGRAMMES


def test_what_is_said_of_annex_v_is_said_of_parts_and_groups_that_exist() -> None:
    assert set(UNIT_GROUPS_OF_ANNEX_V) == set(POINTS)
    assert set(POINTS) >= DEGREE_PARTS
    assert all(groups <= UNIT_GROUPS for groups in UNIT_GROUPS_OF_ANNEX_V.values())


def test_every_occupation_the_pages_offer_exists() -> None:
    assert set(OCCUPATIONS) <= UNIT_GROUPS


def test_every_profession_of_the_demo_has_real_codes_that_agree() -> None:
    listed = [one for authority in AUTHORITIES for one in authority.professions]

    assert listed
    for one in listed:
        assert one.isco08 in UNIT_GROUPS
        assert one.esco_uri == f"http://data.europa.eu/esco/isco/C{one.isco08}"
        if one.annex_v is not None:
            assert one.annex_v in WITH_TITLES
            assert one.isco08 in UNIT_GROUPS_OF_ANNEX_V[one.annex_v[:3]]
