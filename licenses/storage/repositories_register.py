"""Authorities with their professions, and the actors who may speak for them, in SQL."""

from sqlalchemy import delete, insert, select

from licenses.errors import Conflict, NotAuthenticated, NotFound
from licenses.model.authority import Authority
from licenses.model.profession import Profession
from licenses.model.register import Actor
from licenses.storage.rows import text_of
from licenses.storage.session import Session
from licenses.storage.tables import ACTOR, AUTHORITY, PROFESSION


class SqlAuthorities:
    """`ports.AuthorityRepository` over the tables authority and profession."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def get(self, authority_id: str) -> Authority:
        """Return the authority; raise NotFound."""
        found = self._session.first(
            select(AUTHORITY.c.content).where(AUTHORITY.c.authority_id == authority_id)
        )
        if found is None:
            raise NotFound("there is no such authority here")
        return Authority.model_validate_json(found["content"])

    def all(self) -> tuple[Authority, ...]:
        """Return every authority kept here, sorted by id."""
        rows = self._session.rows(select(AUTHORITY.c.content))
        found = (Authority.model_validate_json(row["content"]) for row in rows)
        return tuple(sorted(found, key=lambda authority: authority.id))

    def put(self, authority: Authority) -> None:
        """Store or replace an authority."""
        self._session.change(delete(AUTHORITY).where(AUTHORITY.c.authority_id == authority.id))
        row = {"authority_id": authority.id, "content": text_of(authority)}
        self._session.change(insert(AUTHORITY).values(row))

    def profession(self, authority_id: str, code: str) -> Profession:
        """Return one listed profession; raise NotFound."""
        found = self._session.first(
            select(PROFESSION.c.content).where(
                PROFESSION.c.authority_id == authority_id, PROFESSION.c.code == code
            )
        )
        if found is None:
            raise NotFound("the authority lists no such profession")
        return Profession.model_validate_json(found["content"])

    def professions(self, authority_id: str) -> tuple[Profession, ...]:
        """Return the authority's list, sorted by code."""
        rows = self._session.rows(
            select(PROFESSION.c.content).where(PROFESSION.c.authority_id == authority_id)
        )
        found = (Profession.model_validate_json(row["content"]) for row in rows)
        return tuple(sorted(found, key=lambda profession: profession.code))

    def put_profession(self, authority_id: str, profession: Profession) -> None:
        """Store or replace a listed profession."""
        row = {"authority_id": authority_id, "code": profession.code}
        self._session.change(
            delete(PROFESSION).where(
                PROFESSION.c.authority_id == authority_id, PROFESSION.c.code == profession.code
            )
        )
        self._session.change(insert(PROFESSION).values(row | {"content": text_of(profession)}))


class SqlActors:
    """`ports.ActorRepository` over the table actor."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def by_token(self, token_sha256: str) -> Actor:
        """Return the actor whose token has this digest; raise NotAuthenticated."""
        found = self._session.first(
            select(ACTOR.c.content).where(ACTOR.c.token_sha256 == token_sha256)
        )
        if found is None:
            raise NotAuthenticated("the token is not known here")
        return Actor.model_validate_json(found["content"])

    def add(self, actor: Actor) -> None:
        """Store a new actor; raise Conflict if the authority has one of that id."""
        row = {
            "authority_id": actor.authority_id,
            "actor_id": actor.actor_id,
            "token_sha256": actor.token_sha256,
            "content": text_of(actor),
        }
        if self._session.attempt(insert(ACTOR).values(row)) is None:
            raise Conflict("the authority has an actor of that id")
