"""The canonical writer: escapes, order of attributes, and what it refuses."""

import pytest

from schema_ext.canonical import element, escape_attribute, escape_text, leaf


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("Helsepersonelloven § 48", "Helsepersonelloven § 48"),
        ("a & b", "a &amp; b"),
        ("<i>", "&lt;i&gt;"),
        ("]]>", "]]&gt;"),
        ('O\'Connor "Bo"', 'O\'Connor "Bo"'),
        ("a\rb", "a&#xD;b"),
        ("a\tb\nc", "a\tb\nc"),
        ("no\u00a0break", "no\u00a0break"),
    ],
)
def test_between_tags_only_what_c14n_escapes_is_escaped(text: str, escaped: str) -> None:
    assert escape_text(text) == escaped


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("nb", "nb"),
        ("a & b < c > d", "a &amp; b &lt; c > d"),
        ('say "hi"', "say &quot;hi&quot;"),
        ("a\tb\nc\rd", "a&#x9;b&#xA;c&#xD;d"),
    ],
)
def test_in_an_attribute_only_what_c14n_escapes_is_escaped(text: str, escaped: str) -> None:
    assert escape_attribute(text) == escaped


@pytest.mark.parametrize("text", ["a\x00", "\x1b[0m", "\ufffe", "\ud800"])
@pytest.mark.parametrize("escape", [escape_text, escape_attribute])
def test_what_xml_cannot_hold_is_refused(escape, text: str) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(ValueError, match="XML"):
        escape(text)


def test_attributes_stand_in_canonical_order_whatever_order_they_came_in() -> None:
    written = leaf(
        "a",
        "x",
        {"xml:lang": "en", "type": "t", "xmlns:lic": "urn:l", "id": "i", "xmlns": "urn:d"},
    )

    assert written == '<a xmlns="urn:d" xmlns:lic="urn:l" id="i" type="t" xml:lang="en">x</a>'


def test_an_element_without_content_has_both_its_tags() -> None:
    assert element("lic:more") == "<lic:more></lic:more>"


def test_an_attribute_of_a_foreign_namespace_is_refused() -> None:
    with pytest.raises(ValueError, match="xsi"):
        element("elmo", attributes={"xsi:schemaLocation": "urn:x"})
