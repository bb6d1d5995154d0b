"""Licenses by id, number and holder, and in pages; over memory and SQL."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from licenses.errors import Conflict, InvalidFields, NotFound, NumberTaken, StaleVersion
from licenses.model.encumbrance import Effect
from licenses.model.lifecycle import Status
from licenses.model.register import LicenseFilter, LicenseKey, LicenseRecord
from licenses.model.values import ValidityPeriod
from licenses.ports import UnitOfWork
from tests.factories import EncumbranceFactory, GrantFactory, ProfessionFactory
from tests.storage.builders import AUTHORITY, NOON, OTHER_AUTHORITY, new_uuid, record
from tests.storage.conftest import Register


def numbered(number: str, **fields: Any) -> LicenseRecord:
    return record(grant=GrantFactory.build(number=number), **fields)


def test_a_license_comes_back_as_stored(register: Register) -> None:
    license_ = record(seal_id="0" * 32, record_version=3)
    with register() as uow:
        uow.licenses.add(license_)
        uow.commit()

    with register() as uow:
        assert uow.licenses.get(license_.key) == license_


def test_an_unknown_license_is_not_found(register: Register) -> None:
    with register() as uow, pytest.raises(NotFound):
        uow.licenses.get(LicenseKey(authority_id=AUTHORITY, license_id=new_uuid()))


def test_somebody_elses_license_is_not_found(register: Register) -> None:
    license_ = record()
    asked = LicenseKey(authority_id=OTHER_AUTHORITY, license_id=license_.key.license_id)
    with register() as uow:
        uow.licenses.add(license_)

        with pytest.raises(NotFound):
            uow.licenses.get(asked)
        assert uow.licenses.of_holder(OTHER_AUTHORITY, license_.holder_id) == ()


@pytest.mark.parametrize("written", ["HPR 123-45", "hpr12345", "HPR.1.2.3.4.5", "Hpr 12345"])
def test_a_number_is_taken_however_it_is_written(register: Register, written: str) -> None:
    first, second = numbered("HPR 12345"), numbered(written)
    with register() as uow:
        uow.licenses.add(first)
        with pytest.raises(NumberTaken):
            uow.licenses.add(second)

        with pytest.raises(NotFound):
            uow.licenses.get(second.key)


def test_a_number_may_be_used_by_two_authorities(register: Register) -> None:
    abroad = LicenseKey(authority_id=OTHER_AUTHORITY, license_id=new_uuid())
    with register() as uow:
        uow.licenses.add(numbered("HPR 12345"))
        uow.licenses.add(numbered("HPR 12345", key=abroad))

        assert uow.licenses.get(abroad).state.grant.number == "HPR 12345"


def test_a_license_is_added_once(register: Register) -> None:
    license_ = record()
    with register() as uow:
        uow.licenses.add(license_)
        with pytest.raises(Conflict) as refused:
            uow.licenses.add(record(key=license_.key))

        assert not isinstance(refused.value, NumberTaken)
        assert uow.licenses.get(license_.key) == license_


def test_the_next_state_replaces_the_one_it_was_made_from(register: Register) -> None:
    license_ = record()
    after = license_.model_copy(update={"version": 2, "seal_id": "1" * 32, "record_version": 1})
    with register() as uow:
        uow.licenses.add(license_)
        uow.licenses.replace(after, expected_version=1)

        assert uow.licenses.get(license_.key) == after


@pytest.mark.parametrize("expected", [1, 3])
def test_a_state_made_from_another_version_is_stale(register: Register, expected: int) -> None:
    license_ = record(version=2)
    with register() as uow:
        uow.licenses.add(license_)
        with pytest.raises(StaleVersion):
            uow.licenses.replace(
                license_.model_copy(update={"version": 4}), expected_version=expected
            )

        assert uow.licenses.get(license_.key) == license_


def test_an_unknown_license_cannot_be_replaced(register: Register) -> None:
    with register() as uow, pytest.raises(NotFound):
        uow.licenses.replace(record(), expected_version=1)


def test_a_corrected_number_must_be_free(register: Register) -> None:
    license_ = numbered("HPR 1")
    corrected = numbered("HPR-2", key=license_.key, version=2)
    with register() as uow:
        uow.licenses.add(license_)
        uow.licenses.add(numbered("hpr2"))
        with pytest.raises(NumberTaken):
            uow.licenses.replace(corrected, expected_version=1)

        assert uow.licenses.get(license_.key) == license_


def test_a_number_given_up_by_a_correction_is_free(register: Register) -> None:
    license_ = numbered("HPR 1")
    with register() as uow:
        uow.licenses.add(license_)
        uow.licenses.replace(numbered("HPR 2", key=license_.key, version=2), expected_version=1)
        uow.licenses.add(again := numbered("HPR 1"))

        assert uow.licenses.get(again.key) == again


def test_a_holders_licenses_come_oldest_first(register: Register) -> None:
    who = new_uuid()
    first, second = record(holder_id=who), record(holder_id=who)
    with register() as uow:
        for one in (second, record(), first):
            uow.licenses.add(one)

        assert uow.licenses.of_holder(AUTHORITY, who) == (first, second)


def all_pages(
    uow: UnitOfWork, wanted: LicenseFilter, *, limit: int, at: datetime = NOON
) -> list[LicenseRecord]:
    found: list[LicenseRecord] = []
    after = None
    while True:
        page = uow.licenses.page(AUTHORITY, wanted, at=at, after=after, limit=limit)
        assert len(page.records) <= limit
        found.extend(page.records)
        if page.next_cursor is None:
            return found
        assert len(page.records) == limit
        after = page.next_cursor


@pytest.mark.parametrize("limit", [1, 2, 3, 6, 7, 100])
def test_pages_together_are_the_whole_list_without_repetition(
    register: Register, limit: int
) -> None:
    licenses = [record() for _ in range(6)]
    abroad = record(key=LicenseKey(authority_id=OTHER_AUTHORITY, license_id=new_uuid()))
    with register() as uow:
        for one in (*reversed(licenses), abroad):
            uow.licenses.add(one)

        assert all_pages(uow, LicenseFilter(), limit=limit) == licenses


def test_a_list_longer_than_a_batch_is_read_to_its_end(register: Register) -> None:
    licenses = [
        record(base=Status.REVOKED if number % 50 == 0 else Status.ACTIVE)
        for number in range(1, 452)
    ]
    revoked = [one for one in licenses if one.state.base is Status.REVOKED]
    with register() as uow:
        for one in licenses:
            uow.licenses.add(one)

        assert all_pages(uow, LicenseFilter(), limit=90) == licenses
        assert all_pages(uow, LicenseFilter(status=Status.REVOKED), limit=4) == revoked


def test_a_license_added_behind_the_cursor_is_on_the_next_page(register: Register) -> None:
    licenses = [record() for _ in range(3)]
    with register() as uow:
        for one in licenses[:2]:
            uow.licenses.add(one)
        first = uow.licenses.page(AUTHORITY, LicenseFilter(), at=NOON, after=None, limit=1)
        uow.licenses.add(licenses[2])

        second = uow.licenses.page(
            AUTHORITY, LicenseFilter(), at=NOON, after=first.next_cursor, limit=9
        )
        assert (*first.records, *second.records) == tuple(licenses)


def test_a_filter_narrows_to_a_profession(register: Register) -> None:
    doctor = record(grant=GrantFactory.build(profession=ProfessionFactory.build(code="lege")))
    with register() as uow:
        uow.licenses.add(
            record(grant=GrantFactory.build(profession=ProfessionFactory.build(code="jordmor")))
        )
        uow.licenses.add(doctor)

        assert all_pages(uow, LicenseFilter(profession="lege"), limit=5) == [doctor]


def test_a_filter_narrows_to_a_holder(register: Register) -> None:
    license_ = record()
    with register() as uow:
        uow.licenses.add(record())
        uow.licenses.add(license_)

        assert all_pages(uow, LicenseFilter(holder_id=license_.holder_id), limit=5) == [license_]


def test_a_filter_narrows_to_a_number_however_it_is_written(register: Register) -> None:
    license_ = numbered("HPR 12345")
    with register() as uow:
        uow.licenses.add(record())
        uow.licenses.add(license_)

        assert all_pages(uow, LicenseFilter(number="hpr-123 45"), limit=5) == [license_]


def expiring(ends: date, **fields: Any) -> LicenseRecord:
    period = ValidityPeriod(starts=date(2024, 7, 1), ends=ends)
    return record(grant=GrantFactory.build(period=period), **fields)


@pytest.mark.parametrize(
    ("moment", "status"),
    [
        (datetime(2026, 1, 31, 22, 59, tzinfo=UTC), Status.ACTIVE),
        (datetime(2026, 1, 31, 23, 0, tzinfo=UTC), Status.EXPIRED),
    ],
)
def test_the_status_asked_for_is_that_of_the_local_day(
    register: Register, moment: datetime, status: Status
) -> None:
    license_ = expiring(date(2026, 1, 31))
    with register() as uow:
        uow.licenses.add(license_)

        assert all_pages(uow, LicenseFilter(status=status), limit=5, at=moment) == [license_]
        other = Status.EXPIRED if status is Status.ACTIVE else Status.ACTIVE
        assert all_pages(uow, LicenseFilter(status=other), limit=5, at=moment) == []


@pytest.mark.parametrize("status", list(Status))
def test_every_status_is_found_and_only_that(register: Register, status: Status) -> None:
    limits = EncumbranceFactory.build(effect=Effect.LIMITS)
    prohibits = EncumbranceFactory.build(effect=Effect.PROHIBITS)
    plain = record()
    licenses = [record(base=base) for base in Status if base is not Status.ACTIVE]
    licenses += [
        plain,
        expiring(date(2025, 1, 1)),
        expiring(date(2025, 1, 1), base=Status.INACTIVE),
        *(
            record(state=plain.state.model_copy(update=change | {"grant": GrantFactory.build()}))
            for change in (
                {"encumbrances": (limits,)},
                {"encumbrances": (prohibits,)},
                {"encumbrances": (prohibits,), "base": Status.INACTIVE},
            )
        ),
    ]
    wanted = [one for one in licenses if one.state.status_at(NOON) is status]
    with register() as uow:
        for one in licenses:
            uow.licenses.add(one)

        found = all_pages(uow, LicenseFilter(status=status), limit=2)
        assert found == sorted(wanted, key=lambda one: one.key.license_id)
        assert found


@pytest.mark.parametrize("cursor", ["", "nonsense", "é", "AAAA", "A" * 32, "=" * 32, "../../etc"])
def test_a_cursor_that_is_not_ours_is_refused(register: Register, cursor: str) -> None:
    with register() as uow, pytest.raises(InvalidFields) as refused:
        uow.licenses.page(AUTHORITY, LicenseFilter(), at=NOON, after=cursor, limit=5)

    assert [fault.field for fault in refused.value.faults] == ["cursor"]


def test_another_authoritys_cursor_is_refused(register: Register) -> None:
    with register() as uow:
        uow.licenses.add(record())
        uow.licenses.add(record())
        page = uow.licenses.page(AUTHORITY, LicenseFilter(), at=NOON, after=None, limit=1)

        with pytest.raises(InvalidFields):
            uow.licenses.page(
                OTHER_AUTHORITY, LicenseFilter(), at=NOON, after=page.next_cursor, limit=1
            )
