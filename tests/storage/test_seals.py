"""Seals: first the intent, then the bytes; over memory and SQL."""

from typing import Any

import pytest

from licenses.errors import Conflict, NotFound
from licenses.model.register import LicenseKey
from tests.storage.builders import AUTHORITY, OTHER_AUTHORITY, holder, intent, new_uuid, seals
from tests.storage.conftest import Register


def test_a_seal_keeps_its_bytes_verbatim(register: Register) -> None:
    nurse = holder()
    (seal,) = seals(nurse, 1)
    seal = seal.model_copy(update={"document": bytes(range(256)) * 3})
    with register() as uow:
        uow.holders.add(nurse)
        uow.seals.intend(intent(seal))
        uow.commit()
        uow.seals.store(seal)
        uow.commit()

    with register() as uow:
        assert uow.seals.get(seal.seal_id) == seal


def test_a_seal_intended_and_never_made_is_not_found(register: Register) -> None:
    (seal,) = seals(holder(), 1)
    with register() as uow:
        uow.seals.intend(intent(seal))

        with pytest.raises(NotFound):
            uow.seals.get(seal.seal_id)
        with pytest.raises(NotFound):
            uow.seals.newest(seal.key)


def test_a_seal_that_was_not_intended_is_refused(register: Register) -> None:
    nurse = holder()
    (seal,) = seals(nurse, 1)
    with register() as uow:
        uow.holders.add(nurse)
        with pytest.raises(Conflict):
            uow.seals.store(seal)

        with pytest.raises(NotFound):
            uow.seals.get(seal.seal_id)


@pytest.mark.parametrize(
    "change",
    [
        {"holder_id": new_uuid()},
        {"record_version": 2},
        {"key": LicenseKey(authority_id=AUTHORITY, license_id=new_uuid())},
        {"key": LicenseKey(authority_id=OTHER_AUTHORITY, license_id=new_uuid())},
    ],
    ids=["holder", "record version", "license", "authority"],
)
def test_a_seal_other_than_the_intended_one_is_refused(
    register: Register, change: dict[str, Any]
) -> None:
    nurse = holder()
    (seal,) = seals(nurse, 1)
    with register() as uow:
        uow.holders.add(nurse)
        uow.seals.intend(intent(seal))
        with pytest.raises(Conflict):
            uow.seals.store(seal.model_copy(update=change))

        with pytest.raises(NotFound):
            uow.seals.get(seal.seal_id)


def test_a_seal_is_intended_once(register: Register) -> None:
    (seal,) = seals(holder(), 1)
    with register() as uow:
        uow.seals.intend(intent(seal))

        with pytest.raises(Conflict):
            uow.seals.intend(intent(seal))


def test_a_seal_is_stored_once(register: Register) -> None:
    nurse = holder()
    (seal,) = seals(nurse, 1)
    with register() as uow:
        uow.holders.add(nurse)
        uow.seals.intend(intent(seal))
        uow.seals.store(seal)
        with pytest.raises(Conflict):
            uow.seals.store(seal.model_copy(update={"document": b"another"}))

        assert uow.seals.get(seal.seal_id) == seal


def test_a_seal_about_nobody_in_the_register_is_refused(register: Register) -> None:
    (seal,) = seals(holder(), 1)
    with register() as uow:
        uow.seals.intend(intent(seal))

        with pytest.raises(NotFound):
            uow.seals.store(seal)


def test_the_newest_seal_has_the_highest_record_version(register: Register) -> None:
    nurse = holder()
    made = seals(nurse, 2, 10, 9)
    (other,) = seals(nurse, 11)
    with register() as uow:
        uow.holders.add(nurse)
        for seal in (*made, other):
            uow.seals.intend(intent(seal))
            uow.seals.store(seal)

        assert uow.seals.newest(made[0].key) == made[1]


def test_another_authoritys_license_of_the_same_id_has_no_seal(register: Register) -> None:
    nurse = holder()
    (seal,) = seals(nurse, 1)
    asked = LicenseKey(authority_id=OTHER_AUTHORITY, license_id=seal.key.license_id)
    with register() as uow:
        uow.holders.add(nurse)
        uow.seals.intend(intent(seal))
        uow.seals.store(seal)

        with pytest.raises(NotFound):
            uow.seals.newest(asked)
