"""Texts that a simple type takes, and texts it does not."""

from typing import Final

from tests.elmo_documents.parts import Simple

# Dates stand without spaces around them: libxml2 refuses those, though XML Schema allows them.
_GOOD: Final[dict[str, tuple[str, ...]]] = {
    "string": ("text", "", "two\n  lines", "<&>", "Łódź \U0001f600"),
    "token": ("token", "", "  two   words ", "ø"),
    "date": ("2024-02-29", "2024-06-20Z", "2024-06-20+02:00", "-0044-03-15"),
    "dateTime": ("2024-06-20T12:00:00Z", "2024-06-20T12:00:00.125+02:00", "2024-06-20T24:00:00"),
    "decimal": ("1", "-0.50", "+7.25", ".5", "60."),
    "integer": ("1", "-12", "+3"),
    "nonNegativeInteger": ("0", "12", "+3"),
    "byte": ("0", "-128", "127"),
    "base64Binary": ("QUJD", "", "QU JD\n", "QQ=="),
    "anyURI": ("urn:example:a", "", "http://example.org/ø?a#b"),
    "ID": ("name", "_1-a.b"),
    "language": ("en", "nb-NO", "zh-Hant-TW", ""),
    "NCName": ("default", "preserve"),
}
# A sign that base64 does not have is passed over by libxml2, so it is no error here.
_BAD: Final[dict[str, tuple[str, ...]]] = {
    "string": (),
    "token": (),
    "anyURI": (),
    "date": ("2023-02-29", "20.06.2024", "2024-06-20T00:00:00", ""),
    "dateTime": ("2024-06-20", "2024-06-20T25:00:00", "2024-06-20 12:00:00", ""),
    "decimal": ("1,5", "1e3", "NaN", ""),
    "integer": ("1.5", "one", ""),
    "nonNegativeInteger": ("-1", "1.0", ""),
    "byte": ("128", "-129", "1.5"),
    "base64Binary": ("QUJ", "Q=QU"),
    "ID": ("1a", "a b", ""),
    "language": ("en_US", "abcdefghi", "en-"),
}
_BY_PATTERN: Final[dict[str, tuple[tuple[str, ...], tuple[str, ...]]]] = {
    r"[0-9\.]+": (("1", "1.2.3", ".", " 4 "), ("", "1a", "1,2", "1 2")),
    "[A-Z][A-Z]": (("NO", "ZZ"), ("", "N", "no", "NOR", " NO")),
    r"[0-9]+\.[0-9]+\.[0-9]+": (("1.0.0", "10.20.30"), ("1.0", "1.0.0.0", "v1.0.0", "")),
    r"[^@]+@[^.]+\..+": (("a@b.c", "a b@c d.e"), ("a", "a@b", "@b.c", "a@.c")),
    "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}": (
        ("01234567-89ab-cdef-0123-456789abcdef",),
        (
            "01234567-89AB-cdef-0123-456789abcdef",
            "01234567-89ab-cdef-0123-456789abcde",
            "0123456789ab-cdef-0123-456789abcdef",
        ),
    ),
    "[!-~]{1,64}": (("!", "~" * 64), ("", "a b", "~" * 65, "ø")),
    "[0-9a-f]{64}": (("0123456789abcdef" * 4,), ("0" * 63, "0" * 65, "g" * 64, "A" * 64)),
    "https://.+": (("https://example.org",), ("https://", "http://example.org", "")),
    "https?://.+": (("http://example.org", "https://a"), ("http://", "ftp://example.org")),
    "[ABC][12]|NS": (("A1", "B2", "C1", "NS"), ("D1", "A3", "NS1", "")),
}


def good(simple: Simple) -> tuple[str, ...]:
    """Return texts of the type: every value of its list, the ends of its range, odd spellings."""
    if simple.values:
        return (*simple.values, *_spelt_otherwise(simple))
    if simple.pattern is not None:
        return _BY_PATTERN[simple.pattern][0]
    if simple.low is not None and simple.high is not None:
        return (str(simple.low), str(simple.high))
    return _GOOD[simple.base]


def bad(simple: Simple) -> tuple[tuple[str, str], ...]:
    """Return texts that are not of the type, each with the way in which it is broken."""
    if simple.values:
        odd = ("", simple.values[0] + "0", "Unknown", simple.values[-1].swapcase() + " ")
        numbers = ("3", "10", "x", "")
        texts = numbers if simple.base == "integer" else odd
        return tuple(("value outside enumeration", text) for text in texts)
    if simple.pattern is not None:
        return tuple(("value outside pattern", text) for text in _BY_PATTERN[simple.pattern][1])
    if simple.low is not None and simple.high is not None:
        ends = (str(simple.low - 1), str(simple.high + 1))
        return tuple(("value outside range", text) for text in ends)
    return tuple(("value outside type", text) for text in _BAD[simple.base])


def _spelt_otherwise(simple: Simple) -> tuple[str, ...]:
    """A token may stand between spaces, a number be written with a sign; a string may not."""
    match simple.base:
        case "token":
            return (f" {simple.values[0]}\n",)
        case "integer":
            return ("+1", "02")
        case _:
            return ()
