"""Bodies of numbers, depths and letters nobody can hold, sent to every address that takes one.

What each is refused for is held by `tests.api.test_strict_json`; here no server may break on one.
"""

import httpx
import pytest

from tests.api.test_strict_json import WRONG
from tests.exchange.sites import HOSPITAL, NORTH, Sites
from tests.fuzz.callers import Actors

HALVES = (b'"\\ud800"', b'{"\\ud800": 1}', b'{"number": "a\\udfffb", "event": "\\ud800"}')
"""Texts of half a pair: JSON by its grammar, and text for nobody."""

BODIES = {name: octets for name, (octets, _) in WRONG.items()} | {
    f"half a pair, {number}": octets for number, octets in enumerate(HALVES, 1)
}
ADDRESSES = ("", "/{id}/renewals", "/{id}/corrections", "/{id}/decisions")


def answer_of(
    sites: Sites, actors: Actors, origin: str, address: str, sent: bytes
) -> httpx.Response:
    path = f"/v1/licenses{address}".replace("{id}", actors.licenses[0])
    headers = {
        "Authorization": f"Bearer {actors.tokens[0]}",
        "Idempotency-Key": "strict-body",
        "If-Match": '"1"',
        "Content-Type": "application/json",
    }
    request = httpx.Request("POST", f"{origin}{path}", headers=headers, content=sent)
    return sites.servers.by_origin[origin].answer(request)


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("name", BODIES)
def test_the_authority_names_what_is_wrong(
    fuzzed_sites: Sites, actors: Actors, name: str, address: str
) -> None:
    answer = answer_of(fuzzed_sites, actors, NORTH, address, BODIES[name])

    if name in WRONG:
        assert (answer.status_code, answer.json()["code"]) == (400, "invalid-request")
        assert answer.json()["detail"].startswith(WRONG[name][1])
    else:
        assert (answer.status_code, answer.json()["code"]) == (422, "invalid-fields")
        answer.content.decode("utf-8")


@pytest.mark.parametrize("name", BODIES)
def test_a_server_that_knows_no_such_caller_breaks_on_none(
    fuzzed_sites: Sites, actors: Actors, name: str
) -> None:
    answer = answer_of(fuzzed_sites, actors, HOSPITAL, "", BODIES[name])

    assert answer.status_code == (400 if name in WRONG else 401)
    assert answer.headers["content-type"] == "application/problem+json"
