"""The examples of docs/authority.md are what a running server answers.

Every block of shell in the document is run in order, in one shell, against a live server on the
loopback with a real store, real keys and a clock of its own; the block of text after it is what
came out, `...` standing for anything.
"""

import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest
import uvicorn

from api.container import Container
from api.main import create_app
from api.rate_limit import RateLimiter
from licenses.model.trust import Purpose
from licenses.storage import SqlUnitOfWork, Vault, open_engine, upgrade
from schema_ext.sealing import LicenseSealer, StatusKeys
from tests.desks import HEALTH, TOKENS, Desk
from tests.trust_samples import signing_key

DOCUMENT = Path(__file__).parents[2] / "docs" / "authority.md"
_PAIR = re.compile(r"```sh\n(.*?)```\n+```text\n(.*?)```", re.DOTALL)
_MARK = "@@@ next block"


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    """The address of a live authority with the actors of `Desk`."""
    engine = open_engine(f"sqlite:///{tmp_path / 'register.db'}")
    upgrade(engine)
    vault = Vault(bytes(range(32)))
    sealer = LicenseSealer({HEALTH: signing_key(Purpose.SEAL)})
    desk = Desk(lambda: SqlUnitOfWork(engine, vault), sealer)
    container = Container(
        office=desk.office,
        status_signer=StatusKeys({HEALTH: signing_key(Purpose.STATUS)}),
        status_limiter=RateLimiter(per_second=10, burst=10, clock=time.monotonic),
        snapshot=lambda: SqlUnitOfWork(engine, vault, writes=False),
    )
    with socket.create_server(("127.0.0.1", 0)) as listening:
        server = uvicorn.Server(uvicorn.Config(create_app(container), log_level="error"))
        thread = Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        server.should_exit = True
        thread.join()
    engine.dispose()


def examples() -> list[tuple[str, str]]:
    return [(shell, text) for shell, text in _PAIR.findall(DOCUMENT.read_text(encoding="utf-8"))]


def test_every_shell_block_says_what_comes_out() -> None:
    text = DOCUMENT.read_text(encoding="utf-8")

    assert len(examples()) == text.count("```sh\n") >= 10


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
def test_the_examples_come_out_as_the_document_says(address: str, tmp_path: Path) -> None:
    script = "\n".join(f"{shell}echo; echo '{_MARK}'" for shell, _ in examples())
    shell = {"SERVER": address, "CLERK": TOKENS["clara"], "OFFICER": TOKENS["olga"]}
    ran = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", script],
        env=shell | {"SECOND": TOKENS["otto"], "PATH": "/usr/local/bin:/usr/bin:/bin"},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    came_out = ran.stdout.split(f"{_MARK}\n")
    for (block, expected), found in zip(examples(), came_out, strict=False):
        pattern = ".*?".join(re.escape(part) for part in expected.strip().split("..."))
        assert re.fullmatch(pattern, found.strip(), re.DOTALL), (
            f"{block}\nprinted\n{found}{ran.stderr}"
        )
    assert ran.returncode == 0, ran.stderr
