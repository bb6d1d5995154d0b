"""Applications: whose they are, what they may ask for, and what a repeat gets."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

import pytest

from licenses.errors import (
    Conflict,
    InvalidFields,
    KeyReused,
    LicensingError,
    NumberTaken,
    OutsideMandate,
)
from licenses.model.license import Kind, Territory
from licenses.model.lifecycle import Event, Status
from licenses.model.people import PersonIdentifier, PersonName
from licenses.model.register import Receipt, RequestKey
from licenses.services.decide import decide
from licenses.services.rulings import Issue, Suspend
from tests.desks import HEALTH, IDENTIFIER, Desk, applicant, application, key_of
from tests.doubles import keyed_digest

ANOTHER = PersonIdentifier(country="NO", type="hpr-number", value="7000001")


@pytest.fixture
def desk() -> Desk:
    return Desk()


def request(key: str = "key-1", body: str = "body", who: str = "clara") -> RequestKey:
    digest = keyed_digest(body.encode())
    return RequestKey(authority_id=HEALTH, actor_id=who, key=key, body_sha256=digest)


@pytest.mark.parametrize("who", ["clara", "olga", "mach"])
def test_every_role_may_file_an_application(desk: Desk, who: str) -> None:
    receipt = desk.apply(who)

    assert (receipt.event, receipt.status, receipt.version) == (Event.APPLIED, Status.PENDING, 1)
    assert (receipt.proposed, receipt.seal_id) == (False, None)


def test_an_identifier_finds_the_holder_and_learns_new_identifiers(desk: Desk) -> None:
    first = desk.apply()
    second = desk.apply(number="HPR 8", holder=applicant(identifiers=(IDENTIFIER, ANOTHER)))

    assert second.holder_id == first.holder_id
    with desk.uow() as uow:
        found = uow.holders.find(HEALTH, ANOTHER)
    assert found is not None
    assert found.holder_id == first.holder_id


def test_a_name_never_suffices_to_find_a_holder(desk: Desk) -> None:
    first = desk.apply()
    second = desk.apply(number="HPR 8", holder=applicant(identifiers=()))

    assert second.holder_id != first.holder_id


def test_another_authority_does_not_find_the_holder(desk: Desk) -> None:
    first = desk.apply()

    assert desk.apply("alien").holder_id != first.holder_id


@pytest.mark.parametrize(
    ("changed", "kind", "field"),
    [
        ({"number": "hpr-7000001"}, NumberTaken, None),
        ({"profession": "astronaut"}, InvalidFields, "profession"),
        ({"profession": "lege"}, OutsideMandate, None),
        ({"territories": (Territory(area="SE"),)}, OutsideMandate, None),
        ({"territories": (Territory(area="NO"), Territory(area="SE"))}, OutsideMandate, None),
        ({"valid_until": date(2025, 12, 31)}, InvalidFields, "validUntil"),
        ({"valid_until": date(2026, 3, 1)}, InvalidFields, "validUntil"),
        ({"first_issued": date(2026, 3, 3)}, InvalidFields, "firstIssued"),
        ({"kind": Kind.LIMITED}, InvalidFields, "scope"),
        ({"jurisdiction": "SE"}, InvalidFields, "jurisdiction"),
        ({"holder": applicant(birth_date=date(1988, 5, 18))}, InvalidFields, "holder.birthDate"),
        ({"holder": applicant(birth_date=date(2027, 1, 1))}, InvalidFields, "holder.birthDate"),
        ({"holder": applicant(names=(PersonName(given="Kari", family="Dahl"),))}, InvalidFields,
         "holder.names"),
    ],
)  # fmt: skip
def test_an_impossible_application_changes_nothing(
    desk: Desk, changed: dict[str, Any], kind: type[LicensingError], field: str | None
) -> None:
    desk.apply()
    before = desk.stored()

    with pytest.raises(kind) as caught:
        desk.apply(**({"number": "HPR 8"} | changed))

    faults = caught.value.faults if isinstance(caught.value, InvalidFields) else ()
    assert [fault.field for fault in faults] == ([] if field is None else [field])
    assert desk.stored() == before


def test_identifiers_of_two_people_are_refused(desk: Desk) -> None:
    desk.apply()
    desk.apply(number="HPR 8", holder=applicant(identifiers=(ANOTHER,)))
    before = desk.stored()

    with pytest.raises(Conflict):
        desk.apply(number="HPR 9", holder=applicant(identifiers=(IDENTIFIER, ANOTHER)))
    assert desk.stored() == before


def test_a_territory_inside_the_mandates_country_is_covered(desk: Desk) -> None:
    assert desk.apply(territories=(Territory(area="NO-03"),)).status is Status.PENDING


def test_an_earlier_first_issue_stays_in_the_license(desk: Desk) -> None:
    receipt = desk.issued(first_issued=date(2011, 6, 20))

    grant = desk.record(receipt).state.grant
    assert (grant.first_issued, grant.issued) == (date(2011, 6, 20), date(2026, 3, 2))


def test_a_repeat_gets_the_very_same_answer_and_changes_nothing(desk: Desk) -> None:
    first = desk.apply(request=request())
    before = desk.stored()

    assert desk.apply(request=request()) == first
    assert desk.stored() == before


def test_a_repeat_of_a_decision_gets_the_answer_it_had_though_the_license_moved_on(
    desk: Desk,
) -> None:
    applied = desk.apply()
    issued = desk.decide("olga", applied, Issue(), request(who="olga"))
    desk.effective(issued, Suspend(reason_codes=("unsafe-practice",)))

    assert desk.decide("olga", applied, Issue(), request(who="olga")) == issued


def test_a_repeated_proposal_and_a_repeated_approval_get_their_answers(desk: Desk) -> None:
    issued, ban = desk.issued(), Suspend(reason_codes=("unsafe-practice",))
    proposed = desk.decide("olga", issued, ban, request("p", who="olga"))
    approved = desk.approve("otto", proposed, request("a", who="otto"))
    before = desk.stored()

    assert desk.decide("olga", issued, ban, request("p", who="olga")) == proposed
    assert desk.approve("otto", proposed, request("a", who="otto")) == approved
    assert desk.stored() == before


def test_a_key_used_with_another_body_is_refused(desk: Desk) -> None:
    desk.apply(request=request())
    before = desk.stored()

    with pytest.raises(KeyReused):
        desk.apply(number="HPR 8", request=request(body="another"))
    assert desk.stored() == before


def test_two_actors_may_use_the_same_key(desk: Desk) -> None:
    first = desk.apply(request=request())

    second = desk.apply("olga", request=request(who="olga", body="another"), number="HPR 8")
    assert first.license_id != second.license_id


def test_twenty_repeats_at_once_make_one_license_and_one_seal(desk: Desk) -> None:
    with ThreadPoolExecutor(20) as pool:
        applied = {one.result() for one in [pool.submit(_apply, desk) for _ in range(20)]}
        (receipt,) = applied
        issued = {one.result() for one in [pool.submit(_issue, desk, receipt) for _ in range(20)]}

    assert len(issued) == 1
    assert len(desk.store.kept.licenses) == len(desk.store.kept.holders) == 1
    assert len(desk.store.kept.seals) == 1
    assert [len(links) for links in desk.store.kept.links.values()] == [2]


def _apply(desk: Desk) -> Receipt:
    return desk.apply(request=request())


def _issue(desk: Desk, receipt: Receipt) -> Receipt:
    return decide(
        desk.office,
        desk.actors["olga"],
        key_of(receipt),
        Issue(),
        expected_version=1,
        request=request(who="olga"),
    )


def test_an_application_takes_titles_and_country_from_the_authority(desk: Desk) -> None:
    grant = desk.record(desk.apply()).state.grant

    assert grant.titles == grant.profession.titles
    assert (grant.jurisdiction, grant.time_zone) == ("NO", "Europe/Oslo")
    assert application().titles is None
