"""Bearer tokens: who asks (design.md 3, 10). What they may do is decided by the use cases."""

from typing import Annotated

from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from api.container import Container
from licenses.errors import NotAuthenticated
from licenses.model.register import Actor
from licenses.services.actors import authenticate

_LONGEST_TOKEN = 200
_bearer = HTTPBearer(auto_error=False, description="The token made by `license-exchange actors`.")


def container_of(request: Request) -> Container:
    """Return what `create_app` was given."""
    container: Container = request.app.state.container
    return container


Wired = Annotated[Container, Depends(container_of)]


def actor_of(
    request: Request,
    container: Wired,
    credentials: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)],
) -> Actor:
    """Return whose token came with the request; raise NotAuthenticated."""
    once = len(request.headers.getlist("authorization")) == 1
    if credentials is None or not once or len(credentials.credentials) > _LONGEST_TOKEN:
        raise NotAuthenticated("send the token of an actor as Authorization: Bearer")
    return authenticate(container.reading(), credentials.credentials, container.clock)


CurrentActor = Annotated[Actor, Depends(actor_of)]
