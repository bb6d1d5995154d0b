"""The public question: how does the license under this seal stand now (design.md 7)?"""

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from api.schemas import examples
from api.schemas.problem import refusals
from api.security import Wired
from licenses.services.status_query import status_of

router = APIRouter(prefix="/v1/status", tags=["status"])

MEDIA_TYPE = "application/license-status+jwt"


def _admitted(request: Request, container: Wired) -> None:
    container.status_limiter.admit("" if request.client is None else request.client.host)


@router.get(
    "/{seal_id}",
    responses=refusals(404, 429, 503)
    | {200: {"content": {MEDIA_TYPE: {"example": examples.STATEMENT}}}},
    response_class=Response,
    summary="Ask how a license stands",
)
def get_status(seal_id: str, container: Wired, _: Annotated[None, Depends(_admitted)]) -> Response:
    """Return the authority's signed statement about one seal; it names nobody."""
    statement = status_of(seal_id, container.reading(), container.clock, container.status_lifetime)
    return Response(container.status_signer.sign(statement), media_type=MEDIA_TYPE)
