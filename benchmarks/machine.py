"""Every figure stands beside the machine and the versions that it was measured with; this makes that line."""

import os
import platform
import sys
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

OURS = ("rapidfuzz", "pydantic", "pyyaml", "fluent.runtime", "babel")
OTHERS = ("bm25s", "tantivy", "numpy")


def machine(packages: Sequence[str] = (*OURS, *OTHERS)) -> str:
    """One line: processor, cores, memory, system, Python, and the versions of those packages that are there."""
    found = [f"{name} {one}" for name in packages if (one := _version(name))]
    memory = f"{_memory_gb():.0f} GB" if _memory_gb() else "memory unknown"
    system = f"{platform.system()} {platform.release().split('-')[0]}"
    python = f"Python {platform.python_version()}"
    return f"{_processor()}, {os.cpu_count()} cores, {memory}, {system}, {python}; {', '.join(found)}"


def peak_mb() -> float:
    """The most memory that this process ever held, in MB (10^6 bytes)."""
    try:
        # Not ru_maxrss: Linux lets that begin at what the parent held when it started this process.
        status = Path("/proc/self/status").read_text("ascii", "replace")
        return int(status.partition("VmHWM:")[2].split()[0]) * 1024 / 1e6
    except OSError:
        import resource

        unit = 1 if sys.platform == "darwin" else 1024
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest of the values that at least this share of them do not exceed."""
    ordered = sorted(values)
    return ordered[max(0, -(-len(ordered) * round(share * 1000) // 1000) - 1)]


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table with columns of even width; all but the first are set to the right."""
    widths = [max(len(row[place]) for row in (head, *rows)) for place in range(len(head))]

    def line(cells: Sequence[str]) -> str:
        others = [one.rjust(width) for one, width in zip(cells[1:], widths[1:], strict=True)]
        return f"| {' | '.join([cells[0].ljust(widths[0]), *others])} |"

    rule = "|" + "|".join([f"{'-' * (widths[0] + 2)}", *(f"{'-' * (width + 1)}:" for width in widths[1:])]) + "|"
    return "\n".join([line(head), rule, *(line(row) for row in rows)])


def _processor() -> str:
    try:
        for row in Path("/proc/cpuinfo").read_text("utf-8", "replace").splitlines():
            if row.startswith("model name"):
                return row.partition(":")[2].strip()
    except OSError:
        pass
    return platform.processor() or platform.machine()


def _memory_gb() -> float:
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    except (AttributeError, OSError, ValueError):
        return 0.0


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""


if __name__ == "__main__":
    print(machine())
