"""The inbox: what came in and is not answered yet, and the numbers of what came in lately."""

import sqlalchemy as sa
from alembic import op

revision = "0002_inbox"
down_revision = "0001_chats_and_notices"

NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Makes the tables."""
    op.create_table(
        "inbox",
        sa.Column("id", NUMBER, primary_key=True, autoincrement=False),
        sa.Column("lane", sa.BigInteger, nullable=False),
        sa.Column("payload", sa.LargeBinary, nullable=False),
        sa.Column("sealed_under", sa.String(16), nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("leased_until", MOMENT),
        sa.Column("owner", sa.String(32)),
    )
    op.create_index("ix_inbox_lane", "inbox", ["lane"])
    op.create_table(
        "received",
        sa.Column("id", NUMBER, primary_key=True, autoincrement=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("failed", sa.String(128)),
    )
    op.create_index("ix_received_at", "received", ["at"])
