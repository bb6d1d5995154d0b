"""What a seal looks like as we write it, without any verifier of ours."""

from datetime import datetime, timedelta, timezone

import pytest
from lxml import etree

from licenses.errors import ConfigurationRefused, LintFailed
from licenses.model.trust import Purpose
from schema_ext.namespaces import xades
from schema_ext.signing.arithmetic import exclusive_c14n
from schema_ext.signing.seal_writer import Sealer, seal
from tests.unit.signed_documents import LICENSE_TEXT, NOW, key, sealed


def test_a_sealed_license_is_its_own_exclusive_c14n() -> None:
    document = sealed()

    assert exclusive_c14n(etree.fromstring(document)) == document


def test_the_license_stands_in_its_seal_byte_for_byte_with_the_signature_last() -> None:
    document = sealed()

    assert document.startswith(LICENSE_TEXT.removesuffix(b"</lic:license>") + b"<ds:Signature ")
    assert document.endswith(b"</ds:Signature></lic:license>")


def test_a_seal_has_one_id_and_it_is_on_the_signed_properties() -> None:
    bearers = [one.tag for one in etree.fromstring(sealed()).iter("*") if one.get("Id")]

    assert bearers == [xades("SignedProperties")]
    assert sealed().count(b" Id=") == 1


def test_the_signing_time_is_written_in_utc_to_the_second() -> None:
    oslo = timezone(timedelta(hours=2))
    at = datetime(2026, 5, 4, 12, 30, 15, 999999, tzinfo=oslo)

    document = seal(LICENSE_TEXT, key(Purpose.SEAL), at)

    assert b"<xades:SigningTime>2026-05-04T10:30:15Z</xades:SigningTime>" in document


def test_a_draft_differs_from_a_seal_in_the_signature_value_alone() -> None:
    sealer = Sealer(key(Purpose.SEAL))

    draft, final = sealer.draft(LICENSE_TEXT, NOW), sealer.seal(LICENSE_TEXT, NOW)

    start = draft.index(b"<ds:SignatureValue>")
    end = draft.index(b"</ds:SignatureValue>")
    assert len(draft) == len(final)
    assert draft[:start] == final[:start]
    assert draft[end:] == final[end:]
    assert draft[start:end] != final[start:end]


@pytest.mark.parametrize("purpose", [one for one in Purpose if one is not Purpose.SEAL])
def test_a_key_for_anything_else_does_not_seal(purpose: Purpose) -> None:
    with pytest.raises(ConfigurationRefused, match=f"A key for {purpose.value}"):
        seal(LICENSE_TEXT, key(purpose), NOW)


@pytest.mark.parametrize("text", [b"", b"<elmo></elmo>", LICENSE_TEXT + b"\n", LICENSE_TEXT[:-1]])
def test_what_does_not_end_as_a_license_is_not_sealed(text: bytes) -> None:
    with pytest.raises(LintFailed):
        seal(text, key(Purpose.SEAL), NOW)
