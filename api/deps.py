"""What writes have in common: who asks, the Idempotency-Key, and the version in If-Match."""

import re
from collections import Counter
from typing import Annotated, Any, NamedTuple

from fastapi import Depends, Header, Request
from pydantic import BaseModel

from api.field_faults import field_name
from api.problems import IdempotencyKeyMissing
from api.security import CurrentActor, Wired
from licenses.errors import (
    FieldFault,
    InvalidFields,
    InvalidRequest,
    StaleVersion,
    VersionRequired,
)
from licenses.model.register import Actor, RequestKey
from licenses.ports import Office

__all__ = [
    "REQUIRED_HEADERS",
    "CurrentActor",
    "ExpectedVersion",
    "OncePerName",
    "Wired",
    "Writing",
]

_KEY = re.compile(r"[\x21-\x7e]{1,200}")
_ETAG = re.compile(r'"([1-9][0-9]{0,9})"')

REQUIRED_HEADERS: dict[str, dict[str, Any]] = {
    "idempotency-key": {
        "type": "string",
        "pattern": f"^{_KEY.pattern}$",
        "examples": ["7d4f1f3e-6a0c-4a8e-9d6e-0f5f2f6f1c11"],
    },
    "if-match": {"type": "string", "pattern": f"^{_ETAG.pattern}$", "examples": ['"2"']},
}
"""What the headers look like without which a write is refused, for the published description."""


class Write(NamedTuple):
    """A write in somebody's name, with the key under which it may be repeated."""

    office: Office
    actor: Actor
    address: str
    key: str

    def request(self, body: BaseModel | None = None) -> RequestKey:
        """Return the key with the keyed digest of address and body.

        The parsed body counts, so a retry may space its JSON differently.
        """
        text = "" if body is None else body.model_dump_json()
        return RequestKey(
            authority_id=self.actor.authority_id,
            actor_id=self.actor.actor_id,
            key=self.office.keyed_digest(self.key.encode()),
            body_sha256=self.office.keyed_digest(f"{self.address}\n{text}".encode()),
        )


def write_of(
    request: Request,
    container: Wired,
    actor: CurrentActor,
    idempotency_key: Annotated[
        str | None,
        Header(description="Required. A repeat with the same key gets the same answer."),
    ] = None,
) -> Write:
    """Return who writes under which key; raise IdempotencyKeyMissing or InvalidRequest."""
    if idempotency_key is None:
        raise IdempotencyKeyMissing("a write needs an Idempotency-Key header, say a UUID")
    _require_one(request, "Idempotency-Key")
    if not _KEY.fullmatch(idempotency_key):
        raise InvalidRequest("the Idempotency-Key must be 1 to 200 visible ASCII characters")
    address = f"{request.method} {request.url.path}"
    return Write(container.office, actor, address, idempotency_key)


Writing = Annotated[Write, Depends(write_of)]


def expected_version(
    request: Request,
    _: CurrentActor,
    if_match: Annotated[
        str | None, Header(description="Required. The ETag of the license as you have read it.")
    ] = None,
) -> int:
    """Return the version in If-Match; raise VersionRequired, StaleVersion, InvalidRequest."""
    _require_one(request, "If-Match")
    if if_match is None or if_match.strip() == "*":
        raise VersionRequired("a change needs If-Match with the ETag of the license as read")
    found = _ETAG.fullmatch(if_match.strip())
    if found is None:
        raise StaleVersion("If-Match is not an ETag of this license; read it again")
    return int(found.group(1))


ExpectedVersion = Annotated[int, Depends(expected_version)]


def each_once(request: Request) -> None:
    """Raise InvalidFields for a parameter that came twice: nobody can say which one counts."""
    names = Counter(name for name, _ in request.query_params.multi_items())
    twice = [field_name(name) for name, times in names.items() if times > 1]
    if twice:
        raise InvalidFields(
            *(FieldFault(one, "given-twice", "must be given once") for one in twice)
        )


OncePerName = Annotated[None, Depends(each_once)]


def _require_one(request: Request, header: str) -> None:
    if len(request.headers.getlist(header)) > 1:
        raise InvalidRequest(f"the header {header} came more than once")
