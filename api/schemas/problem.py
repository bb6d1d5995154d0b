"""What a refusal looks like (RFC 9457), for the published description of the API."""

import json

from pydantic import BaseModel

from api.problems import (
    IdempotencyKeyMissing,
    TooManyRequests,
    WrongMediaType,
    problem,
)
from licenses.errors import (
    FieldFault,
    InvalidFields,
    LicensingError,
    NotAuthenticated,
    NotFound,
    NumberTaken,
    OutsideMandate,
    StaleVersion,
    TooLarge,
    Unavailable,
    VersionRequired,
)


class FieldProblem(BaseModel):
    """One wrong field: its dotted path, a stable code, a sentence without the value."""

    field: str
    code: str
    message: str


class Problem(BaseModel):
    """A refusal; `errors` names each wrong field where fields are wrong."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    errors: list[FieldProblem] | None = None


_MEANINGS = {
    400: "The request cannot be read, or its Idempotency-Key is missing.",
    401: "No token, or none in force.",
    403: "Outside the mandate, or not with this role.",
    404: "No such record, or another authority's.",
    409: "The record's present state does not allow it, or the number is taken.",
    412: "If-Match names an older version.",
    413: "The body is too large.",
    415: "The body is not application/json.",
    422: "Fields are wrong, or the Idempotency-Key was used with another body.",
    428: "If-Match is missing.",
    429: "Asked too often; ask again after Retry-After.",
    503: "A part the server depends on does not answer; ask again after Retry-After.",
}


_EXAMPLES: dict[int, LicensingError] = {
    400: IdempotencyKeyMissing("a write needs an Idempotency-Key header, say a UUID"),
    401: NotAuthenticated("the token is not known here"),
    403: OutsideMandate("the mandate does not cover sykepleier in SE on 2026-03-02"),
    404: NotFound("there is no such license"),
    409: NumberTaken("another license of this authority bears the number"),
    412: StaleVersion("the license is at version 3, the change was made from 2; read it again"),
    413: TooLarge("the body is longer than 262144 bytes"),
    415: WrongMediaType("the body must be application/json"),
    422: InvalidFields(
        FieldFault("validUntil", "before-valid-from", "must not lie before validFrom")
    ),
    428: VersionRequired("a change needs If-Match with the ETag of the license as read"),
    429: TooManyRequests(1),
    503: Unavailable("the register is busy; try again"),
}


def refusals(*statuses: int) -> dict[int | str, dict[str, object]]:
    """Return the description of these refusals for a route."""
    return {
        status: {
            "description": _MEANINGS[status],
            "content": {
                "application/problem+json": {
                    "schema": {"$ref": "#/components/schemas/Problem"},
                    "example": json.loads(bytes(problem(_EXAMPLES[status]).body)),
                }
            },
        }
        for status in statuses
    }
