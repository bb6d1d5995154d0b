"""Decisions in SQL, chained as they are appended."""

from collections.abc import Iterator

from sqlalchemy import func, insert, select, update

from licenses.errors import Conflict
from licenses.model.decision import Decision
from licenses.model.register import LicenseKey
from licenses.storage.chain import ChainCheck, Head, Link, broken, next_link
from licenses.storage.rows import text_of
from licenses.storage.session import Session
from licenses.storage.tables import AUTHORITY_HEAD, AUTHORITY_LOG, DECISION


class SqlDecisions:
    """`ports.DecisionRepository` over the tables decision, authority_log and authority_head.

    The head of each authority stands under a keyed hash, so that who can write the file, but has
    no master key, can neither cut the end off a chain nor write a whole chain anew.
    """

    def __init__(self, session: Session) -> None:
        self._session = session

    def append(self, decision: Decision) -> None:
        """Record a decision at the end of its license's chain; raise Conflict for a known id."""
        link = next_link(
            decision.authority_id,
            str(decision.license_id),
            str(decision.decision_id),
            text_of(decision),
            own=self._own_head(decision),
            log=self._head(decision.authority_id),
        )
        if self._session.attempt(insert(DECISION).values(_decision_row(link))) is None:
            raise Conflict("a decision of that id is on record")
        self._session.change(insert(AUTHORITY_LOG).values(_log_row(link)))
        self._move_head(decision.authority_id, Head(link.log_seq, link.log_hash))

    def of(self, key: LicenseKey) -> tuple[Decision, ...]:
        """Return all decisions in the order they were recorded; empty if there are none."""
        rows = self._session.rows(
            select(DECISION.c.content)
            .where(
                DECISION.c.authority_id == key.authority_id,
                DECISION.c.license_id == str(key.license_id),
            )
            .order_by(DECISION.c.seq)
        )
        return tuple(Decision.model_validate_json(row["content"]) for row in rows)

    def verify_chain(self, authority_id: str) -> int:
        """Recompute every hash of the authority and return how many decisions stand.

        Raise Conflict naming the first decision that does not fit.
        """
        check = ChainCheck(authority_id)
        for link in self._links(authority_id):
            check.follow(link)
        counted = check.finish(self._checked_head(authority_id))
        rows = self._session.first(
            select(func.count().label("stored"))
            .select_from(DECISION)
            .where(DECISION.c.authority_id == authority_id)
        )
        if rows is None or rows["stored"] != counted:
            raise broken(f"number {counted + 1}")
        return counted

    def _links(self, authority_id: str) -> Iterator[Link]:
        joined = AUTHORITY_LOG.outerjoin(
            DECISION,
            (DECISION.c.authority_id == AUTHORITY_LOG.c.authority_id)
            & (DECISION.c.decision_id == AUTHORITY_LOG.c.decision_id),
        )
        rows = self._session.each(
            select(
                AUTHORITY_LOG.c.seq.label("log_seq"),
                AUTHORITY_LOG.c.license_id,
                AUTHORITY_LOG.c.decision_id,
                AUTHORITY_LOG.c.decision_hash,
                AUTHORITY_LOG.c.prev_hash.label("log_prev"),
                AUTHORITY_LOG.c.hash.label("log_hash"),
                DECISION.c.seq,
                DECISION.c.license_id.label("own_license_id"),
                DECISION.c.content,
                DECISION.c.prev_hash.label("prev"),
                DECISION.c.hash,
            )
            .select_from(joined)
            .where(AUTHORITY_LOG.c.authority_id == authority_id)
            .order_by(AUTHORITY_LOG.c.seq)
        )
        return (Link(authority_id=authority_id, **row) for row in rows)

    def _own_head(self, decision: Decision) -> Head:
        row = self._session.first(
            select(DECISION.c.seq, DECISION.c.hash)
            .where(
                DECISION.c.authority_id == decision.authority_id,
                DECISION.c.license_id == str(decision.license_id),
            )
            .order_by(DECISION.c.seq.desc())
            .limit(1)
        )
        return Head() if row is None else Head(row["seq"], row["hash"])

    def _head(self, authority_id: str) -> Head:
        row = self._session.first(
            select(AUTHORITY_HEAD)
            .where(AUTHORITY_HEAD.c.authority_id == authority_id)
            .with_for_update()
        )
        return Head() if row is None else Head(row["seq"], row["hash"])

    def _checked_head(self, authority_id: str) -> Head:
        row = self._session.first(
            select(AUTHORITY_HEAD).where(AUTHORITY_HEAD.c.authority_id == authority_id)
        )
        if row is None:
            return Head()
        head = Head(row["seq"], row["hash"])
        if row["keyed_hash"] != self._keyed(authority_id, head):
            raise broken(f"number {head.seq}")
        return head

    def _move_head(self, authority_id: str, head: Head) -> None:
        row = {
            "authority_id": authority_id,
            "seq": head.seq,
            "hash": head.hash,
            "keyed_hash": self._keyed(authority_id, head),
        }
        is_it = AUTHORITY_HEAD.c.authority_id == authority_id
        if self._session.change(update(AUTHORITY_HEAD).where(is_it).values(row)) == 0:
            self._session.change(insert(AUTHORITY_HEAD).values(row))

    def _keyed(self, authority_id: str, head: Head) -> str:
        return self._session.vault.keyed_hash("head", authority_id, str(head.seq), head.hash)


def _decision_row(link: Link) -> dict[str, object]:
    return {
        "authority_id": link.authority_id,
        "license_id": link.license_id,
        "seq": link.seq,
        "decision_id": link.decision_id,
        "content": link.content,
        "prev_hash": link.prev,
        "hash": link.hash,
    }


def _log_row(link: Link) -> dict[str, object]:
    return {
        "authority_id": link.authority_id,
        "seq": link.log_seq,
        "license_id": link.license_id,
        "decision_id": link.decision_id,
        "decision_hash": link.decision_hash,
        "prev_hash": link.log_prev,
        "hash": link.log_hash,
    }
