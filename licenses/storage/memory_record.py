"""Decisions with their chains, proposals and seals in memory."""

from uuid import UUID

from licenses.errors import Conflict, NotFound
from licenses.model.decision import Decision
from licenses.model.register import LicenseKey, Proposal, Seal, SealIntent
from licenses.storage.chain import ChainCheck, Head, Link, next_link
from licenses.storage.memory_state import State
from licenses.storage.rows import carries_out, text_of


class MemoryDecisions:
    """`ports.DecisionRepository` in memory, chained as in SQL."""

    def __init__(self, state: State) -> None:
        self._state = state

    def append(self, decision: Decision) -> None:
        """Record a decision at the end of its license's chain; raise Conflict for a known id."""
        links = self._links(decision.authority_id)
        if str(decision.decision_id) in (link.decision_id for link in links):
            raise Conflict("a decision of that id is on record")
        link = next_link(
            decision.authority_id,
            str(decision.license_id),
            str(decision.decision_id),
            text_of(decision),
            own=_own_head(links, str(decision.license_id)),
            log=_log_head(links),
        )
        self._state.links[decision.authority_id] = (*links, link)

    def of(self, key: LicenseKey) -> tuple[Decision, ...]:
        """Return all decisions in the order they were recorded; empty if there are none."""
        return tuple(
            Decision.model_validate_json(link.content)
            for link in self._links(key.authority_id)
            if link.license_id == str(key.license_id)
        )

    def verify_chain(self, authority_id: str) -> int:
        """Recompute every hash of the authority and return how many decisions stand."""
        check = ChainCheck(authority_id)
        links = self._links(authority_id)
        for link in links:
            check.follow(link)
        return check.finish(_log_head(links))

    def _links(self, authority_id: str) -> tuple[Link, ...]:
        return self._state.links.get(authority_id, ())


class MemoryProposals:
    """`ports.ProposalRepository` in memory."""

    def __init__(self, state: State) -> None:
        self._state = state

    def add(self, proposal: Proposal) -> None:
        """Store a new proposal; raise Conflict for a known id."""
        if _place(proposal) in self._state.proposals:
            raise Conflict("a proposal of that id waits already")
        self._state.proposals[_place(proposal)] = proposal

    def get(self, key: LicenseKey, decision_id: UUID) -> Proposal:
        """Return the proposal; raise NotFound."""
        if (found := self._state.proposals.get((key, decision_id))) is None:
            raise NotFound("there is no such proposal")
        return found

    def replace(self, proposal: Proposal) -> None:
        """Store the proposal's new state; raise NotFound."""
        self.get(*_place(proposal))
        self._state.proposals[_place(proposal)] = proposal

    def of(self, key: LicenseKey) -> tuple[Proposal, ...]:
        """Return the license's proposals, oldest first."""
        found = (one for (place, _), one in self._state.proposals.items() if place == key)
        return tuple(sorted(found, key=lambda one: (one.proposed_at, one.decision.decision_id)))


class MemorySeals:
    """`ports.SealRepository` in memory; a seal is readable while its holder is there."""

    def __init__(self, state: State) -> None:
        self._state = state

    def intend(self, intent: SealIntent) -> None:
        """Record that this seal is about to be made; raise Conflict for a known id."""
        if intent.seal_id in self._state.intents:
            raise Conflict("a seal of that id is intended already")
        self._state.intents[intent.seal_id] = intent

    def store(self, seal: Seal) -> None:
        """Keep the bytes of an intended seal.

        Raise Conflict if it was not intended so or is stored already, NotFound if its holder is
        not in the register.
        """
        intent = self._state.intents.get(seal.seal_id)
        if intent is None or not carries_out(intent, seal):
            raise Conflict("no such seal was intended")
        if (seal.key.authority_id, seal.holder_id) not in self._state.holders:
            raise NotFound("there is no such holder")
        if seal.seal_id in self._state.seals:
            raise Conflict("the seal is stored already")
        self._state.seals[seal.seal_id] = seal

    def get(self, seal_id: str) -> Seal:
        """Return the seal; raise NotFound, also for one intended and never made."""
        return self._readable(self._state.seals.get(seal_id))

    def newest(self, key: LicenseKey) -> Seal:
        """Return the seal with the highest record version; raise NotFound."""
        found = (one for one in self._state.seals.values() if one.key == key)
        return self._readable(
            max(found, key=lambda one: (one.record_version, one.sealed_at), default=None)
        )

    def _readable(self, seal: Seal | None) -> Seal:
        if seal is None or (seal.key.authority_id, seal.holder_id) not in self._state.holders:
            raise NotFound("there is no such seal")
        return seal


def _own_head(links: tuple[Link, ...], license_id: str) -> Head:
    own = [link for link in links if link.license_id == license_id]
    return Head(own[-1].seq, own[-1].hash) if own else Head()


def _log_head(links: tuple[Link, ...]) -> Head:
    return Head(links[-1].log_seq, links[-1].log_hash) if links else Head()


def _place(proposal: Proposal) -> tuple[LicenseKey, UUID]:
    decision = proposal.decision
    key = LicenseKey(authority_id=decision.authority_id, license_id=decision.license_id)
    return key, decision.decision_id
