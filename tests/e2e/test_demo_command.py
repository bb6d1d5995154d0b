"""The demo as a program: it starts, stops, keeps what it made, and says why when it cannot."""

import json
import shutil
import signal
import socket
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import NamedTuple

import pytest

from api.bootstrap import open_register
from api.demo.licenses import demo_licenses
from api.demo.people import PEOPLE
from api.demo.world import Ports, make_world
from api.settings import read_site
from tests.e2e.demo_process import PATIENCE, free_ports, is_free, start, wait_until
from tests.exchange.one_world import locked, of_the_run

pytestmark = pytest.mark.e2e


class Made(NamedTuple):
    """A demo world on the disk, and the ports it was made for."""

    folder: Path
    ports: Ports


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """A copy of a demo world that is made once a run, and the ports it was made for."""
    folder = tmp_path_factory.mktemp("command") / "world"
    with locked(tmp_path_factory, "command-world"):
        original = of_the_run(tmp_path_factory) / "command-world"
        if not (original / "complete").is_file():
            make_world(original, datetime.now(UTC), free_ports())
        shutil.copytree(original, folder)
    return Made(folder, Ports(*json.loads((folder / "complete").read_text(encoding="utf-8"))))


@pytest.fixture
def alone(made: Made, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Made]:
    """The same, while no other process of this run has its sites on those ports."""
    with locked(tmp_path_factory, "command-ports"):
        yield made


def _kept(folder: Path) -> dict[str, bytes]:
    """Return every key and secret, and what the sites share, by path."""
    kept = ("north/keys", "north/secrets", "hospital/secrets", "network")
    files = (path for part in kept for path in (folder / part).rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


def _license_ids(folder: Path) -> set[str]:
    register = open_register(read_site(folder / "north" / "site.toml"))
    with register.unit_of_work() as uow:
        return {
            str(record.key.license_id)
            for authority in uow.authorities.all()
            for person in PEOPLE
            for identifier in person.identifiers
            if (holder := uow.holders.find(authority.id, identifier)) is not None
            for record in uow.licenses.of_holder(authority.id, holder.holder_id)
        }


@pytest.fixture
def _heard() -> Iterator[None]:
    """Let a program hear the end of its terminal, also where the tests run without one (nohup)."""
    before = signal.signal(signal.SIGHUP, signal.SIG_DFL)
    yield
    signal.signal(signal.SIGHUP, before)


@pytest.mark.usefixtures("_heard")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGHUP])
def test_a_signal_to_the_program_alone_stops_both_sites_and_loses_nothing(
    alone: Made, number: int
) -> None:
    before = _kept(alone.folder), _license_ids(alone.folder)
    running = start(alone.folder, alone.ports).until_ready()

    running.process.send_signal(number)

    assert running.process.wait(PATIENCE) == 0
    assert is_free(alone.ports.north)
    assert is_free(alone.ports.hospital)
    assert running.stderr == "Starting ...\nStopped.\n"
    assert (_kept(alone.folder), _license_ids(alone.folder)) == before
    assert len(before[1]) == len(demo_licenses(date(2026, 1, 1)))


def test_a_first_run_that_was_killed_is_begun_anew(tmp_path: Path) -> None:
    ports, folder = free_ports(), tmp_path / "world"
    first = start(folder, ports)
    wait_until((folder / "north" / "register.db").is_file)
    first.kill()
    assert not (folder / "complete").exists()
    half_made = _kept(folder)

    second = start(folder, ports).until_ready()

    assert all(second.stdout.count(f"  {number}. ") == 1 for number in (1, 2, 3))
    assert second.interrupt_group() == 0
    assert second.stderr == "Making the demo world (once) ...\nStopped.\n"
    assert len(_license_ids(folder)) == len(demo_licenses(date(2026, 1, 1)))
    assert not half_made.items() & _kept(folder).items()


def test_a_world_of_an_earlier_version_is_kept_and_said_to_be_one(
    alone: Made, tmp_path: Path
) -> None:
    folder = tmp_path / "world"
    shutil.copytree(alone.folder, folder)
    (folder / "edition").unlink()
    before = _kept(folder)

    running = start(folder, alone.ports).until_ready()

    assert running.interrupt() == 0
    assert "was made by another version" in running.stderr
    assert f"The demo world in {folder}" in running.stderr
    assert _kept(folder) == before


@pytest.mark.parametrize("which", ["north", "hospital"])
def test_a_port_in_use_is_named_before_anything_is_made(tmp_path: Path, which: str) -> None:
    ports = free_ports()
    taken = getattr(ports, which)
    with socket.socket() as other:
        other.bind(("127.0.0.1", taken))
        other.listen()

        refused = start(tmp_path / "world", ports)
        code = refused.process.wait(PATIENCE)

    assert code == 1
    assert f"Port {taken} is in use by another program" in refused.stderr
    assert "--north-port" in refused.stderr
    assert "Traceback" not in refused.stderr
    assert not refused.folder.exists()


def test_other_ports_than_the_world_was_made_for_are_refused_and_nothing_is_lost(
    made: Made,
) -> None:
    before = _kept(made.folder)

    refused = start(made.folder, free_ports())

    assert refused.process.wait(PATIENCE) == 64
    assert "made for the ports" in refused.stderr
    assert _kept(made.folder) == before


def test_a_folder_that_holds_something_else_is_left_alone(tmp_path: Path) -> None:
    letter = tmp_path / "world" / "network" / "letter.txt"
    letter.parent.mkdir(parents=True)
    letter.write_text("kept", encoding="utf-8")

    refused = start(tmp_path / "world", free_ports())

    assert refused.process.wait(PATIENCE) == 64
    assert "holds something else" in refused.stderr
    assert letter.read_text(encoding="utf-8") == "kept"


def test_one_port_for_both_sites_is_wrong_use(tmp_path: Path) -> None:
    (port, _) = free_ports()

    refused = start(tmp_path / "world", Ports(port, port))

    assert refused.process.wait(PATIENCE) == 64
