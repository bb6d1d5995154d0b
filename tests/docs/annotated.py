"""Show a document of ours element by element: on many lines, with a comment over each.

What is shown is what the writer wrote. Only long base64 is cut, visibly: what begins the same
every time keeps its beginning, what depends on a key is `…` alone. The meaning of `lic` elements
is taken from their schema, that of the others stands in `tests.docs.meanings`.
"""

import textwrap
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from lxml import etree

from licenses.model.trust import ElmoVersion
from schema_ext.catalog import LICENSE_XSD
from schema_ext.namespaces import DS, ELMO, LIC, XADES, XML, XS
from tests.docs.meanings import MEANINGS
from tests.docs.whole_documents import whole_document, whole_seal

CUT: Final = {
    f"{{{LIC}}}signedLicense": 24,
    f"{{{LIC}}}status": 16,
    f"{{{ELMO}}}content": 36,
    f"{{{DS}}}DigestValue": 0,
    f"{{{DS}}}SignatureValue": 0,
    f"{{{DS}}}X509Certificate": 0,
}
"""Elements whose text is long base64, and how many characters of it are shown."""

_WIDTH: Final = 100
_NO_BREAK: Final = "\N{NO-BREAK SPACE}"
_PREFIXES: Final = {ELMO: "", LIC: "lic:", DS: "ds:", XADES: "xades:", XML: "xml:"}
_INTRODUCTION: Final = """
## A whole document, element by element

What is signed is one line of canonical text. Here it stands on many, with a comment over each
element, and with long base64 cut short: `…` stands for the rest. So what is shown here bears no
signature that holds, and nothing else is different. The three documents are made by the writers
themselves and are about one license of one holder: both ELMO documents carry the sealed license
that stands at the end. A comment is made once, for the first element of its name and place.
"""
_SEALED: Final = """
What the authority signs when it issues, and what every verdict rests on: `lic:signedLicense` above
is the base64 of this document. It is sealed as XAdES baseline B-B; why in this shape and no other
stands in [decision 0005](decisions/0005-xades-shape.md). A seal is never changed: what is new in a
license gets a new seal.
"""
_IN_1_7: Final = """
What every receiver gets that is not [registered](smp-operator.md#which-elmo-you-get) for another
form.
"""
_IN_2_0: Final = """
The same but for the learner: `alternativeName` is new and mandatory, `bday` is `dateOfBirth`. The
namespace is the same and nothing else tells the version; no document is valid under both. What
else 2.0 changed does not touch us: the identifier of a learning opportunity became mandatory, and
we always write it; the level of a credit went, and we write no credit.
"""
DOCUMENTS: Final[Mapping[str, Callable[[], bytes]]] = {
    "In ELMO 1.7": partial(whole_document, ElmoVersion.V1_7),
    "In ELMO 2.0": partial(whole_document, ElmoVersion.V2_0),
    "The sealed license": whole_seal,
}
"""What the page shows whole: the heading, and what writes the document under it."""

_TOLD: Final = dict(zip(DOCUMENTS, (_IN_1_7, _IN_2_0, _SEALED), strict=True))


def annotated_pages() -> str:
    """Return the part of docs/elmo-extension.md that shows every document whole."""
    shown = (
        f"\n### {heading}\n{_TOLD[heading]}\n```xml\n{annotated(write())}```\n"
        for heading, write in DOCUMENTS.items()
    )
    return _INTRODUCTION + "".join(shown)


def annotated(document: bytes) -> str:
    """Return a document on many lines with a comment over each kind of element.

    Raises:
        KeyError: an element that nobody has given a meaning.
    """
    said: set[str] = set()
    return "".join(f"{line}\n" for line in _lines(etree.fromstring(document), 0, said))


def shown_text(element: etree._Element) -> str:
    """Return the text of a leaf as the page shows it, not escaped."""
    text, most = element.text or "", CUT.get(str(element.tag))
    return text if most is None else f"{text[:most]}…"


def place_of(element: etree._Element) -> str:
    """Return the path to an element by names, as `elmo/learner/bday`."""
    return "/".join(map(_name, (*reversed(list(element.iterancestors())), element)))


def _lines(element: etree._Element, depth: int, said: set[str]) -> Iterator[str]:
    indent, place = "  " * depth, place_of(element)
    if place not in said:
        said.add(place)
        yield from _comment(_meaning(element, place), indent)
    opening, closing = f"<{_name(element)}{_attributes(element)}>", f"</{_name(element)}>"
    if len(element) == 0:
        yield f"{indent}{opening}{escape(shown_text(element))}{closing}"
        return
    yield indent + opening
    for child in element:
        yield from _lines(child, depth + 1, said)
    yield indent + closing


def _comment(meaning: str, indent: str) -> Iterator[str]:
    # The end stays with the last word: textwrap breaks at no other space than U+0020.
    text = f"<!-- {meaning}{_NO_BREAK}-->"
    lines = textwrap.wrap(text, _WIDTH - len(indent) - 5, break_on_hyphens=False)
    for number, line in enumerate(lines):
        yield f"{indent}{'     ' if number else ''}{line.replace(_NO_BREAK, ' ')}"


def _name(element: etree._Element) -> str:
    name = etree.QName(element)
    return _PREFIXES[name.namespace or ""] + name.localname


def _attributes(element: etree._Element) -> str:
    parent = element.getparent()
    around = {} if parent is None else parent.nsmap
    declared = "".join(
        f" xmlns{':' if prefix else ''}{prefix or ''}={quoteattr(uri)}"
        for prefix, uri in element.nsmap.items()
        if around.get(prefix) != uri
    )
    return declared + "".join(
        f" {_attribute(str(name))}={quoteattr(str(value))}"
        for name, value in element.attrib.items()
    )


def _attribute(name: str) -> str:
    found = etree.QName(name)
    return _PREFIXES[found.namespace] + found.localname if found.namespace else found.localname


def _meaning(element: etree._Element, place: str) -> str:
    if etree.QName(element).namespace != LIC:
        return MEANINGS[place]
    return _in_schema([_name(one) for one in (*_inside(element), element)])


def _inside(element: etree._Element) -> list[etree._Element]:
    """Return the `lic` elements around one, from the outermost on."""
    around = (one for one in element.iterancestors() if etree.QName(one).namespace == LIC)
    return list(around)[::-1]


def _in_schema(names: list[str]) -> str:
    """Return what the schema of the extension says of the element at the end of a path."""
    within = etree.parse(LICENSE_XSD).getroot()
    schema = within
    for step, name in enumerate(names):
        way = "" if step == 0 else ".//"
        local = name.removeprefix("lic:")
        (declared,) = within.findall(f"{way}{{{XS}}}element[@name='{local}']")
        kind = declared.get("type", "").removeprefix("lic:")
        inside = schema.find(f"{{{XS}}}complexType[@name='{kind}']")
        within = schema if inside is None else inside
    text = declared.findtext(f"{{{XS}}}annotation/{{{XS}}}documentation", "")
    return " ".join(text.split())
