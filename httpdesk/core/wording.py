"""Wording: numbers with their units as the window and the command line say them."""

_THIN = "\u202f"
_UNITS = ("B", "KB", "MB", "GB", "TB")


def size(count_bytes: int) -> str:
    """Bytes in decimal units: 96 B, 12.4 KB, 1.05 GB."""
    if count_bytes < 1000:
        return f"{count_bytes}{_THIN}B"
    value, power = float(count_bytes), 0
    while value >= 999.95 and power < len(_UNITS) - 1:
        value, power = value / 1000, power + 1
    digits = 1 if power < 3 else 2
    return f"{value:.{digits}f}".rstrip("0").rstrip(".") + f"{_THIN}{_UNITS[power]}"


def duration(length_ms: float) -> str:
    """A time span: 0.4 ms, 184 ms, 2.31 s, 3 min 5 s."""
    if length_ms < 9.95:
        return f"{length_ms:.1f}{_THIN}ms"
    if length_ms < 999.5:
        return f"{length_ms:.0f}{_THIN}ms"
    seconds = length_ms / 1000
    if seconds < 9.995:
        return f"{seconds:.2f}{_THIN}s"
    if seconds < 59.95:
        return f"{seconds:.1f}{_THIN}s"
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes}{_THIN}min {rest}{_THIN}s"


def limit(length_s: float) -> str:
    """A time limit in seconds: 30 s, 0.5 s."""
    return f"{length_s:g}{_THIN}s"


def rate(bytes_per_s: float) -> str:
    """A transfer rate: 9.1 MB/s."""
    return f"{size(round(bytes_per_s))}/s"
