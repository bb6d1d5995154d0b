"""Find out whether a sealed license still stands: the stapled answer first, then the asked one.

A stapled statement that is about another seal or under another key is a forgery and ends the
search; one that is merely too old is set aside and the authority is asked. Where nothing counts
the finding says why, and unknown is never good. Source: design.md 7.
"""

from collections.abc import Callable
from datetime import datetime

from licenses.errors import DocumentRejected, Unavailable
from licenses.model.reasons import Reason
from licenses.model.trust import TrustedAuthority
from licenses.model.verdict import SealFinding, StatusFinding, StatusSource, StatusStatement
from schema_ext.refusal import rejected
from schema_ext.status_token import read_status

StatusAsker = Callable[[TrustedAuthority, str], str | None]
"""Ask an authority about a seal id: its token, None where it knows no such seal.

Raises Unavailable where the authority cannot be reached."""


def asking_once(ask: StatusAsker) -> StatusAsker:
    """Return an asker for one document, which waits for a silent authority only once.

    A document may carry hundreds of licenses, and each unanswered question takes seconds.
    """
    silent: set[str] = set()

    def patient(authority: TrustedAuthority, seal_id: str) -> str | None:
        if authority.authority.id in silent:
            raise Unavailable("The authority did not answer a moment ago.")
        try:
            return ask(authority, seal_id)
        except Unavailable:
            silent.add(authority.authority.id)
            raise

    return patient


def find_status(
    finding: SealFinding, stapled: str | None, ask: StatusAsker | None, *, now: datetime
) -> StatusFinding:
    """Return the statement that counts for a seal, or why there is none.

    Args:
        finding: the verified seal.
        stapled: the token that came with it, if any.
        ask: how to reach the authority; None where nobody may be asked (offline).
        now: the verifier's clock.
    """
    set_aside = Reason.STATUS_NOT_ASKED
    if stapled is not None:
        try:
            return _counting(finding, stapled, StatusSource.STAPLED, now)
        except DocumentRejected as refusal:
            if refusal.reason != Reason.STATUS_EXPIRED:
                return _none(Reason(refusal.reason))
            set_aside = Reason.STATUS_EXPIRED
    return _none(set_aside) if ask is None else _asked(finding, ask, now)


def _asked(finding: SealFinding, ask: StatusAsker, now: datetime) -> StatusFinding:
    try:
        token = ask(finding.authority, finding.content.seal_id)
        if token is None:
            return _none(Reason.SEAL_NEVER_RECORDED)
        return _counting(finding, token, StatusSource.ASKED, now)
    except Unavailable:
        return _none(Reason.STATUS_UNREACHABLE)
    except DocumentRejected as refusal:
        return _none(Reason(refusal.reason))


def _counting(
    finding: SealFinding, token: str, source: StatusSource, now: datetime
) -> StatusFinding:
    statement = read_status(token, finding.authority, now=now)
    _require_about(finding, statement)
    reason = Reason.STATUS_STAPLED if source is StatusSource.STAPLED else Reason.STATUS_ASKED
    return StatusFinding(source=source, reason=reason, statement=statement)


def _require_about(finding: SealFinding, statement: StatusStatement) -> None:
    """The statement names this seal and the very bytes the authority recorded for it."""
    if statement.seal_id != finding.content.seal_id:
        raise rejected(Reason.STATUS_OTHER_SEAL)
    if statement.seal_sha256 != finding.seal_sha256:
        raise rejected(Reason.SEAL_NEVER_RECORDED)


def _none(reason: Reason) -> StatusFinding:
    return StatusFinding(source=StatusSource.NONE, reason=reason)
