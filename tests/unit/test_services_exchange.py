"""The use cases of a provider: each step once, in order, and nothing leaves without its proof."""

import json
from collections.abc import Callable
from datetime import date, timedelta
from hashlib import sha256
from typing import Any

import pytest

from licenses.errors import AlreadyUsed, Expired, InvalidFields, NotFound, Unavailable
from licenses.model.exchange import (
    ENDED,
    EXCHANGE_LIFE,
    Exchange,
    ExchangeState,
    Identity,
    NcpEntry,
    Recipient,
)
from licenses.model.export import Export
from licenses.model.license import SealContent
from licenses.model.people import Person, PersonIdentifier, PersonName
from licenses.model.register import AuditAction, AuditEntry
from licenses.ports import ProviderDesk, UnitOfWork
from licenses.services import answer_exchange as way
from licenses.services.rulings import Revoke
from licenses.storage.memory import MemoryUnitOfWork
from tests.desks import HEALTH, IDENTIFIER, OTHER, Desk, applicant
from tests.doubles import DoubleStatusSigner, counted_ids, sealed_content
from tests.factories.elmo import RecipientFactory
from tests.unit.full_disk import FullDisk

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


@pytest.fixture
def here() -> Way:
    return Way()


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


def test_only_the_digest_of_a_browsers_secret_is_kept(here: Way) -> None:
    begun = here.begun()

    kept = here.stored(begun.exchange)

    assert kept.browser_sha256 == way.digest(begun.browser_secret)
    assert begun.browser_secret not in kept.model_dump_json()
    assert way.resume(here.desk, ENTRY, kept.exchange_id, begun.browser_secret) == kept


@pytest.mark.parametrize("secret", [None, "", "wrong"])
def test_another_browser_finds_no_exchange(here: Way, secret: str | None) -> None:
    exchange = here.begun().exchange

    with pytest.raises(NotFound):
        way.resume(here.desk, ENTRY, exchange.exchange_id, secret)


def test_another_provider_finds_no_exchange(here: Way) -> None:
    begun = here.begun()

    with pytest.raises(NotFound):
        way.resume(here.desk, ELSEWHERE, begun.exchange.exchange_id, begun.browser_secret)


def test_an_exchange_nobody_began_is_not_found(here: Way) -> None:
    with pytest.raises(NotFound):
        way.resume(here.desk, ENTRY, "0" * 32, "secret")


def test_after_thirty_minutes_an_exchange_is_over(here: Way) -> None:
    begun = here.begun()
    here.clock.now = begun.exchange.created_at + EXCHANGE_LIFE

    with pytest.raises(Expired):
        way.resume(here.desk, ENTRY, begun.exchange.exchange_id, begun.browser_secret)


def test_a_new_exchange_lets_go_of_the_persons_in_old_ones(here: Way) -> None:
    sent = here.at(ExchangeState.SENT)
    here.clock.now += EXCHANGE_LIFE + timedelta(minutes=1)

    here.begun()

    kept = here.stored(sent)
    assert (kept.identity, kept.document, kept.chosen) == (None, None, ())
    assert kept.document_sha256 == sent.document_sha256


def test_what_is_offered_are_the_persons_own_licenses_with_a_seal(here: Way) -> None:
    here.desk_of_authority.apply(number="HPR 7000002")
    other = applicant(
        names=(PersonName(given="Kari", family="Lie"),),
        identifiers=(PersonIdentifier(country="NO", type="national-id", value="11111100000"),),
    )
    here.desk_of_authority.issued(number="HPR 7000003", holder=other)

    offered = way.offers(here.desk, ENTRY, here.identified())

    assert [one.record.state.grant.number for one in offered] == ["HPR 7000001"]
    assert offered[0].by_default


def test_a_license_without_a_right_is_offered_and_not_ticked(here: Way) -> None:
    here.desk_of_authority.effective(here.license, REVOKED)

    (offered,) = way.offers(here.desk, ENTRY, here.identified())

    assert not offered.by_default


@pytest.mark.parametrize(
    "person",
    [
        {"birth_date": date(1970, 1, 1)},
        {"names": (PersonName(given="Kari", family="Lie"),)},
        {"identifiers": ()},
        {"identifiers": (PersonIdentifier(country="SE", type="national-id", value="17058800000"),)},
    ],
    ids=["another birth date", "another name", "no identifier", "another country's"],
)
def test_an_identifier_alone_hands_out_nobodys_licenses(here: Way, person: dict[str, Any]) -> None:
    exchange = here.identified(**person)

    assert way.offers(here.desk, ENTRY, exchange) == ()
    with pytest.raises(InvalidFields):
        way.choose(here.desk, ENTRY, exchange, [str(here.license.license_id)])


def test_a_provider_offers_nothing_of_authorities_it_does_not_serve(here: Way) -> None:
    assert way.offers(here.desk, ELSEWHERE, here.identified()) == ()


@pytest.mark.parametrize("ticked", [(), ("x",), ("own", "x"), ("",)])
def test_only_what_was_offered_can_be_ticked(here: Way, ticked: tuple[str, ...]) -> None:
    exchange = here.identified()
    own = str(here.license.license_id)
    ids = [own if one == "own" else one for one in ticked]

    with pytest.raises(InvalidFields):
        way.choose(here.desk, ENTRY, exchange, ids)

    assert here.stored(exchange) == exchange


def test_what_is_ticked_twice_is_sent_once(here: Way) -> None:
    own = str(here.license.license_id)

    chosen = way.choose(here.desk, ENTRY, here.identified(), [own, own])

    assert [str(one.license_id) for one in chosen.chosen] == [own]


def test_what_is_sent_is_stored_with_its_proof(here: Way) -> None:
    sent = here.at(ExchangeState.SENT)

    (export,), (entry,) = here.carrier.exports, here.audited(AuditAction.LICENSE_RELEASED)
    assert here.stored(sent) == sent
    assert sent.document_sha256 == sha256(sent.document or b"").hexdigest()
    assert export.delivery.consent_id == sent.consent_id
    assert export.delivery.audience == RECIPIENT.origin
    assert export.delivery.session_sha256 == sha256(SESSION.encode()).hexdigest()
    assert entry.subject == here.license.license_id.urn
    assert RECIPIENT.origin in entry.purpose


def test_the_statement_is_of_the_moment_of_consent(here: Way) -> None:
    chosen = here.chosen()
    here.desk_of_authority.effective(here.license, REVOKED)

    way.send(here.desk, ENTRY, chosen)

    (export,) = here.carrier.exports
    assert export.licenses[0].statement.level == "none"


def test_the_same_consent_given_twice_releases_once(here: Way) -> None:
    chosen = here.chosen()
    way.send(here.desk, ENTRY, chosen)

    with pytest.raises(AlreadyUsed):
        way.send(here.desk, ENTRY, chosen)

    assert len(here.audited(AuditAction.LICENSE_RELEASED)) == 1


def test_a_choice_changed_meanwhile_is_not_sent(here: Way) -> None:
    second = here.desk_of_authority.issued(number="HPR 7000002", holder=applicant())
    chosen = here.chosen()
    way.choose(here.desk, ENTRY, chosen, [str(second.license_id)])

    with pytest.raises(AlreadyUsed):
        way.send(here.desk, ENTRY, chosen)

    assert here.audited(AuditAction.LICENSE_RELEASED) == []


def test_a_key_that_fails_releases_nothing(here: Way) -> None:
    chosen = here.chosen()
    here.carrier.dead = True

    with pytest.raises(Unavailable):
        way.send(here.desk, ENTRY, chosen)

    assert here.stored(chosen) == chosen
    assert here.audited(AuditAction.LICENSE_RELEASED) == []


@pytest.mark.parametrize("where", ["audit", "commit"])
def test_where_the_proof_cannot_be_kept_nothing_is_released(here: Way, where: str) -> None:
    chosen = here.chosen()
    register = here.desk_of_authority
    here.uow = lambda: FullDisk(MemoryUnitOfWork(register.store), where)

    with pytest.raises(Unavailable):
        way.send(here.desk, ENTRY, chosen)

    assert here.stored(chosen) == chosen
    assert here.audited(AuditAction.LICENSE_RELEASED) == []


def test_where_a_login_cannot_be_recorded_nobody_is_logged_in(here: Way) -> None:
    exchange = here.begun().exchange
    register = here.desk_of_authority
    here.uow = lambda: FullDisk(MemoryUnitOfWork(register.store), "audit")

    with pytest.raises(Unavailable):
        way.identify(here.desk, ENTRY, exchange, identity())

    assert here.stored(exchange) == exchange


# Which step may be taken from which state: all others are refused and change nothing.

S = ExchangeState
STEPS: dict[str, tuple[Callable[[Way, Exchange], Exchange], set[ExchangeState]]] = {
    "identify": (
        lambda here, one: way.identify(here.desk, ENTRY, one, identity()),
        {S.REQUESTED},
    ),
    "choose": (
        lambda here, one: way.choose(here.desk, ENTRY, one, [str(here.license.license_id)]),
        {S.IDENTIFIED, S.CHOSEN},
    ),
    "send": (lambda here, one: way.send(here.desk, ENTRY, one), {S.CHOSEN}),
    "cancel": (
        lambda here, one: way.end(here.desk, one, S.CANCELLED),
        {S.REQUESTED, S.IDENTIFIED, S.CHOSEN},
    ),
}


_LEADS_TO = {"identify": S.IDENTIFIED, "choose": S.CHOSEN, "send": S.SENT, "cancel": S.CANCELLED}


@pytest.mark.parametrize("state", ExchangeState)
@pytest.mark.parametrize("step", STEPS)
def test_every_step_from_every_state(here: Way, step: str, state: ExchangeState) -> None:
    take, allowed = STEPS[step]
    before = here.at(state)

    if state in allowed:
        after = take(here, before)
        assert here.stored(after) == after
        assert after.state is _LEADS_TO[step]
    else:
        with pytest.raises(AlreadyUsed):
            take(here, before)
        assert here.stored(before) == before


@pytest.mark.parametrize("state", sorted(ENDED - {S.SENT}))
def test_an_end_without_sending_drops_everything_personal(here: Way, state: ExchangeState) -> None:
    ended = here.stored(here.at(state))

    assert ended.state is state
    assert (ended.identity, ended.chosen, ended.document) == (None, (), None)
    assert "Solberg" not in ended.model_dump_json()


def test_no_audit_entry_names_a_person(here: Way) -> None:
    here.at(ExchangeState.SENT)
    here.at(ExchangeState.CANCELLED)

    with here.desk_of_authority.uow() as uow:
        written = "".join(one.model_dump_json() for one in uow.audit.of(HEALTH))
    for word in ("Ingrid", "Solberg", "1988", "17058800000"):
        assert word not in written
