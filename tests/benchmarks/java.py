"""The JDK as a peer: one warmed-up process that verifies when it is asked to."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Self

from cryptography.hazmat.primitives.serialization import Encoding

from licenses.model.trust import Purpose
from tests.trust_samples import signing_key

_SOURCE = Path(__file__).with_name("VerifyRate.java")
_WARM_UP_SECONDS = "12"


class JavaVerifier:
    """A running `VerifyRate`; its slices are CPU seconds of its one working thread."""

    def __init__(self, process: subprocess.Popen[str], version: str) -> None:
        self._process = process
        self.version = version

    @classmethod
    @contextmanager
    def of(cls, sealed: bytes, signed: bytes) -> Iterator[Self | None]:
        """Start a JDK on a seal and an ELMO and warm it up; None, and a word, without a JDK."""
        java, javac = shutil.which("java"), shutil.which("javac")
        if java is None or javac is None:
            sys.stderr.write("NOT MEASURED: there is no JDK here (java and javac).\n")
            yield None
            return
        with TemporaryDirectory() as name:
            folder = Path(name)
            subprocess.run([javac, "-d", name, str(_SOURCE)], check=True)
            candidates = (
                *_files(folder, "seal", Purpose.SEAL, sealed),
                *_files(folder, "outer", Purpose.NCP, signed),
            )
            command = [java, "-XX:+UseSerialGC", "-cp", name, "VerifyRate", _WARM_UP_SECONDS]
            with subprocess.Popen(
                [*command, *candidates], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
            ) as process:
                made = cls(process, _version(java))
                if made._answer() != "ready":
                    raise AssertionError("the JDK refuses what we wrote")
                yield made

    def seal(self, seconds: float) -> float:
        """Verify the seal for so many CPU seconds; return verifications a CPU second."""
        return self._rate(0, seconds)

    def outer(self, seconds: float) -> float:
        """Verify the ELMO for so many CPU seconds; return verifications a CPU second."""
        return self._rate(1, seconds)

    def _rate(self, number: int, seconds: float) -> float:
        assert self._process.stdin is not None
        self._process.stdin.write(f"{number} {seconds}\n")
        self._process.stdin.flush()
        return float(self._answer())

    def _answer(self) -> str:
        assert self._process.stdout is not None
        return self._process.stdout.readline().strip()


def _files(folder: Path, profile: str, purpose: Purpose, document: bytes) -> tuple[str, str, str]:
    certificate, path = folder / f"{profile}.pem", folder / f"{profile}.xml"
    certificate.write_bytes(signing_key(purpose).certificate.public_bytes(Encoding.PEM))
    path.write_bytes(document)
    return profile, str(certificate), str(path)


def _version(java: str) -> str:
    told = subprocess.run([java, "-version"], capture_output=True, text=True, check=True).stderr
    return "JDK " + told.split('"')[1]
