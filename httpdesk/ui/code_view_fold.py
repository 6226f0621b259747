"""Folding: which regions of a code view are folded, and the searches for where they end."""

from time import perf_counter
from typing import NamedTuple

from PySide6.QtCore import QLocale, QObject, Signal

from httpdesk.body import regions
from httpdesk.body.folds import LIMIT, Fold, Folds
from httpdesk.body.following import Follower
from httpdesk.body.level_scan import LevelScan
from httpdesk.body.lines import ROW_BYTES, Row
from httpdesk.body.regions import Region, RegionAround, RegionEnd
from httpdesk.body.text import byte_length
from httpdesk.ui.code_view_row import Look, RowLayout
from httpdesk.ui.code_view_screen import Screen

# What is not found at once is searched on a thread.
_AT_ONCE_S = 0.001
_KEPT_TAILS, _TAIL_CHARACTERS = 600, 200


class Tail(NamedTuple):
    """What stands behind the first line of a folded region: words for the badge, and its last line."""

    words: str
    closing: RowLayout | None


class Folding(QObject):
    """Folds the rows of one screen; the view calls refresh() while `busy`."""

    changed = Signal()
    """Other rows are hidden than before."""
    shortened = Signal()
    """Other rows are hidden, but far below of what is seen."""
    began = Signal()
    """There is work: refresh() is wanted."""
    noticed = Signal(str)

    def __init__(self, screen: Screen, parent: QObject) -> None:
        super().__init__(parent)
        self._screen, self._language = screen, ""
        self._search: RegionEnd | RegionAround | None = None
        self._scan: LevelScan | None = None
        self._taken = 0
        self._waiting: Folds | None = None
        self._threads: dict[type, Follower] = {}
        self._tails: dict[Fold, Tail] = {}
        self._look: Look | None = None
        self.pending: int | None = None
        """The row whose region is still searched for."""

    def use(self, screen: Screen, language: str) -> None:
        """Fold on another screen; language "" means that nothing can be folded."""
        self.end()
        self._screen, self._language = screen, language if regions.can_fold(language) else ""
        self._tails.clear()

    @property
    def is_possible(self) -> bool:
        """Whether this text can be folded at all."""
        return bool(self._language)

    @property
    def busy(self) -> bool:
        """Whether something is still searched for."""
        return any(work is not None for work in (self._search, self._scan, self._waiting))

    def end(self) -> None:
        """Give up what is searched for, also when the widgets are gone."""
        for thread in self._threads.values():
            thread.stop()
        self._threads.clear()
        self._search = self._scan = self.pending = self._waiting = None

    def refresh(self) -> None:
        """Take what was found in the meantime."""
        if self._scan is not None:
            self._take(self._scan)
        if self._search is not None:
            self._settle(self._search)
        if self._waiting is not None:
            self._take_back(self._waiting)

    # -- leaving and coming back

    @property
    def folds(self) -> Folds:
        """What is folded, or will be when its rows are known."""
        return self._waiting or self._screen.folds

    def fold_as(self, folds: Folds) -> None:
        """Fold as the same text was before, once its rows are known again."""
        if folds and self._language:
            self._waiting = folds
            self._take_back(folds)
            self.began.emit()

    def _take_back(self, folds: Folds) -> None:
        screen, complete = self._screen, self._screen.text.complete
        if not complete and screen.text.index.rows <= folds.last_stop:
            return
        self._waiting = None
        if not screen.folds and folds.last_stop <= screen.text.index.rows:
            screen.refold(lambda: setattr(screen, "folds", folds))
            self.changed.emit()

    # -- asking

    def fold_of(self, row: Row) -> Fold | None:
        """The fold that a shown row stands for."""
        return self._screen.folds.at(row.number + 1) if self._screen.folds else None

    def can_fold(self, layout: RowLayout) -> bool:
        """Whether a region begins with a row."""
        line = layout.characters
        if not (line.endswith(("{", "[")) if self._language == "json" else "<" in line):
            return False  # most rows: this is asked for each one that is painted
        row, index = layout.row, self._screen.text.index
        if not self._language or row.number + 1 >= index.rows:
            return False
        if row.stop - row.start >= ROW_BYTES and row.stop - row.start == byte_length(line):
            return False  # the line goes on in the next row
        below = "" if self._language == "json" else self._screen.text.characters(index.window(row.number + 1, 1)[0])
        return regions.opens(self._language, line, below)

    def tail(self, row: Row, look: Look) -> Tail | None:
        """What stands behind a row that is folded."""
        fold = self.fold_of(row)
        if fold is None:
            return None
        if look is not self._look or len(self._tails) >= _KEPT_TAILS:
            self._look = look
            self._tails.clear()
        if fold not in self._tails:
            self._tails[fold] = self._make_tail(row, fold, look)
        return self._tails[fold]

    def _make_tail(self, row: Row, fold: Fold, look: Look) -> Tail:
        text = self._screen.text
        last = text.index.window(fold.stop - 1, 1)[0]
        line = text.characters(last)
        closing = None
        if last.starts_line and regions.closes(self._language, line, self._depth(row)):
            words = line.strip()[:_TAIL_CHARACTERS]
            closing = RowLayout(last, words, text.language.spans(words)[0], look, None)
        count = last.line - row.line - (closing is not None)
        number = QLocale().toString(count)
        return Tail(self.tr("… 1 line") if count == 1 else self.tr("… {0} lines").format(number), closing)

    # -- one region

    def toggle(self, layout: RowLayout) -> None:
        """Fold or unfold the region that begins with a row."""
        if (fold := self.fold_of(layout.row)) is not None:
            self._remove(fold)
        elif self.can_fold(layout):
            row, line = layout.row, layout.characters
            start = row.start + byte_length(line)
            spool = self._screen.text.spool
            self._find(RegionEnd(spool, self._language, start, self._depth(row), ord(line[-1])), row)

    def fold_around(self, layout: RowLayout) -> None:
        """Fold the region that begins with a row, or the one that the row is in."""
        if self.fold_of(layout.row) is None and self.can_fold(layout):
            self.toggle(layout)
        elif self._language and (first := self._screen.text.index.row_of_line(layout.row.line)) is not None:
            self._find(RegionAround(self._screen.text.spool, self._language, first.start), layout.row)

    def unfold(self, row: Row) -> None:
        """Unfold the region that begins with a row."""
        if (fold := self.fold_of(row)) is not None:
            self._remove(fold)

    def open(self, number: int) -> bool:
        """Unfold whatever hides a row; whether something did."""
        folds = self._screen.folds
        if folds.at(number) is None:
            return False

        def remove() -> None:
            while (fold := folds.at(number)) is not None:
                folds.remove(fold)

        self._screen.refold(remove)
        self.changed.emit()
        return True

    def _remove(self, fold: Fold) -> None:
        self._screen.refold(lambda: self._screen.folds.remove(fold))
        self.changed.emit()

    def _find(self, search: RegionEnd | RegionAround, row: Row) -> None:
        """Search at once for a moment, then on a thread."""
        if self._search is not None:
            self._stop(self._search)
        self._search, self.pending = search, row.number
        deadline_s = perf_counter() + _AT_ONCE_S
        first = True
        # Back and on: near by is found by two steps, which is always at once.
        while search.advance() and (first or perf_counter() < deadline_s):
            first = False
        self._settle(search)
        if self._search is not None:
            self._start(search)

    def _settle(self, search: RegionEnd | RegionAround) -> None:
        """Fold what was found, as soon as its rows are known."""
        index, region = self._screen.text.index, search.region
        is_over = isinstance(search, RegionAround) and search.failed
        if region is not None:
            known = index.next_offset > region.stop + 1 and region.stop >= 0
            if known or self._screen.text.complete:
                is_over = True
                self._fold(region)
        if is_over or self._screen.text.spool.closed:
            self._search = self.pending = None

    def _fold(self, region: Region) -> None:
        index, first = self._screen.text.index, self._screen.text.index.row_at(region.start + 1)
        if first is None or first.start <= region.start:
            return
        stop = index.rows
        if region.stop >= 0 and (last := index.row_at(region.stop + 1)) is not None:
            stop = last.number + self._is_hidden(last, self._depth(index.window(first.number - 1, 1)[0]))
        fold, folds = Fold(first.number, stop), self._screen.folds
        if fold.start >= fold.stop or folds.at(fold.start) is not None:
            return
        if self._scan is not None and fold.stop > folds.last_stop:
            self._stop(self._scan)
            self._scan = None  # what it would find from here on may be in this one
        self._screen.refold(lambda: folds.add(fold))
        self.changed.emit()

    def _is_hidden(self, last: Row, depth: int) -> bool:
        """Whether the row that ends a region is hidden too: a short line that is a part of it."""
        below = self._screen.text.index.window(last.number + 1, 1)
        is_whole = last.starts_line and (not below or below[0].starts_line)
        return is_whole and regions.closes(self._language, self._screen.text.characters(last), depth)

    def _depth(self, row: Row) -> int:
        text = self._screen.text
        first = row if row.starts_line else text.index.row_of_line(row.line) or row
        return regions.indentation(text.characters(first))

    # -- many regions

    def fold_to(self, level: int) -> None:
        """Fold each region that is this many levels deep; 0 for all that there is."""
        if not self._language:
            return
        self.unfold_all()
        self._scan, self._taken = LevelScan(self._screen.text, self._language, level), 0
        self._start(self._scan)

    def unfold_all(self) -> None:
        """Show every row."""
        self.end()
        if self._screen.folds:
            self._screen.refold(self._screen.folds.clear)
            self.changed.emit()

    def _take(self, scan: LevelScan) -> None:
        done = scan.done or self._screen.text.spool.closed  # first: what is found in between is not the end
        if blocks := scan.blocks[self._taken :]:
            self._taken += len(blocks)
            placed = self._screen.placed()
            is_seen = not placed or blocks[0].starts[0] <= placed[-1].layout.row.number + 1
            self._screen.refold(lambda: self._screen.folds.extend(blocks))
            (self.changed if is_seen else self.shortened).emit()
        if done:
            self._scan = None
            if scan.capped:
                count = self._screen.folds.count
                words = self.tr("Only the first {0} regions were folded.")
                self.noticed.emit(words.format(QLocale().toString(min(count, LIMIT))))

    def _start(self, step: RegionEnd | RegionAround | LevelScan) -> None:
        thread = self._threads[type(step)] = Follower(self._screen.text.spool, step)
        thread.start()
        self.began.emit()

    def _stop(self, step: RegionEnd | RegionAround | LevelScan) -> None:
        if (thread := self._threads.pop(type(step), None)) is not None:
            thread.stop()
