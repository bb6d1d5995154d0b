"""From which instant a license is settled, so that a list by status finds what still lies ahead.

Rows from before hold null, which means that their decisions are to be asked.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column."""
    op.add_column("license", sa.Column("settled_at", sa.String(32)))


def downgrade() -> None:
    """Take the column away again; it only repeats what the decisions say."""
    op.drop_column("license", "settled_at")
