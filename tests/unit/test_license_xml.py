"""Licenses as XML: what is read, what is refused, and when the clear copy counts."""

from base64 import b64encode

import pytest

from licenses.errors import DocumentRejected
from licenses.model.reasons import Reason
from schema_ext.license_reader import check_extension
from schema_ext.license_xml import (
    clear_license,
    read_license,
    sealed_document,
    without_sealed,
    write_license,
)
from schema_ext.namespaces import DS
from schema_ext.parsing import parse
from tests.factories import (
    GrantFactory,
    IssuerFactory,
    PersonFactory,
    PersonNameFactory,
    SealContentFactory,
)

NAME = PersonNameFactory.build(given="Ingrid", family="Solberg & Dahl")
CONTENT = SealContentFactory.build(
    holder=PersonFactory.build(names=(NAME,)), grant=GrantFactory.build(number="HPR 7000001")
)
OCTETS = write_license(CONTENT)
SEALED = b"<sealed/>"


def refusal(octets: bytes) -> DocumentRejected:
    with pytest.raises(DocumentRejected) as caught:
        read_license(octets)
    return caught.value


def test_a_license_reads_back_as_it_was_written() -> None:
    assert read_license(OCTETS) == CONTENT


def test_no_status_and_no_measure_is_sealed() -> None:
    names = {element.tag.rpartition("}")[2] for element in parse(OCTETS).iter()}

    assert not names & {"status", "standing", "encumbrance", "condition"}


def test_every_element_bears_the_prefix_lic() -> None:
    assert {element.prefix for element in parse(OCTETS).iter()} == {"lic"}


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ('version="1.0"', 'version="2.0"', Reason.UNKNOWN_EXTENSION_VERSION),
        ('version="1.0"', 'version="10.0"', Reason.UNKNOWN_EXTENSION_VERSION),
        (' version="1.0"', "", Reason.UNKNOWN_EXTENSION_VERSION),
        ("elmo-license/v1", "elmo-license/v2", Reason.UNKNOWN_EXTENSION_VERSION),
        ("lic:license", "lic:permit", Reason.UNKNOWN_EXTENSION_VERSION),
        ("<lic:kind>full</lic:kind>", "", Reason.SCHEMA_INVALID),
        ("<lic:kind>full", "<lic:kind>royal", Reason.SCHEMA_INVALID),
        ("<lic:kind>full", "<lic:kind> full", Reason.SCHEMA_INVALID),
        ("<lic:mode>home", "<lic:mode>away", Reason.SCHEMA_INVALID),
        ("2031-12-31", "2031-12-32", Reason.SCHEMA_INVALID),
        ("2031-12-31", "2031-12-31Z", Reason.SCHEMA_INVALID),
        ("<lic:recordVersion>1", "<lic:recordVersion>01", Reason.SCHEMA_INVALID),
        ("<lic:alertable>true", "<lic:alertable>1", Reason.SCHEMA_INVALID),
        ("<lic:jurisdiction>NO", "<lic:jurisdiction>no", Reason.SCHEMA_INVALID),
        ("<lic:number>", "<lic:status>active</lic:status><lic:number>", Reason.SCHEMA_INVALID),
        ("2031-12-31", "2001-12-31", Reason.CONTENT_UNREADABLE),
        ("2019-06-20", "2029-06-20", Reason.CONTENT_UNREADABLE),
        ("Europe/Oslo", "Europe/Nowhere", Reason.CONTENT_UNREADABLE),
        ('type="current"', 'type="former"', Reason.CONTENT_UNREADABLE),
        ("<lic:kind>full", "<lic:kind>limited", Reason.CONTENT_UNREADABLE),
        ("Ingrid", "Ingrid\u202e", Reason.CONTENT_UNREADABLE),
        ("Ingrid", "Ing<!-- -->rid", Reason.COMMENT_BESIDE_TEXT),
    ],
)
def test_what_is_not_a_license_of_version_1_is_refused_with_its_reason(
    old: str, new: str, reason: Reason
) -> None:
    changed = OCTETS.decode().replace(old, new).encode()
    assert changed != OCTETS

    assert refusal(changed).reason == reason


def test_a_refusal_does_not_quote_the_holder() -> None:
    long_name = OCTETS.decode().replace("Ingrid", "Ingrid" * 60).encode()

    assert "Ingrid" not in str(refusal(long_name))


@pytest.mark.parametrize(
    "field",
    [
        f"<lic:signedLicense>{b64encode(SEALED).decode()}</lic:signedLicense>",
        f'<ds:Signature xmlns:ds="{DS}"></ds:Signature>',
    ],
)
def test_what_a_seal_covers_holds_no_other_seal(field: str) -> None:
    octets = OCTETS.replace(b"</lic:license>", f"{field}</lic:license>".encode())

    assert refusal(octets).reason == Reason.SCHEMA_INVALID


@pytest.mark.parametrize(
    "more",
    [
        "<lic:more><lic:gazette>12</lic:gazette></lic:more>",
        '<lic:more><x:note xmlns:x="urn:x" a="b">hi</x:note></lic:more>',
    ],
)
def test_a_later_minor_version_is_read_and_what_it_adds_in_more_is_left_alone(more: str) -> None:
    later = OCTETS.decode().replace('version="1.0"', 'version="1.7"')
    later = later.replace("</lic:statusAddress>", f"</lic:statusAddress>{more}")
    later = later.replace("</lic:issuer>", f"{more}</lic:issuer>")

    assert read_license(later.encode()) == CONTENT


def test_the_clear_copy_carries_the_sealed_document_and_matches_it() -> None:
    clear = clear_license(CONTENT, SEALED)

    assert sealed_document(parse(clear.encode())) == SEALED
    assert without_sealed(clear.encode()) == OCTETS


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Solberg", "Solbergh"),
        ("HPR 7000001", "HPR 7000002"),
        ("<lic:kind>full", "<lic:kind>specialist"),
        ("2031-12-31", "2041-12-31"),
        ("<lic:mode>", "<lic:mode >"),
        ("<lic:signedLicense>", "<lic:signedLicense> "),
        ("</lic:license>", " </lic:license>"),
        ("<lic:number>", "<lic:signedLicense>AAAA</lic:signedLicense><lic:number>"),
    ],
)
def test_a_clear_copy_that_differs_in_one_octet_does_not_match(old: str, new: str) -> None:
    clear = clear_license(CONTENT, SEALED)
    changed = clear.replace(old, new, 1).encode()
    assert changed != clear.encode()

    matches = without_sealed(changed) == OCTETS

    # Only what stands inside signedLicense itself is no part of the comparison.
    assert matches == (old == "<lic:signedLicense>")


def test_a_license_without_its_sealed_document_matches_nothing() -> None:
    assert without_sealed(OCTETS) != OCTETS


@pytest.mark.parametrize(
    ("content", "reason"),
    [("", Reason.SCHEMA_INVALID), ("%%%%", Reason.NOT_BASE64), ("QQ=Q", Reason.NOT_BASE64)],
)
def test_a_sealed_document_that_is_missing_or_no_base64_is_refused(
    content: str, reason: Reason
) -> None:
    clear = clear_license(CONTENT, b"x").replace(b64encode(b"x").decode(), content)

    with pytest.raises(DocumentRejected) as caught:
        sealed_document(parse(clear.encode()))

    assert caught.value.reason == reason


@pytest.mark.parametrize(
    ("extension", "is_known"),
    [
        ("<lic:license {} version='1.0'/>", True),
        ("<lic:license {} version='1.12'/>", True),
        ("<lic:delivery {} version='1.0'/>", True),
        ("<lic:status {}/>", True),
        ("<lic:license {} version='2.0'/>", False),
        ("<lic:delivery {}/>", False),
        ("<lic:alert {} version='1.0'/>", False),
    ],
)
def test_only_the_three_elements_of_version_1_may_stand_in_an_extension(
    extension: str, is_known: bool
) -> None:
    element = parse(extension.format("xmlns:lic='https://w3id.org/elmo-license/v1'").encode())
    if is_known:
        check_extension(element)
        return
    with pytest.raises(DocumentRejected) as caught:
        check_extension(element)
    assert caught.value.reason == Reason.UNKNOWN_EXTENSION_VERSION


def test_what_is_kept_of_one_authority_is_never_written_for_another() -> None:
    for number in range(3_000):
        issuer = IssuerFactory.build(id=f"https://a{number}.example/")

        octets = write_license(SealContentFactory.build(issuer=issuer))

        assert f"<lic:issuer><lic:id>https://a{number}.example/</lic:id>".encode() in octets
