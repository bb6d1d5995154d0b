"""The tables of the register, as SQLAlchemy Core sees them; `migrations` is how they come to be.

Ids and instants are text, so a row can be read in a shell: UUIDs with dashes, instants in UTC
with microseconds, both of which sort by time. Every table of an authority leads with its id
(design.md 11). Encrypted columns are binary and say so in their name (`sealed_`, `wrapped_`).
"""

from sqlalchemy import (
    Column,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

METADATA = MetaData()

_URI, _UUID, _HEX, _PUBLIC, _CODE, _INSTANT = 300, 36, 64, 32, 64, 32


def _key(name: str, length: int) -> Column[str]:
    return Column(name, String(length), primary_key=True, nullable=False)


def _text(name: str, length: int) -> Column[str]:
    return Column(name, String(length), nullable=False)


def _content() -> Column[str]:
    return Column("content", Text, nullable=False)


def _count(name: str) -> Column[int]:
    return Column(name, Integer, nullable=False)


def _place() -> Column[int]:
    """Make the running number that ends the primary key of a log; we count, not the database."""
    return Column("seq", Integer, primary_key=True, nullable=False, autoincrement=False)


def _binary(name: str) -> Column[bytes]:
    return Column(name, LargeBinary, nullable=False)


AUTHORITY = Table("authority", METADATA, _key("authority_id", _URI), _content())

PROFESSION = Table(
    "profession", METADATA, _key("authority_id", _URI), _key("code", _CODE), _content()
)

ACTOR = Table(
    "actor",
    METADATA,
    _key("authority_id", _URI),
    _key("actor_id", _CODE),
    _text("token_sha256", _HEX),
    _content(),
    Index("actor_by_token", "token_sha256"),
)

PERSON_KEY = Table(
    "person_key",
    METADATA,
    _key("authority_id", _URI),
    _key("holder_id", _UUID),
    _binary("wrapped_key"),
)

HOLDER = Table(
    "holder",
    METADATA,
    _key("authority_id", _URI),
    _key("holder_id", _UUID),
    _binary("sealed_person"),
    _binary("sealed_identifiers"),
)

HOLDER_IDENTIFIER = Table(
    "holder_identifier",
    METADATA,
    _key("authority_id", _URI),
    _key("keyed_hash", _HEX),
    _text("holder_id", _UUID),
    ForeignKeyConstraint(
        ["authority_id", "holder_id"],
        ["holder.authority_id", "holder.holder_id"],
        name="holder_identifier_of_holder",
    ),
    Index("holder_identifier_by_holder", "authority_id", "holder_id"),
)

LICENSE = Table(
    "license",
    METADATA,
    _key("authority_id", _URI),
    _key("license_id", _UUID),
    _text("holder_id", _UUID),
    _text("comparable_number", 40),
    _text("profession", _CODE),
    _text("base", 16),
    _count("version"),
    _count("record_version"),
    Column("seal_id", String(_PUBLIC)),
    Column("settled_at", String(_INSTANT)),
    _content(),
    UniqueConstraint("authority_id", "comparable_number", name="license_number_once"),
    Index("license_by_holder", "authority_id", "holder_id", "license_id"),
    Index("license_by_profession", "authority_id", "profession", "license_id"),
)

DECISION = Table(
    "decision",
    METADATA,
    _key("authority_id", _URI),
    _key("license_id", _UUID),
    _place(),
    _text("decision_id", _UUID),
    _content(),
    _text("prev_hash", _HEX),
    _text("hash", _HEX),
    UniqueConstraint("authority_id", "decision_id", name="decision_once"),
)

AUTHORITY_LOG = Table(
    "authority_log",
    METADATA,
    _key("authority_id", _URI),
    _place(),
    _text("license_id", _UUID),
    _text("decision_id", _UUID),
    _text("decision_hash", _HEX),
    _text("prev_hash", _HEX),
    _text("hash", _HEX),
    ForeignKeyConstraint(
        ["authority_id", "decision_id"],
        ["decision.authority_id", "decision.decision_id"],
        name="authority_log_of_decision",
    ),
)

AUTHORITY_HEAD = Table(
    "authority_head",
    METADATA,
    _key("authority_id", _URI),
    _count("seq"),
    _text("hash", _HEX),
    _text("keyed_hash", _HEX),
)

PROPOSAL = Table(
    "proposal",
    METADATA,
    _key("authority_id", _URI),
    _key("license_id", _UUID),
    _key("decision_id", _UUID),
    _text("proposed_at", _INSTANT),
    _content(),
)

SEAL_INTENT = Table(
    "seal_intent",
    METADATA,
    _key("authority_id", _URI),
    _key("seal_id", _PUBLIC),
    _text("license_id", _UUID),
    _content(),
    Index("seal_intent_by_id", "seal_id"),
)

SEAL = Table(
    "seal",
    METADATA,
    _key("authority_id", _URI),
    _key("seal_id", _PUBLIC),
    _text("license_id", _UUID),
    _text("holder_id", _UUID),
    _count("record_version"),
    _text("sha256", _HEX),
    _text("sealed_at", _INSTANT),
    _binary("sealed_document"),
    ForeignKeyConstraint(
        ["authority_id", "seal_id"],
        ["seal_intent.authority_id", "seal_intent.seal_id"],
        name="seal_of_intent",
    ),
    Index("seal_by_id", "seal_id"),
    Index("seal_by_license", "authority_id", "license_id", "record_version"),
)

AUDIT = Table("audit", METADATA, _key("authority_id", _URI), _place(), _content())

OUTBOX = Table(
    "outbox",
    METADATA,
    _key("authority_id", _URI),
    _key("message_id", _UUID),
    _text("created_at", _INSTANT),
    Column("delivered_at", String(_INSTANT)),
    _content(),
    Index("outbox_waiting", "delivered_at", "created_at", "message_id"),
)

IDEMPOTENCY = Table(
    "idempotency",
    METADATA,
    _key("authority_id", _URI),
    _key("actor_id", _CODE),
    _key("key", 200),
    _text("body_sha256", _HEX),
    _content(),
)

EXCHANGE = Table(
    "exchange",
    METADATA,
    _key("exchange_id", _PUBLIC),
    _text("ncp", _CODE),
    _text("state", 16),
    _text("created_at", _INSTANT),
    _count("holds_person"),
    _binary("sealed_content"),
    Index("exchange_holding_person", "holds_person", "created_at"),
)

RECEPTION = Table(
    "reception",
    METADATA,
    _key("session_id", _PUBLIC),
    _text("created_at", _INSTANT),
    Column("used_at", String(_INSTANT)),
    _binary("sealed_content"),
    Index("reception_by_age", "created_at"),
)

DOCUMENT_SEEN = Table(
    "document_seen", METADATA, _key("document_sha256", _HEX), _key("session_id", _PUBLIC)
)

VAULT_MARK = Table("vault_mark", METADATA, _key("keyed_hash", _HEX))

APPEND_ONLY = (DECISION, AUTHORITY_LOG, AUDIT)
"""Tables whose rows are never changed or removed; triggers refuse it."""
