"""What a request body may be before anybody reads it: not too large, and JSON under /v1.

The body is collected here up to its cap, so a cap holds for chunked bodies too.
"""

from collections.abc import Callable, Mapping

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.problems import WrongMediaType, problem
from licenses.errors import LicensingError, TooLarge

DEFAULT_CAP = 256 * 1024
"""Bytes a body may have where no longer path says otherwise."""

_JSON_PATHS = "/v1/"

WITHOUT_BODY = frozenset({"GET", "HEAD"})
"""Methods whose body nobody reads, whatever it is (RFC 9110 section 9.3.1)."""

RefusalAnswer = Callable[[Scope, LicensingError], ASGIApp]
"""Gives the answer to a request that is refused before any route sees it."""


class BodyRules:
    """Refuses a body over its cap with 413, and another type than JSON under /v1 with 415.

    `caps` gives bytes by the beginning of the path; the longest that fits counts. `answer` is a
    problem where none is given.
    """

    def __init__(
        self, app: ASGIApp, caps: Mapping[str, int], answer: RefusalAnswer | None = None
    ) -> None:
        self._app = app
        self._answer = answer or refusal_problem
        self._caps = sorted(caps.items(), key=lambda cap: len(cap[0]), reverse=True)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on with its body, or answer it with a problem."""
        if scope["type"] != "http" or scope["method"] in WITHOUT_BODY:
            await self._app(scope, receive, send)
            return
        cap, headers = self._cap(scope["path"]), Headers(scope=scope)
        length = headers.get("content-length", "0")
        body = None if not length.isdigit() or int(length) > cap else await _read(receive, cap)
        refusal = _refusal(scope["path"], headers, body, cap)
        if refusal is not None:
            await self._answer(scope, refusal)(scope, receive, send)
        else:
            await self._app(scope, _Replay(body or b"", receive), send)

    def _cap(self, path: str) -> int:
        return next((cap for start, cap in self._caps if path.startswith(start)), DEFAULT_CAP)


def refusal_problem(_: Scope, refusal: LicensingError) -> ASGIApp:
    """Return the problem of a refusal."""
    return problem(refusal)


class _Replay:
    """Gives the collected body first, then whatever comes."""

    def __init__(self, body: bytes, receive: Receive) -> None:
        self._body: bytes | None = body
        self._receive = receive

    async def __call__(self) -> Message:
        if self._body is None:
            return await self._receive()
        body, self._body = self._body, None
        return {"type": "http.request", "body": body, "more_body": False}


async def _read(receive: Receive, cap: int) -> bytes | None:
    """Return the whole body, or None as soon as it is longer than `cap`."""
    parts: list[bytes] = []
    size, more = 0, True
    while more:
        message = await receive()
        part = message.get("body", b"")
        size += len(part)
        if size > cap:
            return None
        parts.append(part)
        more = message.get("more_body", False)
    return b"".join(parts)


def _refusal(path: str, headers: Headers, body: bytes | None, cap: int) -> LicensingError | None:
    if body is None:
        return TooLarge(f"the body is longer than {cap} bytes")
    kind = headers.get("content-type", "").partition(";")[0].strip().lower()
    if body and path.startswith(_JSON_PATHS) and kind != "application/json":
        return WrongMediaType("the body must be application/json")
    return None
