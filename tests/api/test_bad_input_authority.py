"""Bad input to the authority's API: the right problem, by code and field, and nothing changed."""

import json
import logging
from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest
from httpx import Response

from tests.api.authority import PROBLEM, AuthorityServer, application_body, holder_body

BECAUSE = {"reasonCodes": ["unsafe-practice"]}
MARKER = "Zebulon-Markertext"


@pytest.fixture
def server() -> AuthorityServer:
    return AuthorityServer()


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


CONTROL, BIDI, ZERO_WIDTH = "In\u0007grid", "In\u202egrid", "In\u200bgrid"
WRONG_DAYS: tuple[tuple[object, str], ...] = (
    ("2026-02-30", "impossible-date"),
    ("2026-13-01", "impossible-date"),
    ("30.01.2026", "impossible-date"),
    ("1767225600", "impossible-date"),
    ("0001-01-01", "impossible-date"),
    (1767225600, "wrong-type"),
    (True, "impossible-date"),
    ([], "impossible-date"),
)

APPLICATION = [
    ("colour", "red", "unknown-field"),
    ("valid_from", "2026-01-01", "unknown-field"),
    ("holder.shoeSize", "43", "unknown-field"),
    ("holder.names.0.middle", "M", "unknown-field"),
    ("number", ..., "required"),
    ("number", 7000001, "wrong-type"),
    ("number", "", "wrong-form"),
    ("number", "HPR_1", "wrong-form"),
    ("number", "1" * 41, "wrong-form"),
    ("number", None, "wrong-type"),
    ("profession", "Sykepleier!", "wrong-form"),
    ("profession", "astronaut", "not-listed"),
    ("kind", "complete", "unknown-value"),
    ("kind", "limited", "scope required"),
    ("jurisdiction", "Norway", "wrong-form"),
    ("jurisdiction", "SE", "not-of-authority"),
    ("territories", [], "wrong-count"),
    ("territories", "NO", "wrong-type"),
    ("territories", [{"area": "NO"}] * 61, "wrong-count"),
    ("territories.0.area", "no", "wrong-form"),
    ("territories.0.until", "2026-02-30", "impossible-date"),
    ("territories.0.mode", "colony", "unknown-value"),
    *(("validFrom", day, code) for day, code in WRONG_DAYS),
    *(("firstIssued", day, code) for day, code in WRONG_DAYS),
    *(("holder.birthDate", day, code) for day, code in WRONG_DAYS),
    ("validUntil", "2025-12-31", "before-valid-from"),
    ("firstIssued", "2026-03-03", "in-the-future"),
    ("recognition", "friendship", "unknown-value"),
    ("titles", [], "wrong-count"),
    ("titles", [{"lang": "Norwegian", "text": "Sykepleier"}], "titles.0.lang wrong-form"),
    ("titles", [{"lang": "nb", "text": BIDI}], "titles.0.text not-allowed"),
    ("scope", [{"activity": "a", "titles": []}], "scope.0.titles wrong-count"),
    ("scope", [{"activity": "a", "titles": [{"lang": "nb", "text": "A"}], "exclude": "maybe"}],
     "scope.0.exclude wrong-type"),
    ("legalBasis", ["x" * 301], "legalBasis.0 too-long"),
    ("legalBasis", [CONTROL], "legalBasis.0 not-allowed"),
    ("holder", ..., "required"),
    ("holder", "Ingrid Solberg", "wrong-type"),
    ("holder.names", [], "wrong-count"),
    ("holder.names", [{"given": "A", "family": "B", "type": "former"}], "not-allowed"),
    ("holder.names.0.given", CONTROL, "not-allowed"),
    ("holder.names.0.given", BIDI, "not-allowed"),
    ("holder.names.0.family", ZERO_WIDTH, "not-allowed"),
    ("holder.names.0.family", " Solberg", "not-allowed"),
    ("holder.names.0.family", "", "not-allowed"),
    ("holder.names.0.family", "S" * 301, "too-long"),
    ("holder.names.0.family", "Sol\nberg", "not-allowed"),
    ("holder.names.0.family", 7, "wrong-type"),
    ("holder.names.0.type", "nick", "unknown-value"),
    ("holder.birthDate", "2027-01-01", "impossible-date"),
    ("holder.identifiers.0.country", "NOR", "wrong-form"),
    ("holder.identifiers.0.value", "1 7", "wrong-form"),
    ("holder.identifiers.0.value", ..., "required"),
]  # fmt: skip


@pytest.mark.parametrize(("path", "value", "fault"), APPLICATION)
def test_a_wrong_field_of_an_application_is_named(
    server: AuthorityServer, path: str, value: object, fault: str
) -> None:
    body = changed(application_body(), path, value)

    answer = assert_nothing_changes(server, lambda: server.post("clara", "/v1/licenses", body))

    field, _, code = fault.rpartition(" ")
    assert_refused(answer, 422, "invalid-fields", (field or path, code))


DECISIONS = [
    ({}, "event", "required"),
    ({"event": "bless"}, "event", "unknown-value"),
    ({"event": 3}, "event", "required"),
    ({"event": "renew", "validUntil": "2035-01-01"}, "event", "unknown-value"),
    ({"event": "issue", "colour": "red"}, "colour", "unknown-field"),
    ({"event": "issue", "decidedOn": "2026-02-30"}, "decidedOn", "impossible-date"),
    ({"event": "suspend"}, "reasonCodes", "required"),
    ({"event": "suspend", "reasonCodes": []}, "reasonCodes", "wrong-count"),
    ({"event": "suspend", "reasonCodes": ["He drinks"]}, "reasonCodes.0", "wrong-form"),
    ({"event": "suspend", "reasonCodes": "unsafe"}, "reasonCodes", "wrong-type"),
    ({"event": "suspend", **BECAUSE, "interim": "perhaps"}, "interim", "wrong-type"),
    ({"event": "suspend", **BECAUSE, "until": "2026-03-01"}, "until", "before-effect"),
    ({"event": "suspend", **BECAUSE, "decidedOn": "2026-03-03"}, "decidedOn", "in-the-future"),
    ({"event": "suspend", **BECAUSE, "effectiveFrom": "2026-03-01T10:00:00"},
     "effectiveFrom", "impossible-instant"),
    ({"event": "suspend", **BECAUSE, "effectiveFrom": "2026-03-01T25:00:00Z"},
     "effectiveFrom", "impossible-instant"),
    ({"event": "suspend", **BECAUSE, "effectiveFrom": 1772445600}, "effectiveFrom", "wrong-type"),
    ({"event": "suspend", **BECAUSE, "effectiveFrom": "2025-12-31T10:00:00Z"},
     "effectiveFrom", "before-valid-from"),
    ({"event": "restrict", **BECAUSE}, "termCodes", "required"),
    ({"event": "restrict", **BECAUSE, "termCodes": ["a"], "kind": "grounding"},
     "kind", "unknown-value"),
    ({"event": "restrict", **BECAUSE, "termCodes": ["a"], "kind": "practice-ban"},
     "kind", "not-allowed"),
    ({"event": "restrict", **BECAUSE, "termCodes": ["a"], "kind": "warning"},
     "kind", "not-allowed"),
    ({"event": "lift"}, "encumbranceId", "required"),
    ({"event": "lift", "encumbranceId": "7"}, "encumbranceId", "wrong-form"),
    ({"event": "surrender", "reasonCodes": ["tired"]}, "reasonCodes", "surrender-reason"),
    ({"event": "revoke", **BECAUSE, "legalBasis": [BIDI]}, "legalBasis.0", "not-allowed"),
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
        ("renewals", {}, "validUntil", "required"),
        ("renewals", {"validUntil": None}, "validUntil", "impossible-date"),
        ("renewals", {"validUntil": "2030-12-31"}, "validUntil", "must-grow"),
        ("renewals", {"validUntil": "3500-12-31"}, "validUntil", "impossible-date"),
        ("corrections", {}, "body", "nothing-to-correct"),
        ("corrections", {"kind": "full"}, "kind", "unknown-field"),
        ("corrections", {"territories": [{"area": "SE"}]}, "territories", "unknown-field"),
        ("corrections", {"validUntil": "2035-01-01"}, "validUntil", "unknown-field"),
        ("corrections", {"number": ""}, "number", "wrong-form"),
        ("corrections", {"titles": []}, "titles", "wrong-count"),
        ("corrections", {"firstIssued": "2026-03-03"}, "firstIssued", "after-issue"),
        ("corrections", {"holder": {"names": []}}, "holder.names", "wrong-count"),
        ("corrections",
         {"holder": {"names": [{"given": "A", "family": BIDI}], "birthDate": "1988-05-17"}},
         "holder.names.0.family", "not-allowed"),
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
    ("sent", "status", "code"),
    [
        (b"{", 400, "invalid-request"),
        (b"\xff\xfe", 400, "invalid-request"),
        (b'{"number": "1"} trailing', 400, "invalid-request"),
        (b"[]", 422, "invalid-fields"),
        (b"null", 422, "invalid-fields"),
        (b"", 422, "invalid-fields"),
        (b'"' + b"x" * 262144 + b'"', 413, "too-large"),
    ],
)
def test_a_body_that_is_no_application_is_refused(
    server: AuthorityServer, sent: bytes, status: int, code: str
) -> None:
    headers = server.headers("clara", Content_Type="application/json")

    answer = assert_nothing_changes(
        server,
        lambda: server.client.request("POST", "/v1/licenses", content=sent, headers=headers),
    )

    assert (answer.status_code, answer.json()["code"]) == (status, code)


def test_a_chunked_body_meets_the_same_cap(server: AuthorityServer) -> None:
    async def chunks() -> Any:
        for _ in range(70):
            yield b"x" * 4096

    headers = server.headers("clara", Content_Type="application/json")
    answer = server.client.request("POST", "/v1/licenses", content=chunks(), headers=headers)

    assert_refused(answer, 413, "too-large")


@pytest.mark.parametrize("kind", ["text/plain", "application/xml", "multipart/form-data", None])
def test_another_media_type_is_refused(server: AuthorityServer, kind: str | None) -> None:
    content = json.dumps(application_body()).encode()
    headers = server.headers("clara", Content_Type=kind)

    answer = assert_nothing_changes(
        server,
        lambda: server.client.request("POST", "/v1/licenses", content=content, headers=headers),
    )

    assert_refused(answer, 415, "wrong-media-type")


def test_a_number_taken_is_a_conflict_however_it_is_written(server: AuthorityServer) -> None:
    server.applied()
    body = application_body(number="hpr-700.0001")

    answer = assert_nothing_changes(server, lambda: server.post("clara", "/v1/licenses", body))

    assert_refused(answer, 409, "number-taken")


@pytest.mark.parametrize("wanted", [{"profession": "lege"}, {"territories": [{"area": "SE"}]}])
def test_outside_the_mandate_nothing_is_filed(
    server: AuthorityServer, wanted: dict[str, Any]
) -> None:
    body = application_body(**wanted)

    answer = assert_nothing_changes(server, lambda: server.post("clara", "/v1/licenses", body))

    assert_refused(answer, 403, "outside-mandate")


@pytest.mark.parametrize(
    "body",
    [{"event": "issue"}, {"event": "refuse", **BECAUSE}, {"event": "reinstate"}],
)
def test_a_forbidden_transition_is_a_conflict(server: AuthorityServer, body: object) -> None:
    path = server.issued()

    answer = assert_nothing_changes(server, lambda: server.decided("otto", path, body))

    assert_refused(answer, 409, "illegal-transition")


def test_the_proposer_does_not_approve(server: AuthorityServer) -> None:
    path = server.issued()
    proposed = server.decided("olga", path, {"event": "revoke", **BECAUSE}).json()
    address = f"{path}/decisions/{proposed['decisionId']}/approval"

    answer = assert_nothing_changes(
        server, lambda: server.post("olga", address, None, If_Match='"2"')
    )

    assert_refused(answer, 403, "same-officer")


def test_who_filed_the_application_does_not_issue_it(server: AuthorityServer) -> None:
    path = server.applied("olga")

    answer = assert_nothing_changes(
        server, lambda: server.decided("olga", path, {"event": "issue"})
    )

    assert_refused(answer, 403, "same-officer")


def test_an_approval_serves_once(server: AuthorityServer) -> None:
    path = server.issued()
    proposed = server.decided("olga", path, {"event": "suspend", **BECAUSE}).json()
    address = f"{path}/decisions/{proposed['decisionId']}/approval"
    assert server.post("otto", address, None, If_Match='"2"').status_code == 201

    answer = assert_nothing_changes(
        server, lambda: server.post("otto", address, None, If_Match='"3"')
    )

    assert_refused(answer, 409, "already-used")


def test_an_unknown_proposal_is_not_found(server: AuthorityServer) -> None:
    path = server.issued()
    address = f"{path}/decisions/01890000-0000-7000-8000-00000000ffff/approval"

    answer = assert_nothing_changes(
        server, lambda: server.post("otto", address, None, If_Match='"2"')
    )

    assert_refused(answer, 404, "not-found")


WRITES = (
    ("decisions", {"event": "suspend", **BECAUSE}),
    ("renewals", {"validUntil": "2035-12-31"}),
    ("corrections", {"number": "HPR 9"}),
    ("decisions/01890000-0000-7000-8000-000000000001/approval", None),
)


@pytest.mark.parametrize(
    ("sent", "refusal"),
    [
        (None, (428, "version-required")),
        ("*", (428, "version-required")),
        ('"1"', (412, "stale-version")),
        ('"3"', (412, "stale-version")),
        ("2", (412, "stale-version")),
        ('W/"2"', (412, "stale-version")),
        ("junk", (412, "stale-version")),
    ],
)
@pytest.mark.parametrize(("address", "body"), WRITES)
def test_a_change_names_the_version_it_was_made_from(
    server: AuthorityServer, address: str, body: object, sent: str | None, refusal: tuple[int, str]
) -> None:
    path = server.issued()

    answer = assert_nothing_changes(
        server, lambda: server.post("olga", f"{path}/{address}", body, If_Match=sent)
    )

    assert_refused(answer, *refusal)


@pytest.mark.parametrize(
    ("key", "code"),
    [(None, "idempotency-key-missing"), ("", "invalid-request"), ("x" * 201, "invalid-request"),
     ("a b", "invalid-request")],
)  # fmt: skip
@pytest.mark.parametrize(("address", "body"), [("", application_body()), *WRITES])
def test_a_write_brings_a_key(
    server: AuthorityServer, address: str, body: object, key: str | None, code: str
) -> None:
    path = f"{server.issued()}/{address}" if address else "/v1/licenses"

    answer = assert_nothing_changes(
        server,
        lambda: server.post("olga", path, body, If_Match='"2"', Idempotency_Key=key),
    )

    assert_refused(answer, 400, code)


def test_a_key_used_with_another_body_is_refused(server: AuthorityServer) -> None:
    headers: dict[str, str | None] = {"Idempotency_Key": "one-key"}
    server.post("clara", "/v1/licenses", application_body(), **headers)
    other = application_body(number="HPR 8")

    answer = assert_nothing_changes(
        server, lambda: server.post("clara", "/v1/licenses", other, **headers)
    )

    assert_refused(answer, 422, "idempotency-key-reused")


def test_a_key_used_at_another_address_is_refused(server: AuthorityServer) -> None:
    one, other = server.issued(), server.issued(number="HPR 8")
    body = {"event": "suspend", **BECAUSE}
    server.decided("olga", one, body, Idempotency_Key="one-key")

    answer = assert_nothing_changes(
        server, lambda: server.decided("olga", other, body, Idempotency_Key="one-key")
    )

    assert_refused(answer, 422, "idempotency-key-reused")


@pytest.mark.parametrize(("address", "body"), WRITES)
def test_another_authoritys_record_is_not_found_for_a_write(
    server: AuthorityServer, address: str, body: object
) -> None:
    path = server.issued()

    answer = assert_nothing_changes(
        server, lambda: server.post("alien", f"{path}/{address}", body, If_Match='"2"')
    )

    assert_refused(answer, 404, "not-found")


@pytest.mark.parametrize("address", ["", "/decisions", "/seal"])
def test_another_authoritys_record_answers_like_one_that_does_not_exist(
    server: AuthorityServer, address: str
) -> None:
    path = server.issued()
    nowhere = "/v1/licenses/01890000-0000-7000-8000-00000000ffff"

    foreign = assert_nothing_changes(server, lambda: server.get("alien", path + address))
    missing = server.get("alien", nowhere + address)
    malformed = server.get("alien", f"/v1/licenses/7{address}")

    assert_refused(foreign, 404, "not-found")
    assert foreign.content == missing.content
    assert malformed.json()["code"] == "not-found"


@pytest.mark.parametrize(
    ("method", "address"),
    [
        ("GET", "/v1/licenses"),
        ("POST", "/v1/licenses"),
        ("GET", "{path}"),
        ("GET", "{path}/decisions"),
        ("POST", "{path}/decisions"),
        ("GET", "{path}/seal"),
        ("POST", "{path}/renewals"),
        ("POST", "{path}/corrections"),
        ("POST", "{path}/decisions/01890000-0000-7000-8000-000000000001/approval"),
    ],
)
@pytest.mark.parametrize("token", [None, "Bearer guess", "Basic b2xnYTp4", "Bearer " + "x" * 9000])
def test_without_a_token_that_is_known_there_is_nothing(
    server: AuthorityServer, method: str, address: str, token: str | None
) -> None:
    path = address.format(path=server.issued())
    headers = {} if token is None else {"Authorization": token}

    answer = assert_nothing_changes(
        server, lambda: server.client.request(method, path, headers=headers)
    )

    assert_refused(answer, 401, "not-authenticated")
    assert answer.headers["www-authenticate"].startswith("Bearer")


ISSUE = {"event": "issue"}
SUSPEND = {"event": "suspend", **BECAUSE}
VOLUNTARY = {"event": "surrender", "reasonCodes": ["voluntary"]}
NAMES = {"holder": {"names": [{"given": "A", "family": "B"}], "birthDate": "1988-05-17"}}


@pytest.mark.parametrize(
    ("address", "body", "clerk", "machine", "officer"),
    [
        ("decisions", SUSPEND, 202, 202, 202),
        ("decisions", {"event": "revoke", **BECAUSE}, 202, 202, 202),
        ("decisions", {"event": "restrict", "termCodes": ["a"], **BECAUSE}, 202, 202, 202),
        ("decisions", {"event": "surrender", "reasonCodes": ["in-lieu-of-discipline"]},
         202, 202, 202),
        ("decisions", VOLUNTARY, 202, 202, 201),
        ("renewals", {"validUntil": "2035-12-31"}, 202, 202, 201),
        ("corrections", {"number": "HPR 9"}, 202, 202, 201),
        ("corrections", NAMES, 403, 403, 201),
    ],
)  # fmt: skip
@pytest.mark.parametrize("who", ["clara", "mach", "olga", "alien"])
def test_roles(  # noqa: PLR0917 -- a matrix is read by its columns
    server: AuthorityServer, who: str, address: str, body: object, clerk: int, machine: int,
    officer: int,
) -> None:  # fmt: skip
    path = server.issued()

    answer = server.post(who, f"{path}/{address}", body, If_Match='"2"')

    expected = {"clara": clerk, "mach": machine, "olga": officer, "alien": 404}
    assert answer.status_code == expected[who]


@pytest.mark.parametrize(("who", "status"), [("clara", 403), ("mach", 403), ("alien", 404)])
def test_nobody_but_an_officer_of_the_authority_approves(
    server: AuthorityServer, who: str, status: int
) -> None:
    path = server.issued()
    proposed = server.decided("olga", path, SUSPEND).json()
    address = f"{path}/decisions/{proposed['decisionId']}/approval"

    answer = assert_nothing_changes(server, lambda: server.post(who, address, None, If_Match='"2"'))

    assert answer.status_code == status


@pytest.mark.parametrize(
    "change",
    [
        lambda body: changed(body, "holder.names.0.given", f"{MARKER}\u0000"),
        lambda body: changed(body, "holder.birthDate", MARKER),
        lambda body: changed(body, "holder.identifiers.0.value", f"{MARKER} {MARKER}"),
        lambda body: changed(body, "kind", MARKER),
        lambda body: changed(body, f"{MARKER}", MARKER),
        lambda body: changed(body, f"holder.{MARKER}", MARKER),
        lambda body: changed(body, "number", f"{MARKER}" * 9),
        lambda body: body | {"holder": holder_body(birthDate="1988-05-18", names=[
            {"given": MARKER, "family": MARKER}])},
        lambda body: body | {"number": "HPR 7000001", "legalBasis": [MARKER],
                             "titles": [{"lang": "nb", "text": MARKER}]},
    ],
)  # fmt: skip
def test_no_refusal_repeats_what_was_sent_and_no_log_holds_it(
    server: AuthorityServer,
    caplog: pytest.LogCaptureFixture,
    change: Callable[[dict[str, Any]], dict[str, Any]],
) -> None:
    server.applied()
    body = change(application_body(number="HPR 8"))

    with caplog.at_level(logging.DEBUG):
        answer = server.post("clara", "/v1/licenses", body)

    assert answer.status_code in (409, 422)
    for text in (answer.text, caplog.text):
        assert MARKER not in text
        assert "17058800000" not in text
        assert "Solberg" not in text


def test_what_nobody_expected_is_a_500_without_content_here_and_in_the_log(
    server: AuthorityServer, caplog: pytest.LogCaptureFixture
) -> None:
    path = server.applied()

    def fail() -> None:
        raise RuntimeError(MARKER)

    server.desk.sealer.before_signing = fail
    with caplog.at_level(logging.DEBUG):
        answer = server.decided("olga", path, {"event": "issue"})

    assert_refused(answer, 500, "unexpected")
    assert MARKER not in answer.text + caplog.text
    assert "unexpected RuntimeError at" in caplog.text


def test_a_dead_key_is_a_503_that_says_when_to_come_again(server: AuthorityServer) -> None:
    path = server.applied()
    server.desk.sealer.token_dead = True

    answer = server.decided("olga", path, {"event": "issue"})

    assert_refused(answer, 503, "unavailable")
    assert answer.headers["retry-after"] == "5"
    assert server.get("olga", path).json()["status"] == "pending"


def test_a_method_that_an_address_does_not_take_is_a_problem_too(server: AuthorityServer) -> None:
    assert_refused(server.client.request("DELETE", server.issued()), 405, "method-not-allowed")
