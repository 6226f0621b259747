"""Keys of the view of bytes: where the caret goes."""

from PySide6.QtGui import QKeyEvent, QKeySequence

_Key = QKeySequence.StandardKey
# What moves, its twin that selects, and by how many bytes, rows and pages.
_STEPS = (
    (_Key.MoveToPreviousChar, _Key.SelectPreviousChar, -1, 0, 0),
    (_Key.MoveToNextChar, _Key.SelectNextChar, 1, 0, 0),
    (_Key.MoveToPreviousLine, _Key.SelectPreviousLine, 0, -1, 0),
    (_Key.MoveToNextLine, _Key.SelectNextLine, 0, 1, 0),
    (_Key.MoveToPreviousPage, _Key.SelectPreviousPage, 0, 0, -1),
    (_Key.MoveToNextPage, _Key.SelectNextPage, 0, 0, 1),
)


def moved(event: QKeyEvent, at: int, size_bytes: int, row_bytes: int, page_rows: int) -> tuple[int, bool] | None:
    """Where a key brings the caret, and whether it selects; None for a key that moves nothing."""
    places = [
        (move, select, at + by + (rows + pages * page_rows) * row_bytes) for move, select, by, rows, pages in _STEPS
    ]
    row = at // row_bytes * row_bytes
    places += [
        (_Key.MoveToStartOfLine, _Key.SelectStartOfLine, row),
        (_Key.MoveToEndOfLine, _Key.SelectEndOfLine, row + row_bytes - 1),
        (_Key.MoveToStartOfDocument, _Key.SelectStartOfDocument, 0),
        (_Key.MoveToEndOfDocument, _Key.SelectEndOfDocument, size_bytes),
    ]
    for move, select, place in places:
        for key, extends in ((move, False), (select, True)):
            if event.matches(key):
                last = size_bytes if extends else size_bytes - 1
                return max(0, min(place, last)), extends
    return None
