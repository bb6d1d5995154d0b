"""Check documents against their XML schema, by libxml2, without the network.

A `Schema` is compiled once in a process and shared by its threads. Three are in use: the license
alone, ELMO alone (what others wrote), ELMO and license in one set (what we wrote). Until the
project carries its own statement of the ELMO structure, ELMO is checked only where the operator
has given the folder of the official schemas; without it the schema line of a verdict says
`not-checked`.

What libxml2 says of a fault quotes the value, which may be a person's name: faults carry our own
sentences instead.
"""

import re
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Final, NamedTuple

from lxml import etree

from licenses.errors import ConfigurationRefused
from schema_ext.catalog import ELMO_ADDRESS, LICENSE_ADDRESS, LICENSE_XSD, schema_parser
from schema_ext.namespaces import DS, ELMO, LIC, XS

MAX_FAULTS: Final = 50
"""Most faults told of one document; a list longer than this helps nobody."""

_EXPECTED = re.compile(r"Expected is(?: one of)? \( ([^)]*) \)\.")
_CLARK = re.compile(r"\{[^}]*\}")
_SENTENCES: Final = {
    "SCHEMAV_CVC_ELT_1": "the schema knows no document of this kind",
    "SCHEMAV_ELEMENT_CONTENT": "an element stands where it must not, or one is missing",
    "SCHEMAV_CVC_COMPLEX_TYPE_2_1": "the element must be empty",
    "SCHEMAV_CVC_COMPLEX_TYPE_2_2": "the element must hold text only",
    "SCHEMAV_CVC_COMPLEX_TYPE_2_3": "the element must hold no text of its own",
    "SCHEMAV_CVC_TYPE_3_1_1": "an attribute is not allowed here",
    "SCHEMAV_CVC_COMPLEX_TYPE_3_2_1": "an attribute is not allowed here",
    "SCHEMAV_CVC_COMPLEX_TYPE_3_2_2": "an attribute is not allowed here",
    "SCHEMAV_CVC_COMPLEX_TYPE_4": "a required attribute is missing",
    "SCHEMAV_CVC_DATATYPE_VALID_1_2_1": "the value is not of the type the schema asks for",
    "SCHEMAV_CVC_PATTERN_VALID": "the value is not written in the form the schema asks for",
    "SCHEMAV_CVC_ENUMERATION_VALID": "the value is not in the list of the schema",
    "SCHEMAV_CVC_MAXLENGTH_VALID": "the value is too long",
    "SCHEMAV_CVC_MINLENGTH_VALID": "the value is too short",
    "SCHEMAV_CVC_LENGTH_VALID": "the value has the wrong length",
    "SCHEMAV_CVC_WILDCARD": "an element of another namespace is not allowed here",
}


class SchemaFault(NamedTuple):
    """One thing in a document that its schema does not allow.

    `line` counts from 1 (0 where libxml2 does not know), `path` is an XPath to the element,
    `message` a sentence without any value of the document.
    """

    line: int
    path: str
    message: str


class Schema:
    """A compiled schema, safe to share between threads."""

    def __init__(self, compiled: etree.XMLSchema) -> None:
        self._compiled = compiled
        # lxml keeps the faults of the last document on the schema itself.
        self._lock = Lock()

    def faults(self, root: etree._Element) -> tuple[SchemaFault, ...]:
        """Return what is wrong with the document at `root`, at most `MAX_FAULTS`; () is valid."""
        with self._lock:
            if self._compiled.validate(root):
                return ()
            # The stubs forget that the log can be walked.
            entries = list(self._compiled.error_log)[:MAX_FAULTS]  # type: ignore[call-overload]
        return tuple(_fault(entry, root) for entry in entries)


@cache
def license_schema() -> Schema:
    """Return the schema of a stand-alone license, delivery or status."""
    return Schema(_compiled(LICENSE_XSD.read_bytes()))


@cache
def elmo_schema(official_dir: Path | None, *, with_licenses: bool) -> Schema | None:
    """Return the schema of an ELMO document.

    Args:
        official_dir: folder of one official release (`schema.xsd`, `references/`); None: there
            is no schema to check by.
        with_licenses: True for documents we wrote, whose licenses are checked too; False for
            those of others, whose extensions are their own.

    Raises:
        ConfigurationRefused: the folder does not hold a schema that can be read.
    """
    if official_dir is None:
        return None
    imports = [(ELMO, ELMO_ADDRESS), *([(LIC, LICENSE_ADDRESS)] if with_licenses else [])]
    lines = (
        f'<xs:import namespace="{namespace}" schemaLocation="{address}"/>'
        for namespace, address in imports
    )
    return Schema(
        _compiled(f'<xs:schema xmlns:xs="{XS}">{"".join(lines)}</xs:schema>'.encode(), official_dir)
    )


def _compiled(schema: bytes, official_dir: Path | None = None) -> etree.XMLSchema:
    try:
        return etree.XMLSchema(etree.fromstring(schema, schema_parser(official_dir)))
    except (etree.LxmlError, OSError) as error:
        raise ConfigurationRefused("the XML schema cannot be read or is not valid") from error


def _fault(entry: etree._LogEntry, root: etree._Element) -> SchemaFault:
    sentence = _SENTENCES.get(entry.type_name, "this does not follow the schema")
    expected = _EXPECTED.search(entry.message)
    if expected is not None:
        sentence += f"; expected here: {_CLARK.sub('', expected[1])}"
    return SchemaFault(line=entry.line, path=_readable(entry.path or "", root), message=sentence)


def _readable(path: str, root: etree._Element) -> str:
    """Name the steps of a path: libxml2 writes `*[3]` where a default namespace is in force."""
    try:
        found = root.getroottree().xpath(path, namespaces={"lic": LIC, "ds": DS})
    except etree.XPathError:
        return path
    if not isinstance(found, list) or not found or not etree.iselement(found[0]):
        return path
    ancestors = [*reversed(list(found[0].iterancestors())), found[0]]
    return "".join(map(_step, ancestors))


def _step(element: etree._Element) -> str:
    """Return `/name`, with its place among namesakes where there are several."""
    name = etree.QName(element).localname
    parent = element.getparent()
    namesakes = [element] if parent is None else parent.findall(str(element.tag))
    place = f"[{namesakes.index(element) + 1}]" if len(namesakes) > 1 else ""
    return f"/{name}{place}"
