"""The ELMO we write: valid by the official schema, and not misleading to old clients."""

from base64 import b64decode
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from lxml import etree
from pydantic import ValidationError

from licenses.model.export import Report
from licenses.model.people import NameType, Person, PersonName
from licenses.model.standing import Because, Level
from licenses.model.trust import ElmoVersion
from schema_ext.elmo_content import ElmoContent
from schema_ext.elmo_writer import OpportunityType, write_elmo
from schema_ext.license_xml import clear_license
from schema_ext.namespaces import ELMO, XML, elmo, lic
from schema_ext.validation import elmo_schema
from tests.factories import GrantFactory, IssuerFactory, SealContentFactory, texts
from tests.factories.elmo import (
    STATUS_TOKEN,
    ExportedLicenseFactory,
    ExportFactory,
    StatusStatementFactory,
    elmo_content,
    exported,
)

OFFICIAL = Path(__file__).parents[2] / ".." / "shared" / "elmo-official" / "1.7.0"
OPPORTUNITY = "learningOpportunitySpecification"
INSTANCE = (OPPORTUNITY, "specifies", "learningOpportunityInstance")
STANDINGS = (
    (Level.FULL, Because.IN_FORCE),
    (Level.CONDITIONAL, Because.LIMITS),
    (Level.NONE, Because.SUSPENDED),
    (Level.UNKNOWN, Because.NO_RECORD),
)
SWEDISH = IssuerFactory.build(
    id="https://socialstyrelsen.example/authority", country="SE", names=texts(sv="Socialstyrelsen")
)


def written(content: ElmoContent) -> etree._Element:
    return etree.fromstring(write_elmo(content))


def text(root: etree._Element, *names: str) -> str:
    return root.findtext("/".join(map(elmo, names)), "")


@pytest.fixture
def official() -> Path:
    if not OFFICIAL.is_dir():
        pytest.skip("the official schemas are not ours to carry; they lie beside the project")
    return OFFICIAL


@pytest.mark.parametrize("with_licenses", [False, True])
@pytest.mark.parametrize(("level", "because"), STANDINGS)
@pytest.mark.parametrize("country", ["NO", "XK"])
@pytest.mark.parametrize("eqf_level", [None, 6])
def test_it_is_valid_by_the_unmodified_official_schema(
    official: Path,
    level: Level,
    because: Because,
    country: str,
    eqf_level: int | None,
    *,
    with_licenses: bool,
) -> None:
    issuer = IssuerFactory.build(country=country)
    grant = GrantFactory.build(profession__eqf_level=eqf_level)
    content = elmo_content(
        exported(level, because, issuer=issuer, grant=grant),
        exported(level, because, issuer=SWEDISH),
    )
    schema = elmo_schema(ElmoVersion.V1_7, official, with_licenses=with_licenses)

    assert schema.faults(written(content)) == ()


def test_a_license_that_breaks_its_own_schema_is_found_in_the_joint_set(official: Path) -> None:
    schema = elmo_schema(ElmoVersion.V1_7, official, with_licenses=True)
    octets = write_elmo(elmo_content()).replace(b"<lic:kind>full<", b"<lic:kind>golden<")

    assert schema.faults(etree.fromstring(octets)) != ()


def test_the_octets_are_their_own_exclusive_canonical_form() -> None:
    octets = write_elmo(elmo_content(*(exported(*one, "no-surgery") for one in STANDINGS)))

    root = etree.fromstring(octets)
    assert etree.tostring(root, method="c14n", exclusive=True, with_comments=False) == octets


def test_elmo_elements_stand_in_one_default_namespace_without_prefix() -> None:
    octets = write_elmo(elmo_content())

    assert octets.startswith(f'<elmo xmlns="{ELMO}"><generatedDate>'.encode())
    assert octets.count(b"xmlns=") == 1
    assert b"\n" not in octets
    assert b"Signature" not in octets


def test_there_is_a_report_for_each_authority_in_the_order_of_their_licenses() -> None:
    nurse, doctor, swede = (
        ExportedLicenseFactory.build(),
        ExportedLicenseFactory.build(),
        ExportedLicenseFactory.build(content=SealContentFactory.build(issuer=SWEDISH)),
    )

    root = written(elmo_content(nurse, swede, doctor))

    reports = root.findall(elmo("report"))
    assert [text(report, "issuer", "country") for report in reports] == ["NO", "SE"]
    assert [
        [found.text for found in report.iterfind(f"{elmo(OPPORTUNITY)}/{elmo('identifier')}")]
        for report in reports
    ] == [[nurse.content.grant.number, doctor.content.grant.number], [swede.content.grant.number]]
    assert {text(report, "issueDate") for report in reports} == {"2026-11-23T13:58:07Z"}


def test_an_authority_is_named_in_its_languages_with_its_address() -> None:
    issuer = written(elmo_content()).find(f"{elmo('report')}/{elmo('issuer')}")

    assert issuer is not None
    assert [(one.get(f"{{{XML}}}lang"), one.text) for one in issuer.iter(elmo("title"))] == [
        ("nb", "Helsedirektoratet"),
        ("en", "Norwegian Directorate of Health"),
    ]
    assert text(issuer, "url") == "https://helsedirektoratet.example/"


@pytest.mark.parametrize(
    ("level", "because", "status", "opening"),
    [
        (Level.FULL, Because.IN_FORCE, "passed", "In force without"),
        (Level.CONDITIONAL, Because.LIMITS, "passed", "In force with conditions: may not operate"),
        (Level.NONE, Because.SUSPENDED, "failed", "SUSPENDED: "),
        (Level.NONE, Because.EXPIRED, "failed", "EXPIRED: "),
        (Level.UNKNOWN, Because.NO_RECORD, "failed", "STANDING UNKNOWN: "),
    ],
)
def test_only_a_license_that_gives_a_right_is_passed(
    level: Level, because: Because, status: str, opening: str
) -> None:
    content = elmo_content(exported(level, because, "no-surgery"))

    report = written(content).find(elmo("report"))

    assert report is not None
    assert text(report, *INSTANCE, "status") == status
    assert text(report, *INSTANCE, "resultLabel").startswith(opening)


def test_conditions_stand_in_every_title() -> None:
    grant = GrantFactory.build(titles=texts(nb="Lege", en="Doctor"))
    content = elmo_content(exported(Level.CONDITIONAL, Because.LIMITS, "no-surgery", grant=grant))

    titles = written(content).findall(f"{elmo('report')}/{elmo(OPPORTUNITY)}/{elmo('title')}")

    assert [(one.get(f"{{{XML}}}lang"), one.text) for one in titles] == [
        ("nb", "Lege (with conditions: may not operate)"),
        ("en", "Doctor (with conditions: may not operate)"),
    ]


def test_the_result_is_dated_by_the_local_day_of_the_standing() -> None:
    content = SealContentFactory.build()
    statement = StatusStatementFactory.build(
        seal_id=content.seal_id, as_of=datetime(2026, 11, 23, 23, 30, tzinfo=UTC)
    )

    report = written(
        elmo_content(ExportedLicenseFactory.build(content=content, statement=statement))
    ).find(elmo("report"))

    assert report is not None
    assert text(report, *INSTANCE, "start") == "2024-07-01"
    assert text(report, *INSTANCE, "date") == "2026-11-24"


def test_a_license_is_shown_as_a_module_unless_the_operator_chose_otherwise() -> None:
    content = elmo_content()

    assert b"<type>Module</type>" in write_elmo(content)
    assert b"<type>Course</type>" in write_elmo(content, opportunity=OpportunityType.COURSE)


def test_the_extension_holds_the_license_in_clear_and_then_its_stapled_status() -> None:
    license_ = ExportedLicenseFactory.build()

    octets = write_elmo(elmo_content(license_))

    clear = clear_license(license_.content, license_.sealed)
    extension = next(etree.fromstring(octets).iter(elmo("extension")))
    assert [child.tag for child in extension] == [lic("license"), lic("status")]
    assert clear.encode() in octets
    assert extension[1].text == STATUS_TOKEN


def test_the_first_attachment_of_the_root_is_the_transcript() -> None:
    root = written(elmo_content())

    first = root.find(elmo("attachment"))
    assert first is not None
    assert text(first, "type") == "EMREX transcript"
    scheme, _, encoded = text(first, "content").partition(",")
    assert scheme == "data:application/pdf;base64"
    assert b64decode(encoded, validate=True) == b"%PDF"


def test_the_extension_of_the_root_holds_the_delivery_and_no_license() -> None:
    extension = written(elmo_content()).find(elmo("extension"))

    assert extension is not None
    assert [child.tag for child in extension] == [lic("delivery")]


def test_of_the_learner_only_the_current_name_and_the_birth_date_are_told() -> None:
    learner = Person(
        names=(
            PersonName(given="Åse", family="Før", type=NameType.FORMER),
            PersonName(given="Åse", family="Nå & Co"),
        ),
        birth_date=date(1980, 2, 29),
    )
    content = ElmoContent.of(ExportFactory.build(learner=learner), b"%PDF")

    found = written(content).find(elmo("learner"))

    assert found is not None
    assert [(etree.QName(child).localname, child.text) for child in found] == [
        ("givenNames", "Åse"),
        ("familyName", "Nå & Co"),
        ("bday", "1980-02-29"),
    ]


def test_a_statement_about_another_seal_is_never_stapled() -> None:
    with pytest.raises(ValidationError, match="about another seal"):
        ExportedLicenseFactory.build(statement=StatusStatementFactory.build(seal_id="f" * 32))


@pytest.mark.parametrize("token", ["", "a.b", "a.b.c.d", "a.b.<c>", "a.b.c\n"])
def test_only_a_compact_token_is_stapled(token: str) -> None:
    with pytest.raises(ValidationError):
        ExportedLicenseFactory.build(status_token=token)


def test_a_document_without_a_license_is_not_written() -> None:
    with pytest.raises(ValidationError):
        ExportFactory.build(reports=())
    with pytest.raises(ValidationError):
        Report(issuer=SWEDISH, licenses=())
