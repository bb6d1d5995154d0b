"""Who calls one server with generated requests: its actors, the licenses they name, the wire.

What is drawn rarely passes the first gates: a token, a key never used, a license that exists in
the version it has, a profession of the list. So half of the requests get these from here; the
other half go as they were drawn.
"""

from datetime import timedelta
from itertools import count
from typing import Any

import httpx
import requests
from pydantic import JsonValue
from schemathesis import Case, GenerationMode

from api.schemas.licenses import EXAMPLE_APPLICATION
from licenses.model.decision import Role
from licenses.model.register import LicenseFilter
from licenses.services.actors import create_actor
from tests.exchange.browser import Server
from tests.exchange.sites import NOW, Sites

AUTHORITY = "https://no-health.example/authority"
_ROLES = {"clerk": Role.CLERK, "olga": Role.OFFICER, "otto": Role.OFFICER, "machine": Role.MACHINE}

_HOLDER: dict[str, JsonValue] = {
    "names": [{"given": "Drawn", "family": "Person"}],
    "birthDate": "1980-01-01",
}


class Actors:
    """The clerk, two officers, the machine and a stranger, and the licenses they know of."""

    def __init__(self, sites: Sites) -> None:
        """Give the actors their tokens, at the authority in the north."""
        unit_of_work = sites.provider.desk.unit_of_work
        made = (
            create_actor(unit_of_work(), AUTHORITY, name, role, clock=sites.clock)
            for name, role in _ROLES.items()
        )
        self.tokens = (*made, "nobody's token")
        with unit_of_work() as uow:
            page = uow.licenses.page(AUTHORITY, LicenseFilter(), at=NOW, after=None, limit=50)
        self.licenses = tuple(str(one.key.license_id) for one in page.records)
        self.profession = page.records[0].state.grant.profession.code


class Callers:
    """Sends each generated request in the name of the next actor."""

    def __init__(self, sites: Sites, origin: str, actors: Actors) -> None:
        """Take one server of `sites`, and who calls it."""
        self.origin = origin
        self._server: Server = sites.servers.by_origin[origin]
        self._actors = actors
        self._turn = count()

    def answer(self, case: Case) -> httpx.Response:
        """Send a case in the name of the next caller, and return the answer."""
        turn = next(self._turn)
        self._complete(case, turn)
        prepared = requests.Request(**case.as_transport_kwargs(base_url=self.origin)).prepare()
        request = _as_sent(prepared)
        answer = self._server.answer(request)
        # Schemathesis asks for both; an answer that came over no network has neither.
        answer.request, answer.elapsed = request, timedelta(0)
        return answer

    def _complete(self, case: Case, turn: int) -> None:
        """Put into a case what it cannot know; into every other one only the token."""
        declared = {one.name.lower() for one in case.operation.headers}
        token = self._actors.tokens[turn % len(self._actors.tokens)]
        known = {"authorization": f"Bearer {token}"}
        if turn % 2:
            known |= {"idempotency-key": f"fuzz-{turn}"} if "idempotency-key" in declared else {}
            known |= self._license(case, turn, names_version="if-match" in declared)
            self._make_takeable(case)
        case.headers.update(known)

    def _make_takeable(self, case: Case) -> None:
        """Let a right application be one the authority may take; its number stays as drawn."""
        right = case.meta is not None and case.meta.generation.mode is GenerationMode.POSITIVE
        drawn = case.body
        if right and isinstance(drawn, dict) and "number" in drawn and "profession" in drawn:
            case.body = {
                **EXAMPLE_APPLICATION,
                "number": drawn["number"],
                "profession": self._actors.profession,
                "holder": _HOLDER,
            }

    def _license(self, case: Case, turn: int, *, names_version: bool) -> dict[str, str]:
        """Name a license that exists; return the header with its version."""
        if "license_id" not in case.path_parameters:
            return {}
        license_id = self._actors.licenses[turn % len(self._actors.licenses)]
        case.path_parameters["license_id"] = license_id
        return {"if-match": self._etag(license_id)} if names_version else {}

    def _etag(self, license_id: str) -> str:
        token = {"Authorization": f"Bearer {self._actors.tokens[0]}"}
        read = httpx.Request("GET", f"{self.origin}/v1/licenses/{license_id}", headers=token)
        etag: str = self._server.answer(read).headers.get("etag", '"1"')
        return etag


def _as_sent(prepared: requests.PreparedRequest) -> httpx.Request:
    """Return the prepared request with the very octets of its headers and body."""
    body: Any = prepared.body or b""
    octets = body.encode() if isinstance(body, str) else body
    headers = [(_octets(name), _octets(value)) for name, value in prepared.headers.items()]
    assert prepared.method is not None
    assert prepared.url is not None
    return httpx.Request(prepared.method, prepared.url, headers=headers, content=octets)


def _octets(text: str | bytes) -> bytes:
    return text if isinstance(text, bytes) else text.encode("latin-1")
