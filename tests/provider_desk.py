"""A provider over an in-memory register, and the steps of an exchange on it, for its tests."""

import json
from collections.abc import Callable
from hashlib import sha256
from typing import Any

from licenses.errors import Unavailable
from licenses.model.exchange import (
    Exchange,
    ExchangeState,
    Identity,
    NcpEntry,
    Recipient,
)
from licenses.model.export import Export
from licenses.model.license import SealContent
from licenses.model.people import Person
from licenses.model.register import AuditAction, AuditEntry
from licenses.ports import ProviderDesk, UnitOfWork
from licenses.services import answer_exchange as way
from licenses.services.rulings import Revoke
from tests.desks import HEALTH, IDENTIFIER, OTHER, Desk, applicant
from tests.doubles import DoubleStatusSigner, counted_ids, sealed_content
from tests.factories.elmo import RecipientFactory

ENTRY = NcpEntry(
    slug="no",
    name="Norway's provider",
    country="NO",
    url="https://ncp.example/no",
    authority_ids=(HEALTH,),
)
ELSEWHERE = ENTRY.model_copy(update={"slug": "se", "authority_ids": (OTHER,)})
RECIPIENT: Recipient = RecipientFactory.build()
INGRID = applicant()
SESSION = "session of the hospital"
REVOKED = Revoke(reason_codes=("unsafe-practice",))


class DoubleCarrier:
    """Writes an export as JSON, or fails as a key does."""

    def __init__(self) -> None:
        self.exports: list[Export] = []
        self.dead = False

    def content_of(self, sealed: bytes) -> SealContent:
        return sealed_content(sealed)

    def carry(self, export: Export, entry: NcpEntry, recipient: Recipient) -> bytes:
        if self.dead:
            raise Unavailable("the key does not answer")
        self.exports.append(export)
        return json.dumps([entry.slug, recipient.origin, export.learner.current_name.full]).encode()


class TokenSigner(DoubleStatusSigner):
    """States the statement in a form that a token has."""

    def sign(self, statement: Any) -> str:
        return f"a.b.{sha256(super().sign(statement).encode()).hexdigest()}"


class Way:
    """A provider over a register with one license of Ingrid, and steps along the way."""

    def __init__(self) -> None:
        self.desk_of_authority = Desk()
        self.license = self.desk_of_authority.issued()
        self.carrier = DoubleCarrier()
        self.clock = self.desk_of_authority.clock
        self.uow: Callable[[], UnitOfWork] = self.desk_of_authority.uow
        self.ids = counted_ids()

    @property
    def desk(self) -> ProviderDesk:
        """The provider's desk as it is now."""
        return ProviderDesk(self.uow, self.clock, self.ids, self.carrier, TokenSigner())

    def begun(self) -> way.Begun:
        """Begin an exchange."""
        return way.begin(self.desk, ENTRY, RECIPIENT, SESSION)

    def identified(self, **person: Any) -> Exchange:
        """Begin an exchange and log in."""
        return way.identify(self.desk, ENTRY, self.begun().exchange, identity(**person))

    def chosen(self) -> Exchange:
        """Go on to where the holder has ticked the license."""
        return way.choose(self.desk, ENTRY, self.identified(), [str(self.license.license_id)])

    def at(self, state: ExchangeState) -> Exchange:
        """Return an exchange that has come so far."""
        match state:
            case ExchangeState.REQUESTED:
                return self.begun().exchange
            case ExchangeState.IDENTIFIED:
                return self.identified()
            case ExchangeState.CHOSEN:
                return self.chosen()
            case ExchangeState.SENT:
                return way.send(self.desk, ENTRY, self.chosen())
            case _:
                return way.end(self.desk, self.chosen(), state)

    def stored(self, exchange: Exchange) -> Exchange:
        """Return the exchange as it is kept."""
        with self.desk_of_authority.uow() as uow:
            return uow.exchanges.get(exchange.exchange_id)

    def audited(self, action: AuditAction) -> list[AuditEntry]:
        """Return the entries of one kind."""
        with self.desk_of_authority.uow() as uow:
            return [one for one in uow.audit.of(HEALTH) if one.action is action]


def identity(**changed: Any) -> Identity:
    """Return Ingrid as a login describes her."""
    stated: dict[str, Any] = {"names": INGRID.names, "birth_date": INGRID.birth_date}
    identifiers = changed.pop("identifiers", (IDENTIFIER,))
    return Identity(
        subject="ingrid",
        person=Person(**stated | changed),
        identifiers=identifiers,
        level="high",
    )
