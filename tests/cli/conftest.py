"""An authority that keeps its keys in a folder, the trust file that lists it, and the commands."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import pytest

from api.authority_file import AuthorityFile
from api.cli.main import run
from api.demo.authorities import NORWAY
from licenses.model.trust import Purpose, TrustedAuthority, TrustedKey
from schema_ext.discovery.trust_file import write_trust
from schema_ext.discovery.trust_form import TrustContent
from schema_ext.signing.key_files import KeyStore
from schema_ext.signing.keys import published

PASSPHRASE = "correct horse battery staple"
APPLICATION = {
    "number": "NO-100231",
    "profession": "nurse",
    "kind": "full",
    "territories": [{"area": "NO"}],
    "validFrom": "2012-06-15",
    "recognition": "national-training",
    "firstIssued": "2012-06-15",
    "holder": {
        "names": [{"given": "Kari", "family": "Nordmann"}],
        "birthDate": "1985-03-14",
        "identifiers": [],
    },
}


class Ran(NamedTuple):
    """What a command said, and its exit code."""

    code: int
    out: str
    err: str


Run = Callable[..., Ran]


@pytest.fixture
def command(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run `license-exchange` with these arguments."""

    def ran(*arguments: object) -> Ran:
        capsys.readouterr()
        with pytest.raises(SystemExit) as ending:
            run([str(one) for one in arguments])
        said = capsys.readouterr()
        code = ending.value.code
        return Ran(code if isinstance(code, int) else 0, said.out, said.err)

    return ran


class Bench(NamedTuple):
    """The folder of an authority: its file, its keys, and one license as JSON."""

    folder: Path
    authority: Path
    keys: Path
    passphrase: Path
    license: Path

    def issue_arguments(self, out: Path) -> tuple[object, ...]:
        """Return how the license is sealed into `out`."""
        return (
            "issue",
            self.license,
            *("--authority", self.authority),
            *("--keys", self.keys),
            *("--passphrase-file", self.passphrase),
            *("--status-address", "http://localhost:9/v1/status/"),
            *("--out", out),
        )


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    """Write the authority's files; its keys are made by the tests."""
    made = Bench(
        tmp_path,
        tmp_path / "no-health.json",
        tmp_path / "keys",
        tmp_path / "passphrase",
        tmp_path / "license.json",
    )
    file = AuthorityFile(authority=NORWAY.authority, professions=NORWAY.professions)
    made.authority.write_text(file.model_dump_json(), encoding="utf-8")
    made.license.write_text(json.dumps(APPLICATION), encoding="utf-8")
    made.passphrase.write_text(PASSPHRASE, encoding="utf-8")
    made.passphrase.chmod(0o600)
    return made


def seal_key(bench: Bench, valid_from: datetime | None = None) -> TrustedKey:
    """Make the authority's seal key, valid from yesterday, and return what is published of it."""
    now = datetime.now(UTC)
    key = KeyStore(bench.keys, PASSPHRASE).create(
        Purpose.SEAL, "Demo", valid_from or now - timedelta(days=1), now + timedelta(days=30)
    )
    return published(key)


def trust_file(bench: Bench, key: TrustedKey) -> Path:
    """Write a trust file that lists the authority with `key`, and its pin beside it."""
    now = datetime.now(UTC)
    root = KeyStore(bench.folder / "root", PASSPHRASE).create(
        Purpose.TRUST, "Network", now - timedelta(days=1), now + timedelta(days=30)
    )
    listed = TrustedAuthority(
        authority=NORWAY.authority, keys=(key,), status_address="http://localhost:9/v1/status/"
    )
    content = TrustContent(
        sequence=1, issued=now, expires=now + timedelta(days=2), authorities=(listed,), smps=()
    )
    path = bench.folder / "trust.json"
    path.write_bytes(write_trust(content, root))
    (bench.folder / "trust-root").write_text(root.kid, encoding="ascii")
    return path
