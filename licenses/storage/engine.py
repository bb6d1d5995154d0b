"""Open the database file so that a commit, once acknowledged, survives the death of the process.

SQLite in WAL with synchronous=FULL, checked on every connection (R-B3), and a file only its
owner can read. Says what a database that does not answer means to the rest of the program. What
stands in the file is `tables`; who may write when is `session`.

Source: SQLAlchemy, "Serializable isolation / Savepoints / Transactional DDL" of the SQLite
dialect: the driver's own transaction control is off, and BEGIN is sent from an event.
"""

import os
import sqlite3
import stat
from pathlib import Path
from threading import Lock

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, ExceptionContext, make_url
from sqlalchemy.exc import ArgumentError, DatabaseError, OperationalError
from sqlalchemy.pool import ConnectionPoolEntry

from licenses.errors import ConfigurationRefused, Unavailable

BUSY_SECONDS = 5.0
"""How long a connection waits for another process that writes to the file."""

_PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA secure_delete=ON",  # what is erased is overwritten, not only unlinked
    "PRAGMA recursive_triggers=ON",  # so that INSERT OR REPLACE meets the append-only triggers
)
_REQUIRED = (
    ("journal_mode", "wal", "keep a write-ahead log"),
    ("synchronous", 2, "write through to the disk"),
    ("foreign_keys", 1, "keep references intact"),
    ("secure_delete", 1, "overwrite what is erased"),
)
_THREADS = 64


def open_engine(url: str, *, busy_seconds: float = BUSY_SECONDS) -> Engine:
    """Return an engine on a SQLite file, made with mode 0600 if it does not exist.

    Args:
        url: `sqlite:///relative/path` or `sqlite:////absolute/path`.
        busy_seconds: how long to wait for another process that holds the file.

    Raises:
        ConfigurationRefused: not such a URL, others may read the file, it cannot be made, or it
            cannot be written durably.
        Unavailable: the file is locked now.
    """
    parsed = _sqlite_url(url)
    _make_private(Path(str(parsed.database)))
    engine = create_engine(
        parsed,
        hide_parameters=True,
        pool_size=_THREADS,
        connect_args={"timeout": busy_seconds, "isolation_level": None},
        execution_options={"writer": Lock()},
    )
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    event.listen(engine, "handle_error", _translate)
    try:
        engine.connect().close()
    except DatabaseError as error:
        engine.dispose()
        raise ConfigurationRefused("the database file is not a database") from error
    return engine


def require_durable(connection: sqlite3.Connection) -> None:
    """Raise ConfigurationRefused unless commits on `connection` are durable and checked."""
    for pragma, required, means in _REQUIRED:
        (found,) = connection.execute(f"PRAGMA {pragma}").fetchone()
        if found != required:
            raise ConfigurationRefused(
                f"the database does not {means}: {pragma} is {found}, not {required}"
            )


def _sqlite_url(url: str) -> URL:
    try:
        parsed = make_url(url)
    except ArgumentError:
        raise ConfigurationRefused("the database URL cannot be read") from None
    if parsed.get_backend_name() != "sqlite" or parsed.query:
        raise ConfigurationRefused("the database URL must be sqlite:/// and the path of a file")
    if parsed.database in (None, "", ":memory:") or str(parsed.database).startswith("file:"):
        raise ConfigurationRefused("the database must be a file, or nothing would be kept")
    return parsed


def _make_private(path: Path) -> None:
    """Make the file readable by its owner alone; the log files SQLite adds inherit the mode."""
    try:
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600))
        mode = stat.S_IMODE(path.stat().st_mode)
    except OSError as error:
        raise ConfigurationRefused(
            f"the database file cannot be opened: {error.strerror}"
        ) from error
    if mode & 0o077:
        raise ConfigurationRefused("the database file must be readable by its owner only (0600)")


def _prepare(connection: sqlite3.Connection, _entry: ConnectionPoolEntry) -> None:
    try:
        for pragma in _PRAGMAS:
            connection.execute(pragma)
        require_durable(connection)
    except (ConfigurationRefused, sqlite3.Error):
        connection.close()
        raise


def _begin(connection: Connection) -> None:
    """Take the write lock before the first read, so that no read is overtaken before its write."""
    read_only = connection.get_execution_options().get("read_only", False)
    connection.exec_driver_sql("BEGIN" if read_only else "BEGIN IMMEDIATE")


def _translate(context: ExceptionContext) -> Unavailable | None:
    """Answer Unavailable for locked, full, read-only and failing disks; errors in SQL stay."""
    if not isinstance(context.sqlalchemy_exception, OperationalError):
        return None
    code = getattr(context.original_exception, "sqlite_errorcode", sqlite3.SQLITE_ERROR)
    if code == sqlite3.SQLITE_ERROR:
        return None
    return Unavailable("the database does not answer now; nothing was changed")
