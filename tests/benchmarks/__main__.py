"""`make bench`: print the ratios, and keep them with the machine's facts in docs/performance.md.

Source of the goals: each is a ratio inside one run; see docs/performance.md for what it means.
"""

import json
import platform
import sys
from datetime import UTC, datetime, timedelta
from importlib.metadata import version
from pathlib import Path

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from signxml.verifier import XMLVerifier

from licenses.model.standing import Because, Level
from licenses.model.trust import Purpose
from schema_ext.elmo_writer import write_elmo
from schema_ext.license_xml import write_license
from schema_ext.lint import lint
from schema_ext.signing.certificates import self_signed
from schema_ext.signing.keys import InMemoryKey, published
from schema_ext.signing.outer_writer import ElmoSigner
from schema_ext.signing.seal_writer import Sealer
from schema_ext.signing.verifier import verify_outer
from tests.benchmarks.rounds import rates
from tests.factories import SealContentFactory
from tests.factories.elmo import elmo_content, exported

NOW = datetime.now(UTC)
PAGE = Path("docs/performance.md")
_BEGIN, _END = "<!-- figures -->", "<!-- end of figures -->"


def main() -> None:
    """Measure, print, and write the page."""
    figures = {"seal": _seal(), "elmo": _elmo()}
    sys.stdout.write(json.dumps(figures, indent=2) + "\n")
    _write(figures)


def _seal() -> dict[str, float]:
    """Build and seal one license, beside one raw P-256 signature; lint is told apart."""
    private = ec.generate_private_key(ec.SECP256R1())
    writer = Sealer(_key(private, Purpose.SEAL))
    content = SealContentFactory.build()
    octets = write_license(content)
    draft = writer.draft(octets, NOW)
    seen = rates(
        {
            "raw": lambda: private.sign(octets, ec.ECDSA(hashes.SHA256())),
            "build and seal": lambda: writer.seal(write_license(content), NOW),
            "lint": lambda: lint(draft, issued_at=NOW),
        }
    )
    return {
        "raw P-256 signatures a CPU second": round(seen["raw"]),
        "build and seal / raw": round(seen["build and seal"] / seen["raw"], 3),
        "lint / raw": round(seen["lint"] / seen["raw"], 3),
    }


def _elmo() -> dict[str, float]:
    """Sign and verify a small ELMO, beside raw RSA and signxml."""
    private = rsa.generate_private_key(public_exponent=65537, key_size=3072)
    key = _key(private, Purpose.NCP)
    signer, trusted = ElmoSigner(key), published(key)
    canonical = write_elmo(elmo_content(exported(Level.FULL, Because.IN_FORCE)))
    signed = signer.sign(canonical)
    certificate = key.certificate
    seen = rates(
        {
            "raw": lambda: private.sign(canonical, padding.PKCS1v15(), hashes.SHA256()),
            "sign": lambda: signer.sign(canonical),
            "verify": lambda: verify_outer(signed, trusted, now=NOW),
            "signxml": lambda: XMLVerifier().verify(signed, x509_cert=certificate),
        }
    )
    return {
        "document, bytes": len(signed),
        "sign / raw RSA-3072": round(seen["sign"] / seen["raw"], 3),
        "verify / signxml": round(seen["verify"] / seen["signxml"], 2),
    }


def _key(private: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey, purpose: Purpose) -> InMemoryKey:
    until = NOW + timedelta(days=30)
    certificate = self_signed(private, purpose, "Benchmark", NOW - timedelta(days=1), until)
    return InMemoryKey(private, certificate, purpose)


def _write(figures: dict[str, dict[str, float]]) -> None:
    text = PAGE.read_text(encoding="utf-8")
    before, after = text.split(_BEGIN)[0], text.split(_END)[1]
    rows = [f"| {name} | {value} |" for part in figures.values() for name, value in part.items()]
    table = "\n".join(("| figure | value |", "| --- | --- |", *rows))
    PAGE.write_text(f"{before}{_BEGIN}\n{_machine()}\n\n{table}\n{_END}{after}", encoding="utf-8")


def _machine() -> str:
    packages = ", ".join(f"{name} {version(name)}" for name in ("cryptography", "lxml", "signxml"))
    python = f"Python {platform.python_version()}"
    return f"Last run {NOW:%Y-%m-%d}: {platform.machine()}, {python}, {packages}."


main()
