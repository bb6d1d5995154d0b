"""What a unit of work promises, over memory and SQL."""

from threading import Event as Signal
from threading import Thread

import pytest

from licenses.errors import NotFound
from tests.factories import AuthorityFactory
from tests.storage.conftest import Register


def test_what_was_not_committed_is_forgotten(register: Register) -> None:
    authority = AuthorityFactory.build()
    with register() as uow:
        uow.authorities.put(authority)

    with register() as uow, pytest.raises(NotFound):
        uow.authorities.get(authority.id)


def test_an_error_inside_forgets_everything_since_the_last_commit(register: Register) -> None:
    kept, lost = AuthorityFactory.build(), AuthorityFactory.build(id="https://lost.example/")

    def fails_half_way() -> None:
        with register() as uow:
            uow.authorities.put(kept)
            uow.commit()
            uow.authorities.put(lost)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fails_half_way()

    with register() as uow:
        assert uow.authorities.all() == (kept,)


def test_what_was_committed_is_found_by_the_next_unit(register: Register) -> None:
    authority = AuthorityFactory.build()
    with register() as uow:
        uow.authorities.put(authority)
        uow.commit()

    with register() as uow:
        assert uow.authorities.get(authority.id) == authority


def test_reads_see_the_units_own_writes(register: Register) -> None:
    authority = AuthorityFactory.build()
    with register() as uow:
        uow.authorities.put(authority)

        assert uow.authorities.get(authority.id) == authority


def test_a_unit_may_commit_more_than_once(register: Register) -> None:
    first, second = AuthorityFactory.build(), AuthorityFactory.build(id="https://second.example/")
    with register() as uow:
        uow.authorities.put(first)
        uow.commit()
        uow.authorities.put(second)
        uow.commit()

    with register() as uow:
        assert set(uow.authorities.all()) == {first, second}


def test_one_unit_may_be_entered_again(register: Register) -> None:
    authority = AuthorityFactory.build()
    uow = register()
    with uow:
        uow.authorities.put(authority)
        uow.commit()

    with uow:
        assert uow.authorities.get(authority.id) == authority


def test_a_unit_that_has_read_is_not_overtaken_before_it_writes(register: Register) -> None:
    first, second = AuthorityFactory.build(), AuthorityFactory.build(url="https://new.example/")
    with register() as uow:
        uow.authorities.put(first)
        uow.commit()
    begun = Signal()

    def overtake() -> None:
        begun.set()
        with register() as other:
            other.authorities.put(second)
            other.commit()

    thread = Thread(target=overtake)
    with register() as uow:
        before = uow.authorities.get(first.id)
        thread.start()
        begun.wait()
        thread.join(timeout=0.2)
        assert uow.authorities.get(first.id) == before
        assert thread.is_alive()
    thread.join()

    with register() as uow:
        assert uow.authorities.get(first.id) == second
