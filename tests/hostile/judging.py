"""Ask the verifier about a document, and check what must be true of every answer."""

from collections.abc import Callable
from math import inf
from time import process_time
from typing import NamedTuple

from licenses.model.reasons import REASONS, Outcome, Reason
from licenses.model.trust import TrustedNcp
from licenses.model.verdict import Circumstances, DocumentVerdict, Overall
from schema_ext.documents import Verifier
from schema_ext.exchange.elmo_parameter import encode_elmo
from tests.hostile.bases import Base, World, world
from tests.unit.carried_documents import Trust, elmo, in_session, verifier

GOOD = (Overall.MAY_WORK, Overall.MAY_WORK_WITH_CONDITIONS)
WITHIN_SECONDS, OVER_SECONDS = 1.0, 0.1
"""Most CPU a document within the caps may take, and one over a cap."""
TRIES = 8
"""Whoever else works on this machine makes a try slower, and never quicker."""
_USUAL = world()


class Answer(NamedTuple):
    """A verdict, the reason that decided it, and the seconds of CPU it took."""

    verdict: DocumentVerdict
    reason: Reason | None
    seconds: float


def handed_in(base: Base, document: bytes, trusted: World = _USUAL) -> Answer:
    """Ask about a file that somebody brought."""
    return _asked(base, document, Circumstances(expectation=base.expected), trusted)


def handed_in_to_somebody_else(
    base: Base, document: bytes, *, trust: Trust | None, ncps: tuple[TrustedNcp, ...] | None
) -> Answer:
    """Ask about a file where other authorities and providers are known, or none."""
    circumstances = Circumstances(expectation=base.expected)
    asked = verifier(ask=lambda *_: base.exported.status_token, trust=trust, ncps=ncps)
    return _timed(asked, document, circumstances)


def posted(base: Base, document: bytes, trusted: World = _USUAL) -> Answer:
    """Ask about an ELMO that a browser posted in a session."""
    circumstances = in_session(expectation=base.expected, ncp=trusted.provider)
    return _asked(base, encode_elmo(document).encode(), circumstances, trusted)


def carried(base: Base, seal: bytes, trusted: World = _USUAL) -> Answer:
    """Ask about a seal that a provider carries in an ELMO in which all else is right."""
    one = base.exported.model_copy(update={"sealed": seal})
    return handed_in(base, elmo((one,), base.exported.content.holder), trusted)


def _asked(base: Base, octets: bytes, circumstances: Circumstances, trusted: World) -> Answer:
    asked = verifier(
        ask=lambda *_: base.exported.status_token,
        trust=Trust(trusted.authority),
        ncps=(trusted.provider,),
    )
    return _timed(asked, octets, circumstances)


def _timed(asked: Verifier, octets: bytes, circumstances: Circumstances) -> Answer:
    before = process_time()
    verdict = asked.verdict(octets, circumstances)
    return Answer(verdict, _decisive(verdict), process_time() - before)


def _decisive(verdict: DocumentVerdict) -> Reason | None:
    """Return the first reason that speaks against the document, or against a license in it."""
    every = [*verdict.reasons, *(reason for one in verdict.licenses for reason in one.reasons)]
    assert Reason.VERIFIER_FAULT not in every, "no failure may be left to the last resort"
    against = (Outcome.REJECTED, Outcome.INDETERMINATE)
    return next((one for one in every if REASONS[one].outcome in against), None)


def assert_accepted(answer: Answer, base: Base) -> None:
    """Check that a document says what was sealed, and that it counts."""
    assert (answer.reason, answer.verdict.overall) == (None, Overall.MAY_WORK)
    assert answer.verdict.licenses[0].content_shown == base.exported.content


def assert_refused(answer: Answer, reason: Reason) -> None:
    """Check that a document is refused for this reason, and that nothing of it is handed out."""
    assert answer.reason == reason
    assert answer.verdict.overall not in GOOD
    if REASONS[reason].outcome is Outcome.REJECTED:
        assert answer.verdict.overall is Overall.MUST_NOT_RELY
        assert all(one.content_shown is None for one in answer.verdict.licenses)


def seconds_to_refuse(reason: Reason, ask: Callable[[], Answer], enough: float) -> float:
    """Ask until an answer comes in `enough` seconds of CPU, and return the least it took.

    Every answer must be the right one.
    """
    least = inf
    for _ in range(TRIES):
        answer = ask()
        assert_refused(answer, reason)
        least = min(least, answer.seconds)
        if least <= enough:
            break
    return least
