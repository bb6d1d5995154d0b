"""Proposals in SQL: decisions that wait for a second officer."""

from uuid import UUID

from sqlalchemy import ColumnElement, insert, select, update

from licenses.errors import Conflict, NotFound
from licenses.model.register import LicenseKey, Proposal
from licenses.storage.rows import instant_text, text_of
from licenses.storage.session import Session
from licenses.storage.tables import PROPOSAL


class SqlProposals:
    """`ports.ProposalRepository` over the table proposal."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, proposal: Proposal) -> None:
        """Store a new proposal; raise Conflict for a known id."""
        if self._session.attempt(insert(PROPOSAL).values(_proposal_row(proposal))) is None:
            raise Conflict("a proposal of that id waits already")

    def get(self, key: LicenseKey, decision_id: UUID) -> Proposal:
        """Return the proposal; raise NotFound."""
        row = self._session.first(
            select(PROPOSAL.c.content).where(*_of(key), PROPOSAL.c.decision_id == str(decision_id))
        )
        if row is None:
            raise NotFound("there is no such proposal")
        return Proposal.model_validate_json(row["content"])

    def replace(self, proposal: Proposal) -> None:
        """Store the proposal's new state; raise NotFound."""
        row = _proposal_row(proposal)
        place = ("authority_id", "license_id", "decision_id")
        changed = self._session.change(
            update(PROPOSAL)
            .where(*(PROPOSAL.c[column] == row[column] for column in place))
            .values(row)
        )
        if changed == 0:
            raise NotFound("there is no such proposal")

    def of(self, key: LicenseKey) -> tuple[Proposal, ...]:
        """Return the license's proposals, oldest first."""
        rows = self._session.rows(
            select(PROPOSAL.c.content)
            .where(*_of(key))
            .order_by(PROPOSAL.c.proposed_at, PROPOSAL.c.decision_id)
        )
        return tuple(Proposal.model_validate_json(row["content"]) for row in rows)


def _of(key: LicenseKey) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return (
        PROPOSAL.c.authority_id == key.authority_id,
        PROPOSAL.c.license_id == str(key.license_id),
    )


def _proposal_row(proposal: Proposal) -> dict[str, str]:
    return {
        "authority_id": proposal.decision.authority_id,
        "license_id": str(proposal.decision.license_id),
        "decision_id": str(proposal.decision.decision_id),
        "proposed_at": instant_text(proposal.proposed_at),
        "content": text_of(proposal),
    }
