"""What the documents of one version must have hit, counted from the nodes of the official files.

The plans of `valid` and `broken` take no part in the count: a part of the schema they forget is
missed here by its place.
"""

from collections.abc import Iterator

from tests.elmo_documents.growing import Hit
from tests.elmo_documents.parts import Node

_NAMED_TYPES = frozenset({"complexType", "simpleType"})


def missed(places: dict[str, Node], hits: frozenset[Hit]) -> list[str]:
    """Return what no document hit, each as `what: where`, in the words of the official files."""
    return sorted(
        f"{what}: {node.label}"
        for place, node in places.items()
        for what, is_hit in _asked(place, node, hits)
        if not is_hit
    )


def _asked(place: str, node: Node, hits: frozenset[Hit]) -> Iterator[tuple[str, bool]]:
    above = place.rpartition("/")[0]
    match node.kind:
        case "enumeration":
            yield f"value {node.value}", (f"value {node.value}", above) in hits
            yield "value outside enumeration", _outside("enumeration", above, hits)
        case "pattern":
            yield "value outside pattern", _outside("pattern", above, hits)
        case "attribute":
            ways = ("present", "absent") if node.is_optional else ("present", "missing attribute")
            yield from ((way, (way, place) in hits) for way in ways)
        case "anyAttribute":
            yield "used", ("used", place) in hits
        case kind if kind in _NAMED_TYPES or node.is_global:
            yield "used", ("used", place) in hits
        case kind:
            yield from _numbers(place, node, hits)
            if kind in {"element", "any"}:
                yield from _beyond(place, node, hits)


def _numbers(place: str, node: Node, hits: frozenset[Hit]) -> Iterator[tuple[str, bool]]:
    """The least, one, and the most; more than one where there is no most."""
    for often in sorted({node.minimum, 1, node.maximum or 1}):
        yield f"stands {often}", (f"stands {often}", place) in hits
    if node.maximum is None:
        yield "stands more than once", any((f"stands {more}", place) in hits for more in (2, 3, 4))


def _beyond(place: str, node: Node, hits: frozenset[Hit]) -> Iterator[tuple[str, bool]]:
    if node.minimum:
        yield "one too few", ("one too few", place) in hits
    if node.maximum is not None:
        yield "one too many", ("one too many", place) in hits


def _outside(kind: str, place: str, hits: frozenset[Hit]) -> bool:
    ways = (f"value outside {kind}", f"attribute: value outside {kind}")
    return any((way, place) in hits for way in ways)
