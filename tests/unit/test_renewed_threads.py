"""Threads are replaced in time, and whatever a call does comes back to its caller."""

import random
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event, current_thread

import pytest

from api.renewed_threads import RenewedThreads
from schema_ext.parsing import parse


def test_no_thread_outlives_so_many_calls() -> None:
    threads = RenewedThreads(3)

    seen = [threads.run(current_thread) for _ in range(7)]
    threads.close()

    assert set(seen[:3]).isdisjoint(seen[3:])
    assert set(seen[3:6]).isdisjoint(seen[6:])
    for one in seen:
        # Threads that are replaced end by themselves, and nobody waits for them.
        one.join(20)
        assert not one.is_alive()


def test_what_a_call_raises_reaches_its_caller_and_the_next_is_run() -> None:
    threads = RenewedThreads(3)

    with pytest.raises(ZeroDivisionError):
        threads.run(lambda: 1 // 0)

    assert threads.run(lambda: "ran") == "ran"
    threads.close()


def test_a_call_that_waits_holds_up_no_other_and_ends_after_its_threads_were_replaced() -> None:
    threads, released = RenewedThreads(2), Event()
    with ThreadPoolExecutor(1) as caller:
        waiting = caller.submit(threads.run, lambda: released.wait(20))

        others = [threads.run(lambda: "ran") for _ in range(5)]
        released.set()

        assert others == ["ran"] * 5
        assert waiting.result(timeout=20) is True
    threads.close()


def test_closed_threads_start_again_when_asked() -> None:
    threads = RenewedThreads(2)
    threads.run(current_thread)
    threads.close()

    assert threads.run(lambda: "ran") == "ran"
    threads.close()


def test_names_nobody_ever_used_before_are_forgotten() -> None:
    threads, chance = RenewedThreads(8), random.Random(3)

    def read_new_names() -> None:
        names = b"".join(b"<n%016x/>" % chance.getrandbits(64) for _ in range(3_000))
        parse(b"<a>%s</a>" % names)

    for _ in range(20):
        threads.run(read_new_names)
    grown = []
    for _ in range(2):
        before = _resident_octets()
        for _ in range(150):
            threads.run(read_new_names)
        grown.append(_resident_octets() - before)
    threads.close()

    # In one thread they would stay, and take 20 MB each time.
    assert min(grown) < 8 * 2**20


def _resident_octets() -> int:
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096
