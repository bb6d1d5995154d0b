"""The schemas: what they allow, that two engines agree on it, and that nothing is fetched."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import xmlschema
from lxml import etree

from licenses.errors import ConfigurationRefused
from licenses.model.trust import ElmoVersion
from licenses.model.verdict import Delivery
from schema_ext.catalog import ELMO_XSD, LICENSE_XSD, elmo_releases, schema_files, schema_parser
from schema_ext.delivery_xml import write_delivery, write_status
from schema_ext.elmo_countries import ELMO_COUNTRIES
from schema_ext.license_xml import clear_license, write_license
from schema_ext.namespaces import DS, XS, elmo
from schema_ext.validation import (
    MAX_FAULTS,
    check_elmo_folder,
    elmo_faults,
    elmo_schema,
    license_schema,
)
from tests.factories import SealContentFactory

SHARED = Path(__file__).parents[3] / "shared"
OFFICIAL = SHARED / "elmo-official"
CORPUS = SHARED / "elmo-corpus"
V1_7, V2_0 = ElmoVersion

CONTENT = SealContentFactory.build()
LICENSE = write_license(CONTENT).decode()
DELIVERY = write_delivery(
    Delivery(
        audience="https://h.example",
        session_sha256="0" * 64,
        purpose="Hire",
        consent_id="1",
        login_level="high",
    )
)
SIGNATURE = f'<ds:Signature xmlns:ds="{DS}"><ds:SignedInfo></ds:SignedInfo></ds:Signature>'
END = "</lic:license>"

VALID = {
    "license": LICENSE,
    "sealed license": LICENSE.replace(END, SIGNATURE + END),
    "clear license": clear_license(CONTENT, b"sealed"),
    "later minor version": LICENSE.replace('"1.0"', '"1.4"').replace(
        "</lic:issuer>", "<lic:more><lic:any/></lic:more></lic:issuer>"
    ),
    "delivery": DELIVERY,
    "status": write_status("a.b.c"),
}
# What is replaced, by what, and the words that tell a clerk what is wrong.
BROKEN = {
    "kind missing": ("<lic:kind>full</lic:kind>", "", "missing; expected here: kind"),
    "kind unknown": ("<lic:kind>full", "<lic:kind>royal", "not in the list"),
    "unknown field": ("<lic:kind>", "<lic:rank>1</lic:rank><lic:kind>", "stands where it must not"),
    "order": (
        "<lic:issued>2024-06-20</lic:issued><lic:validFrom>2024-07-01</lic:validFrom>",
        "<lic:validFrom>2024-07-01</lic:validFrom><lic:issued>2024-06-20</lic:issued>",
        "stands where it must not",
    ),
    "no such day": ("2031-12-31", "2031-02-30", "not of the type"),
    "day with zone": ("2031-12-31", "2031-12-31+01:00", "form"),
    "number from zero": ("<lic:recordVersion>1", "<lic:recordVersion>0", "form"),
    "seal id in capitals": ("a11ce", "A11CE", "form"),
    "text too long": ("Norwegian Directorate", "N" * 301, "too long"),
    "text empty": ("Norwegian Directorate of Health", "", "form"),
    "space at the end": ("Directorate of Health", "Directorate of Health ", "form"),
    "no language": (' xml:lang="nb"', "", "required attribute is missing"),
    "other attribute": ("<lic:kind>", '<lic:kind class="x">', "attribute"),
    "no namespace": (' xml:lang="nb"', ' lang="nb"', "attribute"),
    "text between": ("<lic:kind>", "and<lic:kind>", "no text of its own"),
    "version 2": ('version="1.0"', 'version="2.0"', "form"),
    "foreign element": (
        "<lic:kind>",
        '<x xmlns="urn:x"></x><lic:kind>',
        "stands where it must not",
    ),
    "second signature": (END, SIGNATURE + SIGNATURE + END, "stands where it must not"),
    "signature first": ("<lic:licenseId>", SIGNATURE + "<lic:licenseId>", "must not"),
    "empty more": (END, "<lic:more></lic:more>" + END, "missing"),
    "sealed not base64": (
        END,
        "<lic:signedLicense>QUJD%QQ=</lic:signedLicense>" + END,
        "of the type",
    ),
    "uri with space": ("https://helse", "https: //helse", "form"),
    "unknown root": ("lic:license", "lic:permit", "no document of this kind"),
}


@pytest.fixture(scope="module")
def second_engine() -> xmlschema.XMLSchema10:
    return xmlschema.XMLSchema10(
        str(LICENSE_XSD),
        allow="local",
        uri_mapper={address: str(path) for address, path in schema_files().items()},
    )


@pytest.mark.parametrize("name", VALID)
def test_what_we_write_is_valid_for_both_engines(
    name: str, second_engine: xmlschema.XMLSchema10
) -> None:
    assert license_schema().faults(etree.fromstring(VALID[name])) == ()
    assert second_engine.is_valid(VALID[name])


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_broken_is_a_fault_for_both_engines_and_told_in_words(
    name: str, second_engine: xmlschema.XMLSchema10
) -> None:
    old, new, words = BROKEN[name]
    document = LICENSE.replace(old, new)
    assert document != LICENSE

    faults = license_schema().faults(etree.fromstring(document))

    assert any(words in fault.message for fault in faults), faults
    assert not second_engine.is_valid(document)


def test_a_fault_names_the_place_and_never_the_value() -> None:
    content = SealContentFactory.build()
    name = content.holder.current_name.family
    document = write_license(content).decode().replace(name, name * 99)

    (fault, *_) = license_schema().faults(etree.fromstring(document))

    assert (fault.line, fault.path) == (1, "/license/holder/name/family")
    assert name not in fault.message


def test_a_long_list_of_faults_is_cut() -> None:
    extra = "<lic:territory><lic:area>no</lic:area></lic:territory>" * 60
    document = LICENSE.replace("<lic:firstIssued>", extra + "<lic:firstIssued>")

    assert len(license_schema().faults(etree.fromstring(document))) == MAX_FAULTS


def test_threads_that_share_a_schema_do_not_see_each_others_faults() -> None:
    good = etree.fromstring(LICENSE)
    bad = etree.fromstring(LICENSE.replace("<lic:kind>full", "<lic:kind>royal"))
    documents = [good, bad] * 200

    with ThreadPoolExecutor(8) as threads:
        counts = list(threads.map(lambda root: len(license_schema().faults(root)), documents))

    assert set(counts[0::2]) == {0}
    assert len(set(counts[1::2])) == 1
    assert counts[1] > 0


def test_every_part_of_the_schema_is_documented() -> None:
    kinds = ("element", "attribute", "complexType", "simpleType", "enumeration", "any")
    parts = list(etree.parse(LICENSE_XSD).iter(*(f"{{{XS}}}{kind}" for kind in kinds)))
    silent = [
        part.get("name") or part.get("value")
        for part in parts
        if not part.findtext("{*}annotation/{*}documentation", "").strip()
    ]

    assert len(parts) > 100
    assert silent == []


def test_every_type_with_fields_has_room_for_later_versions() -> None:
    types = list(etree.parse(LICENSE_XSD).iter(f"{{{XS}}}complexType"))
    assert len(types) == 11
    for kind in types:
        names = [part.get("name") for part in kind.findall("{*}sequence/{*}element")]
        names = [name for name in names if name != "signedLicense"]
        assert names[-1:] == ["more"] or kind.get("name") in {"More", "LocalizedText"}


@pytest.mark.parametrize("address", ["http://evil.example/x.xsd", "file:///etc/passwd", "x.xsd"])
def test_a_schema_outside_the_catalog_is_never_fetched(address: str) -> None:
    asking = (
        '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">'
        f'<xs:include schemaLocation="{address}"/></xs:schema>'
    )

    with pytest.raises((ConfigurationRefused, etree.XMLSchemaParseError)):
        etree.XMLSchema(etree.fromstring(asking, schema_parser()))


def test_a_folder_without_the_official_schema_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationRefused, match="holds no ELMO schema"):
        check_elmo_folder(tmp_path)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("<xs:schema", "cannot be read"),
        (f'<xs:schema xmlns:xs="{XS}"/>', "is not the schema of an ELMO release"),
        (
            f'<xs:schema xmlns:xs="{XS}"><xs:element name="bday" type="xs:day"/></xs:schema>',
            "not valid together",
        ),
    ],
)
def test_a_file_that_is_no_elmo_schema_is_refused(tmp_path: Path, text: str, words: str) -> None:
    (tmp_path / "schema.xsd").write_text(text)

    with pytest.raises(ConfigurationRefused, match=words):
        check_elmo_folder(tmp_path)


def test_a_release_in_the_folder_of_the_other_is_refused(tmp_path: Path) -> None:
    (tmp_path / "1.7.0").symlink_to(official("2.0.0").resolve())

    with pytest.raises(ConfigurationRefused, match="holds no ELMO schema"):
        check_elmo_folder(tmp_path)


def test_nothing_configured_is_fine_at_the_start() -> None:
    check_elmo_folder(None)


@pytest.mark.parametrize(
    ("folder", "releases"),
    [
        (".", {V1_7: "1.7.0/schema.xsd", V2_0: "2.0.0/schema.xsd"}),
        ("1.7.0", {V1_7: "schema.xsd"}),
        ("2.0.0", {V2_0: "schema.xsd"}),
    ],
)
def test_a_folder_holds_one_release_or_both(folder: str, releases: dict[ElmoVersion, str]) -> None:
    official("1.7.0")
    check_elmo_folder(OFFICIAL / folder)

    assert elmo_releases(OFFICIAL / folder) == {
        version: OFFICIAL / folder / name for version, name in releases.items()
    }


@pytest.mark.parametrize("version", ElmoVersion)
def test_our_own_statement_says_whose_it_is_and_compiles_with_the_license(
    version: ElmoVersion,
) -> None:
    said = str(etree.parse(ELMO_XSD[version]).findtext("{*}annotation/{*}documentation"))

    assert "the project License Exchange states it" in said
    assert "structure only" in said
    assert elmo_schema(version, with_licenses=True).faults(etree.fromstring("<x/>")) != ()


def test_the_countries_are_those_the_writer_knows() -> None:
    listed = etree.parse(ELMO_XSD[V1_7].with_name("elmo-countries.xsd")).iter(
        f"{{{XS}}}enumeration"
    )

    assert {str(code.get("value")) for code in listed} == ELMO_COUNTRIES


def official(version: str) -> Path:
    if not (OFFICIAL / version / "schema.xsd").exists():
        pytest.skip("the official ELMO schemas are not beside the project")
    return OFFICIAL / version


def corpus_document(name: str) -> etree._Element:
    found = next(CORPUS.rglob(name), None)
    if found is None:
        pytest.skip("the ELMO corpus is not beside the project")
    return etree.parse(found).getroot()


@pytest.mark.parametrize("official_dir", [None, OFFICIAL])
def test_a_real_document_is_valid_by_its_version_and_no_other(official_dir: Path | None) -> None:
    official("1.7.0")
    root = corpus_document("example-v1.7.0.xml")

    assert elmo_faults(root, official_dir, with_licenses=False) == (V1_7, ())
    assert elmo_schema(V2_0, official_dir, with_licenses=False).faults(root) != ()


@pytest.mark.parametrize("official_dir", [None, OFFICIAL])
def test_a_document_of_2_0_is_told_its_faults_by_2_0(official_dir: Path | None) -> None:
    official("2.0.0")
    root = corpus_document("example-v1.7.0.xml")
    born = next(root.iter(elmo("bday")))
    born.tag = elmo("dateOfBirth")

    version, (fault, *_) = elmo_faults(root, official_dir, with_licenses=False)

    assert version is None
    assert (fault.path, fault.message) == (
        "/elmo/learner/dateOfBirth",
        "an element stands where it must not, or one is missing; expected here: alternativeName",
    )


def test_a_single_release_leaves_the_other_version_to_our_statement() -> None:
    own = elmo_schema(V2_0, with_licenses=False)
    beside = elmo_schema(V2_0, official("1.7.0"), with_licenses=False)
    root = corpus_document("example-v1.7.0.xml")

    assert beside.faults(root) == own.faults(root) != ()


@pytest.mark.parametrize("own", [True, False])
def test_a_license_inside_elmo_is_checked_only_in_the_common_set(*, own: bool) -> None:
    folder = None if own else official("1.7.0")
    root = corpus_document("example-v1.7.0.xml")
    extension = etree.SubElement(
        next(root.iter("{*}learningOpportunitySpecification")), f"{{{root.nsmap[None]}}}extension"
    )
    broken = LICENSE.replace("<lic:kind>full", "<lic:kind>royal")
    extension.append(etree.fromstring(broken))
    alone = elmo_schema(V1_7, folder, with_licenses=False)
    together = elmo_schema(V1_7, folder, with_licenses=True)

    assert alone.faults(root) == ()
    (fault, *_) = together.faults(root)
    assert fault.path.startswith("/elmo/report")
    assert fault.path.endswith("/extension/license/kind")
