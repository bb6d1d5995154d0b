"""The case: one license with everything a decision about it is judged by, and who may judge.

Reads only. A record of another authority answers like one that does not exist.
"""

from collections.abc import Callable
from datetime import date, datetime
from typing import NamedTuple

from licenses.errors import (
    Conflict,
    FieldFault,
    InvalidFields,
    NotAllowed,
    NotFound,
    OutsideMandate,
    SameOfficer,
    StaleVersion,
)
from licenses.model.authority import Authority
from licenses.model.decision import Decision, Role
from licenses.model.history import LicenseState, replay
from licenses.model.license import Grant
from licenses.model.lifecycle import Event, Status
from licenses.model.people import Holder
from licenses.model.register import Actor, LicenseKey, LicenseRecord, Receipt, RequestKey
from licenses.ports import Office, UnitOfWork


class Case(NamedTuple):
    """A license, its decisions in the order they were recorded, its holder, its authority."""

    record: LicenseRecord
    decisions: tuple[Decision, ...]
    holder: Holder
    authority: Authority

    @property
    def grant(self) -> Grant:
        """What all decisions together grant."""
        return self.record.state.grant

    def state_at(self, moment: datetime) -> LicenseState | None:
        """Return what was in effect at `moment`, None before the beginning."""
        return replay(self.decisions, moment)

    def status_at(self, moment: datetime) -> Status:
        """Return the status at `moment`; before its beginning a license is pending."""
        state = self.state_at(moment)
        return Status.PENDING if state is None else state.status_at(moment)


def open_case(uow: UnitOfWork, key: LicenseKey, expected_version: int) -> Case:
    """Read a license in order to change it; raise NotFound or StaleVersion."""
    record = uow.licenses.get(key)
    if record.version != expected_version:
        raise StaleVersion(
            f"the license is at version {record.version}, the change was made from"
            f" {expected_version}; read it again"
        )
    return Case(
        record=record,
        decisions=uow.decisions.of(key),
        holder=uow.holders.get(key.authority_id, record.holder_id),
        authority=uow.authorities.get(key.authority_id),
    )


def own(actor: Actor, key: LicenseKey) -> None:
    """Raise NotFound where the license would stand in another authority's register."""
    if actor.authority_id != key.authority_id:
        raise NotFound("there is no such license")


def once(office: Office, request: RequestKey | None, work: Callable[[], Receipt]) -> Receipt:
    """Do `work` unless its request was answered before; then return that very answer.

    A request that is in the hands of two at once is done by one: the other finds the number
    taken, the version stale or the key used, and is given the first one's answer.

    Raises:
        KeyReused: the key was used with another body.
    """
    answered = _answer(office, request)
    if answered is not None:
        return answered
    try:
        return work()
    except (Conflict, StaleVersion):
        answered = _answer(office, request)
        if answered is None:
            raise
        return answered


def _answer(office: Office, request: RequestKey | None) -> Receipt | None:
    if request is None:
        return None
    with office.unit_of_work() as uow:
        return uow.idempotency.find(request)


def within_mandate(authority: Authority, grant: Grant, *days: date) -> None:
    """Raise OutsideMandate unless every territory is covered on every one of the local days."""
    for day in sorted(set(days)):
        for territory in grant.territories:
            if not authority.may_grant(grant.profession.code, territory.area, day):
                raise OutsideMandate(
                    f"the mandate does not cover {grant.profession.code} in {territory.area}"
                    f" on {day.isoformat()}"
                )


def not_the_applicant(case: Case, officer: Actor) -> None:
    """Raise SameOfficer if the one who filed the application would issue it (rule 3)."""
    filed = next(one for one in case.decisions if one.event is Event.APPLIED)
    if filed.actor.actor_id == officer.actor_id:
        raise SameOfficer("who filed an application does not issue it; ask another officer")


def officers_only(actor: Actor, sentence: str) -> None:
    """Raise NotAllowed with `sentence` unless the actor is an officer."""
    if actor.role is not Role.OFFICER:
        raise NotAllowed(sentence)


def fault(field: str, code: str, message: str) -> InvalidFields:
    """Return the refusal of one field."""
    return InvalidFields(FieldFault(field, code, message))
