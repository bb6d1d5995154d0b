"""What goes beside every change, in SQL: the audit log, the outbox, and answers already given."""

from sqlalchemy import func, insert, select

from licenses.errors import AlreadyUsed, Conflict, KeyReused
from licenses.model.register import AuditEntry, OutboxMessage, Receipt, RequestKey
from licenses.storage.rows import instant_text, text_of
from licenses.storage.session import Session
from licenses.storage.tables import AUDIT, IDEMPOTENCY, OUTBOX


class SqlAudit:
    """`ports.AuditRepository` over the table audit."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def record(self, entry: AuditEntry) -> None:
        """Append an entry."""
        last = self._session.first(
            select(func.coalesce(func.max(AUDIT.c.seq), 0).label("seq")).where(
                AUDIT.c.authority_id == entry.authority_id
            )
        )
        row = {
            "authority_id": entry.authority_id,
            "seq": 1 if last is None else last["seq"] + 1,
            "content": text_of(entry),
        }
        self._session.change(insert(AUDIT).values(row))

    def of(self, authority_id: str) -> tuple[AuditEntry, ...]:
        """Return the authority's entries, oldest first."""
        rows = self._session.rows(
            select(AUDIT.c.content)
            .where(AUDIT.c.authority_id == authority_id)
            .order_by(AUDIT.c.seq)
        )
        return tuple(AuditEntry.model_validate_json(row["content"]) for row in rows)


class SqlOutbox:
    """`ports.OutboxRepository` over the table outbox."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def put(self, message: OutboxMessage) -> None:
        """Append a message; raise Conflict for a known id."""
        row = {
            "authority_id": message.authority_id,
            "message_id": str(message.message_id),
            "created_at": instant_text(message.created_at),
            "content": text_of(message),
        }
        if self._session.attempt(insert(OUTBOX).values(row)) is None:
            raise Conflict("a message of that id is in the outbox")

    def waiting(self, limit: int) -> tuple[OutboxMessage, ...]:
        """Return messages not yet delivered, oldest first."""
        rows = self._session.rows(
            select(OUTBOX.c.content)
            .where(OUTBOX.c.delivered_at.is_(None))
            .order_by(OUTBOX.c.created_at, OUTBOX.c.message_id)
            .limit(limit)
        )
        return tuple(OutboxMessage.model_validate_json(row["content"]) for row in rows)


class SqlIdempotency:
    """`ports.IdempotencyRepository` over the table idempotency."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def find(self, request: RequestKey) -> Receipt | None:
        """Return the answer given before, or None; raise KeyReused if the body differs."""
        row = self._session.first(
            select(IDEMPOTENCY).where(
                IDEMPOTENCY.c.authority_id == request.authority_id,
                IDEMPOTENCY.c.actor_id == request.actor_id,
                IDEMPOTENCY.c.key == request.key,
            )
        )
        if row is None:
            return None
        if row["body_sha256"] != request.body_sha256:
            raise KeyReused("the Idempotency-Key was used before with another body")
        return Receipt.model_validate_json(row["content"])

    def put(self, request: RequestKey, receipt: Receipt) -> None:
        """Keep the answer; raise AlreadyUsed if another request was faster."""
        row = request.model_dump(mode="json") | {"content": text_of(receipt)}
        if self._session.attempt(insert(IDEMPOTENCY).values(row)) is None:
            raise AlreadyUsed("the Idempotency-Key has been answered meanwhile")
