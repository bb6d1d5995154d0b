"""The bodies about decisions: one form for each event, chosen by the field `event`."""

from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import ConfigDict, Discriminator, Field, Tag

from api.schemas import examples
from api.schemas.base import Answer, Body
from api.schemas.licenses import EncumbranceAnswer, GrantAnswer, NameBody
from licenses.model.decision import ActorRef, Decision
from licenses.model.lifecycle import Event
from licenses.model.people import Person
from licenses.model.register import Proposal, ProposalState
from licenses.model.values import Code, Instant, Text
from licenses.services.read_license import History
from licenses.services.rulings import (
    Correct,
    Issue,
    Lift,
    Refuse,
    Reinstate,
    Renew,
    Restrict,
    Revoke,
    Ruling,
    Surrender,
    Suspend,
)


class IssueBody(Issue, Body):
    """Grant what was applied for."""

    event: Literal["issue"]


class RefuseBody(Refuse, Body):
    """Turn the application down."""

    event: Literal["refuse"]


class RestrictBody(Restrict, Body):
    """Lay a limit on the license."""

    event: Literal["restrict"]


class LiftBody(Lift, Body):
    """End one limit."""

    event: Literal["lift"]


class SuspendBody(Suspend, Body):
    """Forbid practice for a time."""

    event: Literal["suspend"]


class ReinstateBody(Reinstate, Body):
    """End a suspension, or give back what was revoked or surrendered."""

    event: Literal["reinstate"]


class RevokeBody(Revoke, Body):
    """Take the right away."""

    event: Literal["revoke"]


class SurrenderBody(Surrender, Body):
    """Record that the holder gave the license up."""

    event: Literal["surrender"]


def _event_of(body: object) -> str | None:
    """Return what chooses the form; the framework's own way forbids validators on it.

    What is no object is given to the first form, which says so; an event that is no text is an
    unknown one.
    """
    if isinstance(body, Body):
        return str(getattr(body, "event", ""))
    if not isinstance(body, dict):
        return "issue"
    event = body.get("event")
    return event if isinstance(event, str) or event is None else ""


DecisionBody = Annotated[
    Annotated[IssueBody, Tag("issue")]
    | Annotated[RefuseBody, Tag("refuse")]
    | Annotated[RestrictBody, Tag("restrict")]
    | Annotated[LiftBody, Tag("lift")]
    | Annotated[SuspendBody, Tag("suspend")]
    | Annotated[ReinstateBody, Tag("reinstate")]
    | Annotated[RevokeBody, Tag("revoke")]
    | Annotated[SurrenderBody, Tag("surrender")],
    Discriminator(_event_of),
]
"""Any decision but renewal and correction, which have addresses of their own."""

RULINGS: dict[type[Body], type[Ruling]] = {
    IssueBody: Issue,
    RefuseBody: Refuse,
    RestrictBody: Restrict,
    LiftBody: Lift,
    SuspendBody: Suspend,
    ReinstateBody: Reinstate,
    RevokeBody: Revoke,
    SurrenderBody: Surrender,
}

EXAMPLES: dict[str, Any] = {
    "issue": {"value": {"event": "issue"}},
    "refuse": {"value": {"event": "refuse", "reasonCodes": ["qualification-missing"]}},
    "restrict": {
        "value": {
            "event": "restrict",
            "kind": "supervision-order",
            "termCodes": ["supervision.direct"],
            "reasonCodes": ["unsafe-practice"],
            "until": "2027-06-30",
        }
    },
    "lift": {"value": {"event": "lift", "encumbranceId": "01890000-0000-7000-8000-00000000aaaa"}},
    "suspend": {"value": {"event": "suspend", "reasonCodes": ["unsafe-practice"]}},
    "reinstate": {"value": {"event": "reinstate"}},
    "revoke": {
        "value": {
            "event": "revoke",
            "reasonCodes": ["fraud"],
            "effectiveFrom": "2026-09-01T00:00:00+02:00",
        }
    },
    "surrender": {"value": {"event": "surrender", "reasonCodes": ["voluntary"]}},
}


class RenewalBody(Renew, Body):
    """Prolong the license to a later last local day."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"validUntil": "2035-12-31"}]})


class PersonBody(Person, Body):
    """The holder's names and birth date as they should have been."""

    names: Annotated[tuple[NameBody, ...], Field(min_length=1, max_length=10)]


class CorrectionBody(Correct, Body):
    """Set right what was recorded wrongly; a field left out stays as it is."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"number": "HPR 7000010"}]})

    holder: PersonBody | None = None


class ActorAnswer(ActorRef, Answer):
    """Who acted, by id and role."""


class DecisionAnswer(Answer):
    """One decision as recorded."""

    decision_id: UUID
    event: Event
    decided_on: date
    effective_from: Instant
    effective_until: Instant | None
    recorded_at: Instant
    reason_codes: tuple[Code, ...]
    legal_basis: tuple[Text, ...]
    actor: ActorAnswer
    approver: ActorAnswer | None
    grant: GrantAnswer | None
    encumbrance: EncumbranceAnswer | None
    lifts: UUID | None
    amends: UUID | None

    @classmethod
    def of_decision(cls, decision: Decision) -> "DecisionAnswer":
        """Return the decision, its grant in the words of an application."""
        grant = None if decision.grant is None else GrantAnswer.of_grant(decision.grant)
        return cls.of(decision, grant=grant)


class ProposalAnswer(Answer):
    """A decision that waits, or waited, for a second officer."""

    state: ProposalState
    proposed_at: Instant
    decision: DecisionAnswer

    @classmethod
    def of_proposal(cls, proposal: Proposal) -> "ProposalAnswer":
        """Return the proposal with its decision."""
        decision = DecisionAnswer.of_decision(proposal.decision)
        return cls(state=proposal.state, proposed_at=proposal.proposed_at, decision=decision)


class HistoryAnswer(Answer):
    """All decisions of a license and its proposals, each oldest first."""

    model_config = ConfigDict(json_schema_extra={"examples": [examples.HISTORY]})

    decisions: tuple[DecisionAnswer, ...]
    proposals: tuple[ProposalAnswer, ...]

    @classmethod
    def of_history(cls, history: History) -> "HistoryAnswer":
        """Return what the authority has read."""
        return cls(
            decisions=tuple(DecisionAnswer.of_decision(one) for one in history.decisions),
            proposals=tuple(ProposalAnswer.of_proposal(one) for one in history.proposals),
        )
