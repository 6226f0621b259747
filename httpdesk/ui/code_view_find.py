"""Finding: the find bar of a code view, the search behind it, and which match is the current one."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping
from contextlib import suppress

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QAbstractScrollArea

from httpdesk.body.following import Follower
from httpdesk.body.search import Match, Search
from httpdesk.body.spool import Spool
from httpdesk.body.text import Text
from httpdesk.ui.announce import announce
from httpdesk.ui.code_view_paint import Mark
from httpdesk.ui.find_bar import WIDTH_PX, FindBar, Query
from httpdesk.ui.theme import theme

_GAP_PX = 8
# What comes at once (letters of a paste or of a key held down) is one query.
_TYPING_MS = 0

Searcher = Callable[[Spool, str, Mapping[str, bool]], Search]


def _search_text(spool: Spool, words: str, ways: Mapping[str, bool]) -> Search:
    return Search(spool, words, **ways)


class Finding(QObject):
    """Searches the text while its bar is open; the view calls refresh() while `busy`."""

    found = Signal(int, int)
    """A match became the current one: from this byte to that, to be brought into view."""
    marked = Signal()
    """There are other marks than before."""
    began = Signal()
    """There is work: refresh() is wanted."""
    closed = Signal()
    _over = Signal()
    """Told by the thread: all is found."""

    def __init__(self, view: QAbstractScrollArea, text: Text, searcher: Searcher = _search_text) -> None:
        super().__init__(view)
        self._searcher = searcher
        self._view, self._text = view, text
        self._run: _Run | None = None
        self._current: int | None = None
        self._origin = 0
        self._wanted: tuple[int, bool] | None = None  # from where, and whether forwards
        self._moves = True
        self._known = (-1, False)
        self._over.connect(self.refresh, Qt.ConnectionType.QueuedConnection)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_TYPING_MS)
        self._soon.timeout.connect(self._search)
        self.bar = FindBar(view)
        self.bar.hide()
        self.bar.changed.connect(self._restart)
        self.bar.next_wanted.connect(self.next)
        self.bar.previous_wanted.connect(self.previous)
        self.bar.closed.connect(self.closed)

    @property
    def is_open(self) -> bool:
        """Whether the bar is there."""
        return not self.bar.isHidden()

    @property
    def busy(self) -> bool:
        """Whether the search still goes on, or its end was not told yet."""
        return self._run is not None and (not self._known[1] or self._is_behind)

    def set_text(self, text: Text) -> None:
        """Search in another text; it stays where it is."""
        self._text, self._origin, self._moves = text, 0, False
        self.stop()
        if self.is_open:
            self._search()

    def open(self, words: str, origin: int) -> None:
        """Show the bar; what is found first is searched from `origin` on."""
        was_open, query = self.is_open, self.bar.query
        self._origin = origin
        self.bar.show()
        self.place()
        self.bar.raise_()
        self.bar.begin(words)
        if not was_open and self.bar.query == query:
            self._moves = True
            self._search()

    def close(self) -> None:
        """Hide the bar and forget the matches."""
        self.bar.hide()
        self.stop()
        self.marked.emit()

    def stop(self) -> None:
        """End the search; the bar stays."""
        self._soon.stop()
        self.end()
        self._run, self._current, self._wanted, self._known = None, None, None, (-1, False)

    def end(self) -> None:
        """End the thread, also when the widgets are gone."""
        if self._run is not None:
            self._run.follower.stop()

    def next(self) -> None:
        """Go to the next match, after the last one to the first."""
        self._go(forwards=True)

    def previous(self) -> None:
        """Go to the match before, from the first one to the last."""
        self._go(forwards=False)

    def refresh(self) -> None:
        """Take what was found in the meantime."""
        run = self._run
        if run is None:
            return
        ended = run.ended  # first: what is found in between is not the end
        known = run.count, ended
        if known == self._known and not self._is_behind:
            return
        self._known = known
        self._resolve()
        self._tell()
        self.marked.emit()
        if known[1] and self._moves:
            self._say()

    def marks(self, start: int, stop: int) -> list[Mark]:
        """The matches between two bytes of the body."""
        if self._run is None:
            return []
        run = self._run
        return [
            (*run.match(number), number == self._current)
            for number in range(run.first_beyond(start), run.first_from(stop))
        ]

    def place(self) -> None:
        """Stay in the top right corner."""
        area, gap = self._view.viewport().geometry(), theme.px(_GAP_PX)
        width = min(theme.px(WIDTH_PX), area.width() - 2 * gap)
        self.bar.setGeometry(area.right() - gap - width, area.top() + gap // 2, width, self.bar.height())

    @property
    def _is_behind(self) -> bool:
        """Whether a match is wanted that may be shown only later."""
        return self._wanted is not None and self._run is not None and self._run.count > 0

    def _restart(self) -> None:
        self.stop()
        self._moves = True
        self.bar.show_count(None, 0, searching=bool(self.bar.query.words))
        self.marked.emit()
        self._soon.start()

    def _search(self) -> None:
        query = self.bar.query
        self.stop()
        self._wanted = self._origin, True
        if query.words:
            self._run = _Run(self._text, query, self._searcher, self._over.emit)
            self.began.emit()
        self._tell()
        self.marked.emit()

    def _go(self, *, forwards: bool) -> None:
        if self._soon.isActive():
            self._soon.stop()
            self._search()
        if self._run is None:
            return
        self._moves = True
        here = self._origin
        if self._current is not None:
            start, stop = self._run.match(self._current)
            here = stop if forwards else start
        self._wanted = here, forwards
        self._resolve()
        if self._current is not None:
            self._origin = self._run.match(self._current).start  # other words are searched from here on
        self._tell()
        self._say()
        self.marked.emit()

    def _resolve(self) -> None:
        """Find the wanted match, if what is needed for that is known already."""
        run, count = self._run, self._run.count if self._run else 0
        if self._wanted is None or run is None or not count:
            return
        here, forwards = self._wanted
        number = run.first_from(here) - (not forwards)
        if not 0 <= number < count:
            if not run.ended:
                return
            number %= count
        start, stop = run.match(number)
        if start >= self._text.index.size_bytes:
            return  # found before its row was
        self._current, self._wanted = number, None
        if self._moves:
            self.found.emit(start, stop)

    def _tell(self) -> None:
        run = self._run
        if run is not None and run.fault:
            self.bar.show_fault(run.fault, stopped=run.began)
            return
        current = None if self._current is None else self._current + 1
        count = run.count if run else 0
        self.bar.show_count(current, count, more=bool(run and run.capped), searching=run is not None and not run.ended)

    def _say(self) -> None:
        announce(self.bar, self.bar.count)


class _Run:
    """One search and the thread it runs on; what it needs is loaded and compiled there too."""

    def __init__(self, text: Text, query: Query, searcher: Searcher, tell_end: Callable[[], object]) -> None:
        self._spool, self._query, self._searcher, self._tell_end = text.spool, query, searcher, tell_end
        self._search: Search | None = None
        self.began = False  # the query is one that can be searched for
        self.follower = Follower(text.spool, self)
        self.follower.start()

    def advance(self) -> bool:
        """Search the next piece, on the thread."""
        if self._search is None:
            search = self._searcher(self._spool, self._query.words, self._query.ways)
            self.began = not search.fault
            self._search = search
        went_on = self._search.advance()
        if went_on and self._search.done:
            with suppress(RuntimeError):  # the widgets may be gone
                self._tell_end()
        return went_on

    @property
    def count(self) -> int:
        """How many matches there are so far."""
        return self._search.count if self._search else 0

    @property
    def ended(self) -> bool:
        """Whether no more matches will come."""
        return self._search is not None and self._search.done

    @property
    def capped(self) -> bool:
        """Whether there are more than can be kept."""
        return self._search is not None and self._search.capped

    @property
    def fault(self) -> str:
        """Why the query cannot be searched for, or ""."""
        return self._search.fault if self._search else ""

    def match(self, number: int) -> Match:
        """One of the matches, from 0."""
        return self._search.match(number) if self._search else Match(0, 0)

    def first_from(self, byte: int) -> int:
        """The number of the first match that begins at a byte or behind it."""
        return bisect_left(range(self.count), byte, key=lambda number: self.match(number).start)

    def first_beyond(self, byte: int) -> int:
        """The number of the first match that ends behind a byte."""
        return bisect_right(range(self.count), byte, key=lambda number: self.match(number).stop)
