"""A marker in every place that no signature covers: whoever shows it shows what nobody signed."""

# ruff: noqa: E501 - a table is read by its rows

import gzip
import re
import zlib
from base64 import b64encode
from collections.abc import Callable

from licenses.model.reasons import Reason
from tests.hostile.edits import Edit, after, at_the_end, before, swap

MARKER = "Planted-by-nobody"
PLANT = MARKER.encode()
_COMMENT = b"<!-- " + PLANT + b" -->"
_KEY_INFO, _X509, _OBJECT = b"<ds:KeyInfo>", b"<ds:X509Data>", b"</ds:Signature>"
_EVERYWHERE: dict[str, Edit] = {
    "a comment before the root": lambda one: _COMMENT + one,
    "a comment behind the root": lambda one: one + _COMMENT,
    "text before the root": lambda one: PLANT + one,
    "text behind the root": lambda one: one + PLANT,
    "an element behind the root": lambda one: one + b"<x>" + PLANT + b"</x>",
    "a PI before the root": lambda one: b"<?" + PLANT + b"?>" + one,
    "a PI behind the root": lambda one: one + b"<?x " + PLANT + b"?>",
    "the XML declaration": lambda one: b'<?xml version="1.0" encoding="' + PLANT + b'"?>' + one,
    "a document type": lambda one: b"<!DOCTYPE x SYSTEM '" + PLANT + b"'>" + one,
    "an entity": lambda one: b"<!DOCTYPE x [<!ENTITY x '" + PLANT + b"'>]>" + one,
    "a comment before the signature": before(b"<ds:Signature ", _COMMENT),
    "a comment behind the signature": after(_OBJECT, _COMMENT),
    "text before the signature": before(b"<ds:Signature ", PLANT),
    "text behind the signature": after(_OBJECT, PLANT),
    "an element behind the signature": after(_OBJECT, b"<report>" + PLANT + b"</report>"),
    "text in the signature": before(_KEY_INFO, PLANT),
    "a comment in the signature": before(_KEY_INFO, _COMMENT),
    "a comment in the digest": after(b"<ds:DigestValue>", _COMMENT),
    "a comment in KeyInfo": after(_KEY_INFO, _COMMENT),
    "text in KeyInfo": after(_KEY_INFO, PLANT),
    "an element in KeyInfo": after(_KEY_INFO, b"<x>" + PLANT + b"</x>"),
    "an Id of KeyInfo": swap(_KEY_INFO, b'<ds:KeyInfo Id="' + PLANT + b'">'),
    "an attribute of KeyInfo": swap(_KEY_INFO, b'<ds:KeyInfo title="' + PLANT + b'">'),
    "a namespace of KeyInfo": swap(_KEY_INFO, b'<ds:KeyInfo xmlns:x="urn:' + PLANT + b'">'),
    "a name in KeyInfo": after(_KEY_INFO, b"<ds:KeyName>" + PLANT + b"</ds:KeyName>"),
    "a name in KeyInfo as CDATA": after(_KEY_INFO, b"<ds:KeyName><![CDATA[" + PLANT + b"]]></ds:KeyName>"),
    "an attribute of a name in KeyInfo": after(_KEY_INFO, b'<ds:KeyName x="' + PLANT + b'"></ds:KeyName>'),
    "a key in KeyInfo": after(_KEY_INFO, b"<ds:KeyValue>" + PLANT + b"</ds:KeyValue>"),
    "a subject beside the certificate": after(_X509, b"<ds:X509SubjectName>CN=" + PLANT + b"</ds:X509SubjectName>"),
    "an issuer beside the certificate": after(_X509, b"<ds:X509IssuerSerial><ds:X509IssuerName>CN=" + PLANT + b"</ds:X509IssuerName></ds:X509IssuerSerial>"),
    "a list of revoked ones beside the certificate": after(_X509, b"<ds:X509CRL>" + PLANT + b"</ds:X509CRL>"),
    "the certificate": after(b"<ds:X509Certificate>", PLANT),
    "an Id of the signature": swap(b"<ds:Signature ", b'<ds:Signature Id="' + PLANT + b'" '),
    "an attribute of the signature": swap(b"<ds:Signature ", b'<ds:Signature title="' + PLANT + b'" '),
    "a prefix nobody uses": swap(b"<ds:Signature ", b"<ds:Signature xmlns:" + PLANT + b'="urn:x" '),
    "a namespace nobody uses": swap(b"<ds:Signature ", b'<ds:Signature xmlns:x="urn:' + PLANT + b'" '),
    "an Id of the signature value": swap(b"<ds:SignatureValue>", b'<ds:SignatureValue Id="' + PLANT + b'">'),
    "the signature value": after(b"<ds:SignatureValue>", PLANT),
    "an object": before(_OBJECT, b"<ds:Object>" + PLANT + b"</ds:Object>"),
    "an attribute of an object": before(_OBJECT, b'<ds:Object MimeType="' + PLANT + b'"></ds:Object>'),
    "a PI": before(b"<ds:Signature ", b"<?" + PLANT + b"?>"),
    "the end of the root": lambda one: at_the_end(one, PLANT),
}  # fmt: skip
ELMO_PLACES: dict[str, Edit] = _EVERYWHERE | {
    "a comment between elements": before(b"<learner>", _COMMENT),
    "a comment between elements of a license": before(b"<lic:number>", _COMMENT),
    "a comment inside a name": after(b"<familyName>", _COMMENT),
    "a namespace of the root": after(b"<elmo", b' xmlns:x="urn:' + PLANT + b'"'),
    "an attribute of the root": after(b"<elmo", b' title="' + PLANT + b'"'),
}  # fmt: skip
SEAL_PLACES: dict[str, Edit] = _EVERYWHERE | {
    "a comment between elements": before(b"<lic:number>", _COMMENT),
    "a comment inside a number": after(b"<lic:number>", _COMMENT),
    "a namespace of the root": after(b"<lic:license", b' xmlns:x="urn:' + PLANT + b'"'),
    "an attribute of the root": after(b"<lic:license", b' title="' + PLANT + b'"'),
    "an unsigned property": before(b"</xades:QualifyingProperties>", b"<xades:UnsignedProperties>" + PLANT + b"</xades:UnsignedProperties>"),
    "text beside the properties": before(b"</ds:Object>", PLANT),
    "a namespace of the properties": swap(b"<xades:QualifyingProperties ", b'<xades:QualifyingProperties xmlns:x="urn:' + PLANT + b'" '),
}  # fmt: skip
HARMLESS_PLACES = {
    "a comment before the root",
    "a comment behind the root",
    "a comment before the signature",
    "a comment behind the signature",
    "a comment between elements",
    "a comment between elements of a license",
    "an Id of KeyInfo",
    "a namespace of KeyInfo",
    "a name in KeyInfo",
    "a name in KeyInfo as CDATA",
    "an attribute of a name in KeyInfo",
    "a key in KeyInfo",
    "a subject beside the certificate",
    "an issuer beside the certificate",
    "a list of revoked ones beside the certificate",
    "an Id of the signature",
    "a prefix nobody uses",
    "a namespace nobody uses",
    "an Id of the signature value",
    "a namespace of the root",
}
"""Where nothing is hidden and the signature does not reach, an ELMO still counts."""
UNREADABLE_SEALS: dict[str, Reason] = {
    "text before the root": Reason.NOT_XML,
    "text behind the root": Reason.NOT_XML,
    "an element behind the root": Reason.NOT_XML,
    "a PI before the root": Reason.PROCESSING_INSTRUCTION,
    "a PI behind the root": Reason.PROCESSING_INSTRUCTION,
    "a PI": Reason.PROCESSING_INSTRUCTION,
    "the XML declaration": Reason.ENCODING_NOT_UTF8,
    "a document type": Reason.DOCTYPE,
    "an entity": Reason.DOCTYPE,
    "a comment behind the signature": Reason.SCHEMA_INVALID,
    "text before the signature": Reason.SCHEMA_INVALID,
    "an element behind the signature": Reason.SCHEMA_INVALID,
    "an attribute of the root": Reason.SCHEMA_INVALID,
}
"""Where a provider that keeps such a seal refuses to read it at all, and sends nothing."""


def _as_java_writes(edit: Edit) -> Edit:
    """Return an edit of a signature with a prefix, for one that has none."""

    def change(document: bytes) -> bytes:
        head, opens, signature = document.partition(b"<Signature ")
        prefixed = head + re.sub(rb"<(/?)(?=[A-Z])", rb"<\1ds:", opens + signature)
        return edit(prefixed).replace(b"<ds:", b"<").replace(b"</ds:", b"</")

    return change


JAVA_PLACES: dict[str, Edit] = {
    **{name: _as_java_writes(edit) for name, edit in ELMO_PLACES.items()},
    "a comment between two lines of base64": after(b"&#13;\n", _COMMENT),
    "text between two lines of base64": after(b"&#13;\n", PLANT),
    "an element between two lines of base64": after(b"&#13;\n", b"<x>" + PLANT + b"</x>"),
}
_INCLUSIVE_C14N_SIGNS = {
    "a prefix nobody uses",
    "a namespace nobody uses",
    "a namespace of the root",
}
JAVA_HARMLESS_PLACES = HARMLESS_PLACES - _INCLUSIVE_C14N_SIGNS
"""As `HARMLESS_PLACES`, but inclusive C14N covers every namespace in scope, used or not."""


def planted_all_over(elmo: bytes) -> bytes:
    """Return an ELMO with the marker in every harmless place at once."""
    for name in sorted(HARMLESS_PLACES - _EXCLUDE_EACH_OTHER):
        elmo = ELMO_PLACES[name](elmo)
    return elmo


# Each of these looks for an element that has no attribute yet.
_EXCLUDE_EACH_OTHER = {"an Id of KeyInfo", "a namespace of KeyInfo"}


def _member(document: bytes, flags: int, fields: bytes) -> str:
    """Return a document in a gzip member with more in its header than there must be."""
    deflated = zlib.compress(document, wbits=-15)
    trailer = gzip.compress(document, mtime=0)[-8:]
    return b64encode(
        b"\x1f\x8b\x08" + bytes([flags]) + bytes(6) + fields + deflated + trailer
    ).decode()


PACKAGES: dict[str, Callable[[bytes], str]] = {
    "the name of the file": lambda one: _member(one, 8, PLANT + b"\0"),
    "a comment on the file": lambda one: _member(one, 16, PLANT + b"\0"),
    "an extra field": lambda one: _member(one, 4, len(PLANT).to_bytes(2, "little") + PLANT),
}
"""The header of a gzip file has room for words that nobody signs."""
