"""The first step: chats with sessions and subscriptions, updates that were announced, and what is to be told."""

import sqlalchemy as sa
from alembic import op

revision = "0001_chats_and_notices"
down_revision = None

NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Makes the tables."""
    op.create_table(
        "installation",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("handle_secret", sa.LargeBinary, nullable=False),
        sa.Column("sealed_under", sa.String(16), nullable=False),
        sa.Column("announces_since", MOMENT),
    )
    op.create_table(
        "chats",
        sa.Column("id", NUMBER, primary_key=True),
        sa.Column("handle", sa.LargeBinary, nullable=False, unique=True),
        sa.Column("channel", sa.String(32), nullable=False),
        sa.Column("address", sa.LargeBinary, nullable=False),
        sa.Column("session", sa.LargeBinary, nullable=False),
        sa.Column("sealed_under", sa.String(16), nullable=False),
        sa.Column("language", sa.String(8), nullable=False),
        sa.Column("version", NUMBER, nullable=False),
        sa.Column("since", MOMENT, nullable=False),
        sa.Column("active", MOMENT, nullable=False),
        sa.Column("paused", MOMENT),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_chats_active", "chats", ["active"])
    op.create_table(
        "subscriptions",
        sa.Column("id", NUMBER, primary_key=True),
        sa.Column("chat", NUMBER, sa.ForeignKey("chats.id", ondelete="CASCADE"), nullable=False),
        sa.Column("municipality", sa.String(64), nullable=False),
        sa.Column("theme", sa.String(64), nullable=False),
        sa.Column("strategy", sa.String(64), nullable=False),
        sa.Column("kind", sa.String(8), nullable=False),
        sa.Column("hour", sa.Integer, nullable=False),
        sa.Column("weekday", sa.Integer, nullable=False),
        sa.Column("quiet_from", sa.Integer, nullable=False),
        sa.Column("quiet_until", sa.Integer, nullable=False),
        sa.UniqueConstraint("chat", "municipality", "theme", "strategy", name="subscriptions_scope"),
        sqlite_autoincrement=True,
    )
    op.create_index("subscriptions_rhythm", "subscriptions", ["kind", "hour", "weekday", "quiet_from", "quiet_until"])
    op.create_table(
        "exclusions",
        sa.Column("subscription", NUMBER, sa.ForeignKey("subscriptions.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("excluded", sa.String(64), primary_key=True),
    )
    op.create_table(
        "announced",
        sa.Column("id", sa.String(128), primary_key=True),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("announced", MOMENT, nullable=False),
        sa.Column("targets", sa.JSON, nullable=False),
    )
    op.create_table(
        "outbox",
        sa.Column("chat", NUMBER, sa.ForeignKey("chats.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("update_id", sa.String(128), primary_key=True),
        sa.Column("subscription", NUMBER, nullable=False),
        sa.Column("due", MOMENT, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("leased_until", MOMENT),
        sa.Column("owner", sa.String(32)),
        sa.Column("failed", sa.String(128)),
    )
    op.create_index("ix_outbox_due", "outbox", ["due"])
    op.create_table(
        "questions",
        sa.Column("id", NUMBER, primary_key=True),
        sa.Column("asked", MOMENT, nullable=False),
        sa.Column("language", sa.String(8), nullable=False),
        sa.Column("text", sa.LargeBinary, nullable=False),
        sa.Column("sealed_under", sa.String(16), nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_questions_asked", "questions", ["asked"])
