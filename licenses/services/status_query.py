"""Answer what an authority says of one seal now: the question anybody may ask.

The answer holds no personal data and is not audited: it says how far a license stands and
never whose it is. Signing it is the port `StatusSigner`. Source: design.md 7.
"""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from licenses.model.decision import Decision
from licenses.model.history import replay
from licenses.model.register import LicenseRecord, Seal
from licenses.model.standing import Because, Level, standing
from licenses.model.verdict import StatusStatement
from licenses.ports import UnitOfWork
from licenses.services.settle import state_after

LONGEST = timedelta(hours=24)
"""No statement is good for longer (design.md 7)."""


def status_of(
    seal_id: str,
    uow: UnitOfWork,
    clock: Callable[[], datetime],
    lifetime: timedelta = LONGEST,
) -> StatusStatement:
    """Return the statement about the seal, good until `lifetime` or the next known change.

    Args:
        seal_id: the seal's 128 random bits, in hex.
        uow: a unit of work not yet entered.
        clock: gives the instant the statement is about.
        lifetime: how long it counts, 24 h at most.

    Raises:
        NotFound: no such seal was ever recorded.
    """
    with uow:
        return statement_about(uow, uow.seals.get(seal_id), clock(), lifetime)


def statement_about(
    uow: UnitOfWork, seal: Seal, at: datetime, lifetime: timedelta = LONGEST
) -> StatusStatement:
    """Return the statement about a seal as it is at `at`, inside a unit of work under way."""
    record, decisions = uow.licenses.get(seal.key), uow.decisions.of(seal.key)
    return _statement(seal, record, decisions, at, min(lifetime, LONGEST))


def _statement(
    seal: Seal,
    record: LicenseRecord,
    decisions: tuple[Decision, ...],
    at: datetime,
    lifetime: timedelta,
) -> StatusStatement:
    said = _said(decisions, at)
    return StatusStatement(
        seal_id=seal.seal_id,
        authority_id=seal.key.authority_id,
        seal_sha256=seal.sha256,
        sealed_at=seal.sealed_at,
        record_version=seal.record_version,
        level=said.level,
        because=said.because,
        territories=said.areas,
        term_codes=said.term_codes,
        as_of=at,
        expires_at=_good_until(decisions, said, at, at + lifetime),
        superseded_by=None if record.seal_id == seal.seal_id else record.seal_id,
    )


class _Said(NamedTuple):
    level: Level
    because: Because
    term_codes: tuple[str, ...]
    areas: tuple[str, ...]


def _said(decisions: tuple[Decision, ...], at: datetime) -> _Said:
    """Return what there is to say at an instant; the areas are those still open that day."""
    grant = (replay(decisions, at) or state_after(decisions)).grant
    now = standing(decisions, at)
    areas = tuple(dict.fromkeys(grant.areas_open(grant.local_day(at))))
    return _Said(now.level, now.because, now.term_codes, areas)


def _good_until(
    decisions: tuple[Decision, ...], said: _Said, at: datetime, latest: datetime
) -> datetime:
    """Cut the statement short where a day or a decision is known to end what it says."""
    grant = state_after(decisions).grant
    today, zone = grant.local_day(at), ZoneInfo(grant.time_zone)
    # Two midnights can lie within 24 hours: the day on which clocks go forward has 23.
    midnights = [datetime.combine(today + timedelta(days=n), time(), zone) for n in (1, 2)]
    turns = [*midnights, *(one.effective_from for one in decisions)]
    ahead = sorted(turn for turn in turns if at < turn < latest)
    changes = (turn for turn in ahead if _said(decisions, turn) != said)
    return next(changes, latest)
