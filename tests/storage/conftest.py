"""A register kept in memory and one kept in a file; contract tests run over both."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from licenses.ports import UnitOfWork
from licenses.storage import (
    MemoryStore,
    MemoryUnitOfWork,
    SqlUnitOfWork,
    Vault,
    open_engine,
    upgrade,
)

MASTER_KEY = bytes(range(32))

Register = Callable[[], UnitOfWork]


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated file without rows, copied by each test."""
    path = tmp_path_factory.mktemp("empty") / "register.db"
    engine = open_engine(f"sqlite:///{path}")
    upgrade(engine)
    engine.dispose()
    return path


@pytest.fixture
def file(tmp_path: Path, empty_file: Path) -> Path:
    return Path(shutil.copy(empty_file, tmp_path / "register.db"))


@pytest.fixture
def engine(file: Path) -> Iterator[Engine]:
    opened = open_engine(f"sqlite:///{file}")
    yield opened
    opened.dispose()


@pytest.fixture
def vault() -> Vault:
    return Vault(MASTER_KEY)


@pytest.fixture
def sql(engine: Engine, vault: Vault) -> Register:
    return lambda: SqlUnitOfWork(engine, vault)


@pytest.fixture(params=["memory", "sqlite"])
def register(request: pytest.FixtureRequest) -> Register:
    if request.param == "sqlite":
        found: Register = request.getfixturevalue("sql")
        return found
    store = MemoryStore()
    return lambda: MemoryUnitOfWork(store)
