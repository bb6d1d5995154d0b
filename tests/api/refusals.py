"""What a refused request must say, and that it must leave everything as it was."""

from collections.abc import Callable
from copy import deepcopy
from typing import Any

from httpx import Response

from tests.api.authority import PROBLEM, AuthorityServer

BECAUSE = {"reasonCodes": ["unsafe-practice"]}


WRITES = (
    ("decisions", {"event": "suspend", **BECAUSE}),
    ("renewals", {"validUntil": "2035-12-31"}),
    ("corrections", {"number": "HPR 9"}),
    ("decisions/01890000-0000-7000-8000-000000000001/approval", None),
)


def assert_refused(answer: Response, status: int, code: str, *fields: tuple[str, str]) -> None:
    """Check a problem: its status and code, and each wrong field with its code."""
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == PROBLEM
    body = answer.json()
    assert (body["status"], body["code"]) == (status, code)
    assert body["type"] == f"urn:licensing:{code}"
    assert body["title"]
    assert body["detail"]
    faults = body.get("errors", [])
    assert [(one["field"], one["code"]) for one in faults] == list(fields)
    assert all(one["message"] for one in faults)


def assert_nothing_changes(server: AuthorityServer, act: Callable[[], Response]) -> Response:
    before = server.desk.stored()
    answer = act()
    assert server.desk.stored() == before
    return answer


def changed(body: dict[str, Any], path: str, value: object) -> dict[str, Any]:
    """Return the body with the field at a dotted path set, or left out by `...`."""
    made = deepcopy(body)
    *way, last = [int(part) if part.isdigit() else part for part in path.split(".")]
    place: Any = made
    for part in way:
        place = place[part]
    if value is ...:
        del place[last]
    else:
        place[last] = value
    return made
