"""Our signatures under xmlsec1, with the flags that keep it from trusting the document."""

from pathlib import Path

import pytest

from licenses.model.trust import Purpose
from tests.interop.documents import (
    ALL,
    BOTH,
    ELMOS,
    altered_elmo,
    altered_seal,
    certificate_file,
    genuine_elmo,
    genuine_seal,
    run,
    tool,
    written,
)

pytestmark = pytest.mark.interop
# Without key-name, xmlsec1 takes the key from the document itself (security.md A11).
FLAGS = ("--verify", "--enabled-key-data", "key-name", "--enabled-reference-uris")
SEAL_ID = ("--id-attr:Id", "http://uri.etsi.org/01903/v1.3.2#:SignedProperties")


def accepts(directory: Path, document: bytes, purpose: Purpose, name: str = "first") -> bool:
    """Say whether xmlsec1 accepts the document under the certificate of a test key."""
    seal = purpose is Purpose.SEAL
    references = "empty,same-doc" if seal else "empty"
    (path,) = written(directory, document)
    certificate = certificate_file(directory, purpose, name)
    done = run(
        *(tool("xmlsec1"), *FLAGS, references, "--pubkey-cert-pem", certificate),
        *(SEAL_ID if seal else ()),
        path,
    )
    return done.returncode == 0


@pytest.mark.parametrize("number", ELMOS)
def test_our_elmo_is_accepted(tmp_path: Path, number: int) -> None:
    document = genuine_elmo(number)

    assert accepts(tmp_path, document, Purpose.NCP)


@pytest.mark.parametrize("number", ALL)
def test_our_seal_is_accepted(tmp_path: Path, number: int) -> None:
    document = genuine_seal(number)

    assert accepts(tmp_path, document, Purpose.SEAL)


@pytest.mark.parametrize("number", ELMOS)
def test_an_altered_elmo_is_refused(tmp_path: Path, number: int) -> None:
    document = altered_elmo(number)

    assert not accepts(tmp_path, document, Purpose.NCP)


@pytest.mark.parametrize("number", BOTH)
def test_an_altered_seal_is_refused(tmp_path: Path, number: int) -> None:
    document = altered_seal(number)

    assert not accepts(tmp_path, document, Purpose.SEAL)


def test_another_key_is_refused(tmp_path: Path) -> None:
    assert not accepts(tmp_path, genuine_elmo(0), Purpose.NCP, "second")
    assert not accepts(tmp_path, genuine_seal(0), Purpose.SEAL, "second")
