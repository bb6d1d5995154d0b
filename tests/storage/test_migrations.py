"""The migrations make the tables the code expects, once, and silently."""

import logging
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, inspect

from licenses.storage import open_engine, upgrade
from licenses.storage.tables import METADATA
from tests.factories import AuthorityFactory
from tests.storage.conftest import Register

# Small, or not of one authority: who listens to a register, and the two ends of an exchange.
_NOT_BY_AUTHORITY = {"alembic_version", "exchange", "reception", "document_seen", "vault_mark"}


def test_the_migrated_schema_is_the_one_the_code_states(engine: Engine) -> None:
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), METADATA) == []


def test_upgrading_again_changes_nothing(engine: Engine, sql: Register) -> None:
    authority = AuthorityFactory.build()
    with sql() as uow:
        uow.authorities.put(authority)
        uow.commit()

    upgrade(engine)

    with sql() as uow:
        assert uow.authorities.all() == (authority,)


def test_an_upgrade_that_fails_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = open_engine(f"sqlite:///{tmp_path / 'register.db'}")
    monkeypatch.setattr("alembic.op.create_index", lambda *_, **__: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        upgrade(engine)
    monkeypatch.undo()
    assert inspect(engine).get_table_names() == []

    upgrade(engine)
    assert "decision" in inspect(engine).get_table_names()
    engine.dispose()


def test_an_upgrade_leaves_logging_alone(tmp_path: Path) -> None:
    root = logging.getLogger()
    before = (root.level, list(root.handlers), root.manager.disable)

    engine = open_engine(f"sqlite:///{tmp_path / 'register.db'}")
    upgrade(engine)
    engine.dispose()

    assert (root.level, list(root.handlers), root.manager.disable) == before
    assert not logging.getLogger("licenses").disabled


def test_every_table_of_an_authority_leads_with_it(engine: Engine) -> None:
    inspector = inspect(engine)
    leading = {
        name: inspector.get_pk_constraint(name)["constrained_columns"][0]
        for name in inspector.get_table_names()
        if name not in _NOT_BY_AUTHORITY
    }

    assert set(leading.values()) == {"authority_id"}
