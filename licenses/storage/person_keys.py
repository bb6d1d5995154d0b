"""The key of each person: made with the first row about them, destroyed to erase them."""

from uuid import UUID

from sqlalchemy import delete, insert, select

from licenses.errors import Conflict, NotFound
from licenses.storage.session import Session
from licenses.storage.tables import PERSON_KEY
from licenses.storage.vault import Box


class PersonKeys:
    """The table person_key, opened by the vault of the session."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def create(self, authority_id: str, holder_id: UUID) -> Box:
        """Make and store a person's key; raise Conflict if the person has one."""
        wrapped, box = self._session.vault.new_person(authority_id, str(holder_id))
        row = {
            "authority_id": authority_id,
            "holder_id": str(holder_id),
            "wrapped_key": wrapped,
        }
        if self._session.attempt(insert(PERSON_KEY).values(row)) is None:
            raise Conflict("a holder of that id is in the register")
        return box

    def of(self, authority_id: str, holder_id: UUID) -> Box:
        """Return what opens a person's columns; raise NotFound if unknown or erased."""
        found = self._session.first(
            select(PERSON_KEY.c.wrapped_key).where(
                PERSON_KEY.c.authority_id == authority_id,
                PERSON_KEY.c.holder_id == str(holder_id),
            )
        )
        if found is None:
            raise NotFound("there is no such holder")
        return self._session.vault.person(authority_id, str(holder_id), found["wrapped_key"])

    def destroy(self, authority_id: str, holder_id: UUID) -> None:
        """Remove a person's key from file and log; raise NotFound if there is none."""
        removed = self._session.change(
            delete(PERSON_KEY).where(
                PERSON_KEY.c.authority_id == authority_id,
                PERSON_KEY.c.holder_id == str(holder_id),
            )
        )
        if removed == 0:
            raise NotFound("there is no such holder")
        self._session.scrub()
