"""The two ends of an EMREX exchange: what an NCP and an SMP remember of it.

Both are small state machines with one use a session and a fixed end (security.md E3). Everything
personal in them is dropped when the exchange ends; storage keeps it encrypted until then.
Source: design.md 6.
"""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import Field

from licenses.model.people import Person, PersonIdentifier
from licenses.model.trust import ElmoVersion
from licenses.model.values import Code, CountryCode, Instant, PublicId, Sha256Hex, Text, Uri, Value
from licenses.model.verdict import DocumentVerdict, Expectation

EXCHANGE_LIFE = timedelta(minutes=30)
"""How long an exchange may take from the first request to the answer."""


class NcpEntry(Value):
    """A data provider run here: the path it answers under, and whose licenses it sends.

    `url` is its address as the registry lists it, byte for byte.
    """

    slug: Code
    name: Text
    country: CountryCode
    url: Uri
    authority_ids: Annotated[tuple[Uri, ...], Field(min_length=1)]


class Identity(Value):
    """Whom an identity provider has logged in; `level` is its level of assurance."""

    subject: Text
    person: Person
    identifiers: tuple[PersonIdentifier, ...]
    level: Code


class Recipient(Value):
    """Where an NCP is asked to send: the registered receiver and the very return address.

    `elmo` is the form of ELMO it reads; 1.7 of anybody who is not registered with another.
    """

    name: Text
    country: CountryCode
    purpose: Text
    origin: Uri
    return_url: Uri
    elmo: ElmoVersion = ElmoVersion.V1_7


class ExchangeState(StrEnum):
    """How far an exchange has come at the NCP; the last four are ends."""

    REQUESTED = "requested"
    IDENTIFIED = "identified"
    CHOSEN = "chosen"
    SENT = "sent"
    CANCELLED = "cancelled"
    NO_RESULTS = "no-results"
    FAILED = "failed"


ENDED = frozenset(
    {
        ExchangeState.SENT,
        ExchangeState.CANCELLED,
        ExchangeState.NO_RESULTS,
        ExchangeState.FAILED,
    }
)


class ChosenLicense(Value):
    """One license the holder ticked: in whose register it stands, and its id."""

    authority_id: Uri
    license_id: UUID


class Exchange(Value):
    """One request to an NCP. `exchange_id` is ours; `session_id` belongs to the client.

    `document` is the signed ELMO between consent and the end of the exchange's time, so that a
    page loaded again can post it again; after that only its digest stays.
    """

    exchange_id: PublicId
    ncp: Code
    session_id: Annotated[str, Field(min_length=1, max_length=256)]
    recipient: Recipient
    browser_sha256: Sha256Hex
    state: ExchangeState = ExchangeState.REQUESTED
    created_at: Instant
    identity: Identity | None = None
    chosen: tuple[ChosenLicense, ...] = ()
    consent_id: PublicId | None = None
    document: bytes | None = None
    document_sha256: Sha256Hex | None = None

    def is_over(self, at: datetime) -> bool:
        """Say whether its time has run out."""
        return at >= self.created_at + EXCHANGE_LIFE

    def without_person(self) -> "Exchange":
        """Return the exchange with everything personal in it dropped."""
        return self.model_copy(update={"identity": None, "chosen": (), "document": None})


class Reception(Value):
    """One session of an SMP: whom it expects from which NCP, and in the end the verdict.

    `session_id` goes to the NCP and comes back; `browser_sha256` binds the session to the
    browser that began it. `used_at` is set by the first answer; there is no second.
    """

    session_id: PublicId
    ncp_url: Uri
    ncp_name: Text
    ncp_country: CountryCode
    browser_sha256: Sha256Hex
    expectation: Expectation
    created_at: Instant
    used_at: Instant | None = None
    return_code: Code | None = None
    verdict: DocumentVerdict | None = None
    document: bytes | None = None

    def is_over(self, at: datetime) -> bool:
        """Say whether its time has run out."""
        return at >= self.created_at + EXCHANGE_LIFE
