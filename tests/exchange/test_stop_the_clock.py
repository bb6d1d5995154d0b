"""A statement made at one moment and read at another, over a real register: no good news outlives
its reason.
"""

from datetime import UTC, date, datetime, timedelta
from functools import cache

import hypothesis.strategies as st
from hypothesis import given, settings

from licenses.model.authority import MandateEntry
from licenses.model.encumbrance import EncumbranceKind
from licenses.model.judgement import Question, judge
from licenses.model.reasons import Reason
from licenses.model.register import LicenseKey
from licenses.model.standing import Level
from licenses.model.trust import Purpose
from licenses.model.values import ValidityPeriod
from licenses.model.verdict import (
    Expectation,
    LicenseVerdict,
    Overall,
    SealFinding,
    StatusFinding,
    StatusSource,
)
from licenses.services.rulings import Restrict
from licenses.services.status_query import LONGEST, statement_about
from tests import trust_samples
from tests.desks import Desk, key_of
from tests.doubles import NOON, sealed_content

LAST_DAY = date(2026, 6, 30)
MIDNIGHT = datetime(2026, 6, 30, 22, 0, tzinfo=UTC)
"""The end of the last day in Norway."""
GOOD = {Overall.MAY_WORK, Overall.MAY_WORK_WITH_CONDITIONS}
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


@cache
def _register() -> tuple[Desk, LicenseKey]:
    """Return a register with one license that ends on `LAST_DAY`."""
    desk = Desk()
    return desk, key_of(desk.issued(valid_until=LAST_DAY))


def _read(stated_at: datetime, read_at: datetime, lifetime: timedelta) -> LicenseVerdict:
    """Judge the license with a statement that may have grown old on its way."""
    desk, key = _register()
    with desk.uow() as uow:
        seal = uow.seals.newest(key)
        stated = statement_about(uow, seal, stated_at, lifetime)
    content = sealed_content(seal.document)
    mandate = MandateEntry(
        profession=content.grant.profession.code,
        territory="NO",
        period=ValidityPeriod(starts=LONG_AGO.date()),
    )
    found = SealFinding(
        content=content,
        seal_sha256=seal.sha256,
        claimed_signing_time=seal.sealed_at,
        key=trust_samples.trusted(Purpose.SEAL, valid_from=LONG_AGO),
        authority=trust_samples.authority(mandate=(mandate,)),
    )
    fresh = StatusFinding(
        source=StatusSource.STAPLED, reason=Reason.STATUS_STAPLED, statement=stated
    )
    old = StatusFinding(source=StatusSource.NONE, reason=Reason.STATUS_EXPIRED)
    holder = content.holder
    asked = Expectation(name=holder.current_name, birth_date=holder.birth_date, territory="NO")
    standing = fresh if read_at < stated.expires_at else old
    return judge(found, standing, Question(asked, holder, read_at))


@given(
    st.integers(-60 * 48, 60 * 48).map(lambda minutes: MIDNIGHT + timedelta(minutes=minutes)),
    st.integers(0, 60 * 30).map(lambda minutes: timedelta(minutes=minutes)),
    st.sampled_from([timedelta(minutes=5), timedelta(hours=6), LONGEST, timedelta(days=90)]),
)
@settings(deadline=None, max_examples=150)
def test_no_license_is_full_at_any_moment_after_its_last_day(
    stated_at: datetime, later: timedelta, lifetime: timedelta
) -> None:
    read_at = stated_at + later

    verdict = _read(stated_at, read_at, lifetime)

    if read_at >= MIDNIGHT:
        assert verdict.overall not in GOOD
        assert verdict.standing.answer in {"none", "unknown"}
    elif later < timedelta(minutes=5):
        assert verdict.overall is Overall.MAY_WORK


def test_to_the_second_the_last_day_ends_at_midnight_in_norway() -> None:
    second = timedelta(seconds=1)

    before = _read(MIDNIGHT - second, MIDNIGHT - second, LONGEST)
    on_the_way = _read(MIDNIGHT - second, MIDNIGHT, LONGEST)
    after = _read(MIDNIGHT, MIDNIGHT, LONGEST)

    assert [one.overall for one in (before, on_the_way, after)] == [
        Overall.MAY_WORK,
        Overall.NOT_ESTABLISHED,
        Overall.MUST_NOT_RELY,
    ]


def test_a_measure_that_ends_is_told_no_longer_than_it_lasts() -> None:
    desk = Desk()
    license_ = desk.issued()
    tomorrow = NOON.date() + timedelta(days=1)
    ruling = Restrict(
        reason_codes=("conditions-imposed",),
        kind=EncumbranceKind.CONDITION,
        term_codes=("supervision.direct",),
        until=tomorrow,
    )
    desk.effective(license_, ruling)
    with desk.uow() as uow:
        seal = uow.seals.newest(key_of(license_))
        during = statement_about(uow, seal, NOON + timedelta(hours=12))
        after = statement_about(uow, seal, NOON + timedelta(days=3))

    assert during.level is Level.CONDITIONAL
    assert during.expires_at < during.as_of + LONGEST
    assert after.level is Level.FULL
