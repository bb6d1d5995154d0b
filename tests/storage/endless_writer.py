"""Appends decisions until it is killed, and says each one's id only after its commit.

Run by test_crashes as a process of its own: python -m tests.storage.endless_writer FILE ROUND
"""

import sys
from uuid import UUID

from licenses.storage import SqlUnitOfWork, Vault, open_engine
from tests.factories import DecisionFactory
from tests.storage.builders import message
from tests.storage.conftest import MASTER_KEY


def write_until_killed(file: str, round_number: int) -> None:
    engine = open_engine(f"sqlite:///{file}")
    number = round_number << 32
    while True:
        number += 1
        identity = UUID(int=(7 << 76) | (2 << 62) | number)
        decision = DecisionFactory.build(decision_id=identity)
        with SqlUnitOfWork(engine, Vault(MASTER_KEY)) as uow:
            uow.decisions.append(decision)
            uow.outbox.put(message(message_id=identity, decision_id=identity))
            uow.commit()
        sys.stdout.write(f"{identity}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    write_until_killed(sys.argv[1], int(sys.argv[2]))
