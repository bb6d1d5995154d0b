"""A process killed at any moment loses nothing it has said was kept, and leaves nothing half."""

import subprocess
import sys
from pathlib import Path

from licenses.model.register import LicenseKey
from licenses.storage import SqlUnitOfWork, Vault, open_engine
from tests.factories import DecisionFactory
from tests.storage.builders import AUTHORITY
from tests.storage.conftest import MASTER_KEY

ROUNDS = 5
PROJECT = Path(__file__).parents[2]


def acknowledged_before_the_kill(file: Path, round_number: int) -> list[str]:
    with subprocess.Popen(
        [sys.executable, "-m", "tests.storage.endless_writer", str(file), str(round_number)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=PROJECT,
    ) as writer:
        assert writer.stdout is not None
        first = [writer.stdout.readline() for _ in range(3 * round_number)]
        writer.kill()
        rest = writer.stdout.read()
    return [line for line in ("".join(first) + rest).split("\n") if len(line) == 36]


def test_no_acknowledged_decision_is_lost_to_a_kill(file: Path) -> None:
    acknowledged: set[str] = set()
    for round_number in range(1, ROUNDS + 1):
        acknowledged.update(acknowledged_before_the_kill(file, round_number))

        engine = open_engine(f"sqlite:///{file}")
        with SqlUnitOfWork(engine, Vault(MASTER_KEY)) as uow:
            stored = uow.decisions.of(
                LicenseKey(authority_id=AUTHORITY, license_id=DecisionFactory.build().license_id)
            )
            ids = {str(decision.decision_id) for decision in stored}
            assert acknowledged <= ids
            assert uow.decisions.verify_chain(AUTHORITY) == len(stored)
            told = {str(one.decision_id) for one in uow.outbox.waiting(100_000)}
            assert told == ids
        engine.dispose()
    assert len(acknowledged) >= ROUNDS * 3
