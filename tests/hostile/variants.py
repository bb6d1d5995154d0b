"""What one hostile variant is: a change of a base, and the reason it must be refused for."""

from collections.abc import Callable
from enum import StrEnum
from functools import cache
from typing import NamedTuple

from licenses.model.reasons import Reason
from tests.hostile.bases import Base, World, world

Make = Callable[[Base], bytes]


class On(StrEnum):
    """Which of the two kinds of signed document a variant is made of."""

    OUTER = "outer"
    SEAL = "seal"


class Variant(NamedTuple):
    """One way of an attack.

    `attack` is its class in the threat model; `trusted` is whom the verifier trusts, where that
    is the point. `handed_in` is the reason where a file of these octets gets another, `carried`
    where a seal in an ELMO does.
    """

    attack: str
    name: str
    on: On
    make: Make
    reason: Reason
    trusted: Callable[[], World]
    handed_in: Reason | None = None
    carried: Reason | None = None

    @property
    def label(self) -> str:
        """How a test names it."""
        return f"{self.attack} {self.on}: {self.name}"


@cache
def usual_world() -> World:
    """Return whom a verifier trusts as a rule."""
    return world()


def outer(
    attack: str,
    name: str,
    edit: Callable[[bytes], bytes],
    reason: Reason,
) -> Variant:
    """Return a variant that edits the signed ELMO."""
    return outer_made(attack, name, lambda base: edit(base.outer), reason)


def outer_made(
    attack: str,
    name: str,
    make: Make,
    reason: Reason,
    *,
    trusted: Callable[[], World] = usual_world,
) -> Variant:
    """Return a variant that makes an ELMO of a base."""
    return Variant(attack, name, On.OUTER, make, reason, trusted)


def sealed(
    attack: str,
    name: str,
    edit: Callable[[bytes], bytes],
    reason: Reason,
) -> Variant:
    """Return a variant that edits the sealed license."""
    return sealed_made(attack, name, lambda base: edit(base.seal), reason)


def sealed_made(
    attack: str,
    name: str,
    make: Make,
    reason: Reason,
    *,
    trusted: Callable[[], World] = usual_world,
) -> Variant:
    """Return a variant that makes a sealed license of a base."""
    return Variant(attack, name, On.SEAL, make, reason, trusted)
