"""The use cases of a receiver: one session, one answer, one verdict, and no second try."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest

from licenses.errors import AlreadyUsed, Expired, NotFound
from licenses.model.exchange import EXCHANGE_LIFE, Reception
from licenses.model.people import PersonName
from licenses.model.reasons import Reason
from licenses.model.register import AuditAction
from licenses.model.verdict import (
    Circumstances,
    DocumentVerdict,
    Expectation,
    LicenseVerdict,
    Line,
    Overall,
)
from licenses.ports import ReceiverDesk
from licenses.services import receive
from licenses.storage.memory import MemoryStore, MemoryUnitOfWork
from tests.doubles import NOON, TickingClock, counted_ids
from tests.trust_samples import ncp

ORIGIN = "https://szpital.example"
EXPECTED = Expectation(name=PersonName(given="Ingrid", family="Solberg"), territory="PL")
_LINE = Line(answer="verified", reasons=(Reason.VERIFIED,))


class DoubleVerifier:
    """Finds every document good, known by the digest it is told."""

    def __init__(self) -> None:
        self.asked: list[tuple[bytes, Circumstances]] = []
        self.digest: str | None = "ab" * 32

    def verdict(self, carried: bytes, circumstances: Circumstances) -> DocumentVerdict:
        self.asked.append((carried, circumstances))
        license_ = LicenseVerdict(
            overall=Overall.MAY_WORK,
            reasons=(Reason.VERIFIED,),
            content=_LINE,
            authority=_LINE,
            holder=_LINE,
            place=_LINE,
            standing=_LINE,
        )
        return DocumentVerdict(
            kind="response",
            checked_at=NOON,
            overall=Overall.MAY_WORK,
            reasons=(),
            signature=_LINE,
            schema_line=_LINE,
            document_sha256=self.digest,
            licenses=(license_,),
        )


class Hospital:
    """A receiver over an empty register."""

    def __init__(self) -> None:
        self.store = MemoryStore()
        self.clock = TickingClock()
        self.verifier = DoubleVerifier()
        self.desk = ReceiverDesk(
            lambda: MemoryUnitOfWork(self.store),
            self.clock,
            counted_ids(),
            self.verifier,
            "Szpital",
            ORIGIN,
        )

    def started(self) -> receive.Started:
        """Open a session."""
        return receive.start(self.desk, ncp(), EXPECTED)

    def answered(
        self, session: Reception, code: str = "ncp-ok", elmo: str | None = "QQ=="
    ) -> Reception:
        """Give a session its answer."""
        waiting = receive.waiting(self.desk, session.session_id)
        return receive.receive(self.desk, waiting, ncp(), return_code=code, elmo=elmo)

    def kept(self, session_id: str) -> Reception:
        """Return a session as it is kept."""
        with MemoryUnitOfWork(self.store) as uow:
            return uow.receptions.get(session_id)

    def audited(self) -> Any:
        """Return what the log says of this receiver."""
        with MemoryUnitOfWork(self.store) as uow:
            return uow.audit.of(ORIGIN)


@pytest.fixture
def hospital() -> Hospital:
    return Hospital()


def test_a_session_remembers_whom_it_expects_from_whom_and_no_secret(hospital: Hospital) -> None:
    started = hospital.started()

    kept = hospital.kept(started.reception.session_id)
    assert kept == started.reception
    assert (kept.expectation, kept.ncp_url) == (EXPECTED, ncp().url)
    assert started.browser_secret not in kept.model_dump_json()


def test_an_answer_is_verified_for_this_very_session_and_provider(hospital: Hospital) -> None:
    session = hospital.started().reception

    after = hospital.answered(session)

    ((carried, circumstances),) = hospital.verifier.asked
    assert carried == b"QQ=="
    assert circumstances.ncp == ncp()
    assert circumstances.audience == ORIGIN
    assert circumstances.session_sha256 is not None
    assert circumstances.expectation == EXPECTED
    assert hospital.kept(session.session_id) == after
    assert after.document == b"QQ=="
    assert after.verdict is not None
    assert after.verdict.overall is Overall.MAY_WORK


@pytest.mark.parametrize("code", ["ncp-cancel", "ncp-no-results", "ncp-error"])
@pytest.mark.parametrize("elmo", [None, "QQ=="])
def test_an_ending_without_ok_is_never_verified_nor_kept(
    hospital: Hospital, code: str, elmo: str | None
) -> None:
    after = hospital.answered(hospital.started().reception, code, elmo)

    assert hospital.verifier.asked == []
    assert (after.return_code, after.verdict, after.document) == (code, None, None)


def test_a_session_has_one_answer(hospital: Hospital) -> None:
    session = hospital.started().reception
    first = hospital.answered(session)

    with pytest.raises(AlreadyUsed):
        hospital.answered(session, "ncp-cancel")

    assert hospital.kept(session.session_id) == first


def test_of_many_answers_at_once_one_counts(hospital: Hospital) -> None:
    waiting = receive.waiting(hospital.desk, hospital.started().reception.session_id)

    def answer(_: int) -> bool:
        try:
            receive.receive(hospital.desk, waiting, ncp(), return_code="ncp-ok", elmo="QQ==")
        except AlreadyUsed:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(answer, range(40))) == 1
    assert len(hospital.audited()) == 1


def test_an_answer_after_thirty_minutes_is_too_late(hospital: Hospital) -> None:
    session = hospital.started().reception
    hospital.clock.now = session.created_at + EXCHANGE_LIFE

    with pytest.raises(Expired):
        receive.waiting(hospital.desk, session.session_id)


def test_a_session_nobody_opened_is_not_found(hospital: Hospital) -> None:
    with pytest.raises(NotFound):
        receive.waiting(hospital.desk, "0" * 32)


def test_a_document_that_another_session_received_is_not_accepted(hospital: Hospital) -> None:
    hospital.answered(hospital.started().reception)

    second = hospital.answered(hospital.started().reception)

    assert second.verdict is not None
    assert second.verdict.reasons == (Reason.SEEN_BEFORE,)
    assert second.verdict.overall is Overall.NOT_ESTABLISHED
    assert second.verdict.licenses[0].overall is Overall.NOT_ESTABLISHED


def test_documents_without_a_digest_are_not_taken_for_the_same(hospital: Hospital) -> None:
    hospital.verifier.digest = None
    hospital.answered(hospital.started().reception)

    second = hospital.answered(hospital.started().reception)

    assert second.verdict is not None
    assert second.verdict.reasons == ()


@pytest.mark.parametrize("secret", [None, "", "wrong"])
def test_only_the_browser_that_began_sees_a_session(hospital: Hospital, secret: str | None) -> None:
    session = hospital.started().reception
    hospital.answered(session)

    for seen in (receive.recall, receive.result):
        with pytest.raises(NotFound):
            seen(hospital.desk, session.session_id, secret)


def test_before_its_answer_a_session_has_no_result(hospital: Hospital) -> None:
    started = hospital.started()
    session_id = started.reception.session_id

    assert receive.recall(hospital.desk, session_id, started.browser_secret) == started.reception
    with pytest.raises(NotFound):
        receive.result(hospital.desk, session_id, started.browser_secret)


def test_an_answered_session_can_be_read_after_its_thirty_minutes(hospital: Hospital) -> None:
    started = hospital.started()
    after = hospital.answered(started.reception)
    hospital.clock.now += timedelta(hours=2)

    assert receive.result(hospital.desk, after.session_id, started.browser_secret) == after


def test_an_unanswered_session_cannot(hospital: Hospital) -> None:
    started = hospital.started()
    hospital.clock.now += EXCHANGE_LIFE

    with pytest.raises(Expired):
        receive.recall(hospital.desk, started.reception.session_id, started.browser_secret)


def test_a_session_given_up_takes_no_answer(hospital: Hospital) -> None:
    session = hospital.started().reception

    receive.give_up(hospital.desk, session)

    with pytest.raises(AlreadyUsed):
        hospital.answered(session)


def test_an_answered_session_cannot_be_given_up(hospital: Hospital) -> None:
    session = hospital.started().reception
    after = hospital.answered(session)

    for known in (after, session):
        with pytest.raises(AlreadyUsed):
            receive.give_up(hospital.desk, known)

    assert hospital.kept(session.session_id) == after


def test_sessions_are_deleted_when_their_time_is_over(hospital: Hospital) -> None:
    old = hospital.answered(hospital.started().reception)
    hospital.clock.now += receive.KEPT + timedelta(minutes=1)

    hospital.started()

    with pytest.raises(NotFound):
        hospital.kept(old.session_id)


def test_the_log_says_that_something_was_received_and_of_nobody(hospital: Hospital) -> None:
    session = hospital.answered(hospital.started().reception)

    (entry,) = hospital.audited()
    assert entry.action is AuditAction.DOCUMENT_RECEIVED
    assert "may-work" in entry.purpose
    assert "Solberg" not in entry.model_dump_json()
    assert session.session_id not in entry.model_dump_json(), "a session id opens a session"
