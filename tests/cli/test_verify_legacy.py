"""`verify --legacy`: an old document is legacy by its record, and refused without."""

import json
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.vectors.old_province import DOCUMENT, RECORD


@pytest.fixture
def legacy(tmp_path: Path) -> Path:
    """Write the record of the pages, in force today."""
    year = datetime.now(UTC).year
    text = re.sub(r"(recorded_at = )\d{4}", rf"\g<1>{year - 1}", RECORD.read_text("utf-8"))
    path = tmp_path / "legacy.toml"
    path.write_text(re.sub(r"(valid_until = )\d{4}", rf"\g<1>{year + 1}", text), "utf-8")
    return path


def test_without_the_record_an_old_document_is_rejected(command: Run) -> None:
    ran = command("verify", "--json", DOCUMENT)

    verdict = json.loads(ran.out)
    assert (ran.code, verdict["signature"]["answer"]) == (1, "rejected")
    assert [reason["code"] for reason in verdict["reasons"]] == ["unknown-document"]


def test_with_the_record_it_is_legacy_and_not_established(command: Run, legacy: Path) -> None:
    ran = command("verify", "--json", "--legacy", legacy, DOCUMENT)

    verdict = json.loads(ran.out)
    assert (ran.code, verdict["overall"]) == (2, "not-established")
    assert verdict["signature"]["answer"] == "legacy"
    assert verdict["signature"]["compared"][0] == "record about Old Province"
    assert verdict["schema"]["answer"] == "invalid"
    codes = {reason["code"]: reason["outcome"] for reason in verdict["reasons"]}
    assert codes == {"legacy-partner": "indeterminate", "no-license": "flag"}


def test_in_words_the_signature_line_says_legacy(command: Run, legacy: Path) -> None:
    ran = command("verify", "--legacy", legacy, DOCUMENT)

    first, *_, signature, structure = ran.out.splitlines()
    assert first == "▲ NOT ESTABLISHED: a signature by a method of today"
    assert signature.startswith("Signature  legacy: an old method")
    assert structure.startswith("Structure  not as it must be; tolerated")


def test_a_record_that_is_over_counts_for_nothing(command: Run, legacy: Path) -> None:
    over = legacy.read_text("utf-8")
    over = re.sub(r"(recorded_at = )\d{4}", r"\g<1>2019", over)
    legacy.write_text(re.sub(r"(valid_until = )\d{4}", r"\g<1>2020", over), "utf-8")

    assert command("verify", "--legacy", legacy, DOCUMENT).code == 1


@pytest.mark.parametrize("text", ["", "[[legacy]]\n", "not toml"])
def test_a_file_without_a_record_is_wrong_use(command: Run, legacy: Path, text: str) -> None:
    legacy.write_text(text, "utf-8")

    ran = command("verify", "--legacy", legacy, DOCUMENT)

    assert ran.code == 64
    assert "[configuration-refused]" in ran.err
