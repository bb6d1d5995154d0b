"""Our signatures under the JDK, taken as real EMREX clients take them: the first found."""

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
SOURCE = Path(__file__).with_name("VerifyFirst.java")


@pytest.fixture(scope="module")
def classes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Compile the class once."""
    directory = tmp_path_factory.mktemp("classes")
    done = run(tool("javac"), "-Xlint:all", "-Werror", "-d", str(directory), str(SOURCE))
    assert done.returncode == 0, done.stderr
    return directory


def answers(
    classes: Path, directory: Path, purpose: Purpose, *documents: bytes, name: str = "first"
) -> list[str]:
    """Return `valid` or `invalid` for each document."""
    profile = "seal" if purpose is Purpose.SEAL else "outer"
    certificate = certificate_file(directory, purpose, name)
    paths = written(directory, *documents)
    command = (tool("java"), "-cp", str(classes), "VerifyFirst", profile, certificate, *paths)
    done = run(*command)
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


def test_our_elmo_is_accepted_and_an_altered_one_refused(classes: Path, tmp_path: Path) -> None:
    documents = (*map(genuine_elmo, ELMOS), *map(altered_elmo, ELMOS))

    assert answers(classes, tmp_path, Purpose.NCP, *documents) == (
        ["valid"] * len(ELMOS) + ["invalid"] * len(ELMOS)
    )


def test_our_seal_is_accepted_and_an_altered_one_refused(classes: Path, tmp_path: Path) -> None:
    documents = (*map(genuine_seal, ALL), *map(altered_seal, BOTH))

    assert answers(classes, tmp_path, Purpose.SEAL, *documents) == (
        ["valid"] * len(ALL) + ["invalid"] * len(BOTH)
    )


@pytest.mark.parametrize("purpose", [Purpose.NCP, Purpose.SEAL])
def test_another_key_is_refused(classes: Path, tmp_path: Path, purpose: Purpose) -> None:
    document = genuine_elmo(0) if purpose is Purpose.NCP else genuine_seal(0)

    assert answers(classes, tmp_path, purpose, document, name="second") == ["invalid"]
