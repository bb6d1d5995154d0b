"""Read a JSON body so that it can mean one thing only, before the framework sees it.

The standard reader takes the last of two members of one name, guesses UTF-16, skips a byte order
mark and knows NaN; another reader on the way may decide otherwise, and then two systems have
read two applications out of the same octets. The reading itself is `schema_ext.strict_json`.
What a field may hold is `api.schemas`; size and media type are `api.body_rules`.

Source: RFC 8259 sections 4, 6 and 8.1; RFC 7493 section 2.
"""

from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import Request, Response
from fastapi.routing import APIRoute

from api.body_rules import WITHOUT_BODY
from licenses.errors import InvalidRequest
from schema_ext.strict_json import read_value


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
        return read_value(octets)
    except ValueError as error:
        raise InvalidRequest(f"the body {str(error).removeprefix('it ')}") from None
