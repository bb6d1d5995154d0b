"""What the interop tests hand to other people's verifiers, and how those are found and run."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from licenses.model.trust import ElmoVersion, Purpose
from schema_ext.elmo_writer import write_elmo
from tests.factories.elmo import elmo_content
from tests.unit.signed_documents import ELMO_TEXT, LICENSE_TEXT, key, replaced, sealed, signed

LETTERS = "Åse Þórðardóttir-O’Brien Žižková Łęcka Ćwiklińska Ñandú Ελένη Ирина ߞ 𐐷 &amp; &lt;&#xD;"
"""Letters of Europe and beyond, and the characters that C14N writes as references."""

ALL = range(3)
"""The numbers of the genuine seals."""
ELMOS = range(5)
"""The numbers of the genuine ELMO documents; the last are whole ones, one of each version."""
BOTH = range(2)
"""The numbers of the altered seals."""


def genuine_elmo(number: int) -> bytes:
    """Return one of `ELMOS` signed by us."""
    texts = (
        ELMO_TEXT,
        replaced(ELMO_TEXT, "Åse", LETTERS),
        replaced(ELMO_TEXT, "<report>", '<report a="1 &#x9;&quot;" xml:lang="no">'),
        *(write_elmo(elmo_content(), version=version) for version in ElmoVersion),
    )
    return signed(texts[number])


def genuine_seal(number: int) -> bytes:
    """Return one of `ALL` licenses sealed by us."""
    texts = (
        LICENSE_TEXT,
        replaced(LICENSE_TEXT, "Åse", LETTERS),
        replaced(LICENSE_TEXT, "<lic:title>", '<lic:title a="&#xA;" xml:lang="no">'),
    )
    return sealed(texts[number])


def altered_elmo(number: int) -> bytes:
    """Return a genuine ELMO with another name written in."""
    return replaced(genuine_elmo(number), "</familyName>", "-Svensson</familyName>")


def altered_seal(number: int) -> bytes:
    """Return one of `BOTH` seals changed where only its first, or only its second reference is."""
    edits = (("Sykepleier", "Lege"), ("10:30:00Z", "10:30:01Z"))
    return replaced(sealed(), *edits[number])


def written(directory: Path, *documents: bytes) -> list[str]:
    """Write each document to a file of its own; return the paths."""
    paths = [directory / f"{number}.xml" for number in range(len(documents))]
    for path, document in zip(paths, documents, strict=True):
        path.write_bytes(document)
    return [str(path) for path in paths]


def certificate_file(directory: Path, purpose: Purpose, name: str = "first") -> str:
    """Write the certificate of a test key as PEM; return the path."""
    path = directory / f"{purpose.value}-{name}.pem"
    path.write_bytes(key(purpose, name).certificate.public_bytes(Encoding.PEM))
    return str(path)


def tool(name: str) -> str:
    """Return the path of a program; without it skip, but fail where CI promised to have it."""
    path = shutil.which(name)
    if path is None:
        reason = f"{name} is not installed on this machine"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    return path


def run(*command: str) -> subprocess.CompletedProcess[str]:
    """Run a program to its end, whatever it says."""
    # A program may quote what was no text in the first place.
    return subprocess.run(
        command, capture_output=True, text=True, errors="replace", timeout=60, check=False
    )
