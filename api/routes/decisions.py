"""Decisions about a license: take or propose one, read them, approve a proposal."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Response
from fastapi import Body as BodyParameter

from api.deps import CurrentActor, ExpectedVersion, Wired, Writing
from api.routes.answers import CHANGING, PROPOSED, READING, answered, key_of
from api.schemas.decisions import EXAMPLES, RULINGS, DecisionBody, HistoryAnswer
from api.schemas.licenses import ReceiptAnswer
from api.strict_json import JsonRoute
from licenses.services.approve import approve
from licenses.services.decide import decide
from licenses.services.read_license import history_of

router = APIRouter(
    prefix="/v1/licenses/{license_id}/decisions", tags=["decisions"], route_class=JsonRoute
)


@router.post(
    "", status_code=201, responses=CHANGING | PROPOSED, summary="Decide, or propose a decision"
)
def post_decision(
    license_id: UUID,
    body: Annotated[DecisionBody, BodyParameter(openapi_examples=EXAMPLES)],
    write: Writing,
    version: ExpectedVersion,
    response: Response,
) -> ReceiptAnswer:
    """Take a decision, or propose it: a loss of right always waits for a second officer."""
    receipt = decide(
        write.office,
        write.actor,
        key_of(write.actor.authority_id, license_id),
        body.domain(RULINGS[type(body)]),
        expected_version=version,
        request=write.request(body),
    )
    return answered(response, receipt)


@router.get("", responses=READING, summary="Read decisions and proposals")
def get_decisions(license_id: UUID, container: Wired, actor: CurrentActor) -> HistoryAnswer:
    """Return all decisions of the license and its proposals, each oldest first."""
    key = key_of(actor.authority_id, license_id)
    return HistoryAnswer.of_history(history_of(container.office, actor, key))


@router.post(
    "/{decision_id}/approval", status_code=201, responses=CHANGING, summary="Approve a proposal"
)
def post_approval(
    license_id: UUID,
    decision_id: UUID,
    write: Writing,
    version: ExpectedVersion,
    response: Response,
) -> ReceiptAnswer:
    """Make a proposed decision effective, as another officer than its proposer."""
    receipt = approve(
        write.office,
        write.actor,
        key_of(write.actor.authority_id, license_id),
        decision_id,
        expected_version=version,
        request=write.request(),
    )
    return answered(response, receipt)
