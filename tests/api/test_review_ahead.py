"""What was decided for a later day does not show before that day, in a license or in a list."""

from datetime import timedelta
from typing import Any

import pytest

from tests.api.authority import AuthorityServer
from tests.doubles import NOON

LATER = (NOON + timedelta(days=30)).isoformat()
DAY_OF_IT = NOON + timedelta(days=31)


@pytest.fixture
def server() -> AuthorityServer:
    return AuthorityServer()


def _effective(server: AuthorityServer, path: str, body: dict[str, Any]) -> None:
    proposed = server.decided("olga", path, body).json()["decisionId"]
    address = f"{path}/decisions/{proposed}/approval"
    answer = server.post("otto", address, None, If_Match=server.etag(path))
    assert answer.status_code == 201, answer.text


def _listed(server: AuthorityServer, status: str) -> list[str]:
    answer = server.get("olga", "/v1/licenses", status=status)
    return [entry["status"] for entry in answer.json()["licenses"]]


def test_a_list_by_status_follows_the_status_of_now(server: AuthorityServer) -> None:
    path = server.issued()
    revocation = {"event": "revoke", "reasonCodes": ["fraud"], "effectiveFrom": LATER}
    _effective(server, path, revocation)

    assert (_listed(server, "active"), _listed(server, "revoked")) == (["active"], [])

    server.desk.clock.now = DAY_OF_IT
    assert (_listed(server, "active"), _listed(server, "revoked")) == ([], ["revoked"])


def test_a_suspension_for_a_later_day_is_no_measure_of_today(server: AuthorityServer) -> None:
    path = server.issued()
    suspension = {"event": "suspend", "reasonCodes": ["unsafe-practice"], "effectiveFrom": LATER}
    _effective(server, path, suspension)

    assert server.get("olga", path).json()["encumbrances"] == []

    server.desk.clock.now = DAY_OF_IT
    assert len(server.get("olga", path).json()["encumbrances"]) == 1


def test_a_renewal_for_a_later_day_does_not_prolong_today(server: AuthorityServer) -> None:
    path = server.issued()
    renewal = {"validUntil": "2035-12-31", "effectiveFrom": LATER}
    server.post("olga", f"{path}/renewals", renewal, If_Match=server.etag(path))

    (entry,) = server.get("olga", "/v1/licenses").json()["licenses"]
    shown = server.get("olga", path).json()
    assert entry["validUntil"] == shown["grant"]["validUntil"] == "2030-12-31"

    server.desk.clock.now = DAY_OF_IT
    assert server.get("olga", path).json()["grant"]["validUntil"] == "2035-12-31"


def test_the_day_since_when_is_that_of_the_status_shown(server: AuthorityServer) -> None:
    path = server.issued()
    before = server.get("olga", path).json()["statusSince"]
    revocation = {"event": "revoke", "reasonCodes": ["fraud"], "effectiveFrom": LATER}
    _effective(server, path, revocation)

    assert server.get("olga", path).json()["statusSince"] == before
