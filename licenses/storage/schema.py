"""Bring a database to the newest schema, from any released one."""

from pathlib import Path

from sqlalchemy import Engine

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
