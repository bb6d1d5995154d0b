"""Our own statement with one thing changed: each change must be noticed by some document.

An edit that could change nothing (a group of parts that may all be absent made optional, say) is
not made; so every mutant that survives is a part of our statement the documents do not hold.
"""

from collections.abc import Callable, Iterator
from copy import deepcopy
from pathlib import Path
from typing import NamedTuple

from lxml import etree

from schema_ext.namespaces import XS

Edit = Callable[[etree._Element], None]


class Mutant(NamedTuple):
    """A changed file: `name` says what was changed where, `word` stands in documents about it."""

    name: str
    word: str
    octets: bytes


def mutants(xsd: Path) -> Iterator[Mutant]:
    """Yield one mutant of a file for every edit of every node."""
    tree = etree.parse(xsd)
    for number, node in enumerate(tree.iter(f"{{{XS}}}*")):
        word = _word(node)
        for what, edit in _edits(node):
            changed = deepcopy(tree)
            edit(list(changed.iter(f"{{{XS}}}*"))[number])
            name = f"{xsd.name} {what} {_path(node)}"
            yield Mutant(name, word, etree.tostring(changed))


def _edits(node: etree._Element) -> Iterator[tuple[str, Edit]]:
    local = etree.QName(node).localname
    parent = node.getparent()
    is_global = parent is None or parent.tag == f"{{{XS}}}schema"
    match local:
        case "enumeration":
            yield "without", _drop
        case "pattern":
            yield "anything for", _set("value", r"[\s\S]*")
        case "minInclusive" | "maxInclusive":
            yield "without", _drop
        case "attribute":
            yield "without", _drop
            required = node.get("use") == "required"
            yield "turned", _set("use", "optional" if required else "required")
        case "any":
            yield "strict", _set("processContents", "strict")
            yield "unchecked", _set("processContents", "skip")
            yield "everywhere", _set("namespace", "##any")
            yield "one", _unset("maxOccurs")
            yield "some", _set("minOccurs", "1")
        case "anyAttribute":
            yield "without", _drop
            yield "unchecked", _set("processContents", "skip")
        case "group" if not is_global:
            yield from ((f"no {name}", _unset(name)) for name in _OCCURS if name in node.attrib)
        case "element" if not is_global:
            yield from _element_edits(node)
        case "element" if "type" in node.attrib:
            yield "untyped", _unset("type")
        case _:
            pass


_OCCURS = ("minOccurs", "maxOccurs")


def _element_edits(node: etree._Element) -> Iterator[tuple[str, Edit]]:
    yield "without", _drop
    yield "turned", _set("minOccurs", "1" if node.get("minOccurs") == "0" else "0")
    yield "other number of", _set("maxOccurs", "2" if node.get("maxOccurs") is None else "1")
    follower = node.getnext()
    if follower is not None and follower.tag == node.tag:
        yield "later", _move_down
    if "name" in node.attrib:
        yield "renamed", _set("name", "renamed")
    if "type" in node.attrib:
        yield "untyped", _unset("type")
        yield "numeric", _set("type", "xs:gYearMonth")


def _word(node: etree._Element) -> str:
    """Return the nearest name or value, which stands in every document the node is about."""
    for one in (node, *node.iterancestors()):
        for attribute in ("value", "name", "ref"):
            if (found := one.get(attribute)) is not None and etree.QName(
                one
            ).localname != "pattern":
                return found.rpartition(":")[2]
    return ""


def _path(node: etree._Element) -> str:
    """Return the names a node stands under, and its own."""
    steps = (*reversed([*node.iterancestors()]), node)
    named = (step.get("name") or step.get("ref") or step.get("value") for step in steps)
    return "/".join(name for name in named if name)


def _drop(node: etree._Element) -> None:
    parent = node.getparent()
    assert parent is not None
    parent.remove(node)


def _move_down(node: etree._Element) -> None:
    follower = node.getnext()
    assert follower is not None
    follower.addnext(node)


def _set(name: str, value: str) -> Edit:
    return lambda node: node.set(name, value)


def _unset(name: str) -> Edit:
    return lambda node: node.attrib.__delitem__(name) if name in node.attrib else None
