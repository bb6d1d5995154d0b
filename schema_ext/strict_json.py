"""Read and write JSON where two readers must never see two things.

Reading refuses what JSON parsers disagree about: a name given twice, NaN and infinities (1e999
too), anything but UTF-8, more than a stated number of octets. Writing is deterministic: names
sorted, no spaces, UTF-8, so that equal values are equal octets. What the names mean is left to
the caller. Source: RFC 8259, 4 and 8.1; security.md A7.
"""

import json
from math import isfinite
from typing import Any, NoReturn

JsonObject = dict[str, object]


def read_object(octets: bytes, *, limit: int) -> JsonObject:
    """Return the one JSON object that `octets` hold.

    Args:
        octets: UTF-8 without a byte order mark.
        limit: most octets that are looked at.

    Raises:
        ValueError: not such an object; the sentence quotes nothing of it.
    """
    if len(octets) > limit:
        raise ValueError(f"it is larger than {limit} octets")
    value = read_value(octets)
    if not isinstance(value, dict):
        raise ValueError("it is not a JSON object")  # noqa: TRY004 (one error for all of it)
    return value


def read_value(octets: bytes) -> Any:
    """Return the value of one JSON text; half a surrogate pair as an escape is left in its text.

    Args:
        octets: UTF-8 without a byte order mark.

    Raises:
        ValueError: not UTF-8, not JSON, nested without end, a number nobody can hold, or one
            member twice in the same object; the sentence begins with "it" and quotes nothing.
    """
    try:
        text = octets.decode("utf-8")
    except UnicodeDecodeError:
        raise ValueError("it is not JSON in UTF-8") from None
    try:
        return json.loads(
            text,
            object_pairs_hook=_once_each,
            parse_constant=_no_constant,
            parse_float=_finite,
            parse_int=_whole,
        )
    except json.JSONDecodeError as error:
        raise ValueError(f"it is not JSON in UTF-8 (line {error.lineno})") from None
    except RecursionError:
        raise ValueError("it is nested too deeply") from None


def write_object(value: JsonObject) -> bytes:
    """Return `value` as canonical octets: names sorted, no spaces, UTF-8."""
    text = json.dumps(
        value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    )
    return text.encode("utf-8")


def _once_each(pairs: list[tuple[str, object]]) -> JsonObject:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise ValueError("it has an object with one member twice")
    return members


def _no_constant(_name: str) -> NoReturn:
    raise ValueError("it has NaN or Infinity, which are no numbers of JSON")


def _finite(written: str) -> float:
    number = float(written)
    if not isfinite(number):
        raise ValueError(_TOO_LARGE)
    return number


def _whole(written: str) -> int:
    try:
        return int(written)
    except ValueError:  # the interpreter reads no more digits, which would take their square
        raise ValueError(_TOO_LARGE) from None


_TOO_LARGE = "it has a number that is too large"
