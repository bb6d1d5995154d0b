"""Receive what a holder sends: the use cases of an SMP, from the expectation to the verdict.

One session, one answer: the first takes the session whatever it brings, so a second try with
another document finds it used (security.md E3, E4). The key is that of the provider chosen at the
start, never one the answer names (E5). Source: design.md 6.
"""

from datetime import timedelta
from hashlib import sha256
from typing import NamedTuple

from licenses.errors import AlreadyUsed, Expired, NotFound
from licenses.model.exchange import Reception
from licenses.model.judgement import with_carrier_reason
from licenses.model.reasons import Reason
from licenses.model.register import AuditAction, AuditEntry
from licenses.model.trust import TrustedNcp
from licenses.model.verdict import Circumstances, DocumentVerdict, Expectation
from licenses.ports import ReceiverDesk, UnitOfWork

_OK = "ncp-ok"
KEPT = timedelta(days=1)
"""How long a receiver keeps a session and what it brought."""


class Started(NamedTuple):
    """A new session, and the secret the browser that began it proves itself with."""

    reception: Reception
    browser_secret: str


def start(desk: ReceiverDesk, ncp: TrustedNcp, expectation: Expectation) -> Started:
    """Open a session for one expectation and one provider; also deletes those kept long enough."""
    secret, now = desk.ids.public(), desk.clock()
    reception = Reception(
        session_id=desk.ids.public(),
        ncp_url=ncp.url,
        ncp_name=ncp.acronym,
        ncp_country=ncp.country,
        browser_sha256=_digest(secret),
        expectation=expectation,
        created_at=now,
    )
    with desk.unit_of_work() as uow:
        uow.receptions.drop(now - KEPT)
        uow.receptions.add(reception)
        uow.commit()
    return Started(reception, secret)


def waiting(desk: ReceiverDesk, session_id: str) -> Reception:
    """Return the session an answer is about to be given to.

    Raises:
        NotFound: we never opened such a session.
        AlreadyUsed: it has had its answer.
        Expired: its thirty minutes are over.
    """
    with desk.unit_of_work() as uow:
        reception = uow.receptions.get(session_id)
    if reception.used_at is not None:
        raise AlreadyUsed("This session has had its answer. Start again to receive another one.")
    if reception.is_over(desk.clock()):
        raise Expired("The thirty minutes for this session are over. Start again.")
    return reception


def receive(
    desk: ReceiverDesk,
    reception: Reception,
    ncp: TrustedNcp,
    *,
    return_code: str,
    elmo: str | None,
) -> Reception:
    """Take the one answer of a session, verify what it brings, and keep the verdict.

    Args:
        desk: of the receiver.
        reception: as `waiting` returned it.
        ncp: the provider chosen at the start, as the registry has it now.
        return_code: `ncp-ok`, `ncp-cancel`, `ncp-no-results` or `ncp-error`.
        elmo: the `elmo` parameter as posted; ignored unless the code is `ncp-ok`.

    Raises:
        AlreadyUsed: another answer was faster.
        Unavailable: the document cannot be verified now; the session still waits for its answer.
    """
    verdict = None
    if return_code == _OK and elmo is not None:
        verdict = desk.verifier.verdict(elmo.encode(), _circumstances(desk, reception, ncp))
    with desk.unit_of_work() as uow:
        verdict = verdict and _unless_seen(uow, verdict, reception)
        after = reception.model_copy(
            update={
                "used_at": desk.clock(),
                "return_code": return_code,
                "verdict": verdict,
                "document": elmo.encode() if verdict and elmo else None,
            }
        )
        uow.receptions.replace(after, expected=reception)
        uow.audit.record(_entry(desk, after))
        uow.commit()
    return after


def recall(desk: ReceiverDesk, session_id: str, secret: str | None) -> Reception:
    """Return a session to the browser that began it.

    Raises:
        NotFound: no such session, or another browser; both look the same.
        Expired: it had no answer in its thirty minutes.
    """
    with desk.unit_of_work() as uow:
        reception = uow.receptions.get(session_id)
    if secret is None or _digest(secret) != reception.browser_sha256:
        raise NotFound("There is no such session in this browser. Start again.")
    if reception.used_at is None and reception.is_over(desk.clock()):
        raise Expired("The thirty minutes for this session are over. Start again.")
    return reception


def result(desk: ReceiverDesk, session_id: str, secret: str | None) -> Reception:
    """Return a session that has had its answer; as `recall`, and NotFound before the answer."""
    reception = recall(desk, session_id, secret)
    if reception.used_at is None:
        raise NotFound("This session has had no answer yet.")
    return reception


def give_up(desk: ReceiverDesk, reception: Reception) -> None:
    """End a session before its answer; one that comes later finds it used.

    Raises:
        AlreadyUsed: the answer was faster; it stays as it is.
    """
    if reception.used_at is not None:
        raise AlreadyUsed("This session has had its answer, which stays.")
    after = reception.model_copy(update={"used_at": desk.clock(), "return_code": "given-up"})
    with desk.unit_of_work() as uow:
        uow.receptions.replace(after, expected=reception)
        uow.commit()


def _circumstances(desk: ReceiverDesk, reception: Reception, ncp: TrustedNcp) -> Circumstances:
    return Circumstances(
        expectation=reception.expectation,
        ncp=ncp,
        audience=desk.origin,
        session_sha256=_digest(reception.session_id),
    )


def _unless_seen(
    uow: UnitOfWork, verdict: DocumentVerdict, reception: Reception
) -> DocumentVerdict:
    """Mark a document whose signed octets another session received before (E4)."""
    if verdict.document_sha256 is None:
        return verdict
    if uow.receptions.seen(verdict.document_sha256, reception.session_id):
        return with_carrier_reason(verdict, Reason.SEEN_BEFORE)
    return verdict


def _entry(desk: ReceiverDesk, reception: Reception) -> AuditEntry:
    outcome = reception.verdict.overall.value if reception.verdict else reception.return_code
    return AuditEntry(
        authority_id=desk.origin,
        at=desk.clock(),
        actor=f"smp:{desk.name}",
        action=AuditAction.DOCUMENT_RECEIVED,
        subject=f"session:{_digest(reception.session_id)}",
        purpose=f"verify a license; {outcome}",
    )


def _digest(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()
