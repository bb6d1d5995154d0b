"""Who may do what: roles, other authorities, and people without a token."""

import pytest

from tests.api.authority import AuthorityServer
from tests.api.refusals import BECAUSE, WRITES, assert_nothing_changes, assert_refused


@pytest.fixture
def server() -> AuthorityServer:
    return AuthorityServer()


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
