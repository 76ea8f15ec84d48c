"""What several processes take from one table: for a while a row is one's own, and free again when that ends."""

from datetime import datetime, timedelta

from sqlalchemy import Column, ColumnElement, or_

LONGEST_LEASE = timedelta(hours=1)


def ended(lease: Column[datetime], now: datetime) -> ColumnElement[bool]:
    """Whether there is no lease now. One that ends so late was given before the clock was set back."""
    return or_(lease.is_(None), lease <= now, lease > now + LONGEST_LEASE)
