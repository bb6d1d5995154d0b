"""All hostile variants, and of which bases each is made in a quick run."""

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
def share_of(variant: Variant, least: int = _LEAST_BASES) -> tuple[Base, ...]:
    """Return `least` bases of a variant, or more: its class meets all of them together."""
    its_class = [one.label for one in (*VARIANTS, *FLOODS) if one.attack == variant.attack]
    every = min(len(its_class), BASES // least)
    return bases()[its_class.index(variant.label) % every :: every]


def share_of_flood(variant: Variant, least: int = 1) -> tuple[Base, ...]:
    """Return the bases of a flood, as `share_of`; one will do where a class has many floods."""
    return share_of(variant, least)


def mutants_in_a_quick_run() -> int:
    """Return how many mutants a quick run makes."""
    return sum(len(share_of(one)) for one in VARIANTS) + sum(map(len, map(share_of_flood, FLOODS)))


def answered(variant: Variant, base: Base) -> tuple[Answer, Reason]:
    """Return what the verifier says of a mutant, and the reason it must give.

    A mutant is handed in as a file, or comes the way it would in an exchange (an ELMO is posted, a
    seal stands in an ELMO): one way for some bases and the other for the rest.
    """
    document = variant.make(base)
    if base.number // 2 % 2 == 0:
        answer = handed_in(base, document, variant.trusted())
        return answer, variant.handed_in or variant.reason
    on_its_way = posted if variant.on is On.OUTER else carried
    return on_its_way(base, document, variant.trusted()), variant.carried or variant.reason
