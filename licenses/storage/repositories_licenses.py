"""Licenses in SQL: by id, number and holder, and in pages."""

from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from uuid import UUID

from sqlalchemy import ColumnElement, insert, or_, select, update

from licenses.errors import Conflict, NotFound, NumberTaken, StaleVersion
from licenses.model.register import LicenseFilter, LicenseKey, LicenseRecord
from licenses.model.values import comparable_number
from licenses.ports import Page
from licenses.storage.repositories_decisions import SqlDecisions
from licenses.storage.rows import (
    bases_of,
    cursor_after,
    cursor_read,
    instant_text,
    license_of,
    license_row,
    matches,
)
from licenses.storage.session import Session
from licenses.storage.tables import LICENSE

_BATCH = 200
_TAKEN = "another license of this authority bears the number"


class SqlLicenses:
    """`ports.LicenseRepository` over the table license."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def get(self, key: LicenseKey) -> LicenseRecord:
        """Return the license; raise NotFound, never return None."""
        row = self._session.first(select(LICENSE).where(*_is(key)))
        if row is None:
            raise NotFound("there is no such license")
        return license_of(row)

    def add(self, record: LicenseRecord) -> None:
        """Store a new license; raise NumberTaken if the authority uses the number."""
        if self._session.attempt(insert(LICENSE).values(license_row(record))) is None:
            if self._session.first(select(LICENSE.c.version).where(*_is(record.key))):
                raise Conflict("a license of that id is in the register")
            raise NumberTaken(_TAKEN)

    def replace(self, record: LicenseRecord, *, expected_version: int) -> None:
        """Store the next state; raise StaleVersion, NumberTaken or NotFound."""
        changed = self._session.attempt(
            update(LICENSE)
            .where(*_is(record.key), LICENSE.c.version == expected_version)
            .values(license_row(record))
        )
        if changed is None:
            raise NumberTaken(_TAKEN)
        if changed == 0:
            self.get(record.key)
            raise StaleVersion("the license has changed since it was read")

    def of_holder(self, authority_id: str, holder_id: UUID) -> tuple[LicenseRecord, ...]:
        """Return the holder's licenses, oldest first."""
        rows = self._session.rows(
            select(LICENSE)
            .where(LICENSE.c.authority_id == authority_id, LICENSE.c.holder_id == str(holder_id))
            .order_by(LICENSE.c.license_id)
        )
        return tuple(license_of(row) for row in rows)

    def page(
        self,
        authority_id: str,
        wanted: LicenseFilter,
        *,
        at: datetime,
        after: str | None,
        limit: int,
    ) -> Page:
        """Return licenses in the order of their ids, from behind the cursor `after`."""
        last = None if after is None else cursor_read(authority_id, after)
        conditions = (LICENSE.c.authority_id == authority_id, *_narrowed(wanted, at))
        of = SqlDecisions(self._session).of
        fitting = (one for one in self._behind(last, conditions) if matches(one, wanted, at, of))
        found = tuple(islice(fitting, limit + 1))
        if len(found) <= limit:
            return Page(found, None)
        return Page(found[:limit], cursor_after(authority_id, found[limit - 1].key.license_id))

    def _behind(
        self, last: UUID | None, conditions: tuple[ColumnElement[bool], ...]
    ) -> Iterator[LicenseRecord]:
        """Read on in batches: a status depends on the day, so only the reader can tell it."""
        while True:
            statement = select(LICENSE).where(*conditions)
            if last is not None:
                statement = statement.where(LICENSE.c.license_id > str(last))
            rows = self._session.rows(statement.order_by(LICENSE.c.license_id).limit(_BATCH))
            yield from (license_of(row) for row in rows)
            if len(rows) < _BATCH:
                return
            last = UUID(rows[-1]["license_id"])


def _is(key: LicenseKey) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return (
        LICENSE.c.authority_id == key.authority_id,
        LICENSE.c.license_id == str(key.license_id),
    )


def _narrowed(wanted: LicenseFilter, at: datetime) -> Iterator[ColumnElement[bool]]:
    if wanted.holder_id is not None:
        yield LICENSE.c.holder_id == str(wanted.holder_id)
    if wanted.profession is not None:
        yield LICENSE.c.profession == wanted.profession
    if wanted.number is not None:
        yield LICENSE.c.comparable_number == comparable_number(wanted.number)
    if wanted.status is not None:
        yield or_(
            LICENSE.c.base.in_(sorted(base.value for base in bases_of(wanted.status))),
            LICENSE.c.settled_at.is_(None),
            LICENSE.c.settled_at > instant_text(at),
        )
