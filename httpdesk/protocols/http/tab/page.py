"""Page: one page of the request pane; it shows a part of the request and gives the part back as edited."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFormLayout, QLayout, QWidget

from httpdesk.core.environment import Scope
from httpdesk.core.preview import Preview
from httpdesk.core.request import HttpRequest
from httpdesk.ui.theme import theme


def spaced(widget: QWidget, layout: QLayout, margins: tuple[int, int, int, int], spacing: int = 0) -> None:
    """Give a widget's layout margins and spacing of the design, at every zoom; a form keeps its labels apart."""

    def fit() -> None:
        layout.setContentsMargins(*(theme.px(margin) for margin in margins))
        layout.setSpacing(theme.px(spacing))
        if isinstance(layout, QFormLayout):
            layout.setHorizontalSpacing(theme.px(16))

    theme.bind(widget, fit)


class Page(QWidget):
    """A page; `edited` says that `applied` gives something new."""

    edited = Signal()

    def show_request(self, request: HttpRequest) -> None:
        """Fill the page; emits nothing."""
        raise NotImplementedError

    def applied(self, request: HttpRequest) -> HttpRequest:
        """The request with this page's part as it now stands."""
        raise NotImplementedError

    def show_preview(self, preview: Preview, scope: Scope) -> None:
        """Something of the request or its variables changed: show what would be sent."""
