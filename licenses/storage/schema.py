"""Bring a database to the newest schema, from any released one, and bind it to its master key."""

from pathlib import Path

from sqlalchemy import Engine, insert, select

from licenses.errors import ConfigurationRefused
from licenses.storage.tables import VAULT_MARK
from licenses.storage.vault import Vault

_MIGRATIONS = Path(__file__).parent / "migrations"


def upgrade(engine: Engine) -> None:
    """Run the migrations the database has not seen; all of them or none are kept.

    Raises:
        Unavailable: the file is locked, or the disk does not take it.
    """
    from alembic import command
    from alembic.config import Config

    config = Config()
    # Alembic reads a percent sign as the beginning of a substitution.
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def bind_vault(engine: Engine, vault: Vault) -> None:
    """Mark the database as kept under this master key; do so before the first unit of work.

    Under another key nobody would be found by an identifier, and each would be entered again.

    Raises:
        ConfigurationRefused: the database is kept under another master key.
    """
    mark = vault.keyed_hash("mark")
    with engine.begin() as connection:
        found = connection.execute(select(VAULT_MARK.c.keyed_hash)).scalar_one_or_none()
        if found is None:
            connection.execute(insert(VAULT_MARK).values(keyed_hash=mark))
        elif found != mark:
            raise ConfigurationRefused("the database is kept under another master key")
