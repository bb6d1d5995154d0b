"""Bad requests to the authority's API: the right problem by code, and nothing changed."""

import logging
from collections.abc import Callable
from typing import Any

import pytest

from tests.api.authority import AuthorityServer, application_body, holder_body
from tests.api.refusals import BECAUSE, assert_nothing_changes, assert_refused, changed


@pytest.fixture
def server() -> AuthorityServer:
    return AuthorityServer()


MARKER = "Zebulon-Markertext"


def test_a_chunked_body_meets_the_same_cap(server: AuthorityServer) -> None:
    async def chunks() -> Any:
        for _ in range(70):
            yield b"x" * 4096

    headers = server.headers("clara", Content_Type="application/json")
    answer = server.client.request("POST", "/v1/licenses", content=chunks(), headers=headers)

    assert_refused(answer, 413, "too-large")


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
