"""Say what is wrong with each field of a body, without its value.

The framework's own wording echoes what was sent, that is personal data; here every kind of
fault has a stable code and a sentence of ours, with the limit, pattern or list of values that was
broken. Only a name of an unknown field is repeated, and only where it looks like the name of a
field.
"""

import re
from collections.abc import Iterable
from typing import Any

from licenses.errors import FieldFault

_NAME = re.compile(r"[a-z][A-Za-z_]{0,39}")

_TEXT = ("wrong-type", "must be text")
_FORM = ("wrong-form", "is not of the required form")
_UUID = ("wrong-form", "is not of the required form (a UUID)")
_COUNT = ("wrong-count", "has too few or too many entries")
_DAY = ("impossible-date", "must be a day that exists, as YYYY-MM-DD")
_INSTANT = ("impossible-instant", "must be an instant with its offset, such as 2026-01-31T09:00Z")
_CHOICE = ("unknown-value", "is not one of the known values")
_OBJECT = ("wrong-type", "must be an object")
_LIST = ("wrong-type", "must be a list")
_WHOLE = ("wrong-type", "must be a whole number")
_YES_NO = ("wrong-type", "must be true or false")
_RANGE = ("out-of-range", "is too small or too large")

_FAULTS: dict[str, tuple[str, str]] = {
    "missing": ("required", "must be given"),
    "extra_forbidden": ("unknown-field", "is not a field of this request"),
    "not_a_number": ("wrong-type", "must not be a number"),
    "string_type": _TEXT,
    "string_unicode": ("not-allowed", "must be made of whole characters"),
    "string_pattern_mismatch": _FORM,
    "string_too_short": _FORM,
    "string_too_long": ("too-long", "is too long"),
    "too_short": _COUNT,
    "too_long": _COUNT,
    "date_parsing": _DAY,
    "date_type": _DAY,
    "date_from_datetime_parsing": _DAY,
    "date_from_datetime_inexact": _DAY,
    "day_out_of_range": ("impossible-date", "must lie between the years 1900 and 2999"),
    "ends_before_start": ("before-valid-from", "must not lie before validFrom"),
    "datetime_parsing": _INSTANT,
    "datetime_type": _INSTANT,
    "datetime_from_date_parsing": _INSTANT,
    "datetime_object_invalid": _INSTANT,
    "timezone_aware": _INSTANT,
    "enum": _CHOICE,
    "literal_error": _CHOICE,
    "union_tag_invalid": _CHOICE,
    "union_tag_not_found": ("required", "must be given"),
    "uuid_type": _UUID,
    "uuid_parsing": _UUID,
    "model_type": _OBJECT,
    "model_attributes_type": _OBJECT,
    "dict_type": _OBJECT,
    "tuple_type": _LIST,
    "list_type": _LIST,
    "bool_type": _YES_NO,
    "bool_parsing": _YES_NO,
    "int_type": _WHOLE,
    "int_parsing": _WHOLE,
    "int_parsing_size": _RANGE,
    "greater_than_equal": _RANGE,
    "less_than_equal": _RANGE,
}


def field_faults(errors: Iterable[Any]) -> tuple[FieldFault, ...]:
    """Return one fault for each error of the validation, fields named by their dotted path."""
    found = list(errors)
    return tuple(_fault(error) for error in found if not _follows(error, found))


def field_name(sent: str) -> str:
    """Return the name of a field somebody sent, where it looks like one; else "(unknown)"."""
    return sent if _NAME.fullmatch(sent) else "(unknown)"


def _follows(error: Any, errors: list[Any]) -> bool:
    """A list counts as too short when an entry is wrong; then the entry is what is named."""
    place = tuple(error["loc"])
    return error["type"] == "too_short" and any(
        len(other["loc"]) > len(place) and tuple(other["loc"][: len(place)]) == place
        for other in errors
    )


def _fault(error: Any) -> FieldFault:
    kind = error["type"]
    # A text that grew in NFC is counted by the very rule that counts the entries of a list.
    if kind == "too_long" and isinstance(error["input"], str):
        kind = "string_too_long"
    code, sentence = _FAULTS.get(kind, ("not-valid", "is not valid"))
    sentence += _rule(kind, error.get("ctx", {}))
    if kind == "value_error":
        # Raised by our own values, whose sentences never hold the value.
        sentence = str(error["ctx"]["error"])
        code = "not-allowed"
    return FieldFault(_path(error), code, sentence)


def _rule(kind: str, broken: dict[str, Any]) -> str:
    """Return what would have been right, which is of the form and never of the value sent."""
    match broken:
        case {"expected": str(listed)} | {"expected_tags": str(listed)}:
            rule = listed.replace(" or ", ", ").replace("'", "")
        case {"pattern": str(pattern)}:
            rule = pattern
        case {"min_length": int(least)} | {"ge": int(least)}:
            rule = f"at least {least}"
        case {"max_length": int(most)} | {"le": int(most)}:
            rule = f"at most {most}{' characters' if kind == 'string_too_long' else ''}"
        case _:
            return ""
    return f" ({rule})"


def _path(error: Any) -> str:
    parts = list(error["loc"][1:])
    if error["type"].startswith("union_tag"):
        parts.append("event")
    elif parts and parts[0] in _VARIANTS:
        del parts[0]
    if error["type"] == "extra_forbidden":
        parts[-1] = field_name(str(parts[-1]))
    return ".".join(str(part) for part in parts) or "body"


_VARIANTS = frozenset(
    {"issue", "refuse", "restrict", "lift", "suspend", "reinstate", "revoke", "surrender"}
)
"""Values of `event` that choose the form of a decision; the path of a fault leaves them out."""
