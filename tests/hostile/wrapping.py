"""A1 to A4 and A6: the signed part moved, halved, doubled, or given company nobody signed."""

# ruff: noqa: E501 - a table is read by its rows

from collections.abc import Callable
from typing import Any

from licenses.model.reasons import Reason
from schema_ext.namespaces import DS, ELMO, LIC, elmo
from tests.hostile.bases import Base
from tests.hostile.edits import (
    Edit,
    after,
    at_the_end,
    at_the_start,
    before,
    between,
    piece,
    signature_of,
    swap,
    swapped,
    without,
    without_signature,
)
from tests.hostile.resigning import by_xml_engine, identified, resigned
from tests.hostile.variants import Variant, outer, outer_made, sealed
from tests.unit.signed_documents import ENVELOPED, EXCLUSIVE

R = Reason

_SIGNATURE_END = b"</ds:Signature>"
_REFERENCE = (b"<ds:Reference", b"</ds:Reference>")


def _forged(text: bytes) -> bytes:
    """Return a text with another person's name, or another number, in it."""
    if text.startswith(b"<lic:"):
        return swapped(text, b"<lic:number>", b"<lic:number>666 ")
    return swapped(text, b"<familyName>", b"<familyName>Somebody ")


Wrap = Callable[[bytes, bytes, bytes, bytes], bytes]
"""From the forged text, the signature, the genuine text and the genuine document."""

XSW: dict[str, tuple[Wrap, R, R]] = {
    "XSW1, the original in the signature": (lambda forged, signature, text, _: at_the_end(forged, swapped(signature, _SIGNATURE_END, text + _SIGNATURE_END)), R.SIGNATURE_SHAPE, R.SIGNATURE_SHAPE),
    "XSW2, the original before the signature": (lambda forged, signature, text, _: at_the_end(forged, text + signature), R.DIGEST_MISMATCH, R.DIGEST_MISMATCH),
    "XSW3, the original signed inside the forged": (lambda forged, _, __, genuine: at_the_end(forged, genuine), R.SIGNATURE_MISPLACED, R.SIGNATURE_MISPLACED),
    "XSW4, the forged inside the original": (lambda forged, _, __, genuine: at_the_start(genuine, forged), R.DIGEST_MISMATCH, R.DIGEST_MISMATCH),
    "XSW5, the original behind the signature": (lambda forged, signature, text, _: at_the_end(forged, signature + text), R.SIGNATURE_MISPLACED, R.SIGNATURE_MISPLACED),
    "XSW6, the original in KeyInfo": (lambda forged, signature, text, _: at_the_end(forged, swapped(signature, b"</ds:KeyInfo>", text + b"</ds:KeyInfo>")), R.SIGNATURE_SHAPE, R.SIGNATURE_SHAPE),
    "XSW7, the original in an extension": (lambda forged, _, __, genuine: at_the_start(forged, b"<extension>" + genuine + b"</extension>"), R.SIGNATURE_MISPLACED, R.SIGNATURE_MISPLACED),
    "XSW8, the original in an Object": (lambda forged, signature, text, _: at_the_end(forged, swapped(signature, _SIGNATURE_END, b"<ds:Object>" + text + b"</ds:Object>" + _SIGNATURE_END)), R.SIGNATURE_OBJECT, R.SIGNATURE_OBJECT),
    "the original beside the signed properties": (lambda forged, signature, text, _: at_the_end(forged, _into_object(signature, text)), R.SIGNATURE_OBJECT, R.SIGNATURE_OBJECT),
    "the signature first": (lambda forged, signature, _, __: at_the_start(forged, signature), R.SIGNATURE_MISPLACED, R.SIGNATURE_MISPLACED),
    "the forged in another root": (lambda forged, _, __, genuine: b"<x>" + forged + genuine + b"</x>", R.UNKNOWN_DOCUMENT, R.UNKNOWN_DOCUMENT),
    "the forged behind the original": (lambda forged, _, __, genuine: genuine + forged, R.NOT_XML, R.NOT_XML),
    "nothing but the forged": (lambda forged, signature, _, __: at_the_end(forged, signature), R.DIGEST_MISMATCH, R.DIGEST_MISMATCH),
}  # fmt: skip


def _into_object(signature: bytes, text: bytes) -> bytes:
    if b"</ds:Object>" in signature:
        return swapped(signature, b"</ds:Object>", text + b"</ds:Object>")
    return swapped(
        signature, _SIGNATURE_END, b"<ds:Object>" + text + b"</ds:Object></ds:Signature>"
    )


def _wrapped(wrap: Wrap) -> Edit:
    def edit(genuine: bytes) -> bytes:
        text = without_signature(genuine)
        return wrap(_forged(text), signature_of(genuine), text, genuine)

    return edit


def _carried_by_id(base: Base) -> bytes:
    """Return a forged root with the genuine one inside, and a right signature of that by its Id."""
    genuine = swapped(base.elmo_text, b"<elmo ", b'<elmo Id="x" ')
    text = at_the_start(_forged(base.elmo_text), b"<extension>" + genuine + b"</extension>")
    return by_xml_engine(base, text, uri="#x", transforms=(EXCLUSIVE,))


A1: tuple[Variant, ...] = (
    *(outer("A1", name, _wrapped(wrap), reason) for name, (wrap, reason, _) in XSW.items()),
    *(sealed("A1", name, _wrapped(wrap), reason) for name, (wrap, _, reason) in XSW.items()),
    outer_made("A1", "the original signed by its Id", _carried_by_id, R.SIGNATURE_REFERENCE_TARGET),
)


def _part(tag: str, **form: Any) -> Callable[[Base], bytes]:
    """Sign one part of the ELMO by its Id, rightly."""
    return lambda base: by_xml_engine(base, uri="#x", layout=identified(tag), **form)


def _aimed(uri: bytes) -> Edit:
    return resigned(swap(b'URI=""', b'URI="' + uri + b'"'))


_TARGETS = {
    "an XPointer to the root": b"#xpointer(/)",
    "an XPointer to an Id": b"#xpointer(id('signed-properties'))",
    "a part nobody has": b"#x",
    "a fragment of nothing": b"#",
    "an address": b"https://evil.example/elmo.xml",
    "a file": b"file:///etc/passwd",
    "a file beside": b"elmo.xml",
    "a space": b" ",
}
_PROPERTIES = b'URI="#signed-properties"'

A2: tuple[Variant, ...] = (
    outer_made("A2", "only the learner", _part(elmo("learner"), transforms=(EXCLUSIVE,)), R.SIGNATURE_REFERENCE_TARGET),
    outer_made("A2", "only a report", _part(elmo("report"), transforms=(EXCLUSIVE,)), R.SIGNATURE_REFERENCE_TARGET),
    outer_made("A2", "only the date", _part(elmo("generatedDate"), transforms=()), R.SIGNATURE_REFERENCE_TARGET),
    outer_made("A2", "the root by its Id", _part(elmo("elmo"), transforms=(ENVELOPED,)), R.SIGNATURE_REFERENCE_TARGET),
    *(outer("A2", name, _aimed(uri), R.SIGNATURE_REFERENCE_TARGET) for name, uri in _TARGETS.items()),
    *(sealed("A2", name, _aimed(uri), R.SIGNATURE_REFERENCE_TARGET) for name, uri in _TARGETS.items()),
    outer("A2", "no word of what is meant", resigned(swap(b' URI=""', b"")), R.SIGNATURE_REFERENCE_TARGET),
    sealed("A2", "no word of what is meant", resigned(swap(b' URI=""', b"")), R.SIGNATURE_REFERENCE_TARGET),
    sealed("A2", "only the signed properties", resigned(without(*_REFERENCE)), R.SIGNATURE_REFERENCES),
    sealed("A2", "the properties twice", resigned(swap(b'URI=""', _PROPERTIES)), R.SIGNATURE_REFERENCE_TARGET),
    sealed("A2", "the document twice", resigned(swap(_PROPERTIES, b'URI=""')), R.SIGNATURE_REFERENCE_TARGET),
    outer("A2", "nothing at all", resigned(without(*_REFERENCE)), R.SIGNATURE_REFERENCES),
    outer("A2", "the document as something else", resigned(swap(b' URI=""', b' Type="http://www.w3.org/2000/09/xmldsig#Manifest" URI=""')), R.SIGNATURE_REFERENCE_TARGET),
    sealed("A2", "the properties as something else", resigned(swap(b"01903#SignedProperties", b"01903#Other")), R.SIGNATURE_REFERENCE_TARGET),
)  # fmt: skip

_EMPTY = b'<ds:Signature xmlns:ds="%s"></ds:Signature>' % DS.encode()


def _doubled(place: Callable[[bytes, bytes], bytes]) -> Edit:
    return lambda document: place(document, signature_of(document))


def _third(document: bytes) -> bytes:
    return swapped(
        document, b"</ds:SignedInfo>", piece(document, *_REFERENCE) + b"</ds:SignedInfo>"
    )


_SEVERAL: dict[str, tuple[Edit, R]] = {
    "the same behind": (_doubled(at_the_end), R.SIGNATURE_NOT_ALONE),
    "the same in front": (_doubled(at_the_start), R.SIGNATURE_NOT_ALONE),
    "an empty one in front": (lambda one: at_the_start(one, _EMPTY), R.SIGNATURE_NOT_ALONE),
    "an empty one behind": (lambda one: at_the_end(one, _EMPTY), R.SIGNATURE_NOT_ALONE),
    "one inside the other": (lambda one: swapped(one, _SIGNATURE_END, b"<ds:Object>" + _EMPTY + b"</ds:Object></ds:Signature>"), R.SIGNATURE_NOT_ALONE),
    "one in the other's KeyInfo": (before(b"</ds:KeyInfo>", _EMPTY), R.SIGNATURE_NOT_ALONE),
    "one around the other": (lambda one: swapped(one, signature_of(one), _EMPTY.replace(b"></", b">" + signature_of(one) + b"</")), R.SIGNATURE_NOT_ALONE),
    "one under another prefix": (lambda one: at_the_start(one, _EMPTY.replace(b"ds:", b"x:").replace(b":ds=", b":x=")), R.SIGNATURE_NOT_ALONE),
    "one hidden in a foreign element": (lambda one: at_the_start(one, b"<x>" + _EMPTY + b"</x>"), R.SIGNATURE_NOT_ALONE),
}  # fmt: skip
A3: tuple[Variant, ...] = (
    *(outer("A3", name, edit, reason) for name, (edit, reason) in _SEVERAL.items()),
    *(sealed("A3", name, edit, reason) for name, (edit, reason) in _SEVERAL.items()),
    outer("A3", "one and a second Reference", _third, R.SIGNATURE_REFERENCES),
    sealed("A3", "one and a third Reference", _third, R.SIGNATURE_REFERENCES),
)

_INFO = (b"<ds:SignedInfo>", b"</ds:SignedInfo>")
_VALUE = (b"<ds:SignatureValue>", b"</ds:SignatureValue>")


def _again(
    marks: tuple[bytes, bytes], mark: bytes, around: tuple[bytes, bytes] = (b"", b"")
) -> Edit:
    """Put a copy of a piece of the signature before a mark."""
    return lambda one: swapped(one, mark, around[0] + piece(one, *marks) + around[1] + mark)


_IN_SIGNATURE: dict[str, tuple[Edit, R]] = {
    "a second SignedInfo in front": (_again(_INFO, _INFO[0]), R.SIGNATURE_SHAPE),
    "a second SignedInfo behind": (_again(_INFO, _VALUE[0]), R.SIGNATURE_SHAPE),
    "a second SignedInfo at the end": (_again(_INFO, _SIGNATURE_END), R.SIGNATURE_SHAPE),
    "a wrapped SignedInfo in front": (_again(_INFO, _INFO[0], (b"<x>", b"</x>")), R.SIGNATURE_SHAPE),
    "SignedInfo wrapped itself": (lambda one: swapped(one, piece(one, *_INFO), b"<x>" + piece(one, *_INFO) + b"</x>"), R.SIGNATURE_SHAPE),
    "SignedInfo in SignedInfo": (_again(_INFO, _INFO[1]), R.SIGNATURE_SHAPE),
    "a second SignatureValue": (_again(_VALUE, _VALUE[0]), R.SIGNATURE_SHAPE),
    "no SignatureValue": (without(*_VALUE), R.SIGNATURE_SHAPE),
    "no SignedInfo": (without(*_INFO), R.SIGNATURE_SHAPE),
    "a second DigestValue": (_again((b"<ds:DigestValue>", b"</ds:DigestValue>"), b"</ds:Reference>"), R.SIGNATURE_SHAPE),
    "a DigestValue in the DigestValue": (_again((b"<ds:DigestValue>", b"</ds:DigestValue>"), b"</ds:DigestValue>"), R.SIGNATURE_SHAPE),
    "a comment in DigestValue": (after(b"<ds:DigestValue>", b"<!--x-->"), R.COMMENT_IN_SIGNATURE),
    "a comment behind DigestValue": (before(b"</ds:DigestValue>", b"<!--x-->"), R.COMMENT_IN_SIGNATURE),
    "a digest in a comment": (lambda one: swapped(one, piece(one, b"<ds:DigestValue>", b"</ds:DigestValue>"), b"<ds:DigestValue><!--x--></ds:DigestValue>"), R.COMMENT_IN_SIGNATURE),
    "a comment in SignatureValue": (after(_VALUE[0], b"<!--x-->"), R.COMMENT_IN_SIGNATURE),
    "a comment in SignedInfo": (after(_INFO[0], b"<!--x-->"), R.COMMENT_IN_SIGNATURE),
    "a comment in the certificate": (after(b"<ds:X509Certificate>", b"<!--x-->"), R.COMMENT_IN_SIGNATURE),
    "a PI in DigestValue": (after(b"<ds:DigestValue>", b"<?x?>"), R.PROCESSING_INSTRUCTION),
    "a CDATA section in DigestValue": (after(b"<ds:DigestValue>", b"<![CDATA[AAAA]]>"), R.DIGEST_MISMATCH),
    "another namespace for SignedInfo": (lambda one: swapped(one, b"<ds:SignedInfo>", b'<ds:SignedInfo xmlns:ds="urn:x">'), R.SIGNATURE_SHAPE),
    "text in SignedInfo": (after(_INFO[0], b"x"), R.SIGNATURE_SHAPE),
    "an attribute of SignedInfo": (swap(_INFO[0], b'<ds:SignedInfo Id="x">'), R.SIGNATURE_SHAPE),
}  # fmt: skip
A4: tuple[Variant, ...] = (
    *(outer("A4", name, edit, reason) for name, (edit, reason) in _IN_SIGNATURE.items()),
    *(sealed("A4", name, edit, reason) for name, (edit, reason) in _IN_SIGNATURE.items()),
)

_REPORT = b'<report xmlns="%s"><issuer/></report>' % ELMO.encode()
_TITLE = b'<lic:title xmlns:lic="%s" xml:lang="en">Physician</lic:title>' % LIC.encode()


def _company(what: bytes) -> Edit:
    return before(_SIGNATURE_END, what)


_COMPANY: dict[str, tuple[Edit, R, R]] = {
    "an Object": (_company(b"<ds:Object>" + _REPORT + b"</ds:Object>"), R.SIGNATURE_OBJECT, R.SIGNATURE_OBJECT),
    "an empty Object": (_company(b"<ds:Object></ds:Object>"), R.SIGNATURE_OBJECT, R.SIGNATURE_OBJECT),
    "two Objects": (_company(b"<ds:Object></ds:Object>" * 2), R.SIGNATURE_OBJECT, R.SIGNATURE_OBJECT),
    "an Object with a Manifest": (_company(b"<ds:Object><ds:Manifest></ds:Manifest></ds:Object>"), R.SIGNATURE_OBJECT, R.SIGNATURE_OBJECT),
    "an Object with properties": (_company(b"<ds:Object><ds:SignatureProperties></ds:SignatureProperties></ds:Object>"), R.SIGNATURE_OBJECT, R.SIGNATURE_OBJECT),
    "a report in the signature": (_company(_REPORT), R.SIGNATURE_SHAPE, R.SIGNATURE_SHAPE),
    "a title in KeyInfo": (before(b"</ds:KeyInfo>", _TITLE), R.SIGNATURE_SHAPE, R.SIGNATURE_SHAPE),
    "text in the signature": (_company(b"and may work as a physician"), R.SIGNATURE_SHAPE, R.SIGNATURE_SHAPE),
    "an attribute of the signature": (swap(b"<ds:Signature ", b'<ds:Signature title="x" '), R.SIGNATURE_SHAPE, R.SIGNATURE_SHAPE),
    "a report in Transforms": (before(b"</ds:Transforms>", _REPORT), R.SIGNATURE_TRANSFORMS, R.SIGNATURE_TRANSFORMS),
    "an Object in front of the KeyInfo": (before(b"<ds:KeyInfo>", b"<ds:Object></ds:Object>"), R.SIGNATURE_SHAPE, R.SIGNATURE_SHAPE),
}  # fmt: skip
_BAD = R.SIGNED_PROPERTIES_SHAPE
A6: tuple[Variant, ...] = (
    *(outer("A6", name, edit, reason) for name, (edit, reason, _) in _COMPANY.items()),
    *(sealed("A6", name, edit, reason) for name, (edit, _, reason) in _COMPANY.items()),
    sealed("A6", "unsigned properties", before(b"</xades:QualifyingProperties>", b"<xades:UnsignedProperties></xades:UnsignedProperties>"), _BAD),
    sealed("A6", "a title beside the properties", before(b"</ds:Object>", _TITLE), R.SIGNATURE_OBJECT),
    sealed("A6", "text beside the properties", before(b"</ds:Object>", b"x"), R.SIGNATURE_OBJECT),
    sealed("A6", "second signed properties", before(b"</xades:QualifyingProperties>", b"<xades:SignedProperties></xades:SignedProperties>"), _BAD),
    sealed("A6", "no Object", without(b"<ds:Object>", b"</ds:Object>"), R.SIGNATURE_OBJECT),
    sealed("A6", "no properties", between(b"<ds:Object>", b"</ds:Object>", b""), R.SIGNATURE_OBJECT),
    sealed("A6", "an attribute of the Object", swap(b"<ds:Object>", b'<ds:Object MimeType="x">'), R.SIGNATURE_OBJECT),
)  # fmt: skip
VARIANTS: tuple[Variant, ...] = (*A1, *A2, *A3, *A4, *A6)
