"""All hostile variants, and of which bases each is made in a quick run."""

from collections.abc import Iterator
from functools import cache

from licenses.model.reasons import Reason
from tests.hostile import faulty, flooding, keying, reading, referring, wrapping
from tests.hostile.bases import BASES, Base, bases
from tests.hostile.judging import Answer, carried, handed_in, posted
from tests.hostile.variants import On, Variant

CLASSES = tuple(f"A{number}" for number in range(1, 21))
_LEAST_BASES = 5
"""Of how many bases a variant is made in a quick run, at least."""

VARIANTS: tuple[Variant, ...] = (
    *wrapping.VARIANTS,
    *reading.VARIANTS,
    *referring.VARIANTS,
    *keying.VARIANTS,
    *faulty.VARIANTS,
)
"""All but the floods, which are measured one by one."""
FLOODS = flooding.VARIANTS
OVER_CAPS = flooding.OVER


@cache
def share_of(variant: Variant) -> tuple[Base, ...]:
    """Return the bases of a variant in a quick run: its class meets all of them together."""
    its_class = [one.label for one in VARIANTS if one.attack == variant.attack]
    every = min(len(its_class), BASES // _LEAST_BASES)
    return bases()[its_class.index(variant.label) % every :: every]


def mutants_in_a_quick_run() -> int:
    """Return how many mutants a quick run makes."""
    return sum(len(share_of(one)) for one in VARIANTS) + len(FLOODS)


def answers(variant: Variant, base: Base, *, both: bool) -> Iterator[tuple[Answer, Reason]]:
    """Yield what the verifier says of a mutant, with the reason it must give.

    A mutant is a file that is handed in, or comes the way it would in an exchange: an ELMO is
    posted, a seal stands in an ELMO. With `both` it is asked about both ways, else about one of
    the two in turn.
    """
    document = variant.make(base)
    in_turn = base.number // 2 % 2
    if both or not in_turn:
        answer = handed_in(base, document, variant.trusted())
        yield answer, variant.handed_in or variant.reason
    if both or in_turn:
        on_its_way = posted if variant.on is On.OUTER else carried
        answer = on_its_way(base, document, variant.trusted())
        yield answer, variant.carried or variant.reason
