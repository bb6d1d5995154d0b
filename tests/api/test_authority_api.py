"""The life of a license over HTTP, and what every answer carries."""

import json
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

import pytest

from tests.api.authority import PROBLEM, AuthorityServer, application_body
from tests.doubles import sealed_content

BECAUSE = {"reasonCodes": ["unsafe-practice"]}
SUSPEND = {"event": "suspend", **BECAUSE}
RESTRICT = {"event": "restrict", "termCodes": ["supervision.direct"], **BECAUSE}


@pytest.fixture
def server() -> AuthorityServer:
    return AuthorityServer()


def read(server: AuthorityServer, path: str) -> dict[str, Any]:
    answer = server.get("clara", path)
    assert answer.status_code == 200, answer.text
    body: dict[str, Any] = answer.json()
    return body


def test_an_application_is_answered_with_its_address_and_version(server: AuthorityServer) -> None:
    answer = server.post("clara", "/v1/licenses", application_body())

    body = answer.json()
    assert (answer.status_code, body["status"], body["proposed"]) == (201, "pending", False)
    assert answer.headers["location"] == f"/v1/licenses/{body['licenseId']}"
    assert answer.headers["etag"] == '"1"'


def test_an_issued_license_is_read_with_its_holder_and_standing(server: AuthorityServer) -> None:
    body = read(server, server.issued())

    assert (body["status"], body["standing"]["level"], body["version"]) == ("active", "full", 2)
    assert body["grant"]["validUntil"] == "2030-12-31"
    assert body["grant"]["profession"]["code"] == "sykepleier"
    assert body["holder"]["names"] == [
        {"given": "Ingrid Marie", "family": "Solberg", "type": "current"}
    ]


def test_an_identifier_is_never_shown(server: AuthorityServer) -> None:
    path = server.issued()

    for address in (path, f"{path}/decisions", "/v1/licenses"):
        assert "17058800000" not in server.get("olga", address).text


def test_a_loss_is_proposed_and_becomes_effective_by_approval(server: AuthorityServer) -> None:
    path = server.issued()
    proposed = server.decided("olga", path, SUSPEND)
    decision_id = proposed.json()["decisionId"]
    before = read(server, path)["status"]

    approval = server.post("otto", f"{path}/decisions/{decision_id}/approval", None, If_Match='"2"')

    assert (proposed.status_code, proposed.headers["etag"], before) == (202, '"2"', "active")
    assert (approval.status_code, approval.headers["etag"]) == (201, '"3"')
    assert read(server, path)["status"] == "suspended"


@pytest.mark.parametrize(
    ("way", "reached"),
    [
        ([SUSPEND, {"event": "reinstate"}], "active"),
        ([RESTRICT, "lift"], "active"),
        ([RESTRICT, RESTRICT, "lift"], "restricted"),
        ([{"event": "revoke", **BECAUSE},
          {"event": "reinstate", "legalBasis": ["Helsepersonelloven § 62"]}], "active"),
        ([{"event": "surrender", "reasonCodes": ["voluntary"]}], "surrendered"),
    ],
)  # fmt: skip
def test_the_ways_of_a_license(server: AuthorityServer, way: list[Any], reached: str) -> None:
    path = server.issued()
    for step in way:
        body = step
        if step == "lift":
            measure = read(server, path)["encumbrances"][0]["encumbranceId"]
            body = {"event": "lift", "encumbranceId": measure}
        answer = server.decided("olga", path, body)
        if answer.status_code == 202:
            address = f"{path}/decisions/{answer.json()['decisionId']}/approval"
            answer = server.post("otto", address, None, If_Match=server.etag(path))
        assert answer.status_code == 201, answer.text

    assert read(server, path)["status"] == reached


def test_a_refused_application_stays_refused(server: AuthorityServer) -> None:
    path = server.applied()
    proposed = server.decided("clara", path, {"event": "refuse", **BECAUSE})
    address = f"{path}/decisions/{proposed.json()['decisionId']}/approval"
    server.post("olga", address, None, If_Match='"1"')

    again = server.decided("olga", path, {"event": "issue"})

    assert (again.status_code, again.json()["code"]) == (409, "illegal-transition")


def test_a_renewal_and_a_correction_make_new_seals(server: AuthorityServer) -> None:
    path = server.issued()
    renewal = server.post("olga", f"{path}/renewals", {"validUntil": "2035-12-31"}, If_Match='"2"')
    correction = server.post(
        "olga",
        f"{path}/corrections",
        {
            "number": "HPR 9",
            "holder": {
                "names": [{"given": "Ingrid", "family": "Berg"}],
                "birthDate": "1988-05-17",
            },
        },
        If_Match='"3"',
    )

    assert (renewal.status_code, renewal.json()["recordVersion"]) == (201, 2)
    assert (correction.status_code, correction.json()["recordVersion"]) == (201, 3)
    seal = server.get("olga", f"{path}/seal")
    content = sealed_content(seal.content)
    assert seal.headers["content-type"] == "application/xml"
    assert content.grant.number == "HPR 9"
    assert content.holder.current_name.full == "Ingrid Berg"


def test_a_renewal_by_a_clerk_is_only_proposed(server: AuthorityServer) -> None:
    path = server.issued()

    answer = server.post("clara", f"{path}/renewals", {"validUntil": "2035-12-31"}, If_Match='"2"')

    assert answer.status_code == 202
    (proposal,) = server.get("olga", f"{path}/decisions").json()["proposals"]
    assert proposal["state"] == "open"
    assert proposal["decision"]["grant"]["validUntil"] == "2035-12-31"


def test_the_record_shows_who_decided_what(server: AuthorityServer) -> None:
    path = server.issued()

    decisions = server.get("olga", f"{path}/decisions").json()["decisions"]

    assert [(one["event"], one["actor"]) for one in decisions] == [
        ("applied", {"actorId": "clara", "role": "clerk"}),
        ("issued", {"actorId": "olga", "role": "officer"}),
    ]


def test_anybody_may_ask_for_a_status_and_learns_no_name(server: AuthorityServer) -> None:
    seal_id = read(server, server.issued())["sealId"]

    answer = server.get(None, f"/v1/status/{seal_id}")

    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/license-status+jwt"
    assert answer.headers["cache-control"] == "no-store"
    statement = json.loads(answer.text.rpartition(".")[0])
    assert (statement["seal_id"], statement["level"]) == (seal_id, "full")
    assert "Solberg" not in answer.text


@pytest.mark.parametrize("seal_id", ["0" * 32, "x", "%2e%2e", "A" * 5000])
def test_a_seal_never_recorded_is_a_404(server: AuthorityServer, seal_id: str) -> None:
    answer = server.get(None, f"/v1/status/{seal_id}")

    assert (answer.status_code, answer.json()["code"]) == (404, "not-found")


def test_who_asks_too_often_is_told_when_to_come_again() -> None:
    server = AuthorityServer(burst=3)
    seal_id = "0" * 32
    answers = [server.get(None, f"/v1/status/{seal_id}") for _ in range(4)]

    assert [one.status_code for one in answers] == [404, 404, 404, 429]
    assert answers[3].headers["retry-after"] == "1"
    assert answers[3].json()["code"] == "too-many-requests"
    server.seconds = 1.0
    assert server.get(None, f"/v1/status/{seal_id}").status_code == 404


def test_lists_are_cut_into_pages_that_meet(server: AuthorityServer) -> None:
    paths = [server.applied(number=f"HPR {n}") for n in range(5)]
    found: list[str] = []
    query = {"limit": "2"}
    while True:
        page = server.get("clara", "/v1/licenses", **query).json()
        found += [f"/v1/licenses/{one['licenseId']}" for one in page["licenses"]]
        if page["nextCursor"] is None:
            break
        query["cursor"] = page["nextCursor"]

    assert found == paths


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ({"status": "active"}, ["HPR 1"]),
        ({"status": "pending"}, ["HPR 2", "HPR 3"]),
        ({"profession": "jordmor"}, ["HPR 3"]),
        ({"number": "hpr-2"}, ["HPR 2"]),
        ({"number": "HPR 4"}, []),
    ],
)
def test_a_list_is_narrowed(
    server: AuthorityServer, query: dict[str, str], numbers: list[str]
) -> None:
    server.issued(number="HPR 1")
    server.applied(number="HPR 2")
    server.applied(number="HPR 3", profession="jordmor")

    page = server.get("clara", "/v1/licenses", **query).json()

    assert [one["number"] for one in page["licenses"]] == numbers


def test_a_list_is_narrowed_to_a_holder(server: AuthorityServer) -> None:
    holder_id = read(server, server.applied())["holder"]["holderId"]

    page = server.get("clara", "/v1/licenses", holderId=holder_id).json()

    assert [one["holderId"] for one in page["licenses"]] == [holder_id]


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"status": "dead"}, "status"),
        ({"limit": "0"}, "limit"),
        ({"limit": "201"}, "limit"),
        ({"limit": "many"}, "limit"),
        ({"cursor": "junk"}, "cursor"),
        ({"holderId": "x"}, "holderId"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_a_list_query_that_cannot_be_is_refused(
    server: AuthorityServer, query: dict[str, str], field: str
) -> None:
    answer = server.get("clara", "/v1/licenses", **query)

    assert answer.status_code == 422
    assert [one["field"] for one in answer.json()["errors"]] == [field]


def test_a_repeated_write_gets_the_very_same_answer(server: AuthorityServer) -> None:
    path = server.applied()
    headers = server.headers("olga", If_Match='"1"')
    send = partial(server.client.request, "POST", f"{path}/decisions", json={"event": "issue"})
    first, again = send(headers=headers), send(headers=headers)

    assert (again.status_code, again.content) == (first.status_code, first.content) == (
        201, first.content,
    )  # fmt: skip
    assert len(server.desk.store.kept.seals) == 1


def test_one_key_twenty_times_in_parallel_makes_one_license(server: AuthorityServer) -> None:
    headers = server.headers("clara")

    def send(_: int) -> tuple[int, bytes]:
        body = application_body()
        answer = server.client.request("POST", "/v1/licenses", json=body, headers=headers)
        return answer.status_code, answer.content

    with ThreadPoolExecutor(20) as pool:
        answers = set(pool.map(send, range(20)))

    assert len(answers) == 1
    assert answers.pop()[0] == 201
    assert len(server.desk.store.kept.licenses) == 1


@pytest.mark.parametrize(
    ("path", "status"),
    [("/health", 200), ("/health/ready", 200), ("/nowhere", 404), ("/v1/licenses", 401)],
)
def test_every_answer_carries_the_security_headers(
    server: AuthorityServer, path: str, status: int
) -> None:
    answer = server.get(None, path)

    assert answer.status_code == status
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")
    assert status == 200 or answer.headers["content-type"] == PROBLEM


def test_the_description_names_every_route_and_the_form_of_a_problem(
    server: AuthorityServer,
) -> None:
    described = server.get(None, "/openapi.json").json()

    assert set(described["paths"]) == {
        "/v1/licenses",
        "/v1/licenses/{license_id}",
        "/v1/licenses/{license_id}/decisions",
        "/v1/licenses/{license_id}/decisions/{decision_id}/approval",
        "/v1/licenses/{license_id}/renewals",
        "/v1/licenses/{license_id}/corrections",
        "/v1/licenses/{license_id}/seal",
        "/v1/status/{seal_id}",
        "/health",
        "/health/ready",
    }
    assert "Problem" in described["components"]["schemas"]
    example = described["components"]["schemas"]["ApplicationBody"]["examples"][0]
    assert server.post("clara", "/v1/licenses", example).status_code == 201
