"""The use cases of a provider: each step once, in order, and nothing leaves without its proof."""

from datetime import date, timedelta
from hashlib import sha256
from typing import Any

import pytest

from licenses.errors import AlreadyUsed, Expired, InvalidFields, NotFound, Unavailable
from licenses.model.exchange import (
    EXCHANGE_LIFE,
    ExchangeState,
)
from licenses.model.people import PersonIdentifier, PersonName
from licenses.model.register import AuditAction
from licenses.services import answer_exchange as way
from licenses.storage.memory import MemoryUnitOfWork
from tests.desks import applicant
from tests.provider_desk import ELSEWHERE, ENTRY, RECIPIENT, REVOKED, SESSION, Way, identity
from tests.unit.full_disk import FullDisk


@pytest.fixture
def here() -> Way:
    return Way()


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
    assert offered[0].standing.level.gives_a_right


def test_a_license_without_a_right_is_offered_and_gives_none(here: Way) -> None:
    here.desk_of_authority.effective(here.license, REVOKED)

    (offered,) = way.offers(here.desk, ENTRY, here.identified())

    assert not offered.standing.level.gives_a_right


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
