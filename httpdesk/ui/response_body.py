"""Body page: a body pretty, raw or as bytes, while it arrives."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QStackedWidget, QVBoxLayout, QWidget

from httpdesk.body.pretty import can_format
from httpdesk.body.spool import Spool
from httpdesk.core.exchange import Hop
from httpdesk.core.wording import size
from httpdesk.ui.code_view import CodeView
from httpdesk.ui.code_view_signs import make_visible
from httpdesk.ui.derived_body import HEX_LIMIT_BYTES, DerivedBody, Form
from httpdesk.ui.response_kind import KindButton
from httpdesk.ui.response_strips import Strip
from httpdesk.ui.segmented import Segmented
from httpdesk.ui.states import center_state
from httpdesk.ui.widgets import button, icon_button, row
from httpdesk.views import pick
from httpdesk.views.base import View
from httpdesk.views.charset import encoding_of

# The first bytes that tell what a body is; until they are there it is judged again.
_HEAD_BYTES, _ENOUGH_BYTES = 4096, 512
_NOTHING = Spool.of(b"")


class BodyPage(QWidget):
    """Shows the body of one hop; `copy` and `save` are the wishes of its buttons."""

    copy = Signal()
    save = Signal()
    wrap_changed = Signal(bool)
    noticed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.source: Spool = _NOTHING
        self._derived: DerivedBody | None = None
        self._content_type = ""
        self._view: View = pick("text/plain", b"")
        self._encoding = "utf-8"
        self._chosen_view: View | None = None
        self._chosen_encoding = ""
        self._judged_bytes = -1
        self._form: Form = "raw"
        self._text_form: Form = "pretty"
        self._binary_form: Form = "hex"
        self._partial = False
        self.code = CodeView()
        self.code.setAccessibleName(self.tr("Response body"))
        self.code.noticed.connect(self.noticed)
        self.code.wrap_changed.connect(self._wrap_said)
        self.forms = Segmented([self.tr("Raw")])
        self.forms.setAccessibleName(self.tr("Body as"))
        self.forms.changed.connect(self._form_chosen)
        self._offered: tuple[Form, ...] = ("raw",)
        self.kind = KindButton()
        self.kind.kind_chosen.connect(self._kind_chosen)
        self.kind.encoding_chosen.connect(self._encoding_chosen)
        self.binary = Strip("binary", "text2")
        self.cut = Strip("info", "info")
        self._bar = self._tools()
        self._stack = QStackedWidget()
        self._stack.addWidget(self.code)
        lay = QVBoxLayout(self)
        lay.setContentsMargins(0, 0, 0, 0)
        lay.setSpacing(0)
        for part in (self._bar, self.binary, self.cut):
            lay.addWidget(part)
        lay.addWidget(self._stack, 1)

    def _tools(self) -> QWidget:
        find = icon_button("search", self.tr("Find  Ctrl+F"))
        find.clicked.connect(self.code.open_find)
        self.wrap = icon_button("wrap-text", self.tr("Wrap lines  Alt+Z"), checkable=True)
        self.wrap.toggled.connect(self._fit_wrap)
        copy = icon_button("copy", self.tr("Copy the body"))
        copy.clicked.connect(self.copy)
        save = icon_button("download", self.tr("Save the body to a file"))
        save.clicked.connect(self.save)
        tools = (find, self.wrap, copy, save)
        for tool in tools:
            tool.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return row(self.forms, 5, self.kind, None, *tools, spacing=0, margins=(12, 0, 8, 0), height=36)

    # -- what is shown

    @property
    def view(self) -> View:
        """What the body was found to be."""
        return self._view

    @property
    def shown(self) -> Spool:
        """The bytes that the user sees: as they came, or formatted."""
        return self._derived.spool if self._derived is not None else self.source

    @property
    def shown_encoding(self) -> str:
        """The charset of what is shown."""
        return self._encoding if self._derived is None else "utf-8"

    def show_hop(self, hop: Hop) -> None:
        """Show the body of another hop, or more of the same."""
        body = hop.body if isinstance(hop.body, Spool) else _NOTHING
        if body is not self.source or body is _NOTHING:
            self._let_go()
            self.source, self._judged_bytes = body, -1
            self._binary_form = "hex"
            self._chosen_view, self._chosen_encoding = None, ""
            self._content_type = hop.head.first("content-type") if hop.head is not None else ""
        self.grown(hop)

    def grown(self, hop: Hop) -> None:
        """More bytes may be there: judge them while they are few, and say whether the body is whole."""
        there = self.source.size_bytes
        if self._judged_bytes < min(there, _ENOUGH_BYTES) or self._judged_bytes < 0:
            self._judge()
        partial = self.source.finished and not hop.complete and hop.head is not None
        if partial != self._partial:
            self._partial = partial
            self._say_kind()
        is_empty = self.source.finished and not there
        if is_empty and self._stack.count() == 1:
            self._stack.addWidget(center_state("circle", self.tr("No body"), self.tr("The answer has headers only.")))
        self._stack.setCurrentIndex(1 if is_empty else 0)
        self._bar.setVisible(not is_empty)
        self._say_strips()

    def clear(self) -> None:
        """Show nothing and let go of the body."""
        self._let_go()
        self.source, self._judged_bytes, self._partial = _NOTHING, -1, False
        self._content_type = ""
        self.code.clear()

    def stop(self) -> None:
        """The page is going: end all work."""
        self._let_go()
        self.source = _NOTHING
        self.code.clear()
        self.code.stop()

    def set_wrap(self, *, wrap: bool) -> None:
        """Wrap long lines or not."""
        if self.wrap.isChecked() != wrap:
            self.wrap.setChecked(wrap)

    def select_form(self, form: Form) -> None:
        """Show the body in another form, as a click does."""
        if form in self._offered:
            self.forms.select(self._offered.index(form))

    @property
    def form(self) -> Form:
        """The form that is shown."""
        return self._form

    # -- inside

    def _judge(self) -> None:
        head = self.source.read(0, _HEAD_BYTES)
        first = self._judged_bytes < 0
        self._judged_bytes = len(head)
        found, found_encoding = pick(self._content_type, head), encoding_of(self._content_type, head)
        view, encoding = self._chosen_view or found, self._chosen_encoding or found_encoding
        self.kind.set_choice(found, self._chosen_view, found_encoding, self._chosen_encoding)
        if first or view is not self._view or encoding != self._encoding:
            self._view, self._encoding = view, encoding
            self._offer()

    def _offer(self) -> None:
        is_text = self._view.shown_as == "text"
        pretty = is_text and self._view.can_pretty and can_format(self._view.language)
        self._offered = ("pretty", "raw", "hex") if pretty else ("raw", "hex")
        wanted = self._text_form if is_text else self._binary_form
        form: Form = wanted if wanted in self._offered else "raw"
        names: dict[Form, str] = {"pretty": self.tr("Pretty"), "raw": self.tr("Raw"), "hex": self.tr("Hex")}
        self.forms.set_options([names[offered] for offered in self._offered], self._offered.index(form))
        self._say_kind()
        self._show(form)

    def _kind_chosen(self, view: View | None) -> None:
        """Read this body as another kind, whatever its server says."""
        self._chosen_view = view
        self._read_again()

    def _encoding_chosen(self, encoding: str) -> None:
        self._chosen_encoding = encoding
        self._read_again()

    def _read_again(self) -> None:
        self._judged_bytes = -1
        self._judge()
        self._say_strips()

    def _form_chosen(self, place: int) -> None:
        form = self._offered[place]
        if self._view.shown_as == "text":
            self._text_form = form
        else:
            self._binary_form = form
        self._show(form)
        self._say_strips()

    def _show(self, form: Form) -> None:
        self._form = form
        old, self._derived = self._derived, None
        language = self._view.language if self._view.shown_as == "text" else "text"
        if form != "raw":
            self._derived = DerivedBody(self.source, form, language, self._encoding)
        self._fit_wrap()
        shown_as = "text" if form == "hex" else language
        self.code.show_body(self.shown, shown_as, self.shown_encoding, folds=form == "pretty")
        if old is not None:
            old.close()

    def _let_go(self) -> None:
        if self._derived is not None:
            self._derived.close()
            self._derived = None

    def _say_kind(self) -> None:
        parts = [self._view.name]
        if self._view.shown_as == "text" and (self._encoding != "utf-8" or self._chosen_encoding):
            parts.append(self._encoding)
        if self._partial:
            parts.append(self.tr("partial"))
        self.kind.say(", ".join(parts))

    def _say_strips(self) -> None:
        there = self.source.size_bytes
        beyond = self._form == "hex" and there > HEX_LIMIT_BYTES
        words = self.tr("The first {size} are shown. Saving takes all of it.").format(size=size(HEX_LIMIT_BYTES))
        _change(self.cut, words if beyond else "")
        if self._view.shown_as == "text" or not there:
            _change(self.binary, "")
            return
        media_type = self._content_type.partition(";")[0].strip()[:100] or self._view.name
        _change(self.binary, f"{make_visible(media_type)[0]}, {size(there)}", self._save_button)

    def _save_button(self) -> QPushButton:
        save = button(self.tr("Save…"), "link", "sm")
        save.clicked.connect(self.save)
        return save

    def _fit_wrap(self) -> None:
        """A wrapped hex dump can't be read, so it is never wrapped."""
        self.wrap.setEnabled(self._form != "hex")
        self.code.set_wraps(self._form != "hex" and self.wrap.isChecked())

    def _wrap_said(self, wraps: bool) -> None:
        if self._form != "hex":
            self.set_wrap(wrap=wraps)
            self.wrap_changed.emit(wraps)


def _change(strip: Strip, words: str, *make: Callable[[], QPushButton]) -> None:
    """Make the buttons of a strip only when what it says changes."""
    if strip.words != words:
        strip.say(words, *(one() for one in make))
