"""A list by status asks the decisions where some still lie ahead, and only there."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import Engine, text

from licenses.model.lifecycle import Event, Status
from licenses.model.register import LicenseFilter, settled_after
from licenses.storage import upgrade
from tests.doubles import NOON
from tests.factories import DecisionFactory, GrantFactory
from tests.storage.builders import AUTHORITY, record
from tests.storage.conftest import Register

AHEAD = NOON + timedelta(days=30)


def _revoked_later(register: Register, settled_at: datetime | None) -> None:
    """Store a license that is active today, and whose stored state counts its revocation."""
    license_ = record(base=Status.REVOKED, settled_at=settled_at)
    of_it = {"authority_id": AUTHORITY, "license_id": license_.key.license_id}
    with register() as uow:
        uow.licenses.add(license_)
        for event, effective in (
            (Event.APPLIED, NOON),
            (Event.ISSUED, NOON),
            (Event.REVOKED, AHEAD),
        ):
            brought = GrantFactory.build() if event is Event.APPLIED else None
            uow.decisions.append(
                DecisionFactory.build(event=event, effective_from=effective, grant=brought, **of_it)
            )
        uow.commit()


def _found(register: Register, status: Status, at: datetime) -> int:
    with register() as uow:
        wanted = LicenseFilter(status=status)
        return len(uow.licenses.page(AUTHORITY, wanted, at=at, after=None, limit=9).records)


def test_a_license_that_will_be_revoked_is_listed_as_what_it_is(register: Register) -> None:
    _revoked_later(register, AHEAD)

    before, after = AHEAD - timedelta(seconds=1), AHEAD
    assert (_found(register, Status.ACTIVE, before), _found(register, Status.REVOKED, before)) == (
        1,
        0,
    )
    assert (_found(register, Status.ACTIVE, after), _found(register, Status.REVOKED, after)) == (
        0,
        1,
    )


def test_where_it_is_not_known_whether_a_license_is_settled_its_decisions_are_asked(
    register: Register,
) -> None:
    _revoked_later(register, None)

    assert _found(register, Status.ACTIVE, NOON) == 1
    assert _found(register, Status.REVOKED, NOON) == 0


def test_rows_from_before_the_column_are_asked_for_their_decisions(
    engine: Engine, sql: Register
) -> None:
    _revoked_later(sql, AHEAD)
    with engine.begin() as connection:
        connection.execute(text("ALTER TABLE license DROP COLUMN settled_at"))
        connection.execute(text("UPDATE alembic_version SET version_num = '0001'"))

    upgrade(engine)

    assert _found(sql, Status.ACTIVE, NOON) == 1


def test_a_license_is_settled_when_the_last_decision_has_begun_and_the_last_stay_ended() -> None:
    stay = DecisionFactory.build(effective_from=NOON, effective_until=AHEAD)
    begun = DecisionFactory.build(effective_from=NOON, effective_until=None)

    assert settled_after([begun]) == NOON
    assert settled_after([stay, begun]) == AHEAD.astimezone(UTC)
