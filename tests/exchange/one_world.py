"""The demo world of a test run: made once, and copied for whoever goes ways in it.

Some hundred licenses with their seals take seconds to make, and each process of a parallel run
needs them in each folder of tests. Only the copies are opened, so no test sees another's.
"""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from api.demo.world import Ports, World, make_world
from tests.exchange.sites import NOW


def copied_world(folders: pytest.TempPathFactory, name: str) -> World:
    """Return a copy of the run's demo world, as it is at NOW, in a new folder of that name."""
    copy = folders.mktemp(name) / "world"
    with locked(folders, "demo-world"):
        made = of_the_run(folders) / "demo-world"
        make_world(made, NOW, Ports())
        shutil.copytree(made, copy)
    return make_world(copy, NOW, Ports())


@contextmanager
def locked(folders: pytest.TempPathFactory, name: str) -> Iterator[None]:
    """Be the only process of this run that does what `name` says; the others wait."""
    with (of_the_run(folders) / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # ends with its file, however the process ends
        yield


def of_the_run(folders: pytest.TempPathFactory) -> Path:
    """Return the folder of this run; in a parallel run it is the one above each process's own."""
    own = folders.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
