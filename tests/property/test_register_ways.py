"""Whatever actors ask for, in whatever order: the rules of the register hold."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import partial
from uuid import UUID

import hypothesis.strategies as st
from hypothesis import given, settings

from licenses.errors import LicensingError
from licenses.model.decision import Decision, Role
from licenses.model.history import replay
from licenses.model.lifecycle import Event
from licenses.model.register import ProposalState, Receipt
from licenses.services.rulings import (
    Annul,
    Correct,
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
from tests.desks import HEALTH, Desk, key_of
from tests.doubles import sealed_content

BECAUSE = ("unsafe-practice",)
LAW = ("Helsepersonelloven § 62",)
TWO_OFFICERS = frozenset(
    {
        Event.REFUSED, Event.RESTRICTED, Event.SUSPENDED, Event.REVOKED, Event.ANNULLED,
        Event.SUPERSEDED,
    }
)  # fmt: skip
SEALING = frozenset({Event.ISSUED, Event.RENEWED, Event.RENEWED_LATE})

days = st.sampled_from((date(2026, 6, 30), date(2031, 12, 31), date(2040, 1, 1)))
instants = st.none() | st.sampled_from(
    [datetime(year, month, 3, tzinfo=UTC) for year, month in ((2026, 1), (2026, 3), (2027, 1))]
)
rulings = st.one_of(
    st.builds(Issue, effective_from=instants),
    st.builds(Refuse, reason_codes=st.just(BECAUSE)),
    st.builds(
        Restrict,
        reason_codes=st.just(BECAUSE),
        term_codes=st.just(("supervision.direct",)),
        until=st.none() | days,
        effective_from=instants,
    ),
    st.builds(Lift, encumbrance_id=st.just(UUID(int=0))),
    st.builds(
        Suspend, reason_codes=st.just(BECAUSE), until=st.none() | days, effective_from=instants
    ),
    st.builds(Reinstate, legal_basis=st.sampled_from(((), LAW))),
    st.builds(Revoke, reason_codes=st.just(BECAUSE), effective_from=instants),
    st.builds(
        Surrender, reason_codes=st.sampled_from((("voluntary",), ("in-lieu-of-discipline",)))
    ),
    st.builds(Renew, valid_until=days),
    st.builds(Inactivate, effective_from=instants),
    st.builds(Reactivate, reason_codes=st.just(BECAUSE)),
    st.builds(Annul, reason_codes=st.just(BECAUSE)),
    st.builds(Supersede, successor=st.just(UUID(int=0)), reason_codes=st.just(BECAUSE)),
    st.builds(Reissue, successor=st.just(UUID(int=0))),
    st.builds(RecordDeath, died_on=days | st.just(date(2026, 2, 1))),
    st.builds(Correct, number=st.sampled_from(("HPR 8", "HPR 9"))),
)
steps = st.lists(
    st.tuples(
        st.sampled_from(("olga", "olga", "clara", "mach", "alien")),
        rulings,
        st.sampled_from(("otto", "otto", "otto", "olga", "clara", None)),
        st.sampled_from((0, 0, 0, 1, 40, 2000)),
    ),
    min_size=3,
    max_size=10,
)


@settings(max_examples=150, deadline=None)
@given(steps, st.booleans())
def test_no_order_of_requests_breaks_the_register(
    way: list[tuple[str, Ruling, str | None, int]], issued: bool
) -> None:
    desk = Desk()
    successor = desk.issued(number="HPR 1").license_id
    license_receipt = desk.issued() if issued else desk.apply()
    for who, ruling, approver, days_later in way:
        desk.clock.now += timedelta(days=days_later)
        aimed = _aimed(desk, license_receipt, ruling, successor)
        _try(desk, partial(desk.decide, who, license_receipt, aimed))
        if approver is not None:
            _approve_newest(desk, approver, license_receipt)
        _check(desk, license_receipt)


def _try(desk: Desk, act: Callable[[], object]) -> None:
    before = desk.stored()
    try:
        act()
    except LicensingError:
        assert desk.stored() == before


def _aimed(desk: Desk, receipt: Receipt, ruling: Ruling, successor: UUID) -> Ruling:
    """Let a lift name a measure that stands, if there is one, and a replacement a license."""
    if isinstance(ruling, Replacing):
        return ruling.model_copy(update={"successor": successor})
    standing = desk.record(receipt).state.encumbrances
    if isinstance(ruling, Lift) and standing:
        return Lift(encumbrance_id=standing[0].encumbrance_id)
    return ruling


def _approve_newest(desk: Desk, who: str, receipt: Receipt) -> None:
    with desk.uow() as uow:
        proposals = uow.proposals.of(key_of(receipt))
    waiting = [one for one in proposals if one.state is ProposalState.OPEN]
    if waiting:
        asked = receipt.model_copy(update={"decision_id": waiting[-1].decision.decision_id})
        _try(desk, partial(desk.approve, who, asked))


def _check(desk: Desk, applied: Receipt) -> None:
    with desk.uow() as uow:
        record = uow.licenses.get(key_of(applied))
        decisions = uow.decisions.of(record.key)
        every = uow.licenses.of_holder(HEALTH, record.holder_id)
        assert uow.decisions.verify_chain(HEALTH) == sum(one.version for one in every)
        seals = [one for one in desk.store.kept.seals.values() if one.key == record.key]
    assert replay(decisions) == record.state
    assert record.version == len(decisions)
    assert record.record_version == len(seals)
    assert sum(one.event in SEALING for one in decisions) <= len(seals)
    if seals:
        newest = max(seals, key=lambda seal: seal.record_version)
        assert newest.seal_id == record.seal_id
        granted = [one.grant for one in decisions if one.grant is not None]
        assert sealed_content(newest.document).grant == granted[-1]
    for decision in decisions:
        _check_officers(decisions[0], decision)


def _check_officers(applied: Decision, decision: Decision) -> None:
    approver = decision.approver
    if decision.event in TWO_OFFICERS:
        assert approver is not None
    if approver is not None:
        assert approver.role is Role.OFFICER
        assert approver.actor_id != decision.actor.actor_id
    elif decision.event is not Event.APPLIED:
        assert decision.actor.role is Role.OFFICER
    if decision.event is Event.ISSUED:
        assert (approver or decision.actor).actor_id != applied.actor.actor_id
