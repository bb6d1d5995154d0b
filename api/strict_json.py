"""Read a JSON body so that it can mean one thing only, before the framework sees it.

The standard reader takes the last of two members of one name, guesses UTF-16, skips a byte order
mark and knows NaN; another reader on the way may decide otherwise, and then two systems have
read two applications out of the same octets. What a field may hold is `api.schemas`; size and
media type are `api.body_rules`.

Source: RFC 8259 sections 4, 6 and 8.1; RFC 7493 section 2.
"""

import json
from collections.abc import Callable, Coroutine
from math import isfinite
from typing import Any

from fastapi import Request, Response
from fastapi.routing import APIRoute

from api.body_rules import WITHOUT_BODY
from licenses.errors import InvalidRequest


class JsonRoute(APIRoute):
    """A route whose body, where there is one, is strict JSON."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Wrap the handler of the framework."""
        handle = super().get_route_handler()

        async def with_strict_json(request: Request) -> Response:
            octets = b"" if request.method in WITHOUT_BODY else await request.body()
            read = _Read(request, read_json(octets)) if octets else request
            return await handle(read)

        return with_strict_json


class _Read(Request):
    """The same request, its body read already."""

    def __init__(self, request: Request, value: object) -> None:
        super().__init__(request.scope, request.receive)
        self._body = request._body  # noqa: SLF001 -- the framework's own cache of the octets
        self._value = value

    async def json(self) -> Any:
        return self._value


def read_json(octets: bytes) -> Any:
    """Return the value of a JSON text in UTF-8.

    Half a surrogate pair, written as an escape, is left to the field that holds it.

    Raises:
        InvalidRequest: not UTF-8, not JSON, nested without end, a number nobody can hold, or one
            member twice in the same object.
    """
    try:
        return json.loads(
            octets.decode("utf-8"),
            object_pairs_hook=_members,
            parse_constant=_no_number,
            parse_float=_finite,
            parse_int=_whole,
        )
    except ValueError:
        raise InvalidRequest("the body is not JSON in UTF-8") from None
    except RecursionError:
        raise InvalidRequest("the body is nested too deeply") from None


def _members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise InvalidRequest("the body has an object with one member twice")
    return members


def _no_number(_: str) -> None:
    raise InvalidRequest("the body has NaN or Infinity, which are no numbers of JSON")


def _finite(written: str) -> float:
    number = float(written)
    if not isfinite(number):
        raise InvalidRequest(_TOO_LARGE)
    return number


def _whole(written: str) -> int:
    try:
        return int(written)
    except ValueError:  # the interpreter reads no more digits, which would take their square
        raise InvalidRequest(_TOO_LARGE) from None


_TOO_LARGE = "the body has a number that is too large"
