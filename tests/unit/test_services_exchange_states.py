"""Which step of an exchange may be taken from which state, and what an end leaves behind."""

from collections.abc import Callable

import pytest

from licenses.errors import AlreadyUsed
from licenses.model.exchange import (
    ENDED,
    Exchange,
    ExchangeState,
)
from licenses.services import answer_exchange as way
from tests.desks import HEALTH
from tests.provider_desk import ENTRY, Way, identity


@pytest.fixture
def here() -> Way:
    return Way()


# Which step may be taken from which state: all others are refused and change nothing.

S = ExchangeState
STEPS: dict[str, tuple[Callable[[Way, Exchange], Exchange], set[ExchangeState]]] = {
    "identify": (
        lambda here, one: way.identify(here.desk, ENTRY, one, identity()),
        {S.REQUESTED},
    ),
    "choose": (
        lambda here, one: way.choose(here.desk, ENTRY, one, [str(here.license.license_id)]),
        {S.IDENTIFIED, S.CHOSEN},
    ),
    "send": (lambda here, one: way.send(here.desk, ENTRY, one), {S.CHOSEN}),
    "cancel": (
        lambda here, one: way.end(here.desk, one, S.CANCELLED),
        {S.REQUESTED, S.IDENTIFIED, S.CHOSEN},
    ),
}


_LEADS_TO = {"identify": S.IDENTIFIED, "choose": S.CHOSEN, "send": S.SENT, "cancel": S.CANCELLED}


@pytest.mark.parametrize("state", ExchangeState)
@pytest.mark.parametrize("step", STEPS)
def test_every_step_from_every_state(here: Way, step: str, state: ExchangeState) -> None:
    take, allowed = STEPS[step]
    before = here.at(state)

    if state in allowed:
        after = take(here, before)
        assert here.stored(after) == after
        assert after.state is _LEADS_TO[step]
    else:
        with pytest.raises(AlreadyUsed):
            take(here, before)
        assert here.stored(before) == before


@pytest.mark.parametrize("state", sorted(ENDED - {S.SENT}))
def test_an_end_without_sending_drops_everything_personal(here: Way, state: ExchangeState) -> None:
    ended = here.stored(here.at(state))

    assert ended.state is state
    assert (ended.identity, ended.chosen, ended.document) == (None, (), None)
    assert "Solberg" not in ended.model_dump_json()


def test_no_audit_entry_names_a_person(here: Way) -> None:
    here.at(ExchangeState.SENT)
    here.at(ExchangeState.CANCELLED)

    with here.desk_of_authority.uow() as uow:
        written = "".join(one.model_dump_json() for one in uow.audit.of(HEALTH))
    for word in ("Ingrid", "Solberg", "1988", "17058800000"):
        assert word not in written
