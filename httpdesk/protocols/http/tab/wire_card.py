"""Wire card: the whole request as it would go out now, over the window; nothing is sent."""

from PySide6.QtWidgets import QApplication, QPlainTextEdit, QWidget

from httpdesk.ui.overlay import Overlay
from httpdesk.ui.theme import theme
from httpdesk.ui.widgets import icon_button, label, line, row

_WIDTH_PX, _HEIGHT_PX = 760, 560


class WireCard(Overlay):
    """Request line, headers and body as text that can be copied; Esc closes it for good."""

    def __init__(self, over: QWidget, text: str) -> None:
        super().__init__(over, self.tr("What goes out"), _WIDTH_PX, _HEIGHT_PX)
        self.field = QPlainTextEdit(text)
        self.field.setReadOnly(True)
        self.field.setAccessibleName(self.tr("The request as it would be sent"))
        self.field.setLineWrapMode(QPlainTextEdit.LineWrapMode.WidgetWidth)
        copy = icon_button("copy", self.tr("Copy the request"))
        copy.clicked.connect(lambda: QApplication.clipboard().setText(text))
        shut = icon_button("x", self.tr("Close"))
        shut.clicked.connect(self.dismiss)
        words = label(self.tr("Nothing is sent yet. Secrets are masked."), "small", "text2")
        title = label(self.tr("What goes out"), "title")
        self.body.addWidget(row(title, words, None, copy, shut, margins=(24, 0, 16, 0), height=56))
        self.body.addWidget(line())
        self.body.addWidget(self.field, 1)
        self.closed.connect(self.deleteLater)
        theme.bind(self.field, self._fit)

    def _fit(self) -> None:
        self.field.setFont(theme.font("code_sm"))
        self.field.document().setDocumentMargin(theme.px(24))
