"""Refuse XML that costs too much before any parser, C14N or signature engine sees it.

One linear pass over the octets, by the lexical grammar of XML 1.0 and nothing else: it counts
and builds nothing. A parser would have read a start tag of a million attributes to its end
before it could be asked to stop; this pass stops at the 65th. Up to the first fault in a
document both see the same tokens, and at that fault the parser refuses it, so nothing slips
between the two. Whether the document is well formed is left to `schema_ext.parsing`.

Our wire is UTF-8: another encoding is refused, although a signature engine would verify a
UTF-16 copy rightly (security.md A18). DOCTYPE and processing instructions have no place in it.

The caps are those of security.md R-V4, with three readings that the figures there need:

* "in scope" counts the declarations on the way from the root, repeated prefixes too, because
  C14N walks over every one of them for each element;
* "per document" counts different bindings, so that fifty licenses may each declare `lic`;
* comments and CDATA sections count as elements, and a text runs from tag to tag.

`MAX_DECLARATIONS`, `MAX_NAMESPACE`, `MAX_ALL_ATTRIBUTES` and `MAX_ALL_IN_SCOPE` are our own:
without them a document inside the other caps takes C14N longer than the second R-V4 allows.
Exclusive C14N writes a namespace once more for each element that uses it beside another, so a
long name on the root grows with the elements.

The pass costs a small document more than its signature does. So `plainly_within_caps` proves by
bare counts that nearly every real document holds all caps but that of depth, which is looked at
in the tree; a document it says no to is not refused, it goes through the pass.
"""

import re
from collections.abc import Iterator
from itertools import islice
from typing import Final, Never

from licenses.errors import MalformedDocument
from schema_ext.namespaces import DS, ELMO, LIC, XADES

MAX_POSTED = 8 * 2**20
"""Most octets of one posted form, and most characters of its `elmo` field."""
MAX_INFLATED = 10 * 2**20
"""Most octets of one XML document."""
MAX_RATIO = 200
"""Most octets out of one octet of gzip, looked at above `RATIO_FLOOR` only."""
RATIO_FLOOR = 2**20
MAX_DEPTH = 64
MAX_ELEMENTS = 50_000
MAX_ATTRIBUTES = 64
"""Most attributes of one start tag, namespace declarations included."""
MAX_ALL_ATTRIBUTES = 150_000
MAX_IN_SCOPE = 32
MAX_BINDINGS = 64
MAX_DECLARATIONS = 10_000
MAX_NAMESPACE = 200
"""Most octets of the name of a namespace."""
MAX_ALL_IN_SCOPE = 300_000
"""Most namespaces in scope, added up over all elements: six for each of 50,000."""
MAX_TEXT = 7 * 2**20
"""Most octets between two tags; libxml2 itself stops at 10 000 000."""

_SPACE = rb"[ \t\r\n]"
# libxml2 stops at names of 50 000 octets. A `<` inside a value is its to refuse, too.
_NAME = rb"[^ \t\r\n<>/=&\"'!?]{1,50000}+"
_VALUE = rb"(?:\"[^\"]*+\"|'[^']*+')"
_REST = _SPACE + rb"*+=" + _SPACE + rb"*+" + _VALUE
_ATTRIBUTE = _SPACE + rb"++" + _NAME + _REST
# A text and what follows it: an end tag, a start tag, any other `<`, or the end of the document.
# One of them always follows, so each match begins where the last one ended.
_TAG = re.compile(
    rb"([^<]*+)(?:<(?:(/)%(name)s%(space)s*+>"
    rb"|%(name)s((?:%(attribute)s){0,%(most)d}+)%(space)s*+(/?+)>)|(<)|\Z)"
    % {b"name": _NAME, b"attribute": _ATTRIBUTE, b"space": _SPACE, b"most": MAX_ATTRIBUTES}
)
_FULL_TAG = re.compile(
    rb"</?+%(name)s(?:%(attribute)s){%(most)d}"
    % {b"name": _NAME, b"attribute": _ATTRIBUTE, b"most": MAX_ATTRIBUTES + 1}
)
# One namespace declaration, and the other attributes before it. Only ever matched from where
# the last match ended: searching on would cost the square of the tag's length.
_NAMESPACE = re.compile(
    rb"(?:%(space)s++(?!xmlns[: \t\r\n=])%(name)s%(rest)s)*+"
    rb"%(space)s++(xmlns(?::%(name)s)?+)%(space)s*+=%(space)s*+(%(value)s)"
    % {b"name": _NAME, b"rest": _REST, b"space": _SPACE, b"value": _VALUE}
)
_DECLARATION = re.compile(
    rb"<\?xml%(s)s++version%(s)s*+=%(s)s*+(?:\"1\.0\"|'1\.0')"
    rb"(?:%(s)s++encoding%(s)s*+=%(s)s*+[\"'](?P<encoding>[A-Za-z0-9._-]++)[\"'])?+"
    rb"(?:%(s)s++standalone%(s)s*+=%(s)s*+[\"'](?:yes|no)[\"'])?+%(s)s*+\?>" % {b"s": _SPACE}
)
_UTF8_MARK = b"\xef\xbb\xbf"
_ABSOLUTE_URI = re.compile(
    rb"[A-Za-z][A-Za-z0-9+.-]*:(?:[A-Za-z0-9._~:/?#@!$'()*+,;=-]|%[0-9A-Fa-f]{2})+"
)
# What follows `xmlns` in a document that is plainly within the caps; each may be the value of an
# attribute, too.
_PLAIN_NAMESPACE = re.compile(
    rb"(?::%(name)s)?+%(space)s*+=%(space)s*+(%(value)s)"
    % {b"name": _NAME, b"space": _SPACE, b"value": _VALUE}
)
_PLAIN_TAGS: Final = 10_000
_PLAIN_EQUALS: Final = 100_000
_KNOWN_NAMESPACES: Final = frozenset(name.encode("ascii") for name in (ELMO, LIC, DS, XADES))
_NO_TAG = re.compile(rb"<[!?]")
_NEITHER: Final = bytes(octet for octet in range(256) if octet not in b"<=")
_ONE_TOO_MANY: Final = b"=" * (MAX_ATTRIBUTES + 1)


def check_caps(document: bytes) -> None:
    """Refuse a document over a cap, or with a DOCTYPE, a PI or another encoding than UTF-8.

    Args:
        document: one XML document as it arrived, with or without a UTF-8 byte order mark.

    Raises:
        MalformedDocument: `too-large`, `encoding-not-utf8`, `doctype`,
            `processing-instruction`, `relative-namespace`, `not-xml`, or one of
            `over-cap-depth`, `-elements`, `-attributes`, `-namespaces`, `-text`.
    """
    if len(document) > MAX_INFLATED:
        raise MalformedDocument("too-large", "The document is larger than 10 MiB.")
    start = _prolog_end(document)
    if _is_flood_of_elements(document):
        _refuse_elements()
    _Scan(document).run(start)
    try:
        document.decode("utf-8")
    except UnicodeDecodeError:
        _refuse_encoding()


def plainly_within_caps(document: bytes) -> bool:
    """Say whether bare counts prove that `check_caps` would refuse nothing but depth.

    Every count is of octets, wherever they stand, so it is at least what the cap counts: a `<`
    for each element, an `=` for each attribute, `xmlns` for each declaration (and no more of
    them in all than may be in scope). Between two `<` stands at most one tag. False means not
    proven. A parser may be let at such a document; whether it is well formed is not said.
    """
    if len(document) > MAX_TEXT:
        return False
    counted = document.translate(None, _NEITHER)
    tags = counted.count(b"<")
    if tags > _PLAIN_TAGS or counted.count(b"=") > _PLAIN_EQUALS or _ONE_TOO_MANY in counted:
        return False
    declared = list(islice(_behind_each_xmlns(document), MAX_IN_SCOPE + 1))
    if len(declared) > MAX_IN_SCOPE or tags * len(declared) > MAX_ALL_IN_SCOPE:
        return False
    try:
        start = _prolog_end(document)
        document.decode("utf-8")
    except (MalformedDocument, UnicodeDecodeError):
        return False
    # Looking for two octets at once takes ten times as long as looking for one.
    if (document.find(b"!", start) != -1 or document.find(b"?", start) != -1) and _NO_TAG.search(
        document, start
    ):
        return False
    found = [_PLAIN_NAMESPACE.match(document, place) for place in declared]
    names = {one[1][1:-1] for one in found if one}
    return all(found) and all(map(_is_absolute, names - _KNOWN_NAMESPACES))


def _behind_each_xmlns(document: bytes) -> Iterator[int]:
    place = document.find(b"xmlns")
    while place != -1:
        yield place + 5
        place = document.find(b"xmlns", place + 5)


def _is_flood_of_elements(document: bytes) -> bool:
    """Say early that there are too many, where counting alone can tell.

    Outside comments and CDATA sections every `<` opens a start tag, an end tag, a section (which
    counts as an element) or the XML declaration. Less can be said of a section without an end.
    """
    count = document.count
    if count(b"<") <= MAX_ELEMENTS + 1:
        return False
    starts, sections, position = count(b"<") - count(b"</"), 0, 0
    while (section := document.find(b"<!", position)) != -1 and sections <= MAX_ELEMENTS:
        end = document.find(b"-->" if document.startswith(b"--", section + 2) else b"]]>", section)
        position = len(document) if end == -1 else end
        starts -= count(b"<", section + 2, position) - count(b"</", section + 2, position)
        sections += 1
    return starts > MAX_ELEMENTS + 1


def _prolog_end(document: bytes) -> int:
    """Return where the document goes on after byte order mark and XML declaration."""
    if document.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in document[:4]:
        _refuse_encoding()
    start = len(_UTF8_MARK) if document.startswith(_UTF8_MARK) else 0
    if not document.startswith(b"<?xml", start) or document[start + 5 : start + 6] == b"-":
        return start
    declaration = _DECLARATION.match(document, start)
    if declaration is None:
        raise MalformedDocument("not-xml", "The XML declaration is not one of XML 1.0.")
    if (declaration["encoding"] or b"utf-8").lower() != b"utf-8":
        _refuse_encoding()
    return declaration.end()


def _refuse_encoding() -> Never:
    raise MalformedDocument("encoding-not-utf8", "The document is not written in UTF-8.")


class _Scan:
    """What has been counted so far in one document."""

    def __init__(self, document: bytes) -> None:
        self._document = document
        self._elements = 0
        self._attributes = 0
        self._declarations = 0
        self._all_in_scope = 0
        self._text = 0
        self._bindings: set[tuple[bytes, bytes]] = set()
        # One entry for every open element: the declarations on the way down to it.
        self._open = [0]

    def run(self, position: int) -> None:
        """Count from `position` to the end; raise MalformedDocument at the first cap passed."""
        begin: int | None = position
        while begin is not None:
            begin = self._pass_tags(begin)

    def _pass_tags(self, position: int) -> int | None:
        """Return where tags go on behind what is none; None at the end of the document.

        All that a tag costs is here in one place: calls would take as long as the search.
        """
        opened, in_scope = self._open, self._open[-1]
        for tag in _TAG.finditer(self._document, position):
            text, end, attributes, empty, other = tag.groups()
            if text:
                self._count_text(len(text))
            if other:
                return self._pass_sections(tag.end() - 1)
            if end:
                if len(opened) == 1:
                    raise MalformedDocument("not-xml", "An end tag closes nothing.")
                opened.pop()
                in_scope = opened[-1]
                self._text = 0
            elif attributes is not None:
                self._count_element()
                declared = self._count_attributes(attributes, in_scope) if attributes else in_scope
                self._all_in_scope += declared
                if self._all_in_scope > MAX_ALL_IN_SCOPE:
                    _refuse_namespaces()
                if len(opened) > MAX_DEPTH:
                    raise MalformedDocument("over-cap-depth", "Elements are nested deeper than 64.")
                if not empty:
                    opened.append(declared)
                    in_scope = declared
                self._text = 0
        return None

    def _count_text(self, length: int) -> None:
        self._text += length
        if self._text > MAX_TEXT:
            raise MalformedDocument("over-cap-text", "One text is longer than 7 MiB.")

    def _count_element(self) -> None:
        self._elements += 1
        if self._elements > MAX_ELEMENTS:
            _refuse_elements()

    def _count_attributes(self, attributes: bytes, in_scope: int) -> int:
        """Return how many namespaces are in scope below a start tag with these attributes."""
        # An equals sign inside a value counts too; that errs on the safe side.
        self._attributes += attributes.count(b"=")
        if self._attributes > MAX_ALL_ATTRIBUTES:
            _refuse_attributes()
        if b"xmlns" in attributes:
            in_scope += self._declare(attributes)
            if in_scope > MAX_IN_SCOPE:
                _refuse_namespaces()
        return in_scope

    def _declare(self, attributes: bytes) -> int:
        """Return how many namespaces this start tag declares, after looking at each."""
        declared = position = 0
        while found := _NAMESPACE.match(attributes, position):
            declared += 1
            position = found.end()
            binding = (found[1], found[2][1:-1])
            if binding not in self._bindings:
                _check_namespace(binding[1])
                self._bindings.add(binding)
        self._declarations += declared
        if self._declarations > MAX_DECLARATIONS or len(self._bindings) > MAX_BINDINGS:
            _refuse_namespaces()
        return declared

    def _pass_sections(self, at: int) -> int:
        """Return where tags go on behind the sections at `at`."""
        if _FULL_TAG.match(self._document, at):
            _refuse_attributes()
        at = self._pass_section(at)
        while self._document.startswith(b"<!", at):
            at = self._pass_section(at)
        return at

    def _pass_section(self, at: int) -> int:
        """Return where the comment or CDATA section at `at` ends; nothing else may stand there."""
        document = self._document
        if document.startswith(b"<!--", at):
            self._count_element()
            end = document.find(b"--", at + 4)
            if end != -1 and document.startswith(b">", end + 2):
                return end + 3
        elif document.startswith(b"<![CDATA[", at):
            self._count_element()
            end = document.find(b"]]>", at + 9)
            if end != -1:
                self._count_text(end - at - 9)
                return end + 3
        elif document.startswith(b"<!", at):
            raise MalformedDocument("doctype", "The document has a document type declaration.")
        elif document.startswith(b"<?", at):
            raise MalformedDocument(
                "processing-instruction", "The document has a processing instruction."
            )
        raise MalformedDocument("not-xml", "The document is not well-formed XML.")


def _refuse_elements() -> Never:
    raise MalformedDocument("over-cap-elements", "There are more than 50,000 elements.")


def _refuse_attributes() -> Never:
    raise MalformedDocument("over-cap-attributes", "The document has too many attributes.")


def _refuse_namespaces() -> Never:
    raise MalformedDocument(
        "over-cap-namespaces", "There are too many namespaces, or one of too long a name."
    )


def _check_namespace(name: bytes) -> None:
    """Refuse a namespace that is not an absolute URI, for which C14N has no answer (A8).

    An ampersand, alone or of a reference, is refused with it: libxml2's C14N leaves it as it is,
    and parsing that again would make another name of it.
    """
    if len(name) > MAX_NAMESPACE:
        _refuse_namespaces()
    if not _is_absolute(name):
        raise MalformedDocument(
            "relative-namespace", "A namespace is not named by an absolute URI without `&`."
        )


def _is_absolute(name: bytes) -> bool:
    """Say whether a namespace is a short absolute URI, or none at all."""
    return not name or (len(name) <= MAX_NAMESPACE and bool(_ABSOLUTE_URI.fullmatch(name)))
