"""Past: what a request tab gives to the history, and the earlier answers of its request that its pane shows again."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

import msgspec
from PySide6.QtCore import QCoreApplication, QPoint

from httpdesk.core.exchange import Exchange, Finished
from httpdesk.core.history import Line, Origin, key_of
from httpdesk.core.request import HttpRequest
from httpdesk.ui import history_words
from httpdesk.ui.history_menus import Choice, pop_up
from httpdesk.ui.services import Services
from httpdesk.ui.tasks import Tasks
from httpdesk.ui.theme import theme

if TYPE_CHECKING:
    from httpdesk.protocols.http.tab.comparing import Comparing
    from httpdesk.protocols.http.tab.tab import HttpTab
    from httpdesk.ui.history_entry import Reopened
    from httpdesk.ui.response_pane import ResponsePane

_OFFERED = 12


def _tr(text: str) -> str:
    return QCoreApplication.translate("HttpTab", text)


class Past:
    """The history as one tab uses it."""

    def __init__(self, tab: HttpTab, services: Services, tasks: Tasks, comparing: Comparing) -> None:
        self._tab, self._services, self._tasks, self._comparing = tab, services, tasks, comparing
        self._kept: Exchange | None = None

    def attach(self, pane: ResponsePane) -> None:
        """Offer the earlier answers in a pane, where there is a history."""
        pane.head.earlier.clicked.connect(partial(self._tab.run, "earlier_answers"))
        pane.head.offer_earlier(offered=self._services.history is not None)

    def keep(self, exchange: Exchange, written: HttpRequest, environment: str | None = None) -> None:
        """Give an exchange that has ended to the history, with the request as it was written when it was sent.

        It was sent in the environment that is chosen, where no other is named. Given twice, it is kept once.
        """
        if exchange is self._kept or exchange.outcome is None:
            return
        self._kept = exchange
        if (history := self._services.history) is not None:
            origin = self._origin()
            if environment is not None:
                origin = msgspec.structs.replace(origin, environment=environment)
            history.keep(exchange, written, origin)

    async def settled(self, exchange: Exchange) -> None:
        """Wait until the history has taken what it needs of an exchange: its bodies may go."""
        if self._services.history is not None:
            await self._services.history.settled(exchange)

    async def offer(self) -> None:
        """Open the menu of earlier answers. Raises Problem."""
        if (history := self._services.history) is None:
            return
        request = self._tab.request
        keys = dict.fromkeys((key_of(self._origin(), request), key_of(Origin(), request)))
        lines = await history.earlier(tuple(keys), _OFFERED)
        if not lines:
            self._services.notices.show(_tr("This request has no answers in the history."))
            return
        choices: list[Choice | None] = [
            ("dot", _words(line), history_words.status(line)[1], partial(self._choose, line.id)) for line in lines
        ]
        choices += [None, ("history", _tr("Show the history"), "text2", self._show_history)]
        pane = self._tab.response_pane
        anchor = pane.head.earlier if pane.head.earlier.isVisible() else pane
        corner = anchor.mapToGlobal(QPoint(anchor.width(), anchor.height() if anchor is not pane else 0))
        pop_up(choices, self._tab, corner - QPoint(theme.px(240), -theme.px(4)))

    def show(self, reopened: Reopened) -> None:
        """Show an exchange of the history in the pane; the one that is there can still be compared with it."""
        tab = self._tab
        if tab.busy:
            self._tasks.start("close-unseen", self._comparing.close(reopened.exchange), beside=True)
            return
        before = tab.exchange
        tab.response_pane.feed(Finished(reopened.exchange))
        now = datetime.now().astimezone().date()
        words = _tr("From {time}").format(time=history_words.moment(reopened.line.at, now))
        tab.response_pane.head.show_step(words)
        if reopened.missing:
            words = _tr("The history has not kept the body: it was too large, or its file is gone.")
            self._services.notices.show(words, level="warning")
        self._tasks.start("keep-shown", self._comparing.keep(before), beside=True)

    def _choose(self, entry_id: int) -> None:
        self._tasks.start("reopen", self._reopen(entry_id))

    async def _reopen(self, entry_id: int) -> None:
        if (history := self._services.history) is not None:
            self.show(await history.exchange(entry_id))

    def _show_history(self) -> None:
        self._services.run_action("show_history")

    def _origin(self) -> Origin:
        saved, folder = self._tab.saved, self._services.library.folder
        return Origin(
            name=saved.name,
            workspace=str(folder or "") if saved.path else "",
            path=saved.path,
            environment=self._services.variables.chosen,
        )


def _words(line: Line) -> str:
    now = datetime.now().astimezone().date()
    parts = [history_words.status(line)[0], history_words.moment(line.at, now), *history_words.amounts(line)[1:]]
    return "  ".join(parts)
