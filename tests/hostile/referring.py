"""A10 and A14: Ids that mean two things, and transforms that change what is covered."""

# ruff: noqa: E501 - a table is read by its rows

from collections.abc import Callable

from licenses.model.reasons import Reason
from schema_ext.namespaces import DS, XADES, elmo
from schema_ext.signing.policy import ENVELOPED, EXCLUSIVE, INCLUSIVE
from tests.hostile.bases import Base
from tests.hostile.edits import Edit, at_the_start, between, piece, swap, swapped
from tests.hostile.resigning import by_xml_engine, identified, resigned
from tests.hostile.variants import Variant, outer, outer_made, sealed

R = Reason

_BAD, _TARGET = R.SIGNED_PROPERTIES_SHAPE, R.SIGNATURE_REFERENCE_TARGET
_ID = b"signed-properties"
_PROPERTIES = (b"<xades:SignedProperties", b"</xades:SignedProperties>")
_DECLARED = f' xmlns:ds="{DS}" xmlns:xades="{XADES}"'.encode()
_SPELLINGS = (b"Id", b"ID", b"id", b"iD", b"xml:id")


def _number(attribute: bytes, value: bytes = _ID) -> Edit:
    return swap(b"<lic:number>", b"<lic:number " + attribute + b'="' + value + b'">')


def _renamed(name: bytes) -> Edit:
    """Write the Id of the signed properties otherwise, and sign the Reference to it anew."""
    return lambda one: swapped(one, b' Id="' + _ID + b'"', b" " + name + b'="' + _ID + b'"')


def _called(name: bytes) -> Edit:
    """Call the signed properties otherwise, in the Reference too."""

    def edit(document: bytes) -> bytes:
        renamed = swapped(document, b' Id="' + _ID + b'"', b' Id="' + name + b'"')
        return resigned(swap(b"#" + _ID, b"#" + name))(renamed)

    return edit


def _copied(place: Callable[[bytes, bytes], bytes]) -> Edit:
    """Put a second element of the same Id somewhere."""
    return lambda one: place(one, _standing_alone(one).replace(b"T10:", b"T11:", 1))


def _standing_alone(document: bytes) -> bytes:
    """Return the signed properties with all they need to stand in any place."""
    found = piece(document, *_PROPERTIES)
    return swapped(found, _PROPERTIES[0], _PROPERTIES[0] + _DECLARED)


A10: tuple[Variant, ...] = (
    *(sealed("A10", f"{name.decode()} in the license", _number(name), _BAD) for name in _SPELLINGS),
    *(sealed("A10", f"another {name.decode()} in the license", _number(name, b"x"), _BAD) for name in _SPELLINGS),
    sealed("A10", "a foreign Id in the license", swap(b"<lic:number>", b'<lic:number xmlns:q="urn:q" q:Id="' + _ID + b'">'), _BAD),
    *(sealed("A10", f"{name.decode()} of the signature", swap(b"<ds:Signature ", b"<ds:Signature " + name + b'="x" '), R.SIGNATURE_SHAPE if name != b"Id" else _BAD) for name in _SPELLINGS),
    sealed("A10", "Id of the value", swap(b"<ds:SignatureValue>", b'<ds:SignatureValue Id="x">'), _BAD),
    sealed("A10", "Id of KeyInfo", swap(b"<ds:KeyInfo>", b'<ds:KeyInfo Id="x">'), _BAD),
    sealed("A10", "Id of the Object", swap(b"<ds:Object>", b'<ds:Object Id="x">'), R.SIGNATURE_OBJECT),
    sealed("A10", "Id of the Reference", resigned(swap(b'<ds:Reference URI=""', b'<ds:Reference Id="x" URI=""')), R.SIGNATURE_SHAPE),
    sealed("A10", "Id of the qualifying properties", swap(b' Target=""', b' Id="x" Target=""'), _BAD),
    sealed("A10", "another target", swap(b' Target=""', b' Target="#x"'), _BAD),
    *(sealed("A10", f"the properties' Id as {name.decode()}", _renamed(name), _BAD) for name in _SPELLINGS if name != b"Id"),
    sealed("A10", "no Id", swap(b' Id="' + _ID + b'"', b""), _BAD),
    *(sealed("A10", f"an Id that is none: {name.decode()!r}", _called(name), _BAD) for name in (b"", b"1x", b"a b", b"a:b", "é".encode(), b"x" * 101)),
    sealed("A10", "two of the same Id, the other first", _copied(at_the_start), _BAD),
    sealed("A10", "two of the same Id, side by side", _copied(lambda one, copy: swapped(one, b"<xades:SignedProperties", copy + b"<xades:SignedProperties")), _BAD),
    sealed("A10", "two of the same Id, one inside", _copied(lambda one, copy: swapped(one, b"</xades:SignedProperties>", copy + b"</xades:SignedProperties>")), _BAD),
    sealed("A10", "the other of two in its place", _copied(lambda one, copy: at_the_start(swapped(one, piece(one, *_PROPERTIES), copy), _standing_alone(one))), _BAD),
    sealed("A10", "the time in the properties", swap(b"<xades:SigningTime>2026", b"<xades:SigningTime>2025"), R.DIGEST_MISMATCH),
    outer_made("A10", "the root by its Id", lambda base: by_xml_engine(base, uri="#x", layout=identified(elmo("elmo"))), _TARGET),
    outer_made("A10", "the root by its Id, beside an ID", lambda base: by_xml_engine(base, swapped(base.elmo_text, b"<elmo ", b'<elmo ID="x" '), uri="#x", layout=identified(elmo("elmo"))), _TARGET),
    outer_made("A10", "two learners of one Id", lambda base: at_the_start(by_xml_engine(base, uri="#x", layout=identified(elmo("learner"))), b'<learner Id="x"/>'), _TARGET),
    outer("A10", "an Id more in the document", swap(b"<learner>", b'<learner Id="x">'), R.DIGEST_MISMATCH),
    outer("A10", "an xml:id more in the document", swap(b"<learner>", b'<learner xml:id="x">'), R.DIGEST_MISMATCH),
    outer("A10", "an Id of the Reference", resigned(swap(b'<ds:Reference URI=""', b'<ds:Reference Id="x" URI=""')), R.SIGNATURE_SHAPE),
    outer("A10", "an ID of the signature", swap(b"<ds:Signature ", b'<ds:Signature ID="x" '), R.SIGNATURE_SHAPE),
    outer("A10", "a foreign Id of the signature", swap(b"<ds:Signature ", b'<ds:Signature xmlns:q="urn:q" q:Id="x" '), R.SIGNATURE_SHAPE),
)  # fmt: skip

_TRANSFORMS = (b"<ds:Transforms>", b"</ds:Transforms>")
_XPATH = "http://www.w3.org/TR/1999/REC-xpath-19991116"
_STEP = '<ds:Transform Algorithm="%s"></ds:Transform>'


def _steps(*algorithms: str) -> Edit:
    """Sign another list of transforms; the octets they give are the same, or never asked for."""
    steps = "".join(_STEP % one for one in algorithms).encode()
    return resigned(between(*_TRANSFORMS, steps))


def _step(text: str) -> Edit:
    return resigned(between(*_TRANSFORMS, text.encode()))


_NOT_SIGNATURE = f'<ds:Transform Algorithm="{_XPATH}"><ds:XPath>not(ancestor-or-self::ds:Signature)</ds:XPath></ds:Transform>'
_NOT_LEARNER = f'<ds:Transform Algorithm="{_XPATH}"><ds:XPath>not(ancestor-or-self::ds:Signature) and not(ancestor-or-self::*[local-name()="learner"])</ds:XPath></ds:Transform>'
_FILTER = '<ds:Transform Algorithm="http://www.w3.org/2002/06/xmldsig-filter2"><x:XPath xmlns:x="http://www.w3.org/2002/06/xmldsig-filter2" Filter="subtract">//ds:Signature</x:XPath></ds:Transform>'
_XSLT = '<ds:Transform Algorithm="http://www.w3.org/TR/1999/REC-xslt-19991116"><xsl:stylesheet xmlns:xsl="http://www.w3.org/1999/XSL/Transform" version="1.0"><xsl:template match="/"><xsl:value-of select="document(\'file:///etc/passwd\')"></xsl:value-of></xsl:template></xsl:stylesheet></ds:Transform>'
_PREFIXES = f'<ds:Transform Algorithm="{EXCLUSIVE}"><ec:InclusiveNamespaces xmlns:ec="{EXCLUSIVE}" PrefixList="lic"></ec:InclusiveNamespaces></ds:Transform>'
_BASE64 = "http://www.w3.org/2000/09/xmldsig#base64"

_LISTS: dict[str, Edit] = {
    "XPath for the enveloped signature": _step(_NOT_SIGNATURE + _STEP % EXCLUSIVE),
    "XPath that leaves the learner out": _step(_NOT_LEARNER + _STEP % EXCLUSIVE),
    "XPath behind the enveloped signature": _step(_STEP % ENVELOPED + _NOT_LEARNER),
    "an XPath filter": _step(_FILTER + _STEP % EXCLUSIVE),
    "XSLT": _step(_STEP % ENVELOPED + _XSLT),
    "XSLT alone": _step(_XSLT),
    "base64": _steps(ENVELOPED, _BASE64),
    "base64 in front": _steps(_BASE64, ENVELOPED, EXCLUSIVE),
    "decryption": _steps(ENVELOPED, "http://www.w3.org/2002/07/decrypt#XML"),
    "no enveloped signature": _steps(EXCLUSIVE),
    "none": _steps(),
    "the enveloped signature twice": _steps(ENVELOPED, ENVELOPED, EXCLUSIVE),
    "the wrong order": _steps(EXCLUSIVE, ENVELOPED),
    "C14N twice": _steps(ENVELOPED, EXCLUSIVE, EXCLUSIVE),
    "two kinds of C14N": _steps(ENVELOPED, INCLUSIVE, EXCLUSIVE),
    "C14N with comments": _steps(ENVELOPED, f"{EXCLUSIVE}WithComments"),
    "inclusive C14N with comments": _steps(ENVELOPED, f"{INCLUSIVE}#WithComments"),
    "C14N 1.1": _steps(ENVELOPED, "http://www.w3.org/2006/12/xml-c14n11"),
    "prefixes treated otherwise": _step(_STEP % ENVELOPED + _PREFIXES),
    "one nobody knows": _steps(ENVELOPED, "urn:x"),
    "one without a name": _steps(ENVELOPED, ""),
    "another element among them": _step(_STEP % ENVELOPED + "<ds:Other></ds:Other>"),
    "text among them": _step(_STEP % ENVELOPED + "x" + _STEP % EXCLUSIVE),
    "a parameter of the enveloped signature": _step(f'<ds:Transform Algorithm="{ENVELOPED}"><ds:XPath>x</ds:XPath></ds:Transform>'),
}  # fmt: skip


def _by_xpath(base: Base) -> bytes:
    """Return an ELMO whose learner was changed after an XPath transform had left it out."""
    signed = resigned(between(*_TRANSFORMS, _NOT_LEARNER.encode()))(base.outer)
    return swapped(signed, b"<familyName>", b"<familyName>Somebody ")


A14: tuple[Variant, ...] = (
    *(outer("A14", name, edit, R.SIGNATURE_TRANSFORMS) for name, edit in _LISTS.items()),
    *(sealed("A14", name, edit, R.SIGNATURE_TRANSFORMS) for name, edit in _LISTS.items()),
    outer_made("A14", "a learner changed behind XPath", _by_xpath, R.SIGNATURE_TRANSFORMS),
    outer_made("A14", "C14N with comments by another engine", lambda base: by_xml_engine(base, transforms=(ENVELOPED, f"{INCLUSIVE}#WithComments")), R.SIGNATURE_TRANSFORMS),
    outer_made("A14", "SignedInfo with comments by another engine", lambda base: by_xml_engine(base, canonicalization=f"{INCLUSIVE}#WithComments"), R.SIGNATURE_ALGORITHM),
    sealed("A14", "the enveloped signature of the properties", resigned(lambda one: one[: one.rindex(b"<ds:Transforms>")] + (b"<ds:Transforms>" + (_STEP % ENVELOPED).encode()) + one[one.rindex(b"<ds:Transforms>") + len(b"<ds:Transforms>") :]), R.SIGNATURE_TRANSFORMS),
    sealed("A14", "inclusive C14N as only we do not write it", _steps(ENVELOPED, INCLUSIVE), R.SIGNATURE_TRANSFORMS),
    sealed("A14", "no C14N", _steps(ENVELOPED), R.SIGNATURE_TRANSFORMS),
)  # fmt: skip
VARIANTS: tuple[Variant, ...] = (*A10, *A14)
