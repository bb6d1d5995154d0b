"""Run candidates in turn (A B A B ...) and compare the medians of their rates.

Rates are operations per CPU second of the one thread or process that does the work, so that a
busy machine slows all sides alike; single figures are this machine's and only ratios are claims.
"""

import time
from collections.abc import Callable, Mapping
from itertools import cycle
from statistics import median
from typing import NamedTuple, TypeVar

ROUNDS = 15
SLICE_SECONDS = 0.1

Slice = Callable[[float], float]
"""Works for so many CPU seconds and returns the rate; for what runs outside this process."""
Made = TypeVar("Made")


class Goal(NamedTuple):
    """What a figure must be; `at_most` where small is good."""

    bound: float
    at_most: bool = False

    def met(self, value: float) -> bool:
        """Say whether `value` is good enough."""
        return value <= self.bound if self.at_most else value >= self.bound


class Figure(NamedTuple):
    """One measured number; without `goal` it is told for scale alone."""

    name: str
    value: float
    goal: Goal | None = None


def here(run: Callable[[], object]) -> Slice:
    """Return the slice that calls `run` in this process."""

    def rate(seconds: float) -> float:
        count, began = 0, time.process_time()
        while time.process_time() - began < seconds:
            run()
            count += 1
        return count / (time.process_time() - began)

    return rate


def over(things: list[Made], do: Callable[[Made], object]) -> Slice:
    """Return the slice that does `do` to each thing in turn, so that none is always the same."""
    turn = cycle(things)
    return here(lambda: do(next(turn)))


def rates(
    candidates: Mapping[str, Slice], *, rounds: int = ROUNDS, seconds: float = SLICE_SECONDS
) -> dict[str, float]:
    """Return the median rate of each candidate, in operations per CPU second."""
    for candidate in candidates.values():
        candidate(seconds / 4)
    seen: dict[str, list[float]] = {name: [] for name in candidates}
    for _ in range(rounds):
        for name, candidate in candidates.items():
            seen[name].append(candidate(seconds))
    return {name: median(values) for name, values in seen.items()}
