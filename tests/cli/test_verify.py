import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Bench, Ran, Run, seal_key, trust_file

Verify = Callable[..., tuple[Ran, dict[str, Any]]]
EXPECTED = (
    *("--expect-name", "Kari, Nordmann"),
    *("--expect-birth-date", "1985-03-14"),
    *("--territory", "NO"),
)


@pytest.fixture
def sealed(command: Run, bench: Bench) -> Path:
    """Seal the license of the bench; its trust file lies beside it."""
    trust_file(bench, seal_key(bench))
    out = bench.folder / "sealed.xml"
    assert command(*bench.issue_arguments(out)).code == 0
    return out


@pytest.fixture
def verify(command: Run, bench: Bench) -> Verify:
    """Verify a file offline by the trust file, as JSON."""

    def verified(file: Path, *more: str) -> tuple[Ran, dict[str, Any]]:
        trust = ("--trust", bench.folder / "trust.json")
        ran = command("verify", "--offline", "--json", *trust, *more, file)
        return ran, json.loads(ran.out)

    return verified


def _codes(verdict: dict[str, Any], line: str) -> list[str]:
    return [reason["code"] for reason in verdict["licenses"][0][line]["reasons"]]


def test_offline_a_good_seal_is_untouched_and_its_standing_not_established(
    verify: Verify, sealed: Path
) -> None:
    ran, verdict = verify(sealed, *EXPECTED)

    assert ran.code == 2
    assert verdict["overall"] == "not-established"
    license_ = verdict["licenses"][0]
    answers = [
        license_[line]["answer"] for line in ("content", "authority", "holder", "place", "standing")
    ]
    assert answers == ["untouched", "trusted", "same", "yes", "unknown"]
    assert _codes(verdict, "standing") == ["status-not-asked"]


def test_an_authority_that_cannot_be_reached_leaves_the_standing_unknown(
    command: Run, bench: Bench, sealed: Path
) -> None:
    ran = command("verify", "--json", "--trust", bench.folder / "trust.json", *EXPECTED, sealed)

    verdict = json.loads(ran.out)
    assert ran.code == 2
    assert _codes(verdict, "standing") == ["status-unreachable"]


def test_one_changed_letter_is_a_rejection_that_shows_nothing(
    verify: Verify, sealed: Path, bench: Bench
) -> None:
    altered = bench.folder / "altered.xml"
    altered.write_bytes(sealed.read_bytes().replace(b"Nordmann", b"Nordfrau"))

    ran, verdict = verify(altered)

    assert ran.code == 1
    assert [reason["code"] for reason in verdict["reasons"]] == ["digest-mismatch"]
    assert "Nordfrau" not in ran.out


def test_an_altered_seal_is_rejected_even_without_any_trust(
    command: Run, sealed: Path, bench: Bench
) -> None:
    altered = bench.folder / "altered.xml"
    altered.write_bytes(sealed.read_bytes().replace(b"Nordmann", b"Nordfrau"))

    ran = command("verify", "--json", altered)

    assert ran.code == 1
    assert json.loads(ran.out)["reasons"][0]["code"] == "digest-mismatch"


def test_without_trust_a_good_seal_is_not_established(command: Run, sealed: Path) -> None:
    ran = command("verify", "--json", sealed)

    assert ran.code == 2
    assert json.loads(ran.out)["reasons"][0]["code"] == "no-trust"


def test_another_person_is_not_the_one_expected(verify: Verify, sealed: Path) -> None:
    other = ("--expect-name", "Kari, Nordmann", "--expect-birth-date", "1985-03-15")
    ran, verdict = verify(sealed, *other)

    assert ran.code == 1
    assert verdict["licenses"][0]["holder"]["answer"] == "other"
    assert "1985-03-14" not in ran.out


def test_a_license_for_another_profession_establishes_nothing_here(
    verify: Verify, sealed: Path
) -> None:
    ran, verdict = verify(sealed, *EXPECTED, "--profession", "2211")

    assert ran.code == 2
    assert _codes(verdict, "place") == ["place-covered", "profession-differs"]


def test_a_norwegian_license_establishes_no_right_in_poland(verify: Verify, sealed: Path) -> None:
    ran, verdict = verify(sealed, "--territory", "PL")

    assert ran.code == 2
    assert _codes(verdict, "place") == ["place-not-covered"]


def test_in_words_the_verdict_says_band_sentence_and_five_lines(
    command: Run, bench: Bench, sealed: Path
) -> None:
    ran = command("verify", "--offline", "--trust", bench.folder / "trust.json", *EXPECTED, sealed)

    first, second, *lines = ran.out.splitlines()
    assert first.startswith("▲ NOT ESTABLISHED: whether it still stands")
    assert second.startswith("Registered nurse in Norway.")
    labels = [line.split()[0] for line in lines[:5]]
    assert labels == ["Document", "Authority", "Holder", "Place", "Standing"]


@pytest.mark.parametrize(
    ("octets", "reason"),
    [
        (b"", "unknown-document"),
        (b"a letter, not base64 at all!", "unknown-document"),
        (b"AAAA", "unknown-document"),
        (b"nonsense", "unknown-document"),
        (b"H4sIAAAAAAAC/w==", "gzip-truncated"),
        (b"<a>", "not-xml"),
        (b"<a/>", "unknown-document"),
        (b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "doctype"),
        (b"%PDF-1.7 \xe2\xe3", "unknown-document"),
    ],
)
def test_anything_else_is_rejected_by_its_reason(
    command: Run, tmp_path: Path, octets: bytes, reason: str
) -> None:
    file = tmp_path / "anything"
    file.write_bytes(octets)

    ran = command("verify", "--json", file)

    assert ran.code == 1
    assert json.loads(ran.out)["reasons"][0]["code"] == reason


@pytest.mark.parametrize(
    "option",
    [
        ("--expect-birth-date", "1985-02-30"),
        ("--expect-birth-date", "yesterday"),
        ("--expect-name", "Kari"),
        ("--territory", "Norway"),
        ("--profession", "nurse"),
    ],
)
def test_an_expectation_nobody_can_read_is_wrong_use(
    command: Run, sealed: Path, option: tuple[str, str]
) -> None:
    assert command("verify", *option, sealed).code == 64


def test_a_trust_file_needs_a_pin(command: Run, bench: Bench, sealed: Path) -> None:
    (bench.folder / "trust-root").unlink()

    ran = command("verify", "--trust", bench.folder / "trust.json", sealed)

    assert ran.code == 64
    assert "--trust-root" in ran.err


def test_a_trust_file_signed_by_somebody_else_is_refused(
    command: Run, bench: Bench, sealed: Path
) -> None:
    ran = command(
        "verify", "--trust", bench.folder / "trust.json", "--trust-root", "0" * 64, sealed
    )

    assert ran.code == 64


def test_a_missing_file_is_wrong_use(command: Run, tmp_path: Path) -> None:
    assert command("verify", tmp_path / "nowhere.xml").code == 64


def test_the_time_of_the_check_is_in_the_answer(verify: Verify, sealed: Path) -> None:
    before = datetime.now(UTC)

    _, verdict = verify(sealed)

    assert before <= datetime.fromisoformat(verdict["checkedAt"]) <= datetime.now(UTC)
