from threading import Event

from api.housekeeping import Housekeeping
from licenses.errors import Unavailable

PATIENCE = 10.0


def test_the_work_is_done_at_once_and_again_at_every_interval() -> None:
    done: list[int] = []
    thrice = Event()

    def work() -> None:
        done.append(1)
        if len(done) == 3:
            thrice.set()

    with Housekeeping(work, every_seconds=0.01):
        assert thrice.wait(PATIENCE)


def test_a_round_that_fails_does_not_end_the_next() -> None:
    rounds: list[int] = []
    again = Event()

    def work() -> None:
        rounds.append(1)
        if len(rounds) == 1:
            raise Unavailable("the register is locked")
        again.set()

    with Housekeeping(work, every_seconds=0.01):
        assert again.wait(PATIENCE)


def test_nothing_is_done_any_more_after_the_end() -> None:
    done: list[int] = []
    began = Event()

    def work() -> None:
        done.append(1)
        began.set()

    with Housekeeping(work, every_seconds=0.001):
        assert began.wait(PATIENCE)
    after_the_end = len(done)

    assert not Event().wait(0.05)
    assert len(done) == after_the_end
