"""What a refusal looks like (RFC 9457), for the published description of the API."""

from pydantic import BaseModel


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


def refusals(*statuses: int) -> dict[int | str, dict[str, object]]:
    """Return the description of these refusals for a route."""
    return {
        status: {
            "description": _MEANINGS[status],
            "content": {
                "application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}
            },
        }
        for status in statuses
    }
