import gc
import subprocess
import sys
from pathlib import Path

import pytest

from api.cli.main import COMMANDS
from tests.cli.conftest import Run

ROOT = Path(__file__).parents[2]
_HEAVY = {"fastapi", "uvicorn", "sqlalchemy", "alembic", "httpx", "jinja2", "typst", "lxml"}


def _in_one_line(text: str) -> str:
    return " ".join(text.replace("│", " ").split())


def test_the_list_of_commands_has_each_with_its_sentence(command: Run) -> None:
    listed = _in_one_line(command("--help").out)

    for name, one in COMMANDS.items():
        assert f"{name} {one.summary}" in listed


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_says_of_itself_what_the_list_says(command: Run, name: str) -> None:
    ran = command(name, "--help")

    assert ran.code == 0
    assert COMMANDS[name].summary in _in_one_line(ran.out)


@pytest.mark.parametrize("typed", [("nonsense",), ("nonsense", "verify"), ("verify", "--nonsense")])
def test_a_command_or_option_nobody_knows_is_wrong_use(
    command: Run, typed: tuple[str, ...]
) -> None:
    ran = command(*typed)

    assert ran.code == 64
    assert "--help" in ran.err


def test_garbage_is_collected_again_when_a_command_has_ended(command: Run) -> None:
    command("verify", "nowhere.xml")

    assert gc.isenabled()


@pytest.mark.parametrize("name", [None, *COMMANDS])
def test_no_command_reads_in_what_only_another_needs(name: str | None) -> None:
    typed = ["--help"] if name is None else [name, "--help"]
    said = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "api.cli", *typed],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    read_in = {line.rpartition("|")[2].strip() for line in said.stderr.splitlines()}

    assert "typer" in read_in
    assert not read_in & _HEAVY


def test_verify_reads_in_no_server_no_database_and_no_page(tmp_path: Path) -> None:
    file = tmp_path / "anything.xml"
    file.write_bytes(b"<a/>")
    said = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "api.cli", "verify", str(file)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    read_in = {line.rpartition("|")[2].strip() for line in said.stderr.splitlines()}

    assert said.returncode == 1
    assert "lxml" in read_in
    assert not read_in & (_HEAVY - {"lxml"})
