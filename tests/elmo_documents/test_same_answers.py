"""Our own statement of ELMO and the official schemas give the same answer on every document.

The official schemas are not ours to carry: where they do not lie beside the project, there is
nothing to compare with.
"""

import base64
import gzip
import shutil
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from lxml import etree

from licenses.model.trust import ElmoVersion
from schema_ext.catalog import ELMO_ADDRESS, ELMO_XSD, schema_files, schema_parser
from schema_ext.namespaces import DS, ELMO, XML, XS
from schema_ext.validation import elmo_faults, elmo_schema
from tests.elmo_documents.coverage import missed
from tests.elmo_documents.made import LEAST, made_from
from tests.elmo_documents.mutants import Mutant, mutants
from tests.elmo_documents.parts import Grammar
from tests.elmo_documents.valid import Document

SHARED = Path(__file__).parents[3] / "shared"
OFFICIAL = SHARED / "elmo-official"
CORPUS = SHARED / "elmo-corpus"
OWN = ELMO_XSD[ElmoVersion.V1_7].parent

# Too few or too many is no error where a part stands in a choice that repeats: two names of keys
# are as good as one, and none of a part is one of another. The file is the one both sets share.
NO_ERROR = {
    f"{number}: xmldsig-core-schema.xsd {label}"
    for number, labels in {
        "one too few": "ObjectType TransformType TransformType/XPath",
        "one too many": """
            KeyInfoType KeyInfoType/ds:KeyName KeyInfoType/ds:KeyValue KeyInfoType/ds:MgmtData
            KeyInfoType/ds:PGPData KeyInfoType/ds:RetrievalMethod KeyInfoType/ds:SPKIData
            KeyInfoType/ds:X509Data ObjectType SPKIDataType/SPKISexp SignaturePropertyType
            TransformType TransformType/XPath X509DataType X509DataType/X509CRL
            X509DataType/X509Certificate X509DataType/X509IssuerSerial X509DataType/X509SKI
            X509DataType/X509SubjectName
        """,
    }.items()
    for label in labels.split()
}
# Parts of our statement whose change no document can show, each with the reason.
UNSEEN = {
    # Wherever the group of one identifier stands, it may stand any number of times.
    "elmo-common.xsd other number of identifier/identifier",
    # Beside the lines stands the choice of an address in parts, all of which may be absent.
    "elmo-address.xsd turned FlexibleAddress/addressLine",
}

pytestmark = pytest.mark.skipif(
    not OFFICIAL.is_dir(), reason="the official ELMO schemas are not at ../shared/elmo-official"
)
both = pytest.mark.parametrize("version", ElmoVersion)


@cache
def made(version: ElmoVersion) -> tuple[Grammar, tuple[Document, ...]]:
    return made_from(OFFICIAL / f"{version}.0" / "schema.xsd")


@both
def test_half_of_the_documents_are_valid_and_half_broken_in_a_named_way(
    version: ElmoVersion,
) -> None:
    _, documents = made(version)
    kinds = Counter(one.broken for one in documents)

    assert kinds[None] * 2 == len(documents) >= 2 * LEAST
    assert len({one.octets for one in documents}) == len(documents)
    assert len(kinds) > 20


@both
def test_the_documents_hit_all_the_official_schema_states(version: ElmoVersion) -> None:
    grammar, documents = made(version)

    assert set(missed(grammar.places, frozenset().union(*(one.hits for one in documents)))) == (
        NO_ERROR
    )


@both
def test_the_official_schema_calls_them_valid_and_broken_as_they_are(version: ElmoVersion) -> None:
    schema = elmo_schema(version, OFFICIAL, with_licenses=False)

    wrong = [
        one.name
        for one in made(version)[1]
        if bool(schema.faults(etree.fromstring(one.octets))) != (one.broken is not None)
    ]

    assert wrong == []


@both
@pytest.mark.parametrize("with_licenses", [False, True])
def test_our_statement_finds_the_same_faults_in_the_same_places(
    version: ElmoVersion, *, with_licenses: bool
) -> None:
    official = elmo_schema(version, OFFICIAL, with_licenses=with_licenses)
    own = elmo_schema(version, with_licenses=with_licenses)

    differ = []
    for one in made(version)[1]:
        root = etree.fromstring(one.octets)
        if own.faults(root) != official.faults(root):
            differ.append(one.name)

    assert differ == []


@both
def test_the_version_a_document_is_held_against_is_the_only_one_it_can_be_valid_by(
    version: ElmoVersion,
) -> None:
    schemas = {one: elmo_schema(one, with_licenses=False) for one in ElmoVersion}
    differ = []
    for one in made(version)[1]:
        root = etree.fromstring(one.octets)
        valid_by = [name for name, schema in schemas.items() if not schema.faults(root)]
        if elmo_faults(root, with_licenses=False)[0] != next(iter(valid_by), None):
            differ.append(one.name)

    assert differ == []


@both
def test_both_state_the_same_names_a_document_can_use(version: ElmoVersion) -> None:
    assert set(_names(ELMO_XSD[version])) == set(_names(OFFICIAL / f"{version}.0" / "schema.xsd"))


@pytest.mark.parametrize("version", ElmoVersion)
def test_they_agree_on_every_real_document(version: ElmoVersion) -> None:
    roots = dict(_corpus())
    if not roots:
        pytest.skip("the ELMO corpus is not at ../shared/elmo-corpus")
    official = elmo_schema(version, OFFICIAL, with_licenses=False)
    own = elmo_schema(version, with_licenses=False)

    answers = {name: (official.faults(root), own.faults(root)) for name, root in roots.items()}

    assert len(answers) == 15
    assert [name for name, (one, other) in answers.items() if one != other] == []
    valid = {name for name, (faults, _) in answers.items() if faults == ()}
    assert ("example-v1.7.0.xml" in valid) is (version is ElmoVersion.V1_7)


@pytest.mark.parametrize(
    ("version", "file"),
    [
        (ElmoVersion.V1_7, "elmo-1.7.xsd"),
        (ElmoVersion.V2_0, "elmo-2.0.xsd"),
        (ElmoVersion.V1_7, "elmo-common.xsd"),
        (ElmoVersion.V1_7, "elmo-countries.xsd"),
        (ElmoVersion.V1_7, "elmo-address.xsd"),
        (ElmoVersion.V1_7, "elmo-ewp-types.xsd"),
    ],
)
def test_every_change_of_our_statement_is_noticed(
    version: ElmoVersion, file: str, tmp_path: Path
) -> None:
    for name in OWN.glob("elmo-*.xsd"):
        shutil.copy(name, tmp_path)
    # Most changes are of a number; what is about numbers is asked first.
    documents = sorted(made(version)[1], key=lambda one: "one too" not in (one.broken or ""))
    jury = [(one.octets, etree.fromstring(one.octets), one.broken is None) for one in documents]

    changed = list(mutants(OWN / file))
    survivors = {one.name for one in changed if not _noticed(one, version, tmp_path / file, jury)}

    assert len(changed) > 10
    assert survivors == {one for one in UNSEEN if one.startswith(file)}


def _noticed(
    mutant: Mutant,
    version: ElmoVersion,
    file: Path,
    jury: list[tuple[bytes, etree._Element, bool]],
) -> bool:
    """Say whether some document gets another answer, or the mutant is no schema at all."""
    file.write_bytes(mutant.octets)
    importing = (
        f'<xs:schema xmlns:xs="{XS}">'
        f'<xs:import namespace="{ELMO}" schemaLocation="{ELMO_ADDRESS}"/></xs:schema>'
    )
    parser = schema_parser(file.with_name(ELMO_XSD[version].name))
    try:
        schema = etree.XMLSchema(etree.fromstring(importing, parser))
    except etree.XMLSchemaParseError:
        return True
    word = mutant.word.encode()
    about = (one for one in jury if word in one[0])
    others = (one for one in jury if word not in one[0])
    return any(
        schema.validate(root) != valid for half in (about, others) for _, root, valid in half
    )


def _names(schema_xsd: Path) -> Iterator[tuple[str, str, str]]:
    """Yield (kind, namespace, name) of all that stands at the top of a schema and what it takes."""
    files, waiting = schema_files(schema_xsd), [schema_xsd]
    for path in waiting:
        root = etree.parse(path).getroot()
        home = root.get("targetNamespace", "")
        for node in root.iterfind(f"{{{XS}}}*[@name]"):
            kind = etree.QName(node).localname
            if kind != "group":
                kind = "type" if kind.endswith("Type") else kind
                yield kind, home, str(node.get("name"))
        for asked in (*root.iterfind(f"{{{XS}}}import"), *root.iterfind(f"{{{XS}}}include")):
            found = files[str(asked.get("schemaLocation"))]
            if found not in waiting and asked.get("namespace") not in {DS, XML}:
                waiting.append(found)


def _corpus() -> Iterator[tuple[str, etree._Element]]:
    """Yield the real documents: XML, or base64 of it, or base64 of it zipped."""
    for path in sorted(CORPUS.rglob("*")):
        if path.suffix not in {".xml", ".txt", ".b64"}:
            continue
        octets = path.read_bytes()
        if path.suffix != ".xml":
            octets = base64.b64decode(octets)
            octets = gzip.decompress(octets) if octets.startswith(b"\x1f\x8b") else octets
        try:
            yield path.name, etree.fromstring(octets)
        except etree.XMLSyntaxError:
            # One says UTF-8 and is not; for the structure it does not matter what its words were.
            yield path.name, etree.fromstring(octets, etree.XMLParser(encoding="iso-8859-1"))
