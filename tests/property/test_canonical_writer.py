"""What we write is its own canonical form, and what we wrote reads back as it was."""

from contextlib import suppress
from random import Random

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings
from lxml import etree

from licenses.errors import DocumentRejected
from licenses.model.license import SealContent
from licenses.model.verdict import Delivery
from schema_ext.canonical import element, leaf
from schema_ext.delivery_xml import read_delivery, write_delivery
from schema_ext.license_xml import (
    clear_license,
    read_license,
    sealed_document,
    without_sealed,
    write_license,
)
from schema_ext.validation import license_schema
from tests.random_licenses import random_content
from tests.strategies import deliveries, plain_texts, seal_contents

HOST = (
    "<elmo xmlns='https://github.com/emrex-eu/elmo-schemas/tree/v1' xmlns:x='urn:x' x:a='1'>"
    "<extension>{}</extension></elmo>"
)


def exclusive_c14n(node: etree._Element) -> bytes:
    return etree.tostring(node, method="c14n", exclusive=True)


@pytest.mark.parametrize("seed", range(10))
def test_a_thousand_licenses_of_this_seed_are_their_own_exclusive_c14n(seed: int) -> None:
    chance = Random(seed)
    for _ in range(1_000):
        octets = write_license(random_content(chance))
        assert exclusive_c14n(etree.fromstring(octets)) == octets


@settings(max_examples=100, deadline=None)
@given(seal_contents)
def test_any_license_is_canonical_valid_and_reads_back_as_it_was_written(
    content: SealContent,
) -> None:
    octets = write_license(content)
    root = etree.fromstring(octets)

    assert exclusive_c14n(root) == octets
    assert license_schema().faults(root) == ()
    assert read_license(octets) == content


@settings(max_examples=50, deadline=None)
@given(seal_contents, st.binary(min_size=1, max_size=300))
def test_the_clear_copy_inside_elmo_is_canonical_and_matches_what_was_sealed(
    content: SealContent, sealed: bytes
) -> None:
    text = clear_license(content, sealed)
    inside = etree.fromstring(HOST.format(text))[0][0]

    assert exclusive_c14n(inside) == text.encode()
    assert without_sealed(exclusive_c14n(inside)) == write_license(content)
    assert sealed_document(inside) == sealed


@settings(max_examples=50, deadline=None)
@given(deliveries)
def test_a_delivery_is_canonical_and_reads_back_as_it_was_written(delivery: Delivery) -> None:
    text = write_delivery(delivery)
    inside = etree.fromstring(HOST.format(text))[0][0]

    assert exclusive_c14n(inside) == text.encode()
    assert read_delivery(inside) == delivery


_names = st.sampled_from(["a", "b", "id", "type", "xml:lang", "xml:space"])
_texts_of_xml = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn")) | st.sampled_from("\t\n\r")
)


@settings(deadline=None)
@given(st.dictionaries(_names, plain_texts | _texts_of_xml), st.lists(_texts_of_xml, max_size=3))
def test_any_element_the_writer_makes_is_its_own_exclusive_c14n(
    attributes: dict[str, str], texts: list[str]
) -> None:
    of_lic = {"xmlns:lic": "urn:lic", **attributes}
    children = [leaf("lic:x", text, of_lic) for text in texts]
    written = element(
        "host", *children, element("empty"), attributes={"xmlns": "urn:host", **attributes}
    ).encode()

    assert exclusive_c14n(etree.fromstring(written)) == written


@settings(max_examples=50, deadline=None)
@given(st.data(), seal_contents)
def test_a_license_cut_or_changed_anywhere_raises_our_error_and_no_other(
    data: st.DataObject, content: SealContent
) -> None:
    octets = bytearray(write_license(content))
    at = data.draw(st.integers(0, len(octets) - 1))
    octets[at] = data.draw(st.integers(0, 255))
    changed = bytes(octets[: data.draw(st.sampled_from([len(octets), at]))])
    with suppress(DocumentRejected):
        read_license(changed)
