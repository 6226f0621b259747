"""Comparing: what the answer of a tab can be compared with, and the answer before it, kept until the next one."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QPoint

from httpdesk.core.exchange import Exchange, Finished, Outcome
from httpdesk.core.problem import Problem
from httpdesk.protocols.http.tab.guard import may_go_out
from httpdesk.ui.menus import Row, menu
from httpdesk.ui.services import Services
from httpdesk.ui.tasks import Tasks
from httpdesk.ui.theme import theme

if TYPE_CHECKING:
    from httpdesk.protocols.http.tab.tab import HttpTab
    from httpdesk.ui.compare_source import CompareSource

    Sources = Callable[[], Awaitable[tuple[CompareSource, CompareSource]]]

_MOST_TABS = 12


def _tr(words: str) -> str:
    return QCoreApplication.translate("Comparing", words)


class Comparing:
    """Offers the comparisons of one tab, and owns the answer before the one that is shown."""

    def __init__(self, tab: HttpTab, services: Services, tasks: Tasks) -> None:
        self._tab, self._services, self._tasks = tab, services, tasks
        self.previous: Exchange | None = None

    # -- the answer before

    async def keep(self, exchange: Exchange | None) -> None:
        """Another exchange took the place of this one: keep it if it is an answer, in place of the one before it."""
        if exchange is None:
            return
        if exchange.head is not None and exchange.outcome is not Outcome.CANCELLED and exchange.outcome is not None:
            exchange, self.previous = self.previous, exchange
        await self.close(exchange)

    async def let_go(self, shown: Exchange | None) -> None:
        """The tab goes: give up both answers."""
        previous, self.previous = self.previous, None
        await self.close(shown, previous)

    async def close(self, *exchanges: Exchange | None) -> None:
        """Give up the bodies of exchanges, when the history has taken them."""
        if wanted := [exchange for exchange in exchanges if exchange is not None]:
            sender = await self._services.sender()
            for exchange in wanted:
                await self._tab.past.settled(exchange)
                await asyncio.to_thread(sender.close_exchange, exchange)

    # -- what is offered

    def offer(self) -> None:
        """Open the menu of what the answer can be compared with."""
        exchange = self._tab.exchange
        if exchange is None or exchange.head is None:
            self._services.notices.show(_tr("There is no answer to compare yet."))
            return
        rows, runs = self._entries(exchange)
        popup = menu(rows, self._tab)
        actions = [action for action in popup.actions() if not action.isSeparator()]
        for action, run in zip(actions, runs, strict=True):
            action.triggered.connect(lambda _checked=False, run=run: run())
        actions[0].setEnabled(self.previous is not None)
        pane = self._tab.response_pane
        corner = pane.mapToGlobal(QPoint(pane.width() - popup.sizeHint().width() - theme.px(8), theme.px(40)))
        popup.popup(corner)
        popup.setActiveAction(next(action for action in actions if action.isEnabled()))

    def _entries(self, exchange: Exchange) -> tuple[list[Row], list[Callable[[], object]]]:
        rows: list[Row] = [("history", _tr("With the previous answer"), "")]
        runs: list[Callable[[], object]] = [self._with_previous]
        others = [(title, one) for title, one in self._services.answers() if one is not exchange and one.head]
        environments = [
            each.name for each in self._services.variables.environments if each.name != self._services.variables.chosen
        ]
        rows += [None] if others else []
        for title, other in others[-_MOST_TABS:]:
            rows.append(("file-text", _tr("With {title}").format(title=_short(title)), ""))
            runs.append(partial(self._with_other, title, other))
        rows += [None] if environments else []
        for name in environments:
            rows.append(("send", _tr("Send again in {environment}").format(environment=_short(name)), ""))
            runs.append(partial(self._in_environment, name))
        rows += [None, ("file", _tr("With a file…"), "")]
        runs.append(lambda: self._tasks.start("compare", self._with_file()))
        return rows, runs

    def _with_previous(self) -> None:
        previous = self.previous
        self._open(lambda: (_source(_tr("Previous answer"), previous), self._own(_tr("This answer"))))

    def _with_other(self, title: str, other: Exchange) -> None:
        self._open(lambda: (self._own(self._tab.title), _source(title, other)))

    def _in_environment(self, name: str) -> None:
        chosen = self._services.variables.chosen

        async def send() -> tuple[CompareSource, CompareSource]:
            left = self._own(chosen or _tr("No environment"))
            return left, await self._sent(name)

        self._show(send, _tr("Sending in {environment}").format(environment=name))

    async def _with_file(self) -> None:
        from httpdesk.ui import dialogs
        from httpdesk.ui.compare_source import source_of_file

        path = await dialogs.ask_open_file(self._tab, _tr("Compare with a file"))
        if path is None:
            return
        file = await asyncio.to_thread(source_of_file, path, self._folder())
        self._open(lambda: (file, self._own(_tr("This answer"))))

    # -- the work

    def _own(self, title: str) -> CompareSource:
        return _source(title, self._tab.exchange)

    async def _sent(self, environment: str) -> CompareSource:
        """Send the request in another environment. Raises Problem where there is no answer."""
        sender, written = await self._services.sender(), self._tab.request
        wire = await self._tab.prepared(environment)
        if wire is None or not await may_go_out(self._tab, wire, self._services.variables.named(environment)):
            raise Problem(_tr("Nothing was sent"), _tr("You decided against it."), kind="not-sent")
        sending = sender.send(wire)
        try:
            async for event in sending:
                if isinstance(event, Finished):
                    self._services.console.add(event.exchange)
                    self._tab.past.keep(event.exchange, written, environment)
                    await self._tab.past.settled(event.exchange)
        except asyncio.CancelledError:
            await asyncio.to_thread(sender.close_exchange, sending.exchange)
            raise
        if sending.exchange.head is None:
            await asyncio.to_thread(sender.close_exchange, sending.exchange)
            raise sending.exchange.problem or _gone()
        return _source(environment, sending.exchange, given=True)

    def _folder(self) -> Path:
        """Where the bodies of the tab are, or would be if they were larger."""
        exchange = self._tab.exchange
        body = exchange.last.body if exchange is not None and exchange.last is not None else None
        from httpdesk.body.spool import Spool

        return body.folder if isinstance(body, Spool) else Path()

    def _open(self, sources: Callable[[], tuple[CompareSource, CompareSource]]) -> None:
        async def both() -> tuple[CompareSource, CompareSource]:
            return sources()

        self._show(both)

    def _show(self, sources: Sources, waiting_words: str = "") -> None:
        from httpdesk.ui.compare_tab import CompareTab

        title = _tr("Compare {title}").format(title=self._tab.title)
        page = CompareTab(title, sources, self._folder(), waiting_words)
        page.noticed.connect(self._services.notices.show)
        self._services.show_page(page)


def _source(title: str, exchange: Exchange | None, *, given: bool = False) -> CompareSource:
    from httpdesk.ui.compare_source import source_of_exchange

    source = source_of_exchange(title, exchange, given=given) if exchange is not None else None
    if source is None:
        raise _gone()
    return source


def _gone() -> Problem:
    return Problem(_tr("There is no answer"), _tr("Nothing came, or it was given up meanwhile."), kind="no-answer")


def _short(title: str) -> str:
    return title if len(title) <= 60 else f"{title[:59]}…"
