"""Personal values are nowhere in the file or its log, and an erased person is gone from both."""

from pathlib import Path

import pytest
from sqlalchemy import Engine, select

from licenses.errors import ConfigurationRefused, NotFound
from licenses.model.people import PersonIdentifier
from licenses.storage import SqlUnitOfWork, Vault, bind_vault
from licenses.storage.tables import HOLDER, HOLDER_IDENTIFIER, PERSON_KEY, SEAL
from tests.factories import DecisionFactory
from tests.storage.builders import (
    AUTHORITY,
    exchange,
    holder,
    identity,
    intent,
    person,
    reception,
    seals,
    verdict_over,
)
from tests.storage.conftest import Register

PLANTED = person("Quirinius", "Plantedname")
NUMBER = PersonIdentifier(country="NO", type="national-id", value="31129956715")
MARKERS = (b"Quirinius", b"Plantedname", b"31129956715", b"1987-06-05")


def raw(file: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(file.parent.glob("register.db*")))


def found_in(file: Path) -> list[bytes]:
    octets = raw(file)
    return [marker for marker in MARKERS if marker in octets]


def test_no_personal_value_stands_in_the_file_or_its_log(file: Path, sql: Register) -> None:
    who = holder(NUMBER, person=PLANTED)
    (seal,) = seals(who, 1)
    begun = reception()
    with sql() as uow:
        uow.holders.add(who)
        uow.seals.intend(intent(seal))
        uow.seals.store(seal)
        uow.exchanges.add(exchange(identity=identity(PLANTED), document=seal.document))
        uow.receptions.add(begun)
        answered = {"verdict": verdict_over(PLANTED), "document": seal.document}
        uow.receptions.replace(begun.model_copy(update=answered), expected=begun)
        uow.commit()

    assert str(who.holder_id).encode() in raw(file)
    assert found_in(file) == []


def test_an_erased_persons_key_is_gone_from_file_and_log(
    file: Path, engine: Engine, sql: Register
) -> None:
    who = holder(NUMBER, person=PLANTED)
    (seal,) = seals(who, 1)
    with sql() as uow:
        uow.holders.add(who)
        uow.seals.intend(intent(seal))
        uow.seals.store(seal)
        uow.decisions.append(DecisionFactory.build())
        uow.commit()
    with engine.connect() as connection:
        key = connection.execute(select(PERSON_KEY.c.wrapped_key)).scalar_one()
        lookup = connection.execute(select(HOLDER_IDENTIFIER.c.keyed_hash)).scalar_one()
    assert key in raw(file)
    assert lookup.encode() in raw(file)

    with sql() as uow:
        uow.holders.erase(AUTHORITY, who.holder_id)
        uow.commit()

    assert key not in raw(file)
    assert lookup.encode() not in raw(file)
    assert found_in(file) == []
    with sql() as uow:
        assert uow.decisions.verify_chain(AUTHORITY) == 1
        with pytest.raises(NotFound):
            uow.seals.get(seal.seal_id)


def test_an_erasure_that_was_not_committed_erases_nothing(sql: Register) -> None:
    who = holder(NUMBER)
    with sql() as uow:
        uow.holders.add(who)
        uow.commit()
    with sql() as uow:
        uow.holders.erase(AUTHORITY, who.holder_id)

    with sql() as uow:
        assert uow.holders.find(AUTHORITY, NUMBER) == who


def test_with_another_master_key_nothing_personal_is_read(engine: Engine, sql: Register) -> None:
    who = holder(NUMBER, person=PLANTED)
    with sql() as uow:
        uow.holders.add(who)
        uow.commit()

    with SqlUnitOfWork(engine, Vault(bytes(32))) as uow:
        assert uow.holders.find(AUTHORITY, NUMBER) is None
        with pytest.raises(ConfigurationRefused):
            uow.holders.get(AUTHORITY, who.holder_id)


def test_a_database_is_bound_to_the_first_master_key(engine: Engine, vault: Vault) -> None:
    bind_vault(engine, vault)
    bind_vault(engine, vault)

    with pytest.raises(ConfigurationRefused, match="another master key"):
        bind_vault(engine, Vault(bytes(32)))
    bind_vault(engine, vault)


def test_a_person_column_moved_to_another_row_is_not_read(engine: Engine, sql: Register) -> None:
    one, other = holder(), holder()
    with sql() as uow:
        uow.holders.add(one)
        uow.holders.add(other)
        uow.commit()
    with engine.begin() as connection:
        is_one = HOLDER.c.holder_id == str(one.holder_id)
        moved = connection.execute(select(HOLDER.c.sealed_person).where(is_one)).scalar_one()
        connection.execute(HOLDER.update().where(~is_one).values(sealed_person=moved))

    with sql() as uow, pytest.raises(ConfigurationRefused):
        uow.holders.get(AUTHORITY, other.holder_id)


def test_a_seal_moved_to_another_seal_of_the_same_person_is_not_read(
    engine: Engine, sql: Register
) -> None:
    who = holder()
    made = seals(who, 1, 2)
    with sql() as uow:
        uow.holders.add(who)
        for seal in made:
            uow.seals.intend(intent(seal))
            uow.seals.store(seal)
        uow.commit()
    with engine.begin() as connection:
        first = SEAL.c.seal_id == made[0].seal_id
        moved = connection.execute(select(SEAL.c.sealed_document).where(first)).scalar_one()
        connection.execute(SEAL.update().where(~first).values(sealed_document=moved))

    with sql() as uow, pytest.raises(ConfigurationRefused):
        uow.seals.get(made[1].seal_id)


def test_an_error_about_a_person_does_not_name_them(sql: Register) -> None:
    who = holder(NUMBER, person=PLANTED)
    with sql() as uow:
        uow.holders.add(who)
        with pytest.raises(Exception, match="another holder") as refused:
            uow.holders.add(holder(NUMBER, person=PLANTED))

    assert not [marker for marker in MARKERS if marker.decode() in str(refused.value)]
