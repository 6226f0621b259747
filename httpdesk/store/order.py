"""Order: where a member stands among others, by numbers in steps of 1000 with room between them."""

from collections.abc import Sequence

STEP = 1000
_CLOSEST = 0.001


def at_end(seqs: Sequence[float]) -> float:
    """A number behind all others."""
    return tidy((max(seqs) // STEP + 1) * STEP) if seqs else STEP


def between(seqs: Sequence[float], position: int) -> float | None:
    """A number before the member at this position of an ordered row; None where there is no room."""
    if position >= len(seqs):
        return at_end(seqs)
    high = seqs[position]
    low = seqs[position - 1] if position else min(0.0, high - 2 * STEP) if high <= 0 else 0.0
    if high - low < 2 * _CLOSEST:
        return None
    middle = (low + high) / 2
    whole = float(int(middle))
    return tidy(whole if low < whole < high else middle)


def tidy(seq: float) -> float:
    """A whole number without ".0"."""
    return int(seq) if seq == int(seq) else seq
