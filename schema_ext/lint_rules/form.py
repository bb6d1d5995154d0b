"""Rules over the octets that are about to be sealed: their form, whatever they say."""

import unicodedata
from typing import Final

from lxml import etree

from schema_ext.lint_rules.rule import FormRule
from schema_ext.namespaces import LIC

_INVISIBLE: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def _not_canonical(octets: bytes, root: etree._Element) -> bool:
    return etree.tostring(root, method="c14n", exclusive=True, with_comments=False) != octets


def _other_prefix(_octets: bytes, root: etree._Element) -> bool:
    return any(element.prefix != "lic" for element in root.iter(f"{{{LIC}}}*"))


def _invisible(octets: bytes, _root: etree._Element) -> bool:
    text = octets.decode()
    # Nearly every document is printable as a whole; spaces of other widths need the second look.
    return not text.isprintable() and any(unicodedata.category(c) in _INVISIBLE for c in text)


def _not_nfc(octets: bytes, _root: etree._Element) -> bool:
    return not unicodedata.is_normalized("NFC", octets.decode())


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
