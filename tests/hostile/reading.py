"""A5, A7 to A9, A15 and A18: one reader sees what another does not, or reads something else."""

# ruff: noqa: E501 - a table is read by its rows

from licenses.model.reasons import Reason
from tests.hostile.bases import by_java
from tests.hostile.edits import (
    Edit,
    after,
    at_the_end,
    at_the_start,
    before,
    between,
    swap,
    swapped,
)
from tests.hostile.resigning import resigned
from tests.hostile.variants import Make, Variant, outer, outer_made, sealed

R = Reason

_C = b"<!-- x -->"
_TEXTS = _NAME, _NUMBER = b"<familyName>", b"<lic:number>"
_BESIDE = R.COMMENT_BESIDE_TEXT


def _both(name: str, marks: tuple[bytes, bytes], planted: bytes, reason: R) -> tuple[Variant, ...]:
    """Plant the same behind a mark of the ELMO, and behind one of the sealed license."""
    return (
        outer("A5", name, after(marks[0], planted), reason),
        sealed("A5", name, after(marks[1], planted), reason),
    )


A5: tuple[Variant, ...] = (
    *_both("a comment at the start of a text", _TEXTS, _C, _BESIDE),
    *_both("a comment inside a text", _TEXTS, b"No" + _C, _BESIDE),
    *_both("two comments inside a text", _TEXTS, _C + b"a" + _C, _BESIDE),
    *_both("a comment and an element inside a text", _TEXTS, _C + b"<x/>", _BESIDE),
    *_both("a PI inside a text", _TEXTS, b"<?x?>", R.PROCESSING_INSTRUCTION),
    *_both("an element inside a text", _TEXTS, b"<x/>", R.DIGEST_MISMATCH),
    *_both("a CDATA section inside a text", _TEXTS, b"<![CDATA[x]]>", R.DIGEST_MISMATCH),
    *_both("a comment written as a CDATA section", _TEXTS, b"<![CDATA[<!-- x -->]]>", R.DIGEST_MISMATCH),
    outer("A5", "a comment at the end of a text", before(b"</familyName>", _C), _BESIDE),
    sealed("A5", "a comment at the end of a text", before(b"</lic:number>", _C), _BESIDE),
    outer("A5", "a comment inside the date", swap(b"<generatedDate>2026", b"<generatedDate>20" + _C + b"26"), _BESIDE),
    sealed("A5", "a comment inside a day", swap(b"<lic:validFrom>", b"<lic:validFrom>" + _C), _BESIDE),
    outer("A5", "a comment inside the sealed license", after(b"<lic:signedLicense>", _C), _BESIDE),
    outer("A5", "a comment inside the statement", before(b"</lic:status>", _C), _BESIDE),
    outer_made("A5", "a comment inside a text by Java", lambda base: after(_NAME, _C)(by_java(base)), _BESIDE),
    outer("A5", "an entity for a letter", after(_NAME, b"&#x41;"), R.DIGEST_MISMATCH),
    outer("A5", "a space of no width", after(_NAME, "\u200b".encode()), R.DIGEST_MISMATCH),
    sealed("A5", "a space of no width", after(_NUMBER, "\u200b".encode()), R.DIGEST_MISMATCH),
)  # fmt: skip

_DTD = b"<!DOCTYPE elmo [<!ENTITY n 'Somebody'>]>"
_EVIL = b"<learner xmlns='urn:evil'><familyName>Somebody</familyName></learner>"
_UNREADABLE: dict[str, tuple[Edit, R]] = {
    "an entity of its own DTD": (lambda one: _DTD + one, R.DOCTYPE),
    "another learner of another namespace": (lambda one: at_the_start(one, _EVIL), R.DIGEST_MISMATCH),
    "the same attribute twice": (swap(b"xml:lang=", b'xml:lang="sv" xml:lang='), R.NOT_XML),
    "the same attribute under two prefixes": (lambda one: at_the_start(one, b'<x xmlns:a="urn:x" xmlns:b="urn:x" a:i="1" b:i="2"/>'), R.NOT_XML),
    "a prefix nobody declared": (lambda one: at_the_start(one, b"<x:y/>"), R.NOT_XML),
    "two roots": (lambda one: one + one, R.NOT_XML),
    "a word behind the root": (lambda one: one + b"x", R.NOT_XML),
    "a word before the root": (lambda one: b"<!---->x" + one, R.NOT_XML),
    "the end of a CDATA section": (lambda one: at_the_start(one, b"]]>"), R.NOT_XML),
    "a zero octet": (lambda one: at_the_start(one, b"<x>\0</x>"), R.NOT_XML),
    "a sign XML does not have": (lambda one: at_the_start(one, b"<x>&#1;</x>"), R.NOT_XML),
    "half a surrogate": (lambda one: at_the_start(one, b"<x>&#xD800;</x>"), R.NOT_XML),
    "a sign behind the last": (lambda one: at_the_start(one, b"<x>&#x110000;</x>"), R.NOT_XML),
    "a letter in too many octets": (lambda one: at_the_start(one, b"<x>\xc1\x81</x>"), R.ENCODING_NOT_UTF8),
    "XML 1.1": (lambda one: b'<?xml version="1.1"?>' + one, R.NOT_XML),
    "no end": (lambda one: one[:-1], R.NOT_XML),
    "a comment that does not end": (lambda one: at_the_end(one, b"<!-- "), R.NOT_XML),
    "a comment with two dashes": (lambda one: at_the_start(one, b"<!-- -- -->"), R.NOT_XML),
    "a value without quotes": (lambda one: at_the_start(one, b"<x a=b/>"), R.NOT_XML),
    "a tag in a value": (lambda one: at_the_start(one, b'<x a="<"/>'), R.NOT_XML),
    "a bound prefix xmlns": (lambda one: at_the_start(one, b'<x xmlns:xmlns="urn:x"/>'), R.NOT_XML),
    "another meaning of xml": (lambda one: at_the_start(one, b'<x xmlns:xml="urn:x"/>'), R.NOT_XML),
    "a prefix bound to nothing": (lambda one: at_the_start(one, b'<x xmlns:p=""/>'), R.NOT_XML),
}  # fmt: skip
A7: tuple[Variant, ...] = (
    *(outer("A7", name, edit, reason) for name, (edit, reason) in _UNREADABLE.items()),
    *(sealed("A7", name, edit, reason) for name, (edit, reason) in _UNREADABLE.items()),
    outer("A7", "the root of no namespace", swap(b"<elmo xmlns=", b"<elmo xmlns:x="), R.UNKNOWN_DOCUMENT),
    outer("A7", "the root in capitals", lambda one: one.replace(b"<elmo", b"<ELMO").replace(b"</elmo>", b"</ELMO>"), R.UNKNOWN_DOCUMENT),
    outer("A7", "a root of another version", swap(b"elmo-schemas/tree/v1", b"elmo-schemas/tree/v1.3.0"), R.UNKNOWN_DOCUMENT),
    sealed("A7", "the root of another version", lambda one: one.replace(b"elmo-license/v1", b"elmo-license/v9"), R.UNKNOWN_EXTENSION_VERSION),
    sealed("A7", "the root of no namespace", swap(b"<lic:license xmlns:lic=", b"<lic:license xmlns:x="), R.NOT_XML),
    outer("A7", "the signature of another namespace", swap(b'"http://www.w3.org/2000/09/xmldsig#"', b'"urn:x"'), R.UNSIGNED),
    sealed("A7", "the signature of another namespace", swap(b'"http://www.w3.org/2000/09/xmldsig#"', b'"urn:x"'), R.UNSIGNED),
    outer("A7", "no signature", lambda one: one[: one.index(b"<ds:Signature")] + b"</elmo>", R.UNSIGNED),
    sealed("A7", "no signature", lambda one: one[: one.index(b"<ds:Signature")] + b"</lic:license>", R.UNSIGNED),
)  # fmt: skip

_NOTHING = b"47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="
_EMPTY_DIGEST = between(b"<ds:DigestValue>", b"</ds:DigestValue>", _NOTHING)
_RELATIVE = (b"a/b", b"..", b"foo", b"#x", b"//host/x", b"1x:y", b"a b:c", b"%zz:x", "é:x".encode())


def _void(place: bytes, uri: bytes) -> Edit:
    """Make C14N fail, and sign the digest of nothing with the right key."""
    return lambda one: resigned(_EMPTY_DIGEST)(
        swapped(one, place, place + b' xmlns:v="' + uri + b'"')
    )


A8: tuple[Variant, ...] = (
    *(outer("A8", f"a namespace {uri.decode()}", _void(b"<elmo", uri), R.RELATIVE_NAMESPACE) for uri in _RELATIVE),
    *(sealed("A8", f"a namespace {uri.decode()}", _void(b"<lic:license", uri), R.RELATIVE_NAMESPACE) for uri in _RELATIVE),
    outer("A8", "a relative namespace in the signature", _void(b"<ds:Signature", b"a/b"), R.RELATIVE_NAMESPACE),
    sealed("A8", "a relative namespace in the signature", _void(b"<ds:Signature", b"a/b"), R.RELATIVE_NAMESPACE),
    outer("A8", "a relative namespace in KeyInfo", _void(b"<ds:KeyInfo", b"a/b"), R.RELATIVE_NAMESPACE),
    sealed("A8", "a relative namespace in the properties", _void(b"<xades:SignedProperties", b"a/b"), R.RELATIVE_NAMESPACE),
    outer("A8", "the digest of nothing", resigned(_EMPTY_DIGEST), R.DIGEST_MISMATCH),
    sealed("A8", "the digest of nothing", resigned(_EMPTY_DIGEST), R.DIGEST_MISMATCH),
    outer("A8", "an empty digest", resigned(between(b"<ds:DigestValue>", b"</ds:DigestValue>", b"")), R.DIGEST_MISMATCH),
    sealed("A8", "an empty digest", resigned(between(b"<ds:DigestValue>", b"</ds:DigestValue>", b"")), R.DIGEST_MISMATCH),
    outer("A8", "half a digest", resigned(between(b"<ds:DigestValue>", b"</ds:DigestValue>", b"AAAA")), R.DIGEST_MISMATCH),
    outer_made("A8", "a relative namespace by Java", lambda base: swapped(by_java(base), b"<elmo", b'<elmo xmlns:v="a/b"'), R.RELATIVE_NAMESPACE),
)  # fmt: skip


def _excised(tag: bytes) -> Edit:
    return swap(b"<" + tag, b"<" + tag + b' xmlns=""')


def _excised_by_java(tag: bytes) -> Make:
    return lambda base: _excised(tag)(by_java(base))


_MOVED = (
    "learner",
    "familyName",
    "report",
    "issuer",
    "learningOpportunitySpecification",
    "generatedDate",
)
A9: tuple[Variant, ...] = (
    *(outer("A9", f"{tag} out of its namespace", _excised(tag.encode()), R.DIGEST_MISMATCH) for tag in _MOVED),
    *(outer_made("A9", f"{tag} out of its namespace, by Java", _excised_by_java(tag.encode()), R.DIGEST_MISMATCH) for tag in _MOVED),
    *(sealed("A9", f"{tag} in another namespace", swap(f"<lic:{tag}>".encode(), f'<lic:{tag} xmlns:lic="urn:x">'.encode()), R.DIGEST_MISMATCH) for tag in ("number", "kind", "holder", "profession", "validFrom")),
    outer("A9", "learner in another namespace", swap(b"<learner", b'<learner xmlns="urn:x"'), R.DIGEST_MISMATCH),
    outer_made("A9", "SignedInfo out of its namespace, by Java", lambda base: swapped(by_java(base), b"<SignedInfo", b'<SignedInfo xmlns=""'), R.SIGNATURE_SHAPE),
    outer_made("A9", "the signature out of its namespace, by Java", lambda base: swapped(by_java(base), b'<Signature xmlns="http://www.w3.org/2000/09/xmldsig#"', b'<Signature xmlns=""'), R.UNSIGNED),
    outer_made("A9", "a namespace more on the root, by Java", lambda base: swapped(by_java(base), b"<elmo", b'<elmo xmlns:v="urn:v"'), R.DIGEST_MISMATCH),
    outer_made("A9", "a namespace more in SignedInfo, by Java", lambda base: swapped(by_java(base), b"<SignedInfo", b'<SignedInfo xmlns:v="urn:v"'), R.SIGNATURE_INVALID),
)  # fmt: skip

_BOMB = (
    b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
    + b"".join(
        b'<!ENTITY %c "%b">' % (letter, b"&%c;" % (letter - 1) * 10) for letter in range(98, 108)
    )
    + b"]>"
)
_QUADRATIC = b'<!DOCTYPE x [<!ENTITY a "' + b"a" * 50_000 + b'">]>'
_TYPES: dict[str, tuple[Edit, R]] = {
    "an entity bomb": (lambda one: _BOMB + at_the_start(one, b"<x>&k;</x>"), R.DOCTYPE),
    "a long entity often": (lambda one: _QUADRATIC + at_the_start(one, b"<x>" + b"&a;" * 5_000 + b"</x>"), R.DOCTYPE),
    "a file for an entity": (lambda one: b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + at_the_start(one, b"<x>&a;</x>"), R.DOCTYPE),
    "an address for an entity": (lambda one: b'<!DOCTYPE x [<!ENTITY a SYSTEM "http://localhost:1/">]>' + at_the_start(one, b"<x>&a;</x>"), R.DOCTYPE),
    "a file for the DTD": (lambda one: b'<!DOCTYPE x SYSTEM "file:///etc/passwd">' + one, R.DOCTYPE),
    "an address for the DTD": (lambda one: b'<!DOCTYPE x PUBLIC "a" "http://localhost:1/x.dtd">' + one, R.DOCTYPE),
    "a parameter entity": (lambda one: b'<!DOCTYPE x [<!ENTITY % a SYSTEM "http://localhost:1/">%a;]>' + one, R.DOCTYPE),
    "an empty DTD": (lambda one: b"<!DOCTYPE x>" + one, R.DOCTYPE),
    "a DTD behind a comment": (lambda one: b"<!-- x --><!DOCTYPE x>" + one, R.DOCTYPE),
    "a DTD behind spaces": (lambda one: b"<!---->\n\n<!DOCTYPE x>" + one, R.DOCTYPE),
    "a DTD behind the declaration": (lambda one: b'<?xml version="1.0"?><!DOCTYPE x>' + one, R.DOCTYPE),
    "an attribute by default": (lambda one: b'<!DOCTYPE elmo [<!ATTLIST elmo a CDATA "x">]>' + one, R.DOCTYPE),
    "an Id by its type": (lambda one: b"<!DOCTYPE elmo [<!ATTLIST learner a ID #IMPLIED>]>" + one, R.DOCTYPE),
    "a DTD in the middle": (lambda one: at_the_start(one, b"<!DOCTYPE x>"), R.DOCTYPE),
    "a DTD in small letters": (lambda one: b"<!doctype x>" + one, R.DOCTYPE),
    "an entity nobody declared": (lambda one: at_the_start(one, b"<x>&a;</x>"), R.NOT_XML),
    "a style sheet": (lambda one: b'<?xml-stylesheet href="http://localhost:1/"?>' + one, R.PROCESSING_INSTRUCTION),
    "a file to include": (lambda one: at_the_start(one, b'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/passwd" parse="text"/>'), R.DIGEST_MISMATCH),
    "a place of its schema": (lambda one: swapped(one, b" xmlns", b' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="urn:x http://localhost:1/x.xsd" xmlns'), R.DIGEST_MISMATCH),
}  # fmt: skip
A15: tuple[Variant, ...] = (
    *(outer("A15", name, edit, reason) for name, (edit, reason) in _TYPES.items()),
    *(sealed("A15", name, edit, reason) for name, (edit, reason) in _TYPES.items()),
)

_ENCODINGS: dict[str, Edit] = {
    "UTF-16 with its mark": lambda one: one.decode().encode("utf-16"),
    "UTF-16 the other way": lambda one: b"\xfe\xff" + one.decode().encode("utf-16-be"),
    "UTF-16 without a mark": lambda one: one.decode().encode("utf-16-le"),
    "UTF-32": lambda one: one.decode().encode("utf-32"),
    "Latin letters": lambda one: b'<?xml version="1.0" encoding="iso-8859-1"?>' + one.decode().encode("latin-1", "xmlcharrefreplace"),
    "ASCII": lambda one: b'<?xml version="1.0" encoding="us-ascii"?>' + one.decode().encode("ascii", "xmlcharrefreplace"),
    "UTF-7": lambda one: b'<?xml version="1.0" encoding="utf-7"?>' + one,
    "UTF-16 by its word alone": lambda one: b'<?xml version="1.0" encoding="utf-16"?>' + one,
    "half a letter": lambda one: at_the_end(one, b"\xc3"),
}  # fmt: skip
_NO_FILE = {"UTF-16 with its mark", "UTF-16 the other way", "UTF-32"}


def _unlike_a_file(variant: Variant) -> Variant:
    """A file that does not begin as XML does is taken for a photo or a letter."""
    unlike = variant.name in _NO_FILE
    return variant._replace(handed_in=R.UNKNOWN_DOCUMENT if unlike else None)


A18: tuple[Variant, ...] = (
    *(_unlike_a_file(outer("A18", name, edit, R.ENCODING_NOT_UTF8)) for name, edit in _ENCODINGS.items()),
    *(_unlike_a_file(sealed("A18", name, edit, R.ENCODING_NOT_UTF8)) for name, edit in _ENCODINGS.items()),
)  # fmt: skip
VARIANTS: tuple[Variant, ...] = (*A5, *A7, *A8, *A9, *A15, *A18)
