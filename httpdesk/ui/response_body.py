"""Body page: a body pretty, raw, as a tree or as bytes, while it arrives."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from httpdesk.body.folds import Folds
from httpdesk.body.pretty import can_format
from httpdesk.body.preview_kind import Kind, preview_kind
from httpdesk.body.spool import Spool
from httpdesk.body.tree import LANGUAGES
from httpdesk.core.exchange import Hop
from httpdesk.core.wording import size
from httpdesk.ui import actions
from httpdesk.ui.body_filter import BodyFilter
from httpdesk.ui.code_view import CodeView
from httpdesk.ui.code_view_signs import make_visible
from httpdesk.ui.derived_body import DerivedBody, Form
from httpdesk.ui.form_fault import FormFault
from httpdesk.ui.hex_view import HexView
from httpdesk.ui.preview import PreviewPage, Source
from httpdesk.ui.response_kind import KindButton
from httpdesk.ui.response_strips import Strip
from httpdesk.ui.response_views import BodyViews
from httpdesk.ui.segmented import Segmented
from httpdesk.ui.tree_view import TreeView
from httpdesk.ui.widgets import button, icon_button, row
from httpdesk.views import pick
from httpdesk.views.base import View
from httpdesk.views.charset import encoding_of

# The first bytes that tell what a body is; until they are there it is judged again.
_HEAD_BYTES, _ENOUGH_BYTES = 4096, 512
_NOTHING = Spool.of(b"")
_UNWRAPPED: tuple[Form, ...] = ("hex", "tree", "preview")


class BodyPage(QWidget):
    """Shows the body of one hop; `copy`, `save` and `open_outside` are the wishes of its buttons."""

    copy = Signal()
    save = Signal()
    open_outside = Signal()
    wrap_changed = Signal(bool)
    noticed = Signal(str)
    shown_anew = Signal()
    """Another body, form or reading of it is shown, from its start."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.source: Spool = _NOTHING
        self._derived: DerivedBody | None = None
        self._content_type = self._address = ""
        self._view: View = pick("text/plain", b"")
        self._encoding = "utf-8"
        self._chosen_view: View | None = None
        self._chosen_encoding = ""
        # What was chosen for the answers from an address, as long as their type is the same.
        self._choices: dict[tuple[str, str], tuple[View | None, str]] = {}
        self._folds_for: object = None  # the formatted text that is shown, and of which something may be folded
        self._kept_folds: tuple[object, Folds] | None = None
        self._judged_bytes = -1
        self._form: Form = "raw"
        self._text_form: Form = "pretty"
        self._binary_form: Form = "preview"
        self._preview_kind: Kind = ""
        self._partial = False
        self.views = BodyViews(self)
        self.views.noticed.connect(self.noticed)
        self.code = self.views.code
        self.code.wrap_changed.connect(self._wrap_said)
        self.forms = Segmented([self.tr("Raw")])
        self.forms.setAccessibleName(self.tr("Body as"))
        self.forms.changed.connect(self._form_chosen)
        self._offered: tuple[Form, ...] = ("raw",)
        self.kind = KindButton()
        self.kind.kind_chosen.connect(self._kind_chosen)
        self.kind.encoding_chosen.connect(self._encoding_chosen)
        self.binary, self.fault = Strip("binary", "text2"), FormFault()
        self.filter = BodyFilter(self)
        self.filter.found.connect(self._show_found)
        self.filter.left.connect(lambda: self._show(self._form))
        self._bar = self._tools()
        lay = QVBoxLayout(self)
        lay.setContentsMargins(0, 0, 0, 0)
        lay.setSpacing(0)
        for part in (self._bar, self.filter.bar, self.binary, self.fault):
            lay.addWidget(part)
        lay.addWidget(self.views, 1)

    def _tools(self) -> QWidget:
        self.filter_button = icon_button("list-filter", actions.tip("filter_body"))
        self.filter_button.clicked.connect(self.filter.open)
        find = icon_button("search", self.tr("Find  Ctrl+F"))
        find.clicked.connect(self.open_find)
        self.wrap = icon_button("wrap-text", self.tr("Wrap lines  Alt+Z"), checkable=True)
        self.wrap.toggled.connect(self._fit_wrap)
        copy = icon_button("copy", self.tr("Copy the body"))
        copy.clicked.connect(self.copy)
        save = icon_button("download", self.tr("Save the body to a file"))
        save.clicked.connect(self.save)
        outside = icon_button("external-link", self.tr("Open the body in another program"))
        outside.clicked.connect(self.open_outside)
        tools = (self.filter_button, find, self.wrap, copy, save, outside)
        for tool in tools:
            tool.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return row(self.forms, 5, self.kind, None, *tools, spacing=0, margins=(12, 0, 8, 0), height=36, parent=self)

    # -- what is shown

    def open_find(self) -> None:
        """Find in the text or the bytes; a tree or a preview makes room for them."""
        self._leave_pictures()
        self.views.hex.open_find() if self.form == "hex" else self.code.open_find()

    def ask_line(self) -> None:
        """Ask for a line to go to, or for a byte where bytes are shown."""
        self._leave_pictures()
        self.views.hex.open_offset() if self.form == "hex" else self.code.ask_line()

    def _leave_pictures(self) -> None:
        """Show text or bytes: neither a tree nor a preview has lines."""
        if self.form in ("tree", "preview"):
            wanted: tuple[Form, ...] = ("pretty", "raw") if self._view.shown_as == "text" else ("hex",)
            self.select_form(next(form for form in wanted if form in self._offered))

    @property
    def view(self) -> View:
        """What the body was found to be."""
        return self._view

    @property
    def shown(self) -> Spool:
        """The bytes that the user sees: as they came, formatted, or filtered."""
        if self.filter.is_active:
            return self.filter.spool
        return self._derived.spool if self._derived is not None else self.source

    @property
    def shown_encoding(self) -> str:
        """The charset of what is shown."""
        return self._encoding if self._derived is None and not self.filter.is_active else "utf-8"

    def show_hop(self, hop: Hop) -> None:
        """Show the body of another hop, or more of the same."""
        body = hop.body if isinstance(hop.body, Spool) else _NOTHING
        if body is not self.source or body is _NOTHING:
            self._let_go()
            self.source, self._judged_bytes = body, -1
            self._binary_form = "preview"
            self._address = hop.url
            self._content_type = hop.head.first("content-type") if hop.head is not None else ""
            self._chosen_view, self._chosen_encoding = self._choices.get(self._asked, (None, ""))
        self.grown(hop)

    def grown(self, hop: Hop) -> None:
        """More bytes may be there: judge them while they are few, and say whether the body is whole."""
        there = self.source.size_bytes
        if self._judged_bytes < min(there, _ENOUGH_BYTES) or self._judged_bytes < 0:
            self._judge()
        partial = self.source.finished and not hop.complete and hop.head is not None
        if partial != self._partial:
            self._partial = partial
            self.fault.set_partial(partial=partial)
            self._say_kind()
        is_empty = self.source.finished and not there
        self.views.setCurrentWidget(self.views.no_body if is_empty else self._front)
        self._bar.setVisible(not is_empty)
        self._say_strips()

    def set_paused(self, paused: bool) -> None:
        """Keep what is seen as it is while more arrives."""
        self.views.set_paused(paused)

    def clear(self) -> None:
        """Show nothing and let go of the body."""
        self._let_go()
        self.filter.clear()
        self.source, self._judged_bytes, self._partial = _NOTHING, -1, False
        self._content_type = ""
        self.views.clear()

    def stop(self) -> None:
        """The page is going: end all work."""
        self._let_go()
        self.filter.clear()
        self.source = _NOTHING
        self.views.clear()
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
        """The form that is shown; the result of a filter is text like a formatted body."""
        return "pretty" if self.filter.is_active else self._form

    # -- inside

    def _judge(self) -> None:
        head = self.source.read(0, _HEAD_BYTES)
        first = self._judged_bytes < 0
        self._judged_bytes = len(head)
        found, found_encoding = pick(self._content_type, head), encoding_of(self._content_type, head)
        view, encoding = self._chosen_view or found, self._chosen_encoding or found_encoding
        self.kind.set_choice(found, self._chosen_view, found_encoding, self._chosen_encoding)
        kind = preview_kind(view.shown_as, view.language, self._media_type, head, encoding)
        if first or (view, encoding, kind) != (self._view, self._encoding, self._preview_kind):
            self._view, self._encoding, self._preview_kind = view, encoding, kind
            self._offer()

    def _offer(self) -> None:
        is_text = self._view.shown_as == "text"
        pretty = is_text and self._view.can_pretty and can_format(self._view.language)
        self._offered = ("pretty", "raw", "hex") if pretty else ("raw", "hex")
        if pretty and self._view.language in LANGUAGES:
            self._offered = ("pretty", "raw", "tree", "hex")
        if self._preview_kind:
            self._offered = (*self._offered, "preview")
        wanted = self._text_form if is_text else self._binary_form
        form: Form = wanted if wanted in self._offered else "raw" if is_text else "hex"
        names: dict[Form, str] = {
            "pretty": self.tr("Pretty"),
            "raw": self.tr("Raw"),
            "tree": self.tr("Tree"),
            "hex": self.tr("Hex"),
            "preview": self.tr("Preview"),
        }
        self.forms.set_options([names[offered] for offered in self._offered], self._offered.index(form))
        self._say_kind()
        self.filter.show_body(self.source, self._view.language if is_text else "bytes", self._encoding)
        self.filter_button.setEnabled(self.filter.is_possible)
        self._show(form)

    def _kind_chosen(self, view: View | None) -> None:
        """Read this body and those that follow it as another kind, whatever their server says."""
        self._chosen_view = view
        self._read_again()

    def _encoding_chosen(self, encoding: str) -> None:
        self._chosen_encoding = encoding
        self._read_again()

    @property
    def _asked(self) -> tuple[str, str]:
        """What a choice is kept for: the query changes from one send to the next."""
        return self._address.partition("?")[0], self._content_type

    def _read_again(self) -> None:
        self._choices[self._asked] = self._chosen_view, self._chosen_encoding
        self._judged_bytes = -1
        self._judge()
        self._say_strips()

    def _form_chosen(self, place: int) -> None:
        form = self._offered[place]
        if self._view.shown_as == "text":
            self._text_form = form
        else:
            self._binary_form = form
        self._form = form
        if self.filter.is_active:
            self.filter.close()
        else:
            self._show(form)
        self._say_strips()

    def _show(self, form: Form) -> None:
        self._form = form
        self._keep_folds()
        with_keys = self.views.hold_keys  # now: bars close with what they stand over
        old, self._derived = self._derived, None
        language = self._view.language if self._view.shown_as == "text" else "text"
        if form in ("pretty", "tree"):
            # The tree is made from the formatted text: a switch between the two keeps that.
            made_for = (self.source, language, self._encoding)
            kept, old = (old, None) if old is not None and old.made_for == made_for else (None, old)
            self._derived = kept or DerivedBody(*made_for)
        self.fault.watch(self._derived)
        self._fit_wrap()
        self.views.clear(but=self._front)
        if form == "hex":
            self.views.hex.show_body(self.source)
        elif form == "tree":
            self.views.tree.show_body(self.shown, language)
        elif form == "preview":
            known = Source(self._preview_kind, language, self._media_type, self._encoding, self._address)
            self.views.preview.show_body(self.source, known)
        else:
            self.code.show_body(self.shown, language, self.shown_encoding, folds=form == "pretty")
            self._folds_for = self._derived.made_for if self._derived is not None else None
            if self._kept_folds is not None and self._kept_folds[0] == self._folds_for:
                self.code.fold_as(self._kept_folds[1])
        self.views.put_in_front(self._front, with_keys=with_keys)
        if old is not None:
            old.close()
        self.shown_anew.emit()

    def _keep_folds(self) -> None:
        """What is folded is so again when the user comes back to it."""
        if self._folds_for is not None:
            self._kept_folds, self._folds_for = (self._folds_for, self.code.kept_folds), None

    def _show_found(self) -> None:
        """The result of a filter takes the place of the view."""
        with_keys = self.views.hold_keys
        self._keep_folds()
        self.fault.watch(None)
        self.views.clear(but=self.code)
        self._fit_wrap()
        self.code.show_body(self.filter.spool, self.filter.shows, folds=True)
        self.views.put_in_front(self.code, with_keys=with_keys)
        self.shown_anew.emit()

    @property
    def _front(self) -> CodeView | HexView | PreviewPage | TreeView:
        return self.code if self.filter.is_active else self.views.of(self._form)

    def _let_go(self) -> None:
        self.fault.watch(None)
        self._folds_for = self._kept_folds = None
        if self._derived is not None:
            self._derived.close()
            self._derived = None

    @property
    def _media_type(self) -> str:
        return self._content_type.partition(";")[0].strip().lower()

    def _say_kind(self) -> None:
        parts = [self._view.name]
        if self._view.shown_as == "text" and (self._encoding != "utf-8" or self._chosen_encoding):
            parts.append(self._encoding)
        if self._partial:
            parts.append(self.tr("partial"))
        self.kind.say(", ".join(parts))

    def _say_strips(self) -> None:
        there = self.source.size_bytes
        if self._view.shown_as == "text" or not there:
            _change(self.binary, "")
            return
        media_type = self._media_type[:100] or self._view.name
        _change(self.binary, f"{make_visible(media_type)[0]}, {size(there)}", self._save_button)

    def _save_button(self) -> QPushButton:
        save = button(self.tr("Save…"), "link", "sm")
        save.clicked.connect(self.save)
        return save

    def _fit_wrap(self) -> None:
        """Only text is wrapped."""
        is_text = self.form not in _UNWRAPPED
        self.wrap.setEnabled(is_text)
        self.code.set_wraps(is_text and self.wrap.isChecked())

    def _wrap_said(self, wraps: bool) -> None:
        if self.form not in _UNWRAPPED:
            self.set_wrap(wrap=wraps)
            self.wrap_changed.emit(wraps)


def _change(strip: Strip, words: str, *make: Callable[[], QPushButton]) -> None:
    """Make the buttons of a strip only when what it says changes."""
    if strip.words != words:
        strip.say(words, *(one() for one in make))
