"""What an address may be that people press: in a button, or in a text's link."""

import re
from urllib.parse import parse_qs, urlsplit

from tests.fake_telegram.refusal import Refused

PAYLOAD = re.compile(r"[A-Za-z0-9_-]{1,64}")
"""What may stand behind ?start= and the like."""
_STARTS = ("start", "startgroup", "startapp")


def check_address(url: str) -> None:
    """Raises Refused for what Telegram calls a wrong HTTP URL."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    if parts.scheme not in ("http", "https") or not re.fullmatch(r"[\x21-\x7e]+", url):
        raise Refused(f"inline keyboard button URL '{url}' is invalid: Unsupported URL protocol")
    if "." not in host.strip(".") or ".." in host or "@" in parts.netloc:
        raise Refused(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")
    if host in ("t.me", "telegram.me", "telegram.dog"):
        asked = parse_qs(parts.query, keep_blank_values=True)
        for payload in (one for name in _STARTS for one in asked.get(name, [])):
            if not PAYLOAD.fullmatch(payload):
                raise Refused(f"START_PARAM_INVALID: {url}")
