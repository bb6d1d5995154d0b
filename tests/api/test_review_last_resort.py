"""What nobody foresaw is answered with an id that the operator finds in the log."""

import logging
import re

import pytest
from fastapi import APIRouter
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Scope

from api.main import create_app
from tests.api.authority import AuthorityServer, InProcessClient
from tests.desks import Desk

router = APIRouter()


@router.get("/broken")
def get_broken() -> None:
    """Fail as nobody foresaw."""
    raise RuntimeError("Solberg")


def test_the_problem_and_the_log_name_the_same_incident(caplog: pytest.LogCaptureFixture) -> None:
    container = AuthorityServer.wired(Desk(), lambda: 0.0, 1)
    client = InProcessClient(create_app(container, (router,)))

    with caplog.at_level(logging.ERROR):
        answer = client.request("GET", "/broken")

    found = re.search(r"quote ([0-9a-f]{8}) to", answer.json()["detail"])
    assert found is not None
    assert f", {found.group(1)}" in caplog.text
    assert "Solberg" not in caplog.text


def test_a_server_with_pages_answers_in_its_own_way() -> None:
    def answer_of(scope: Scope, incident: str) -> ASGIApp:
        return PlainTextResponse(f"{scope['path']} {len(incident)}", 500)

    container = AuthorityServer.wired(Desk(), lambda: 0.0, 1)
    client = InProcessClient(create_app(container, (router,), unexpected=answer_of))

    answer = client.request("GET", "/broken")

    assert (answer.status_code, answer.text) == (500, "/broken 8")
