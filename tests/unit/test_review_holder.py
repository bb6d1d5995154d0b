"""A corrected holder is corrected in every license they hold, or in none."""

from datetime import date, timedelta

import pytest

from licenses.errors import Unavailable
from licenses.model.lifecycle import Event, Status
from licenses.model.people import Person, PersonName
from licenses.model.register import AuditAction, Receipt
from licenses.services.rulings import Correct, Issue, Refuse, Renew, Suspend
from tests.desks import HEALTH, OTHER, Desk, key_of
from tests.doubles import sealed_content

CORRECTED = Person(
    names=(PersonName(given="Ingrid", family="Solbakken"),), birth_date=date(1988, 5, 18)
)
CORRECTION = Correct(holder=CORRECTED, reason_codes=("clerical-error",))
BECAUSE = ("unsafe-practice",)


@pytest.fixture
def desk() -> Desk:
    return Desk()


def _second(desk: Desk) -> Receipt:
    return desk.issued(number="HPR 7000002", profession="jordmor")


def _sealed_person(desk: Desk, receipt: Receipt) -> Person:
    with desk.uow() as uow:
        return sealed_content(uow.seals.newest(key_of(receipt)).document).holder


def test_a_correction_is_sealed_into_the_holders_other_license_too(desk: Desk) -> None:
    first, second = desk.issued(), _second(desk)

    desk.decide("olga", first, CORRECTION)

    assert _sealed_person(desk, first) == _sealed_person(desk, second) == CORRECTED
    other = desk.record(second)
    assert (other.version, other.record_version) == (3, 2)
    with desk.uow() as uow:
        newest = uow.decisions.of(key_of(second))[-1]
        assert (newest.event, newest.reason_codes) == (Event.CORRECTED, ("clerical-error",))
        assert newest.person_sha256 is not None
        audited = [
            one for one in uow.audit.of(HEALTH) if one.subject == key_of(second).license_id.urn
        ]
        assert audited[-1].action is AuditAction.DECISION_RECORDED
        told = [one for one in uow.outbox.waiting(99) if one.decision_id == newest.decision_id]
        assert len(told) == 1
        assert uow.decisions.verify_chain(HEALTH) == 6


def test_the_grant_and_the_number_of_the_other_license_stay(desk: Desk) -> None:
    first, second = desk.issued(), _second(desk)
    before = desk.record(second).state.grant

    desk.decide("olga", first, CORRECTION.model_copy(update={"number": "HPR 7000009"}))

    assert desk.record(first).state.grant.number == "HPR 7000009"
    assert desk.record(second).state.grant == before


def test_a_suspended_license_is_sealed_anew_and_stays_suspended(desk: Desk) -> None:
    first, second = desk.issued(), _second(desk)
    desk.effective(second, Suspend(reason_codes=BECAUSE))

    desk.decide("olga", first, CORRECTION)

    assert _sealed_person(desk, second) == CORRECTED
    assert desk.record(second).state.status_at(desk.clock.now) is Status.SUSPENDED


def test_what_was_never_sealed_or_has_ended_is_left_alone(desk: Desk) -> None:
    first = desk.issued()
    waiting = desk.apply(number="HPR 7000002", profession="jordmor")
    refused = desk.apply(number="HPR 7000003")
    desk.effective(refused, Refuse(reason_codes=BECAUSE))
    before = (desk.record(waiting), desk.record(refused))

    desk.decide("olga", first, CORRECTION)

    assert (desk.record(waiting), desk.record(refused)) == before
    assert desk.decide("olga", waiting, Issue()).status is Status.ACTIVE
    assert _sealed_person(desk, waiting) == CORRECTED


def test_a_correction_of_an_application_reaches_the_license_that_is_sealed(desk: Desk) -> None:
    first = desk.issued()
    waiting = desk.apply(number="HPR 7000002", profession="jordmor")

    receipt = desk.decide("olga", waiting, CORRECTION)

    assert (receipt.license_id, receipt.seal_id) == (waiting.license_id, None)
    assert _sealed_person(desk, first) == CORRECTED


def test_another_correction_leaves_the_other_licenses_alone(desk: Desk) -> None:
    first, second = desk.issued(), _second(desk)
    before = desk.record(second)

    desk.decide("olga", first, Correct(number="HPR 7000009"))

    assert desk.record(second) == before


def test_the_same_person_at_another_authority_is_not_touched(desk: Desk) -> None:
    first = desk.issued()
    desk.actors["clara"] = desk.actors["clara"].model_copy(update={"authority_id": OTHER})
    elsewhere = desk.apply()

    desk.decide("olga", first, CORRECTION)

    with desk.uow() as uow:
        assert uow.holders.get(OTHER, elsewhere.holder_id).person != CORRECTED


def test_a_key_that_dies_midway_leaves_every_license_as_it_was(desk: Desk) -> None:
    first, second = desk.issued(), _second(desk)
    before = (desk.record(first), desk.record(second), _sealed_person(desk, second))
    desk.sealer.token_dead = True

    with pytest.raises(Unavailable):
        desk.decide("olga", first, CORRECTION)

    assert (desk.record(first), desk.record(second), _sealed_person(desk, second)) == before
    with desk.uow() as uow:
        assert uow.holders.get(HEALTH, first.holder_id).person != CORRECTED


def test_a_renewal_that_lies_ahead_does_not_hold_up_a_corrected_holder(desk: Desk) -> None:
    first = desk.issued()
    later = desk.clock.now + timedelta(days=30)
    desk.decide("olga", first, Renew(valid_until=date(2035, 12, 31), effective_from=later))

    desk.decide("olga", first, CORRECTION)

    assert _sealed_person(desk, first) == CORRECTED
    assert desk.record(first).state.grant.period.ends == date(2035, 12, 31)
