"""Build the web application: routers, middleware and the description of the API.

No wiring happens here: `api.bootstrap` brings a finished container. A server with other parts
(an NCP, an SMP, pages) gives its own tuple of routers.
"""

from collections.abc import AsyncIterator, Sequence
from contextlib import AbstractContextManager, ExitStack, asynccontextmanager
from typing import Any

from fastapi import APIRouter, FastAPI
from fastapi.openapi.utils import get_openapi

from api.body_rules import BodyRules, RefusalAnswer
from api.container import Container
from api.deps import REQUIRED_HEADERS
from api.headers import SecurityHeaders
from api.problems import LastResort, UnexpectedAnswer, install_problems
from api.routes import decisions, health, licenses, status
from api.schemas.problem import Problem

AUTHORITY_ROUTERS: tuple[APIRouter, ...] = (
    licenses.router,
    decisions.router,
    status.router,
    health.router,
)
"""What an authority serves."""


class _Described(FastAPI):
    """An application that describes its refusals as problems, the form no route returns.

    The framework says of every address with a parameter that it may refuse it in a form of its
    own; it never does (`api.problems`), so that is taken out.
    """

    def openapi(self) -> dict[str, Any]:
        if self.openapi_schema is None:
            schema = get_openapi(title=self.title, version=self.version, routes=self.routes)
            problem = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
            forms = schema.setdefault("components", {}).setdefault("schemas", {})
            forms |= problem.pop("$defs") | {"Problem": problem}
            _without_framework_refusals(schema)
            _with_required_headers(schema)
            self.openapi_schema = schema
        return self.openapi_schema


def _without_framework_refusals(schema: dict[str, Any]) -> None:
    for operations in schema["paths"].values():
        for operation in operations.values():
            refused = operation["responses"].get("422", {}).get("content", {})
            if "application/json" in refused:
                del operation["responses"]["422"]
    for name in ("HTTPValidationError", "ValidationError"):
        schema["components"]["schemas"].pop(name, None)


def _with_required_headers(schema: dict[str, Any]) -> None:
    """Say of the headers of a write that they must come: the framework lets our own code ask."""
    for operations in schema["paths"].values():
        for operation in operations.values():
            for parameter in operation.get("parameters", ()):
                form = REQUIRED_HEADERS.get(parameter["name"])
                if form is not None:
                    parameter |= {"required": True, "schema": form}


def create_app(
    container: Container,
    routers: Sequence[APIRouter] = AUTHORITY_ROUTERS,
    *,
    unexpected: UnexpectedAnswer | None = None,
    refused: RefusalAnswer | None = None,
    running: Sequence[AbstractContextManager[object]] = (),
) -> FastAPI:
    """Return the application that serves `routers` with the parts of `container`.

    Args:
        container: what the routes need.
        routers: in the order they are asked.
        unexpected: answers what nobody foresaw; a problem where none is given.
        refused: answers what no route gets to see; a problem where none is given.
        running: entered when the server starts and left when it has answered its last request.
    """

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        with ExitStack() as parts:
            for part in running:
                parts.enter_context(part)
            yield

    app = _Described(
        lifespan=lifespan,
        title="Professional licenses over EMREX",
        version="1.0",
        docs_url=None,
        redoc_url=None,
        openapi_url="/openapi.json",
    )
    app.state.container = container
    install_problems(app)
    for router in routers:
        app.include_router(router)
    _stack(app, container, unexpected, refused)
    return app


def _stack(
    app: FastAPI,
    container: Container,
    unexpected: UnexpectedAnswer | None,
    refused: RefusalAnswer | None,
) -> None:
    """Add the middleware; what is added last meets a request first."""
    app.add_middleware(LastResort, answer=unexpected)
    app.add_middleware(BodyRules, caps=container.body_caps, answer=refused)
    app.add_middleware(SecurityHeaders)
