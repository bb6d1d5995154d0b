"""What the use cases need from outside, and what each promises; adapters are wired in `api`.

Inside a `UnitOfWork` reads see its own writes and nothing is kept before `commit`. Leaving it
without one forgets everything. Storage that does not answer raises Unavailable, never half a
write. Every repository has an SQL and an in-memory form, and one contract test runs over both.
"""

from collections.abc import Callable
from datetime import datetime
from types import TracebackType
from typing import NamedTuple, Protocol, Self
from uuid import UUID

from licenses.model.authority import Authority, MandateEntry
from licenses.model.decision import Decision
from licenses.model.exchange import Exchange, NcpEntry, Reception, Recipient
from licenses.model.export import Export
from licenses.model.license import SealContent
from licenses.model.people import Holder, PersonIdentifier
from licenses.model.profession import Profession
from licenses.model.register import (
    Actor,
    AuditEntry,
    LicenseFilter,
    LicenseKey,
    LicenseRecord,
    OutboxMessage,
    Proposal,
    Receipt,
    RequestKey,
    Seal,
    SealDraft,
    SealIntent,
)
from licenses.model.verdict import Circumstances, DocumentVerdict, StatusStatement


class Page(NamedTuple):
    """One page of licenses and the cursor of the next, None on the last."""

    records: tuple[LicenseRecord, ...]
    next_cursor: str | None


class AuthorityRepository(Protocol):
    """The authorities kept here, and the professions each of them lists."""

    def get(self, authority_id: str) -> Authority:
        """Return the authority; raise NotFound."""

    def all(self) -> tuple[Authority, ...]:
        """Return every authority kept here, sorted by id."""

    def put(self, authority: Authority) -> None:
        """Store or replace an authority."""

    def profession(self, authority_id: str, code: str) -> Profession:
        """Return one listed profession; raise NotFound."""

    def professions(self, authority_id: str) -> tuple[Profession, ...]:
        """Return the authority's list, sorted by code."""

    def put_profession(self, authority_id: str, profession: Profession) -> None:
        """Store or replace a listed profession."""


class ActorRepository(Protocol):
    """Who may speak for an authority; only digests of tokens are kept."""

    def by_token(self, token_sha256: str) -> Actor:
        """Return the actor whose token has this digest; raise NotAuthenticated."""

    def add(self, actor: Actor) -> None:
        """Store a new actor; raise Conflict if the authority has one of that id."""


class HolderRepository(Protocol):
    """People in an authority's register; personal columns stand under each person's own key."""

    def get(self, authority_id: str, holder_id: UUID) -> Holder:
        """Return the holder; raise NotFound, also when the person was erased."""

    def find(self, authority_id: str, identifier: PersonIdentifier) -> Holder | None:
        """Return who bears the identifier, found by its keyed hash, or None."""

    def add(self, holder: Holder) -> None:
        """Store a new holder; raise Conflict if an identifier belongs to another."""

    def replace(self, holder: Holder) -> None:
        """Store the holder's new description; identifiers may only grow."""

    def erase(self, authority_id: str, holder_id: UUID) -> None:
        """Destroy the person's key: every personal column of theirs is unreadable from now on."""


class LicenseRepository(Protocol):
    """Licenses of each authority, by id."""

    def get(self, key: LicenseKey) -> LicenseRecord:
        """Return the license; raise NotFound, never return None."""

    def add(self, record: LicenseRecord) -> None:
        """Store a new license; raise NumberTaken if the authority uses the number."""

    def replace(self, record: LicenseRecord, *, expected_version: int) -> None:
        """Store the next state.

        Raise StaleVersion unless `expected_version` is the stored one, NumberTaken if a
        corrected number is in use.
        """

    def of_holder(self, authority_id: str, holder_id: UUID) -> tuple[LicenseRecord, ...]:
        """Return the holder's licenses, oldest first."""

    def page(
        self,
        authority_id: str,
        wanted: LicenseFilter,
        *,
        at: datetime,
        after: str | None,
        limit: int,
    ) -> Page:
        """Return licenses in the order of their ids, from behind the cursor `after`.

        `wanted.status` compares the status at `at`, dates included. Raise InvalidFields for a
        cursor that is not ours.
        """


class DecisionRepository(Protocol):
    """The append-only record; storage chains the hashes, per license and per authority."""

    def append(self, decision: Decision) -> None:
        """Record a decision at the end of its license's chain; raise Conflict for a known id."""

    def of(self, key: LicenseKey) -> tuple[Decision, ...]:
        """Return all decisions in the order they were recorded; empty if there are none."""

    def verify_chain(self, authority_id: str) -> int:
        """Recompute every hash of the authority and return how many decisions stand.

        Raise Conflict naming the first decision that does not fit.
        """


class ProposalRepository(Protocol):
    """Decisions that wait for a second officer."""

    def add(self, proposal: Proposal) -> None:
        """Store a new proposal."""

    def get(self, key: LicenseKey, decision_id: UUID) -> Proposal:
        """Return the proposal; raise NotFound."""

    def replace(self, proposal: Proposal) -> None:
        """Store the proposal's new state."""

    def of(self, key: LicenseKey) -> tuple[Proposal, ...]:
        """Return the license's proposals, oldest first."""


class SealRepository(Protocol):
    """Seals: first the intent, then the bytes."""

    def intend(self, intent: SealIntent) -> None:
        """Record that this seal is about to be made."""

    def store(self, seal: Seal) -> None:
        """Keep the bytes of an intended seal; raise Conflict if it was not intended."""

    def get(self, seal_id: str) -> Seal:
        """Return the seal; raise NotFound, also for one intended and never made."""

    def newest(self, key: LicenseKey) -> Seal:
        """Return the seal with the highest record version; raise NotFound."""


class AuditRepository(Protocol):
    """The log of changes and of releases of personal data; it only grows."""

    def record(self, entry: AuditEntry) -> None:
        """Append an entry."""

    def of(self, authority_id: str) -> tuple[AuditEntry, ...]:
        """Return the authority's entries, oldest first."""


class OutboxRepository(Protocol):
    """Messages to be delivered at least once."""

    def put(self, message: OutboxMessage) -> None:
        """Append a message."""

    def waiting(self, limit: int) -> tuple[OutboxMessage, ...]:
        """Return messages not yet delivered, oldest first."""


class IdempotencyRepository(Protocol):
    """Answers to writes, by the key the actor sent."""

    def find(self, request: RequestKey) -> Receipt | None:
        """Return the answer given before, or None; raise KeyReused if the body differs."""

    def put(self, request: RequestKey, receipt: Receipt) -> None:
        """Keep the answer; raise AlreadyUsed if another request was faster."""


class ExchangeRepository(Protocol):
    """Exchanges of the NCPs kept here."""

    def add(self, exchange: Exchange) -> None:
        """Store a new exchange."""

    def get(self, exchange_id: str) -> Exchange:
        """Return the exchange; raise NotFound."""

    def replace(self, exchange: Exchange, *, expected: Exchange) -> None:
        """Store the next state; raise AlreadyUsed unless `expected` is what is stored."""

    def drop_persons(self, before: datetime) -> int:
        """Drop everything personal from exchanges begun before; return how many there were."""


class ReceptionRepository(Protocol):
    """Sessions of the SMP kept here."""

    def add(self, reception: Reception) -> None:
        """Store a new session."""

    def get(self, session_id: str) -> Reception:
        """Return the session; raise NotFound."""

    def replace(self, reception: Reception, *, expected: Reception) -> None:
        """Store the next state; raise AlreadyUsed unless `expected` is what is stored."""

    def seen(self, document_sha256: str, session_id: str) -> bool:
        """Note that the session received a document with these signed octets.

        Return True if another session had received them before.
        """

    def drop(self, before: datetime) -> int:
        """Delete the sessions begun before, with what they received; return how many."""


class UnitOfWork(Protocol):
    """One transaction over everything that is kept."""

    authorities: AuthorityRepository
    actors: ActorRepository
    holders: HolderRepository
    licenses: LicenseRepository
    decisions: DecisionRepository
    proposals: ProposalRepository
    seals: SealRepository
    audit: AuditRepository
    outbox: OutboxRepository
    idempotency: IdempotencyRepository
    exchanges: ExchangeRepository
    receptions: ReceptionRepository

    def __enter__(self) -> Self:
        """Begin."""

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End; what was not committed is forgotten."""

    def commit(self) -> None:
        """Keep everything done since the beginning, durably; raise Unavailable if it cannot."""


class Sealer(Protocol):
    """Makes seals in the name of the authorities kept here."""

    def draft(
        self, content: SealContent, *, at: datetime, mandate: tuple[MandateEntry, ...]
    ) -> SealDraft:
        """Write and lint the octets as sealed at `at`; raise LintFailed. No key is touched.

        `mandate` is that of the issuer, which must have covered the license on its day of issue.
        """

    def sign(self, draft: SealDraft) -> bytes:
        """Return the draft sealed at its instant, verified once more by reading it back.

        Raise Unavailable if the key does not answer, ConfigurationRefused if there is none.
        """


class StatusSigner(Protocol):
    """Signs statements about standing with an authority's status key."""

    def sign(self, statement: StatusStatement) -> str:
        """Return the statement as a compact JWT."""


class Ids(NamedTuple):
    """Where new ids come from: time-ordered for records, random for anything public."""

    record: Callable[[], UUID]
    public: Callable[[], str]


class Office(NamedTuple):
    """The desk a decision is made at: where it is kept, what time it is, who seals.

    `keyed_digest` is HMAC-SHA256 in lower-case hex under a secret of this installation, for
    what holds personal data; `status_address` gives the address at which the standing of the
    seal with that id is asked.
    """

    unit_of_work: Callable[[], UnitOfWork]
    clock: Callable[[], datetime]
    ids: Ids
    sealer: Sealer
    keyed_digest: Callable[[bytes], str]
    status_address: Callable[[str], str]


class Carrier(Protocol):
    """Writes what a holder sends: transcript, ELMO and the provider's signature."""

    def content_of(self, sealed: bytes) -> SealContent:
        """Return what a seal kept here says; raise DocumentRejected if it cannot be read."""

    def carry(self, export: Export, entry: NcpEntry, recipient: Recipient) -> bytes:
        """Return the signed ELMO of one provider, in the form that `recipient.elmo` names.

        Raises:
            ConfigurationRefused: the provider has no key here.
            Unavailable: its key does not answer.
        """


class DocumentVerifier(Protocol):
    """The one door through which foreign documents come in."""

    def verdict(self, carried: bytes, circumstances: Circumstances) -> DocumentVerdict:
        """Return the verdict on an `elmo` parameter, an ELMO document or a sealed license.

        Never raises for anything the document holds: a broken one gets a verdict that says so.

        Raises:
            Unavailable: too many documents wait to be verified; nothing of this one was read.
        """


class ProviderDesk(NamedTuple):
    """The desk of an NCP: where exchanges are kept, who writes and who states the standing."""

    unit_of_work: Callable[[], UnitOfWork]
    clock: Callable[[], datetime]
    ids: Ids
    carrier: Carrier
    status_signer: StatusSigner


class ReceiverDesk(NamedTuple):
    """The desk of an SMP: where sessions are kept, who verifies, and the address it answers at.

    `name` is the receiver as registered; `origin` its web origin, the audience of what it gets.
    """

    unit_of_work: Callable[[], UnitOfWork]
    clock: Callable[[], datetime]
    ids: Ids
    verifier: DocumentVerifier
    name: str
    origin: str
