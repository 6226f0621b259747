"""Screen: which rows of a body are on a code view now, each at its height, and how it scrolls."""

from collections.abc import Callable, Iterator
from time import perf_counter
from typing import NamedTuple

from httpdesk.body.folds import Folds
from httpdesk.body.lines import Row
from httpdesk.body.text import Text
from httpdesk.ui.code_view_row import Look, RowLayout

_KEPT_ROWS = 600
_NEAR_ROWS = 2


class Placed(NamedTuple):
    """A row on the screen and the y of its upper edge."""

    layout: RowLayout
    y_px: int


class Screen:
    """The part of a text that a view of some size shows, from row `top` on, whose first `shift_px` are cut off.

    Rows are counted without those that are folded away; only `Row.number` and `reveal()` count all of them.
    """

    def __init__(self, text: Text, look: Look) -> None:
        self.text, self.folds = text, Folds()
        self.top, self.shift_px = 0, 0
        self.rows_limit: int | None = None  # those that came later are not shown
        self.height_px = 0
        self.wrap_px: float | None = None
        self._look = look
        self._kept: dict[int, RowLayout] = {}
        self._bottom: tuple[tuple[int, int], tuple[int, int]] | None = None  # for so many rows and this height

    @property
    def rows(self) -> int:
        """How many rows there are to scroll through."""
        known = self._known_rows
        return self.folds.place(known - 1) + 1 if known and self.folds else known

    @property
    def _known_rows(self) -> int:
        """How many rows there are to show, folded ones too."""
        rows = self.text.index.rows
        return rows if self.rows_limit is None else min(rows, self.rows_limit)

    @property
    def page(self) -> int:
        """How many rows fit when none is wrapped."""
        return max(1, self.height_px // self._look.row_px)

    @property
    def line_px(self) -> int:
        """How high one line is."""
        return self._look.row_px

    def dress(self, look: Look) -> None:
        """Take another look (theme or zoom)."""
        shift_lines = self.shift_px / self._look.row_px
        self._look = look
        self.shift_px = round(shift_lines * look.row_px)
        self._forget()

    def resize(self, height_px: int, wrap_px: float | None) -> None:
        """Take another size; `wrap_px` is the width to wrap at, None for not wrapping."""
        self.height_px = height_px
        if wrap_px != self.wrap_px:
            self.wrap_px = wrap_px
            self._forget()
            self.shift_px = 0

    def layout(self, row: Row) -> RowLayout:
        """A row, laid out."""
        kept = self._kept.get(row.number)
        if kept is None or kept.row != row:
            characters = self.text.characters(row)
            spans = self.text.spans(row, characters)
            if len(self._kept) >= _KEPT_ROWS:
                self._kept.pop(next(iter(self._kept)))  # one by one: all at once take 3 ms
            kept = self._kept[row.number] = RowLayout(row, characters, spans, self._look, self.wrap_px)
        return kept

    def placed(self) -> list[Placed]:
        """The rows on the screen, from top to bottom."""
        return list(self._rows(lambda _number: True))

    def ready(self, left_px: float, right_px: float, within_s: float) -> tuple[list[Placed], bool]:
        """As placed(), with all that painting between two x needs: at least one row, and as many as time allows.

        Says whether these are all. What is ready once takes no time again.
        """
        deadline_s, missed = perf_counter() + within_s, False

        def in_time(number: int) -> bool:
            nonlocal missed
            kept = self._kept.get(number)
            missed = perf_counter() > deadline_s and not (kept and kept.is_ready(left_px, right_px))
            return not missed

        found: list[Placed] = []
        for placed in self._rows(lambda number: not found or in_time(number)):
            placed.layout.make_ready(left_px, right_px)
            found.append(placed)
        return found, not missed

    def _rows(self, wanted: Callable[[int], bool]) -> Iterator[Placed]:
        """The rows on the screen, as far as they are wanted one after the other."""
        y_px = -self.shift_px
        first = self.top
        while y_px < self.height_px:
            rows = self.window(first, self.page + 1)
            for row in rows:
                if not wanted(row.number):
                    return
                layout = self.layout(row)
                yield Placed(layout, y_px)
                y_px += layout.height_px
                if y_px >= self.height_px:
                    return
            if len(rows) <= self.page:
                return
            first += len(rows)

    def window(self, first: int, count: int) -> list[Row]:
        """Up to `count` rows from the shown row `first` on."""
        index, folds, end = self.text.index, self.folds, self._known_rows
        if not folds:
            return index.window(first, max(0, min(count, end - first)))
        found: list[Row] = []
        number = folds.row(first)
        while len(found) < count and number < end:
            fold = folds.below(number)
            missing = min(count - len(found), end - number)
            found += index.window(number, min(missing, fold.start - number) if fold else missing)
            if fold is None:
                break
            number = fold.stop
        return found

    def neighbour(self, row: Row, by: int) -> Row | None:
        """The shown row so many rows below one that is shown, or above it (below 0)."""
        place = self.folds.place(row.number) + by
        rows = self.window(place, 1) if place >= 0 else []
        return rows[0] if rows else None

    def last_offset(self) -> int:
        """The last place of the text that is shown."""
        size_bytes = self.text.index.size_bytes
        rows = self.window(self.rows - 1, 1) if self.folds or self.rows_limit is not None else []
        if not rows or rows[0].stop >= size_bytes:
            return size_bytes
        return self.layout(rows[0]).offset(len(self.layout(rows[0]).characters))

    def recolor(self) -> None:
        """Rows have other colours now."""
        self._forget()

    def refold(self, change: Callable[[], None]) -> None:
        """Change the folds; the row at the top stays there, or the one that stands for it."""
        top = self.folds.row(self.top)
        change()
        self.top, self._bottom = self.folds.place(top), None
        self.shift_px = min(self.shift_px, self._height(self.top) - 1)
        self.keep_inside()

    def scroll(self, by_px: int) -> None:
        """Move down (or up, below 0) by so many pixels, as far as there are rows."""
        self.shift_px += by_px
        while self.shift_px < 0 and self.top > 0:
            self.top -= 1
            self.shift_px += self._height(self.top)
        while self.shift_px > 0 and (height := self._height(self.top)) <= self.shift_px:
            if self.top + 1 >= self.rows:
                break
            self.top += 1
            self.shift_px -= height
        self.keep_inside()

    def keep_inside(self) -> None:
        """Leave no more empty space below the last row than must be."""
        self.shift_px = max(0, self.shift_px)
        if self.rows - self.top > self.page + 1:
            return  # each of them is one line at least
        last, shift_px = self.bottom()
        if (self.top, self.shift_px) > (last, shift_px):
            self.top, self.shift_px = last, shift_px

    def bottom(self) -> tuple[int, int]:
        """Top row and shift at which the last row stands at the lower edge."""
        if self.wrap_px is None:
            missing_px = self.rows * self._look.row_px - self.height_px
            return (divmod(missing_px, self._look.row_px)) if missing_px > 0 else (0, 0)
        known = self._bottom
        if known is None or known[0] != (self.text.index.size_bytes, self.height_px):
            row, space_px = self.rows, self.height_px
            while row > 0 and space_px > 0:
                row -= 1
                space_px -= self._height(row)
            known = (self.text.index.size_bytes, self.height_px), (row, max(0, -space_px))
            self._bottom = known
        return known[1]

    def length_px(self) -> int:
        """How far it scrolls, counting each row as one line: exact near the end, without laying out what is between."""
        if self.wrap_px is not None and self.rows - self.top > self.page + 1:
            return max(0, self.rows * self._look.row_px - self.height_px)  # the end is far: this is near enough
        return self._depth_px(*self.bottom())

    def depth_px(self) -> int:
        """How far it is scrolled, on the scale of `length_px`."""
        return self._depth_px(self.top, self.shift_px)

    def go_to(self, depth_px: int) -> None:
        """Scroll to a place on the scale of `length_px`."""
        self.top, rest_px = divmod(max(0, depth_px), self._look.row_px)
        self.top = max(0, min(self.top, self.rows - 1))
        self.shift_px = rest_px * self._height(self.top) // self._look.row_px
        self.keep_inside()

    def _depth_px(self, top: int, shift_px: int) -> int:
        row_px = self._look.row_px
        return top * row_px + (shift_px * row_px // self._height(top) if shift_px else 0)

    def _forget(self) -> None:
        self._kept.clear()
        self._bottom = None

    def reveal(self, row: int, line: int = 0) -> None:
        """Scroll so that a line of a row is seen: not at all when it is, to the middle when it is far away."""
        row = self.folds.place(row)
        height_px, y_px = self._look.row_px, self._y_of(row)
        if y_px is not None:
            y_px += line * height_px
            if y_px < 0:
                self.scroll(y_px)
            elif y_px + height_px > self.height_px:
                self.scroll(y_px + height_px - self.height_px)
            return
        above, below = self.top - row, row - self.top - self.page
        self.top, self.shift_px = max(0, min(row, self.rows - 1)), 0
        into_view_px = line * height_px
        if not 0 < above <= _NEAR_ROWS:
            near_below = below <= _NEAR_ROWS and self.wrap_px is None
            into_view_px -= self.height_px - height_px if near_below else self.height_px // 2
        self.scroll(into_view_px)

    def _y_of(self, row: int) -> int | None:
        """Where a shown row is on the screen; None when it is not."""
        if self.wrap_px is None:
            y_px = (row - self.top) * self._look.row_px - self.shift_px
            return y_px if row >= self.top and y_px < self.height_px else None
        number = self.folds.row(row)
        return next((placed.y_px for placed in self.placed() if placed.layout.row.number == number), None)

    def _height(self, place: int) -> int:
        if self.wrap_px is None:
            return self._look.row_px
        rows = self.window(place, 1)
        return self.layout(rows[0]).height_px if rows else self._look.row_px
