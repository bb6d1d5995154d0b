"""One license of the demo world as a row of a table, and the words such rows are written in."""

from datetime import date, timedelta
from typing import NamedTuple

from api.demo.authorities import DemoAuthority, texts
from api.demo.somebody import DemoPerson
from licenses.model.encumbrance import EncumbranceKind
from licenses.model.license import (
    Kind,
    RecognitionBasis,
    ScopeItem,
    Speciality,
    Territory,
    TerritoryMode,
)
from licenses.model.lifecycle import Status
from licenses.model.values import ValidityPeriod
from licenses.services.rulings import Correct, Restrict, Ruling


class DemoLicense(NamedTuple):
    """One license: whose, by whom, since when, until when, and what became of it.

    `stands` is its status on the day the world is made. `rulings` follow the issue, the first
    of them `days_ago` days before that day and each a day after the one before. `starts` is the
    first day it is valid where that is not `since`, the day it was applied for and granted.
    `territories` empty is the authority's country. `successor` is the number of the license
    that stands in its place; a license that is `pending` or was `refused` is never issued.
    """

    authority: DemoAuthority
    holder: DemoPerson
    profession: str
    number: str
    since: date
    until: date | None = None
    stands: Status = Status.ACTIVE
    kind: Kind = Kind.FULL
    recognition: RecognitionBasis = RecognitionBasis.NATIONAL_TRAINING
    rulings: tuple[Ruling, ...] = ()
    days_ago: int = 30
    starts: date | None = None
    territories: tuple[Territory, ...] = ()
    specialities: tuple[Speciality, ...] = ()
    scope: tuple[ScopeItem, ...] = ()
    successor: str = ""

    @property
    def is_issued(self) -> bool:
        """Whether it was ever granted, and so has a seal."""
        return self.stands not in (Status.PENDING, Status.REFUSED)

    @property
    def own_territories(self) -> tuple[Territory, ...]:
        """Where it gives its right."""
        return self.territories or (Territory(area=self.authority.authority.country),)

    @property
    def number_now(self) -> str:
        """The number it bears once its corrections are made."""
        numbers = [one.number for one in self.rulings if isinstance(one, Correct) and one.number]
        return numbers[-1] if numbers else self.number


def in_years(today: date, years: int) -> date:
    """Return a day so many times 365 days ahead, or behind where negative."""
    return today + timedelta(days=365 * years)


def last_spring(today: date) -> date:
    """Return a day that has passed, but not by a year."""
    return today - timedelta(days=200)


def conditions(
    *codes: str, until: date | None = None, kind: EncumbranceKind = EncumbranceKind.CONDITION
) -> Restrict:
    """Return the ruling that lays these terms on a license."""
    return Restrict(reason_codes=("conditions-imposed",), kind=kind, term_codes=codes, until=until)


def speciality(code: str, since: date, until: date | None = None, **titles: str) -> Speciality:
    """Return a speciality held from a day on; titles by language, the authority's own first."""
    period = ValidityPeriod(starts=since, ends=until)
    return Speciality(code=code, titles=texts(**titles), period=period)


def only(activity: str, **titles: str) -> ScopeItem:
    """Return an activity the license is confined to."""
    return ScopeItem(activity=activity, titles=texts(**titles))


def except_for(activity: str, **titles: str) -> ScopeItem:
    """Return an activity the license does not cover."""
    return ScopeItem(activity=activity, titles=texts(**titles), exclude=True)


def privilege(area: str, until: date) -> Territory:
    """Return an area covered by a right derived from a license held elsewhere."""
    return Territory(area=area, mode=TerritoryMode.PRIVILEGE, until=until)


def temporary(area: str, until: date) -> Territory:
    """Return an area covered for the time of a declared service."""
    return Territory(area=area, mode=TerritoryMode.TEMPORARY, until=until)
