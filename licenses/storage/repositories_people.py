"""Holders in SQL: who they are stands encrypted, and an identifier is found by a keyed hash."""

import json
from uuid import UUID

from sqlalchemy import delete, insert, select, update

from licenses.errors import Conflict, NotFound
from licenses.model.people import Holder, Person, PersonIdentifier
from licenses.storage.person_keys import PersonKeys
from licenses.storage.rows import bearing, json_text, text_of
from licenses.storage.session import Session
from licenses.storage.tables import HOLDER, HOLDER_IDENTIFIER
from licenses.storage.vault import Box


class SqlHolders:
    """`ports.HolderRepository` over the tables holder, holder_identifier and person_key."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._keys = PersonKeys(session)

    def get(self, authority_id: str, holder_id: UUID) -> Holder:
        """Return the holder; raise NotFound, also when the person was erased."""
        box = self._keys.of(authority_id, holder_id)
        row = self._session.first(
            select(HOLDER).where(
                HOLDER.c.authority_id == authority_id, HOLDER.c.holder_id == str(holder_id)
            )
        )
        if row is None:
            raise NotFound("there is no such holder")
        identifiers = json.loads(box.open("identifiers", row["sealed_identifiers"]))
        return Holder(
            authority_id=authority_id,
            holder_id=holder_id,
            person=Person.model_validate_json(box.open("person", row["sealed_person"])),
            identifiers=tuple(PersonIdentifier.model_validate(one) for one in identifiers),
        )

    def find(self, authority_id: str, identifier: PersonIdentifier) -> Holder | None:
        """Return who bears the identifier, found by its keyed hash, or None."""
        row = self._session.first(
            select(HOLDER_IDENTIFIER.c.holder_id).where(
                HOLDER_IDENTIFIER.c.authority_id == authority_id,
                HOLDER_IDENTIFIER.c.keyed_hash == self._hash(authority_id, identifier),
            )
        )
        return None if row is None else self.get(authority_id, UUID(row["holder_id"]))

    def add(self, holder: Holder) -> None:
        """Store a new holder; raise Conflict if an identifier belongs to another."""
        wanted = self._hashes(holder)
        self._refuse_those_of_others(holder, wanted)
        box = self._keys.create(holder.authority_id, holder.holder_id)
        row = {"authority_id": holder.authority_id, "holder_id": str(holder.holder_id)}
        self._session.change(insert(HOLDER).values(row | _sealed(box, holder)))
        self._add_hashes(holder, wanted)

    def replace(self, holder: Holder) -> None:
        """Store the holder's new description; identifiers may only grow."""
        box = self._keys.of(holder.authority_id, holder.holder_id)
        wanted = self._hashes(holder)
        self._refuse_those_of_others(holder, wanted)
        stored = self._stored_hashes(holder)
        if not stored <= wanted:
            raise Conflict("an identifier of a holder may be added, never taken away")
        self._session.change(
            update(HOLDER)
            .where(
                HOLDER.c.authority_id == holder.authority_id,
                HOLDER.c.holder_id == str(holder.holder_id),
            )
            .values(_sealed(box, holder))
        )
        self._add_hashes(holder, wanted - stored)

    def erase(self, authority_id: str, holder_id: UUID) -> None:
        """Destroy the person's key: every personal column of theirs is unreadable from now on.

        The keyed hashes go too: whoever has the master key could test an identifier by them.
        Raise NotFound for a person who is unknown or erased already.
        """
        self._keys.destroy(authority_id, holder_id)
        self._session.change(
            delete(HOLDER_IDENTIFIER).where(
                HOLDER_IDENTIFIER.c.authority_id == authority_id,
                HOLDER_IDENTIFIER.c.holder_id == str(holder_id),
            )
        )

    def _hashes(self, holder: Holder) -> set[str]:
        return {self._hash(holder.authority_id, one) for one in holder.identifiers}

    def _hash(self, authority_id: str, identifier: PersonIdentifier) -> str:
        return self._session.vault.keyed_hash("identifier", authority_id, *bearing(identifier))

    def _stored_hashes(self, holder: Holder) -> set[str]:
        rows = self._session.rows(
            select(HOLDER_IDENTIFIER.c.keyed_hash).where(
                HOLDER_IDENTIFIER.c.authority_id == holder.authority_id,
                HOLDER_IDENTIFIER.c.holder_id == str(holder.holder_id),
            )
        )
        return {row["keyed_hash"] for row in rows}

    def _refuse_those_of_others(self, holder: Holder, hashes: set[str]) -> None:
        other = self._session.first(
            select(HOLDER_IDENTIFIER.c.holder_id).where(
                HOLDER_IDENTIFIER.c.authority_id == holder.authority_id,
                HOLDER_IDENTIFIER.c.keyed_hash.in_(sorted(hashes)),
                HOLDER_IDENTIFIER.c.holder_id != str(holder.holder_id),
            )
        )
        if other is not None:
            raise Conflict("an identifier belongs to another holder")

    def _add_hashes(self, holder: Holder, hashes: set[str]) -> None:
        for keyed_hash in sorted(hashes):
            row = {
                "authority_id": holder.authority_id,
                "keyed_hash": keyed_hash,
                "holder_id": str(holder.holder_id),
            }
            self._session.change(insert(HOLDER_IDENTIFIER).values(row))


def _sealed(box: Box, holder: Holder) -> dict[str, bytes]:
    identifiers = json_text([one.model_dump(mode="json") for one in holder.identifiers])
    return {
        "sealed_person": box.seal("person", text_of(holder.person).encode()),
        "sealed_identifiers": box.seal("identifiers", identifiers.encode()),
    }
