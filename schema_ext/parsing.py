"""Parse XML: the only place in the project that calls an XML parser.

Every document passes the caps first (`schema_ext.caps`), which also refuse DOCTYPE, processing
instructions and any encoding but UTF-8 before libxml2 sees an octet. What is accepted here is
well-formed, namespace-well-formed XML 1.0 and no more: not validated, not trusted, comments
still in it. Which comments are harmless is the verifier's question.

Source: security.md A7 (one parser), A8, A15, A17; R-V4.
"""

from functools import cache
from typing import Final

from lxml import etree

from licenses.errors import MalformedDocument
from schema_ext.caps import MAX_DEPTH, MAX_INFLATED, check_caps, plainly_within_caps

_TOO_DEEP: Final = "/*" * (MAX_DEPTH + 1)


def parse(document: bytes) -> etree._Element:
    """Return the root element of one XML document.

    Args:
        document: the octets as they arrived, UTF-8, with or without a byte order mark.

    Returns:
        The root of a fresh tree that nothing else shares; comments are kept, CDATA is text.

    Raises:
        MalformedDocument: whatever `check_caps` refuses, and `not-xml` for all libxml2 refuses.
    """
    if not plainly_within_caps(document):
        check_caps(document)
        return _parsed(document)
    try:
        root = _parsed(document)
    except MalformedDocument:
        # Where it breaks a cap before it breaks off, the cap is the reason.
        check_caps(document)
        raise
    if _is_too_deep()(root):
        check_caps(document)
    return root


def parse_canonical(octets: bytes) -> etree._Element:
    """Return the root of octets that C14N has just made of a tree from `parse`.

    The caps held for that tree and hold for these octets, because C14N adds no element, no
    attribute and no depth, and writes UTF-8 without DOCTYPE or processing instruction. Texts
    alone can grow (`&gt;` for one octet), and a namespace is declared where it is first used.

    Args:
        octets: by inclusive or exclusive C14N, nothing else.

    Raises:
        MalformedDocument: `too-large`, or `not-xml` for all libxml2 refuses.
    """
    if len(octets) > MAX_INFLATED:
        raise MalformedDocument("too-large", "The document is larger than 10 MiB.")
    return _parsed(octets)


def _parsed(document: bytes) -> etree._Element:
    parser = _hardened_parser()
    try:
        root = etree.fromstring(document, parser)
    except (etree.LxmlError, ValueError):
        # The sentence of libxml2 quotes the document, which may hold a person's name.
        raise MalformedDocument("not-xml", "The document is not well-formed XML.") from None
    if parser.error_log.filter_from_errors():
        raise MalformedDocument("not-xml", "The document breaks the rules of XML namespaces.")
    return root


@cache
def _is_too_deep() -> etree.XPath:
    """Say whether elements are nested deeper than the cap; libxml2 itself goes down to 256."""
    return etree.XPath(f"boolean({_TOO_DEEP})")


def _hardened_parser() -> etree.XMLParser:
    """Return a parser for one document: nothing fetched, expanded, repaired or left out."""
    return etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        attribute_defaults=False,
        huge_tree=False,
        recover=False,
        remove_comments=False,
        remove_pis=False,
        remove_blank_text=False,
        ns_clean=False,
        collect_ids=False,
    )
