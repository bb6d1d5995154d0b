"""Append-only tables refuse changes, and whatever is changed all the same is found."""

import random
import shutil
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import Engine

from licenses.errors import Conflict
from licenses.storage import SqlUnitOfWork, Vault, open_engine
from tests.factories import DecisionFactory
from tests.storage.builders import AUTHORITY, audit_entry, new_uuid
from tests.storage.conftest import Register

DECISIONS, LICENSES = 12, 3
COLUMNS = [
    ("decision", column)
    for column in ("license_id", "seq", "decision_id", "content", "prev_hash", "hash")
] + [
    ("authority_log", column)
    for column in ("seq", "license_id", "decision_id", "decision_hash", "prev_hash", "hash")
]
HEAD_COLUMNS = [("authority_head", column) for column in ("seq", "hash", "keyed_hash")]


@pytest.fixture
def written(engine: Engine, sql: Register, file: Path) -> Path:
    licenses = [new_uuid() for _ in range(LICENSES)]
    with sql() as uow:
        for number in range(DECISIONS):
            uow.decisions.append(DecisionFactory.build(license_id=licenses[number % LICENSES]))
        uow.audit.record(audit_entry())
        uow.commit()
    engine.dispose()
    return file


def edited(original: Path, copy: Path, vault: Vault, *edits: str, **values: object) -> int:
    """Change a copy as somebody would who owns the file but not the key; verify it."""
    shutil.copy(original, copy)
    connection = sqlite3.connect(copy, isolation_level=None)
    _unprotect(connection)
    for edit in edits:
        connection.execute(edit, values)
    connection.close()
    return verified(copy, vault)


def verified(copy: Path, vault: Vault) -> int:
    engine = open_engine(f"sqlite:///{copy}")
    try:
        with SqlUnitOfWork(engine, vault, writes=False) as uow:
            return uow.decisions.verify_chain(AUTHORITY)
    finally:
        engine.dispose()


def _unprotect(connection: sqlite3.Connection) -> None:
    named = connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for (name,) in named:
        connection.execute(f"DROP TRIGGER {name}")


@pytest.mark.parametrize("table", ["decision", "authority_log", "audit"])
@pytest.mark.parametrize(
    "change",
    [
        "UPDATE {0} SET authority_id = authority_id",
        "DELETE FROM {0}",
        "INSERT OR REPLACE INTO {0} SELECT * FROM {0}",
    ],
    ids=["update", "delete", "replace"],
)
def test_an_append_only_table_refuses(
    written: Path, engine: Engine, sql: Register, table: str, change: str
) -> None:
    with engine.connect() as connection, pytest.raises(Exception, match="only grows"):
        connection.exec_driver_sql(change.format(table))

    with sql() as uow:
        assert uow.decisions.verify_chain(AUTHORITY) == DECISIONS
        assert len(uow.audit.of(AUTHORITY)) == 1


def test_an_untouched_copy_verifies(written: Path, tmp_path: Path, vault: Vault) -> None:
    assert edited(written, tmp_path / "copy.db", vault) == DECISIONS


def _other(value: object, rng: random.Random) -> object:
    """Return a value of the same type that differs in one place."""
    if isinstance(value, int):
        return value + rng.choice((-1, 1, 100))
    place = rng.randrange(len(str(value)))
    letters = str(value)
    changed = rng.choice([letter for letter in "0123456789abcdef" if letter != letters[place]])
    return letters[:place] + changed + letters[place + 1 :]


def test_a_hundred_random_edits_are_all_found(written: Path, tmp_path: Path, vault: Vault) -> None:
    rng = random.Random(2026)
    reader = sqlite3.connect(written)
    missed = []
    for number in range(100):
        table, column = rng.choice(COLUMNS + HEAD_COLUMNS)
        rows = reader.execute(f"SELECT rowid, {column} FROM {table} ORDER BY rowid").fetchall()
        row, before = rng.choice(rows)
        try:
            edited(
                written,
                tmp_path / f"{number}.db",
                vault,
                f"UPDATE OR REPLACE {table} SET {column} = :after WHERE rowid = :row",
                after=_other(before, rng),
                row=row,
            )
        except Conflict:
            continue
        missed.append((table, column, row))
    reader.close()
    assert missed == []


SLIPPED_IN = """INSERT INTO decision
    SELECT authority_id, 'another', 1, 'another', content, prev_hash, hash FROM decision LIMIT 1"""
LAST = f"(SELECT decision_id FROM authority_log WHERE seq = {DECISIONS})"


@pytest.mark.parametrize(
    "edits",
    [
        ["DELETE FROM decision WHERE seq = 2"],
        ["DELETE FROM authority_log WHERE seq = 5"],
        [
            f"DELETE FROM decision WHERE decision_id = {LAST}",
            f"DELETE FROM authority_log WHERE seq = {DECISIONS}",
        ],
        ["DELETE FROM decision", "DELETE FROM authority_log"],
        ["DELETE FROM authority_head"],
        ["DELETE FROM decision", "DELETE FROM authority_head"],
        [f"DELETE FROM authority_log WHERE seq = {DECISIONS}"],
        [
            "UPDATE authority_log SET seq = -3 WHERE seq = 3",
            "UPDATE authority_log SET seq = 3 WHERE seq = 4",
            "UPDATE authority_log SET seq = 4 WHERE seq = -3",
        ],
        ["UPDATE decision SET content = ''"],
        ["UPDATE decision SET content = CAST(content AS BLOB) WHERE seq = 1"],
        [SLIPPED_IN],
    ],
    ids=[
        "decision dropped",
        "log entry dropped",
        "end cut off",
        "everything cut off",
        "head dropped",
        "head and decisions dropped",
        "last log entry dropped",
        "log entries swapped",
        "content emptied",
        "content as bytes",
        "decision slipped in",
    ],
)
def test_a_loss_a_swap_or_an_addition_is_found(
    written: Path, tmp_path: Path, vault: Vault, edits: list[str]
) -> None:
    with pytest.raises(Conflict, match="does not fit"):
        edited(written, tmp_path / "copy.db", vault, *edits)


def test_the_first_decision_that_does_not_fit_is_named(
    written: Path, tmp_path: Path, vault: Vault
) -> None:
    connection = sqlite3.connect(written)
    (named,) = connection.execute("SELECT decision_id FROM authority_log WHERE seq = 5").fetchone()
    connection.close()

    with pytest.raises(Conflict, match=named):
        edited(
            written,
            tmp_path / "copy.db",
            vault,
            "UPDATE decision SET content = '{}' WHERE decision_id IN"
            " (SELECT decision_id FROM authority_log WHERE seq IN (5, 9))",
        )


def test_a_chain_written_anew_without_the_master_key_is_found(
    written: Path, tmp_path: Path, vault: Vault
) -> None:
    forger = Vault(b"f" * 32)
    forged = tmp_path / "forged.db"
    shutil.copy(written, forged)
    connection = sqlite3.connect(forged, isolation_level=None)
    _unprotect(connection)
    for table in ("authority_log", "decision", "authority_head"):
        connection.execute(f"DELETE FROM {table}")
    connection.close()
    engine = open_engine(f"sqlite:///{forged}")
    with SqlUnitOfWork(engine, forger) as uow:
        uow.decisions.append(DecisionFactory.build())
        uow.commit()
        assert uow.decisions.verify_chain(AUTHORITY) == 1
    engine.dispose()

    with pytest.raises(Conflict):
        verified(forged, vault)
