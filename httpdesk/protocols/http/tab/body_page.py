"""Body page: the formats of a body, each with its own editor; a switch of format loses nothing."""

from collections.abc import Callable

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from httpdesk.core.bodies import sent_text
from httpdesk.core.edits import body_of_kind, with_body
from httpdesk.core.environment import Scope
from httpdesk.core.preview import Preview, unknown_names
from httpdesk.core.request import Body, FileBody, FormBody, HttpRequest, MultipartBody, NoBody, RawBody
from httpdesk.protocols.http.tab.file_body import FileBodyForm
from httpdesk.protocols.http.tab.missing_bar import MissingBar
from httpdesk.protocols.http.tab.multipart_table import MultipartTable
from httpdesk.protocols.http.tab.page import Page, spaced
from httpdesk.ui.body_editor import BodyEditor
from httpdesk.ui.combo import Combo
from httpdesk.ui.kv_panel import KvPanel
from httpdesk.ui.scrolled import scrolled
from httpdesk.ui.segmented import Segmented
from httpdesk.ui.services import Services
from httpdesk.ui.states import center_state
from httpdesk.ui.tasks import Tasks
from httpdesk.ui.theme import theme
from httpdesk.ui.widgets import icon_button

_KINDS: tuple[type[Body], ...] = (NoBody, RawBody, FormBody, MultipartBody, FileBody)
_BAR_GAPS_PX = 60
_LANGUAGES = ("json", "xml", "html", "yaml", "text")
# Comments are looked for in so many characters at each keystroke.
_LOOKED_THROUGH = 200_000
_LANGUAGE_WORDS = {"json": "JSON", "xml": "XML", "html": "HTML", "yaml": "YAML"}


class BodyPage(Page):
    """Format switch on top, the editor of the chosen format below, unknown variables at the bottom."""

    def __init__(self, services: Services, tasks: Tasks, scope: Callable[[], Scope], parent: QWidget) -> None:
        super().__init__(parent)
        self._stack = QStackedWidget(self)
        self._request = HttpRequest()
        self._scope = scope
        words = [self.tr("None"), self.tr("Text"), self.tr("Form"), self.tr("Multipart"), self.tr("File")]
        self.kinds = Segmented(words)
        self.kinds.setAccessibleName(self.tr("Body format"))
        self.kinds.changed.connect(self._choose)
        self.kind_menu = Combo()
        self.kind_menu.setProperty("size", "sm")
        self.kind_menu.setAccessibleName(self.tr("Body format"))
        self.kind_menu.addItems(words)
        self.kind_menu.activated.connect(self._choose)
        self.kind_menu.hide()
        self.language = Combo()
        self.language.setAccessibleName(self.tr("Language of the text"))
        self.language.setProperty("size", "sm")
        self.language.addItems([_LANGUAGE_WORDS.get(name, self.tr("Text")) for name in _LANGUAGES])
        self.language.activated.connect(self._choose_language)
        self._wrap = icon_button("wrap-text", self.tr("Wrap lines"), checkable=True)
        self._format = icon_button("braces", self.tr("Format the body  Alt+Shift+F"))
        self._format.clicked.connect(self.format_text)
        self.editor = BodyEditor(lambda name: scope().find(name) is not None, lambda: scope().all(), tasks)
        self.editor.setAccessibleName(self.tr("Request body"))
        self.editor.edited.connect(self.edited)
        self._wrap.toggled.connect(self.editor.set_wrap)
        self.form = KvPanel(self.tr("Form fields"), self.tr("Form fields"), scope, ghost=self.tr("Add field"))
        self.form.edited.connect(self.edited)
        self.parts = MultipartTable(tasks)
        self.parts.edited.connect(self.edited)
        self.file = FileBodyForm(tasks)
        self.file.edited.connect(self.edited)
        self._missing = MissingBar()
        self._missing.set_value.connect(services.edit_variable)
        self._lay_out()
        theme.bind(self, self._fit_bar)

    def _lay_out(self) -> None:
        bar = QWidget()
        # A narrow pane gets the menu in the place of the switch, see _fit_bar.
        bar.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        theme.bind(bar, lambda: bar.setFixedHeight(theme.size("pane_bar")))
        row = QHBoxLayout(bar)
        spaced(bar, row, (12, 0, 8, 0), 8)
        row.addWidget(self.kinds)
        row.addWidget(self.kind_menu)
        row.addWidget(self.language)
        row.addStretch(1)
        row.addWidget(self._wrap)
        row.addWidget(self._format)
        form = QWidget()
        form_lay = QVBoxLayout(form)
        form_lay.setContentsMargins(0, 0, 0, 0)
        form_lay.addWidget(self.form)
        form_lay.addStretch(1)
        empty = center_state("ban", self.tr("No body"), self.tr("Choose a format above to send one."))
        for widget in (empty, self.editor, scrolled(form), scrolled(self.parts), scrolled(self.file)):
            self._stack.addWidget(widget)
        lay = QVBoxLayout(self)
        lay.setContentsMargins(0, 0, 0, 0)
        lay.setSpacing(0)
        lay.addWidget(bar)
        lay.addWidget(self._stack, 1)
        lay.addWidget(self._missing)

    def show_request(self, request: HttpRequest) -> None:
        """Fill every format's editor with what the request has for it."""
        self._request = request
        raw, form = body_of_kind(request, RawBody), body_of_kind(request, FormBody)
        parts, file = body_of_kind(request, MultipartBody), body_of_kind(request, FileBody)
        if isinstance(raw, RawBody) and isinstance(form, FormBody):
            self.language.setCurrentIndex(_LANGUAGES.index(raw.language) if raw.language in _LANGUAGES else 4)
            self.editor.set_language(raw.language)
            if self.editor.text() != raw.text:
                self.editor.set_text(raw.text)
            self.form.set_rows(form.rows)
        if isinstance(parts, MultipartBody) and isinstance(file, FileBody):
            self.parts.set_parts(parts.parts)
            self.file.show_body(file)
        self._show_kind(_KINDS.index(type(request.body)))

    def applied(self, request: HttpRequest) -> HttpRequest:
        """The request with the chosen format's body; the others are kept beside it."""
        self._request = with_body(request, self._body())
        return self._request

    def show_preview(self, preview: Preview, scope: Scope) -> None:
        """Say which variables of the body have no value."""
        body, plain = self._request.body, preview.options.plain_json
        missing = unknown_names(body.text, scope) if isinstance(body, RawBody) else ()
        if missing and isinstance(body, RawBody) and len(body.text) <= _LOOKED_THROUGH:
            missing = unknown_names(sent_text(body, plain_json=plain), scope)  # in a comment none is missed
        self._missing.show_names(missing)
        self.editor.set_plain_json(plain=plain)
        self.editor.refresh_variables()

    def format_text(self) -> None:
        """Lay out JSON or XML anew without touching its tokens."""
        self.editor.format_text()

    def open_find(self) -> None:
        """Open the find bar of the editor."""
        self.editor.open_find()

    def _body(self) -> Body:
        kind = _KINDS[self.kinds.current]
        if kind is RawBody:
            return RawBody(text=self.editor.text(), language=_LANGUAGES[self.language.currentIndex()])
        if kind is FormBody:
            return FormBody(rows=self.form.rows())
        if kind is MultipartBody:
            return MultipartBody(parts=self.parts.parts())
        return self.file.body() if kind is FileBody else NoBody()

    def _choose(self, index: int) -> None:
        self._show_kind(index)
        self.edited.emit()

    def _show_kind(self, index: int) -> None:
        self.kinds.set_current(index)
        self.kind_menu.setCurrentIndex(index)
        self._stack.setCurrentIndex(index)
        for widget in (self.language, self._wrap, self._format):
            widget.setVisible(_KINDS[index] is RawBody)
        self._fit_bar()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Choose the switch or the menu of formats by the width."""
        super().resizeEvent(event)
        self._fit_bar()

    def _fit_bar(self) -> None:
        """The room is reckoned as for text, whatever the format, so that nothing jumps."""
        beside = (self.language, self._wrap, self._format)
        needed = self.kinds.sizeHint().width() + sum(widget.sizeHint().width() for widget in beside)
        narrow = needed + theme.px(_BAR_GAPS_PX) > self.width()
        self.kinds.setVisible(not narrow)
        self.kind_menu.setVisible(narrow)

    def _choose_language(self, index: int) -> None:
        self.editor.set_language(_LANGUAGES[index])
        self.edited.emit()
