"""Write XML that already is its own exclusive canonical form, without a serializer.

What we sign is hashed as we write it, so every writer of the project builds its text from these
functions: one line, no empty-element tags, attributes in canonical order, the escapes of C14N
and no others. Two duties stay with the caller: every namespace is declared on the element that
first uses its prefix and nowhere below it, and no prefix is declared that is not used.
`tests/property/test_canonical_writer.py` compares the result with libxml2 octet for octet.

Source: Exclusive XML Canonicalization 1.0, section 3; Canonical XML 1.0, section 2.3.
"""

import re
from collections.abc import Mapping
from typing import Final

_NO_ATTRIBUTES: Final[Mapping[str, str]] = {}
_TEXT_ESCAPES: Final = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#xD;"})
_ATTRIBUTE_ESCAPES: Final = str.maketrans(
    {"&": "&amp;", "<": "&lt;", '"': "&quot;", "\t": "&#x9;", "\n": "&#xA;", "\r": "&#xD;"}
)
_has_no_place = re.compile("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\ud800-\\udfff\\ufffe\\uffff]").search


def escape_text(text: str) -> str:
    """Return `text` as it stands between tags; raise ValueError for what XML cannot hold."""
    # Nearly every text ends here: what str calls printable holds no control and no surrogate.
    if text.isprintable() and "&" not in text and "<" not in text and ">" not in text:
        return text
    return _checked(text).translate(_TEXT_ESCAPES)


def escape_attribute(text: str) -> str:
    """Return `text` as it stands between the double quotes of an attribute.

    Raises:
        ValueError: a character that XML 1.0 cannot hold, such as U+0000.
    """
    if text.isprintable() and "&" not in text and "<" not in text and '"' not in text:
        return text
    return _checked(text).translate(_ATTRIBUTE_ESCAPES)


def element(name: str, *children: str, attributes: Mapping[str, str] = _NO_ATTRIBUTES) -> str:
    """Return one element around children that are canonical already.

    Args:
        name: with its prefix, as in `lic:title`.
        children: canonical text of what stands inside, in order.
        attributes: by name with prefix, declarations (`xmlns`, `xmlns:lic`) among them; values
            as they mean, not escaped.

    Raises:
        ValueError: an attribute prefix other than `xml`, whose order is not known here.
    """
    return f"<{name}{_attributes(attributes)}>{''.join(children)}</{name}>"


def leaf(name: str, text: str, attributes: Mapping[str, str] = _NO_ATTRIBUTES) -> str:
    """Return one element that holds nothing but `text`, which is escaped here."""
    return f"<{name}{_attributes(attributes)}>{escape_text(text)}</{name}>"


def _attributes(attributes: Mapping[str, str]) -> str:
    if not attributes:
        return ""
    names = sorted(attributes, key=_order)
    return "".join(f' {name}="{escape_attribute(attributes[name])}"' for name in names)


def _order(attribute: str) -> tuple[int, str]:
    """Declarations by prefix, then attributes in no namespace, then `xml:`, each by name."""
    prefix, _, local = attribute.rpartition(":")
    if attribute == "xmlns" or prefix == "xmlns":
        return 0, "" if attribute == "xmlns" else local
    if not prefix:
        return 1, local
    if prefix == "xml":
        return 2, local
    raise ValueError(f"no canonical order is known for the attribute prefix {prefix}")


def _checked(text: str) -> str:
    if _has_no_place(text) is not None:
        raise ValueError("a character that XML 1.0 cannot hold")
    return text
