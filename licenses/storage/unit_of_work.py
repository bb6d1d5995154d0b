"""One transaction over every repository, in SQL.

A unit takes its connection when it is entered and the write lock with its first statement, even
if that one only reads: so nothing it has read can change before it writes. After a commit the
lock is free again, and a further statement in the same `with` begins the next transaction.
"""

from types import TracebackType
from typing import Self

from sqlalchemy import Engine

from licenses import ports
from licenses.storage.repositories_decisions import SqlDecisions
from licenses.storage.repositories_exchange import SqlExchanges, SqlReceptions
from licenses.storage.repositories_journal import SqlAudit, SqlIdempotency, SqlOutbox
from licenses.storage.repositories_licenses import SqlLicenses
from licenses.storage.repositories_people import SqlHolders
from licenses.storage.repositories_proposals import SqlProposals
from licenses.storage.repositories_register import SqlActors, SqlAuthorities
from licenses.storage.repositories_seals import SqlSeals
from licenses.storage.session import Session
from licenses.storage.vault import Vault


class SqlUnitOfWork:
    """`ports.UnitOfWork` over a database opened by `open_engine`; make one for each use.

    With `writes=False` it reads a snapshot, waits for no writer and keeps none waiting; a
    change in it raises RuntimeError.
    """

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

    def __init__(self, engine: Engine, vault: Vault, *, writes: bool = True) -> None:
        self._engine = engine
        self._vault = vault
        self._writes = writes

    def __enter__(self) -> Self:
        session = Session(self._engine, self._vault, writes=self._writes)
        self._session = session
        self.authorities = SqlAuthorities(session)
        self.actors = SqlActors(session)
        self.holders = SqlHolders(session)
        self.licenses = SqlLicenses(session)
        self.decisions = SqlDecisions(session)
        self.proposals = SqlProposals(session)
        self.seals = SqlSeals(session)
        self.audit = SqlAudit(session)
        self.outbox = SqlOutbox(session)
        self.idempotency = SqlIdempotency(session)
        self.exchanges = SqlExchanges(session)
        self.receptions = SqlReceptions(session)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._session.close()

    def commit(self) -> None:
        """Keep everything done since the beginning, durably; raise Unavailable if it cannot."""
        self._session.commit()
