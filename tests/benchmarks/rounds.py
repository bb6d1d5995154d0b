"""Run candidates in turn (A B A B ...) and compare the medians of their rates.

Rates are operations per CPU second of this process, so that a busy machine slows both sides
alike; single figures are this machine's and only the ratio is a claim.
"""

import time
from collections.abc import Callable, Mapping
from statistics import median

ROUNDS = 7
SLICE_SECONDS = 0.3


def rates(
    candidates: Mapping[str, Callable[[], object]], *, rounds: int = ROUNDS
) -> dict[str, float]:
    """Return the median rate of each candidate, in operations per CPU second."""
    for run in candidates.values():
        run()
    seen: dict[str, list[float]] = {name: [] for name in candidates}
    for _ in range(rounds):
        for name, run in candidates.items():
            seen[name].append(_rate(run))
    return {name: median(values) for name, values in seen.items()}


def _rate(run: Callable[[], object]) -> float:
    count, began = 0, time.process_time()
    while time.process_time() - began < SLICE_SECONDS:
        run()
        count += 1
    return count / (time.process_time() - began)
