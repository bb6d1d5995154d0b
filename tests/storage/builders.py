"""Values of the register for storage tests, numbered so that no two share an id."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from hashlib import sha256
from itertools import count
from typing import Any
from uuid import UUID

from licenses.model.decision import Role
from licenses.model.exchange import Exchange, Identity, Reception, Recipient
from licenses.model.history import LicenseState
from licenses.model.license import Grant
from licenses.model.lifecycle import Event, Status
from licenses.model.people import Holder, Person, PersonIdentifier, PersonName
from licenses.model.register import (
    Actor,
    AuditAction,
    AuditEntry,
    LicenseKey,
    LicenseRecord,
    OutboxMessage,
    Proposal,
    Receipt,
    RequestKey,
    Seal,
    SealIntent,
)
from licenses.model.trust import Purpose, TrustedAuthority, TrustedKey
from licenses.model.verdict import DocumentVerdict, Expectation, LicenseVerdict, Line, Overall
from tests.factories import (
    AuthorityFactory,
    DecisionFactory,
    GrantFactory,
    HolderFactory,
    SealContentFactory,
)

AUTHORITY = "https://helsedirektoratet.example/authority"
OTHER_AUTHORITY = "https://socialstyrelsen.example/authority"
NOON = datetime(2026, 3, 2, 11, 0, tzinfo=UTC)
NATIONAL_ID = PersonIdentifier(country="NO", type="national-id", value="010190-12345")

_numbers = count(1)


def new_uuid() -> UUID:
    return UUID(int=(7 << 76) | (2 << 62) | next(_numbers))


def public_id() -> str:
    return f"{next(_numbers):032x}"


def digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def record(
    *, grant: Grant | None = None, base: Status = Status.ACTIVE, **fields: Any
) -> LicenseRecord:
    state = LicenseState(
        base=base, grant=grant or GrantFactory.build(), status_since=NOON, version=1
    )
    given: dict[str, Any] = {
        "key": LicenseKey(authority_id=AUTHORITY, license_id=new_uuid()),
        "holder_id": new_uuid(),
        "state": state,
        "version": 1,
    }
    return LicenseRecord(**(given | fields))


def holder(*identifiers: PersonIdentifier, **fields: Any) -> Holder:
    return HolderFactory.build(holder_id=new_uuid(), identifiers=identifiers, **fields)


def person(given: str = "Astrid", family: str = "Haugland") -> Person:
    return Person(names=(PersonName(given=given, family=family),), birth_date=date(1987, 6, 5))


def proposal(key: LicenseKey, **fields: Any) -> Proposal:
    decision = DecisionFactory.build(
        authority_id=key.authority_id,
        license_id=key.license_id,
        event=Event.REVOKED,
    )
    given: dict[str, Any] = {"decision": decision, "proposed_at": NOON, "made_from": 1}
    return Proposal(**(given | fields))


def seals(owner: Holder, *versions: int, key: LicenseKey | None = None) -> Sequence[Seal]:
    license_key = key or LicenseKey(authority_id=owner.authority_id, license_id=new_uuid())
    return [_seal(owner, license_key, version) for version in versions]


def _seal(owner: Holder, key: LicenseKey, version: int) -> Seal:
    document = f"<sealed>{owner.person.current_name.full} {version}</sealed>".encode()
    return Seal(
        seal_id=public_id(),
        key=key,
        holder_id=owner.holder_id,
        record_version=version,
        document=document,
        sha256=sha256(document).hexdigest(),
        sealed_at=NOON,
    )


def intent(seal: Seal) -> SealIntent:
    return SealIntent(
        seal_id=seal.seal_id,
        key=seal.key,
        holder_id=seal.holder_id,
        record_version=seal.record_version,
        draft_sha256=digest("draft"),
        intended_at=NOON,
    )


def actor(**fields: Any) -> Actor:
    given: dict[str, Any] = {
        "authority_id": AUTHORITY,
        "actor_id": "officer-1",
        "role": Role.OFFICER,
        "token_sha256": digest("a token"),
        "created_at": NOON,
    }
    return Actor(**(given | fields))


def audit_entry(**fields: Any) -> AuditEntry:
    given: dict[str, Any] = {
        "authority_id": AUTHORITY,
        "at": NOON,
        "actor": "officer-1",
        "action": AuditAction.RECORD_READ,
        "subject": "a license",
        "purpose": "supervision",
    }
    return AuditEntry(**(given | fields))


def message(**fields: Any) -> OutboxMessage:
    given: dict[str, Any] = {
        "message_id": new_uuid(),
        "authority_id": AUTHORITY,
        "topic": "license.revoked",
        "license_id": new_uuid(),
        "decision_id": new_uuid(),
        "created_at": NOON,
    }
    return OutboxMessage(**(given | fields))


def request_key(**fields: Any) -> RequestKey:
    given: dict[str, Any] = {
        "authority_id": AUTHORITY,
        "actor_id": "officer-1",
        "key": "8e0f-1",
        "body_sha256": digest("a body"),
    }
    return RequestKey(**(given | fields))


def receipt(**fields: Any) -> Receipt:
    given: dict[str, Any] = {
        "license_id": new_uuid(),
        "decision_id": new_uuid(),
        "event": Event.ISSUED,
        "proposed": False,
        "status": Status.ACTIVE,
        "version": 2,
        "number": "HPR 7000001",
        "holder_id": new_uuid(),
    }
    return Receipt(**(given | fields))


def exchange(**fields: Any) -> Exchange:
    given: dict[str, Any] = {
        "exchange_id": public_id(),
        "ncp": "no-health",
        "session_id": "session of the client",
        "recipient": Recipient(
            name="Karolinska",
            country="SE",
            purpose="employment",
            origin="https://smp.example",
            return_url="https://smp.example/return",
        ),
        "browser_sha256": digest("browser"),
        "created_at": NOON,
    }
    return Exchange(**(given | fields))


def identity(who: Person) -> Identity:
    return Identity(subject="login-1", person=who, identifiers=(NATIONAL_ID,), level="high")


def reception(**fields: Any) -> Reception:
    given: dict[str, Any] = {
        "session_id": public_id(),
        "ncp_url": "https://ncp.example/ncp/no-health",
        "ncp_name": "Norwegian health licenses",
        "ncp_country": "NO",
        "browser_sha256": digest("browser"),
        "expectation": Expectation(name=person().current_name),
        "created_at": NOON,
    }
    return Reception(**(given | fields))


def verdict_over(who: Person) -> DocumentVerdict:
    """A verdict as deep as they come: content, authority and the bytes of its certificate."""
    good = Line(answer="intact", reasons=())
    key = TrustedKey(
        kid=digest("certificate"),
        purpose=Purpose.SEAL,
        certificate=bytes(range(256)),
        valid_from=NOON,
        valid_until=NOON,
    )
    license_ = LicenseVerdict(
        overall=Overall.MAY_WORK,
        reasons=(),
        content=good,
        authority=good,
        holder=good,
        place=good,
        standing=good,
        content_shown=SealContentFactory.build(holder=who),
        authority_shown=TrustedAuthority(
            authority=AuthorityFactory.build(), keys=(key,), status_address="https://a.example/"
        ),
    )
    return DocumentVerdict(
        kind="elmo",
        checked_at=NOON,
        overall=Overall.MAY_WORK,
        reasons=(),
        signature=good,
        schema_line=good,
        learner=who,
        licenses=(license_,),
    )
