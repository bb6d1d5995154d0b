"""The signed answer to "does this seal still stand?": a JWT under an authority's status key.

Claims: sub (seal id), iss (authority id), sealSha256, sealedAt, recordVersion, standing, because,
territory, termCodes, asOf, exp and, where there is a newer seal, supersededBy. Instants are
RFC 3339 in UTC, `exp` counts seconds (RFC 7519). Whether the statement is about the seal at hand
is left to the judgement; that the authority made it, and lately, is decided here.
Source: design.md 7.
"""

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Annotated, Self

from cryptography import x509
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic.alias_generators import to_camel

from licenses.errors import LintFailed
from licenses.model.reasons import Reason
from licenses.model.standing import Because, Level
from licenses.model.trust import Purpose, TrustedAuthority, TrustedKey
from licenses.model.values import AreaCode, Code, Instant, PublicId, Sha256Hex, Uri
from licenses.model.verdict import StatusStatement
from schema_ext.jws import UntrustedToken, open_compact, sign_compact
from schema_ext.refusal import rejected
from schema_ext.signing.keys import SigningKey
from schema_ext.strict_json import read_object, write_object

MEDIA_TYPE = "license-status+jwt"
LONGEST_LIFE = timedelta(hours=24)
CLOCK_SKEW = timedelta(minutes=5)
"""How far ahead another server's clock may be before its statement is refused."""

_MAX_CLAIMS = 16_384
_HEADER = frozenset({"alg", "kid", "typ"})


class _Claims(BaseModel):
    """The claims as they stand in the token; claims of later versions are passed over."""

    model_config = ConfigDict(
        strict=True, extra="ignore", alias_generator=to_camel, validate_by_name=True
    )

    sub: PublicId
    iss: Uri
    seal_sha256: Sha256Hex
    sealed_at: Instant
    record_version: Annotated[int, Field(ge=1)]
    standing: Level
    because: Because
    territory: Annotated[tuple[AreaCode, ...], Field(max_length=60)]
    term_codes: Annotated[tuple[Code, ...], Field(max_length=400)]
    as_of: Instant
    exp: Annotated[int, Field(ge=0, le=253_402_300_799)]
    superseded_by: PublicId | None = None

    @classmethod
    def of(cls, statement: StatusStatement) -> Self:
        """Return the claims that say `statement`."""
        return cls(
            sub=statement.seal_id,
            iss=statement.authority_id,
            seal_sha256=statement.seal_sha256,
            sealed_at=statement.sealed_at,
            record_version=statement.record_version,
            standing=statement.level,
            because=statement.because,
            territory=statement.territories,
            term_codes=statement.term_codes,
            as_of=statement.as_of,
            exp=int(statement.expires_at.timestamp()),
            superseded_by=statement.superseded_by,
        )

    def statement(self) -> StatusStatement:
        """Return the statement these claims make."""
        return StatusStatement(
            seal_id=self.sub,
            authority_id=self.iss,
            seal_sha256=self.seal_sha256,
            sealed_at=self.sealed_at,
            record_version=self.record_version,
            level=self.standing,
            because=self.because,
            territories=self.territory,
            term_codes=self.term_codes,
            as_of=self.as_of,
            expires_at=datetime.fromtimestamp(self.exp, UTC),
            superseded_by=self.superseded_by,
        )


def sign_status(statement: StatusStatement, key: SigningKey) -> str:
    """Return the compact JWT that says `statement`.

    `expires_at` is cut to the whole second, so a token never lives longer than it was given.

    Raises:
        LintFailed: it would live longer than 24 hours, or end before it begins.
        ConfigurationRefused: the key is not a status key.
    """
    try:
        claims = _Claims.of(statement)
    except ValidationError:
        raise LintFailed("The statement says something that a status token cannot.") from None
    if not _life_is_sound(claims.statement()):
        raise LintFailed("A statement about a license lives at most 24 hours.")
    payload = write_object(claims.model_dump(mode="json", by_alias=True, exclude_none=True))
    return sign_compact(payload, key, purpose=Purpose.STATUS, typ=MEDIA_TYPE)


def read_status(token: str, authority: TrustedAuthority, *, now: datetime) -> StatusStatement:
    """Return what `authority` says in `token`.

    Args:
        token: compact JWT as it was stapled or answered.
        authority: from the trust source, never from the document.
        now: the verifier's clock.

    Raises:
        DocumentRejected: `status-expired` for an authentic statement that is too old at `now`,
            `status-signature` for everything else.
    """
    try:
        statement = _authentic(token, authority)
    except ValueError:
        raise rejected(Reason.STATUS_SIGNATURE) from None
    if not _life_is_sound(statement) or statement.as_of > now + CLOCK_SKEW:
        raise rejected(Reason.STATUS_SIGNATURE)
    # The key of the seal is judged at this moment, so it must have come when the statement is made.
    if statement.sealed_at > statement.as_of + CLOCK_SKEW:
        raise rejected(Reason.STATUS_SIGNATURE)
    if now >= statement.expires_at:
        raise rejected(Reason.STATUS_EXPIRED)
    return statement


def _authentic(token: str, authority: TrustedAuthority) -> StatusStatement:
    keys = {key.kid: key for key in authority.keys if key.purpose is Purpose.STATUS}
    kid, statement = _said(token, tuple([(kid, key.certificate) for kid, key in keys.items()]))
    if statement.authority_id != authority.authority.id or not _may_speak(keys[kid], statement):
        raise UntrustedToken("its key may not say this")
    return statement


# One statement is asked about again and again while it lives. Only what never changes of it is
# remembered: that these very octets were signed under this very certificate. Whether the key may
# speak, and whether the statement is still fresh, is judged anew each time.
@lru_cache(maxsize=512)
def _said(token: str, certificates: tuple[tuple[str, bytes], ...]) -> tuple[str, StatusStatement]:
    """Return which key signed `token`, by its id, and what the token says.

    Args:
        token: compact JWT.
        certificates: the status keys of one authority, (id, DER).

    Raises:
        ValueError: signed by none of them, or not a statement.
    """
    known, used = dict(certificates), []

    def certificate_for(kid: str, _header: object) -> x509.Certificate:
        if kid not in known:
            raise UntrustedToken("it is not signed with a status key of the authority")
        used.append(kid)
        return x509.load_der_x509_certificate(known[kid])

    opened = open_compact(token, certificate_for, typ=MEDIA_TYPE, names=_HEADER, limit=_MAX_CLAIMS)
    claims = read_object(opened.payload, limit=_MAX_CLAIMS)
    return used[0], _Claims.model_validate_json(write_object(claims)).statement()


def _may_speak(key: TrustedKey, statement: StatusStatement) -> bool:
    """A compromised key says nothing at all: only the token itself tells when it was signed."""
    in_window = key.valid_from <= statement.as_of <= key.valid_until
    return in_window and key.compromised_at is None


def _life_is_sound(statement: StatusStatement) -> bool:
    return timedelta(0) < statement.expires_at - statement.as_of <= LONGEST_LIFE
