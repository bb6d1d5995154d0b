"""Seals in SQL: the intent first, then the bytes, which stand under the holder's key."""

from uuid import UUID

from sqlalchemy import RowMapping, insert, select

from licenses.errors import Conflict, NotFound
from licenses.model.register import LicenseKey, Seal, SealIntent
from licenses.storage.person_keys import PersonKeys
from licenses.storage.rows import carries_out, instant_of, instant_text, text_of
from licenses.storage.session import Session
from licenses.storage.tables import SEAL, SEAL_INTENT


class SqlSeals:
    """`ports.SealRepository` over the tables seal_intent and seal."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._keys = PersonKeys(session)

    def intend(self, intent: SealIntent) -> None:
        """Record that this seal is about to be made; raise Conflict for a known id."""
        row = {
            "authority_id": intent.key.authority_id,
            "seal_id": intent.seal_id,
            "license_id": str(intent.key.license_id),
            "content": text_of(intent),
        }
        if self._session.attempt(insert(SEAL_INTENT).values(row)) is None:
            raise Conflict("a seal of that id is intended already")

    def store(self, seal: Seal) -> None:
        """Keep the bytes of an intended seal.

        Raise Conflict if it was not intended so or is stored already, NotFound if its holder is
        not in the register.
        """
        found = self._session.first(
            select(SEAL_INTENT.c.content).where(
                SEAL_INTENT.c.authority_id == seal.key.authority_id,
                SEAL_INTENT.c.seal_id == seal.seal_id,
            )
        )
        if found is None or not carries_out(SealIntent.model_validate_json(found["content"]), seal):
            raise Conflict("no such seal was intended")
        if self._session.attempt(insert(SEAL).values(self._row(seal))) is None:
            raise Conflict("the seal is stored already")

    def get(self, seal_id: str) -> Seal:
        """Return the seal; raise NotFound, also for one intended and never made."""
        return self._read(self._session.first(select(SEAL).where(SEAL.c.seal_id == seal_id)))

    def newest(self, key: LicenseKey) -> Seal:
        """Return the seal with the highest record version; raise NotFound."""
        return self._read(
            self._session.first(
                select(SEAL)
                .where(
                    SEAL.c.authority_id == key.authority_id,
                    SEAL.c.license_id == str(key.license_id),
                )
                .order_by(SEAL.c.record_version.desc(), SEAL.c.sealed_at.desc())
                .limit(1)
            )
        )

    def _row(self, seal: Seal) -> dict[str, object]:
        box = self._keys.of(seal.key.authority_id, seal.holder_id)
        return {
            "authority_id": seal.key.authority_id,
            "seal_id": seal.seal_id,
            "license_id": str(seal.key.license_id),
            "holder_id": str(seal.holder_id),
            "record_version": seal.record_version,
            "sha256": seal.sha256,
            "sealed_at": instant_text(seal.sealed_at),
            "sealed_document": box.seal(_column(seal.seal_id), seal.document),
        }

    def _read(self, row: RowMapping | None) -> Seal:
        if row is None:
            raise NotFound("there is no such seal")
        holder_id = UUID(row["holder_id"])
        box = self._keys.of(row["authority_id"], holder_id)
        return Seal(
            seal_id=row["seal_id"],
            key=LicenseKey(authority_id=row["authority_id"], license_id=UUID(row["license_id"])),
            holder_id=holder_id,
            record_version=row["record_version"],
            document=box.open(_column(row["seal_id"]), row["sealed_document"]),
            sha256=row["sha256"],
            sealed_at=instant_of(row["sealed_at"]),
        )


def _column(seal_id: str) -> str:
    return f"document {seal_id}"
