"""What is read from an ELMO document: our own in full, others' as far as it goes, oddities not."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from lxml import etree

from licenses.errors import DocumentRejected
from licenses.model.people import Person, PersonName
from licenses.model.reasons import Reason
from schema_ext.elmo_content import ReadElmo
from schema_ext.elmo_reader import read_elmo
from schema_ext.elmo_writer import write_elmo
from schema_ext.license_xml import without_sealed, write_license
from schema_ext.namespaces import ELMO, LIC
from tests.factories.elmo import (
    GENERATED_AT,
    STATUS_TOKEN,
    DeliveryFactory,
    ExportedLicenseFactory,
    elmo_content,
)

CORPUS = Path(__file__).parents[2] / ".." / "shared" / "elmo-corpus"
LICENSE_START = f'<lic:license xmlns:lic="{LIC}" version="1.0">'
FOREIGN = (
    f'<elmo xmlns="{ELMO}"><generatedDate>2026-11-23T15:00:00+02:00</generatedDate>'
    "<learner><givenNames>Wojciech</givenNames><familyName>Rygielski</familyName>{born}</learner>"
    "<report/></elmo>"
)


def refused(octets: bytes) -> str:
    with pytest.raises(DocumentRejected) as caught:
        read_elmo(octets)
    return caught.value.reason


def test_what_we_wrote_comes_back() -> None:
    nurse, doctor = ExportedLicenseFactory.build(), ExportedLicenseFactory.build()

    found = read_elmo(write_elmo(elmo_content(nurse, doctor)))

    assert found.generated_at == GENERATED_AT
    assert found.learner == elmo_content().learner
    assert found.delivery == DeliveryFactory.build()
    assert [one.sealed for one in found.licenses] == [nurse.sealed, doctor.sealed]
    assert [one.status_token for one in found.licenses] == [STATUS_TOKEN] * 2


def test_the_clear_copy_comes_as_the_octets_to_compare_with_the_seal() -> None:
    license_ = ExportedLicenseFactory.build()
    octets = write_elmo(elmo_content(license_))
    number = license_.content.grant.number.encode()

    (true,) = read_elmo(octets).licenses
    (altered,) = read_elmo(octets.replace(b"lic:number>" + number, b"lic:number>HPR 1")).licenses

    sealed = write_license(license_.content)
    assert without_sealed(true.clear_octets) == sealed
    assert without_sealed(altered.clear_octets) != sealed


def test_the_clear_octets_are_canonical_whatever_stands_around_them() -> None:
    license_ = ExportedLicenseFactory.build()
    octets = write_elmo(elmo_content(license_))
    # Declared further out, with a text behind: other octets in the document, same element.
    moved = octets.replace(b'<lic:license xmlns:lic="' + LIC.encode() + b'"', b"<lic:license")
    moved = moved.replace(b"<elmo ", b'<elmo xmlns:lic="' + LIC.encode() + b'" xmlns:x="urn:x" ')
    moved = moved.replace(b"</lic:license>", b"</lic:license>\n ")

    assert moved != octets
    assert read_elmo(moved).licenses == read_elmo(octets).licenses


@pytest.mark.parametrize(
    "born",
    [
        "<bday>1983-04-12</bday>",
        "<bday>1983-04-12Z</bday>",
        "<bday> 1983-04-12+02:00\n</bday>",
        "<dateOfBirth>1983-04-12</dateOfBirth>",
    ],
)
def test_the_learner_of_a_foreign_document_is_read_in_either_version(born: str) -> None:
    found = read_elmo(FOREIGN.format(born=born).encode())

    assert found == ReadElmo(
        generated_at=datetime(2026, 11, 23, 13, tzinfo=UTC),
        learner=Person(
            names=(PersonName(given="Wojciech", family="Rygielski"),),
            birth_date=date(1983, 4, 12),
        ),
        delivery=None,
        licenses=(),
    )


def test_names_are_read_as_tokens() -> None:
    octets = FOREIGN.format(born="<bday>1983-04-12</bday>").replace("Wojciech", "\n Jan\t Ł. ")

    learner = read_elmo(octets.encode()).learner

    assert learner is not None
    assert learner.current_name.given == "Jan Ł."


@pytest.mark.parametrize("born", ["", "<bday/>", "<bday> </bday>"])
def test_a_learner_without_a_birth_date_is_nobody_to_compare(born: str) -> None:
    assert read_elmo(FOREIGN.format(born=born).encode()).learner is None


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<familyName>Rygielski</familyName>", ""),
        ("<familyName>Rygielski</familyName>", "<familyName> </familyName>"),
        ("<learner>", "<pupil>"),
    ],
)
def test_a_learner_without_both_names_is_nobody_to_compare(old: str, new: str) -> None:
    octets = FOREIGN.format(born="<bday>1983-04-12</bday>").replace(old, new)
    octets = octets.replace("</learner>", "</pupil>") if new == "<pupil>" else octets

    assert read_elmo(octets.encode()).learner is None


@pytest.mark.parametrize(
    "wrong",
    [
        "<bday>1983-02-30</bday>",
        "<bday>12.04.1983</bday>",
        "<bday>19830412</bday>",
        "<bday>1983-W15-2</bday>",
        "<bday>１９８３-04-12</bday>",
    ],
)
def test_a_birth_date_that_cannot_be_refuses_the_document(wrong: str) -> None:
    assert refused(FOREIGN.format(born=wrong).encode()) == Reason.CONTENT_UNREADABLE


@pytest.mark.parametrize("hidden", ["\u202e", "\u200b", "\u00ad", "\u0085"])
def test_a_name_with_invisible_letters_refuses_the_document(hidden: str) -> None:
    octets = FOREIGN.format(born="<bday>1983-04-12</bday>").replace("Wojciech", f"Woj{hidden}ciech")

    assert refused(octets.encode()) == Reason.CONTENT_UNREADABLE


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2026-11-23T13:00:00Z", datetime(2026, 11, 23, 13, tzinfo=UTC)),
        ("2026-11-23T13:00:00", datetime(2026, 11, 23, 13, tzinfo=UTC)),
        ("2026-11-23T13:00:00.5-01:00", datetime(2026, 11, 23, 14, 0, 0, 500_000, tzinfo=UTC)),
        ("2026-11-23", None),
        ("yesterday", None),
        ("2026-13-23T13:00:00Z", None),
        ("0001-01-01T00:00:00+14:00", None),
        ("20261123T130000Z", None),
        ("", None),
    ],
)
def test_the_moment_it_was_made_is_read_or_unknown(written: str, meant: datetime | None) -> None:
    octets = FOREIGN.format(born="").replace("2026-11-23T15:00:00+02:00", written)

    assert read_elmo(octets.encode()).generated_at == meant


def test_a_license_inside_a_part_of_a_programme_is_found() -> None:
    octets = write_elmo(elmo_content()).decode()
    start = octets.index("<learningOpportunitySpecification>")
    end = octets.index("<issueDate>")
    part = octets[start:end]
    whole = (
        f"<learningOpportunitySpecification><hasPart>{part}</hasPart>"
        "</learningOpportunitySpecification>"
    )

    assert len(read_elmo((octets[:start] + whole + octets[end:]).encode()).licenses) == 1


def test_what_stands_inside_our_own_elements_is_not_taken_for_a_license() -> None:
    more = f"<lic:more><lic:license/><x:y xmlns:x='urn:x'>{LICENSE_START}</lic:license></x:y>"
    octets = write_elmo(elmo_content()).replace(
        b"<lic:signedLicense>", f"{more}</lic:more><lic:signedLicense>".encode()
    )

    assert len(read_elmo(octets).licenses) == 1


def in_root(document: str, extra: str) -> str:
    """Return the document with `extra` as last child of its last, the root's, extension."""
    head, tail = document.rsplit("</extension>", 1)
    return f"{head}{extra}</extension>{tail}"


def in_opportunity(document: str, extra: str) -> str:
    return document.replace("</extension>", f"{extra}</extension>", 1)


def license_of(document: str) -> str:
    return document[document.index("<lic:license") : document.index("<lic:status xmlns")]


def delivery_of(document: str) -> str:
    return document[document.index("<lic:delivery") : document.rindex("</extension>")]


def status_of(document: str) -> str:
    return document[document.index("<lic:status xmlns") : document.index("</extension>")]


WRONG: dict[str, tuple[Callable[[str], str], Reason]] = {
    "a license in the root extension": (
        lambda d: in_root(d, license_of(d)),
        Reason.CONTENT_UNREADABLE,
    ),
    "two licenses in one extension": (
        lambda d: in_opportunity(d, license_of(d)),
        Reason.CONTENT_UNREADABLE,
    ),
    "two licenses in two extensions of one opportunity": (
        lambda d: d.replace(
            "</extension>", f"</extension><extension>{license_of(d)}</extension>", 1
        ),
        Reason.CONTENT_UNREADABLE,
    ),
    "two statuses": (lambda d: in_opportunity(d, status_of(d)), Reason.CONTENT_UNREADABLE),
    "a status without a license": (
        lambda d: d.replace(license_of(d), ""),
        Reason.CONTENT_UNREADABLE,
    ),
    "two deliveries": (lambda d: in_root(d, delivery_of(d)), Reason.CONTENT_UNREADABLE),
    "a delivery beside a license": (
        lambda d: in_opportunity(d.replace(delivery_of(d), ""), delivery_of(d)),
        Reason.CONTENT_UNREADABLE,
    ),
    "a license outside any extension": (
        lambda d: d.replace("<issueDate>", f"{license_of(d)}<issueDate>"),
        Reason.CONTENT_UNREADABLE,
    ),
    "a license in the extension of the result": (
        lambda d: d.replace("</specifies>", f"<extension>{license_of(d)}</extension></specifies>"),
        Reason.CONTENT_UNREADABLE,
    ),
    "a license inside somebody else's element": (
        lambda d: in_opportunity(d, f'<x:box xmlns:x="urn:x">{license_of(d)}</x:box>'),
        Reason.CONTENT_UNREADABLE,
    ),
    "an opportunity hidden in an extension": (
        lambda d: in_root(
            d,
            "<learningOpportunitySpecification><extension>"
            f"{license_of(d)}</extension></learningOpportunitySpecification>",
        ),
        Reason.CONTENT_UNREADABLE,
    ),
    "an element of ours that 1.0 does not know": (
        lambda d: in_root(d, f'<lic:permit xmlns:lic="{LIC}"/>'),
        Reason.UNKNOWN_EXTENSION_VERSION,
    ),
    "another version's namespace": (
        lambda d: d.replace(LIC, LIC[:-1] + "2"),
        Reason.UNKNOWN_EXTENSION_VERSION,
    ),
    "another first number": (
        lambda d: d.replace(LICENSE_START, LICENSE_START.replace("1.0", "2.0")),
        Reason.UNKNOWN_EXTENSION_VERSION,
    ),
    "no sealed document": (
        lambda d: d.replace("lic:signedLicense>", "lic:other>"),
        Reason.SCHEMA_INVALID,
    ),
    "a sealed document that is not base64": (
        lambda d: d.replace("<lic:signedLicense>", "<lic:signedLicense>§"),
        Reason.NOT_BASE64,
    ),
    "a status that is no token": (
        lambda d: d.replace(STATUS_TOKEN, "active"),
        Reason.SCHEMA_INVALID,
    ),
    "a delivery without its audience": (
        lambda d: d.replace("lic:audience>", "lic:hospital>"),
        Reason.SCHEMA_INVALID,
    ),
    "another root": (
        lambda d: d.replace("<elmo ", "<elmos ").replace("</elmo>", "</elmos>"),
        Reason.UNKNOWN_DOCUMENT,
    ),
    "another namespace of the root": (
        lambda d: d.replace(ELMO, f"{ELMO}.3.0"),
        Reason.UNKNOWN_DOCUMENT,
    ),
    "half a document": (lambda d: d[: len(d) // 2], Reason.NOT_XML),
    "a document type": (lambda d: f"<!DOCTYPE elmo>{d}", Reason.DOCTYPE),
}


@pytest.mark.parametrize("case", WRONG)
def test_a_document_is_refused_for(case: str) -> None:
    spoil, reason = WRONG[case]
    document = write_elmo(elmo_content()).decode()
    spoilt = spoil(document)

    assert spoilt != document
    assert refused(spoilt.encode()) == reason


def test_a_license_without_a_stapled_status_is_read() -> None:
    document = write_elmo(elmo_content()).decode()

    (found,) = read_elmo(document.replace(status_of(document), "").encode()).licenses

    assert found.status_token is None


@pytest.mark.parametrize(
    ("name", "full_name"),
    [
        ("elmo-schemas/example-v1.7.0.xml", "Wojciech Łukasz Rygielski"),
        ("fi-emrex/elmo-1.0-example.xml", "Wojciech Łukasz Rygielski"),
        ("dk-emrex/elmo-tomcat-unsigned.xml", "Jens Hansen"),
        ("fi-ncp/my_elmo.xml", None),
    ],
)
def test_a_document_of_another_program_is_read_and_has_no_license(
    name: str, full_name: str | None
) -> None:
    octets = sample(name)

    found = read_elmo(octets)

    assert (found.licenses, found.delivery) == ((), None)
    assert found.generated_at is not None
    assert (found.learner and found.learner.current_name.full) == full_name


def test_a_document_older_than_elmo_1_is_no_document_of_ours() -> None:
    assert refused(sample("fi-smp/Example-elmo-Norway.xml")) == Reason.UNKNOWN_DOCUMENT


def sample(name: str) -> bytes:
    """Return a sample without its comments, as a verifier would hand it out."""
    path = CORPUS / name
    if not path.is_file():
        pytest.skip("the sample documents are not ours to carry; they lie beside the project")
    return etree.tostring(etree.parse(path), method="c14n", with_comments=False)
