"""Many threads write at once: no error, no loss, one winner where there is one prize."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import Engine

from licenses.errors import AlreadyUsed, NumberTaken, StaleVersion
from licenses.model.register import LicenseFilter
from licenses.storage import SqlUnitOfWork, Vault, open_engine
from tests.factories import DecisionFactory, GrantFactory
from tests.storage.builders import (
    AUTHORITY,
    NOON,
    audit_entry,
    exchange,
    holder,
    public_id,
    receipt,
    record,
    request_key,
)
from tests.storage.conftest import Register

THREADS, EACH = 20, 5


def in_parallel(work: Callable[[int], bool]) -> int:
    """Let every thread do the work at once; return how many of them say True."""
    with ThreadPoolExecutor(THREADS) as pool:
        return sum(pool.map(work, range(THREADS)))


def test_twenty_threads_write_without_an_error_or_a_loss(register: Register) -> None:
    def work(_: int) -> bool:
        for _round in range(EACH):
            license_, who = record(), holder()
            with register() as uow:
                uow.holders.add(who)
                uow.decisions.append(DecisionFactory.build(license_id=license_.key.license_id))
                uow.licenses.add(license_)
                uow.audit.record(audit_entry())
                uow.commit()
        return True

    assert in_parallel(work) == THREADS
    with register() as uow:
        assert uow.decisions.verify_chain(AUTHORITY) == THREADS * EACH
        assert len(uow.audit.of(AUTHORITY)) == THREADS * EACH
        page = uow.licenses.page(AUTHORITY, LicenseFilter(), at=NOON, after=None, limit=1000)
        assert len(page.records) == THREADS * EACH


def test_one_of_many_gets_the_number(register: Register) -> None:
    def work(_: int) -> bool:
        try:
            with register() as uow:
                uow.licenses.add(record(grant=GrantFactory.build(number="HPR 1")))
                uow.commit()
        except NumberTaken:
            return False
        return True

    assert in_parallel(work) == 1


def test_one_of_many_replaces_a_version(register: Register) -> None:
    license_ = record()
    with register() as uow:
        uow.licenses.add(license_)
        uow.commit()

    def work(_: int) -> bool:
        try:
            with register() as uow:
                read = uow.licenses.get(license_.key)
                uow.licenses.replace(
                    read.model_copy(update={"version": 2}), expected_version=license_.version
                )
                uow.commit()
        except StaleVersion:
            return False
        return True

    assert in_parallel(work) == 1


def test_one_of_many_uses_an_exchange(register: Register) -> None:
    begun = exchange()
    with register() as uow:
        uow.exchanges.add(begun)
        uow.commit()

    def work(_: int) -> bool:
        after = begun.model_copy(update={"consent_id": public_id()})
        try:
            with register() as uow:
                uow.exchanges.replace(after, expected=begun)
                uow.commit()
        except AlreadyUsed:
            return False
        return True

    assert in_parallel(work) == 1


def test_one_of_many_answers_a_request(register: Register) -> None:
    def work(_: int) -> bool:
        try:
            with register() as uow:
                uow.idempotency.put(request_key(), receipt())
                uow.commit()
        except AlreadyUsed:
            return False
        return True

    assert in_parallel(work) == 1


@pytest.fixture
def two_engines(file: Path) -> Iterator[tuple[Engine, Engine]]:
    one, other = (open_engine(f"sqlite:///{file}") for _ in range(2))
    yield one, other
    one.dispose()
    other.dispose()


def test_two_programs_may_write_to_one_file(
    two_engines: tuple[Engine, Engine], vault: Vault
) -> None:
    def work(number: int) -> bool:
        with SqlUnitOfWork(two_engines[number % 2], vault) as uow:
            uow.decisions.append(DecisionFactory.build())
            uow.commit()
        return True

    assert in_parallel(work) == THREADS
    with SqlUnitOfWork(two_engines[0], vault) as uow:
        assert uow.decisions.verify_chain(AUTHORITY) == THREADS
