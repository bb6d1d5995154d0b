"""Every document that must be valid: each thing the schema allows, once, in its smallest place."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from random import Random
from typing import NamedTuple

from lxml import etree

from tests.elmo_documents.growing import ELSEWHERE, Growth, Hit, Plan, RandomPlan
from tests.elmo_documents.parts import Element, Grammar, Group, Particle, Type, walk
from tests.elmo_documents.samples import good

Ways = dict[Particle, tuple[Particle, ...]]


class Document(NamedTuple):
    """One document: `broken` names the one way in which it is broken, None is valid."""

    name: str
    octets: bytes
    hits: frozenset[Hit]
    broken: str | None = None


def valid_documents(grammar: Grammar, ways: Ways) -> Iterator[Document]:
    """Yield a document for every number, text, attribute and branch the grammar allows."""
    for particle, way in ways.items():
        for often in _allowed(particle) if _has_place(particle, grammar) else (1,):
            yield _document(f"{often} x {particle.place}", Growth(grammar, _often(way, often)))
        if isinstance(particle, Element):
            for plan in _plans(particle, way):
                yield _document(f"texts of {particle.place}", Growth(grammar, plan))
            for plan in ample_plans(particle, way):
                yield _document(f"all of {particle.place}", Growth(grammar, plan))
    for name, element in grammar.globals.items():
        yield _document(f"root {name}", Growth(replace(grammar, root=element), Plan()))
    yield from _anything(grammar, ways)


def random_documents(grammar: Grammar, seed: int) -> Iterator[Document]:
    """Yield valid documents of mixed content without end; the same ones for the same seed."""
    random = Random(seed)
    while True:
        number = random.getrandbits(32)
        growth = Growth(grammar, RandomPlan(Random(number)))
        yield _document(f"random {number}", growth)


def ample_plans(element: Element, way: Iterable[Particle]) -> Iterator[Plan]:
    """Yield plans in which the element holds all it may, one for every branch of its choices."""
    content = element.type.content
    if content is None:
        return
    groups = [steps[-1] for steps in walk(content)]
    turns = max(len(one.parts) if _chooses(one) else 1 for one in groups if isinstance(one, Group))
    for turn in range(turns):
        plan = Plan(way)
        plan.counts |= {one: max(1, one.minimum) for one in _all_of(content, turn)}
        yield plan


def _all_of(particle: Particle, turn: int) -> Iterator[Particle]:
    yield particle
    if isinstance(particle, Group):
        parts = particle.parts
        for part in (parts[turn % len(parts)],) if _chooses(particle) else parts:
            yield from _all_of(part, turn)


def _chooses(particle: Particle) -> bool:
    return isinstance(particle, Group) and particle.kind == "choice"


def _has_place(particle: Particle, grammar: Grammar) -> bool:
    """Say whether a particle stands in a content model; a global element stands in none."""
    if not isinstance(particle, Element):
        return True
    return particle not in (grammar.root, *grammar.globals.values()) and particle.says is None


def _allowed(particle: Particle) -> list[int]:
    """Return the numbers to try: the least, one, and the most, or more than one."""
    one = max(1, particle.minimum)
    most = one + 1 if particle.maximum is None else particle.maximum
    return sorted({particle.minimum, one, most})


def _often(way: tuple[Particle, ...], often: int) -> Plan:
    return Plan(way, last=often) if way else Plan()


def _plans(element: Element, way: Iterable[Particle]) -> Iterator[Plan]:
    """Yield a plan for every text of an element and for every value of its attributes."""
    steps = tuple(way)
    kind: Type = element.type
    for text in () if kind.text is None else good(kind.text):
        plan = Plan(steps)
        plan.texts[element] = text
        yield plan
    for attribute in kind.attributes:
        for value in (*good(attribute.simple), *(() if attribute.required else (None,))):
            plan = Plan(steps)
            plan.attributes[element, attribute.name] = value
            yield plan


def _anything(grammar: Grammar, ways: Ways) -> Iterator[Document]:
    """Yield what may stand where the type is not stated: text, elements, attributes, nothing."""
    for element in [one for one in ways if isinstance(one, Element) and one.type.anything]:
        for number in range(4):
            growth = Growth(grammar, Plan(ways[element]))
            node = growth.met[element]
            if number > 0:
                node.text = "words"
            if number > 1:
                etree.SubElement(node, f"{{{ELSEWHERE}}}odd").tail = "words"
            if number > 2:
                node.set("unknown", "x")
            yield _document(f"anything {number}", growth)


def _document(name: str, growth: Growth) -> Document:
    return Document(name, growth.octets(), frozenset(growth.hits))
