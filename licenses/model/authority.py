"""Licensing authorities and their mandate: who may grant which profession where and when.

Which certificate speaks for an authority is trust, not domain: `licenses.model.trust`.
Source: domain.md 1 (Authority, competences).
"""

from datetime import date
from typing import Annotated

from pydantic import Field

from licenses.model.values import (
    AreaCode,
    Code,
    CountryCode,
    LocalizedText,
    Uri,
    ValidityPeriod,
    Value,
)


class MandateEntry(Value):
    """The right to grant one profession in one territory during one period."""

    profession: Code
    territory: AreaCode
    period: ValidityPeriod


class Authority(Value):
    """A licensing authority, with its mandate and the time zone its days are counted in."""

    id: Uri
    names: Annotated[tuple[LocalizedText, ...], Field(min_length=1)]
    country: CountryCode
    url: Uri
    time_zone: str
    mandate: tuple[MandateEntry, ...] = ()

    def may_grant(self, profession: str, territory: str, day: date) -> bool:
        """Say whether the mandate covers the profession in the territory on that local day."""
        return covers(self.mandate, profession, territory, day)


def covers(mandate: tuple[MandateEntry, ...], profession: str, territory: str, day: date) -> bool:
    """Say whether any entry of `mandate` covers profession, territory and local day.

    An entry for a country covers its subdivisions (NO covers NO-03), never the reverse.
    """
    return any(
        entry.profession == profession
        and lies_in(territory, entry.territory)
        and entry.period.covers(day)
        for entry in mandate
    )


def lies_in(area: str, whole: str) -> bool:
    """Say whether `area` is `whole` or a subdivision of it (ISO 3166)."""
    return area == whole or area.startswith(f"{whole}-")
