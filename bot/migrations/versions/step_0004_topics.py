"""Subscriptions know the topic of their chat in which they were asked for."""

import sqlalchemy as sa
from alembic import op

revision = "0004_topics"
down_revision = "0003_judged_answers"


def upgrade() -> None:
    """Makes the column."""
    op.add_column("subscriptions", sa.Column("topic", sa.BigInteger, nullable=False, server_default="0"))
