"""The database file: durable, private, and plain about it when it cannot be."""

import os
import sqlite3
import stat
from pathlib import Path

import pytest
from sqlalchemy import Engine, event, text

from licenses.errors import ConfigurationRefused, Unavailable
from licenses.ports import UnitOfWork
from licenses.storage import SqlUnitOfWork, Vault, open_engine, upgrade
from licenses.storage.engine import require_durable
from tests.factories import AuthorityFactory, DecisionFactory
from tests.storage.builders import AUTHORITY, audit_entry
from tests.storage.conftest import Register


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_every_connection_is_durable(engine: Engine) -> None:
    with engine.connect() as one, engine.connect() as other:
        for connection in (one, other):
            driver = connection.connection.driver_connection
            assert isinstance(driver, sqlite3.Connection)
            assert driver.execute("PRAGMA journal_mode").fetchone() == ("wal",)
            assert driver.execute("PRAGMA synchronous").fetchone() == (2,)
            assert driver.execute("PRAGMA foreign_keys").fetchone() == (1,)


@pytest.mark.parametrize(
    "weakened",
    [
        "PRAGMA synchronous=NORMAL",
        "PRAGMA journal_mode=DELETE",
        "PRAGMA foreign_keys=OFF",
        "PRAGMA secure_delete=OFF",
    ],
)
def test_a_connection_that_is_not_durable_is_refused(tmp_path: Path, weakened: str) -> None:
    connection = sqlite3.connect(tmp_path / "plain.db", isolation_level=None)
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
        connection.execute(f"PRAGMA {pragma}")
    require_durable(connection)
    connection.execute(weakened)

    with pytest.raises(ConfigurationRefused):
        require_durable(connection)
    connection.close()


@pytest.mark.parametrize(
    "url",
    [
        "",
        "not a url",
        "sqlite://",
        "sqlite:///:memory:",
        "sqlite:///file:register.db?uri=true",
        "sqlite:///register.db?mode=memory",
        "postgresql://localhost/register",
        "sqlite:////no/such/folder/register.db",
    ],
)
def test_a_url_nothing_could_be_kept_at_is_refused(url: str) -> None:
    with pytest.raises(ConfigurationRefused):
        open_engine(url)


def test_a_new_file_and_its_logs_are_readable_by_the_owner_alone(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        engine = open_engine(f"sqlite:///{tmp_path / 'register.db'}")
        upgrade(engine)
    finally:
        os.umask(before)

    assert {path.name: mode(path) for path in tmp_path.iterdir()} == {
        "register.db": 0o600,
        "register.db-wal": 0o600,
        "register.db-shm": 0o600,
    }
    engine.dispose()


@pytest.mark.parametrize("loose", [0o640, 0o604, 0o660, 0o622])
def test_a_file_others_may_touch_is_refused(file: Path, loose: int) -> None:
    file.chmod(loose)

    with pytest.raises(ConfigurationRefused, match="0600"):
        open_engine(f"sqlite:///{file}")


def test_a_file_another_process_holds_is_unavailable(file: Path, vault: Vault) -> None:
    engine = open_engine(f"sqlite:///{file}", busy_seconds=0.05)
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    with SqlUnitOfWork(engine, vault) as uow, pytest.raises(Unavailable):
        uow.authorities.put(AuthorityFactory.build())

    other.execute("ROLLBACK")
    other.close()
    with SqlUnitOfWork(engine, vault) as uow:
        uow.authorities.put(AuthorityFactory.build())
        uow.commit()
    engine.dispose()


def test_a_file_that_is_locked_at_the_start_is_unavailable(tmp_path: Path) -> None:
    path = tmp_path / "register.db"
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    path.chmod(0o600)

    with pytest.raises(Unavailable):
        open_engine(f"sqlite:///{path}", busy_seconds=0.05)

    other.close()
    open_engine(f"sqlite:///{path}").dispose()


def test_a_file_that_is_no_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    path.write_bytes(b"Dear register, " * 100)
    path.chmod(0o600)

    with pytest.raises(ConfigurationRefused):
        open_engine(f"sqlite:///{path}")

    assert path.read_bytes() == b"Dear register, " * 100


def fill(uow: UnitOfWork) -> None:
    for _ in range(500):
        uow.decisions.append(DecisionFactory.build())
    uow.commit()


def test_a_full_disk_is_unavailable_and_nothing_is_half_written(
    engine: Engine, sql: Register
) -> None:
    with sql() as uow:
        uow.decisions.append(DecisionFactory.build())
        uow.commit()
    engine.dispose()

    def shrink(connection: sqlite3.Connection, _entry: object) -> None:
        (pages,) = connection.execute("PRAGMA page_count").fetchone()
        connection.execute(f"PRAGMA max_page_count={pages + 20}")

    event.listen(engine, "connect", shrink)
    with sql() as uow, pytest.raises(Unavailable):
        fill(uow)
    event.remove(engine, "connect", shrink)
    engine.dispose()

    with sql() as uow:
        assert uow.decisions.verify_chain(AUTHORITY) == 1
        uow.decisions.append(DecisionFactory.build())
        uow.commit()
    with sql() as uow:
        assert uow.decisions.verify_chain(AUTHORITY) == 2


def test_a_unit_that_failed_once_keeps_nothing_afterwards(engine: Engine, sql: Register) -> None:
    def shrink(connection: sqlite3.Connection, _entry: object) -> None:
        (pages,) = connection.execute("PRAGMA page_count").fetchone()
        connection.execute(f"PRAGMA max_page_count={pages + 20}")

    engine.dispose()
    event.listen(engine, "connect", shrink)
    with sql() as uow:
        with pytest.raises(Unavailable):
            fill(uow)
        with pytest.raises(Unavailable):
            uow.audit.record(audit_entry())
        with pytest.raises(Unavailable):
            uow.commit()
    event.remove(engine, "connect", shrink)

    with sql() as uow:
        assert uow.audit.of(AUTHORITY) == ()
        assert uow.decisions.verify_chain(AUTHORITY) == 0


def test_a_read_only_disk_is_unavailable(engine: Engine, sql: Register) -> None:
    engine.dispose()

    def protect(connection: sqlite3.Connection, _entry: object) -> None:
        connection.execute("PRAGMA query_only=ON")

    event.listen(engine, "connect", protect)

    with sql() as uow, pytest.raises(Unavailable):
        uow.authorities.put(AuthorityFactory.build())


def test_a_mistake_in_sql_is_not_called_unavailable(engine: Engine) -> None:
    with engine.connect() as connection, pytest.raises(Exception, match="no such table") as raised:
        connection.execute(text("SELECT * FROM nowhere"))

    assert not isinstance(raised.value, Unavailable)


def test_an_error_shows_no_value_of_a_row(engine: Engine) -> None:
    with engine.connect() as connection, pytest.raises(Exception, match="no such") as raised:
        connection.execute(text("INSERT INTO nowhere VALUES (:name)"), {"name": "Haugland"})

    assert "Haugland" not in str(raised.value)


def test_after_its_commit_a_unit_keeps_no_other_waiting(sql: Register) -> None:
    first, second = AuthorityFactory.build(), AuthorityFactory.build(id="https://second.example/")
    with sql() as uow:
        uow.authorities.put(first)
        uow.commit()
        with sql() as other:
            other.authorities.put(second)
            other.commit()

        assert set(uow.authorities.all()) == {first, second}


def test_a_unit_for_reading_sees_what_was_committed(
    engine: Engine, vault: Vault, sql: Register
) -> None:
    authority = AuthorityFactory.build()
    with sql() as uow:
        uow.authorities.put(authority)
        uow.commit()

    with SqlUnitOfWork(engine, vault, writes=False) as uow:
        assert uow.authorities.get(authority.id) == authority


def test_a_unit_for_reading_changes_nothing(engine: Engine, vault: Vault) -> None:
    with (
        SqlUnitOfWork(engine, vault, writes=False) as uow,
        pytest.raises(RuntimeError, match="reading only"),
    ):
        uow.authorities.put(AuthorityFactory.build())


def test_a_unit_for_reading_waits_for_no_writer_and_sees_one_state(
    engine: Engine, vault: Vault, sql: Register
) -> None:
    before, after = AuthorityFactory.build(), AuthorityFactory.build(url="https://new.example/")
    with sql() as uow:
        uow.authorities.put(before)
        uow.commit()

    with SqlUnitOfWork(engine, vault, writes=False) as reader, sql() as writer:
        assert reader.authorities.get(before.id) == before
        writer.authorities.put(after)
        assert reader.authorities.get(before.id) == before
        writer.commit()
        assert reader.authorities.get(before.id) == before
