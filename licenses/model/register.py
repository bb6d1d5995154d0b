"""What the register of an authority keeps beside decisions: records, seals, proposals, actors.

These values carry no personal data, except `Holder` (licenses.model.people) and the bytes of a
seal, which storage keeps under the key of the person they are about.
"""

from collections.abc import Callable, Iterable
from datetime import datetime
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import Field

from licenses.model.decision import ActorRef, Decision, Role
from licenses.model.history import LicenseState, replay
from licenses.model.license import SealContent
from licenses.model.lifecycle import Event, Status
from licenses.model.values import Code, Instant, PublicId, Sha256Hex, Text, Uri, Value


class LicenseKey(Value):
    """A license within the register of its authority."""

    authority_id: Uri
    license_id: UUID


class LicenseRecord(Value):
    """A license as stored: whose it is, the replay of all its decisions, its newest seal.

    `version` counts the decisions and is what an ETag shows; `record_version` counts the seals
    and is 0 until the first one. `settled_at` is the instant from which nothing recorded is still
    to begin or to end by a decision; None is not known.
    """

    key: LicenseKey
    holder_id: UUID
    state: LicenseState
    version: Annotated[int, Field(ge=1)]
    seal_id: PublicId | None = None
    record_version: Annotated[int, Field(ge=0)] = 0
    settled_at: Instant | None = None

    @property
    def uri(self) -> str:
        """The permanent id of the license as a URI."""
        return self.key.license_id.urn

    def state_at(
        self, moment: datetime, decisions_of: Callable[[LicenseKey], tuple[Decision, ...]]
    ) -> LicenseState:
        """Return what is in effect at `moment`.

        `state` counts what still lies ahead too; only then are the decisions asked for.
        """
        if self.settled_at is not None and self.settled_at <= moment:
            return self.state
        return replay(decisions_of(self.key), moment) or self.state


def settled_after(decisions: Iterable[Decision]) -> datetime:
    """Return the instant from which none of the decisions is still to begin or to end."""
    return max(
        instant
        for one in decisions
        for instant in (one.effective_from, one.effective_until)
        if instant is not None
    )


class SealDraft(Value):
    """The canonical octets about to be sealed, linted with a dummy signature, and their digest.

    `at` is the instant the signature is to claim: it stands in the text that was linted, so what
    is sealed at any other would not be what was looked at.
    """

    content: SealContent
    octets: bytes
    sha256: Sha256Hex
    at: Instant


class SealIntent(Value):
    """The durable note that a seal is about to be made; written before the key is touched."""

    seal_id: PublicId
    key: LicenseKey
    holder_id: UUID
    record_version: int
    draft_sha256: Sha256Hex
    intended_at: Instant


class Seal(Value):
    """A seal that was made and recorded: the very bytes that were signed, kept verbatim."""

    seal_id: PublicId
    key: LicenseKey
    holder_id: UUID
    record_version: int
    document: bytes
    sha256: Sha256Hex
    sealed_at: Instant


class ProposalState(StrEnum):
    """How far a proposal has come."""

    OPEN = "open"
    APPROVED = "approved"
    WITHDRAWN = "withdrawn"


class Proposal(Value):
    """A decision that waits for a second officer; it changes nothing until approved.

    `made_from` is the version of the license it was made from: what changed since is seen at
    approval. A decision that is to take effect at once has `effective_from == recorded_at`.
    """

    decision: Decision
    proposed_at: Instant
    made_from: Annotated[int, Field(ge=1)]
    state: ProposalState = ProposalState.OPEN


class Actor(Value):
    """Somebody who may speak for an authority, known by the digest of their token."""

    authority_id: Uri
    actor_id: Code
    role: Role
    token_sha256: Sha256Hex
    created_at: Instant
    expires_at: Instant | None = None

    @property
    def ref(self) -> ActorRef:
        """The actor as a decision names them."""
        return ActorRef(actor_id=self.actor_id, role=self.role)

    def may_act(self, at: datetime) -> bool:
        """Say whether the token is in force."""
        return self.expires_at is None or at < self.expires_at


class Receipt(Value):
    """The answer to a write: what was decided or proposed, and where the license stands now."""

    license_id: UUID
    decision_id: UUID
    event: Event
    proposed: bool
    status: Status
    version: int
    number: Text
    holder_id: UUID
    seal_id: PublicId | None = None
    record_version: int = 0


class RequestKey(Value):
    """An Idempotency-Key as one actor sent it, with the keyed digest of the body it came with."""

    authority_id: Uri
    actor_id: Code
    key: Annotated[str, Field(min_length=1, max_length=200)]
    body_sha256: Sha256Hex


class AuditAction(StrEnum):
    """What was done with the register or with personal data."""

    DECISION_RECORDED = "decision-recorded"
    DECISION_PROPOSED = "decision-proposed"
    RECORD_READ = "record-read"
    HOLDER_IDENTIFIED = "holder-identified"
    LICENSE_RELEASED = "license-released"
    DOCUMENT_RECEIVED = "document-received"
    ACTOR_CREATED = "actor-created"


class AuditEntry(Value):
    """One change, or one release of personal data: who, what, when and what for; no content."""

    authority_id: Uri
    at: Instant
    actor: Text
    action: AuditAction
    subject: Text
    purpose: Text


class OutboxMessage(Value):
    """Something others are to be told, recorded in the transaction that made it true."""

    message_id: UUID
    authority_id: Uri
    topic: Code
    license_id: UUID
    decision_id: UUID
    created_at: Instant


class LicenseFilter(Value):
    """What a list of licenses is narrowed to; None does not narrow."""

    status: Status | None = None
    profession: Code | None = None
    holder_id: UUID | None = None
    number: Text | None = None
