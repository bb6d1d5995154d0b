"""Apply for a license: the holder is found or added, the application waits as `pending`.

Issuing it is another decision by another person (`licenses.services.decide`).
Source: domain.md 2, row 1.
"""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID
from zoneinfo import ZoneInfo

from pydantic import Field

from licenses.errors import NotFound
from licenses.model.authority import Authority, lies_in
from licenses.model.decision import Decision
from licenses.model.license import (
    Grant,
    Kind,
    LicenseNumber,
    RecognitionBasis,
    ScopeItem,
    Speciality,
    Territory,
)
from licenses.model.lifecycle import Event
from licenses.model.people import Holder
from licenses.model.profession import Profession
from licenses.model.register import (
    Actor,
    AuditAction,
    LicenseKey,
    LicenseRecord,
    Receipt,
    RequestKey,
)
from licenses.model.values import AreaCode, Code, Text, ValidityPeriod, Value
from licenses.ports import Office, UnitOfWork
from licenses.services.case import fault, once, within_mandate
from licenses.services.people import Applicant, find_or_add
from licenses.services.rulings import Titles
from licenses.services.seal_step import rehearse_issue
from licenses.services.settle import announce, audit, receipt_for, state_after


class Application(Value):
    """What is applied for, and for whom.

    `titles` None takes the titles of the authority's list, `jurisdiction` None the authority's
    country, `first_issued` None the day of issue; `valid_until` None is until withdrawn.
    """

    number: LicenseNumber
    profession: Code
    titles: Titles | None = None
    kind: Kind
    jurisdiction: AreaCode | None = None
    territories: Annotated[tuple[Territory, ...], Field(min_length=1, max_length=60)]
    valid_from: date
    valid_until: date | None = None
    first_issued: date | None = None
    recognition: RecognitionBasis
    specialities: Annotated[tuple[Speciality, ...], Field(max_length=40)] = ()
    scope: Annotated[tuple[ScopeItem, ...], Field(max_length=40)] = ()
    legal_basis: Annotated[tuple[Text, ...], Field(max_length=20)] = ()
    holder: Applicant


def apply_for_license(
    office: Office, actor: Actor, application: Application, request: RequestKey | None = None
) -> Receipt:
    """Record an application in the register of the actor's authority.

    Raises:
        InvalidFields: a field is impossible, the profession is not listed, or the holder found
            is somebody else.
        LintFailed: what is applied for could never be sealed.
        OutsideMandate: the authority may not grant this profession there today.
        NumberTaken, Conflict, KeyReused, Unavailable: nothing was changed.
    """
    return once(office, request, lambda: _applied(office, actor, application, request))


def _applied(
    office: Office, actor: Actor, application: Application, request: RequestKey | None
) -> Receipt:
    at = office.clock()
    with office.unit_of_work() as uow:
        authority = uow.authorities.get(actor.authority_id)
        today = at.astimezone(ZoneInfo(authority.time_zone)).date()
        grant = _grant(application, authority, _listed(uow, authority, application), today)
        within_mandate(authority, grant, today)
        holder = find_or_add(uow, authority.id, application.holder, today, office.ids.record())
        decision = _decision(actor, office.ids.record(), office.ids.record(), grant, at)
        record = _record(decision, holder)
        rehearse_issue(office, record, authority, holder, at)
        uow.licenses.add(record)
        uow.decisions.append(decision)
        audit(uow, actor, AuditAction.DECISION_RECORDED, decision)
        announce(uow, office.ids, decision)
        receipt = receipt_for(record, decision, (decision,), at, proposed=False)
        if request is not None:
            uow.idempotency.put(request, receipt)
        uow.commit()
    return receipt


def _listed(uow: UnitOfWork, authority: Authority, application: Application) -> Profession:
    try:
        return uow.authorities.profession(authority.id, application.profession)
    except NotFound:
        raise fault("profession", "not-listed", "is not in the authority's list") from None


def _grant(
    application: Application, authority: Authority, profession: Profession, today: date
) -> Grant:
    _check(application, authority, today)
    return Grant(
        number=application.number,
        profession=profession,
        titles=application.titles or profession.titles,
        kind=application.kind,
        jurisdiction=application.jurisdiction or authority.country,
        territories=application.territories,
        first_issued=application.first_issued or today,
        issued=today,
        period=ValidityPeriod(starts=application.valid_from, ends=application.valid_until),
        time_zone=authority.time_zone,
        recognition=application.recognition,
        specialities=application.specialities,
        scope=application.scope,
        legal_basis=application.legal_basis,
    )


def _check(application: Application, authority: Authority, today: date) -> None:
    ends, first = application.valid_until, application.first_issued
    if ends is not None and ends < application.valid_from:
        raise fault("validUntil", "before-valid-from", "must not lie before validFrom")
    if ends is not None and ends < today:
        raise fault("validUntil", "in-the-past", "must not lie in the past")
    if first is not None and first > today:
        raise fault("firstIssued", "in-the-future", "must not lie in the future")
    if application.kind is Kind.LIMITED and not application.scope:
        raise fault("scope", "required", "must be given for a limited license")
    if application.jurisdiction and not lies_in(application.jurisdiction, authority.country):
        raise fault("jurisdiction", "not-of-authority", "must lie in the authority's country")


def _decision(
    actor: Actor, license_id: UUID, decision_id: UUID, grant: Grant, at: datetime
) -> Decision:
    return Decision(
        decision_id=decision_id,
        authority_id=actor.authority_id,
        license_id=license_id,
        event=Event.APPLIED,
        decided_on=grant.local_day(at),
        effective_from=at,
        recorded_at=at,
        actor=actor.ref,
        grant=grant,
    )


def _record(decision: Decision, holder: Holder) -> LicenseRecord:
    key = LicenseKey(authority_id=decision.authority_id, license_id=decision.license_id)
    state = state_after((decision,))
    return LicenseRecord(
        key=key,
        holder_id=holder.holder_id,
        state=state,
        version=1,
        settled_at=decision.effective_from,
    )
