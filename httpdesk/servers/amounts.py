"""Amounts in a URL: sizes such as 100MB and seconds such as 0.5."""

import math
import re

MAX_BYTES = 1_000_000_000_000
_SIZE = re.compile(r"(\d{1,15}(?:\.\d{1,6})?)([a-z]*)")
_UNITS = {"": 1, "b": 1, "k": 1000, "kb": 1000, "m": 1000**2, "mb": 1000**2, "g": 1000**3, "gb": 1000**3}
_UNITS |= {"kib": 1024, "mib": 1024**2, "gib": 1024**3}


def parse_size(text: str) -> int | None:
    """Read "4096", "100MB" (decimal) or "1GiB" (binary) as bytes; None when it is no size up to 1 TB."""
    match = _SIZE.fullmatch(text.lower())
    if match is None or match[2] not in _UNITS:
        return None
    size_bytes = int(float(match[1]) * _UNITS[match[2]])
    return size_bytes if size_bytes <= MAX_BYTES else None


def parse_seconds(text: str) -> float | None:
    """Read a number of seconds, zero or more; None when it is none."""
    try:
        seconds_s = float(text)
    except ValueError:
        return None
    return seconds_s if math.isfinite(seconds_s) and seconds_s >= 0 else None
