"""A place that cannot be written to is refused with a sentence."""

from pathlib import Path

from tests.cli.conftest import Bench, Run, seal_key


def test_a_sealed_file_that_cannot_be_written_is_wrong_use(
    command: Run, bench: Bench, tmp_path: Path
) -> None:
    seal_key(bench)
    ran = command(*bench.issue_arguments(tmp_path / "no-such-folder" / "nurse.xml"))

    assert ran.code == 64
    assert "cannot be written" in ran.err


def test_a_folder_for_keys_that_cannot_be_made_is_refused(
    command: Run, bench: Bench, tmp_path: Path
) -> None:
    (tmp_path / "a-file").write_text("", encoding="utf-8")
    arguments = ("keys", "new", "seal", "Demo", "--keys", tmp_path / "a-file" / "keys")

    ran = command(*arguments, "--passphrase-file", bench.passphrase)

    assert ran.code == 64
    assert "configuration-refused" in ran.err
