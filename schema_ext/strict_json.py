"""Read and write JSON where two readers must never see two things.

Reading refuses what JSON parsers disagree about: a name given twice, NaN and infinities,
anything but UTF-8, more than a stated number of octets. Writing is deterministic: names sorted,
no spaces, UTF-8, so that equal values are equal octets. What the names mean is left to the
caller. Source: RFC 8259, 4 and 8.1; security.md A7.
"""

import json
from typing import NoReturn

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
    try:
        text = octets.decode("utf-8")
    except UnicodeDecodeError:
        raise ValueError("it is not written in UTF-8") from None
    try:
        value = json.loads(text, object_pairs_hook=_once_each, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        raise ValueError(f"it is not JSON (line {error.lineno})") from None
    except RecursionError:
        raise ValueError("it is nested too deeply") from None
    if not isinstance(value, dict):
        raise ValueError("it is not a JSON object")  # noqa: TRY004 (one error for all of it)
    return value


def write_object(value: JsonObject) -> bytes:
    """Return `value` as canonical octets: names sorted, no spaces, UTF-8."""
    text = json.dumps(
        value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    )
    return text.encode("utf-8")


def _once_each(pairs: list[tuple[str, object]]) -> JsonObject:
    names = dict(pairs)
    if len(names) != len(pairs):
        raise ValueError("it gives one name twice")
    return names


def _no_constant(_name: str) -> NoReturn:
    raise ValueError("it holds a number that JSON does not have")
