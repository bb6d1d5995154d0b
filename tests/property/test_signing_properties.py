"""Whatever is done to a signed document: it is refused, or the very octets signed come out."""

from contextlib import suppress
from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from licenses.errors import DocumentRejected
from licenses.model.trust import Purpose
from schema_ext.namespaces import ELMO, LIC, ds, xades
from schema_ext.signing.arithmetic import exclusive_c14n
from schema_ext.signing.outer_writer import sign_elmo
from schema_ext.signing.seal_writer import seal
from schema_ext.signing.verifier import verify_outer, verify_seal
from tests.unit.signed_documents import (
    ELMO_TEXT,
    ISSUER,
    LICENSE_TEXT,
    NOW,
    by_xmlsec,
    key,
    ncp_key,
    sealed,
    signed,
    trust,
)

TEXTS = st.text(
    st.characters(
        codec="utf-8", exclude_categories=("Cc", "Cs"), exclude_characters="\ufffe\uffff"
    ),
    max_size=80,
)
DOCUMENTS = st.sampled_from(["seal", "elmo", "elmo by Java"])


@cache
def _document(kind: str) -> bytes:
    if kind == "seal":
        return sealed()
    return signed() if kind == "elmo" else by_xmlsec()


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def check_harmless_or_refused(document: bytes) -> None:
    """Check both verifiers: only the very octets that were signed may ever come out."""
    with suppress(DocumentRejected):
        assert verify_seal(document, trust()).octets == LICENSE_TEXT
    with suppress(DocumentRejected):
        assert verify_outer(document, ncp_key(), now=NOW).octets == ELMO_TEXT


@given(TEXTS)
def test_any_text_is_sealed_verified_and_handed_out_byte_for_byte(text: str) -> None:
    canonical = (
        f'<lic:license xmlns:lic="{LIC}"><lic:issuer><lic:id>{ISSUER}</lic:id></lic:issuer>'
        f"<lic:title>{_escaped(text)}</lic:title></lic:license>"
    ).encode()

    assert verify_seal(seal(canonical, key(Purpose.SEAL), NOW), trust()).octets == canonical


@settings(max_examples=30)
@given(TEXTS)
def test_any_elmo_is_signed_verified_and_handed_out_byte_for_byte(text: str) -> None:
    canonical = f'<elmo xmlns="{ELMO}"><title>{_escaped(text)}</title></elmo>'.encode()

    signed_elmo = sign_elmo(canonical, key(Purpose.NCP))

    assert verify_outer(signed_elmo, ncp_key(), now=NOW).octets == canonical


@given(
    DOCUMENTS,
    st.integers(min_value=0, max_value=10_000),
    st.binary(max_size=3),
    st.integers(min_value=0, max_value=3),
)
def test_no_changed_octets_make_other_content(
    kind: str, place: int, inserted: bytes, dropped: int
) -> None:
    document = _document(kind)
    at = place % len(document)

    check_harmless_or_refused(document[:at] + inserted + document[at + dropped :])


FRAGMENTS = st.sampled_from(
    [
        b"<!--x-->",
        b"<?x?>",
        b"<x/>",
        b' Id="a"',
        b' xmlns=""',
        b"&#13;",
        b" ",
        b"<![CDATA[x]]>",
        b"&lt;",
        b' xml:lang="no"',
    ]
)


@given(
    DOCUMENTS,
    st.integers(min_value=0, max_value=10_000),
    FRAGMENTS,
)
def test_no_fragment_of_xml_anywhere_makes_other_content(
    kind: str, place: int, fragment: bytes
) -> None:
    document = _document(kind)
    at = place % len(document)

    check_harmless_or_refused(document[:at] + fragment + document[at:])


@given(
    DOCUMENTS,
    st.integers(min_value=0, max_value=200),
    st.integers(min_value=0, max_value=200),
    st.sampled_from(["move", "copy", "drop", "empty", "wrap"]),
)
def test_no_moved_copied_dropped_or_wrapped_element_makes_other_content(
    kind: str, what: int, where: int, how: str
) -> None:
    root = etree.fromstring(_document(kind))
    elements = list(root.iter("*"))
    chosen, target = elements[what % len(elements)], elements[where % len(elements)]
    if how in {"move", "copy", "wrap"}:
        moved = etree.fromstring(etree.tostring(chosen, with_tail=False))
        if how == "wrap":
            outside = etree.Element("{urn:x}outside")
            outside.append(moved)
            moved = outside
        target.append(moved)
    parent = chosen.getparent()
    if how in {"move", "drop"} and parent is not None:
        parent.remove(chosen)
    if how == "empty":
        chosen.clear()

    check_harmless_or_refused(etree.tostring(root, encoding="utf-8"))


@given(st.binary(max_size=2048))
def test_garbage_is_refused_and_nothing_else_escapes(document: bytes) -> None:
    check_harmless_or_refused(document)


@given(st.lists(FRAGMENTS, max_size=4), st.booleans())
def test_exclusive_c14n_of_a_part_in_its_place_equals_that_of_the_part_alone(
    fragments: list[bytes], declared_outside: bool
) -> None:
    """The verifier canonicalizes SignedInfo and SignedProperties where they stand."""
    inside = b"".join(
        one for one in fragments if one not in {b' Id="a"', b' xmlns=""', b' xml:lang="no"'}
    )
    document = _document("seal").replace(b"<xades:SigningTime>", inside + b"<xades:SigningTime>")
    if declared_outside:
        document = document.replace(
            b"<lic:license ", b'<lic:license xmlns="urn:d" xmlns:p="urn:p" ', 1
        )
    root = etree.fromstring(document)
    for name in (ds("SignedInfo"), xades("SignedProperties")):
        part = next(root.iter(name))
        alone = etree.fromstring(etree.tostring(part, with_tail=False))
        assert exclusive_c14n(part) == exclusive_c14n(alone)
