"""Answers that people judge: counted by intent, and what did not help stands among the questions without an answer."""

import sqlalchemy as sa
from alembic import op

revision = "0003_judged_answers"
down_revision = "0002_inbox"

NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Makes the table and the column."""
    op.add_column("questions", sa.Column("intent", sa.String(64)))
    op.create_table(
        "judged",
        sa.Column("intent", sa.String(64), primary_key=True),
        sa.Column("helped", NUMBER, nullable=False),
        sa.Column("not_helped", NUMBER, nullable=False),
        sa.Column("latest", MOMENT, nullable=False),
    )
