"""Chats know when their person gave the invite code."""

import sqlalchemy as sa
from alembic import op

revision = "0005_admitted"
down_revision = "0004_topics"


def upgrade() -> None:
    """Makes the column."""
    op.add_column("chats", sa.Column("admitted", sa.DateTime(timezone=True)))
