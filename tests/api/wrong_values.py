"""What can be wrong with a field of each kind, and the code of each fault.

A kind is a word of the tables in `test_field_errors`. Every value here is refused wherever a
field of the kind stands; what only some field refuses (a date before another one) is a rule and
stands in `test_wrong_fields`.
"""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple


class Wrong(NamedTuple):
    """A value to put in place (`...` leaves the field out), and the code of its fault."""

    value: object
    code: str


HUGE = 10**400
"""A number JSON can write and nobody can hold in 64 bits."""

_UNSEEN = {
    "bell": "Sol\u0007berg",
    "NUL": "Sol\u0000berg",
    "line feed": "Sol\nberg",
    "line separator": "Sol\u2028berg",
    "right to left": "Sol\u202eberg",
    "isolate": "Sol\u2067berg",
    "zero width": "Sol\u200bberg",
    "soft hyphen": "Sol\u00adberg",
    "byte order mark": "\ufeffSolberg",
    "private use": "Sol\ue000berg",
    "no character": "Sol\uffffberg",
    "half a character": "Sol\ud800berg",
    "space before": " Solberg",
    "space after": "Solberg ",
    "wide space after": "Solberg\u3000",
    "spaces alone": "   ",
    "nothing": "",
}

_FORMS: Mapping[str, tuple[str, ...]] = {
    "license-number": ("", "HPR_1", "1" * 41, " HPR", "HPR ", "-1", "１２３", "HPR\n"),
    "code": ("", "Upper", "a_b", "a" * 65, " a", "a ", "-a", "a.", "ä", "a\n", "a/b", "../a"),
    "area": ("", "no", "NOR", "N", "NO-", "NO-ABCD", "NO_03", " NO", "NO\n", "NØ"),
    "country": ("", "no", "NOR", "N", "NO ", "NO\n", "Ｎ0"),
    "language": ("", "Norwegian", "n", "nb_NO", "nb ", "nb-a", "nb\n", "NB"),
    "identifier": ("", "12", "1 7", "1" * 41, "170588\n", "170588ø"),
}

_DAYS = (
    "", "2026-02-30", "2026-13-01", "2026-00-10", "2026-04-31", "2026-1-1", "30.01.2026",
    "01/30/2026", "20260130", "1767225600", "0001-01-01", "1899-12-31", "3000-01-01",
    "12026-01-01", "-2026-01-01", "2026-01-01T00:00:00", "2026-01-01T00:00:00Z", " 2026-01-01",
    "2026-01-01\n", "٢٠٢٦-٠١-٠١", "today", "null",
)  # fmt: skip

_INSTANTS = (
    "", "2026-03-01", "2026-03-01T10:00:00", "2026-03-01T25:00:00Z", "2026-02-30T10:00:00Z",
    "2026-03-01T10:60:00Z", "2026-03-01 10:00:00Z", "2026-03-01T10:00:00+25:00", "10:00",
    "1772445600", "20260301T100000Z", "2026-03-01T10:00:00Z\n", "now",
)  # fmt: skip

NO_TEXT: Mapping[str, object] = {
    "a number": 7,
    "a fraction": 0.5,
    "a huge number": HUGE,
    "true": True,
    "a list": ["Solberg"],
    "an object": {"text": "Solberg"},
}


def wrong_values(kind: str) -> Iterator[Wrong]:
    """Return every wrong value of a kind; null and leaving out are the field's own matter.

    Args:
        kind: a word of the tables; of a list, its least and greatest count stand after it.
    """
    word, _, bounds = kind.partition(" ")
    match word:
        case "text":
            yield from _text()
        case "enum":
            yield from (Wrong(one, "unknown-value") for one in ("", "FULL", " full", "fu\u0000ll"))
            yield from _of_other_types("unknown-value")
        case "day":
            yield from (Wrong(one, "impossible-date") for one in _DAYS)
            yield from _of_other_types("impossible-date")
        case "instant":
            yield from (Wrong(one, "impossible-instant") for one in _INSTANTS)
            yield Wrong("1899-12-31T10:00:00Z", "impossible-date")
            yield from _of_other_types("impossible-instant")
        case "yes-no":
            yield from (Wrong(one, "wrong-type") for one in ("", "true", "yes", "0", 0, 1))
            yield from (Wrong(one, "wrong-type") for one in NO_TEXT.values() if one is not True)
        case "uuid":
            yield from (Wrong(one, "wrong-form") for one in ("", "7", "x" * 36, "0" * 33))
            yield from _of_other_types("wrong-form")
        case "object":
            yield from (Wrong(one, "wrong-type") for one in ("{}", 7, True, [{"a": "b"}]))
        case "list":
            yield from _list(*bounds.split("-"))
        case _:
            yield from (Wrong(one, "wrong-form") for one in _FORMS[word])
            yield from (Wrong(one, "wrong-type") for one in NO_TEXT.values())
            yield Wrong("Sol\ud800berg", "not-allowed")


NULL = {"enum": "unknown-value", "day": "impossible-date", "uuid": "wrong-form"}
"""The code of null where it is none of the values; any other kind says `wrong-type`."""


def _text() -> Iterator[Wrong]:
    yield from (Wrong(one, "not-allowed") for one in _UNSEEN.values())
    yield from (Wrong(one, "wrong-type") for one in NO_TEXT.values())
    yield Wrong("S" * 301, "too-long")
    # Three hundred characters that are nine hundred once they are in NFC.
    yield Wrong("\U0001d160" * 300, "too-long")


def _of_other_types(code: str) -> Iterator[Wrong]:
    for name, value in NO_TEXT.items():
        yield Wrong(value, "wrong-type" if "number" in name or "fraction" in name else code)


def _list(least: str, most: str) -> Iterator[Wrong]:
    yield from (Wrong(one, "wrong-type") for one in ("Solberg", 7, True, {"0": "a"}))
    if least != "0":
        yield Wrong([], "wrong-count")
    yield Wrong(TooMany(int(most) + 1), "wrong-count")


class TooMany(int):
    """So many copies of the entry the list has in a right body."""

    def of(self, right: list[Any]) -> list[Any]:
        """Return the list."""
        return right[:1] * self
