"""The demo as a program: it starts, stops, keeps what it made, and says why when it cannot."""

import signal
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from api.bootstrap import open_register
from api.demo.people import PEOPLE
from api.demo.world import Ports
from api.settings import read_site
from tests.e2e.demo_process import Demo, free_ports, is_free, start, wait_until

pytestmark = pytest.mark.e2e


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    """A demo that made its world, and was stopped by Ctrl-C in its terminal."""
    running = start(tmp_path_factory.mktemp("command") / "world", free_ports()).until_ready()
    assert running.interrupt_group() == 0
    return running


@pytest.fixture
def running(made: Demo) -> Iterator[Demo]:
    """The same demo, started again."""
    again = start(made.folder, made.ports).until_ready()
    yield again
    if again.process.poll() is None:
        again.interrupt()


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


def test_it_says_what_to_do_now_and_ends_in_silence(made: Demo) -> None:
    assert made.ports.north_origin in made.stdout
    assert made.ports.hospital_origin in made.stdout
    assert [made.stdout.count(f"  {number}. ") for number in (1, 2, 3)] == [1, 1, 1]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_to_the_program_alone_stops_both_sites(running: Demo, number: int) -> None:
    running.process.send_signal(number)

    assert running.process.wait(20) == 0
    assert is_free(running.ports.north)
    assert is_free(running.ports.hospital)
    assert running.stderr == "Starting ...\nStopped.\n"


def test_a_second_run_keeps_keys_and_licenses(made: Demo) -> None:
    before = _kept(made.folder), _license_ids(made.folder)

    again = start(made.folder, made.ports).until_ready()
    assert again.interrupt() == 0

    assert (_kept(made.folder), _license_ids(made.folder)) == before
    assert len(before[1]) == 15


def test_a_first_run_that_was_killed_is_begun_anew(tmp_path: Path) -> None:
    ports, folder = free_ports(), tmp_path / "world"
    first = start(folder, ports)
    wait_until((folder / "north" / "register.db").is_file)
    first.kill()
    assert not (folder / "complete").exists()
    half_made = _kept(folder)

    second = start(folder, ports).until_ready()

    assert second.interrupt() == 0
    assert len(_license_ids(folder)) == 15
    assert not half_made.items() & _kept(folder).items()


@pytest.mark.parametrize("which", ["north", "hospital"])
def test_a_port_in_use_is_named_before_anything_is_made(tmp_path: Path, which: str) -> None:
    ports = free_ports()
    taken = getattr(ports, which)
    with socket.socket() as other:
        other.bind(("127.0.0.1", taken))
        other.listen()

        refused = start(tmp_path / "world", ports)
        code = refused.process.wait(20)

    assert code == 1
    assert f"Port {taken} is in use by another program" in refused.stderr
    assert "--north-port" in refused.stderr
    assert "Traceback" not in refused.stderr
    assert not refused.folder.exists()


def test_other_ports_than_the_world_was_made_for_are_refused_and_nothing_is_lost(
    made: Demo,
) -> None:
    before = _kept(made.folder)

    refused = start(made.folder, free_ports())

    assert refused.process.wait(20) == 64
    assert "made for the ports" in refused.stderr
    assert _kept(made.folder) == before


def test_a_folder_that_holds_something_else_is_left_alone(tmp_path: Path) -> None:
    letter = tmp_path / "world" / "network" / "letter.txt"
    letter.parent.mkdir(parents=True)
    letter.write_text("kept", encoding="utf-8")

    refused = start(tmp_path / "world", free_ports())

    assert refused.process.wait(20) == 64
    assert "holds something else" in refused.stderr
    assert letter.read_text(encoding="utf-8") == "kept"


def test_one_port_for_both_sites_is_wrong_use(tmp_path: Path) -> None:
    (port, _) = free_ports()

    refused = start(tmp_path / "world", Ports(port, port))

    assert refused.process.wait(20) == 64
