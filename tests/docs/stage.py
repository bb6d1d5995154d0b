"""What the examples in the documentation run on: a demo world, both its sites, and its files.

Every page gets a folder that looks like a checkout after `make run`: `.data` with the demo world,
and beside it the files the pages speak of. The addresses of the pages stand for free ports here.
"""

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple
from urllib.error import URLError
from urllib.request import urlopen

from api.bootstrap import application
from api.demo.people import KARI
from api.demo.world import Ports, World, make_world
from api.settings import read_site
from api.sites import ProviderSite
from licenses.model.exchange import Identity, Recipient
from licenses.model.register import LicenseKey
from licenses.services import answer_exchange
from schema_ext.exchange.elmo_parameter import encode_elmo
from tests.e2e.demo_process import free_ports
from tests.vectors import old_province

ROOT = Path(__file__).parents[2]
SESSION = "7d1a2f0c9b8e4d3fa1b2c3d4e5f60718"
_PATIENCE = 120.0


class Stage(NamedTuple):
    """A running demo world: its folder, its ports, and a folder of commands for the shell."""

    folder: Path
    ports: Ports
    commands: Path

    def page_folder(self, where: Path) -> None:
        """Make a folder for the examples of one page, with everything they need."""
        shutil.copytree(self.folder, where)

    def real(self, text: str) -> str:
        """Return `text` of a page with the addresses of this stage."""
        return text.replace("localhost:8001", f"localhost:{self.ports.north}").replace(
            "127.0.0.1:8002", f"127.0.0.1:{self.ports.hospital}"
        )

    def told(self, text: str) -> str:
        """Return `text` of this stage with the addresses of the pages."""
        return text.replace(f"localhost:{self.ports.north}", "localhost:8001").replace(
            f"127.0.0.1:{self.ports.hospital}", "127.0.0.1:8002"
        )

    def environment(self) -> dict[str, str]:
        """Return the environment in which `license-exchange` is a command.

        Compiled modules are kept beside the command, as an installed program has them, even where
        the tests are run without writing any.
        """
        path = f"{self.commands}{os.pathsep}{os.environ['PATH']}"
        return {
            **os.environ,
            "PATH": path,
            "PYTHONDONTWRITEBYTECODE": "",
            "PYTHONPYCACHEPREFIX": str(self.commands.with_name("compiled")),
            "PYTHONPATH": str(ROOT),
            "COLUMNS": "100",
            "TERM": "dumb",
            "NO_COLOR": "1",
        }


@contextmanager
def running_stage(folder: Path) -> Iterator[Stage]:
    """Make the demo world under `folder` and run both sites while inside."""
    folder.mkdir(exist_ok=True)
    ports = free_ports()
    pages = folder / "pages"
    world = make_world(pages / ".data", datetime.now(UTC), ports)
    _write_files(pages, world, ports)
    stage = Stage(pages, ports, _commands(folder / "bin"))
    sites = [_start(site, stage) for site in world]
    try:
        for origin in (ports.north_origin, ports.hospital_origin):
            _wait_for(origin)
        yield stage
    finally:
        for site in sites:
            site.terminate()
        for site in sites:
            site.wait(timeout=_PATIENCE)


def _commands(folder: Path) -> Path:
    folder.mkdir()
    command = folder / "license-exchange"
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m api.cli "$@"\n', encoding="utf-8")
    command.chmod(0o755)
    return folder


def _start(site: Path, stage: Stage) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-m", "api.cli", "serve", str(site)]
    return subprocess.Popen(command, cwd=ROOT, env=stage.environment())


def _wait_for(origin: str) -> None:
    ends = time.monotonic() + _PATIENCE
    while time.monotonic() < ends:
        try:
            with urlopen(f"{origin}/health", timeout=2):
                return
        except (URLError, OSError):
            time.sleep(0.1)
    raise TimeoutError(origin)


def _write_files(folder: Path, world: World, ports: Ports) -> None:
    """Write what the pages speak of: what an employer received, and a license on its own."""
    provider: ProviderSite = application(read_site(world.north)).state.provider
    document = _sent_by_kari(provider, ports)
    (folder / "received-elmo.txt").write_text(encode_elmo(document), encoding="ascii")
    (folder / "received-elmo.xml").write_bytes(document)
    (folder / "license.xml").write_bytes(_sealed(provider))
    altered = document.replace(b"Registered nurse", b"Registered chief")
    assert altered != document
    (folder / "altered-elmo.xml").write_bytes(altered)
    shutil.copyfile(old_province.DOCUMENT, folder / "old-elmo.txt")
    (folder / "legacy.toml").write_text(_record_of_today(), encoding="utf-8")


def _record_of_today() -> str:
    """Return the record of the pages, in force now: each record ends some day."""
    record = old_province.RECORD.read_text(encoding="utf-8")
    this_year = datetime.now(UTC).year
    return re.sub(
        r"^(recorded_at|valid_until) = \d{4}",
        lambda found: (
            f"{found[1]} = {this_year - 1 if found[1] == 'recorded_at' else this_year + 1}"
        ),
        record,
        flags=re.MULTILINE,
    )


def _sent_by_kari(provider: ProviderSite, ports: Ports) -> bytes:
    entry, smp = provider.entries["no"], provider.trust.smps()[0]
    recipient = Recipient(
        name=smp.name,
        country=smp.country,
        purpose=smp.purpose,
        origin=ports.hospital_origin,
        return_url=f"{ports.hospital_origin}/smp/return",
    )
    identity = Identity(
        subject=KARI.key, person=KARI.person, identifiers=KARI.identifiers, level="demo"
    )
    desk = provider.desk
    asked = answer_exchange.begin(desk, entry, recipient, SESSION).exchange
    known = answer_exchange.identify(desk, entry, asked, identity)
    ticked = [
        str(offer.record.key.license_id) for offer in answer_exchange.offers(desk, entry, known)
    ]
    chosen = answer_exchange.choose(desk, entry, known, ticked)
    document = answer_exchange.send(desk, entry, chosen).document
    assert document is not None
    return document


def _sealed(provider: ProviderSite) -> bytes:
    """Return the seal of Kari's license as the authority keeps it."""
    authority_id = provider.entries["no"].authority_ids[0]
    with provider.desk.unit_of_work() as uow:
        holder = uow.holders.find(authority_id, KARI.identifiers[0])
        assert holder is not None
        record = uow.licenses.of_holder(authority_id, holder.holder_id)[0]
        key = LicenseKey(authority_id=authority_id, license_id=record.key.license_id)
        return uow.seals.newest(key).document
