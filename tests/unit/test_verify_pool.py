"""Large documents go to a process of their own; what happens to it is nobody else's trouble."""

import os
import signal
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import UTC, datetime
from time import monotonic, sleep

import pytest

from api.problems import headers_of_error, status_of_error
from api.verify_pool import NEAR_OCTETS, Busy, PooledVerifier
from licenses.model.reasons import Reason
from licenses.model.verdict import Circumstances, DocumentVerdict
from schema_ext.documents import Surroundings, Verifier

NOW = datetime(2026, 5, 4, 10, 30, tzinfo=UTC)
LARGE = b"<a>" + b" " * NEAR_OCTETS + b"</a>"
HANGS, DIES = b"<hang/>" + LARGE, b"<die/>" + LARGE


def clock() -> datetime:
    return NOW


def real_verifier() -> Verifier:
    return Verifier(Surroundings(clock))


class Fragile:
    """Verifies, but for two documents: one makes it hang, one ends its process."""

    def __init__(self) -> None:
        self._real = real_verifier()

    def verdict(self, carried: bytes, circumstances: Circumstances) -> DocumentVerdict:
        if carried == HANGS:
            sleep(60)
        if carried == DIES:
            os.kill(os.getpid(), signal.SIGKILL)
        return self._real.verdict(carried, circumstances)


def fragile(
    patience: float = 20.0, most_waiting: int = 8, longest_wait: float = 30.0
) -> PooledVerifier:
    """Return a pool whose worker is fragile."""
    return PooledVerifier(
        real_verifier(),
        Fragile,
        clock,
        patience,
        most_waiting=most_waiting,
        longest_wait=longest_wait,
    )


class Visitors:
    """Hand documents in side by side, each a little after the one before."""

    def __init__(self, pool: PooledVerifier) -> None:
        self._pool = pool
        self._threads = ThreadPoolExecutor(8)

    def hand_in(self, document: bytes) -> Future[DocumentVerdict]:
        handed_in = self._threads.submit(self._pool.verdict, document, Circumstances())
        sleep(0.1)
        return handed_in

    def leave(self) -> None:
        self._threads.shutdown()
        self._pool.close()


@pytest.fixture
def pool() -> Iterator[PooledVerifier]:
    made = PooledVerifier(real_verifier(), real_verifier, clock)
    yield made
    made.close()


def test_a_large_document_gets_the_verdict_a_small_one_gets(pool: PooledVerifier) -> None:
    small = pool.verdict(b"<a></a>", Circumstances())

    assert pool.verdict(LARGE, Circumstances()) == small
    assert small.reasons == (Reason.UNKNOWN_DOCUMENT,)


def test_a_document_that_brings_its_worker_down_is_rejected_and_the_next_is_verified() -> None:
    visitors = Visitors(fragile())

    answers = [visitors.hand_in(one) for one in (DIES, LARGE, DIES, LARGE)]
    reasons = [answer.result().reasons for answer in answers]
    visitors.leave()

    assert reasons == [(Reason.VERIFIER_FAULT,), (Reason.UNKNOWN_DOCUMENT,)] * 2


def test_a_document_that_hangs_is_given_up_and_who_waits_behind_it_is_verified() -> None:
    visitors = Visitors(fragile(patience=2.0))

    answers = [visitors.hand_in(one) for one in (HANGS, LARGE, LARGE, LARGE)]
    reasons = [answer.result().reasons for answer in answers]
    visitors.leave()

    assert reasons == [(Reason.VERIFIER_FAULT,), *[(Reason.UNKNOWN_DOCUMENT,)] * 3]


def test_the_time_a_document_may_take_counts_from_when_it_is_begun() -> None:
    visitors = Visitors(fragile(patience=1.5))

    # The last waits twice as long behind the others as one may take.
    answers = [visitors.hand_in(one) for one in (HANGS, HANGS, LARGE)]
    last = answers[-1].result()
    visitors.leave()

    assert last.reasons == (Reason.UNKNOWN_DOCUMENT,)


def test_where_enough_documents_wait_the_next_is_told_at_once_to_come_again() -> None:
    visitors = Visitors(fragile(patience=3.0, most_waiting=1))
    first, second = visitors.hand_in(HANGS), visitors.hand_in(LARGE)
    before = monotonic()

    third = visitors.hand_in(LARGE)
    with pytest.raises(Busy):
        third.result()
    took = monotonic() - before
    known = (first.result().reasons, second.result().reasons)
    afterwards = visitors.hand_in(LARGE).result()
    visitors.leave()

    assert took < 1
    assert known == ((Reason.VERIFIER_FAULT,), (Reason.UNKNOWN_DOCUMENT,))
    assert afterwards.reasons == (Reason.UNKNOWN_DOCUMENT,)


def test_a_document_that_waited_long_enough_is_told_to_come_again() -> None:
    visitors = Visitors(fragile(patience=3.0, longest_wait=0.5))
    first = visitors.hand_in(HANGS)

    with pytest.raises(Busy):
        visitors.hand_in(LARGE).result()
    small = visitors.hand_in(b"<a></a>").result()
    given_up = first.result()
    afterwards = visitors.hand_in(LARGE).result()
    visitors.leave()

    assert small.reasons == afterwards.reasons == (Reason.UNKNOWN_DOCUMENT,)
    assert given_up.reasons == (Reason.VERIFIER_FAULT,)


def test_being_busy_is_no_fault_of_the_caller_and_says_when_to_come_again() -> None:
    error = Busy("a sentence")

    assert status_of_error(error) == 503
    assert int(headers_of_error(error)["Retry-After"]) > 0
