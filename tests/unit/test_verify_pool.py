"""Large documents go to a process of their own; what happens to it is nobody else's trouble."""

import os
import signal
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from api.verify_pool import NEAR_OCTETS, PooledVerifier
from licenses.model.reasons import Reason
from licenses.model.verdict import Circumstances, DocumentVerdict
from schema_ext.documents import Surroundings, Verifier, refused_verdict

NOW = datetime(2026, 5, 4, 10, 30, tzinfo=UTC)
LARGE = b"<a>" + b" " * NEAR_OCTETS + b"</a>"


def clock() -> datetime:
    return NOW


def real_verifier() -> Verifier:
    return Verifier(Surroundings(clock))


class Deadly:
    """Ends its own process, as a fault inside a library would."""

    def verdict(self, carried: bytes, circumstances: Circumstances) -> DocumentVerdict:
        os.kill(os.getpid(), signal.SIGKILL)
        return refused_verdict(Reason.VERIFIER_FAULT, NOW)


def deadly() -> Deadly:
    return Deadly()


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
    pool = PooledVerifier(real_verifier(), deadly, clock)

    first = pool.verdict(LARGE, Circumstances())
    second = pool.verdict(b"<a></a>", Circumstances())
    pool.close()

    assert first.reasons == (Reason.VERIFIER_FAULT,)
    assert second.reasons == (Reason.UNKNOWN_DOCUMENT,)
