"""HTTP tab: a request beside its answer; edits on the left, Send on top, the exchange on the right."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from httpdesk.core.collection import Saved
from httpdesk.core.edits import with_url
from httpdesk.core.environment import Scope
from httpdesk.core.exchange import Exchange, Finished
from httpdesk.core.options import effective
from httpdesk.core.prepare import inherited_from
from httpdesk.core.preview import preview, with_cookies
from httpdesk.core.problem import Problem
from httpdesk.core.request import HttpRequest
from httpdesk.core.standing import Standing
from httpdesk.core.wire import WireRequest
from httpdesk.protocols.http.tab.arranging import arrange
from httpdesk.protocols.http.tab.comparing import Comparing
from httpdesk.protocols.http.tab.guard import may_go_out
from httpdesk.protocols.http.tab.past import Past
from httpdesk.protocols.http.tab.preparing import prepared
from httpdesk.protocols.http.tab.remedies import apply_remedy
from httpdesk.protocols.http.tab.request_pane import RequestPane
from httpdesk.protocols.http.tab.title import title_of
from httpdesk.protocols.http.tab.url_row import UrlRow
from httpdesk.store.blank import request_without_secrets
from httpdesk.ui.caret import kept_carets
from httpdesk.ui.document import Document
from httpdesk.ui.references import reference_at_caret
from httpdesk.ui.services import Sending, Services
from httpdesk.ui.states import nothing_sent
from httpdesk.ui.tasks import Tasks
from httpdesk.ui.theme import theme
from httpdesk.ui.widgets import line

if TYPE_CHECKING:
    from httpdesk.ui.response_pane import ResponsePane

_BESIDE_FROM_PX, _PREVIEW_DELAY_MS, _RESPONSE_AFTER_MS = 1100, 60, 250
# What the response pane does, by the names of actions.
_OF_THE_ANSWER = {"save_response": "save_body", "copy_response": "copy_body"} | {
    name: name for name in ("filter_body", "go_to_line")
}


class HttpTab(Document):
    """Edits one request and sends it. `saved` is what its file holds, or a draft's starting point."""

    def __init__(self, services: Services, saved: Saved, draft: HttpRequest | None = None) -> None:
        # Widgets are made in their places, here and on the pages: one that moves into another parent is styled anew
        # with all that it holds, and from the inmost to the desk that was two thirds of the time that a tab took.
        super().__init__(services.pages)
        self._services = services
        self._saved = saved
        self._request = draft or saved.request
        self.path = saved.path or None
        self._tasks = Tasks(lambda problem: services.notices.show(str(problem), level="error"))
        self._sending: Sending | None = None
        self._response_pane: ResponsePane | None = None
        self._comparing = Comparing(self, services, self._tasks)
        self.past = Past(self, services, self._tasks, self._comparing)
        self._previewing = QTimer(self)
        self._previewing.setSingleShot(True)
        self._previewing.setInterval(_PREVIEW_DELAY_MS)
        self._previewing.timeout.connect(self._preview)
        self._build()
        self._show_request()
        services.variables.changed.connect(self._previewing.start)
        services.settings.changed.connect(self._settings_changed)
        self._settings_changed()
        # Not at once, so that the tab comes sooner; not with the first send, which is not to wait for it.
        QTimer.singleShot(_RESPONSE_AFTER_MS, self, lambda: self.response_pane)

    def _build(self) -> None:
        self.url_row = UrlRow(self._scope)
        self.url_row.url_edited.connect(self._url_edited)
        self.url_row.method_changed.connect(lambda method: self._put(method=method))
        self.url_row.send.connect(self.send)
        self.url_row.cancel.connect(self.cancel)
        self.url_row.run_action.connect(self._services.run_action)
        self._split = QSplitter(Qt.Orientation.Horizontal, self)
        self.request_pane = RequestPane(self._services, self._tasks, self._scope, self._split)
        self.request_pane.edited.connect(self._page_edited)
        self._answer = QStackedWidget(self._split)
        self._no_response = nothing_sent()
        self._answer.addWidget(self._no_response)
        self._split.setHandleWidth(1)
        self._split.setChildrenCollapsible(False)
        self._split.addWidget(self.request_pane)
        self._split.addWidget(self._answer)
        self._split.setSizes([theme.px(552), theme.px(567)])
        lay = QVBoxLayout(self)
        lay.setContentsMargins(0, 0, 0, 0)
        lay.setSpacing(0)
        lay.addWidget(self.url_row)
        lay.addWidget(line())
        lay.addWidget(self._split, 1)

    @property
    def response_pane(self) -> ResponsePane:
        """The answer; made with the first send, or a moment after the tab is shown."""
        if self._response_pane is None:
            from httpdesk.ui.response_pane import ResponsePane

            pane = self._response_pane = ResponsePane(self._ask_save_path, self._tasks, self._answer)
            pane.send_again.connect(self.send)
            pane.cancel.connect(self.cancel)
            self.past.attach(pane)
            pane.remedy.connect(lambda remedy: apply_remedy(self, self._services, remedy))
            pane.notice.connect(self._services.notices.show)
            pane.set_wrap(self._services.settings.value.wrap_lines)
            pane.pages.body.filter.show_filter(self._request.filter)
            pane.pages.body.filter.edited.connect(lambda wanted: self._put(filter=wanted))
            self._answer.addWidget(pane)
            self._answer.setCurrentWidget(pane)
            self._no_response.deleteLater()
        return self._response_pane

    # -- what the desk asks

    @property
    def request(self) -> HttpRequest:
        """The request as it now stands."""
        return self._request

    @property
    def saved(self) -> Saved:
        """The request as its file holds it, with what its folders give it."""
        return self._saved

    @property
    def exchange(self) -> Exchange | None:
        """The last exchange."""
        return self._response_pane.exchange if self._response_pane else None

    @property
    def is_beside(self) -> bool:
        """Whether the answer stands beside the request rather than below."""
        return self._split.orientation() == Qt.Orientation.Horizontal

    @property
    def is_wide(self) -> bool:
        """Whether the answer stands beside the request where the user has not decided."""
        return self.width() >= theme.px(_BESIDE_FROM_PX)

    def draft(self) -> HttpRequest | None:
        """The request when it differs from its file, be it in a secret alone, or was never saved."""
        differs = self._request != self._saved.request or self.standing is Standing.GONE
        return self._request if differs or self.path is None else None

    def focus_regions(self) -> tuple[QWidget, ...]:
        """URL row, request and response."""
        return (self.url_row, self.request_pane, self._response_pane or self._no_response)

    def run(self, action_id: str) -> bool:
        """Do one of the actions that concern a request."""
        actions: dict[str, Callable[[], object]] = {
            "send": self.send,
            "send_to_file": lambda: self._tasks.start("send", self._send_to_file()),
            "cancel": self.cancel,
            "focus_url": self.url_row.focus_url,
            "choose_method": self.url_row.choose_method,
            "format_body": self.request_pane.format_body,
            "find": self._find,
            "edit_variable": self._edit_variable,
            "earlier_answers": lambda: self._tasks.start("earlier", self.past.offer()),
            "preview_request": lambda: self._tasks.start("preview", self._show_wire()),
            "compare_response": self._comparing.offer,
        }
        if method := _OF_THE_ANSWER.get(action_id):
            actions[action_id] = getattr(self.response_pane, method)
        if action := actions.get(action_id):
            action()
        return action is not None

    def select_request_page(self, number: int) -> None:
        """Show the nth page of the request pane, from 1."""
        self.request_pane.select(number - 1)

    def select_response_page(self, number: int) -> None:
        """Show the nth page of the response pane, from 1."""
        self.response_pane.select_page(number - 1)

    async def shut(self) -> None:
        """Cancel the send and let go of the answer's files."""
        self._services.variables.changed.disconnect(self._previewing.start)
        self._services.settings.changed.disconnect(self._settings_changed)
        self._previewing.stop()
        await self._tasks.stop()
        if self._response_pane is not None:
            self._response_pane.stop()
        await self._comparing.let_go(self.exchange)

    # -- editing

    def show_saved(self, saved: Saved) -> None:
        """The request was saved, renamed or read anew: compare with this from now on."""
        clean, self._saved = self._request == self._saved.request, saved
        self.path = saved.path or None
        if clean and saved.request != self._request:
            # Changed by another program: what the tab still shows was never typed here.
            self._request = saved.request
            with kept_carets(self):
                self._show_request()
        self._changed(edited=False)

    def show_standing(self, standing: Standing, reason: str = "") -> None:
        """A request whose file is gone has something to save."""
        super().show_standing(standing, reason)
        self._changed(edited=False)

    def replace_request(self, request: HttpRequest) -> None:
        """Put another request in every editor, as one edit."""
        self._request = request
        self._show_request()
        self._changed()

    def _show_request(self) -> None:
        self.url_row.show_request(self._request)
        self.request_pane.show_request(self._request)
        if self._response_pane is not None:
            self._response_pane.pages.body.filter.show_filter(self._request.filter)
        self._changed(edited=False)

    def _url_edited(self, url: str) -> None:
        self._request = with_url(self._request, url)
        self.request_pane.show_tables(self._request)
        self._changed()

    def _put(self, **parts: object) -> None:
        """Take parts of the request that have an editor of their own."""
        self._request = msgspec.structs.replace(self._request, **parts)
        self._changed()

    def _page_edited(self) -> None:
        before = self._request
        self._request = self.request_pane.applied(before)
        if self._request.url != before.url:
            self.url_row.show_url(self._request.url)
        self._changed()

    def _changed(self, *, edited: bool = True) -> None:
        self.dirty = self._differs()
        self.title = self._saved.name or title_of(self._request)
        self.label = self._request.method
        if edited:
            self.preview = False
        self.request_pane.show_notes(self._request)
        self.url_row.show_savable(savable=self.dirty or self.path is None)
        self._previewing.start()
        self.state_changed.emit()

    def _differs(self) -> bool:
        """Whether there is something to save: a literal secret is in no file, so it makes no saved request unsaved."""
        one, other = self._request, self._saved.request
        if one == other or (self.path and request_without_secrets(one) == request_without_secrets(other)):
            return self.standing is Standing.GONE
        return True

    # -- what would be sent

    def _scope(self, environment: str | None = None) -> Scope:
        return self._services.variables.scope(self._saved, environment, asking=True)

    def _preview(self) -> None:
        scope = self._scope()
        options = effective(self._request.options, self._services.settings.value.options)
        shown = preview(self._request, scope, options, inherited_from(self._saved.above), self._services.user_agent)
        if shown.problem is None and options.cookies and "cookie" not in map(str.lower, self._request.suppressed):
            shown = with_cookies(shown, self._services.cookies(shown.url))
        self.url_row.show_preview(shown)
        self.request_pane.show_preview(shown, scope)

    # -- sending

    def send(self) -> None:
        """Send the request; a send that still runs is cancelled first."""
        self._tasks.start("send", self._send())

    def cancel(self) -> None:
        """Stop the send; what has arrived stays."""
        if self._sending is not None:
            self._sending.cancel()

    async def prepared(self, environment: str | None = None) -> WireRequest | None:
        """The request as it would go out, in another environment if one is named. Raises Problem.

        None where the user did not want to answer what was asked for it.
        """
        scope = partial(self._scope, environment)
        return await prepared(self, self._request, scope, self._services, self._saved, self.path)

    async def _show_wire(self) -> None:
        """Show the whole request as it would go out. Raises Problem."""
        from httpdesk.protocols.http.tab.wire_card import WireCard

        sender = await self._services.sender()
        if wire := await self.prepared():
            card = WireCard(self, await sender.wire_text(wire))
            card.open(card.field)

    async def _send(self) -> None:
        # First: the echo server, and so {{echo}}, comes with the network part.
        sender, written = await self._services.sender(), self._request
        environment = self._services.variables.current
        try:
            wire = await self.prepared()
        except Problem as problem:
            self.response_pane.show_problem(problem)
            self._services.console.add_note(str(problem), "error")
            return
        if wire is None or not await may_go_out(self, wire, environment):
            return
        done_with = self.exchange
        sending = self._sending = sender.send(wire)
        self._set_busy(busy=True)
        self.response_pane.begin()
        try:
            async for event in sending:
                self.response_pane.feed(event)
                if isinstance(event, Finished):
                    self._services.console.add(event.exchange)
                    self.past.keep(event.exchange, written)
                    self._previewing.start()  # there may be new cookies
        except asyncio.CancelledError:
            # Another send takes the place of this one, or the tab goes: nobody will ask for what has arrived.
            done_with = sending.exchange
            self.past.keep(done_with, written)
            raise
        finally:
            if self._sending is sending:
                self._sending = None
                self._set_busy(busy=False)
            if done_with is not self.exchange:
                await self._comparing.keep(done_with)

    async def _send_to_file(self) -> None:
        path = await self._ask_save_path("response")
        if path is None:
            return
        before = self.exchange
        await self._send()
        if (exchange := self.exchange) is not before and exchange and exchange.last and exchange.last.body is not None:
            await self.response_pane.save_body_to(path)

    def _set_busy(self, *, busy: bool) -> None:
        self.busy = busy
        self.url_row.show_busy(busy=busy)
        self.state_changed.emit()

    async def _ask_save_path(self, suggested: str) -> Path | None:
        from httpdesk.ui import dialogs

        return await dialogs.ask_save_file(self, suggested)

    def _edit_variable(self) -> None:
        if name := reference_at_caret(QApplication.focusWidget()):
            self._services.edit_variable(name)
        else:
            self._services.run_action("edit_environments")

    def _find(self) -> None:
        if self.request_pane.has_body_focus():
            self.request_pane.open_find()
        else:
            self.response_pane.find()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc cancels the send."""
        if event.key() == Qt.Key.Key_Escape and self._sending is not None:
            self.cancel()
            return
        super().keyPressEvent(event)

    # -- layout

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Below when it is narrow, unless the user pinned one."""
        super().resizeEvent(event)
        self._arrange()

    def _settings_changed(self, *_: object) -> None:
        if self._response_pane is not None:
            self._response_pane.set_wrap(self._services.settings.value.wrap_lines)
        self._arrange()
        self._previewing.start()

    def _arrange(self) -> None:
        layout = self._services.settings.value.layout
        arrange(self._split, self, beside=layout == "beside" or (layout == "auto" and self.is_wide))
