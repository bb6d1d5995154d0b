"""Holders: kept, found by an identifier, erased; over memory and SQL."""

import pytest

from licenses.errors import Conflict, NotFound
from licenses.model.people import PersonIdentifier
from tests.storage.builders import (
    AUTHORITY,
    NATIONAL_ID,
    OTHER_AUTHORITY,
    holder,
    intent,
    new_uuid,
    person,
    seals,
)
from tests.storage.conftest import Register

PASSPORT = PersonIdentifier(country="NO", type="passport", value="N1234567")


def test_a_holder_comes_back_as_stored(register: Register) -> None:
    nurse = holder(NATIONAL_ID, PASSPORT)
    with register() as uow:
        uow.holders.add(nurse)
        uow.commit()

    with register() as uow:
        assert uow.holders.get(AUTHORITY, nurse.holder_id) == nurse


def test_an_unknown_holder_is_not_found(register: Register) -> None:
    with register() as uow, pytest.raises(NotFound):
        uow.holders.get(AUTHORITY, new_uuid())


def test_another_authoritys_holder_is_not_found(register: Register) -> None:
    nurse = holder(NATIONAL_ID)
    with register() as uow:
        uow.holders.add(nurse)

        with pytest.raises(NotFound):
            uow.holders.get(OTHER_AUTHORITY, nurse.holder_id)
        assert uow.holders.find(OTHER_AUTHORITY, NATIONAL_ID) is None


@pytest.mark.parametrize("written", ["010190-12345", "01019012345", "01.01.90.12345"])
def test_an_identifier_is_found_however_it_is_punctuated(register: Register, written: str) -> None:
    nurse = holder(NATIONAL_ID)
    with register() as uow:
        uow.holders.add(nurse)

        asked = NATIONAL_ID.model_copy(update={"value": written})
        assert uow.holders.find(AUTHORITY, asked) == nurse


@pytest.mark.parametrize(
    "asked",
    [
        {"country": "SE"},
        {"type": "passport"},
        {"value": "010190-12346"},
    ],
)
def test_an_identifier_that_differs_finds_nobody(register: Register, asked: dict[str, str]) -> None:
    with register() as uow:
        uow.holders.add(holder(NATIONAL_ID))

        assert uow.holders.find(AUTHORITY, NATIONAL_ID.model_copy(update=asked)) is None


def test_an_identifier_of_another_is_refused_at_first_entry(register: Register) -> None:
    first, second = holder(NATIONAL_ID), holder(PASSPORT, NATIONAL_ID)
    with register() as uow:
        uow.holders.add(first)
        with pytest.raises(Conflict):
            uow.holders.add(second)

        assert uow.holders.find(AUTHORITY, PASSPORT) is None
        with pytest.raises(NotFound):
            uow.holders.get(AUTHORITY, second.holder_id)


def test_an_identifier_of_another_is_refused_later(register: Register) -> None:
    first, second = holder(NATIONAL_ID), holder(PASSPORT)
    with register() as uow:
        uow.holders.add(first)
        uow.holders.add(second)
        with pytest.raises(Conflict):
            uow.holders.replace(second.model_copy(update={"identifiers": (PASSPORT, NATIONAL_ID)}))

        assert uow.holders.get(AUTHORITY, second.holder_id) == second


def test_a_holder_is_entered_once(register: Register) -> None:
    nurse = holder()
    with register() as uow:
        uow.holders.add(nurse)
        with pytest.raises(Conflict):
            uow.holders.add(nurse.model_copy(update={"person": person("Somebody", "Else")}))

        assert uow.holders.get(AUTHORITY, nurse.holder_id) == nurse


def test_a_new_description_replaces_the_old_one(register: Register) -> None:
    nurse = holder(NATIONAL_ID)
    married = nurse.model_copy(
        update={"person": person("Ingrid", "Berg"), "identifiers": (NATIONAL_ID, PASSPORT)}
    )
    with register() as uow:
        uow.holders.add(nurse)
        uow.holders.replace(married)

        assert uow.holders.find(AUTHORITY, NATIONAL_ID) == married
        assert uow.holders.find(AUTHORITY, PASSPORT) == married


def test_an_identifier_is_never_taken_away(register: Register) -> None:
    nurse = holder(NATIONAL_ID, PASSPORT)
    with register() as uow:
        uow.holders.add(nurse)
        with pytest.raises(Conflict):
            uow.holders.replace(nurse.model_copy(update={"identifiers": (PASSPORT,)}))

        assert uow.holders.find(AUTHORITY, NATIONAL_ID) == nurse


def test_an_unknown_holder_cannot_be_replaced(register: Register) -> None:
    with register() as uow, pytest.raises(NotFound):
        uow.holders.replace(holder())


def test_an_erased_person_is_not_found_by_anything(register: Register) -> None:
    nurse = holder(NATIONAL_ID)
    (seal,) = seals(nurse, 1)
    with register() as uow:
        uow.holders.add(nurse)
        uow.seals.intend(intent(seal))
        uow.seals.store(seal)
        uow.holders.erase(AUTHORITY, nurse.holder_id)
        uow.commit()

    with register() as uow:
        assert uow.holders.find(AUTHORITY, NATIONAL_ID) is None
        with pytest.raises(NotFound):
            uow.holders.get(AUTHORITY, nurse.holder_id)
        with pytest.raises(NotFound):
            uow.seals.get(seal.seal_id)
        with pytest.raises(NotFound):
            uow.seals.newest(seal.key)
        with pytest.raises(NotFound):
            uow.holders.replace(nurse)


def test_erasing_one_person_leaves_the_others(register: Register) -> None:
    nurse, doctor = holder(NATIONAL_ID), holder(PASSPORT)
    with register() as uow:
        uow.holders.add(nurse)
        uow.holders.add(doctor)
        uow.holders.erase(AUTHORITY, nurse.holder_id)

        assert uow.holders.get(AUTHORITY, doctor.holder_id) == doctor


def test_an_identifier_is_free_again_after_its_bearer_was_erased(register: Register) -> None:
    nurse, again = holder(NATIONAL_ID), holder(NATIONAL_ID)
    with register() as uow:
        uow.holders.add(nurse)
        uow.holders.erase(AUTHORITY, nurse.holder_id)
        uow.holders.add(again)

        assert uow.holders.find(AUTHORITY, NATIONAL_ID) == again


def test_nobody_is_erased_twice(register: Register) -> None:
    nurse = holder()
    with register() as uow:
        uow.holders.add(nurse)
        uow.holders.erase(AUTHORITY, nurse.holder_id)

        with pytest.raises(NotFound):
            uow.holders.erase(AUTHORITY, nurse.holder_id)
