"""What the in-memory register holds: dictionaries of frozen values, cheap to copy."""

from dataclasses import dataclass, field, fields
from uuid import UUID

from licenses.model.authority import Authority
from licenses.model.exchange import Exchange, Reception
from licenses.model.people import Holder
from licenses.model.profession import Profession
from licenses.model.register import (
    Actor,
    AuditEntry,
    LicenseKey,
    LicenseRecord,
    OutboxMessage,
    Proposal,
    Receipt,
    RequestKey,
    Seal,
    SealIntent,
)
from licenses.storage.chain import Link


@dataclass
class State:
    """Everything a unit of work sees; keys are what the SQL tables have as primary keys."""

    authorities: dict[str, Authority] = field(default_factory=dict)
    professions: dict[tuple[str, str], Profession] = field(default_factory=dict)
    actors: dict[tuple[str, str], Actor] = field(default_factory=dict)
    holders: dict[tuple[str, UUID], Holder] = field(default_factory=dict)
    licenses: dict[LicenseKey, LicenseRecord] = field(default_factory=dict)
    links: dict[str, tuple[Link, ...]] = field(default_factory=dict)
    proposals: dict[tuple[LicenseKey, UUID], Proposal] = field(default_factory=dict)
    intents: dict[str, SealIntent] = field(default_factory=dict)
    seals: dict[str, Seal] = field(default_factory=dict)
    audit: dict[str, tuple[AuditEntry, ...]] = field(default_factory=dict)
    outbox: dict[tuple[str, UUID], OutboxMessage] = field(default_factory=dict)
    receipts: dict[tuple[str, str, str], tuple[RequestKey, Receipt]] = field(default_factory=dict)
    exchanges: dict[str, Exchange] = field(default_factory=dict)
    receptions: dict[str, Reception] = field(default_factory=dict)
    seen: dict[str, frozenset[str]] = field(default_factory=dict)

    def copy(self) -> "State":
        """Return a state that may change without changing this one."""
        return State(**{one.name: dict(getattr(self, one.name)) for one in fields(self)})
