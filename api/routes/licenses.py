"""Licenses of the own register: apply, list, read, renew, correct, fetch the seal."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response

from api.deps import CurrentActor, ExpectedVersion, OncePerName, Wired, Writing
from api.lint_fields import APPLIED_FOR, CORRECTED, RENEWED, naming_fields
from api.routes.answers import CHANGING, CREATING, PROPOSED, READING, answered, etag, key_of
from api.schemas import examples
from api.schemas.decisions import CorrectionBody, RenewalBody
from api.schemas.licenses import (
    ApplicationBody,
    EntryAnswer,
    LicenseAnswer,
    ListAnswer,
    ListQuery,
    ReceiptAnswer,
)
from api.schemas.problem import refusals
from api.strict_json import JsonRoute
from licenses.model.register import LicenseFilter
from licenses.services.apply import Application, apply_for_license
from licenses.services.decide import decide
from licenses.services.read_license import list_licenses, newest_seal, read_license
from licenses.services.rulings import Correct, Renew

router = APIRouter(prefix="/v1/licenses", tags=["licenses"], route_class=JsonRoute)


@router.post("", status_code=201, responses=CREATING, summary="Apply for a license")
def post_application(body: ApplicationBody, write: Writing, response: Response) -> ReceiptAnswer:
    """Record an application; the license is pending until somebody else issues it."""
    application = body.domain(Application)
    with naming_fields(APPLIED_FOR):
        receipt = apply_for_license(write.office, write.actor, application, write.request(body))
    response.headers["Location"] = f"{router.prefix}/{receipt.license_id}"
    return answered(response, receipt)


@router.get("", responses=refusals(401, 422, 503), summary="List licenses")
def get_licenses(
    container: Wired, actor: CurrentActor, _: OncePerName, query: Annotated[ListQuery, Query()]
) -> ListAnswer:
    """Return one page of the own register, in the order of application."""
    wanted = query.domain(LicenseFilter)
    listing = list_licenses(container.office, actor, wanted, after=query.cursor, limit=query.limit)
    entries = tuple(EntryAnswer.of_entry(entry) for entry in listing.entries)
    return ListAnswer(licenses=entries, next_cursor=listing.next_cursor)


@router.get("/{license_id}", responses=READING, summary="Read a license")
def get_license(
    license_id: UUID, container: Wired, actor: CurrentActor, response: Response
) -> LicenseAnswer:
    """Return the license with its holder; the ETag is what a change must name."""
    view = read_license(container.office, actor, key_of(actor.authority_id, license_id), "api")
    etag(response, view.record.version)
    return LicenseAnswer.of_view(view)


@router.post(
    "/{license_id}/renewals",
    status_code=201,
    responses=CHANGING | PROPOSED,
    summary="Renew a license",
)
def post_renewal(
    license_id: UUID,
    body: RenewalBody,
    write: Writing,
    version: ExpectedVersion,
    response: Response,
) -> ReceiptAnswer:
    """Prolong the license; by an officer at once, else proposed."""
    key, request = key_of(write.actor.authority_id, license_id), write.request(body)
    with naming_fields(RENEWED):
        receipt = decide(
            write.office,
            write.actor,
            key,
            body.domain(Renew),
            expected_version=version,
            request=request,
        )
    return answered(response, receipt)


@router.post(
    "/{license_id}/corrections",
    status_code=201,
    responses=CHANGING | PROPOSED,
    summary="Correct a license",
)
def post_correction(
    license_id: UUID,
    body: CorrectionBody,
    write: Writing,
    version: ExpectedVersion,
    response: Response,
) -> ReceiptAnswer:
    """Set right what was recorded wrongly; by an officer at once, else proposed."""
    key, request = key_of(write.actor.authority_id, license_id), write.request(body)
    with naming_fields(CORRECTED):
        receipt = decide(
            write.office,
            write.actor,
            key,
            body.domain(Correct),
            expected_version=version,
            request=request,
        )
    return answered(response, receipt)


@router.get(
    "/{license_id}/seal",
    responses=READING | {200: {"content": {"application/xml": {"example": examples.SEALED}}}},
    response_class=Response,
    summary="Fetch the newest seal",
)
def get_seal(license_id: UUID, container: Wired, actor: CurrentActor) -> Response:
    """Return the sealed license, byte for byte as it was signed."""
    seal = newest_seal(container.office, actor, key_of(actor.authority_id, license_id))
    name = f'attachment; filename="license-{seal.seal_id}.xml"'
    headers = {"Content-Disposition": name, "ETag": f'"{seal.sha256}"'}
    return Response(seal.document, media_type="application/xml", headers=headers)
