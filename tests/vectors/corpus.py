"""What the verifier says of every genuine document of the corpus, as a table.

The corpus lies beside the project, never in it: files of real providers and projects, each folder
with a SOURCE.md that says where they are from. `python -m tests.vectors.corpus` writes
`corpus.toml` anew: one row for each file, and for what is in it where that is base64 or gzip, with
the answers without and with the records of the partners whose certificates are known.

A row says `signature` and `schema` as in the lines of a verdict, the `overall` answer and all
reasons. As nothing is read of a document whose signature is refused, `structure` tells apart from
that which ELMO schema the document fits: 1.7, 2.0, none, or unreadable.
"""

import base64
import binascii
import gzip
import json
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from licenses.errors import DocumentRejected
from licenses.model.trust import LegacyMethod, LegacyPartner, Purpose, TrustedKey
from licenses.model.verdict import Circumstances, DocumentVerdict
from schema_ext.documents import Surroundings, Verifier
from schema_ext.namespaces import DS, ELMO
from schema_ext.parsing import parse
from schema_ext.signing.keys import kid_of
from schema_ext.validation import elmo_faults

CORPUS = Path(__file__).resolve().parents[2] / "../shared/elmo-corpus"
TABLE = Path(__file__).parent / "corpus.toml"
BEFORE_1_0 = "http://purl.org/net/elmo"
NOW = datetime(2026, 5, 4, 10, 30, tzinfo=UTC)
_HEAD = """# What the verifier says of every document of the corpus, without and with records about
# its partners. Made by `python -m tests.vectors.corpus`; every change of a row needs a reason.
"""

Row = dict[str, Any]


class Found(NamedTuple):
    """One document of the corpus in one form: as it lies, or what is packed in it."""

    path: str
    form: str
    octets: bytes


def found() -> Iterator[Found]:
    """Yield every document of the corpus in each of its forms, sorted by path."""
    for path in sorted(CORPUS.rglob("*")):
        if path.is_file() and path.name != "SOURCE.md":
            name = path.relative_to(CORPUS).as_posix()
            yield from (Found(name, form, octets) for form, octets in _forms(path.read_bytes()))


def _forms(octets: bytes) -> Iterator[tuple[str, bytes]]:
    yield "as it lies", octets
    try:
        decoded = base64.b64decode(b"".join(octets.split()), validate=True)
    except binascii.Error:
        return
    yield "out of base64", decoded
    try:
        yield "out of gzip", gzip.decompress(decoded)
    except (OSError, EOFError, zlib.error):
        return


def partners() -> tuple[LegacyPartner, ...]:
    """Return a record about each partner of the corpus whose certificate is known."""
    in_file = (
        ("DK-EMREX, test", "dk-emrex/dk-emrex-test.crt", datetime(2017, 6, 1, tzinfo=UTC)),
        ("CSC, Finland", "fi-smp/csc-cert.crt", datetime(2015, 10, 1, tzinfo=UTC)),
        ("UiO, Norway", "emp-mockup/no-cert.crt", datetime(2015, 10, 1, tzinfo=UTC)),
    )
    records = [_record(name, _certificate(CORPUS / path), at) for name, path, at in in_file]
    sikt = _shown_in(CORPUS / "emrex-gateway/sampleElmo.b64")
    return (*records, _record("Sikt, Norway, test", sikt, sikt.not_valid_before_utc))


def record_about(
    certificate: x509.Certificate, judged_at: datetime, **fields: Any
) -> LegacyPartner:
    """Return a record in force at NOW that tolerates all a record can; `fields` replace some."""
    der = certificate.public_bytes(Encoding.DER)
    key = TrustedKey(
        kid=kid_of(der),
        purpose=Purpose.NCP,
        certificate=der,
        valid_from=certificate.not_valid_before_utc,
        valid_until=certificate.not_valid_after_utc,
    )
    stated: dict[str, Any] = {
        "name": "Partner",
        "key": key,
        "methods": tuple(LegacyMethod),
        "least_rsa_bits": 1024,
        "namespaces": (ELMO, BEFORE_1_0),
        "judged_at": judged_at,
        "recorded_at": datetime(2026, 1, 1, tzinfo=UTC),
        "valid_until": datetime(2027, 1, 1, tzinfo=UTC),
        "decided_by": "The tests",
        "why": "To read what was signed years ago",
    }
    return LegacyPartner(**stated | fields)


def _record(name: str, certificate: x509.Certificate, judged_at: datetime) -> LegacyPartner:
    return record_about(certificate, judged_at, name=name)


def _certificate(path: Path) -> x509.Certificate:
    return x509.load_pem_x509_certificate(path.read_bytes())


def _shown_in(path: Path) -> x509.Certificate:
    root = parse(base64.b64decode(path.read_bytes()))
    shown = root.findtext(f".//{{{DS}}}X509Certificate") or ""
    return x509.load_der_x509_certificate(base64.b64decode(shown))


def answers(octets: bytes, records: tuple[LegacyPartner, ...]) -> Row:
    """Return what the verifier says of a document at NOW, where a registry knows nobody."""
    surroundings = Surroundings(clock=lambda: NOW, ncps=lambda: (), legacy=records)
    verdict = Verifier(surroundings).verdict(octets, Circumstances())
    return {
        "signature": verdict.signature.answer,
        "schema": verdict.schema_line.answer,
        "overall": verdict.overall.value,
        "reasons": _reasons(verdict),
    }


def _reasons(verdict: DocumentVerdict) -> list[str]:
    lines = (*verdict.signature.reasons, *verdict.schema_line.reasons, *verdict.reasons)
    return [reason.value for reason in dict.fromkeys(lines)]


def structure(octets: bytes) -> str:
    """Return which ELMO schema a document fits: 1.7, 2.0, none, or unreadable."""
    try:
        version, _ = elmo_faults(parse(octets), None, with_licenses=False)
    except DocumentRejected:
        return "unreadable"
    return "none" if version is None else version.value


def rows() -> Iterator[Row]:
    """Yield the row of every document, as the verifier answers now."""
    records = partners()
    for one in found():
        yield {
            "path": one.path,
            "form": one.form,
            "origin": origin(one.path),
            "structure": structure(one.octets),
            "without": answers(one.octets, ()),
            "with": answers(one.octets, records),
        }


def origin(path: str) -> str:
    """Return where a file is from, as the SOURCE.md of its folder says."""
    source = (CORPUS / path).parent / "SOURCE.md"
    lines = source.read_text(encoding="utf-8").splitlines()
    line = next(line for line in lines if line.startswith("Repository: "))
    return line.removeprefix("Repository: ").partition(" Licence:")[0].rstrip(".")


def write() -> None:
    """Write the table anew."""
    tables = "\n".join(_as_toml(row) for row in rows())
    TABLE.write_text(f"{_HEAD}\n{tables}", encoding="utf-8")


def _as_toml(row: Row) -> str:
    return "[[document]]\n" + "".join(f"{name} = {_value(told)}\n" for name, told in row.items())


def _value(told: Any) -> str:
    """Return a value in TOML: texts and lists of texts are written as in JSON."""
    if isinstance(told, dict):
        inside = ", ".join(f"{name} = {_value(one)}" for name, one in told.items())
        return f"{{ {inside} }}"
    return json.dumps(told, ensure_ascii=False)


if __name__ == "__main__":
    write()
