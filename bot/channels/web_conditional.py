"""Answers that need not be sent again where the asker has them already: feeds and downloads."""

from datetime import datetime
from email.utils import format_datetime, parsedate_to_datetime
from hashlib import sha256

from starlette.requests import Request
from starlette.responses import Response

OPEN = {"Access-Control-Allow-Origin": "*", "Cache-Control": "public, max-age=300"}
"""Of what any page and program may read, and caches may keep for a while."""


def conditional(request: Request, body: bytes, kind: str, changed: datetime | None = None) -> Response:
    """The body with its ETag, and with Last-Modified where it is known (UTC); 304 where the asker has this state."""
    tag = f'"{sha256(body).hexdigest()[:32]}"'
    headers = {**OPEN, "ETag": tag}
    if changed:
        headers["Last-Modified"] = format_datetime(changed, usegmt=True)
    if has(request, tag, changed):
        return Response(status_code=304, headers=headers)
    return Response(body, media_type=kind, headers=headers)


def has(request: Request, tag: str, changed: datetime | None = None) -> bool:
    """Whether the asker has the state with that ETag, or since `changed` (UTC)."""
    known = request.headers.get("if-none-match")
    if known is not None:  # a date beside it counts for nothing (RFC 9110, 13.1.3)
        return known.strip() == "*" or tag in [one.strip().removeprefix("W/") for one in known.split(",")]
    since = request.headers.get("if-modified-since")
    if since is None or changed is None:
        return False
    try:
        return changed.replace(microsecond=0) <= parsedate_to_datetime(since)
    except (ValueError, TypeError):  # no date, or one without a zone
        return False
