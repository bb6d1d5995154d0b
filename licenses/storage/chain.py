"""The hash chains over decisions: one per license, and their heads chained per authority.

A decision's hash covers its canonical JSON and the hash before it; a log entry covers which
decision of which license came next and the entry before. Recomputing both finds every edit,
loss and swap inside; what was cut off the end is found by the head, which storage keeps
separately. Pure: no database, no key.
"""

import hashlib
from typing import Any, NamedTuple

from licenses.errors import Conflict
from licenses.storage.rows import json_text

GENESIS = "0" * 64
"""What the first hash of a chain is chained to."""


class Head(NamedTuple):
    """How long a chain is, and its last hash."""

    seq: int = 0
    hash: str = GENESIS


class Link(NamedTuple):
    """One decision with its place in the chain of its license and in that of its authority.

    The fields are as stored, not as believed: a tampered row may hold anything.
    """

    authority_id: str
    log_seq: Any
    license_id: Any
    decision_id: Any
    decision_hash: Any
    log_prev: Any
    log_hash: Any
    seq: Any
    own_license_id: Any
    content: Any
    prev: Any
    hash: Any


def decision_hash(prev: object, content: object) -> str:
    """Return the hash of a decision: over the hash before it and its canonical JSON."""
    return hashlib.sha256(f"{prev}\n{content}".encode()).hexdigest()


def log_hash(prev: object, authority_id: str, seq: object, *entry: object) -> str:
    """Return the hash of a log entry; `entry` is license id, decision id and decision hash."""
    line = json_text([prev, authority_id, seq, *(str(part) for part in entry)])
    return hashlib.sha256(line.encode()).hexdigest()


def next_link(
    authority_id: str, license_id: str, decision_id: str, content: str, *, own: Head, log: Head
) -> Link:
    """Return the link that puts a decision behind the heads of its license and its authority."""
    hashed = decision_hash(own.hash, content)
    entry = (license_id, decision_id, hashed)
    return Link(
        authority_id=authority_id,
        log_seq=log.seq + 1,
        license_id=license_id,
        decision_id=decision_id,
        decision_hash=hashed,
        log_prev=log.hash,
        log_hash=log_hash(log.hash, authority_id, log.seq + 1, *entry),
        seq=own.seq + 1,
        own_license_id=license_id,
        content=content,
        prev=own.hash,
        hash=hashed,
    )


class ChainCheck:
    """Follows an authority's log from its beginning; each link must be the one that comes next."""

    def __init__(self, authority_id: str) -> None:
        self._authority_id = authority_id
        self._log = Head()
        self._licenses: dict[object, Head] = {}

    def follow(self, link: Link) -> None:
        """Accept the next link; raise Conflict naming its decision if it does not fit."""
        own = self._licenses.get(link.license_id, Head())
        expected = next_link(
            self._authority_id,
            link.license_id,
            link.decision_id,
            link.content,
            own=own,
            log=self._log,
        )
        if link != expected:
            raise broken(link.decision_id)
        self._log = Head(expected.log_seq, expected.log_hash)
        self._licenses[link.license_id] = Head(expected.seq, expected.hash)

    def finish(self, head: Head) -> int:
        """Return how many decisions stand; raise Conflict if the log ends elsewhere than `head`."""
        if head != self._log:
            raise broken(f"number {self._log.seq + 1}")
        return self._log.seq


def broken(decision_id: object) -> Conflict:
    """Return the error that names the first decision that does not fit."""
    return Conflict(f"the record was altered: decision {decision_id} does not fit the chain")
