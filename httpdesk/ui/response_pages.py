"""Response pages: body, headers, cookies and timeline of an exchange, each filled when it is looked at."""

from functools import cached_property

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from httpdesk.core.exchange import Exchange, Hop, Outcome
from httpdesk.core.problem import Problem
from httpdesk.core.wording import size
from httpdesk.ui import response_words
from httpdesk.ui.error_page import ErrorPage
from httpdesk.ui.response_body import BodyPage
from httpdesk.ui.response_cookies import CookiesPage
from httpdesk.ui.response_headers import HeadersPage
from httpdesk.ui.response_strips import Strips
from httpdesk.ui.response_timeline import TimelinePage
from httpdesk.ui.states import center_state
from httpdesk.ui.veil import Skeleton
from httpdesk.ui.widgets import button

BODY, HEADERS, COOKIES, TIMELINE = range(4)
_SKELETON, _CONTENT, _ERROR, _NONE = range(4)


class ResponsePages(QStackedWidget):
    """What is under the tabs."""

    send_again = Signal()
    remedy = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._exchange: Exchange | None = None
        self._hop: Hop | None = None
        self._stale: set[int] = set()
        front = _Holder(self)
        self._area = QStackedWidget(front)
        self.body = BodyPage(self._area)
        self.strips = Strips()
        self.strips.send_again.connect(self.send_again)
        self.strips.remedy.connect(self.remedy)
        self._none: QWidget = QWidget()
        for part in (Skeleton(), self.body, _Holder(), self._none):
            self._area.addWidget(part)
        front.put(self.strips)
        front.put(self._area, 1)
        self.addWidget(front)
        for _ in (HEADERS, COOKIES, TIMELINE):
            self.addWidget(_Holder())
        self.currentChanged.connect(lambda _: self._fill())

    # A tab must open at once: what the first answer does not need comes when it is wanted.

    @cached_property
    def error(self) -> ErrorPage:
        """The page of a failure without an answer."""
        page = ErrorPage()
        page.send_again.connect(self.send_again)
        page.remedy.connect(self.remedy)
        _hold(self._area.widget(_ERROR), page)
        return page

    @cached_property
    def headers(self) -> HeadersPage:
        """The page of the headers."""
        page = HeadersPage()
        _hold(self.widget(HEADERS), page)
        return page

    @cached_property
    def cookies(self) -> CookiesPage:
        """The page of the cookies."""
        page = CookiesPage()
        _hold(self.widget(COOKIES), page)
        return page

    @cached_property
    def timeline(self) -> TimelinePage:
        """The page of the timeline."""
        page = TimelinePage()
        _hold(self.widget(TIMELINE), page)
        return page

    @property
    def has_content(self) -> bool:
        """Whether an answer is on show that may stay while the next one is awaited."""
        return self._area.currentIndex() == _CONTENT

    def show_waiting(self) -> None:
        """Nothing to see yet."""
        self._area.setCurrentIndex(_SKELETON)
        self.strips.clear()

    def show_answer(self, hop: Hop) -> None:
        """The head of an answer is here, its body arrives."""
        self._exchange, self._hop = None, hop
        self.strips.clear()
        self.strips.faults.show_faults(hop.faults)
        self.body.show_hop(hop)
        self._area.setCurrentIndex(_CONTENT)
        self._all_stale()

    def show_hop(self, exchange: Exchange, hop: Hop) -> None:
        """Show a hop of a finished exchange."""
        self._exchange, self._hop = exchange, hop
        self.strips.clear()
        self.strips.faults.show_faults(hop.faults)
        is_last = hop is exchange.last
        if hop.head is not None:
            self.body.show_hop(hop)
            self._area.setCurrentIndex(_CONTENT)
            if is_last:
                self.strips.show_problem(exchange.problem)
                is_cancelled = exchange.outcome is Outcome.CANCELLED
                self.strips.show_cancelled(f"{self._cancelled()} {self._arrived(hop)}" if is_cancelled else "")
        else:
            self._show_end(exchange)
        self._all_stale()

    def show_nothing(self, exchange: Exchange) -> None:
        """Show the end of an exchange that has no hop."""
        self._exchange, self._hop = exchange, None
        self.strips.clear()
        self._show_end(exchange)
        self._all_stale()

    def show_problem(self, problem: Problem) -> None:
        """Show why nothing was sent; nothing of an exchange stays."""
        self._exchange, self._hop = None, None
        self.strips.clear()
        self.body.clear()
        self.error.show_problem(problem)
        self._area.setCurrentIndex(_ERROR)
        self._all_stale()

    def clear(self) -> None:
        """Let go of everything."""
        self._exchange, self._hop = None, None
        self.body.clear()
        self.show_waiting()
        self._all_stale()

    def stop(self) -> None:
        """The pane is going."""
        self._exchange, self._hop = None, None
        self.body.stop()

    def _show_end(self, exchange: Exchange) -> None:
        self.body.clear()
        if exchange.problem is not None:
            self.error.show_problem(exchange.problem, exchange.request_id)
            self._area.setCurrentIndex(_ERROR)
            return
        again = button(self.tr("Send again"), "primary", "sm")
        again.clicked.connect(self.send_again)
        cancelled = exchange.outcome is Outcome.CANCELLED
        title = self._cancelled() if cancelled else self.tr("There is no answer")
        words = self._arrived(exchange.last) if cancelled else self.tr("The server ended without one.")
        end = center_state("circle-stop", title.rstrip("."), words, again, role="warning")
        self._area.removeWidget(self._none)
        self._none.deleteLater()
        self._none = end
        self._area.insertWidget(_NONE, end)
        self._area.setCurrentIndex(_NONE)

    def _cancelled(self) -> str:
        return self.tr("You cancelled this request.")

    def _arrived(self, hop: Hop | None) -> str:
        if not response_words.request_went_out(hop) and (hop is None or hop.head is None):
            return self.tr("Nothing was sent.")
        count = response_words.received_bytes(hop) if hop is not None else 0
        if not count:
            return self.tr("Nothing had arrived. The server may still have done the work.")
        return self.tr("{size} had arrived. The server may still have done the work.").format(size=size(count))

    def _all_stale(self) -> None:
        self._stale = {HEADERS, COOKIES, TIMELINE}
        self._fill()

    def _fill(self) -> None:
        """Only the page in front costs anything."""
        at = self.currentIndex()
        if at not in self._stale:
            return
        self._stale.discard(at)
        exchange, hop = self._exchange, self._hop
        hops = exchange.hops if exchange is not None else [hop] if hop is not None else []
        if at == HEADERS:
            self.headers.show_hop(hop)
        elif at == COOKIES:
            self.cookies.show_hops(hops, exchange.started_at if exchange is not None else 0.0)
        elif at == TIMELINE:
            self.timeline.show_exchange(exchange)
            self.timeline.show_hop(next((place for place, known in enumerate(hops) if known is hop), 0))


class _Holder(QWidget):
    """Room for parts, one below the other."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lay = QVBoxLayout(self)
        self._lay.setContentsMargins(0, 0, 0, 0)
        self._lay.setSpacing(0)

    def put(self, part: QWidget, stretch: int = 0) -> None:
        """Add a part."""
        self._lay.addWidget(part, stretch)


def _hold(holder: QWidget | None, page: QWidget) -> None:
    if isinstance(holder, _Holder):
        holder.put(page, 1)
        page.show()
