"""What a schema is made of, as far as ELMO needs it. Two parts are the same only if they are one.

`place` names the node of the official file a part was read from; coverage is counted by it.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal, TypeAlias


@dataclass(frozen=True, eq=False)
class Simple:
    """A type of text: a built-in one (`base`, a name of XML Schema), narrowed by its facets."""

    base: str
    place: str = ""
    values: tuple[str, ...] = ()
    pattern: str | None = None
    low: int | None = None
    high: int | None = None


@dataclass(frozen=True, eq=False)
class Attribute:
    """An attribute of an element; `name` is a Clark name."""

    name: str
    simple: Simple
    required: bool
    place: str


@dataclass(frozen=True, eq=False)
class Wildcard:
    """Any element: of every namespace, or (`other`) of every one but `home`, and of one at all."""

    home: str
    other: bool
    lax: bool
    minimum: int
    maximum: int | None
    place: str


@dataclass(frozen=True, eq=False)
class Element:
    """An element where it may stand. `says` is the xsi:type it is to name, as (namespace, name)."""

    name: str
    minimum: int
    maximum: int | None
    place: str
    find_type: Callable[[], "Type"]
    says: tuple[str, str] | None = None

    @cached_property
    def type(self) -> "Type":
        """What it holds; looked up late, because types hold one another."""
        return self.find_type()


@dataclass(frozen=True, eq=False)
class Group:
    """Parts one after the other, or one of them; `maximum=None` means any number of times."""

    kind: Literal["sequence", "choice"]
    minimum: int
    maximum: int | None
    parts: "tuple[Particle, ...]"
    place: str


Particle: TypeAlias = Element | Wildcard | Group


@dataclass(frozen=True, eq=False)
class Type:
    """What an element holds: text (`text`), elements (`content`), nothing, or anything at all.

    `any_attribute` is the place where it says that any attribute may stand.
    """

    place: str
    text: Simple | None = None
    content: Group | None = None
    mixed: bool = False
    attributes: tuple[Attribute, ...] = ()
    any_attribute: str | None = None
    anything: bool = False

    @cached_property
    def inside(self) -> "tuple[tuple[Particle, ...], ...]":
        """Every particle of the content model, each with the groups it stands in before it."""
        return () if self.content is None else tuple(walk(self.content))

    @cached_property
    def _allowed(self) -> re.Pattern[str]:
        return re.compile("" if self.content is None else _expression(self.content))

    def accepts(self, names: list[str]) -> bool:
        """Say whether elements of these Clark names, in this order, follow the content model."""
        return self._allowed.fullmatch("".join(f"<{name}>" for name in names)) is not None


@dataclass(frozen=True)
class Grammar:
    """A whole schema: its root, its other global elements, and the types a document may name."""

    root: Element
    globals: dict[str, Element]
    types: dict[tuple[str, str], Type]
    places: dict[str, "Node"] = field(repr=False)


@dataclass(frozen=True)
class Node:
    """A node of an official file: its kind, and how often its part may stand.

    `is_optional` is about attributes; `value` that of a facet, None elsewhere.
    """

    kind: str
    label: str
    minimum: int
    maximum: int | None
    is_global: bool
    is_optional: bool
    value: str | None


def walk(particle: Particle, above: tuple[Group, ...] = ()) -> Iterator[tuple[Particle, ...]]:
    """Yield every particle of a content model, each with the groups it stands in before it."""
    yield (*above, particle)
    if isinstance(particle, Group):
        for part in particle.parts:
            yield from walk(part, (*above, particle))


def _expression(particle: Particle) -> str:
    """Write a content model as a regular expression over `<name>`."""
    match particle:
        case Element():
            once = re.escape(f"<{particle.name}>")
        case Wildcard():
            once = rf"<(?!{re.escape('{' + particle.home + '}')})\{{[^<>]+>"
            once = once if particle.other else "<[^<>]+>"
        case Group():
            joint = "" if particle.kind == "sequence" else "|"
            once = joint.join(f"(?:{_expression(part)})" for part in particle.parts)
    most = "" if particle.maximum is None else particle.maximum
    return f"(?:{once}){{{particle.minimum},{most}}}"
