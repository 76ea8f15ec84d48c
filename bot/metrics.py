"""What is counted while the bot runs, for Prometheus: how much and how well, never who or what was asked."""

from prometheus_client import Counter, Gauge, Histogram, disable_created_metrics

from handlers.reply import About

# Every label has few values, all of them words of the code, so that nobody from outside can make a new time series.
disable_created_metrics()  # type: ignore[no-untyped-call]

_ANSWERS = Counter(
    "vejviser_answers", "Answers by channel, by what kind of question it was and by what became of it.",
    ["channel", "intent", "status"],
)  # fmt: skip
_TURNS = Histogram(
    "vejviser_turn_seconds", "How long a turn takes, with what is read and kept of the chat, without the sending.",
    ["channel"], buckets=(0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0),
)  # fmt: skip
FAULTS = Counter("vejviser_faults", "Turns and requests that a mistake in the program has ended.", ["channel"])
RECEIVED = Counter("vejviser_updates_received", "Updates from Telegram that were taken into work.", ["kind"])
CALLS = Counter(
    "vejviser_telegram_calls", "Calls of the Bot API by what came back: a status, or none.", ["method", "result"]
)
NOTICES = Counter("vejviser_notices", "Tries to send what the outbox holds, one a chat.", ["channel", "result"])

STORE_UP = Gauge("vejviser_store_up", "1 where the database could be read for these figures, else 0.")
OUTBOX = Gauge("vejviser_outbox_notices", "Notices in the outbox, of all processes on the database.", ["state"])
OUTBOX_AGE = Gauge("vejviser_outbox_oldest_seconds", "For how long the first notice that waits has been due.")
INBOX = Gauge(
    "vejviser_inbox_updates",
    "Updates in the inbox, of all processes on the database, and those set aside in the last days.", ["state"],
)  # fmt: skip
INBOX_AGE = Gauge("vejviser_inbox_oldest_seconds", "For how long the first update that is not answered has been there.")
BASE = Gauge("vejviser_base_info", "Always 1; `version` is the digest that `vejviser check` shows.", ["version"])
BASE_READ = Gauge("vejviser_base_read_timestamp_seconds", "When the base that is answered from was read.")
BASE_NEWEST = Gauge("vejviser_base_newest_update_timestamp_seconds", "The day of the newest entry of updates.yaml.")
RELOADS = Counter("vejviser_base_reloads", "Times that the base was read anew: taken, or refused.", ["result"])


def count_answer(channel: str, about: About, seconds: float) -> None:
    """An answer was given."""
    _ANSWERS.labels(channel, about.intent, about.status).inc()
    _TURNS.labels(channel).observe(seconds)
