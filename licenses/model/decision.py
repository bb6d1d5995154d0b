"""Decisions: the append-only record of everything that happened to a license.

A decision holds ids, codes, days and public facts, never personal data: names and birth dates
stand in columns under a per-person key and only their digest is here (design.md 3), so a person
can be erased and the chain of decisions still verifies. Source: domain.md 1 (Decision).
"""

from datetime import date
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import Field

from licenses.model.encumbrance import Encumbrance
from licenses.model.license import Grant
from licenses.model.lifecycle import Event
from licenses.model.values import Code, Instant, Sha256Hex, Text, Uri, Value


class Role(StrEnum):
    """What an actor of an authority may do: a machine and a clerk propose, an officer approves."""

    CLERK = "clerk"
    OFFICER = "officer"
    MACHINE = "machine"


class ActorRef(Value):
    """Who acted, as the register knows them: an id and a role, no name."""

    actor_id: Code
    role: Role


class Decision(Value):
    """One thing that happened to one license.

    `decided_on` is a local day, `effective_from` the instant it bites, `recorded_at` when the
    register learnt it, `notified_at` when the holder was told (None: not yet). `grant` is the
    whole new public content where the event changes it (issue, renewal, correction).
    `encumbrance` is laid or, under the id it already has, changed; `lifts` names the one that
    ends. `amends` names the decision a correction, void or stay is about. `successor` is the
    license in the place of one that was reissued or superseded. `person_sha256` is the keyed
    digest of the holder's description under the seal that follows from this decision.
    """

    decision_id: UUID
    authority_id: Uri
    license_id: UUID
    event: Event
    decided_on: date
    effective_from: Instant
    effective_until: Instant | None = None
    recorded_at: Instant
    notified_at: Instant | None = None
    reason_codes: Annotated[tuple[Code, ...], Field(max_length=10)] = ()
    legal_basis: Annotated[tuple[Text, ...], Field(max_length=10)] = ()
    actor: ActorRef
    approver: ActorRef | None = None
    grant: Grant | None = None
    encumbrance: Encumbrance | None = None
    lifts: UUID | None = None
    amends: UUID | None = None
    successor: UUID | None = None
    person_sha256: Sha256Hex | None = None
