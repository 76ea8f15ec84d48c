"""Where the user's system wants files that can be made anew at any time."""

import os
from pathlib import Path


def cache_folder() -> Path | None:
    """The user's folder for such files of ours, which need not be there yet; None where the user has no home."""
    named = os.environ.get("LOCALAPPDATA", "") if os.name == "nt" else os.environ.get("XDG_CACHE_HOME", "")
    try:
        return (Path(named) if os.path.isabs(named) else Path.home() / ".cache") / "vejviser"
    except RuntimeError:
        return None
