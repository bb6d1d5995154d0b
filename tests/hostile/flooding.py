"""A16 and A17: documents that cost, within the caps and over them.

Within a cap a document is refused because it was changed, and must be refused within a second;
over a cap it is refused for the cap, a tenth of a second after it came.
"""

# ruff: noqa: E501 - a table is read by its rows

from collections.abc import Callable

from licenses.model.reasons import Reason
from tests.hostile.bases import by_java
from tests.hostile.edits import Edit, at_the_start
from tests.hostile.variants import Make, Variant, outer, outer_made, sealed

R = Reason

Flood = Callable[[], bytes]
"""A part of a document that is made when it is asked for: all of them take a hundred MiB."""
_MIB = 2**20


def _spaces(count: int, start: int = 0) -> bytes:
    return b"".join(b' xmlns:n%d="urn:n:%d"' % (n, n) for n in range(start, start + count))


def _attributes(count: int) -> bytes:
    return b"".join(b' a%d=""' % n for n in reversed(range(count)))


def _inside(names: bytes, elements: bytes) -> bytes:
    return b"<x" + names + b">" + elements + b"</x>"


def _nested(depth: int) -> bytes:
    return b"<x>" * depth + b"</x>" * depth


WITHIN_A16: dict[str, Flood] = {
    "30 namespaces over 9,000 elements": lambda: _inside(_spaces(30), b"<y/>" * 9_000),
    "5 namespaces over 49,000 elements": lambda: _inside(_spaces(4), b"<y/>" * 49_000),
    "3 attributes of 49,000 elements": lambda: b'<y c="" b="" a=""/>' * 49_000,
    "60 attributes of 2,400 elements": lambda: (b"<y" + _attributes(60) + b"/>") * 2_400,
    "63 attributes of one name and many spaces": lambda: b"<y" + _spaces(28) + b"".join(b' n%d:a=""' % n for n in range(28)) + b"/>",
    "4,900 elements that declare two namespaces": lambda: (b'<y xmlns:p="urn:p" xmlns:q="urn:q"/>') * 4_900,
}  # fmt: skip
WITHIN_A17: dict[str, Flood] = {
    "49,000 elements": lambda: b"<y/>" * 49_000,
    "49,000 names": lambda: b"".join(b"<y%d/>" % n for n in range(49_000)),
    "49,000 empty CDATA sections": lambda: b"<x>" + b"<![CDATA[]]>" * 49_000 + b"</x>",
    "49,000 texts": lambda: b"<x>" + b"<y>t</y>" * 24_000 + b"</x>",
    "60 deep, 800 times": lambda: _nested(60) * 800,
    "a text of 6.9 MiB": lambda: b"<x>" + b"t" * (69 * _MIB // 10) + b"</x>",
    "a text of 900,000 references": lambda: b"<x>" + b"&#x41;" * 900_000 + b"</x>",
    "a value of 6 MiB": lambda: b'<x a="' + b"t" * (6 * _MIB) + b'"/>',
    "9 MiB in 900 texts": lambda: b"<y>" + (b"<z>" + b"t" * 10_000 + b"</z>") * 900 + b"</y>",
    "100 names of 49,000 letters": lambda: b"<x>" + b"".join(b"<%c%b/>" % (97 + n % 26, b"y" * (49_000 + n)) for n in range(100)) + b"</x>",
}  # fmt: skip
OVER_A16: dict[str, tuple[Flood, R]] = {
    "40 namespaces on one element": (lambda: _inside(_spaces(40), b""), R.OVER_CAP_NAMESPACES),
    "2,000 namespaces on one element": (lambda: _inside(_spaces(2_000), b""), R.OVER_CAP_ATTRIBUTES),
    "40 namespaces one inside the other": (lambda: b"".join(b'<x xmlns:n%d="urn:n:%d">' % (n, n) for n in range(40)) + b"</x>" * 40, R.OVER_CAP_NAMESPACES),
    "31 namespaces over 49,000 elements": (lambda: _inside(_spaces(31), b"<y/>" * 49_000), R.OVER_CAP_NAMESPACES),
    "300 namespaces over 2,000 elements": (lambda: b"".join(_inside(_spaces(30, 30 * n), b"<y/>" * 200) for n in range(10)), R.OVER_CAP_NAMESPACES),
    "70 namespaces side by side": (lambda: b"".join(_inside(_spaces(1, n), b"") for n in range(70)), R.OVER_CAP_NAMESPACES),
    "20,000 declarations of one namespace": (lambda: b'<y xmlns:p="urn:p"/>' * 20_000, R.OVER_CAP_NAMESPACES),
    "99 attributes": (lambda: b"<x" + _attributes(99) + b"/>", R.OVER_CAP_ATTRIBUTES),
    "50,000 attributes": (lambda: b"<x" + _attributes(50_000) + b"/>", R.OVER_CAP_ATTRIBUTES),
    "a million attributes": (lambda: b"<x" + _attributes(10**6)[: 9 * _MIB] + b"/>", R.OVER_CAP_ATTRIBUTES),
    "60 attributes of 10,000 elements": (lambda: (b"<y" + _attributes(60) + b"/>") * 10_000, R.OVER_CAP_ATTRIBUTES),
    "9 attributes of 49,000 elements": (lambda: (b"<y" + _attributes(9) + b"/>") * 49_000, R.OVER_CAP_ATTRIBUTES),
}  # fmt: skip
OVER_A17: dict[str, tuple[Flood, R]] = {
    "60,000 elements": (lambda: b"<y/>" * 60_000, R.OVER_CAP_ELEMENTS),
    "2,000,000 elements": (lambda: b"<y/>" * 2_000_000, R.OVER_CAP_ELEMENTS),
    "2,000,000 elements behind a comment": (lambda: b"<!---->" + b"<y/>" * 2_000_000, R.OVER_CAP_ELEMENTS),
    "60,000 elements behind a comment": (lambda: b"<!---->" + b"<y/>" * 60_000, R.OVER_CAP_ELEMENTS),
    "1,000,000 pairs of tags behind a comment": (lambda: b"<!---->" + b"<y></y>" * 1_000_000, R.OVER_CAP_ELEMENTS),
    "60,000 elements before a CDATA section": (lambda: b"<y/>" * 60_000 + b"<x><![CDATA[]]></x>", R.OVER_CAP_ELEMENTS),
    "60,000 elements that stay open": (lambda: b"<y>" * 60 + b"<y/>" * 60_000, R.OVER_CAP_ELEMENTS),
    "1,000,000 comments": (lambda: b"<!---->" * 1_000_000, R.OVER_CAP_ELEMENTS),
    "700,000 CDATA sections": (lambda: b"<x>" + b"<![CDATA[]]>" * 700_000 + b"</x>", R.OVER_CAP_ELEMENTS),
    "a text of 7.5 MiB": (lambda: b"<x>" + b"t" * (15 * _MIB // 2) + b"</x>", R.OVER_CAP_TEXT),
    "a text of 7.5 MiB around comments": (lambda: b"<x>" + (b"t" * 1_000 + b"<!---->") * 7_900 + b"</x>", R.OVER_CAP_TEXT),
    "11 MiB": (lambda: b" " * (11 * _MIB), R.TOO_LARGE),
    "65 deep": (lambda: _nested(65), R.OVER_CAP_DEPTH),
    "300 deep": (lambda: _nested(300), R.OVER_CAP_DEPTH),
    "100,000 deep": (lambda: _nested(100_000), R.OVER_CAP_ELEMENTS),
    "40,000 deep behind a comment": (lambda: b"<!---->" + _nested(40_000), R.OVER_CAP_DEPTH),
    "1,000,000 opened and never closed": (lambda: b"<y>" * 1_000_000, R.OVER_CAP_ELEMENTS),
}  # fmt: skip


def _planted(flood: Flood) -> Edit:
    """Plant a flood where it is met early, so that all that comes is paid for."""
    return lambda document: at_the_start(document, flood())


def _by_java(flood: Flood) -> Make:
    return lambda base: at_the_start(by_java(base), flood())


_MISMATCH = R.DIGEST_MISMATCH


def _within(attack: str, floods: dict[str, Flood]) -> tuple[Variant, ...]:
    return (
        *(outer(attack, name, _planted(one), _MISMATCH) for name, one in floods.items()),
        *(sealed(attack, name, _planted(one), _MISMATCH) for name, one in floods.items()),
        *(
            outer_made(attack, f"{name}, by Java", _by_java(one), _MISMATCH)
            for name, one in floods.items()
        ),
    )


def _over(attack: str, floods: dict[str, tuple[Flood, R]]) -> tuple[Variant, ...]:
    return (
        *(outer(attack, name, _planted(one), reason) for name, (one, reason) in floods.items()),
        *(sealed(attack, name, _planted(one), reason) for name, (one, reason) in floods.items()),
    )


WITHIN: tuple[Variant, ...] = (*_within("A16", WITHIN_A16), *_within("A17", WITHIN_A17))
OVER: tuple[Variant, ...] = (*_over("A16", OVER_A16), *_over("A17", OVER_A17))
VARIANTS: tuple[Variant, ...] = (*WITHIN, *OVER)
