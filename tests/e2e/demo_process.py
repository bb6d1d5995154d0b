"""The demo as its user starts it: `license-exchange demo`, two real processes on free ports.

Its output goes to files beside the demo world, so that a test can read what stood there.
"""

import os
import random
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from api.demo.world import Ports

PATIENCE = 180.0
"""Seconds for a start on a busy machine; a healthy one needs about five."""
READY = "Ctrl-C ends it."
_BELOW_GIVEN = iter(random.sample(range(20_000, 32_000), 12_000))
"""In an order of its own in every process of tests, and none twice."""


@dataclass(frozen=True)
class Demo:
    """A demo that was started: its process, its ports, and where its output goes."""

    process: "subprocess.Popen[bytes]"
    folder: Path
    ports: Ports

    @property
    def stdout(self) -> str:
        """What it said so far."""
        return _output(self.folder, "stdout").read_text(encoding="utf-8")

    @property
    def stderr(self) -> str:
        """What it and both sites complained of so far."""
        return _output(self.folder, "stderr").read_text(encoding="utf-8")

    def until_ready(self) -> "Demo":
        """Wait until it says what to do now; where it does not, fail with its own words."""
        try:
            wait_until(lambda: READY in self.stdout or self.process.poll() is not None)
            assert READY in self.stdout, self.stderr
        except AssertionError:
            self.interrupt()
            raise
        return self

    def interrupt(self) -> int:
        """Send what Ctrl-C sends, to the process alone; return its exit code."""
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(PATIENCE)

    def interrupt_group(self) -> int:
        """Send what Ctrl-C in a terminal sends, to the whole process group."""
        os.killpg(self.process.pid, signal.SIGINT)
        return self.process.wait(PATIENCE)

    def kill(self) -> None:
        """End it at once, as a crash would."""
        self.process.kill()
        self.process.wait(PATIENCE)


def start(folder: Path, ports: Ports) -> Demo:
    """Start the demo, as the leader of a process group as a shell would make it."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "api.cli", "demo", "--folder", str(folder)]
    listening = ["--north-port", str(ports.north), "--hospital-port", str(ports.hospital)]
    with _output(folder, "stdout").open("wb") as out, _output(folder, "stderr").open("wb") as err:
        process = subprocess.Popen(
            [*command, *listening], stdout=out, stderr=err, start_new_session=True
        )
    return Demo(process, folder, ports)


def free_ports() -> Ports:
    """Return two ports nobody listens on, below those the system gives to whoever connects.

    Seconds pass until the demo takes them, and meanwhile other tests connect to their servers.
    """
    north, hospital = islice(filter(_can_be_taken, _BELOW_GIVEN), 2)
    return Ports(north, hospital)


def _can_be_taken(port: int) -> bool:
    with socket.socket() as tried:
        try:
            tried.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def is_free(port: int) -> bool:
    """Say whether nobody listens on the port."""
    with socket.socket() as tried:
        return tried.connect_ex(("127.0.0.1", port)) != 0


def wait_until(done: Callable[[], bool]) -> None:
    """Wait until something is so; fail when it never comes."""
    ends = time.monotonic() + PATIENCE
    while not done():
        assert time.monotonic() < ends, "nothing happened"
        time.sleep(0.05)


def _output(folder: Path, stream: str) -> Path:
    return folder.with_name(f"{folder.name}.{stream}")
