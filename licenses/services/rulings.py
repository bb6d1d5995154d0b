"""What an authority can be asked to decide about a license, one value per sort of decision.

A ruling is the wish; which event of the state table it becomes depends on where the license
stands when it takes effect (`licenses.services.drafting`). Fields are checked one by one here,
against the license there. Source: issue "The main job", M2; domain.md 2.
"""

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import Field, field_validator

from licenses.model.encumbrance import EncumbranceKind
from licenses.model.license import LicenseNumber
from licenses.model.people import Person
from licenses.model.values import Code, Instant, LocalizedText, Text, Value

VOLUNTARY = "voluntary"
IN_LIEU_OF_DISCIPLINE = "in-lieu-of-discipline"

LIMITING = frozenset(
    {
        EncumbranceKind.EDUCATION_ORDER,
        EncumbranceKind.MONITORING,
        EncumbranceKind.UNDERTAKING,
        EncumbranceKind.CONDITION,
        EncumbranceKind.SCOPE_LIMITATION,
        EncumbranceKind.PRESCRIBING_LIMITATION,
        EncumbranceKind.SUPERVISION_ORDER,
        EncumbranceKind.PROBATION,
        EncumbranceKind.OTHER,
    }
)
"""Kinds a limit may be of: neither those that forbid practice nor those that leave it free."""

Titles = Annotated[tuple[LocalizedText, ...], Field(min_length=1, max_length=20)]
Reasons = Annotated[tuple[Code, ...], Field(min_length=1, max_length=10)]


class Ruling(Value):
    """What every ruling has: the local day it was decided (None: today), reasons, the law."""

    decided_on: date | None = None
    reason_codes: Annotated[tuple[Code, ...], Field(max_length=10)] = ()
    legal_basis: Annotated[tuple[Text, ...], Field(max_length=10)] = ()


class DatedRuling(Ruling):
    """A ruling that may take effect at another instant than at once (None)."""

    effective_from: Instant | None = None


class Issue(DatedRuling):
    """Grant what was applied for."""


class Refuse(DatedRuling):
    """Turn the application down, with reasons."""

    reason_codes: Reasons


class Restrict(DatedRuling):
    """Lay a limit on the license; `until` is its last local day, None until lifted."""

    reason_codes: Reasons
    kind: EncumbranceKind = EncumbranceKind.CONDITION
    term_codes: Annotated[tuple[Code, ...], Field(min_length=1, max_length=20)]
    until: date | None = None

    @field_validator("kind")
    @classmethod
    def _limits(cls, kind: EncumbranceKind) -> EncumbranceKind:
        if kind not in LIMITING:
            raise ValueError("must be a measure that limits practice")
        return kind


class Lift(DatedRuling):
    """End one limit."""

    encumbrance_id: UUID


class Suspend(DatedRuling):
    """Forbid practice for a time; `until` is the last local day of it, None until reinstated."""

    reason_codes: Reasons
    until: date | None = None
    interim: bool = False


class Reinstate(DatedRuling):
    """End a suspension, or give back what was revoked or surrendered (then with the law)."""


class Revoke(DatedRuling):
    """Take the right away."""

    reason_codes: Reasons


class _PerhapsAsked(DatedRuling):
    """A ruling the holder may have asked for; its reasons say so."""

    reason_codes: Reasons

    @property
    def voluntary(self) -> bool:
        """Say whether it was the holder's own request."""
        return VOLUNTARY in self.reason_codes and IN_LIEU_OF_DISCIPLINE not in self.reason_codes


class Surrender(_PerhapsAsked):
    """Record that the holder gave the license up, of their own will or in lieu of discipline."""


class Inactivate(_PerhapsAsked):
    """Let the license rest: the holder retires or does not practise, and as a rule asked for it."""

    reason_codes: Reasons = (VOLUNTARY,)


class Reactivate(DatedRuling):
    """Let the holder practise again; the reasons say how the return to practice was ensured."""

    reason_codes: Reasons


class Replacing(Ruling):
    """A ruling by which another license of the holder, `successor`, stands in this one's place.

    The successor must be issued and in force; it is applied for and issued like any other.
    """

    successor: UUID


class Reissue(Replacing):
    """Close a license that was lost, given up or ran out, for a new one was issued."""


class Supersede(Replacing):
    """Replace a license by another: a conversion, a merger of registers, a new law."""

    reason_codes: Reasons


class Annul(Ruling):
    """Declare the license void from its issue: it was issued in error, or got by fraud."""

    reason_codes: Reasons


class RecordDeath(Ruling):
    """Record that the holder died on a local day; it ends every license they hold."""

    died_on: date


class Renew(DatedRuling):
    """Prolong the license to a later last local day."""

    valid_until: date


class Correct(Ruling):
    """Set right what was recorded wrongly; None leaves a field as it is.

    Never kind, territories, period or scope: those are new decisions. `license_legal_basis` is
    the ground on the license itself, `legal_basis` the ground of this decision.
    """

    number: LicenseNumber | None = None
    titles: Titles | None = None
    profession_titles: Titles | None = None
    license_legal_basis: Annotated[tuple[Text, ...], Field(max_length=20)] | None = None
    first_issued: date | None = None
    holder: Person | None = None


LOSSES = (Refuse, Restrict, Suspend, Revoke, Surrender, Supersede, Annul)
"""Rulings that lower standing."""


def needs_two_officers(ruling: Ruling) -> bool:
    """Say whether one person proposes and another approves: every loss of right but these.

    Not what the holder asked for (a voluntary surrender, a license that rests), nor a death; a
    reissue takes no right away, for the old license gave none any more (design.md 3).
    """
    if isinstance(ruling, _PerhapsAsked):
        return not ruling.voluntary
    return isinstance(ruling, LOSSES)
