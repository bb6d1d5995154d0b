"""Every lint rule: the sample that keeps it, and its neighbour that breaks it and no other."""

import re
import unicodedata
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from random import Random

import pytest

from licenses.errors import LintFailed
from licenses.model.license import SealContent
from schema_ext.license_xml import clear_license, write_license
from schema_ext.lint import lint
from schema_ext.lint_rules import CONTENT, FORM, ContentRule, FormRule
from schema_ext.namespaces import DS
from tests.factories import GrantFactory, PersonFactory, texts
from tests.random_licenses import random_content
from tests.unit.lint_places import ELEMENTS, FORM_ELEMENTS
from tests.unit.lint_samples import (
    MANDATE,
    MORE_BREAKS,
    NOW,
    PAIRS,
    SOUND,
    draft,
    name,
    profession,
)

DUMMY = f'<ds:Signature xmlns:ds="{DS}"><ds:SignatureValue>AAAA</ds:SignatureValue></ds:Signature>'
RULES: tuple[FormRule | ContentRule, ...] = (*FORM, *CONTENT)

Change = Callable[[str], str]


def spoilt(old: str, new: str) -> Change:
    return lambda text: text.replace(old, new)


FORM_PAIRS: dict[str, tuple[Change, Change]] = {
    "canonical": (spoilt("Solberg", "Sol&amp;Berg"), spoilt("<lic:kind>", "<lic:kind >")),
    "prefix": (str, lambda text: text.replace("xmlns:lic", "xmlns:x").replace("lic:", "x:")),
    "invisible-character": (
        spoilt("Solberg", "Sol\N{NO-BREAK SPACE}berg"),
        spoilt("Solberg", "Sol\N{ZERO WIDTH SPACE}berg"),
    ),
    "nfc": (str, lambda text: unicodedata.normalize("NFD", text)),
}
MORE_FORM_BREAKS: tuple[tuple[str, Change], ...] = (
    ("canonical", spoilt(">NO<", ">&#78;O<")),
    ("canonical", spoilt("<lic:kind>", "<!-- c --><lic:kind>")),
    ("invisible-character", spoilt("Solberg", "\N{RIGHT-TO-LEFT OVERRIDE}Solberg")),
    ("invisible-character", spoilt("Solberg", "Sol\N{SOFT HYPHEN}berg")),
    ("invisible-character", spoilt("Solberg", "Sol\x85berg")),
)


def passes(octets: bytes) -> None:
    lint(octets, issued_at=NOW, mandate=MANDATE)


def refused(octets: bytes) -> str:
    with pytest.raises(LintFailed) as caught:
        passes(octets)
    return str(caught.value)


def places(octets: bytes, code: str) -> list[str]:
    """Return the elements at which a refusal says that a rule is broken."""
    with pytest.raises(LintFailed) as caught:
        passes(octets)
    return [fault.field for fault in caught.value.faults if fault.code == code]


def broken(octets: bytes) -> set[str]:
    """Return the codes a refusal names."""
    message = refused(octets)
    return {rule.code for rule in RULES if f"{rule.code}: {rule.sentence}" in message}


def test_there_are_forty_rules_and_each_has_a_code_of_its_own() -> None:
    codes = [rule.code for rule in RULES]

    assert len(codes) >= 40
    assert len(set(codes)) == len(codes)
    assert all(re.fullmatch("[a-z0-9]+(-[a-z0-9]+)*", code) for code in codes)


def test_every_rule_has_a_sample_that_keeps_it_and_one_that_breaks_it() -> None:
    assert set(PAIRS) == {rule.code for rule in CONTENT}
    assert set(FORM_PAIRS) == {rule.code for rule in FORM}


@pytest.mark.parametrize("code", PAIRS)
def test_the_sample_that_keeps_a_rule_keeps_every_rule(code: str) -> None:
    passes(write_license(PAIRS[code].keeps))


@pytest.mark.parametrize("code", PAIRS)
def test_its_neighbour_breaks_the_rule_and_no_other(code: str) -> None:
    assert broken(write_license(PAIRS[code].breaks)) == {code} | PAIRS[code].also


@pytest.mark.parametrize("code", PAIRS)
def test_a_broken_rule_names_the_element_it_is_broken_at(code: str) -> None:
    assert places(write_license(PAIRS[code].breaks), code) == [ELEMENTS[code]]


@pytest.mark.parametrize("code", FORM_PAIRS)
def test_a_broken_rule_of_the_form_names_the_element_it_is_broken_at(code: str) -> None:
    _, breaks = FORM_PAIRS[code]
    found = places(breaks(write_license(draft()).decode()).encode(), code)

    assert found[0] == FORM_ELEMENTS[code]


def test_a_rule_names_every_place_it_is_broken_at() -> None:
    spaced = draft(
        holder=PersonFactory.build(names=(name("Zoë  M"),), birth_date=date(1985, 5, 17)),
        grant=GrantFactory.build(
            profession=profession(), titles=texts(nb="A  b"), legal_basis=("§ 48", "§  49")
        ),
    )

    assert places(write_license(spaced), "text-spaces") == [
        "license/title[1]",
        "license/legalBasis[2]",
        "license/holder/name[1]/given",
    ]


@pytest.mark.parametrize(("code", "content"), MORE_BREAKS)
def test_a_rule_is_broken_in_other_ways_too(code: str, content: SealContent) -> None:
    assert code in broken(write_license(content))


@pytest.mark.parametrize("code", FORM_PAIRS)
def test_the_form_that_keeps_a_rule_passes_and_its_neighbour_breaks_that_rule_alone(
    code: str,
) -> None:
    text = write_license(draft()).decode()
    keeps, breaks = FORM_PAIRS[code]

    passes(keeps(text).encode())
    assert broken(breaks(text).encode()) == {code}


@pytest.mark.parametrize(("code", "spoil"), MORE_FORM_BREAKS)
def test_a_rule_of_the_form_is_broken_in_other_ways_too(code: str, spoil: Change) -> None:
    assert code in broken(spoil(write_license(draft()).decode()).encode())


@pytest.mark.parametrize("number", range(len(SOUND)))
def test_a_license_as_registers_hold_it_passes_with_and_without_its_dummy_signature(
    number: int,
) -> None:
    octets = write_license(SOUND[number])

    passes(octets)
    passes(octets.replace(b"</lic:license>", f"{DUMMY}</lic:license>".encode()))


@pytest.mark.parametrize(
    ("code", "octets"),
    [
        ("well-formed", b"<lic:license>"),
        ("schema", write_license(draft()).replace(b"<lic:kind>full", b"<lic:kind>royal")),
        ("model", write_license(draft()).replace(b'"current"', b'"former"')),
        ("model", clear_license(draft(), b"sealed").encode()),
    ],
)
def test_a_draft_that_we_could_not_read_ourselves_is_refused(code: str, octets: bytes) -> None:
    assert refused(octets).startswith(f"{code}: ")
    assert all(place.startswith("license") for place in places(octets, code))
    assert places(octets, code)


def test_every_broken_rule_is_named_and_nothing_of_the_holder() -> None:
    young = PersonFactory.build(names=(name("Ingrid", "Solberg 7"),), birth_date=date(2010, 1, 2))
    octets = write_license(draft(holder=young))

    assert broken(octets) == {"holder-age", "name-digit"}
    assert "Solberg" not in refused(octets)
    assert "2010" not in refused(octets)


def test_whatever_a_license_says_the_lint_passes_it_or_names_a_rule() -> None:
    chance = Random(5)
    for _ in range(300):
        with suppress(LintFailed):
            passes(write_license(random_content(chance)))
