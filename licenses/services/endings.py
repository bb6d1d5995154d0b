"""When the decisions that end a license for good take effect, and what a successor must be.

An annulment looks back to the issue, a death to its day; a license that is replaced names the one
in its place. Pure, but for `require_successor`, which reads that other license.
Source: domain.md 2, rows 17 to 20, rule R4.
"""

from datetime import date, datetime, time
from uuid import UUID
from zoneinfo import ZoneInfo

from licenses.errors import NotFound
from licenses.model.decision import Decision
from licenses.model.license import Grant
from licenses.model.lifecycle import IN_FORCE, Event
from licenses.model.register import LicenseKey
from licenses.ports import UnitOfWork
from licenses.services.case import Case, fault


def void_from_issue(case: Case, decision: Decision) -> Decision:
    """Return an annulment with its effect at the issue, and any other decision as it is.

    An annulled application that was never issued ends at once.
    """
    if decision.event is not Event.ANNULLED:
        return decision
    issues = [one.effective_from for one in case.decisions if one.event is Event.ISSUED]
    effect = min([decision.recorded_at, *issues])
    return decision.model_copy(update={"effective_from": effect})


def effect_of_death(case: Case, died_on: date, at: datetime) -> datetime:
    """Return the instant from which a death ends the license, `at` being now.

    The first instant of the day in the license's own zone; for a license that was valid or
    applied for only after it, the beginning of that, and never the future.

    Raises:
        InvalidFields: the day has not come yet, or lies before the holder's birth.
    """
    if died_on > case.grant.local_day(at):
        raise fault("diedOn", "in-the-future", "must not lie in the future")
    if died_on < case.holder.person.birth_date:
        raise fault("diedOn", "before-birth", "must not lie before the birth of the holder")
    applied = case.decisions[0].effective_from
    first_day = max(died_on, case.grant.period.starts)
    return min(at, max(applied, _first_instant(case.grant, first_day)))


def require_successor(uow: UnitOfWork, case: Case, successor: UUID, at: datetime) -> None:
    """Raise InvalidFields unless another license of the same holder is in force at `at`.

    One in force was itself replaced by nothing, so no chain of successors is ever a ring.
    """
    key = LicenseKey(authority_id=case.record.key.authority_id, license_id=successor)
    try:
        record = uow.licenses.get(key)
    except NotFound:
        raise fault("successor", "unknown", "must be a license of this authority") from None
    if key == case.record.key or record.holder_id != case.record.holder_id:
        raise fault("successor", "not-of-holder", "must be another license of the same holder")
    if record.state_at(at, uow.decisions.of).status_at(at) not in IN_FORCE:
        raise fault("successor", "not-in-force", "must be in force")


def _first_instant(grant: Grant, day: date) -> datetime:
    return datetime.combine(day, time(), ZoneInfo(grant.time_zone))
