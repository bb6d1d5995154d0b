"""Write one document from a grammar: what it must hold, and what a plan asks for beyond that."""

from collections.abc import Iterable
from random import Random
from typing import Final

from lxml import etree

from schema_ext.namespaces import XML, XSI
from tests.elmo_documents.parts import (
    Attribute,
    Element,
    Grammar,
    Group,
    Particle,
    Simple,
    Type,
    Wildcard,
    walk,
)
from tests.elmo_documents.samples import good

ELSEWHERE: Final = "urn:example:elsewhere"
Hit = tuple[str, str]
"""What was hit, and the place in the official files where it is stated."""


class Plan:
    """What a document is to hold beyond what it must; every wish is met once, then forgotten."""

    def __init__(self, way: Iterable[Particle] = (), **counts: int) -> None:
        """Make room for the last particle of `way`; `last` is how often that one stands."""
        steps = tuple(way)
        self.counts = {step: max(1, step.minimum) for step in steps}
        if "last" in counts:
            self.counts[steps[-1]] = counts["last"]
        self.guests = [step for step in steps if isinstance(step, Element)]
        self.texts: dict[Element, str] = {}
        self.attributes: dict[tuple[Element, str], str | None] = {}

    def count(self, particle: Particle, depth: int) -> int:
        """Return how often a particle stands where nothing was wished."""
        del depth
        return particle.minimum

    def branch(self, group: Group, wishes: dict[Particle, int]) -> Particle:
        """Return the part of a choice that is taken: one with a wish, or the first."""
        wished = (part for part in group.parts if any(steps[-1] in wishes for steps in walk(part)))
        return next(wished, group.parts[0])

    def text(self, element: Element, simple: Simple) -> str:
        """Return what an element says."""
        wished = self.texts.pop(element, None)
        return good(simple)[0] if wished is None else wished

    def attribute(self, element: Element, attribute: Attribute) -> str | None:
        """Return what an attribute says; None leaves it out."""
        usual = good(attribute.simple)[0] if attribute.required else None
        return self.attributes.pop((element, attribute.name), usual)

    def guest(self, wildcard: Wildcard, grammar: Grammar) -> Element | None:
        """Return the element that stands for any; None is one that no schema knows."""
        for element in self.guests:
            if element.says or element is grammar.globals.get(element.name):
                self.guests.remove(element)
                return element
        # A strict place takes only an element that some schema states.
        return None if wildcard.lax else next(iter(_addresses(grammar)))


class RandomPlan(Plan):
    """Anything the grammar allows, smaller the deeper it stands."""

    def __init__(self, random: Random) -> None:
        super().__init__()
        self._random = random
        self._named = 0

    def count(self, particle: Particle, depth: int) -> int:
        """Return the least, one more, or two more, as far as the grammar allows."""
        if self._random.random() < depth / 7:
            return particle.minimum
        wanted = particle.minimum + self._random.choice((0, 0, 1, 1, 2))
        return wanted if particle.maximum is None else min(wanted, particle.maximum)

    def branch(self, group: Group, wishes: dict[Particle, int]) -> Particle:
        """Return any part."""
        del wishes
        return self._random.choice(group.parts)

    def text(self, element: Element, simple: Simple) -> str:
        """Return any text of the type."""
        del element
        return self._random.choice(good(simple))

    def attribute(self, element: Element, attribute: Attribute) -> str | None:
        """Return any value, and no name twice."""
        del element
        if not attribute.required and self._random.random() < 0.5:
            return None
        if attribute.simple.base == "ID":
            self._named += 1
            return f"n{self._named}"
        return self._random.choice(good(attribute.simple))

    def guest(self, wildcard: Wildcard, grammar: Grammar) -> Element | None:
        """Return a stated element of another namespace, or one nobody states."""
        known = self._random.random() < 0.5 or not wildcard.lax
        return self._random.choice(_addresses(grammar)) if known else None


class Growth:
    """One document in the making.

    `met` holds the first node that was written for each element of the grammar, `hits` what of
    the official files the document uses.
    """

    def __init__(self, grammar: Grammar, plan: Plan) -> None:
        self._grammar = grammar
        self._plan = plan
        self.met: dict[Element, etree._Element] = {}
        self.hits: set[Hit] = set()
        self.root = self._element(grammar.root, None, 0)

    def octets(self) -> bytes:
        """Return the document as it stands."""
        return etree.tostring(self.root, encoding="UTF-8")

    def _element(
        self, element: Element, parent: etree._Element | None, depth: int
    ) -> etree._Element:
        named = {"said": element.says[0]} if element.says else None
        made = (
            etree.Element(element.name)
            if parent is None
            else etree.SubElement(parent, element.name, nsmap=named)
        )
        self.met.setdefault(element, made)
        kind = element.type
        self.hits |= {("used", element.place), ("used", kind.place)}
        if element.says:
            made.set(f"{{{XSI}}}type", f"said:{element.says[1]}")
        for attribute in kind.attributes:
            self._attribute(made, element, attribute)
        if kind.any_attribute is not None:
            self.hits.add(("used", kind.any_attribute))
            made.set(f"{{{XML}}}lang", "en")
        if kind.text is not None:
            made.text = self._value(kind.text, self._plan.text(element, kind.text))
        elif kind.content is not None:
            self._fill(made, kind, depth)
        return made

    def _attribute(self, made: etree._Element, element: Element, attribute: Attribute) -> None:
        value = self._plan.attribute(element, attribute)
        self.hits.add(("absent" if value is None else "present", attribute.place))
        if value is not None:
            made.set(attribute.name, self._value(attribute.simple, value))

    def _value(self, simple: Simple, value: str) -> str:
        self.hits.add((f"value {value}", simple.place))
        return value

    def _fill(self, made: etree._Element, kind: Type, depth: int) -> None:
        """Write the content; the wishes about it are taken first, an inner namesake gets none."""
        assert kind.content is not None
        counts = self._plan.counts
        inside = {steps[-1] for steps in kind.inside} if counts else set()
        wishes = {one: counts.pop(one) for one in [*counts] if one in inside}
        self._part(made, kind.content, wishes, depth)

    def _part(
        self, made: etree._Element, part: Particle, wishes: dict[Particle, int], depth: int
    ) -> None:
        often = wishes[part] if part in wishes else self._plan.count(part, depth)
        self.hits.add((f"stands {often}", part.place))
        for _ in range(often):
            match part:
                case Element():
                    self._element(part, made, depth + 1)
                case Wildcard():
                    self._guest(made, part, depth)
                case Group(kind="choice"):
                    self._part(made, self._plan.branch(part, wishes), wishes, depth)
                case Group():
                    for inner in part.parts:
                        self._part(made, inner, wishes, depth)

    def _guest(self, made: etree._Element, wildcard: Wildcard, depth: int) -> None:
        guest = self._plan.guest(wildcard, self._grammar)
        if guest is None:
            etree.SubElement(made, f"{{{ELSEWHERE}}}odd").text = "odd"
        else:
            self._element(guest, made, depth + 1)


def ways(grammar: Grammar) -> dict[Particle, tuple[Particle, ...]]:
    """Return for every particle a shortest way to it: what must stand so that it can.

    What only an extension can hold, which are the other global elements and the types a document
    names itself, comes last, by way of the extension of the root.
    """
    found: dict[Particle, tuple[Particle, ...]] = {grammar.root: ()}
    seen: set[Type] = set()
    _spread(found, seen, grammar.root)
    hall = next(way for one, way in found.items() if isinstance(one, Wildcard) and one.lax)
    guests = [*grammar.globals.values(), *(_named(key, grammar) for key in grammar.types)]
    for guest in guests:
        found[guest] = (*hall, guest)
        _spread(found, seen, guest)
    return found


def _spread(found: dict[Particle, tuple[Particle, ...]], seen: set[Type], start: Element) -> None:
    """Walk from one element, breadth first; a type is opened only where it is met first."""
    waiting = [start]
    for element in waiting:
        kind = element.type
        if kind in seen or kind.content is None:
            continue
        seen.add(kind)
        for steps in kind.inside:
            found[steps[-1]] = (*found[element], *steps)
            if isinstance(steps[-1], Element):
                waiting.append(steps[-1])


def _named(key: tuple[str, str], grammar: Grammar) -> Element:
    kind = grammar.types[key]
    return Element(f"{{{ELSEWHERE}}}odd", 1, 1, kind.place, lambda: kind, says=key)


def _addresses(grammar: Grammar) -> list[Element]:
    """Return the stated elements that may be empty, to stand where only a stated one may."""
    return [one for name, one in grammar.globals.items() if name.endswith("-address")]
