"""What the verifier says of genuine documents, which real providers signed years ago."""

import base64
import gzip
from pathlib import Path

import pytest

from licenses.model.reasons import Reason
from schema_ext.signing.verifier import verify_outer
from tests.unit.signed_documents import NOW, assert_refused, ncp_key

CORPUS = Path(__file__).resolve().parents[2] / "../shared/elmo-corpus"


def check_refused(document: bytes, reason: Reason) -> None:
    assert_refused(lambda: verify_outer(document, ncp_key(), now=NOW), reason)


SHA1_DOCUMENTS = (
    "dk-emrex/elmo-tomcat-signed-zipped-base64.txt",
    "dk-emrex/wl.txt",
    "dk-emrex/elmo-tomcat-signed-beautified.xml",
    "elmo-schemas/example-v1.0.0.xml",
    "elmo-schemas/example-v1.2.0-rc1.xml",
    "elmo-schemas/example-v1.7.0.xml",
    "fi-emrex/elmo-1.0-example.xml",
    "emrex-gateway/sampleElmo.b64",
)


@pytest.mark.parametrize("name", SHA1_DOCUMENTS)
def test_the_sha1_signatures_of_genuine_documents_are_refused(name: str) -> None:
    check_refused(_genuine(name), Reason.SIGNATURE_ALGORITHM)


def test_a_genuine_document_from_before_elmo_1_is_no_elmo() -> None:
    check_refused(_genuine("fi-smp/elmo_vastaus_base64_gzipped.txt"), Reason.UNKNOWN_DOCUMENT)


def test_a_genuine_unsigned_document_is_unsigned() -> None:
    check_refused(_genuine("fi-ncp/my_elmo.xml"), Reason.UNSIGNED)


def _genuine(name: str) -> bytes:
    path = CORPUS / name
    if not path.is_file():
        pytest.skip(f"the corpus of genuine documents is not beside this project: {name}")
    octets = path.read_bytes()
    if path.suffix in {".txt", ".b64"}:
        octets = base64.b64decode(octets)
    return gzip.decompress(octets) if octets.startswith(b"\x1f\x8b") else octets
