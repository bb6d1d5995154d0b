"""Whom a verifier trusts, with which key, for what, and when.

Keys come from a trust source, never from a document (security.md 1.7). Everything about time
is here too: a key is judged at the moment of signing, and what that moment may be worth
depends on whether somebody other than the document says it (design.md 5, Time).
"""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Protocol

from pydantic import Field

from licenses.model.authority import Authority
from licenses.model.reasons import Reason
from licenses.model.values import CountryCode, Instant, Sha256Hex, Text, Uri, Value


class Purpose(StrEnum):
    """What a key is for; a key used for anything else is refused."""

    SEAL = "seal"
    STATUS = "status"
    PDF = "pdf"
    NCP = "ncp"
    TRUST = "trust"


class TrustedKey(Value):
    """One published key.

    `kid` is the SHA-256 of the DER certificate, in hex; `certificate` is that DER. The window
    says when the key may sign; after `compromised_at` nothing it signed counts.
    """

    kid: Sha256Hex
    purpose: Purpose
    certificate: bytes
    valid_from: Instant
    valid_until: Instant
    compromised_at: Instant | None = None


class TrustedAuthority(Value):
    """An authority the source vouches for, its keys, and where its status is asked."""

    authority: Authority
    keys: tuple[TrustedKey, ...]
    status_address: Uri


class ElmoVersion(StrEnum):
    """The two forms of ELMO. They share a namespace, and no document fits both (design.md 4)."""

    V1_7 = "1.7"
    V2_0 = "2.0"


class TrustedSmp(Value):
    """A registered receiver: its name, what for it receives, and where it may be posted to.

    `elmo` is the form of ELMO it reads.
    """

    name: Text
    country: CountryCode
    purpose: Text
    return_url_prefixes: Annotated[tuple[Uri, ...], Field(min_length=1)]
    elmo: ElmoVersion = ElmoVersion.V1_7


class TrustedNcp(Value):
    """A data provider as the registry lists it, with the certificate its ELMO is signed by."""

    acronym: Text
    country: CountryCode
    institutions: tuple[Text, ...]
    url: Uri
    key: TrustedKey


class TrustSource(Protocol):
    """Answers who speaks for an authority; None means the source does not know them."""

    def authority(self, authority_id: str) -> TrustedAuthority | None:
        """Return the authority with its keys, or None."""

    def key_for(self, authority_id: str, purpose: Purpose, kid: str) -> TrustedKey | None:
        """Return the key with this id and purpose of this authority, or None."""

    def authorities(self) -> tuple[TrustedAuthority, ...]:
        """Return all authorities, sorted by id."""

    def smps(self) -> tuple[TrustedSmp, ...]:
        """Return all registered receivers."""


def judge_key(
    key: TrustedKey, signed_at: datetime, *, proven: bool, now: datetime
) -> Reason | None:
    """Return what is wrong with a signature of `key` made at `signed_at`, or None.

    Args:
        key: as the trust source publishes it.
        signed_at: when it is said to have been made.
        proven: True where the authority's own record says so, False where only the document does.
        now: the verifier's clock.
    """
    if key.compromised_at is not None and (signed_at >= key.compromised_at or not proven):
        return Reason.KEY_COMPROMISED
    if not key.valid_from <= signed_at <= key.valid_until:
        return Reason.KEY_NOT_VALID_THEN
    if not proven and now > key.valid_until:
        return Reason.SIGNING_TIME_UNPROVEN
    return None
