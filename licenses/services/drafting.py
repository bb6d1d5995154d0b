"""From a ruling to the decision it would become, given where the license then stands.

Pure: reads the case, writes nothing. The state table has the last word (`dry_run`); what is
checked here is what the table cannot know: dates, and what a new grant may change.
Source: domain.md 2, rows 3 to 21, rules R3, R4.
"""

from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from licenses.errors import Conflict, IllegalTransition
from licenses.model.decision import ActorRef, Decision
from licenses.model.encumbrance import Effect, Encumbrance, EncumbranceKind
from licenses.model.history import LicenseState, require_sound
from licenses.model.license import Grant
from licenses.model.lifecycle import Event, Status
from licenses.model.register import Actor
from licenses.model.values import ValidityPeriod
from licenses.ports import Ids
from licenses.services.case import Case, fault
from licenses.services.endings import effect_of_death, void_from_issue
from licenses.services.rulings import (
    IN_LIEU_OF_DISCIPLINE,
    VOLUNTARY,
    Annul,
    Correct,
    DatedRuling,
    Inactivate,
    Issue,
    Lift,
    Reactivate,
    RecordDeath,
    Refuse,
    Reinstate,
    Reissue,
    Renew,
    Replacing,
    Restrict,
    Revoke,
    Ruling,
    Supersede,
    Surrender,
    Suspend,
)

GRANTING = frozenset({Event.ISSUED, Event.RENEWED, Event.RENEWED_LATE})
"""Events the authority needs its mandate for."""

_RENEWALS = frozenset({Event.RENEWED, Event.RENEWED_LATE})
_LIMITING = frozenset({Event.RESTRICTED, Event.RESTRICTION_CHANGED})
_RETURNING = frozenset({Event.REINSTATED, Event.RESTORED})
_OPENING = frozenset({Event.ISSUED, Event.REFUSED})  # these alone come before a first issue
_GIVEN_UP = frozenset({Status.REVOKED, Status.SURRENDERED})


_EVENT: dict[type[Ruling], Event] = {
    Refuse: Event.REFUSED,
    Reinstate: Event.REINSTATED,
    Revoke: Event.REVOKED,
    Inactivate: Event.INACTIVATED,
    Reactivate: Event.REACTIVATED,
    Reissue: Event.REISSUED,
    Supersede: Event.SUPERSEDED,
    Annul: Event.ANNULLED,
    RecordDeath: Event.DECEASED,
}
"""The event of a ruling that lays, lifts and grants nothing."""


class _Substance(NamedTuple):
    event: Event
    grant: Grant | None = None
    encumbrance: Encumbrance | None = None
    lifts: UUID | None = None
    amends: UUID | None = None
    successor: UUID | None = None


def drafted(case: Case, ruling: Ruling, actor: Actor, at: datetime, ids: Ids) -> Decision:
    """Return the decision `ruling` would be if it were recorded at `at`.

    Raises:
        InvalidFields: a date or a field of the ruling does not fit the license.
        IllegalTransition, Conflict: the license does not stand where this is possible.
    """
    effective = _wanted_effect(case, ruling, at)
    decided = ruling.decided_on or case.grant.local_day(at)
    substance = _substance(case, ruling, decided, ids)
    decision = Decision(
        decision_id=ids.record(),
        authority_id=case.record.key.authority_id,
        license_id=case.record.key.license_id,
        decided_on=decided,
        effective_from=effective or at,
        recorded_at=at,
        reason_codes=ruling.reason_codes,
        legal_basis=ruling.legal_basis,
        actor=actor.ref,
        **substance._asdict(),
    )
    return judged(case, fitted(case, void_from_issue(case, decision)))


def redrafted(case: Case, proposed: Decision, approver: ActorRef, at: datetime) -> Decision:
    """Return a proposed decision as it is when approved at `at`, fitted to the license of now.

    What was to take effect at once does so at the approval and is decided that day; a grant
    never takes effect before its approval.
    """
    at_once = proposed.effective_from == proposed.recorded_at
    starts_now = at_once or (proposed.grant is not None and proposed.effective_from < at)
    same_day = proposed.decided_on == case.grant.local_day(proposed.recorded_at)
    decided = case.grant.local_day(at) if at_once and same_day else proposed.decided_on
    changes = {
        "recorded_at": at,
        "approver": approver,
        "decided_on": decided,
        "effective_from": at if starts_now else proposed.effective_from,
        "grant": _reissued(proposed, decided),
    }
    approved = proposed.model_copy(update=changes)
    return judged(case, fitted(case, void_from_issue(case, approved)))


def judged(case: Case, decision: Decision) -> Decision:
    """Return `decision` if its dates are possible and every replay with it is legal."""
    _check_days(decision.grant or case.grant, decision)
    _check_grant_order(case, decision)
    require_sound((*case.decisions, decision))
    return decision


def fitted(case: Case, decision: Decision) -> Decision:
    """Return `decision` as the event that fits where the license stands when it takes effect."""
    state = case.state_at(decision.effective_from)
    if state is None:
        return decision
    status = state.status_at(decision.effective_from)
    if decision.event in _RENEWALS:
        event = Event.RENEWED_LATE if status is Status.EXPIRED else Event.RENEWED
        return decision.model_copy(update={"event": event})
    if decision.event in _LIMITING and decision.encumbrance is not None:
        event = Event.RESTRICTION_CHANGED if status is Status.RESTRICTED else Event.RESTRICTED
        return decision.model_copy(update={"event": event})
    if decision.event in _RETURNING:
        return _returning(decision, state, status)
    if decision.lifts is not None:
        return decision.model_copy(update={"event": _lifting(decision, state)})
    return decision


def _wanted_effect(case: Case, ruling: Ruling, at: datetime) -> datetime | None:
    if isinstance(ruling, RecordDeath):
        return effect_of_death(case, ruling.died_on, at)
    return ruling.effective_from if isinstance(ruling, DatedRuling) else None


def _lifting(decision: Decision, state: LicenseState) -> Event:
    others = [
        measure
        for measure in state.open_encumbrances(decision.effective_from)
        if measure.effect is Effect.LIMITS and measure.encumbrance_id != decision.lifts
    ]
    return Event.RESTRICTION_CHANGED if others else Event.RESTRICTION_LIFTED


def _returning(decision: Decision, state: LicenseState, status: Status) -> Decision:
    """Reinstate from a ban, restore what was revoked or given up; either way the ban ends."""
    event = Event.RESTORED if status in _GIVEN_UP else Event.REINSTATED
    if event is Event.RESTORED and not decision.legal_basis:
        raise fault("legalBasis", "required", "must be given to restore a lost license")
    bans = [
        measure.encumbrance_id
        for measure in state.open_encumbrances(decision.effective_from)
        if measure.effect is Effect.PROHIBITS
    ]
    return decision.model_copy(update={"event": event, "lifts": bans[0] if bans else None})


def _substance(case: Case, ruling: Ruling, decided: date, ids: Ids) -> _Substance:
    match ruling:
        case Issue():
            made = _Substance(Event.ISSUED, grant=as_issued(case.grant, decided))
        case Restrict():
            made = _Substance(Event.RESTRICTED, encumbrance=_limit(ruling, ids))
        case Lift():
            made = _Substance(Event.RESTRICTION_LIFTED, lifts=ruling.encumbrance_id)
        case Suspend():
            made = _Substance(Event.SUSPENDED, encumbrance=_ban(ruling, ids))
        case Surrender():
            made = _surrendered(ruling)
        case Replacing():
            made = _Substance(_EVENT[type(ruling)], successor=ruling.successor)
        case Renew():
            made = _Substance(Event.RENEWED, grant=_renewed(case.grant, ruling, decided))
        case Correct():
            newest = [one.decision_id for one in case.decisions if one.grant is not None][-1]
            grant = _corrected(case.grant, ruling)
            stated = None if grant == case.grant else grant
            made = _Substance(Event.CORRECTED, grant=stated, amends=newest)
        case _:
            made = _Substance(_EVENT[type(ruling)])
    return made


def _limit(ruling: Restrict, ids: Ids) -> Encumbrance:
    return Encumbrance(
        encumbrance_id=ids.record(),
        kind=ruling.kind,
        effect=Effect.LIMITS,
        term_codes=ruling.term_codes,
        until=ruling.until,
    )


def _ban(ruling: Suspend, ids: Ids) -> Encumbrance:
    kind = EncumbranceKind.INTERIM_SUSPENSION if ruling.interim else EncumbranceKind.SUSPENSION
    return Encumbrance(
        encumbrance_id=ids.record(),
        kind=kind,
        effect=Effect.PROHIBITS,
        until=ruling.until,
        interim=ruling.interim,
    )


def _surrendered(ruling: Surrender) -> _Substance:
    if len({VOLUNTARY, IN_LIEU_OF_DISCIPLINE} & set(ruling.reason_codes)) != 1:
        raise fault(
            "reasonCodes",
            "surrender-reason",
            f"must name either {VOLUNTARY} or {IN_LIEU_OF_DISCIPLINE}",
        )
    return _Substance(Event.SURRENDERED)


def as_issued(applied: Grant, decided: date) -> Grant:
    """Return the grant of an application as it is issued when decided on that local day.

    A first issue in the past stays what the application says; else it is this very day. No
    license is valid before its first issue, so an earlier validFrom moves up to it;
    where the days applied for are over by then, IllegalTransition is raised.
    """
    earlier = applied.first_issued < applied.issued
    first = applied.first_issued if earlier else decided
    if applied.period.is_over(first):
        raise IllegalTransition("the days that were applied for are over")
    period = applied.period.model_copy(update={"starts": max(applied.period.starts, first)})
    return _dated(applied.model_copy(update={"first_issued": first, "period": period}), decided)


def _renewed(grant: Grant, ruling: Renew, decided: date) -> Grant:
    ends = grant.period.ends
    if ends is None or ruling.valid_until <= ends:
        raise fault("validUntil", "must-grow", "must lie behind the present last day of validity")
    period = ValidityPeriod(starts=grant.period.starts, ends=ruling.valid_until)
    return _dated(grant.model_copy(update={"period": period}), decided)


def _reissued(proposed: Decision, decided: date) -> Grant | None:
    if proposed.grant is None or proposed.event is Event.CORRECTED:
        return proposed.grant
    if proposed.event is Event.ISSUED:
        return as_issued(proposed.grant, decided)
    return _dated(proposed.grant, decided)


def _dated(grant: Grant, issued: date) -> Grant:
    if issued < grant.first_issued:
        raise fault("decidedOn", "before-first-issue", "must not lie before the first issue")
    return grant.model_copy(update={"issued": issued})


def _corrected(grant: Grant, ruling: Correct) -> Grant:
    wanted = {
        "number": ruling.number,
        "titles": ruling.titles,
        "legal_basis": ruling.license_legal_basis,
        "first_issued": ruling.first_issued,
    }
    changes: dict[str, object] = {name: new for name, new in wanted.items() if new is not None}
    if ruling.profession_titles is not None:
        titles = {"titles": ruling.profession_titles}
        changes["profession"] = grant.profession.model_copy(update=titles)
    if not changes and ruling.holder is None:
        raise fault("body", "nothing-to-correct", "must name at least one field to correct")
    if ruling.first_issued is not None and ruling.first_issued > grant.issued:
        raise fault("firstIssued", "after-issue", "must not lie behind the day of issue")
    return grant.model_copy(update=changes)


def _check_days(grant: Grant, decision: Decision) -> None:
    """R3, R4: any later effect is legal, an earlier one from the first day of validity on."""
    begins = grant.local_day(decision.effective_from)
    if decision.decided_on > grant.local_day(decision.recorded_at):
        raise fault("decidedOn", "in-the-future", "must not lie in the future")
    if decision.event not in _OPENING and decision.decided_on < grant.first_issued:
        raise fault("decidedOn", "before-first-issue", "must not lie before the first issue")
    if decision.effective_from < decision.recorded_at:
        if begins < grant.period.starts and decision.event is not Event.ANNULLED:
            raise fault("effectiveFrom", "before-valid-from", "must not lie before validFrom")
        if decision.event in _RENEWALS:
            raise fault("effectiveFrom", "in-the-past", "a renewal is never back-dated")
    measure = decision.encumbrance
    if measure is not None and measure.until is not None and measure.until < begins:
        raise fault("until", "before-effect", "must not lie before the measure takes effect")


def _check_grant_order(case: Case, decision: Decision) -> None:
    """A grant is whole: one that takes effect before another would be undone by it."""
    if decision.grant is None:
        return
    if any(one.grant and one.effective_from > decision.effective_from for one in case.decisions):
        raise Conflict("a decision with a later effect already states the license anew")
