"""Encumbrances: dated limits and bans laid over a license. The encumbrance is the record.

`restricted` and `suspended` are only labels read from the open ones. Source: domain.md 1.
"""

from datetime import date
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import Field

from licenses.model.values import Code, Value


class Effect(StrEnum):
    """The only field of an encumbrance that drives status."""

    NONE = "none"
    LIMITS = "limits"
    PROHIBITS = "prohibits"


class EncumbranceKind(StrEnum):
    """What sort of measure it is (NPDB and CompactConnect groups, domain.md 1)."""

    WARNING = "warning"
    REPRIMAND = "reprimand"
    FINE = "fine"
    EDUCATION_ORDER = "education-order"
    MONITORING = "monitoring"
    UNDERTAKING = "undertaking"
    CONDITION = "condition"
    SCOPE_LIMITATION = "scope-limitation"
    PRESCRIBING_LIMITATION = "prescribing-limitation"
    SUPERVISION_ORDER = "supervision-order"
    PROBATION = "probation"
    INTERIM_SUSPENSION = "interim-suspension"
    SUSPENSION = "suspension"
    PRACTICE_BAN = "practice-ban"
    OTHER = "other"


class Encumbrance(Value):
    """One measure: coded terms, its last local day, and whether it is interim.

    It begins with the decision that lays it and ends with `until` (included; None is open) or
    with the decision that lifts it. `basis` is for authorities alone and never published.
    """

    encumbrance_id: UUID
    kind: EncumbranceKind
    effect: Effect
    term_codes: Annotated[tuple[Code, ...], Field(max_length=20)] = ()
    until: date | None = None
    interim: bool = False
    basis: tuple[Code, ...] = ()

    def open_on(self, day: date) -> bool:
        """Say whether the measure, once laid and not lifted, still binds on that local day."""
        return self.until is None or day <= self.until
