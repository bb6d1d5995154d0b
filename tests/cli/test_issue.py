import json
from pathlib import Path
from typing import Any

import pytest

from schema_ext.license_reader import content_of
from schema_ext.parsing import parse
from tests.cli.conftest import APPLICATION, Bench, Run, seal_key


@pytest.fixture
def out(bench: Bench) -> Path:
    return bench.folder / "sealed.xml"


def test_a_license_file_becomes_a_sealed_file(command: Run, bench: Bench, out: Path) -> None:
    seal_key(bench)

    ran = command(*bench.issue_arguments(out))

    assert ran.code == 0
    content = content_of(parse(out.read_bytes()))
    assert content.grant.number == "NO-100231"
    assert content.holder.current_name.full == "Kari Nordmann"
    assert content.seal_id == ran.out.strip()
    assert content.status_address == f"http://localhost:9/v1/status/{content.seal_id}"


def test_a_sealed_file_is_never_written_over(command: Run, bench: Bench, out: Path) -> None:
    seal_key(bench)
    out.write_text("somebody's", encoding="utf-8")

    ran = command(*bench.issue_arguments(out))

    assert ran.code == 64
    assert out.read_text(encoding="utf-8") == "somebody's"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"number": "#"}, "invalid-fields"),
        ({"validFrom": "2012-02-30"}, "invalid-fields"),
        ({"validUntil": "2011-01-01"}, "invalid-fields"),
        ({"colour": "red"}, "invalid-fields"),
        ({"profession": "astrologer"}, "invalid-fields"),
        ({"kind": "limited"}, "invalid-fields"),
        ({"territories": [{"area": "SE"}]}, "outside-mandate"),
    ],
)
def test_bad_input_is_refused_by_code_and_no_file_is_written(
    command: Run, bench: Bench, out: Path, change: dict[str, Any], code: str
) -> None:
    seal_key(bench)
    bench.license.write_text(json.dumps(APPLICATION | change), encoding="utf-8")

    ran = command(*bench.issue_arguments(out))

    assert ran.code == 1
    assert f"[{code}]" in ran.err
    assert "Nordmann" not in ran.err
    assert not out.exists()


def test_a_file_that_is_not_json_is_refused(command: Run, bench: Bench, out: Path) -> None:
    seal_key(bench)
    bench.license.write_text("{", encoding="utf-8")

    ran = command(*bench.issue_arguments(out))

    assert ran.code == 1
    assert "[invalid-request]" in ran.err


def test_without_a_seal_key_nothing_is_issued(command: Run, bench: Bench, out: Path) -> None:
    ran = command(*bench.issue_arguments(out))

    assert ran.code == 64
    assert not out.exists()
