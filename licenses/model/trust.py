"""Whom a verifier trusts, with which key, for what, and when.

Keys come from a trust source, never from a document (security.md 1.7). Everything about time
is here too: a key is judged at the moment of signing, and what that moment may be worth
depends on whether somebody other than the document says it (design.md 5, Time).
"""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Annotated, Final, Protocol, Self

from pydantic import Field, model_validator

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


class LegacyMethod(StrEnum):
    """A method that is no longer safe and may be tolerated of a named partner for a while."""

    RSA_SHA1 = "rsa-sha1"
    SHA1 = "sha1"


LONGEST_RECORD: Final = timedelta(days=731)
"""Longest life of a record about a legacy partner: two years, then somebody decides anew."""


class LegacyPartner(Value):
    """One dated record by the operator: what is tolerated of one provider that signs the old way.

    It holds for documents under this very certificate and for nothing else; what it lets through
    is *legacy*, never verified. `methods` are tolerated beside today's: `rsa-sha1` for the
    signature, `sha1` for the digest. `namespaces` are all a root of theirs may be in, that of
    ELMO 1.x only where it is among them. `judged_at` is the past moment at which the certificate
    is judged, as old ones have expired. The record counts from `recorded_at` until `valid_until`.
    """

    name: Text
    key: TrustedKey
    methods: tuple[LegacyMethod, ...]
    least_rsa_bits: Annotated[int, Field(ge=1024, le=16_384)]
    namespaces: Annotated[tuple[Uri, ...], Field(min_length=1)]
    judged_at: Instant
    recorded_at: Instant
    valid_until: Instant
    decided_by: Text
    why: Text

    @model_validator(mode="after")
    def _dated(self) -> Self:
        if not self.recorded_at < self.valid_until <= self.recorded_at + LONGEST_RECORD:
            raise ValueError("valid_until must lie after recorded_at, by two years at most")
        if self.judged_at > self.recorded_at:
            raise ValueError("judged_at must not lie after recorded_at: it is about the past")
        if self.key.purpose is not Purpose.NCP:
            raise ValueError("only a provider can be a legacy partner")
        return self

    def in_force(self, now: datetime) -> bool:
        """Say whether the record counts at `now`; outside its dates it counts for nothing."""
        return self.recorded_at <= now < self.valid_until


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
