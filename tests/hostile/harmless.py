"""A change that changes nothing that was signed: the ELMO counts as before.

The same change of a seal alone makes other octets than those the authority keeps, and a seal is
known by all of its octets. So it says so, and asks to be fetched anew.
"""

# ruff: noqa: E501 - a table is read by its rows

import re

from lxml import etree

from tests.hostile.edits import Edit, after, before, swap, swapped

_KEY_INFO, _END = b"<ds:KeyInfo>", b"</ds:KeyInfo>"


def _written_anew(document: bytes) -> bytes:
    """Write a document as another program would that has read it."""
    return etree.tostring(
        etree.fromstring(document), xml_declaration=True, encoding="UTF-8", standalone=True
    )


def _in_references(document: bytes) -> bytes:
    """Write every letter outside ASCII as a reference."""
    return document.decode().encode("ascii", "xmlcharrefreplace")


def _in_single_quotes(document: bytes) -> bytes:
    return re.sub(rb'( xmlns(?::[a-z]+)?=)"([^"\']*)"', rb"\1'\2'", document)


HARMLESS: dict[str, Edit] = {
    "an XML declaration": lambda one: b'<?xml version="1.0" encoding="UTF-8"?>\n' + one,
    "an XML declaration in small letters": lambda one: b'<?xml version="1.0" encoding="utf-8"?>' + one,
    "a byte order mark": lambda one: b"\xef\xbb\xbf" + one,
    "written anew": _written_anew,
    "letters as references": _in_references,
    "single quotes": _in_single_quotes,
    "spaces in tags": lambda one: one.replace(b"</ds:Reference>", b"</ds:Reference >").replace(b"<ds:Signature xmlns", b"<ds:Signature\n\txmlns"),
    "empty elements": lambda one: re.sub(rb"></ds:(DigestMethod|SignatureMethod|Transform|CanonicalizationMethod)>", b"/>", one),
    "line ends in base64": lambda one: swapped(one, b"<ds:X509Certificate>", b"<ds:X509Certificate>\r\n"),
    "line ends of Java in base64": after(b"<ds:X509Certificate>", b"&#13;\n"),
    "line ends in the signature value": after(b"<ds:SignatureValue>", b"&#13;\n"),
    "a comment in front": lambda one: b"<!-- x -->" + one,
    "a comment behind": lambda one: one + b"<!-- x -->\n",
    "a comment before the signature": before(b"<ds:Signature ", b"<!-- x -->"),
    "a namespace nobody uses": swap(b"<ds:Signature ", b'<ds:Signature xmlns:v="urn:v" '),
    "no namespace where none is used": swap(b"<ds:Signature ", b'<ds:Signature xmlns="" '),
    "a name of the key": after(_KEY_INFO, b"<ds:KeyName>x</ds:KeyName>"),
    "a subject beside the certificate": after(b"<ds:X509Data>", b"<ds:X509SubjectName>CN=x</ds:X509SubjectName>"),
    "a value of the key": before(_END, b"<ds:KeyValue>x</ds:KeyValue>"),
    "a CDATA section around the digest": lambda one: re.sub(rb"(<ds:DigestValue>)([^<]+)(</ds:DigestValue>)", rb"\1<![CDATA[\2]]>\3", one),
    "a CDATA section around a text": lambda one: re.sub(rb"(<familyName>|<lic:number>)([^<&]+)(</)", rb"\1<![CDATA[\2]]>\3", one, count=1),
    "spaces between the parts of the signature": before(b"<ds:SignatureValue>", b"\n  "),
    "49,000 comments": before(b"<ds:Signature ", b"<!---->" * 49_000),
}  # fmt: skip
OUTER_ONLY: dict[str, Edit] = {
    "an Id of the signature": swap(b"<ds:Signature ", b'<ds:Signature Id="x" '),
    "an Id of the signature value": swap(b"<ds:SignatureValue>", b'<ds:SignatureValue Id="x">'),
}  # fmt: skip
