"""Raw score -> confidence: a table fitted on sentences that were not used for tuning."""

from bisect import bisect_right

TABLE = ((0.24, 0.818), (0.9, 0.878), (1.66, 0.926), (2.2, 0.926), (2.72, 0.98))
"""Raw score from which -> share of answers that were right."""


def calibrated(raw: float) -> float:
    """The share of answers with a raw score like this one that were right; between the rows a straight line."""
    place = bisect_right(TABLE, (raw, 1.0))
    if place == 0:
        return TABLE[0][1]
    if place == len(TABLE):
        return TABLE[-1][1]
    (low, start), (high, end) = TABLE[place - 1], TABLE[place]
    return round(start + (end - start) * (raw - low) / (high - low), 3)
