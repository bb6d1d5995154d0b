"""What every refused answer must be, whatever was wrong with it."""

import json
from collections.abc import Iterator
from time import process_time
from typing import Any

from licenses.model.reasons import REASONS, Outcome, Reason
from licenses.model.verdict import Overall
from tests.exchange.sites import Session

MOST_SECONDS = 1.0
"""Of this process's CPU, for any answer inside the caps (security.md R-V4)."""
_NUMBERS = ("NO-100231", "NO-200877", "NO-200878", "SE-550-1201")


def assert_refused(session: Session, elmo: str, reason: Reason) -> dict[str, Any]:
    """Post an answer, check that it is not accepted for this reason, and return the verdict.

    The page must say the reason's sentence and code and nothing of the content; the session is
    used up by it, so the next document does not get in either.
    """
    began = process_time()
    shown = session.answered(elmo)
    spent = process_time() - began

    text = session.verdict()
    verdict: dict[str, Any] = json.loads(text)
    assert reason in set(codes(verdict)), set(codes(verdict))
    assert shown.status == 200
    assert reason.value in shown.text
    assert REASONS[reason].sentence in shown.text
    assert spent < MOST_SECONDS
    if REASONS[reason].outcome is Outcome.REJECTED:
        assert verdict["overall"] == Overall.MUST_NOT_RELY
        assert not any(number in shown.html + text for number in _NUMBERS)
    else:
        assert verdict["overall"] == Overall.NOT_ESTABLISHED
    assert "May work here" not in shown.text
    assert session.answered(elmo).status == 409
    return verdict


def codes(verdict: dict[str, Any]) -> Iterator[str]:
    """Yield the code of every reason anywhere in a verdict."""
    for value in verdict.values():
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, dict):
                if "code" in one and "outcome" in one:
                    yield one["code"]
                yield from codes(one)
