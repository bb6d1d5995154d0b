"""Check documents against their XML schema, by libxml2, without the network.

A `Schema` is compiled once in a process and shared by its threads. Three are in use: the license
alone, ELMO alone (what others wrote), ELMO and license in one set (what we wrote). ELMO is checked
by the project's own statement of its structure, or by the official schemas where the operator has
given their folder; the tests hold the two to the same answers.

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
from licenses.model.trust import ElmoVersion
from schema_ext.catalog import (
    ELMO_ADDRESS,
    ELMO_XSD,
    LICENSE_ADDRESS,
    LICENSE_XSD,
    elmo_releases,
    schema_parser,
)
from schema_ext.namespaces import DS, ELMO, LIC, XS, elmo

MAX_FAULTS: Final = 50
"""Most faults told of one document; a list longer than this helps nobody."""

_ONLY_IN_2_0: Final = tuple(
    f"{elmo('learner')}/{elmo(name)}" for name in ("alternativeName", "dateOfBirth")
)
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
def elmo_schema(
    version: ElmoVersion, official_dir: Path | None = None, *, with_licenses: bool
) -> Schema:
    """Return the schema of an ELMO document.

    Args:
        version: the two share a namespace, and no document is valid by both.
        official_dir: folder of the official schemas, see `schema_ext.catalog`; where it does not
            hold this version, and where it is None, our own statement is the schema.
        with_licenses: True for documents we wrote, whose licenses are checked too; False for
            those of others, whose extensions are their own.

    Raises:
        ConfigurationRefused: the folder does not hold a schema that can be read.
    """
    releases = {} if official_dir is None else elmo_releases(official_dir)
    imports = [(ELMO, ELMO_ADDRESS), *([(LIC, LICENSE_ADDRESS)] if with_licenses else [])]
    lines = (
        f'<xs:import namespace="{namespace}" schemaLocation="{address}"/>'
        for namespace, address in imports
    )
    return Schema(
        _compiled(
            f'<xs:schema xmlns:xs="{XS}">{"".join(lines)}</xs:schema>'.encode(),
            releases.get(version, ELMO_XSD[version]),
        )
    )


def check_elmo_folder(official_dir: Path | None) -> None:
    """Compile what the operator has set, so that a wrong folder stops the start and no document.

    Raises:
        ConfigurationRefused: see `elmo_schema`; None, which is our own statement, never raises.
    """
    if official_dir is not None:
        for version in elmo_releases(official_dir):
            elmo_schema(version, official_dir, with_licenses=True)


def elmo_faults(
    root: etree._Element, official_dir: Path | None = None, *, with_licenses: bool
) -> tuple[ElmoVersion | None, tuple[SchemaFault, ...]]:
    """Return by which version of ELMO a document is valid, or what is wrong with it.

    A learner of 2.0 must have an alternativeName and one of 1.7 cannot, so a document is held
    against the one version it can be valid by. One with a dateOfBirth is meant as 2.0 too, and
    its faults are told as such.

    Args:
        root: the document.
        official_dir: see `elmo_schema`.
        with_licenses: see `elmo_schema`.

    Returns:
        The version and (), or None and at most `MAX_FAULTS` faults.
    """
    is_2_0 = any(root.find(path) is not None for path in _ONLY_IN_2_0)
    version = ElmoVersion.V2_0 if is_2_0 else ElmoVersion.V1_7
    faults = elmo_schema(version, official_dir, with_licenses=with_licenses).faults(root)
    return (None if faults else version), faults


def _compiled(schema: bytes, elmo_xsd: Path | None = None) -> etree.XMLSchema:
    try:
        return etree.XMLSchema(etree.fromstring(schema, schema_parser(elmo_xsd)))
    except (etree.LxmlError, OSError) as error:
        raise ConfigurationRefused(
            f"The XML schema {elmo_xsd or LICENSE_XSD} cannot be read, or is not valid together"
            " with the files it refers to."
        ) from error


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
