"""The tables, each column named once; bot/migrations/ makes them, and a test holds the two together."""

from datetime import UTC, datetime

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    UniqueConstraint,
)
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator


class Moment(TypeDecorator[datetime]):
    """A moment, aware in Python and always UTC; SQLite has no time zones and keeps it as sortable text."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """To the database."""
        if value is None:
            return None
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """From the database."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


# SQLite numbers rows by itself only where the type is exactly INTEGER.
Number = BigInteger().with_variant(Integer, "sqlite")

METADATA = MetaData()

installation = Table(
    "installation",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=False),
    # The secret of the chats' handles. It stays when keys rotate, and shows at start whether the key is the right one.
    Column("handle_secret", LargeBinary, nullable=False),
    # The name of the key under which everything that is written now is sealed.
    Column("sealed_under", String(16), nullable=False),
    # Since when updates are announced; those that the base had by then are old.
    Column("announces_since", Moment),
)
"""One row, with id 1."""

chats = Table(
    "chats",
    METADATA,
    Column("id", Number, primary_key=True),
    Column("handle", LargeBinary, nullable=False, unique=True),
    Column("channel", String(32), nullable=False),
    Column("address", LargeBinary, nullable=False),
    Column("session", LargeBinary, nullable=False),
    Column("sealed_under", String(16), nullable=False),
    Column("language", String(8), nullable=False),
    Column("version", Number, nullable=False),
    Column("since", Moment, nullable=False),
    Column("active", Moment, nullable=False, index=True),
    Column("paused", Moment),
    # When its person gave the invite code.
    Column("admitted", Moment),
    # A number is never given twice, so that what a turn read of an erased chat is never taken for the next one's.
    sqlite_autoincrement=True,
)
"""What is known of a chat. `address` and `session` are sealed, `handle` is a keyed hash."""

subscriptions = Table(
    "subscriptions",
    METADATA,
    Column("id", Number, primary_key=True),
    Column("chat", Number, ForeignKey("chats.id", ondelete="CASCADE"), nullable=False),
    Column("municipality", String(64), nullable=False),
    Column("theme", String(64), nullable=False),
    Column("strategy", String(64), nullable=False),
    Column("kind", String(8), nullable=False),
    Column("hour", Integer, nullable=False),
    Column("weekday", Integer, nullable=False),
    Column("quiet_from", Integer, nullable=False),
    Column("quiet_until", Integer, nullable=False),
    # Of the chat, where it has topics: the one that is told; 0: it has none.
    Column("topic", BigInteger, nullable=False, server_default="0"),
    UniqueConstraint("chat", "municipality", "theme", "strategy", name="subscriptions_scope"),
    # An update is queued rhythm by rhythm.
    Index("subscriptions_rhythm", "kind", "hour", "weekday", "quiet_from", "quiet_until"),
    sqlite_autoincrement=True,
)
"""What a chat wants to be told: "" stands for any municipality, theme, strategy."""

exclusions = Table(
    "exclusions",
    METADATA,
    Column("subscription", Number, ForeignKey("subscriptions.id", ondelete="CASCADE"), primary_key=True),
    # The id of a municipality or theme.
    Column("excluded", String(64), primary_key=True),
)

announced = Table(
    "announced",
    METADATA,
    Column("id", String(128), primary_key=True),
    Column("digest", String(64), nullable=False),
    Column("announced", Moment, nullable=False),
    # What the update is about, so that what waits can be matched again when subscriptions change.
    Column("targets", JSON, nullable=False),
)
"""The updates that were announced, or were old when the database was made."""

outbox = Table(
    "outbox",
    METADATA,
    Column("chat", Number, ForeignKey("chats.id", ondelete="CASCADE"), primary_key=True),
    # Of `announced`, and the one of `subscriptions` for which the chat is told. The database does not check these two:
    # that would take half of the time in which an update is queued.
    Column("update_id", String(128), primary_key=True),
    Column("subscription", Number, nullable=False),
    Column("due", Moment, nullable=False, index=True),
    Column("attempts", Integer, nullable=False, default=0),
    Column("leased_until", Moment),
    Column("owner", String(32)),
    # Set aside after too many attempts: the kind of the last error.
    Column("failed", String(128)),
)
"""What is to be told to whom; a row goes when it is."""

questions = Table(
    "questions",
    METADATA,
    Column("id", Number, primary_key=True),
    Column("asked", Moment, nullable=False, index=True),
    Column("language", String(8), nullable=False),
    Column("text", LargeBinary, nullable=False),
    Column("sealed_under", String(16), nullable=False),
    # What it was taken for, where the answer did not help; null: it was not understood.
    Column("intent", String(64)),
    sqlite_autoincrement=True,
)
"""Questions without an answer that helped, where the operator keeps them: sealed, masked, and nothing of who asked."""

judged = Table(
    "judged",
    METADATA,
    Column("intent", String(64), primary_key=True),
    Column("helped", Number, nullable=False),
    Column("not_helped", Number, nullable=False),
    Column("latest", Moment, nullable=False),
)
"""How often answers to each kind of question helped, as people say who pressed a button; nothing of who they are."""

inbox = Table(
    "inbox",
    METADATA,
    # As Telegram counts: within a chat the earlier one comes first.
    Column("id", Number, primary_key=True, autoincrement=False),
    # Of the chat: what has the same is handled one after the other. A keyed hash, cut to a number.
    Column("lane", BigInteger, nullable=False, index=True),
    Column("payload", LargeBinary, nullable=False),
    Column("sealed_under", String(16), nullable=False),
    # 0: never in the hands of a process that was killed; else how often it was begun since then, and one.
    Column("attempts", Integer, nullable=False),
    Column("leased_until", Moment),
    Column("owner", String(32)),
)
"""What came in and is not answered yet, sealed; a row goes when it is."""

received = Table(
    "received",
    METADATA,
    Column("id", Number, primary_key=True, autoincrement=False),
    Column("at", Moment, nullable=False, index=True),
    # Set aside: the kind of fault.
    Column("failed", String(128)),
)
"""What came in lately, by its number alone, so that nothing that comes twice is answered twice."""

RHYTHM = (
    subscriptions.c.kind,
    subscriptions.c.hour,
    subscriptions.c.weekday,
    subscriptions.c.quiet_from,
    subscriptions.c.quiet_until,
)
"""The columns of a `handlers.memory.Rhythm`, in the order of its fields."""
SCOPE = (subscriptions.c.municipality, subscriptions.c.theme, subscriptions.c.strategy)
"""The columns of a `handlers.memory.Scope`, in the order of its fields."""
SEALED = ((chats, ("address", "session")), (questions, ("text",)), (inbox, ("payload",)))
"""The tables with sealed columns, beside the installation's own."""
