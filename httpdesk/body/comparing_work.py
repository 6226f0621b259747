"""The work of one comparison: two bodies decoded, formatted, put in order, and compared line by line."""

import time
from collections.abc import Callable
from pathlib import Path

from httpdesk.body.comparing import HEX_LIMIT_BYTES, LIMIT_BYTES, ORDER_LIMIT_BYTES, Comparison, Job, Outcome, Side
from httpdesk.body.comparing_hunks import Hunks
from httpdesk.body.comparing_json import NotOrdered, Ordering
from httpdesk.body.comparing_lines import LIMIT_LINES, LineTable
from httpdesk.body.hexdump import hexdump
from httpdesk.body.pretty import Formatting, can_format
from httpdesk.body.spool import Spool
from httpdesk.body.transcoding import Transcoding

ShowTexts = Callable[[bytes, bytes], None]
_LARGEST = 1 << 62
_PIECE_BYTES = 1 << 20
# 50 MB take about 2 s; who hides a million brackets in each other gets no more than this.
_FORMAT_LIMIT_S = 15.0


class _NotCompared(Exception):
    """There is nothing to see; the words are for the user."""


def compare(job: Job, show_texts: ShowTexts) -> tuple[Outcome, Comparison]:
    """Compare two bodies; `show_texts` gets what is shown of them before the comparison is there. Raises OSError."""
    data = _read(job.left), _read(job.right)
    same = data[0] == data[1]
    try:
        if "bytes" in (job.left.language, job.right.language):
            texts, notes = _as_bytes(*data)
            commas_count = True
        else:
            texts, notes = _as_text(job, *data)
            commas_count = not (job.left.language == job.right.language == "json")
        _refuse_many_lines(*texts)
    except _NotCompared as fault:
        return Outcome(same_bytes=same, fault=str(fault)), Comparison()
    del data
    show_texts(*texts)
    hunks = Hunks(*(LineTable(text, commas_count=commas_count) for text in texts))
    hunks.find()
    if hunks.coarse:
        notes.append("Some parts differ so much that they are shown as replaced as a whole.")
    outcome = Outcome(
        same_bytes=same, notes=tuple(notes), changed=hunks.changed, removed=hunks.removed, added=hunks.added
    )
    return outcome, hunks.comparison


def first_difference(left: bytes, right: bytes) -> int:
    """The first byte at which two bodies differ, be it by the end of one."""
    most, position = min(len(left), len(right)), 0
    while position < most and left[position : position + _PIECE_BYTES] == right[position : position + _PIECE_BYTES]:
        position = min(most, position + _PIECE_BYTES)
    while position < most and left[position] == right[position]:
        position += 1
    return position


def _read(side: Side) -> bytes:
    return Path(side.path).read_bytes() if side.path else side.data


def _as_bytes(left: bytes, right: bytes) -> tuple[tuple[bytes, bytes], list[str]]:
    notes = []
    if left != right:
        notes.append(f"The bytes differ from offset {first_difference(left, right):,} on.")
    if max(len(left), len(right)) > HEX_LIMIT_BYTES:
        said = notes[0] if notes else "The bytes are the same."
        raise _NotCompared(f"{said} Bytes are shown side by side up to {HEX_LIMIT_BYTES >> 20} MB.")
    return (hexdump(left).encode(), hexdump(right).encode()), notes


def _as_text(job: Job, left: bytes, right: bytes) -> tuple[tuple[bytes, bytes], list[str]]:
    notes: list[str] = []
    (first, fault), (second, other_fault) = _formatted(job.left, left), _formatted(job.right, right)
    notes += [f"Left: {fault}"] if fault else []
    notes += [f"Right: {other_fault}"] if other_fault else []
    # The window shows a line break where either is: it alone must not make every line differ.
    whole = first.replace(b"\r\n", b"\n"), second.replace(b"\r\n", b"\n")
    if (len(whole[0]) != len(first)) != (len(whole[1]) != len(second)):
        notes.append("Line ends differ (CR LF on one side alone); they do not count.")
    rules = job.rules
    ordered = rules.any_member_order or rules.any_list_order or rules.paths
    if ordered and left != right and job.left.language == job.right.language == "json":
        whole = _ordered(job, whole, notes)
    return whole, notes


def _ordered(job: Job, texts: tuple[bytes, bytes], notes: list[str]) -> tuple[bytes, bytes]:
    if max(job.left.size_bytes, job.right.size_bytes) > ORDER_LIMIT_BYTES:
        notes.append(f"Beyond {ORDER_LIMIT_BYTES >> 20} MB, JSON is compared in the order in which it was received.")
        return texts
    ordering = Ordering(job.rules)
    try:
        return ordering.ordered(texts[0]), ordering.ordered(texts[1])
    except NotOrdered as fault:
        notes.append(str(fault))
        return texts


def _formatted(side: Side, data: bytes) -> tuple[bytes, str]:
    """The text of a body, with line breaks where its language has some, and what was not of that language."""
    if side.encoding != "utf-8":
        data = _through(Transcoding, Spool.of(data), side.encoding)
    if not can_format(side.language):
        return data.removeprefix(b"\xef\xbb\xbf"), ""
    source, target = Spool.of(data), _in_memory()
    formatting, until = Formatting(source, target, side.language), time.monotonic() + _FORMAT_LIMIT_S
    while formatting.advance():
        _refuse_large(target.size_bytes)
        if time.monotonic() > until:
            return data, "It takes too long to be formatted, and is compared as received."
    return target.read(0, target.size_bytes), formatting.fault


def _through(make: Callable[[Spool, Spool, str], Transcoding], source: Spool, encoding: str) -> bytes:
    target = _in_memory()
    step = make(source, target, encoding)
    while step.advance():
        _refuse_large(target.size_bytes)
    return target.read(0, target.size_bytes)


def _in_memory() -> Spool:
    return Spool(Path(), memory_bytes=_LARGEST)


def _refuse_large(size_bytes: int) -> None:
    """Formatted, brackets alone grow by some hundred times."""
    if size_bytes > 8 * LIMIT_BYTES:
        raise _NotCompared("With line breaks, a body is too large to be compared.")


def _refuse_many_lines(*texts: bytes) -> None:
    if any(text.count(b"\n") > LIMIT_LINES for text in texts):
        raise _NotCompared(f"A body has more than {LIMIT_LINES // 1_000_000} million lines. That is too many.")
