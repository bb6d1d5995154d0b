"""The first schema: the register, its chains, personal columns under keys, and the exchange.

Append-only tables refuse UPDATE and DELETE by trigger.
"""

import sqlalchemy as sa
from alembic import op

from licenses.errors import ConfigurationRefused

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_APPEND_ONLY = ("decision", "authority_log", "audit")


def upgrade() -> None:
    """Make every table."""
    _register()
    _people()
    _licenses()
    _record()
    _seals()
    _journal()
    _exchange()
    for table in _APPEND_ONLY:
        _refuse_changes(table)


def downgrade() -> None:
    """Refuse: the record only grows, so there is no way back to nothing."""
    raise ConfigurationRefused("the first schema cannot be taken back")


def _key(name: str, length: int) -> sa.Column[str]:
    return sa.Column(name, sa.String(length), primary_key=True, nullable=False)


def _text(name: str, length: int) -> sa.Column[str]:
    return sa.Column(name, sa.String(length), nullable=False)


def _content() -> sa.Column[str]:
    return sa.Column("content", sa.Text(), nullable=False)


def _count(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=False)


def _binary(name: str) -> sa.Column[bytes]:
    return sa.Column(name, sa.LargeBinary(), nullable=False)


def _seq() -> sa.Column[int]:
    return sa.Column("seq", sa.Integer(), primary_key=True, nullable=False, autoincrement=False)


def _register() -> None:
    op.create_table("authority", _key("authority_id", 300), _content())
    op.create_table("profession", _key("authority_id", 300), _key("code", 64), _content())
    op.create_table(
        "actor",
        _key("authority_id", 300),
        _key("actor_id", 64),
        _text("token_sha256", 64),
        _content(),
    )
    op.create_index("actor_by_token", "actor", ["token_sha256"])


def _people() -> None:
    op.create_table(
        "person_key", _key("authority_id", 300), _key("holder_id", 36), _binary("wrapped_key")
    )
    op.create_table(
        "holder",
        _key("authority_id", 300),
        _key("holder_id", 36),
        _binary("sealed_person"),
        _binary("sealed_identifiers"),
    )
    op.create_table(
        "holder_identifier",
        _key("authority_id", 300),
        _key("keyed_hash", 64),
        _text("holder_id", 36),
        sa.ForeignKeyConstraint(
            ["authority_id", "holder_id"],
            ["holder.authority_id", "holder.holder_id"],
            name="holder_identifier_of_holder",
        ),
    )
    op.create_index(
        "holder_identifier_by_holder", "holder_identifier", ["authority_id", "holder_id"]
    )


def _licenses() -> None:
    op.create_table(
        "license",
        _key("authority_id", 300),
        _key("license_id", 36),
        _text("holder_id", 36),
        _text("comparable_number", 40),
        _text("profession", 64),
        _text("base", 16),
        _count("version"),
        _count("record_version"),
        sa.Column("seal_id", sa.String(32)),
        _content(),
        sa.UniqueConstraint("authority_id", "comparable_number", name="license_number_once"),
    )
    op.create_index("license_by_holder", "license", ["authority_id", "holder_id", "license_id"])
    op.create_index(
        "license_by_profession", "license", ["authority_id", "profession", "license_id"]
    )


def _record() -> None:
    op.create_table(
        "decision",
        _key("authority_id", 300),
        _key("license_id", 36),
        _seq(),
        _text("decision_id", 36),
        _content(),
        _text("prev_hash", 64),
        _text("hash", 64),
        sa.UniqueConstraint("authority_id", "decision_id", name="decision_once"),
    )
    op.create_table(
        "authority_log",
        _key("authority_id", 300),
        _seq(),
        _text("license_id", 36),
        _text("decision_id", 36),
        _text("decision_hash", 64),
        _text("prev_hash", 64),
        _text("hash", 64),
        sa.ForeignKeyConstraint(
            ["authority_id", "decision_id"],
            ["decision.authority_id", "decision.decision_id"],
            name="authority_log_of_decision",
        ),
    )
    op.create_table(
        "authority_head",
        _key("authority_id", 300),
        _count("seq"),
        _text("hash", 64),
        _text("keyed_hash", 64),
    )
    op.create_table(
        "proposal",
        _key("authority_id", 300),
        _key("license_id", 36),
        _key("decision_id", 36),
        _text("proposed_at", 32),
        _content(),
    )


def _seals() -> None:
    op.create_table(
        "seal_intent",
        _key("authority_id", 300),
        _key("seal_id", 32),
        _text("license_id", 36),
        _content(),
    )
    op.create_index("seal_intent_by_id", "seal_intent", ["seal_id"])
    op.create_table(
        "seal",
        _key("authority_id", 300),
        _key("seal_id", 32),
        _text("license_id", 36),
        _text("holder_id", 36),
        _count("record_version"),
        _text("sha256", 64),
        _text("sealed_at", 32),
        _binary("sealed_document"),
        sa.ForeignKeyConstraint(
            ["authority_id", "seal_id"],
            ["seal_intent.authority_id", "seal_intent.seal_id"],
            name="seal_of_intent",
        ),
    )
    op.create_index("seal_by_id", "seal", ["seal_id"])
    op.create_index("seal_by_license", "seal", ["authority_id", "license_id", "record_version"])


def _journal() -> None:
    op.create_table("audit", _key("authority_id", 300), _seq(), _content())
    op.create_table(
        "outbox",
        _key("authority_id", 300),
        _key("message_id", 36),
        _text("created_at", 32),
        sa.Column("delivered_at", sa.String(32)),
        _content(),
    )
    op.create_index("outbox_waiting", "outbox", ["delivered_at", "created_at", "message_id"])
    op.create_table(
        "idempotency",
        _key("authority_id", 300),
        _key("actor_id", 64),
        _key("key", 200),
        _text("body_sha256", 64),
        _content(),
    )


def _exchange() -> None:
    op.create_table(
        "exchange",
        _key("exchange_id", 32),
        _text("ncp", 64),
        _text("state", 16),
        _text("created_at", 32),
        _count("holds_person"),
        _binary("sealed_content"),
    )
    op.create_index("exchange_holding_person", "exchange", ["holds_person", "created_at"])
    op.create_table(
        "reception",
        _key("session_id", 32),
        _text("created_at", 32),
        sa.Column("used_at", sa.String(32)),
        _binary("sealed_content"),
    )
    op.create_index("reception_by_age", "reception", ["created_at"])
    op.create_table("document_seen", _key("document_sha256", 64), _key("session_id", 32))
    op.create_table("vault_mark", _key("keyed_hash", 64))


def _refuse_changes(table: str) -> None:
    for change in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER {table}_no_{change.lower()} BEFORE {change} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{table} only grows'); END"
        )
