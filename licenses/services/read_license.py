"""Read the register as its own authority; every reading leaves an audit row.

The row stands in the transaction of the reading: where it cannot be written, nothing is read
(security.md R-A1, R-A3). A record of another authority is not found.
"""

from datetime import datetime
from typing import NamedTuple

from licenses.errors import NotFound
from licenses.model.decision import Decision
from licenses.model.history import LicenseState, replay
from licenses.model.lifecycle import Status
from licenses.model.people import Holder
from licenses.model.register import (
    Actor,
    AuditAction,
    AuditEntry,
    LicenseFilter,
    LicenseKey,
    LicenseRecord,
    Proposal,
    Seal,
)
from licenses.model.standing import Standing, standing
from licenses.ports import Office, UnitOfWork
from licenses.services.case import own


class LicenseView(NamedTuple):
    """A license as its authority sees it at the moment of reading.

    `state` is what is in effect then; what was decided for later stands in the history.
    """

    record: LicenseRecord
    holder: Holder
    state: LicenseState
    status: Status
    standing: Standing


class Entry(NamedTuple):
    """A license in a list: without its holder's description, with its state and status of now."""

    record: LicenseRecord
    state: LicenseState
    status: Status


class Listing(NamedTuple):
    """One page of entries and the cursor of the next, None on the last."""

    entries: tuple[Entry, ...]
    next_cursor: str | None


class History(NamedTuple):
    """All decisions of a license and its proposals, each oldest first."""

    decisions: tuple[Decision, ...]
    proposals: tuple[Proposal, ...]


class _Release(NamedTuple):
    at: datetime
    action: AuditAction
    subject: str
    purpose: str


def read_license(office: Office, actor: Actor, key: LicenseKey, purpose: str) -> LicenseView:
    """Return the license with its holder; raise NotFound."""
    own(actor, key)
    at = office.clock()
    with office.unit_of_work() as uow:
        record = uow.licenses.get(key)
        decisions = uow.decisions.of(key)
        state = replay(decisions, at) or record.state
        view = LicenseView(
            record,
            uow.holders.get(key.authority_id, record.holder_id),
            state,
            state.status_at(at),
            standing(decisions, at),
        )
        _note(uow, actor, _Release(at, AuditAction.RECORD_READ, key.license_id.urn, purpose))
        uow.commit()
    return view


def list_licenses(
    office: Office,
    actor: Actor,
    wanted: LicenseFilter,
    *,
    after: str | None,
    limit: int,
) -> Listing:
    """Return one page of the own register; raise InvalidFields for a foreign cursor."""
    at = office.clock()
    with office.unit_of_work() as uow:
        page = uow.licenses.page(actor.authority_id, wanted, at=at, after=after, limit=limit)
        states = [(record, record.state_at(at, uow.decisions.of)) for record in page.records]
        entries = tuple(Entry(record, state, state.status_at(at)) for record, state in states)
        _note(uow, actor, _Release(at, AuditAction.RECORD_READ, "licenses", "list"))
        uow.commit()
    return Listing(entries, page.next_cursor)


def history_of(office: Office, actor: Actor, key: LicenseKey) -> History:
    """Return decisions and proposals of a license; raise NotFound."""
    own(actor, key)
    at = office.clock()
    with office.unit_of_work() as uow:
        uow.licenses.get(key)
        history = History(uow.decisions.of(key), uow.proposals.of(key))
        subject = key.license_id.urn
        _note(uow, actor, _Release(at, AuditAction.RECORD_READ, subject, "decisions"))
        uow.commit()
    return history


def newest_seal(office: Office, actor: Actor, key: LicenseKey) -> Seal:
    """Return the newest seal, byte for byte as it was signed; raise NotFound."""
    own(actor, key)
    at = office.clock()
    with office.unit_of_work() as uow:
        if uow.licenses.get(key).seal_id is None:
            raise NotFound("the license has no seal yet")
        seal = uow.seals.newest(key)
        released = AuditAction.LICENSE_RELEASED
        _note(uow, actor, _Release(at, released, seal.seal_id, "authority"))
        uow.commit()
    return seal


def _note(uow: UnitOfWork, actor: Actor, release: _Release) -> None:
    uow.audit.record(
        AuditEntry(
            authority_id=actor.authority_id,
            at=release.at,
            actor=actor.actor_id,
            action=release.action,
            subject=release.subject,
            purpose=release.purpose,
        )
    )
