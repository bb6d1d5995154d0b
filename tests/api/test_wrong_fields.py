"""What is wrong with a field because of another one, or of the register; it is named all the same.

What a field refuses by itself is in `test_field_errors`.
"""

import json

import pytest
from httpx import Response

from tests.api.authority import AuthorityServer, application_body
from tests.api.refusals import BECAUSE, assert_nothing_changes, assert_refused, changed


@pytest.fixture
def server() -> AuthorityServer:
    return AuthorityServer()


APPLICATION = [
    ("profession", "astronaut", "not-listed"),
    ("kind", "limited", "scope required"),
    ("jurisdiction", "SE", "not-of-authority"),
    ("validUntil", "2025-12-31", "before-valid-from"),
    ("firstIssued", "2026-03-03", "in-the-future"),
    ("holder.names", [{"given": "A", "family": "B", "type": "former"}], "not-allowed"),
    ("holder.names", [{"given": "A", "family": "B"}] * 2, "not-allowed"),
    ("holder.birthDate", "2027-01-01", "impossible-date"),
    ("valid_from", "2026-01-01", "unknown-field"),
    ("\ud800", "2026-01-01", "body not-allowed"),
]


def _posted(server: AuthorityServer, body: object) -> Response:
    headers = server.headers("clara", Content_Type="application/json")
    # As ASCII: what half a character is can be written in JSON, and not in UTF-8.
    content = json.dumps(body).encode()
    return server.client.request("POST", "/v1/licenses", content=content, headers=headers)


@pytest.mark.parametrize(("path", "value", "fault"), APPLICATION)
def test_a_wrong_field_of_an_application_is_named(
    server: AuthorityServer, path: str, value: object, fault: str
) -> None:
    body = changed(application_body(), path, value)

    answer = assert_nothing_changes(server, lambda: _posted(server, body))

    field, _, code = fault.rpartition(" ")
    assert_refused(answer, 422, "invalid-fields", (field or path, code))


DECISIONS = [
    ({}, "event", "required"),
    ({"event": None}, "event", "required"),
    ({"event": "bless"}, "event", "unknown-value"),
    ({"event": 3}, "event", "unknown-value"),
    ({"event": ["issue"]}, "event", "unknown-value"),
    ({"event": "renew", "validUntil": "2035-01-01"}, "event", "unknown-value"),
    ({"event": "issue", "colour": "red"}, "colour", "unknown-field"),
    ([{"event": "issue"}], "body", "wrong-type"),
    ("issue", "body", "wrong-type"),
    (None, "body", "required"),
    ({"event": "suspend", **BECAUSE, "until": "2026-03-01"}, "until", "before-effect"),
    ({"event": "suspend", **BECAUSE, "decidedOn": "2026-03-03"}, "decidedOn", "in-the-future"),
    ({"event": "suspend", **BECAUSE, "effectiveFrom": "2025-12-31T10:00:00Z"},
     "effectiveFrom", "before-valid-from"),
    ({"event": "restrict", **BECAUSE, "termCodes": ["a"], "kind": "practice-ban"},
     "kind", "not-allowed"),
    ({"event": "restrict", **BECAUSE, "termCodes": ["a"], "kind": "warning"},
     "kind", "not-allowed"),
    ({"event": "surrender", "reasonCodes": ["tired"]}, "reasonCodes", "surrender-reason"),
]  # fmt: skip


@pytest.mark.parametrize(("body", "field", "code"), DECISIONS)
def test_a_wrong_field_of_a_decision_is_named(
    server: AuthorityServer, body: object, field: str, code: str
) -> None:
    path = server.issued()

    answer = assert_nothing_changes(server, lambda: server.decided("olga", path, body))

    assert_refused(answer, 422, "invalid-fields", (field, code))


@pytest.mark.parametrize(
    ("address", "body", "field", "code"),
    [
        ("renewals", {"validUntil": "2030-12-31"}, "validUntil", "must-grow"),
        ("corrections", {}, "body", "nothing-to-correct"),
        ("corrections", {"kind": "full"}, "kind", "unknown-field"),
        ("corrections", {"territories": [{"area": "SE"}]}, "territories", "unknown-field"),
        ("corrections", {"validUntil": "2035-01-01"}, "validUntil", "unknown-field"),
        ("corrections", {"firstIssued": "2026-03-03"}, "firstIssued", "after-issue"),
    ],
)  # fmt: skip
def test_a_wrong_field_of_a_renewal_or_correction_is_named(
    server: AuthorityServer, address: str, body: object, field: str, code: str
) -> None:
    path = server.issued()

    answer = assert_nothing_changes(
        server, lambda: server.post("olga", f"{path}/{address}", body, If_Match='"2"')
    )

    assert answer.status_code == 422
    found = [(one["field"], one["code"]) for one in answer.json()["errors"]]
    assert (field, code) in found
