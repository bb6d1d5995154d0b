"""Every document that must not be valid: one that was, broken in one named way.

What is an error in the order or number of elements is decided by the content model as it is read
(`Type.accepts`); an edit that leaves the content allowed is no error and makes no document.
"""

from collections.abc import Callable, Iterator
from random import Random
from typing import TypeAlias

from lxml import etree

from tests.elmo_documents.growing import ELSEWHERE, Growth, Plan, RandomPlan
from tests.elmo_documents.parts import Element, Grammar, Particle, Type, Wildcard
from tests.elmo_documents.samples import bad
from tests.elmo_documents.valid import Document, Ways, ample_plans

Edit: TypeAlias = Callable[[etree._Element], None]
Named: TypeAlias = tuple[str, str, Edit]
"""The way, the place in the official files it is an error against, and what to do to a node."""


def broken_documents(grammar: Grammar, ways: Ways) -> Iterator[Document]:
    """Yield documents broken at every element, attribute, number and value of the grammar."""
    for particle, way in ways.items():
        if particle is not grammar.root:
            yield from _numbers(grammar, particle, way)
        if isinstance(particle, Element):
            for edit in _edits(particle):
                growth = Growth(grammar, Plan(way))
                yield from _broken(growth, particle, edit)
            yield from _orders(grammar, particle, way)
        if isinstance(particle, Wildcard):
            yield from _guests(grammar, particle, way)
    for way_name, name in (("unknown root", _beside(grammar.root)), ("foreign root", _ODD)):
        growth = Growth(grammar, Plan())
        growth.root.tag = name
        yield _document(growth, way_name, grammar.root.place)


def random_broken_documents(grammar: Grammar, seed: int) -> Iterator[Document]:
    """Yield mixed documents with one error anywhere, without end; the same for the same seed."""
    random = Random(seed)
    while True:
        growth = Growth(grammar, RandomPlan(Random(random.getrandbits(32))))
        element = random.choice([one for one in growth.met if not one.type.anything])
        edit = random.choice([*_edits(element)])
        yield from _broken(growth, element, edit)


_ODD = f"{{{ELSEWHERE}}}odd"


def _numbers(grammar: Grammar, particle: Particle, way: tuple[Particle, ...]) -> Iterator[Document]:
    """Yield one too few and one too many of a particle, where that is an error at all."""
    holders = [step for step in way[:-1] if isinstance(step, Element)]
    holder = holders[-1] if holders else grammar.root
    numbers = [("one too few", particle.minimum - 1)] if particle.minimum else []
    numbers += [] if particle.maximum is None else [("one too many", particle.maximum + 1)]
    for name, often in numbers:
        growth = Growth(grammar, Plan(way, last=often))
        if not _is_allowed(holder.type, growth.met[holder]):
            yield _document(growth, name, particle.place)


def _edits(element: Element) -> Iterator[Named]:
    """Yield what breaks an element, whatever it holds."""
    kind = element.type
    if kind.anything:
        return
    yield "unknown attribute", element.place, lambda node: node.set("unknown", "x")
    yield "foreign attribute", element.place, lambda node: node.set(_ODD, "x")
    for attribute in kind.attributes:
        if attribute.required:
            yield "missing attribute", attribute.place, _without(attribute.name)
        for way, value in bad(attribute.simple):
            place = attribute.simple.place or attribute.place
            yield f"attribute: {way}", place, _with(attribute.name, value)
    if kind.text is not None:
        for way, text in bad(kind.text):
            yield way, kind.text.place or element.place, _saying(text)
        yield "element in text", element.place, _holding(_beside(element), 0)
        return
    if not kind.mixed:
        yield "text where none", element.place, _saying("words")
    for way, name in (
        ("unknown element", _beside(element)),
        ("foreign element", _ODD),
        ("element without namespace", "odd"),
    ):
        yield f"{way} first", element.place, _holding(name, 0)
        yield f"{way} last", element.place, _holding(name, -1)


def _orders(grammar: Grammar, element: Element, way: tuple[Particle, ...]) -> Iterator[Document]:
    """Yield two neighbours in the wrong order, for all neighbours of an element that holds all."""
    for turn, plan in enumerate(ample_plans(element, way)):
        neighbours = len(Growth(grammar, plan).met[element]) - 1
        for first in range(neighbours):
            growth = Growth(grammar, [*ample_plans(element, way)][turn])
            node = growth.met[element]
            node.insert(first, node[first + 1])
            if not _is_allowed(element.type, node):
                yield _document(growth, "wrong order", element.place)


def _guests(grammar: Grammar, wildcard: Wildcard, way: tuple[Particle, ...]) -> Iterator[Document]:
    """Yield errors where any element may stand: a stated one must still be right."""
    address = next(one for name, one in grammar.globals.items() if name.endswith("}street-address"))
    growth = Growth(grammar, Plan((*way, address)))
    etree.SubElement(growth.met[address], _beside(address))
    yield _document(growth, "stated element broken where any may stand", wildcard.place)
    if not wildcard.lax:
        growth = Growth(grammar, Plan((*way, address)))
        growth.met[address].tag = _ODD
        yield _document(growth, "unstated element where only stated ones may stand", wildcard.place)


def _broken(growth: Growth, element: Element, named: Named) -> Iterator[Document]:
    """Yield the document after the edit, unless the content is still allowed."""
    way, place, edit = named
    node = growth.met[element]
    before = len(node)
    edit(node)
    if len(node) == before or element.type.text is not None or not _is_allowed(element.type, node):
        yield _document(growth, way, place)


def _is_allowed(kind: Type, node: etree._Element) -> bool:
    return kind.accepts([str(child.tag) for child in node])


def _beside(element: Element) -> str:
    """Return a name that nobody states, in the namespace of an element."""
    return f"{{{etree.QName(element.name).namespace}}}unknown"


def _without(name: str) -> Edit:
    return lambda node: node.attrib.__delitem__(name)


def _with(name: str, value: str) -> Edit:
    return lambda node: node.set(name, value)


def _saying(text: str) -> Edit:
    def say(node: etree._Element) -> None:
        node.text = text

    return say


def _holding(name: str, place: int) -> Edit:
    def hold(node: etree._Element) -> None:
        node.insert(place if place >= 0 else len(node), etree.Element(name))

    return hold


def _document(growth: Growth, way: str, place: str) -> Document:
    return Document(f"{way}: {place}", growth.octets(), frozenset({(way, place)}), way)
