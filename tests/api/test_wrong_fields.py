"""What is wrong with a field because of another one, or of the register; it is named all the same.

What a field refuses by itself is in `test_field_errors`.
"""

import json
from typing import Any

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


@pytest.mark.parametrize(
    ("sent", "message"),
    [
        (
            {"recognition": "trained"},
            "is not one of the known values (national-training, automatic-annex-v,",
        ),
        ({"territories": []}, "has too few or too many entries (at least 1)"),
        ({"legalBasis": ["§ 48"] * 21}, "has too few or too many entries (at most 20)"),
        ({"legalBasis": ["§" * 301]}, "is too long (at most 300 characters)"),
        ({"territories": [{"area": "no"}]}, "is not of the required form (^[A-Z]{2}"),
    ],
)
def test_a_refused_field_is_told_what_would_have_been_right(
    sent: dict[str, Any], message: str
) -> None:
    answer = AuthorityServer().post("clara", "/v1/licenses", application_body(**sent))

    (error,) = answer.json()["errors"]
    assert error["message"].startswith(message)


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ({"limit": "0"}, "is too small or too large (at least 1)"),
        ({"limit": "201"}, "is too small or too large (at most 200)"),
        ({"holderId": "7"}, "is not of the required form (a UUID)"),
        ({"cursor": "x" * 201}, "is too long (at most 200 characters)"),
    ],
)
def test_a_refused_parameter_is_told_what_would_have_been_right(
    query: dict[str, str], message: str
) -> None:
    answer = AuthorityServer().get("clara", "/v1/licenses", **query)

    assert [error["message"] for error in answer.json()["errors"]] == [message]


def test_an_unknown_event_is_told_the_known_ones() -> None:
    server = AuthorityServer()
    answer = server.decided("olga", server.issued(), {"event": "renew"})

    (error,) = answer.json()["errors"]
    assert error["message"] == (
        "is not one of the known values "
        "(issue, refuse, restrict, lift, suspend, reinstate, revoke, surrender)"
    )
