"""Exchanges of an NCP and sessions of an SMP; over memory and SQL."""

from datetime import timedelta

import pytest

from licenses.errors import AlreadyUsed, Conflict, NotFound
from licenses.model.exchange import ChosenLicense, ExchangeState
from tests.storage.builders import (
    AUTHORITY,
    NOON,
    digest,
    exchange,
    identity,
    new_uuid,
    person,
    public_id,
    reception,
    verdict_over,
)
from tests.storage.conftest import Register


def test_an_exchange_comes_back_as_stored(register: Register) -> None:
    stored = exchange(
        state=ExchangeState.SENT,
        identity=identity(person()),
        chosen=(ChosenLicense(authority_id=AUTHORITY, license_id=new_uuid()),),
        consent_id=public_id(),
        document=b"\xff\x00 not text",
        document_sha256=digest("document"),
    )
    with register() as uow:
        uow.exchanges.add(stored)
        uow.commit()

    with register() as uow:
        assert uow.exchanges.get(stored.exchange_id) == stored


def test_an_unknown_exchange_is_not_found(register: Register) -> None:
    with register() as uow, pytest.raises(NotFound):
        uow.exchanges.get(public_id())


def test_an_exchange_begins_once(register: Register) -> None:
    stored = exchange()
    with register() as uow:
        uow.exchanges.add(stored)

        with pytest.raises(Conflict):
            uow.exchanges.add(stored)


def test_the_next_state_of_an_exchange_replaces_the_expected_one(register: Register) -> None:
    first = exchange()
    second = first.model_copy(update={"state": ExchangeState.IDENTIFIED})
    with register() as uow:
        uow.exchanges.add(first)
        uow.exchanges.replace(second, expected=first)

        assert uow.exchanges.get(first.exchange_id) == second


def test_an_exchange_that_has_gone_on_is_already_used(register: Register) -> None:
    first = exchange()
    second = first.model_copy(update={"state": ExchangeState.IDENTIFIED})
    with register() as uow:
        uow.exchanges.add(first)
        uow.exchanges.replace(second, expected=first)
        with pytest.raises(AlreadyUsed):
            uow.exchanges.replace(
                first.model_copy(update={"state": ExchangeState.CANCELLED}), expected=first
            )

        assert uow.exchanges.get(first.exchange_id) == second


def test_an_unknown_exchange_cannot_go_on(register: Register) -> None:
    first = exchange()
    with register() as uow, pytest.raises(NotFound):
        uow.exchanges.replace(first, expected=first)


def test_persons_are_dropped_from_exchanges_begun_before_and_from_no_other(
    register: Register,
) -> None:
    old = exchange(identity=identity(person()), created_at=NOON - timedelta(minutes=1))
    document = exchange(document=b"elmo", created_at=NOON - timedelta(hours=1))
    empty = exchange(created_at=NOON - timedelta(hours=1))
    young = exchange(identity=identity(person()), created_at=NOON)
    with register() as uow:
        for one in (old, document, empty, young):
            uow.exchanges.add(one)
        dropped = uow.exchanges.drop_persons(NOON)
        uow.commit()

    assert dropped == 2
    with register() as uow:
        assert uow.exchanges.get(old.exchange_id) == old.without_person()
        assert uow.exchanges.get(document.exchange_id) == document.without_person()
        assert uow.exchanges.get(empty.exchange_id) == empty
        assert uow.exchanges.get(young.exchange_id) == young
        assert uow.exchanges.drop_persons(NOON) == 0


def test_a_person_that_came_in_later_is_dropped_too(register: Register) -> None:
    begun = exchange()
    named = begun.model_copy(update={"identity": identity(person())})
    with register() as uow:
        uow.exchanges.add(begun)
        uow.exchanges.replace(named, expected=begun)

        assert uow.exchanges.drop_persons(NOON + timedelta(hours=1)) == 1
        assert uow.exchanges.get(begun.exchange_id) == begun


def test_a_session_comes_back_with_the_verdict_and_the_document(register: Register) -> None:
    begun = reception()
    answered = begun.model_copy(
        update={"used_at": NOON, "verdict": verdict_over(person()), "document": b"\xfe\xff"}
    )
    with register() as uow:
        uow.receptions.add(begun)
        uow.receptions.replace(answered, expected=begun)
        uow.commit()

    with register() as uow:
        assert uow.receptions.get(begun.session_id) == answered


def test_an_unknown_session_is_not_found(register: Register) -> None:
    with register() as uow, pytest.raises(NotFound):
        uow.receptions.get(public_id())


def test_a_session_begins_once(register: Register) -> None:
    begun = reception()
    with register() as uow:
        uow.receptions.add(begun)

        with pytest.raises(Conflict):
            uow.receptions.add(begun)


def test_a_session_is_answered_once(register: Register) -> None:
    begun = reception()
    answered = begun.model_copy(update={"used_at": NOON})
    with register() as uow:
        uow.receptions.add(begun)
        uow.receptions.replace(answered, expected=begun)
        with pytest.raises(AlreadyUsed):
            uow.receptions.replace(
                begun.model_copy(update={"used_at": NOON + timedelta(seconds=1)}), expected=begun
            )

        assert uow.receptions.get(begun.session_id) == answered


def test_an_unknown_session_cannot_be_answered(register: Register) -> None:
    begun = reception()
    with register() as uow, pytest.raises(NotFound):
        uow.receptions.replace(begun, expected=begun)


def test_a_document_is_noticed_when_another_session_received_it_before(register: Register) -> None:
    with register() as uow:
        assert not uow.receptions.seen(digest("elmo"), "a" * 32)
        assert not uow.receptions.seen(digest("elmo"), "a" * 32)
        assert not uow.receptions.seen(digest("other"), "b" * 32)
        assert uow.receptions.seen(digest("elmo"), "b" * 32)
        uow.commit()

    with register() as uow:
        assert uow.receptions.seen(digest("elmo"), "a" * 32)


def test_sessions_begun_before_are_dropped_and_no_other(register: Register) -> None:
    old, young = reception(created_at=NOON - timedelta(seconds=1)), reception(created_at=NOON)
    with register() as uow:
        uow.receptions.add(old)
        uow.receptions.add(young)
        dropped = uow.receptions.drop(NOON)

        assert dropped == 1
        assert uow.receptions.get(young.session_id) == young
        with pytest.raises(NotFound):
            uow.receptions.get(old.session_id)
