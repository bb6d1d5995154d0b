"""Doubles of what lies behind ports, honest about what they promise, for tests of use cases.

Only the sealer and the status signer are doubled here: the real ones need keys and XML. What is
kept is kept by the in-memory register, which passes the contract of the SQL one.
"""

import hmac
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from itertools import count
from threading import Lock
from uuid import UUID

from licenses.errors import LintFailed, Unavailable
from licenses.model.authority import MandateEntry
from licenses.model.license import SealContent
from licenses.model.register import SealDraft
from licenses.model.verdict import StatusStatement
from licenses.ports import Ids, Office, Sealer, UnitOfWork

SECRET = b"a secret of the tests"
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


class TickingClock:
    """Counts seconds on from `start` each time it is asked; may be set to another instant."""

    def __init__(self, start: datetime = NOON) -> None:
        self.now = start
        self._lock = Lock()

    def __call__(self) -> datetime:
        with self._lock:
            self.now += timedelta(seconds=1)
            return self.now


class DoubleSealer:
    """Writes the content as JSON and signs it by HMAC: what is sealed can be read and checked."""

    def __init__(self) -> None:
        self.signed: list[str] = []
        self.token_dead = False
        self.forbidden_number = ""
        self.before_signing: Callable[[], None] = lambda: None

    def draft(
        self, content: SealContent, *, at: datetime, mandate: tuple[MandateEntry, ...]
    ) -> SealDraft:
        """Return the octets; refuse the one number that this double's lint knows."""
        if content.grant.number == self.forbidden_number:
            raise LintFailed("rule N1: the number is not one we seal")
        octets = content.model_dump_json().encode()
        return SealDraft(content=content, octets=octets, sha256=sha256(octets).hexdigest(), at=at)

    def sign(self, draft: SealDraft) -> bytes:
        """Return octets, instant and HMAC, or say that the key does not answer."""
        self.before_signing()
        if self.token_dead:
            raise Unavailable("the key does not answer")
        self.signed.append(draft.content.seal_id)
        stated = draft.octets + b"\n" + draft.at.isoformat().encode()
        return stated + b"\n" + hmac.digest(SECRET, stated, "sha256").hex().encode()


def sealed_content(document: bytes) -> SealContent:
    """Return what a document of `DoubleSealer` seals; raise AssertionError if it was changed."""
    stated, _, mac = document.rpartition(b"\n")
    assert mac.decode() == hmac.digest(SECRET, stated, "sha256").hex()
    return SealContent.model_validate_json(stated.rpartition(b"\n")[0])


class DoubleStatusSigner:
    """States the statement as JSON and its HMAC."""

    def sign(self, statement: StatusStatement) -> str:
        """Return the statement and its code, separated by a dot."""
        text = statement.model_dump_json()
        return f"{text}.{keyed_digest(text.encode())}"


def keyed_digest(octets: bytes) -> str:
    """Return the HMAC of `octets` under the secret of the tests."""
    return hmac.digest(SECRET, octets, "sha256").hex()


def counted_ids() -> Ids:
    """Return ids that count up, so that records sort in the order they were made."""
    numbers = count(1)

    def record() -> UUID:
        return UUID(f"01890000-0000-7000-8000-{next(numbers):012x}")

    def public() -> str:
        return sha256(f"public {next(numbers)}".encode()).hexdigest()[:32]

    return Ids(record=record, public=public)


def office_over(
    unit_of_work: Callable[[], UnitOfWork], clock: Callable[[], datetime], sealer: Sealer
) -> Office:
    """Return a desk over a register, with ids that count."""
    return Office(
        unit_of_work=unit_of_work,
        clock=clock,
        ids=counted_ids(),
        sealer=sealer,
        keyed_digest=keyed_digest,
        status_address=lambda seal_id: f"https://status.example/v1/status/{seal_id}",
    )
