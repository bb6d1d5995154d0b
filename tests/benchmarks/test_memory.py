"""What a hundred thousand verifications leave behind: as good as nothing, hostile names or not.

`make soak` runs it. Resident memory is looked at after a warm-up and at the end; between the two
a process may hold more, for a dictionary of names ends only with its thread.
"""

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import cycle, islice
from pathlib import Path

import pytest

from api.verify_pool import NEAR_OCTETS, PooledVerifier
from licenses.model.reasons import Reason
from licenses.model.verdict import Circumstances, Overall
from tests.benchmarks.documents import contents
from tests.unit.carried_documents import NOW, elmo, exported, in_session, verifier

pytestmark = pytest.mark.soak
MOST_DRIFT = 10 * 2**20
ORDINARY, HOSTILE, HOSTILE_LARGE = 100_000, 100_000, 2_000
WARM_UP = 4_000


@contextmanager
def pooled() -> Iterator[PooledVerifier]:
    pool = PooledVerifier(verifier(), verifier, lambda: NOW)
    try:
        yield pool
    finally:
        pool.close()


def resident_octets() -> int:
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * 4096


def drift(verify: Callable[[int], object], count: int) -> int:
    """Return by how many octets this process grew from the end of the warm-up to the end."""
    for number in range(WARM_UP):
        verify(number)
    before = resident_octets()
    for number in range(WARM_UP, count):
        verify(number)
    return resident_octets() - before


def with_new_names(chance: random.Random, count: int, size: int = 0) -> bytes:
    names = b"".join(b"<n%012x/>" % chance.getrandbits(48) for _ in range(count))
    return b"<elmo>%s</elmo>" % names.ljust(size)


def test_ordinary_documents_leave_nothing_behind() -> None:
    # Fifty different ones, each under a statement and a signature of its own.
    many = [elmo((exported(one),), one.holder) for one in contents(50)]
    with pooled() as pool:
        asked = Circumstances(ncp=in_session().ncp)
        first = pool.verdict(many[0], asked)
        assert first.overall is Overall.NOT_ESTABLISHED
        assert first.licenses[0].content_shown is not None
        turn = cycle(many)

        grown = drift(lambda _: pool.verdict(next(turn), asked), ORDINARY)

    assert grown <= MOST_DRIFT, f"{grown / 2**20:.1f} MiB"


def test_small_documents_full_of_new_names_leave_nothing_behind() -> None:
    chance = random.Random(20261123)
    with pooled() as pool:
        verdict = pool.verdict(with_new_names(chance, 60), Circumstances())
        assert verdict.reasons == (Reason.UNKNOWN_DOCUMENT,)

        grown = drift(lambda _: pool.verdict(with_new_names(chance, 60), Circumstances()), HOSTILE)

    assert grown <= MOST_DRIFT, f"{grown / 2**20:.1f} MiB"


def test_large_documents_full_of_new_names_leave_nothing_behind_in_a_worker() -> None:
    chance = random.Random(20261123)
    with pooled() as pool:
        seen: list[int] = []
        for _ in range(HOSTILE_LARGE):
            document = with_new_names(chance, 5_000, NEAR_OCTETS + 1)
            assert pool.verdict(document, Circumstances()).reasons == (Reason.UNKNOWN_DOCUMENT,)
            seen.append(_resident_of_workers(pool))

    # A worker that is being renewed holds nothing, so only growth is looked at.
    warm, *later = islice(seen, 100, None)
    assert max(later) - warm <= MOST_DRIFT, f"{(max(later) - warm) / 2**20:.1f} MiB"


def _resident_of_workers(pool: PooledVerifier) -> int:
    executor = pool._executor
    assert executor is not None
    workers = list((executor._processes or {}).values())
    pages = [Path(f"/proc/{one.pid}/statm").read_text().split()[1] for one in workers]
    return sum(map(int, pages)) * 4096
