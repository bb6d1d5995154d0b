"""Exchanges of the NCPs and sessions of the SMP in memory."""

from datetime import datetime

from licenses.errors import AlreadyUsed, Conflict, NotFound
from licenses.model.exchange import Exchange, Reception
from licenses.storage.memory_state import State


class MemoryExchanges:
    """`ports.ExchangeRepository` in memory."""

    def __init__(self, state: State) -> None:
        self._state = state

    def add(self, exchange: Exchange) -> None:
        """Store a new exchange; raise Conflict for a known id."""
        if exchange.exchange_id in self._state.exchanges:
            raise Conflict("an exchange of that id has begun already")
        self._state.exchanges[exchange.exchange_id] = exchange

    def get(self, exchange_id: str) -> Exchange:
        """Return the exchange; raise NotFound."""
        if (found := self._state.exchanges.get(exchange_id)) is None:
            raise NotFound("there is no such exchange")
        return found

    def replace(self, exchange: Exchange, *, expected: Exchange) -> None:
        """Store the next state; raise AlreadyUsed unless `expected` is what is stored."""
        if self.get(exchange.exchange_id) != expected:
            raise AlreadyUsed("the exchange has gone on meanwhile")
        self._state.exchanges[exchange.exchange_id] = exchange

    def drop_persons(self, before: datetime) -> int:
        """Drop everything personal from exchanges begun before; return how many there were."""
        holding = [
            one
            for one in self._state.exchanges.values()
            if one.created_at < before and one != one.without_person()
        ]
        for exchange in holding:
            self._state.exchanges[exchange.exchange_id] = exchange.without_person()
        return len(holding)


class MemoryReceptions:
    """`ports.ReceptionRepository` in memory."""

    def __init__(self, state: State) -> None:
        self._state = state

    def add(self, reception: Reception) -> None:
        """Store a new session; raise Conflict for a known id."""
        if reception.session_id in self._state.receptions:
            raise Conflict("a session of that id has begun already")
        self._state.receptions[reception.session_id] = reception

    def get(self, session_id: str) -> Reception:
        """Return the session; raise NotFound."""
        if (found := self._state.receptions.get(session_id)) is None:
            raise NotFound("there is no such session")
        return found

    def replace(self, reception: Reception, *, expected: Reception) -> None:
        """Store the next state; raise AlreadyUsed unless `expected` is what is stored."""
        if self.get(reception.session_id) != expected:
            raise AlreadyUsed("the session has been answered meanwhile")
        self._state.receptions[reception.session_id] = reception

    def seen(self, document_sha256: str, session_id: str) -> bool:
        """Note that the session received a document with these signed octets.

        Return True if another session had received them before.
        """
        before = self._state.seen.get(document_sha256, frozenset())
        self._state.seen[document_sha256] = before | {session_id}
        return before - {session_id} != frozenset()

    def drop(self, before: datetime) -> int:
        """Delete the sessions begun before, with what they received; return how many."""
        old = [key for key, one in self._state.receptions.items() if one.created_at < before]
        for session_id in old:
            del self._state.receptions[session_id]
        return len(old)
