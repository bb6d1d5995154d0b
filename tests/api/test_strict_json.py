"""A JSON text that can be read in two ways, or not at all, is refused in words."""

import json

import pytest

from api.strict_json import read_json
from licenses.errors import InvalidRequest

NOT_JSON = "the body is not JSON in UTF-8"
NO_NUMBER = "the body has NaN or Infinity, which are no numbers of JSON"
TOO_LARGE = "the body has a number that is too large"
TOO_DEEP = "the body is nested too deeply"
TWICE = "the body has an object with one member twice"

WRONG: dict[str, tuple[bytes, str]] = {
    "cut short": (b'{"number": "HPR', NOT_JSON),
    "not UTF-8": (b'"\xff"', NOT_JSON),
    "half a pair in UTF-8": (b'"\xed\xa0\x80"', NOT_JSON),
    "NaN": (b'{"number": NaN}', NO_NUMBER),
    "Infinity": (b"[Infinity]", NO_NUMBER),
    "minus infinity": (b"-Infinity", NO_NUMBER),
    "1e999": (b'{"number": 1e999}', TOO_LARGE),
    "-1e999": (b"[[-1e999]]", TOO_LARGE),
    "with a point": (b"2.5E+400", TOO_LARGE),
    "5,000 digits": (b"9" * 5000, TOO_LARGE),
    "minus 5,000 digits": (b"[-" + b"9" * 5000 + b"]", TOO_LARGE),
    "lists without end": (b"[" * 100_000, TOO_DEEP),
    "lists that end": (b"[" * 100_000 + b"]" * 100_000, TOO_DEEP),
    "objects without end": (b'{"a":' * 20_000, TOO_DEEP),
    "a member twice": (b'{"a": 1, "\\u0061": 1}', TWICE),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_no_single_value_is_refused_and_the_sentence_says_why(name: str) -> None:
    octets, sentence = WRONG[name]

    with pytest.raises(InvalidRequest, match=rf"^{sentence}( \(line 1\))?$"):
        read_json(octets)


@pytest.mark.parametrize(
    "value", [0, -1, 1.5e308, 10**4000, True, None, "\U0001f600", [], {"a": [{}]}]
)
def test_what_is_one_is_read(value: object) -> None:
    assert read_json(json.dumps(value).encode()) == value


def test_nesting_that_can_be_read_is_left_to_the_fields() -> None:
    assert read_json(b"[" * 100 + b"]" * 100)
