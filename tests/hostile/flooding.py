"""A16 and A17: what costs, within the caps and over them, and the documents it stands in.

Within a cap a document is refused because it was changed, and must be refused within a second;
over a cap it is refused for the cap, a tenth of a second after it came. A cap is also broken at
the very end of a document that fills the others, where all that comes before it is paid for.
How a flood gets into a document is `tests.hostile.flooded`.

What is met where: in `make test` every flood stands in a base of its own (`catalogue.share_of`),
and there are so many of them that A16 and A17 meet all hundred bases each; `make soak` plants
every flood in ten bases, and each class meets all of them ten times. That the bases themselves
pass is shown in `test_siblings`, for all of them.
"""

# ruff: noqa: E501 - a table is read by its rows

from collections.abc import Callable

from licenses.model.reasons import Reason
from tests.hostile.flooded import Flood, in_clear_copies, over, signed_anew, within
from tests.hostile.variants import Variant

R = Reason

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
    "a namespace of 200 octets over 40,000 elements": lambda: b'<x xmlns:n="urn:%s">' % (b"a" * 196) + b"<n:y/>" * 40_000 + b"</x>",
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
    "a namespace of 20,000 octets over 45,000 elements": (lambda: b'<x xmlns:n="urn:%s">' % (b"a" * 20_000) + b"<n:y/>" * 45_000 + b"</x>", R.OVER_CAP_NAMESPACES),
    "30 namespaces of 250,000 octets": (lambda: b"<x" + b"".join(b' xmlns:n%d="urn:%d%s"' % (n, n, b"a" * 250_000) for n in range(30)) + b"/>", R.OVER_CAP_NAMESPACES),
    "30 namespaces of 50,000 letters by number": (lambda: b"<x" + b"".join(b' xmlns:n%d="urn:%d%s"' % (n, n, b"&#65;" * 50_000) for n in range(30)) + b"/>", R.OVER_CAP_NAMESPACES),
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


def _full_then(last: bytes) -> Flood:
    """Return what fills most caps, and then one more thing."""
    return lambda: _inside(_spaces(5), b'<y c="" b="" a="">t</y>' * 40_000 + last)


def _large_then(last: bytes) -> Flood:
    """Return nearly 10 MiB in long texts, and then one more thing."""
    return lambda: (b"<z>" + b"t" * 100_000 + b"</z>") * 102 + last


def _many_then(last: bytes) -> Flood:
    """Return nearly as many elements as there may be, with other markup, and one more thing."""
    return lambda: b"<y/><!----><z><![CDATA[<]]></z>" * 12_400 + last


_LAST: dict[str, tuple[bytes, R]] = {
    "65 attributes": (b"<x" + _attributes(65) + b"/>", R.OVER_CAP_ATTRIBUTES),
    "33 namespaces": (_inside(_spaces(33, 100), b""), R.OVER_CAP_NAMESPACES),
    "a relative namespace": (b'<x xmlns="relative"/>', R.RELATIVE_NAMESPACE),
}  # fmt: skip
_LAST_A17: dict[str, tuple[bytes, R]] = {
    "65 deep": (_nested(65), R.OVER_CAP_DEPTH),
    "an instruction": (b"<?x?>", R.PROCESSING_INSTRUCTION),
    "an octet that is not UTF-8": (b"<x>\xff</x>", R.ENCODING_NOT_UTF8),
}  # fmt: skip
_BEFORE: dict[str, Callable[[bytes], Flood]] = {
    "40,000 elements": _full_then,
    "10 MiB": _large_then,
    "49,600 pieces of markup": _many_then,
}


def _at_the_end(last: dict[str, tuple[bytes, R]]) -> dict[str, tuple[Flood, R]]:
    return {
        f"{how_much}, then {what}": (make(octets), reason)
        for how_much, make in _BEFORE.items()
        for what, (octets, reason) in last.items()
    }


LATE_A16: dict[str, tuple[Flood, R]] = {
    **_at_the_end(_LAST),
    "63 attributes of 2,300 elements, then 66": (lambda: (b"<y" + _attributes(63) + b"/>") * 2_300 + b"<y" + _attributes(66) + b"/>", R.OVER_CAP_ATTRIBUTES),
    "3 attributes of 49,000 elements, then many": (lambda: b'<y c="" b="" a=""/>' * 49_000 + (b"<y" + _attributes(60) + b"/>") * 60, R.OVER_CAP_ATTRIBUTES),
    "attributes over many lines, then 65": (lambda: b"<y" + (b'\n\t a%d\n=\n"="' * 40 % tuple(range(40))) + b"/>" + (b'<y a\n=\n"' + b"\n" * 3_000 + b'"/>') * 3_000 + b"<x" + _attributes(65) + b"/>", R.OVER_CAP_ATTRIBUTES),
    "6 namespaces over 50,000 elements": (lambda: _inside(_spaces(6), b"<y/>" * 49_000), R.OVER_CAP_NAMESPACES),
    "9,990 declarations, then 20": (lambda: b'<y xmlns:p="urn:p"/>' * 9_990 + b'<y xmlns:q="urn:p"/>' * 20, R.OVER_CAP_NAMESPACES),
    "49,000 elements, then 70 namespaces": (lambda: b"<y/>" * 49_000 + b"".join(_inside(_spaces(1, n), b"") for n in range(70)), R.OVER_CAP_NAMESPACES),
}  # fmt: skip
LATE_A17: dict[str, tuple[Flood, R]] = {
    **_at_the_end(_LAST_A17),
    "one element too many": (lambda: b"<y/>" * 50_000, R.OVER_CAP_ELEMENTS),
    "one element too many, all in pairs of tags": (lambda: b"<y>t</y>" * 50_000, R.OVER_CAP_ELEMENTS),
    "one element too many, all with attributes": (lambda: b'<y b="" a=""/>' * 50_000, R.OVER_CAP_ELEMENTS),
    "one comment too many": (lambda: b"<!--<-->" * 50_000, R.OVER_CAP_ELEMENTS),
    "one CDATA section too many": (lambda: b"<x>" + b"<![CDATA[<]]>" * 50_000 + b"</x>", R.OVER_CAP_ELEMENTS),
    "one piece of markup too many": (lambda: b"<y/><!--<--><z><![CDATA[<]]></z>" * 12_501, R.OVER_CAP_ELEMENTS),
    "names of 49,000 letters, then one element too many": (lambda: (b"<" + b"y" * 49_000 + b"/>") * 150 + b"<y/>" * 50_000, R.OVER_CAP_ELEMENTS),
    "one octet of text too many": (lambda: b"<x>" + b"t" * (7 * _MIB + 1) + b"</x>", R.OVER_CAP_TEXT),
    "40,000 elements, then a text of 7.5 MiB": (lambda: b"<y/>" * 40_000 + b"<x>" + b"t" * (15 * _MIB // 2) + b"</x>", R.OVER_CAP_TEXT),
    "a text over 49,000 CDATA sections, one octet too long": (lambda: b"<x>" + (b"<![CDATA[" + b"t" * 150 + b"]]>") * 49_000 + b"t" * 10_000 + b"</x>", R.OVER_CAP_TEXT),
}  # fmt: skip


CLEAR_COPIES: dict[str, tuple[bytes, Flood]] = {
    "40,000 titles in the clear copy": (b"<lic:kind>", lambda: b'<lic:title xml:lang="en">t</lic:title>' * 40_000),
    "16,000 territories in the clear copy": (b"<lic:firstIssued>", lambda: b"<lic:territory><lic:area>NO</lic:area><lic:mode>privilege</lic:mode></lic:territory>" * 16_000),
}  # fmt: skip

WITHIN: tuple[Variant, ...] = (
    *within("A16", WITHIN_A16),
    *signed_anew("A16", WITHIN_A16),
    *within("A17", WITHIN_A17),
    *in_clear_copies("A17", CLEAR_COPIES),
)
OVER: tuple[Variant, ...] = (
    *over("A16", OVER_A16 | LATE_A16),
    *over("A17", OVER_A17 | LATE_A17),
)
VARIANTS: tuple[Variant, ...] = (*WITHIN, *OVER)
PLANTED: tuple[Variant, ...] = tuple(one for one in WITHIN if one.reason is R.DIGEST_MISMATCH)
