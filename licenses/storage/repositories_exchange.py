"""Exchanges of the NCPs and sessions of the SMP in SQL.

Ids, states and instants stand in clear, everything else under a key derived for the row: it may
be personal until the exchange ends and its use case drops that part.
"""

from datetime import datetime

from sqlalchemy import delete, insert, select, update

from licenses.errors import AlreadyUsed, Conflict, NotFound
from licenses.model.exchange import Exchange, Reception
from licenses.storage.rows import instant_text, optional_instant, text_of
from licenses.storage.session import Session
from licenses.storage.tables import DOCUMENT_SEEN, EXCHANGE, RECEPTION

_COLUMN = "content"


class SqlExchanges:
    """`ports.ExchangeRepository` over the table exchange."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, exchange: Exchange) -> None:
        """Store a new exchange; raise Conflict for a known id."""
        if self._session.attempt(insert(EXCHANGE).values(self._row(exchange))) is None:
            raise Conflict("an exchange of that id has begun already")

    def get(self, exchange_id: str) -> Exchange:
        """Return the exchange; raise NotFound."""
        row = self._session.first(
            select(EXCHANGE).where(EXCHANGE.c.exchange_id == exchange_id).with_for_update()
        )
        if row is None:
            raise NotFound("there is no such exchange")
        box = self._session.vault.row("exchange", exchange_id)
        return Exchange.model_validate_json(box.open(_COLUMN, row["sealed_content"]))

    def replace(self, exchange: Exchange, *, expected: Exchange) -> None:
        """Store the next state; raise AlreadyUsed unless `expected` is what is stored."""
        if self.get(exchange.exchange_id) != expected:
            raise AlreadyUsed("the exchange has gone on meanwhile")
        is_it = EXCHANGE.c.exchange_id == exchange.exchange_id
        self._session.change(update(EXCHANGE).where(is_it).values(self._row(exchange)))

    def drop_persons(self, before: datetime) -> int:
        """Drop everything personal from exchanges begun before; return how many there were."""
        rows = self._session.rows(
            select(EXCHANGE.c.exchange_id).where(
                EXCHANGE.c.holds_person == 1, EXCHANGE.c.created_at < instant_text(before)
            )
        )
        for row in rows:
            exchange = self.get(row["exchange_id"])
            self.replace(exchange.without_person(), expected=exchange)
        return len(rows)

    def _row(self, exchange: Exchange) -> dict[str, object]:
        box = self._session.vault.row("exchange", exchange.exchange_id)
        return {
            "exchange_id": exchange.exchange_id,
            "ncp": exchange.ncp,
            "state": exchange.state.value,
            "created_at": instant_text(exchange.created_at),
            "holds_person": int(exchange != exchange.without_person()),
            "sealed_content": box.seal(_COLUMN, text_of(exchange).encode()),
        }


class SqlReceptions:
    """`ports.ReceptionRepository` over the tables reception and document_seen."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, reception: Reception) -> None:
        """Store a new session; raise Conflict for a known id."""
        if self._session.attempt(insert(RECEPTION).values(self._row(reception))) is None:
            raise Conflict("a session of that id has begun already")

    def get(self, session_id: str) -> Reception:
        """Return the session; raise NotFound."""
        row = self._session.first(
            select(RECEPTION).where(RECEPTION.c.session_id == session_id).with_for_update()
        )
        if row is None:
            raise NotFound("there is no such session")
        box = self._session.vault.row("reception", session_id)
        return Reception.model_validate_json(box.open(_COLUMN, row["sealed_content"]))

    def replace(self, reception: Reception, *, expected: Reception) -> None:
        """Store the next state; raise AlreadyUsed unless `expected` is what is stored."""
        if self.get(reception.session_id) != expected:
            raise AlreadyUsed("the session has been answered meanwhile")
        is_it = RECEPTION.c.session_id == reception.session_id
        self._session.change(update(RECEPTION).where(is_it).values(self._row(reception)))

    def seen(self, document_sha256: str, session_id: str) -> bool:
        """Note that the session received a document with these signed octets.

        Return True if another session had received them before.
        """
        row = {"document_sha256": document_sha256, "session_id": session_id}
        self._session.attempt(insert(DOCUMENT_SEEN).values(row))
        other = select(DOCUMENT_SEEN.c.session_id).where(
            DOCUMENT_SEEN.c.document_sha256 == document_sha256,
            DOCUMENT_SEEN.c.session_id != session_id,
        )
        return self._session.first(other.limit(1)) is not None

    def drop(self, before: datetime) -> int:
        """Delete the sessions begun before, with what they received; return how many.

        The digests of what they received stay, so that a document sent again is still noticed.
        """
        return self._session.change(
            delete(RECEPTION).where(RECEPTION.c.created_at < instant_text(before))
        )

    def _row(self, reception: Reception) -> dict[str, object]:
        box = self._session.vault.row("reception", reception.session_id)
        return {
            "session_id": reception.session_id,
            "created_at": instant_text(reception.created_at),
            "used_at": optional_instant(reception.used_at),
            "sealed_content": box.seal(_COLUMN, text_of(reception).encode()),
        }
