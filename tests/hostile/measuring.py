"""Measure how much memory a verdict on each costly document takes: `python -m` this.

Each document gets a process of its own, forked from one that has everything loaded, and says by
how much its largest size grew. Documents come ready made, so that making them does not count.
"""

import json
import os
import resource
import sys

from licenses.model.reasons import Reason
from tests.hostile.bases import Base, bases
from tests.hostile.catalogue import OVER_CAPS, VARIANTS
from tests.hostile.flooding import PLANTED, WITHIN
from tests.hostile.judging import handed_in
from tests.hostile.variants import Variant

_KIB = 1024
_MEASURED = "A15"


def measured() -> tuple[Variant, ...]:
    """Return the variants that are made to cost; a flood within the caps in its plainest form.

    Whoever signs a flood, what is read and hashed before the refusal is the same.
    """
    bombs = (one for one in VARIANTS if one.attack == _MEASURED)
    return (*bombs, *PLANTED, *signed_floods(), *OVER_CAPS)


def signed_floods() -> tuple[Variant, ...]:
    """Return the floods that go all of the way to the schema."""
    return tuple(one for one in WITHIN if one.reason is Reason.SCHEMA_INVALID)


def growth(variant: Variant) -> int:
    """Return by how many octets a verdict on the variant makes a process grow, at its largest."""
    base = bases()[0]
    document = variant.make(base)
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.write(writing, str(_grown_by(base, document)).encode())
        finally:
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as answer:
        told = answer.read()
    os.waitpid(child, 0)
    return int(told)


def _grown_by(base: Base, document: bytes) -> int:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    handed_in(base, document)
    return (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * _KIB


def main() -> None:
    """Write the growth of each variant as JSON."""
    handed_in(bases()[0], bases()[0].outer)
    json.dump({one.label: growth(one) for one in measured()}, sys.stdout)


if __name__ == "__main__":
    main()
