"""Rules over the octets that are about to be sealed: their form, whatever they say."""

import unicodedata
from collections.abc import Callable, Iterator
from typing import Final

from lxml import etree

from schema_ext.lint_rules.rule import FormRule
from schema_ext.namespaces import LIC

_INVISIBLE: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_SEVERAL: Final = frozenset({"name", "title", "territory", "speciality", "scope", "legalBasis"})


def _not_canonical(octets: bytes, root: etree._Element) -> tuple[str, ...]:
    canonical = etree.tostring(root, method="c14n", exclusive=True, with_comments=False)
    return () if canonical == octets else ("",)


def _other_prefix(_octets: bytes, root: etree._Element) -> Iterator[str]:
    for element in root.iter(f"{{{LIC}}}*"):
        if element.prefix != "lic":
            yield _path(element)


def _invisible(octets: bytes, root: etree._Element) -> Iterator[str]:
    text = octets.decode()
    # Nearly every document is printable as a whole; spaces of other widths need the second look.
    if not text.isprintable() and _hides(text):
        yield from _places(root, _hides)


def _hides(text: str) -> bool:
    return any(unicodedata.category(char) in _INVISIBLE for char in text)


def _not_nfc(octets: bytes, root: etree._Element) -> Iterator[str]:
    if _is_decomposed(octets.decode()):
        yield from _places(root, _is_decomposed)


def _is_decomposed(text: str) -> bool:
    return not unicodedata.is_normalized("NFC", text)


def _places(root: etree._Element, is_wrong: Callable[[str], bool]) -> list[str]:
    """Return the elements whose own text is wrong, or else the whole license."""
    elements = (one for one in root.iter(etree.Element) if one.text and is_wrong(one.text))
    return [_path(element) for element in elements] or [""]


def _path(element: etree._Element) -> str:
    """Return the names of the steps from the license; one that may come again has its number."""
    steps: list[str] = []
    parent = element.getparent()
    while parent is not None:
        name = etree.QName(element).localname
        number = f"[{parent.findall(element.tag).index(element) + 1}]" if name in _SEVERAL else ""
        steps.append(f"{name}{number}")
        element, parent = parent, parent.getparent()
    return "/".join(reversed(steps))


RULES: Final = (
    FormRule("canonical", "The draft is not in canonical form.", _not_canonical),
    FormRule("prefix", "An element of the license lacks the prefix lic.", _other_prefix),
    FormRule(
        "invisible-character",
        "A text holds a control, direction or invisible character.",
        _invisible,
    ),
    FormRule("nfc", "A text is not in Unicode Normalization Form C.", _not_nfc),
)
