"""The register in memory, for tests of the use cases: the promises of the ports, no disk.

One contract test runs over this and over SQL. A unit works on a copy and puts it in place at its
commit; one unit is open at a time, as with one writer a file.
"""

from threading import Lock
from types import TracebackType
from typing import Self

from licenses import ports
from licenses.errors import Unavailable
from licenses.storage.memory_exchange import MemoryExchanges, MemoryReceptions
from licenses.storage.memory_journal import MemoryAudit, MemoryIdempotency, MemoryOutbox
from licenses.storage.memory_record import MemoryDecisions, MemoryProposals, MemorySeals
from licenses.storage.memory_register import (
    MemoryActors,
    MemoryAuthorities,
    MemoryHolders,
    MemoryLicenses,
)
from licenses.storage.memory_state import State

WAIT_SECONDS = 15.0
"""How long a unit waits for another to end before it is told to come again."""


class MemoryStore:
    """What was committed; several units of work may share one."""

    def __init__(self) -> None:
        self.kept = State()
        self.turn = Lock()


class MemoryUnitOfWork:
    """`ports.UnitOfWork` over a store, its own unless one is given; may be entered repeatedly."""

    authorities: ports.AuthorityRepository
    actors: ports.ActorRepository
    holders: ports.HolderRepository
    licenses: ports.LicenseRepository
    decisions: ports.DecisionRepository
    proposals: ports.ProposalRepository
    seals: ports.SealRepository
    audit: ports.AuditRepository
    outbox: ports.OutboxRepository
    idempotency: ports.IdempotencyRepository
    exchanges: ports.ExchangeRepository
    receptions: ports.ReceptionRepository

    def __init__(self, store: MemoryStore | None = None) -> None:
        self._store = MemoryStore() if store is None else store

    def __enter__(self) -> Self:
        if not self._store.turn.acquire(timeout=WAIT_SECONDS):
            raise Unavailable("the register is busy; try again")
        self._state = state = self._store.kept.copy()
        self.authorities = MemoryAuthorities(state)
        self.actors = MemoryActors(state)
        self.holders = MemoryHolders(state)
        self.licenses = MemoryLicenses(state)
        self.decisions = MemoryDecisions(state)
        self.proposals = MemoryProposals(state)
        self.seals = MemorySeals(state)
        self.audit = MemoryAudit(state)
        self.outbox = MemoryOutbox(state)
        self.idempotency = MemoryIdempotency(state)
        self.exchanges = MemoryExchanges(state)
        self.receptions = MemoryReceptions(state)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._store.turn.release()

    def commit(self) -> None:
        """Keep everything done since the beginning."""
        self._store.kept = self._state.copy()
