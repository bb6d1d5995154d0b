"""Values as they stand in rows: canonical JSON, instants as text that sorts, cursors.

Canonical means sorted keys, no spaces and UTF-8: the same value always gives the same text, and
the hash chain is over that text.
"""

import base64
import binascii
import hashlib
import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import RowMapping

from licenses.errors import FieldFault, InvalidFields
from licenses.model.decision import Decision
from licenses.model.history import LicenseState
from licenses.model.lifecycle import Status
from licenses.model.people import PersonIdentifier
from licenses.model.register import LicenseFilter, LicenseKey, LicenseRecord, Seal, SealIntent
from licenses.model.values import Value, comparable_number

_CHECK_BYTES = 8
_OVERLAID = frozenset({Status.ACTIVE, Status.INACTIVE})


def text_of(value: Value) -> str:
    """Return a value as canonical JSON; bytes stand in it as base64."""
    return json_text(value.model_dump(mode="json"))


def json_text(content: object) -> str:
    """Return JSON content in canonical form."""
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def instant_text(moment: datetime) -> str:
    """Return an aware instant in UTC with microseconds; such texts sort by time."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def instant_of(text: str) -> datetime:
    """Return the instant that `instant_text` wrote."""
    return datetime.fromisoformat(text)


def optional_instant(moment: datetime | None) -> str | None:
    """Return `instant_text`, or None for None."""
    return None if moment is None else instant_text(moment)


def license_row(record: LicenseRecord) -> dict[str, Any]:
    """Return the columns of a license."""
    return {
        "authority_id": record.key.authority_id,
        "license_id": str(record.key.license_id),
        "holder_id": str(record.holder_id),
        "comparable_number": comparable_number(record.state.grant.number),
        "profession": record.state.grant.profession.code,
        "base": record.state.base.value,
        "version": record.version,
        "record_version": record.record_version,
        "seal_id": record.seal_id,
        "settled_at": optional_instant(record.settled_at),
        "content": text_of(record.state),
    }


def license_of(row: RowMapping) -> LicenseRecord:
    """Return the license a row holds."""
    return LicenseRecord(
        key=LicenseKey(authority_id=row["authority_id"], license_id=UUID(row["license_id"])),
        holder_id=UUID(row["holder_id"]),
        state=LicenseState.model_validate_json(row["content"]),
        version=row["version"],
        seal_id=row["seal_id"],
        record_version=row["record_version"],
        settled_at=None if row["settled_at"] is None else instant_of(row["settled_at"]),
    )


def matches(
    record: LicenseRecord,
    wanted: LicenseFilter,
    at: datetime,
    decisions_of: Callable[[LicenseKey], tuple[Decision, ...]],
) -> bool:
    """Say whether a license is among the wanted ones at that instant.

    The status is that of the instant: a decision that is still to take effect does not count.
    """
    grant = record.state.grant
    number = None if wanted.number is None else comparable_number(wanted.number)
    return (
        (wanted.holder_id is None or record.holder_id == wanted.holder_id)
        and (wanted.profession is None or grant.profession.code == wanted.profession)
        and (number is None or comparable_number(grant.number) == number)
        and (
            wanted.status is None
            or record.state_at(at, decisions_of).status_at(at) is wanted.status
        )
    )


def bases_of(status: Status) -> frozenset[Status]:
    """Return the bases that dates and measures can turn into `status` (`lifecycle.label`)."""
    return _OVERLAID | {status}


def bearing(identifier: PersonIdentifier) -> tuple[str, str, str]:
    """Return an identifier as it is compared: without case, spaces, dots and dashes."""
    return identifier.country, identifier.type, comparable_number(identifier.value)


def carries_out(intent: SealIntent, seal: Seal) -> bool:
    """Say whether a seal is the one that was intended."""
    return (intent.key, intent.holder_id, intent.record_version) == (
        seal.key,
        seal.holder_id,
        seal.record_version,
    )


def cursor_after(authority_id: str, license_id: UUID) -> str:
    """Return the cursor behind a license, meaningless to anybody else."""
    raw = license_id.bytes + _check(authority_id, license_id)
    return base64.urlsafe_b64encode(raw).decode("ascii")


def cursor_read(authority_id: str, cursor: str) -> UUID:
    """Return the license a cursor stands behind; raise InvalidFields unless we made it."""
    try:
        raw = base64.b64decode(cursor.encode("ascii"), altchars=b"-_", validate=True)
        license_id = UUID(bytes=raw[:16])
    except (ValueError, binascii.Error):
        raise _foreign() from None
    if cursor != cursor_after(authority_id, license_id):
        raise _foreign()
    return license_id


def _check(authority_id: str, license_id: UUID) -> bytes:
    return hashlib.sha256(f"{authority_id}\n{license_id}".encode()).digest()[:_CHECK_BYTES]


def _foreign() -> InvalidFields:
    return InvalidFields(
        FieldFault("cursor", "unknown-cursor", "must be the cursor of the page before")
    )
