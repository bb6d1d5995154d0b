"""Our signatures under signxml, the seal as XAdES, by the schema of each first."""

import pytest
from signxml.exceptions import SignXMLException
from signxml.verifier import SignatureConfiguration, XMLVerifier
from signxml.xades.xades import XAdESSignatureConfiguration, XAdESVerifier

from licenses.model.trust import Purpose
from schema_ext.signing.verifier import verify_seal
from tests.interop.documents import (
    ALL,
    BOTH,
    ELMOS,
    altered_elmo,
    altered_seal,
    genuine_elmo,
    genuine_seal,
)
from tests.unit.signed_documents import NOW, key, trust

pytestmark = pytest.mark.interop
OUTER = SignatureConfiguration(location="./", expect_references=1, verification_time=NOW)
SEAL = XAdESSignatureConfiguration(location="./", expect_references=2, verification_time=NOW)


def verify_elmo(document: bytes, name: str = "first") -> bytes:
    certificate = key(Purpose.NCP, name).certificate
    result = XMLVerifier().verify(document, x509_cert=certificate, expect_config=OUTER)
    assert not isinstance(result, list)
    octets: bytes = result.signed_data
    return octets


def verify_xades(document: bytes, name: str = "first") -> list[bytes]:
    certificate = key(Purpose.SEAL, name).certificate
    results = XAdESVerifier().verify(document, x509_cert=certificate, expect_config=SEAL)
    return [result.signed_data for result in results]


@pytest.mark.parametrize("number", ELMOS)
def test_our_elmo_is_accepted(number: int) -> None:
    document = genuine_elmo(number)

    unsigned = document[: document.index(b"<ds:Signature ")] + b"</elmo>"

    assert verify_elmo(document) == unsigned


@pytest.mark.parametrize("number", ALL)
def test_our_seal_is_accepted_as_xades_over_the_same_octets(number: int) -> None:
    document = genuine_seal(number)

    license_octets, properties = verify_xades(document)

    assert license_octets == verify_seal(document, trust()).octets
    assert properties.startswith(b"<xades:SignedProperties ")


@pytest.mark.parametrize("number", ELMOS)
def test_an_altered_elmo_is_refused(number: int) -> None:
    document = altered_elmo(number)

    with pytest.raises(SignXMLException):
        verify_elmo(document)


@pytest.mark.parametrize("number", BOTH)
def test_an_altered_seal_is_refused(number: int) -> None:
    document = altered_seal(number)

    with pytest.raises(SignXMLException):
        verify_xades(document)


def test_another_key_is_refused() -> None:
    with pytest.raises(SignXMLException):
        verify_elmo(genuine_elmo(0), "second")
    with pytest.raises(SignXMLException):
        verify_xades(genuine_seal(0), "second")
