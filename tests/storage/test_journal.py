"""The audit log, the outbox and answers already given; over memory and SQL."""

from datetime import timedelta
from typing import Any

import pytest

from licenses.errors import AlreadyUsed, Conflict, KeyReused
from tests.storage.builders import (
    AUTHORITY,
    NOON,
    OTHER_AUTHORITY,
    audit_entry,
    digest,
    message,
    receipt,
    request_key,
)
from tests.storage.conftest import Register


def test_audit_entries_come_in_the_order_they_were_written(register: Register) -> None:
    entries = [audit_entry(subject=f"license {n}", at=NOON - timedelta(n)) for n in range(12)]
    with register() as uow:
        for entry in entries:
            uow.audit.record(entry)
        uow.commit()

    with register() as uow:
        assert uow.audit.of(AUTHORITY) == tuple(entries)


def test_each_authority_has_its_own_audit_log(register: Register) -> None:
    entry = audit_entry(authority_id=OTHER_AUTHORITY)
    with register() as uow:
        uow.audit.record(audit_entry())
        uow.audit.record(entry)

        assert uow.audit.of(OTHER_AUTHORITY) == (entry,)
        assert uow.audit.of("https://nobody.example/") == ()


def test_equal_audit_entries_are_both_kept(register: Register) -> None:
    with register() as uow:
        uow.audit.record(audit_entry())
        uow.audit.record(audit_entry())

        assert uow.audit.of(AUTHORITY) == (audit_entry(), audit_entry())


def test_waiting_messages_come_oldest_first_up_to_the_limit(register: Register) -> None:
    old, middle, new = (message(created_at=NOON + timedelta(hours=n)) for n in range(3))
    with register() as uow:
        for one in (middle, new, old):
            uow.outbox.put(one)
        uow.commit()

    with register() as uow:
        assert uow.outbox.waiting(2) == (old, middle)
        assert uow.outbox.waiting(10) == (old, middle, new)


def test_a_message_is_put_once(register: Register) -> None:
    first = message()
    with register() as uow:
        uow.outbox.put(first)
        with pytest.raises(Conflict):
            uow.outbox.put(first)

        assert uow.outbox.waiting(10) == (first,)


def test_a_message_of_a_change_that_was_not_kept_does_not_wait(register: Register) -> None:
    with register() as uow:
        uow.outbox.put(message())

    with register() as uow:
        assert uow.outbox.waiting(10) == ()


def test_a_new_key_has_no_answer(register: Register) -> None:
    with register() as uow:
        assert uow.idempotency.find(request_key()) is None


def test_the_same_request_gets_the_answer_given_before(register: Register) -> None:
    answer = receipt(seal_id="a" * 32, record_version=1)
    with register() as uow:
        uow.idempotency.put(request_key(), answer)
        uow.commit()

    with register() as uow:
        assert uow.idempotency.find(request_key()) == answer


def test_a_key_with_another_body_is_refused(register: Register) -> None:
    with register() as uow:
        uow.idempotency.put(request_key(), receipt())

        with pytest.raises(KeyReused):
            uow.idempotency.find(request_key(body_sha256=digest("another body")))


@pytest.mark.parametrize(
    "other",
    [{"authority_id": OTHER_AUTHORITY}, {"actor_id": "officer-2"}, {"key": "8E0F-1"}],
    ids=["authority", "actor", "key"],
)
def test_a_key_counts_for_one_actor_alone(register: Register, other: dict[str, Any]) -> None:
    with register() as uow:
        uow.idempotency.put(request_key(), receipt())

        assert uow.idempotency.find(request_key(**other)) is None


@pytest.mark.parametrize("body", ["a body", "another body"])
def test_an_answer_is_kept_once(register: Register, body: str) -> None:
    answer = receipt()
    with register() as uow:
        uow.idempotency.put(request_key(), answer)
        with pytest.raises(AlreadyUsed):
            uow.idempotency.put(request_key(body_sha256=digest(body)), receipt())

        assert uow.idempotency.find(request_key()) == answer
