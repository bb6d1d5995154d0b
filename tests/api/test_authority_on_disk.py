"""The same use cases with a real store and real seals: what memory cannot show."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest

from licenses.errors import StaleVersion
from licenses.model.lifecycle import Status
from licenses.model.people import Person, PersonName
from licenses.model.register import Receipt, RequestKey
from licenses.model.trust import Purpose
from licenses.services.decide import decide
from licenses.services.rulings import Correct, Issue, Renew
from licenses.storage import SqlUnitOfWork, Vault, open_engine, upgrade
from schema_ext.license_reader import read_license as read_sealed
from schema_ext.sealing import LicenseSealer
from schema_ext.signing.verifier import verify_seal
from tests.desks import HEALTH, Desk, key_of
from tests.doubles import keyed_digest
from tests.trust_samples import signing_key, trusted
from tests.unit.signed_documents import FixedTrust


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    engine = open_engine(f"sqlite:///{tmp_path / 'register.db'}")
    upgrade(engine)
    vault = Vault(bytes(range(32)))
    sealer = LicenseSealer({HEALTH: signing_key(Purpose.SEAL)})
    yield Desk(lambda: SqlUnitOfWork(engine, vault), sealer)
    engine.dispose()


def request(who: str, key: str) -> RequestKey:
    digest = keyed_digest(key.encode())
    return RequestKey(authority_id=HEALTH, actor_id=who, key=key, body_sha256=digest)


def test_one_key_twenty_times_at_once_makes_one_license_with_one_seal(desk: Desk) -> None:
    with ThreadPoolExecutor(20) as pool:
        applying = [pool.submit(desk.apply, "clara", request("clara", "a")) for _ in range(20)]
        (applied,) = {one.result() for one in applying}
        issuing = [pool.submit(_issue, desk, applied) for _ in range(20)]
        (issued,) = {one.result() for one in issuing}

    assert issued.status is Status.ACTIVE
    with desk.uow() as uow:
        assert len(uow.decisions.of(key_of(applied))) == 2
        assert uow.decisions.verify_chain(HEALTH) == 2
        assert uow.seals.newest(key_of(applied)).seal_id == issued.seal_id


def _issue(desk: Desk, applied: Receipt) -> Receipt:
    return decide(
        desk.office,
        desk.actors["olga"],
        key_of(applied),
        Issue(),
        expected_version=1,
        request=request("olga", "i"),
    )


def test_of_two_officers_deciding_at_once_one_is_told_to_read_again(desk: Desk) -> None:
    issued = desk.issued()

    def correct(who: str) -> str:
        ruling = Correct(number=f"HPR {who}")
        try:
            decide(desk.office, desk.actors[who], key_of(issued), ruling, expected_version=2)
        except StaleVersion:
            return "stale"
        return who

    with ThreadPoolExecutor(2) as pool:
        outcomes = sorted(pool.map(correct, ("olga", "otto")))

    assert len(outcomes) == 2
    assert outcomes.count("stale") == 1
    assert desk.record(issued).version == 3


def test_the_seal_on_disk_verifies_and_says_what_the_register_says(desk: Desk) -> None:
    issued = desk.issued()
    name = PersonName(given="Łucja", family="Żółć")
    desk.decide("olga", issued, Renew(valid_until=date(2035, 12, 31)))
    desk.decide("olga", issued, Correct(holder=Person(names=(name,), birth_date=date(1988, 5, 17))))

    trust = FixedTrust(trusted(Purpose.SEAL), authority_id=HEALTH)
    with desk.uow() as uow:
        seal = uow.seals.newest(key_of(issued))
        record = uow.licenses.get(key_of(issued))
        holder = uow.holders.get(HEALTH, record.holder_id)
    content = read_sealed(verify_seal(seal.document, trust).octets)
    assert content.grant == record.state.grant
    assert content.holder == holder.person
    assert content.record_version == record.record_version == 3
