"""One connection for one unit of work: who may write when, and what a refused row means.

SQLite takes one writer a file. Its own waiting polls and is unfair, so threads of this process
queue at a lock before the database is asked; other processes wait inside SQLite. The lock is
held from a unit's first statement to its commit or end, never while nothing is open.

A full or failing disk makes SQLite end the transaction by itself; a further statement would
then be kept alone. So a session that was once told Unavailable answers nothing else any more.
"""

import sqlite3
from collections.abc import Iterator
from threading import Lock
from typing import Any

from sqlalchemy import CursorResult, Delete, Engine, Insert, RowMapping, Select, Update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from licenses.errors import Unavailable
from licenses.storage.vault import Vault

WAIT_SECONDS = 15.0
"""How long a thread queues for the writer's place before it is told to come again."""

_TAKEN = (sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY, sqlite3.SQLITE_CONSTRAINT_UNIQUE)

Query = Select[*tuple[Any, ...]]
Change = Insert | Update | Delete


class Session:
    """Statements of one unit of work, in one transaction at a time.

    `writes=False` reads a snapshot and waits for nobody; changing anything is then a mistake of
    the program and raises RuntimeError.
    """

    def __init__(self, engine: Engine, vault: Vault, *, writes: bool) -> None:
        self.vault = vault
        self._writes = writes
        self._writer: Lock = engine.get_execution_options()["writer"]
        self._holds_writer = False
        self._scrub = False
        self._failed = False
        try:
            self._connection = engine.connect().execution_options(read_only=not writes)
        except PoolTimeout:
            raise Unavailable("too many units of work are open; try again") from None

    def rows(self, statement: Query) -> list[RowMapping]:
        """Return all rows the statement finds."""
        return list(self._execute(statement).mappings())

    def each(self, statement: Query) -> Iterator[RowMapping]:
        """Yield the rows the statement finds one by one, however many there are.

        Nothing else may be asked of this session until the last one was taken.
        """
        yield from self._execute(statement).mappings()

    def first(self, statement: Query) -> RowMapping | None:
        """Return the first row the statement finds, or None."""
        return self._execute(statement).mappings().first()

    def change(self, statement: Change) -> int:
        """Execute an insert, update or delete and return how many rows it changed."""
        if not self._writes:
            raise RuntimeError("this unit of work was opened for reading only")
        return self._execute(statement).rowcount

    def attempt(self, statement: Change) -> int | None:
        """Do as `change` does, but return None where a unique key refuses the row.

        SQLite undoes the refused statement alone and the unit of work goes on; a database that
        ends the transaction over it would need a savepoint here.
        """
        try:
            return self.change(statement)
        except IntegrityError as error:
            if getattr(error.orig, "sqlite_errorcode", None) in _TAKEN:
                return None
            raise

    def scrub(self) -> None:
        """After the next commit, overwrite what old pages of the log still hold of this unit."""
        self._scrub = True

    def commit(self) -> None:
        """Keep what was done, durably; the next statement begins a new transaction."""
        self._refuse_after_failure()
        try:
            self._connection.commit()
        except Unavailable:
            self._failed = True
            raise
        if self._scrub:
            self._checkpoint()
        self._release()

    def close(self) -> None:
        """Forget what was not committed."""
        try:
            self._connection.close()
        finally:
            self._release()

    def _execute(self, statement: Query | Change) -> CursorResult[*tuple[Any, ...]]:
        self._refuse_after_failure()
        self._take_writers_place()
        try:
            return self._connection.execute(statement)
        except Unavailable:
            self._failed = True
            raise

    def _refuse_after_failure(self) -> None:
        if self._failed:
            raise Unavailable("the database did not answer; begin again")

    def _take_writers_place(self) -> None:
        if self._writes and not self._holds_writer:
            if not self._writer.acquire(timeout=WAIT_SECONDS):
                raise Unavailable("the register is busy; try again")
            self._holds_writer = True

    def _checkpoint(self) -> None:
        """Move the log into the file and empty it.

        A reader may hold the log back; then a later checkpoint does it, and the erased key is
        gone from every new backup all the same.
        """
        driver = self._connection.connection.driver_connection
        if isinstance(driver, sqlite3.Connection):
            driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        self._scrub = False

    def _release(self) -> None:
        if self._holds_writer:
            self._holds_writer = False
            self._writer.release()
