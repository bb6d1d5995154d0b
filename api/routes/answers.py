"""What the routes about licenses have in common: keys, ETags, receipts and refusals."""

from uuid import UUID

from fastapi import Response

from api.schemas.licenses import ReceiptAnswer
from api.schemas.problem import refusals
from licenses.model.register import LicenseKey, Receipt

READING = refusals(401, 404, 503)
CREATING = refusals(400, 401, 403, 409, 413, 415, 422, 503)
CHANGING = CREATING | refusals(404, 412, 428)
"""Ways a reading, a creation and a change of a license are refused."""

PROPOSED: dict[int | str, dict[str, object]] = {
    202: {"model": ReceiptAnswer, "description": "Proposed; a second officer approves."}
}


def key_of(authority_id: str, license_id: UUID) -> LicenseKey:
    """Return the license of that id in the caller's own register, and in no other."""
    return LicenseKey(authority_id=authority_id, license_id=license_id)


def etag(response: Response, version: int) -> None:
    """Set the ETag of a license at that version."""
    response.headers["ETag"] = f'"{version}"'


def answered(response: Response, receipt: Receipt) -> ReceiptAnswer:
    """Answer a write: 201 if it is effective, 202 if it was proposed, with the ETag of now."""
    response.status_code = 202 if receipt.proposed else 201
    etag(response, receipt.version)
    return ReceiptAnswer.of(receipt)
