"""Authorities, actors, holders and licenses in memory."""

from datetime import datetime
from itertools import islice
from uuid import UUID

from licenses.errors import Conflict, NotAuthenticated, NotFound, NumberTaken, StaleVersion
from licenses.model.authority import Authority
from licenses.model.people import Holder, PersonIdentifier
from licenses.model.profession import Profession
from licenses.model.register import Actor, LicenseFilter, LicenseKey, LicenseRecord
from licenses.model.values import comparable_number
from licenses.ports import Page
from licenses.storage.memory_record import MemoryDecisions
from licenses.storage.memory_state import State
from licenses.storage.rows import bearing, cursor_after, cursor_read, matches


class MemoryAuthorities:
    """`ports.AuthorityRepository` in memory."""

    def __init__(self, state: State) -> None:
        self._state = state

    def get(self, authority_id: str) -> Authority:
        """Return the authority; raise NotFound."""
        if (found := self._state.authorities.get(authority_id)) is None:
            raise NotFound("there is no such authority here")
        return found

    def all(self) -> tuple[Authority, ...]:
        """Return every authority kept here, sorted by id."""
        return tuple(authority for _, authority in sorted(self._state.authorities.items()))

    def put(self, authority: Authority) -> None:
        """Store or replace an authority."""
        self._state.authorities[authority.id] = authority

    def profession(self, authority_id: str, code: str) -> Profession:
        """Return one listed profession; raise NotFound."""
        if (found := self._state.professions.get((authority_id, code))) is None:
            raise NotFound("the authority lists no such profession")
        return found

    def professions(self, authority_id: str) -> tuple[Profession, ...]:
        """Return the authority's list, sorted by code."""
        listed = self._state.professions
        return tuple(listed[key] for key in sorted(listed) if key[0] == authority_id)

    def put_profession(self, authority_id: str, profession: Profession) -> None:
        """Store or replace a listed profession."""
        self._state.professions[authority_id, profession.code] = profession


class MemoryActors:
    """`ports.ActorRepository` in memory."""

    def __init__(self, state: State) -> None:
        self._state = state

    def by_token(self, token_sha256: str) -> Actor:
        """Return the actor whose token has this digest; raise NotAuthenticated."""
        for actor in self._state.actors.values():
            if actor.token_sha256 == token_sha256:
                return actor
        raise NotAuthenticated("the token is not known here")

    def add(self, actor: Actor) -> None:
        """Store a new actor; raise Conflict if the authority has one of that id."""
        key = (actor.authority_id, actor.actor_id)
        if key in self._state.actors:
            raise Conflict("the authority has an actor of that id")
        self._state.actors[key] = actor


class MemoryHolders:
    """`ports.HolderRepository` in memory; to be erased is not to be there."""

    def __init__(self, state: State) -> None:
        self._state = state

    def get(self, authority_id: str, holder_id: UUID) -> Holder:
        """Return the holder; raise NotFound, also when the person was erased."""
        if (found := self._state.holders.get((authority_id, holder_id))) is None:
            raise NotFound("there is no such holder")
        return found

    def find(self, authority_id: str, identifier: PersonIdentifier) -> Holder | None:
        """Return who bears the identifier, or None."""
        wanted = bearing(identifier)
        for holder in self._state.holders.values():
            if holder.authority_id == authority_id and wanted in _borne(holder):
                return holder
        return None

    def add(self, holder: Holder) -> None:
        """Store a new holder; raise Conflict if an identifier belongs to another."""
        self._refuse_those_of_others(holder)
        if (holder.authority_id, holder.holder_id) in self._state.holders:
            raise Conflict("a holder of that id is in the register")
        self._keep(holder)

    def replace(self, holder: Holder) -> None:
        """Store the holder's new description; identifiers may only grow."""
        stored = self.get(holder.authority_id, holder.holder_id)
        self._refuse_those_of_others(holder)
        if not _borne(stored) <= _borne(holder):
            raise Conflict("an identifier of a holder may be added, never taken away")
        self._keep(holder)

    def erase(self, authority_id: str, holder_id: UUID) -> None:
        """Forget the person; raise NotFound for one unknown or erased already."""
        self.get(authority_id, holder_id)
        del self._state.holders[authority_id, holder_id]

    def _keep(self, holder: Holder) -> None:
        self._state.holders[holder.authority_id, holder.holder_id] = holder

    def _refuse_those_of_others(self, holder: Holder) -> None:
        for identifier in holder.identifiers:
            other = self.find(holder.authority_id, identifier)
            if other is not None and other.holder_id != holder.holder_id:
                raise Conflict("an identifier belongs to another holder")


class MemoryLicenses:
    """`ports.LicenseRepository` in memory."""

    def __init__(self, state: State) -> None:
        self._state = state

    def get(self, key: LicenseKey) -> LicenseRecord:
        """Return the license; raise NotFound, never return None."""
        if (found := self._state.licenses.get(key)) is None:
            raise NotFound("there is no such license")
        return found

    def add(self, record: LicenseRecord) -> None:
        """Store a new license; raise NumberTaken if the authority uses the number."""
        if record.key in self._state.licenses:
            raise Conflict("a license of that id is in the register")
        self._refuse_taken_number(record)
        self._state.licenses[record.key] = record

    def replace(self, record: LicenseRecord, *, expected_version: int) -> None:
        """Store the next state; raise StaleVersion, NumberTaken or NotFound."""
        if self.get(record.key).version != expected_version:
            raise StaleVersion("the license has changed since it was read")
        self._refuse_taken_number(record)
        self._state.licenses[record.key] = record

    def of_holder(self, authority_id: str, holder_id: UUID) -> tuple[LicenseRecord, ...]:
        """Return the holder's licenses, oldest first."""
        return tuple(one for one in self._of(authority_id) if one.holder_id == holder_id)

    def page(
        self,
        authority_id: str,
        wanted: LicenseFilter,
        *,
        at: datetime,
        after: str | None,
        limit: int,
    ) -> Page:
        """Return licenses in the order of their ids, from behind the cursor `after`."""
        last = None if after is None else cursor_read(authority_id, after)
        behind = (
            one for one in self._of(authority_id) if last is None or one.key.license_id > last
        )
        of = MemoryDecisions(self._state).of
        fitting = (one for one in behind if matches(one, wanted, at, of))
        found = tuple(islice(fitting, limit + 1))
        if len(found) <= limit:
            return Page(found, None)
        return Page(found[:limit], cursor_after(authority_id, found[limit - 1].key.license_id))

    def _of(self, authority_id: str) -> list[LicenseRecord]:
        found = (one for one in self._state.licenses.values() if _is_of(one, authority_id))
        return sorted(found, key=lambda one: one.key.license_id)

    def _refuse_taken_number(self, record: LicenseRecord) -> None:
        number = comparable_number(record.state.grant.number)
        for other in self._of(record.key.authority_id):
            if other.key != record.key and comparable_number(other.state.grant.number) == number:
                raise NumberTaken("another license of this authority bears the number")


def _is_of(record: LicenseRecord, authority_id: str) -> bool:
    return record.key.authority_id == authority_id


def _borne(holder: Holder) -> set[tuple[str, str, str]]:
    return {bearing(identifier) for identifier in holder.identifiers}
