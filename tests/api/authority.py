"""An authority's server over the in-memory register, and requests as its actors send them."""

from collections.abc import Callable
from functools import cache
from itertools import count
from typing import Any

from fastapi import FastAPI
from httpx import ASGITransport, AsyncClient, Response

from api.container import Container
from api.main import create_app
from api.rate_limit import RateLimiter
from licenses.ports import Sealer
from tests.desks import TOKENS, Desk
from tests.doubles import DoubleStatusSigner
from tests.in_process import finished

PROBLEM = "application/problem+json"


def application_body(**changed: Any) -> dict[str, Any]:
    """The body of an application of a nurse for all of Norway."""
    body: dict[str, Any] = {
        "number": "HPR 7000001",
        "profession": "sykepleier",
        "kind": "full",
        "territories": [{"area": "NO"}],
        "validFrom": "2026-01-01",
        "validUntil": "2030-12-31",
        "recognition": "national-training",
        "holder": holder_body(),
    }
    return body | changed


def holder_body(**changed: Any) -> dict[str, Any]:
    """Ingrid Solberg as an application describes her."""
    body: dict[str, Any] = {
        "names": [{"given": "Ingrid Marie", "family": "Solberg"}],
        "birthDate": "1988-05-17",
        "identifiers": [{"country": "NO", "type": "national-id", "value": "17058800000"}],
    }
    return body | changed


class InProcessClient:
    """Sends requests to an application without a socket; safe to use from several threads."""

    def __init__(self, app: FastAPI) -> None:
        self._app = app

    def request(self, method: str, path: str, **sent: Any) -> Response:
        """Return the answer; an exception that leaves the application leaves here too."""

        async def once() -> Response:
            transport = ASGITransport(app=self._app, client=("192.0.2.7", 40000))
            async with AsyncClient(transport=transport, base_url="http://localhost") as client:
                return await client.request(method, path, **sent)

        return finished(once())


@cache
def _application() -> FastAPI:
    """Build the routes once; each server brings its own container before it is asked."""
    return create_app(AuthorityServer.wired(Desk(), lambda: 0.0, burst=1))


class AuthorityServer:
    """The application, and the ways its actors talk to it."""

    def __init__(self, *, burst: int = 1000, sealer: Sealer | None = None) -> None:
        """Begin with an empty register, and with a sealer whose lint knows one number only."""
        self.desk = Desk(sealer=sealer)
        self.seconds = 0.0
        self.container = self.wired(self.desk, lambda: self.seconds, burst)
        app = _application()
        app.state.container = self.container
        self.client = InProcessClient(app)
        self._keys = count(1)

    @staticmethod
    def wired(desk: Desk, seconds: Callable[[], float], burst: int) -> Container:
        """Return the parts of a server over the register of `desk`."""
        return Container(
            office=desk.office,
            status_signer=DoubleStatusSigner(),
            status_limiter=RateLimiter(per_second=1, burst=burst, clock=seconds),
        )

    def headers(self, who: str | None, **changed: str | None) -> dict[str, str]:
        """Return the headers of a write; a None leaves one out (`if_match=None`)."""
        headers: dict[str, str | None] = {
            "Authorization": None if who is None else f"Bearer {TOKENS[who]}",
            "Idempotency-Key": f"key-{next(self._keys)}",
        }
        headers |= {name.replace("_", "-"): value for name, value in changed.items()}
        return {name: value for name, value in headers.items() if value is not None}

    def post(self, who: str | None, path: str, body: object, **headers: str | None) -> Response:
        """Post JSON as an actor."""
        return self.client.request("POST", path, json=body, headers=self.headers(who, **headers))

    def get(self, who: str | None, path: str, **query: str) -> Response:
        """Get as an actor."""
        headers = {} if who is None else {"Authorization": f"Bearer {TOKENS[who]}"}
        return self.client.request("GET", path, headers=headers, params=query)

    def applied(self, who: str = "clara", **changed: Any) -> str:
        """File an application and return the path of the license."""
        answer = self.post(who, "/v1/licenses", application_body(**changed))
        assert answer.status_code == 201, answer.text
        return str(answer.headers["location"])

    def issued(self, **changed: Any) -> str:
        """File an application, issue it, and return the path of the license."""
        path = self.applied(**changed)
        answer = self.decided("olga", path, {"event": "issue"})
        assert answer.status_code == 201, answer.text
        return path

    def etag(self, path: str) -> str:
        """Return the ETag the license has now, without leaving an audit row."""
        license_id = path.rpartition("/")[2]
        records = self.desk.store.kept.licenses.values()
        (version,) = [one.version for one in records if str(one.key.license_id) == license_id]
        return f'"{version}"'

    def decided(self, who: str, path: str, body: object, **headers: str | None) -> Response:
        """Post a decision from the version the license has now."""
        sent: dict[str, str | None] = {"If_Match": self.etag(path)}
        return self.post(who, f"{path}/decisions", body, **(sent | headers))
