"""A failure at any step of issuing leaves one license after the retry (security.md R-I2, R-I4).

The register is made to fail at its n-th call, for every n there is: before a step is kept, and
right after a commit, when it is kept and the answer is lost.
"""

from collections.abc import Callable
from typing import Any

import pytest

from licenses.errors import Unavailable
from licenses.model.lifecycle import Status
from licenses.model.register import Receipt, RequestKey
from licenses.ports import UnitOfWork
from licenses.services.decide import decide
from licenses.services.rulings import Issue
from tests.desks import HEALTH, Desk, key_of
from tests.doubles import keyed_digest

CALLS = 18
"""At least as many calls as issuing makes; a test checks that it is enough."""
REQUEST = RequestKey(
    authority_id=HEALTH, actor_id="olga", key="issue-1", body_sha256=keyed_digest(b"issue")
)


class Failpoint:
    """Lets `calls` calls of the register through and fails once, at the next one."""

    def __init__(self, calls: int, *, after: bool) -> None:
        self.left = calls
        self.after = after
        self.struck = False

    def strike(self, call: Callable[..., Any], *sent: Any, **named: Any) -> Any:
        """Do the call, or fail instead of it, or do it and fail."""
        self.left -= 1
        if self.left == -1 and not self.after:
            self.struck = True
            raise Unavailable("the disk is gone")
        answer = call(*sent, **named)
        if self.left == -1:
            self.struck = True
            raise Unavailable("the answer is lost")
        return answer


class Failing:
    """A unit of work, or a part of it, whose calls go through a failpoint."""

    def __init__(self, inner: Any, failpoint: Failpoint) -> None:
        self._inner = inner
        self._failpoint = failpoint

    def __enter__(self) -> "Failing":
        self._inner.__enter__()
        return self

    def __exit__(self, *raised: Any) -> None:
        self._inner.__exit__(*raised)

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._inner, name)
        if not callable(found):
            return Failing(found, self._failpoint)
        return lambda *sent, **named: self._failpoint.strike(found, *sent, **named)


def _issue(desk: Desk, applied: Receipt, failpoint: Failpoint | None = None) -> Receipt:
    office = desk.office
    if failpoint is not None:

        def failing() -> UnitOfWork:
            unit: Any = Failing(desk.uow(), failpoint)
            kept: UnitOfWork = unit
            return kept

        office = office._replace(unit_of_work=failing)
    key, olga = key_of(applied), desk.actors["olga"]
    return decide(office, olga, key, Issue(), expected_version=1, request=REQUEST)


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("calls", range(CALLS))
def test_a_retry_after_any_failure_converges_to_one_license(calls: int, after: bool) -> None:
    desk = Desk()
    applied = desk.apply()
    failpoint = Failpoint(calls, after=after)
    try:
        _issue(desk, applied, failpoint)
    except Unavailable:
        assert failpoint.struck

    receipt = _issue(desk, applied)

    assert receipt.status is Status.ACTIVE
    assert list(desk.store.kept.seals) == [receipt.seal_id] == [desk.record(applied).seal_id]
    with desk.uow() as uow:
        assert len(uow.decisions.of(key_of(applied))) == 2
        assert len(uow.audit.of(HEALTH)) == len(uow.outbox.waiting(10)) == 2


def test_the_failpoints_reach_behind_the_last_call() -> None:
    desk = Desk()
    failpoint = Failpoint(CALLS, after=False)
    _issue(desk, desk.apply(), failpoint)

    assert not failpoint.struck
    assert failpoint.left > 0


def test_an_answer_lost_after_the_commit_is_given_again() -> None:
    desk = Desk()
    applied = desk.apply()
    first = _issue(desk, applied)
    before = desk.stored()

    assert _issue(desk, applied) == first
    assert desk.stored() == before
