"""Whether the process is up, and whether it can serve."""

from fastapi import APIRouter

from api.schemas.problem import refusals
from api.security import Wired

router = APIRouter(tags=["health"])


@router.get("/health", summary="Is the process up?")
async def get_health() -> dict[str, str]:
    """Answer without touching anything."""
    return {"status": "up"}


@router.get("/health/ready", responses=refusals(503), summary="Can it serve?")
def get_ready(container: Wired) -> dict[str, str]:
    """Read from storage; 503 while it does not answer."""
    with container.reading() as uow:
        uow.authorities.all()
    return {"status": "ready"}
