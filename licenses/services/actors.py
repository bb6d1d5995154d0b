"""Actors: make somebody's token, and know them by it.

The token is 256 random bits and is shown once; the register keeps its SHA-256 alone, which for
so many random bits needs neither salt nor slowness.
"""

import secrets
from base64 import urlsafe_b64encode
from collections.abc import Callable
from datetime import datetime
from hashlib import sha256

from licenses.errors import NotAuthenticated
from licenses.model.decision import Role
from licenses.model.register import Actor, AuditAction, AuditEntry
from licenses.ports import UnitOfWork

_TOKEN_BYTES = 32


def create_actor(
    uow: UnitOfWork,
    authority_id: str,
    actor_id: str,
    role: Role,
    *,
    clock: Callable[[], datetime],
    expires: datetime | None = None,
    randomness: Callable[[int], bytes] = secrets.token_bytes,
) -> str:
    """Store a new actor and return their token, which nobody can ask for again.

    Args:
        uow: a unit of work not yet entered.
        authority_id: for whom the actor speaks.
        actor_id: their code within the authority.
        role: what they may do.
        clock: gives the instant of creation.
        expires: when the token stops serving; None never.
        randomness: gives that many random bytes.

    Raises:
        NotFound: there is no such authority.
        Conflict: the authority has an actor of that id.
    """
    token = urlsafe_b64encode(randomness(_TOKEN_BYTES)).decode().rstrip("=")
    at = clock()
    actor = Actor(
        authority_id=authority_id,
        actor_id=actor_id,
        role=role,
        token_sha256=token_digest(token),
        created_at=at,
        expires_at=expires,
    )
    with uow:
        uow.authorities.get(authority_id)
        uow.actors.add(actor)
        uow.audit.record(_entry(actor, at))
        uow.commit()
    return token


def authenticate(uow: UnitOfWork, token: str, clock: Callable[[], datetime]) -> Actor:
    """Return whose token this is; raise NotAuthenticated if nobody's or if its time is over."""
    with uow:
        actor = uow.actors.by_token(token_digest(token))
    if not actor.may_act(clock()):
        raise NotAuthenticated("the token is not known or no longer in force")
    return actor


def token_digest(token: str) -> str:
    """Return what the register keeps of a token."""
    return sha256(token.encode()).hexdigest()


def _entry(actor: Actor, at: datetime) -> AuditEntry:
    return AuditEntry(
        authority_id=actor.authority_id,
        at=at,
        actor="command-line",
        action=AuditAction.ACTOR_CREATED,
        subject=actor.actor_id,
        purpose=actor.role.value,
    )
