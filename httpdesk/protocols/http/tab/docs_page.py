"""Docs page: notes on the request, Markdown as plain text."""

import msgspec
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from httpdesk.core.request import HttpRequest
from httpdesk.protocols.http.tab.page import Page
from httpdesk.ui.theme import theme


class DocsPage(Page):
    """One text field that is saved with the request."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._text = QPlainTextEdit()
        self._text.setAccessibleName(self.tr("Notes on this request, Markdown"))
        self._text.setPlaceholderText(self.tr("What this request is for. Markdown, saved with the request."))
        self._text.setTabChangesFocus(True)
        self._text.textChanged.connect(self.edited)
        theme.bind(self._text, self._fit)
        lay = QVBoxLayout(self)
        lay.setContentsMargins(0, 0, 0, 0)
        lay.addWidget(self._text)

    def show_request(self, request: HttpRequest) -> None:
        """Fill the field."""
        self._text.blockSignals(True)
        self._text.setPlainText(request.docs)
        self._text.blockSignals(False)

    def applied(self, request: HttpRequest) -> HttpRequest:
        """The request with these notes."""
        return msgspec.structs.replace(request, docs=self._text.toPlainText())

    def _fit(self) -> None:
        # To Qt, the margin is an edit.
        self._text.blockSignals(True)
        self._text.document().setDocumentMargin(theme.px(16))
        self._text.blockSignals(False)
