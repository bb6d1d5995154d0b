"""The audit log, the outbox and answers already given, in memory."""

from licenses.errors import AlreadyUsed, Conflict, KeyReused
from licenses.model.register import AuditEntry, OutboxMessage, Receipt, RequestKey
from licenses.storage.memory_state import State


class MemoryAudit:
    """`ports.AuditRepository` in memory."""

    def __init__(self, state: State) -> None:
        self._state = state

    def record(self, entry: AuditEntry) -> None:
        """Append an entry."""
        before = self._state.audit.get(entry.authority_id, ())
        self._state.audit[entry.authority_id] = (*before, entry)

    def of(self, authority_id: str) -> tuple[AuditEntry, ...]:
        """Return the authority's entries, oldest first."""
        return self._state.audit.get(authority_id, ())


class MemoryOutbox:
    """`ports.OutboxRepository` in memory."""

    def __init__(self, state: State) -> None:
        self._state = state

    def put(self, message: OutboxMessage) -> None:
        """Append a message; raise Conflict for a known id."""
        key = (message.authority_id, message.message_id)
        if key in self._state.outbox:
            raise Conflict("a message of that id is in the outbox")
        self._state.outbox[key] = message

    def waiting(self, limit: int) -> tuple[OutboxMessage, ...]:
        """Return messages not yet delivered, oldest first."""
        messages = self._state.outbox.values()
        return tuple(sorted(messages, key=lambda one: (one.created_at, one.message_id))[:limit])


class MemoryIdempotency:
    """`ports.IdempotencyRepository` in memory."""

    def __init__(self, state: State) -> None:
        self._state = state

    def find(self, request: RequestKey) -> Receipt | None:
        """Return the answer given before, or None; raise KeyReused if the body differs."""
        if (found := self._state.receipts.get(_place(request))) is None:
            return None
        first, receipt = found
        if first.body_sha256 != request.body_sha256:
            raise KeyReused("the Idempotency-Key was used before with another body")
        return receipt

    def put(self, request: RequestKey, receipt: Receipt) -> None:
        """Keep the answer; raise AlreadyUsed if another request was faster."""
        if _place(request) in self._state.receipts:
            raise AlreadyUsed("the Idempotency-Key has been answered meanwhile")
        self._state.receipts[_place(request)] = (request, receipt)


def _place(request: RequestKey) -> tuple[str, str, str]:
    return request.authority_id, request.actor_id, request.key
