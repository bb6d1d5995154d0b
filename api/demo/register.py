"""Fill the register of the demo world, by the very services an authority works with.

Only the clock is told, so that a license can be ten years old; what is decided is decided by a
clerk and two officers, and every decision stands in the chain like any other.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple
from uuid import UUID

from api.bootstrap import Kept, open_office, open_register
from api.demo.authorities import AUTHORITIES, DemoAuthority
from api.demo.licenses import demo_licenses
from api.demo.story import DemoLicense
from api.own_keys import OwnKeys
from api.settings import SiteSettings
from licenses.model.decision import Role
from licenses.model.lifecycle import Status
from licenses.model.register import Actor, LicenseKey, Receipt
from licenses.ports import Office
from licenses.services.actors import authenticate, create_actor
from licenses.services.apply import Application, apply_for_license
from licenses.services.approve import approve
from licenses.services.decide import decide
from licenses.services.people import Applicant
from licenses.services.rulings import Issue, Reissue, Ruling, Supersede

Progress = Callable[[int, int], None]
"""Told how many licenses of how many are made."""

_REPLACED = timedelta(days=2)  # before the world is made


def fill_register(settings: SiteSettings, keys: OwnKeys, now: datetime, progress: Progress) -> None:
    """Make every license of the demo world, oldest first, and let `progress` know of each."""
    clock = _ToldClock(now)
    kept = open_register(settings, clock)
    office = open_office(settings, kept, keys)
    clerks_desk = _Desk(
        office, clock, {one.authority.id: _staff(kept, one) for one in AUTHORITIES}, now
    )
    rows = sorted(demo_licenses(now.date()), key=lambda one: one.since)
    made = {}
    for count, row in enumerate(rows, start=1):
        made[row.authority.slug, row.number] = clerks_desk.grant(row)
        progress(count, len(rows))
    for row in rows:
        if row.successor:
            successor = made[row.authority.slug, row.successor].license_id
            clerks_desk.replace(row, made[row.authority.slug, row.number], successor)


class _ToldClock:
    """A clock that says what it was told."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at


class _Staff(NamedTuple):
    clerk: Actor
    first: Actor
    second: Actor


def _staff(kept: Kept, one: DemoAuthority) -> _Staff:
    """Make a clerk and two officers; their tokens are thrown away, for nobody is to log in."""

    def hired(actor_id: str, role: Role) -> Actor:
        token = create_actor(
            kept.unit_of_work(), one.authority.id, actor_id, role, clock=kept.clock
        )
        return authenticate(kept.unit_of_work(), token, kept.clock)

    return _Staff(
        hired("demo-clerk", Role.CLERK),
        hired("demo-officer-1", Role.OFFICER),
        hired("demo-officer-2", Role.OFFICER),
    )


class _Desk:
    """Where the staff of all authorities work, each in its turn and at its time."""

    def __init__(
        self, office: Office, clock: _ToldClock, staff: dict[str, _Staff], now: datetime
    ) -> None:
        self._office, self._clock, self._staff, self._now = office, clock, staff, now

    def grant(self, row: DemoLicense) -> Receipt:
        """Apply, issue, and rule as the license's story tells; return the last receipt."""
        staff = self._staff[row.authority.authority.id]
        self._clock.at = _office_hours(row.since)
        done = apply_for_license(self._office, staff.clerk, _application(row))
        if row.is_issued:
            done = self._ruled(staff, Issue(), done)
        for day, ruling in enumerate(row.rulings):
            self._clock.at = self._now - timedelta(days=row.days_ago - day)
            done = self._ruled(staff, ruling, done)
        self._clock.at = self._now
        return done

    def replace(self, row: DemoLicense, before: Receipt, successor: UUID) -> None:
        """Put the successor in the license's place: for a new one, or because it was lost."""
        self._clock.at = self._now - _REPLACED
        held = before.status is Status.ACTIVE and (
            row.until is None or row.until > self._now.date()
        )
        ruling: Ruling = (
            Supersede(successor=successor, reason_codes=("conversion",))
            if held
            else Reissue(successor=successor)
        )
        self._ruled(self._staff[row.authority.authority.id], ruling, before)
        self._clock.at = self._now

    def _ruled(self, staff: _Staff, ruling: Ruling, before: Receipt) -> Receipt:
        key = LicenseKey(authority_id=staff.clerk.authority_id, license_id=before.license_id)
        version = before.version
        done = decide(self._office, staff.first, key, ruling, expected_version=version)
        if not done.proposed:
            return done
        return approve(self._office, staff.second, key, done.decision_id, expected_version=version)


def _application(row: DemoLicense) -> Application:
    who = row.holder
    return Application(
        number=row.number,
        profession=row.profession,
        kind=row.kind,
        territories=row.own_territories,
        valid_from=row.starts or row.since,
        valid_until=row.until,
        recognition=row.recognition,
        specialities=row.specialities,
        scope=row.scope,
        holder=Applicant(
            names=who.person.names,
            birth_date=who.person.birth_date,
            identifiers=who.identifiers,
        ),
    )


def _office_hours(day: date) -> datetime:
    return datetime.combine(day, time(9, 30), UTC)
