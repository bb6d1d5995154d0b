"""Decisions and the measures they lay, in the order a register would write them."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from factory.base import Factory
from factory.declarations import LazyAttribute, Sequence

from licenses.model.decision import ActorRef, Decision, Role
from licenses.model.encumbrance import Effect, Encumbrance, EncumbranceKind
from licenses.model.lifecycle import Event
from tests.factories.grants import AUTHORITY_ID, GrantFactory

FIRST_DAY = datetime(2024, 7, 1, 10, 0, tzinfo=UTC)
LICENSE_ID = UUID("01890000-0000-7000-8000-000000000001")


def _id(block: int, number: int) -> UUID:
    return UUID(f"01890000-0000-7000-{block:04x}-{number:012x}")


class EncumbranceFactory(Factory[Encumbrance]):
    """A supervision order that limits, open."""

    class Meta:
        model = Encumbrance

    encumbrance_id = Sequence(lambda n: _id(0xA000, n + 1))
    kind = EncumbranceKind.SUPERVISION_ORDER
    effect = Effect.LIMITS
    term_codes = ("supervision.direct",)
    until = None
    interim = False
    basis = ()


class DecisionFactory(Factory[Decision]):
    """An application recorded and effective at once; each next decision comes a day later.

    `grant` is filled for the events that bring one, unless it is given.
    """

    class Meta:
        model = Decision

    class Params:
        day = Sequence(lambda n: n)

    decision_id = Sequence(lambda n: _id(0xB000, n + 1))
    authority_id = AUTHORITY_ID
    license_id = LICENSE_ID
    event = Event.APPLIED
    decided_on = LazyAttribute(lambda made: _local_day(made.effective_from))
    effective_from = LazyAttribute(lambda made: FIRST_DAY + timedelta(days=made.day))
    recorded_at = LazyAttribute(lambda made: made.effective_from)
    actor = ActorRef(actor_id="clerk-1", role=Role.CLERK)
    grant = LazyAttribute(
        lambda made: GrantFactory.build() if made.event is Event.APPLIED else None
    )


def _local_day(moment: datetime) -> date:
    return moment.date()
