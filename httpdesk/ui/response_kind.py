"""KindButton: says what a body is and in which charset, and has it read as something else."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QMenu, QSizePolicy, QToolButton

from httpdesk.ui.menus import menu
from httpdesk.ui.theme import theme
from httpdesk.views import VIEWS, source
from httpdesk.views.base import View
from httpdesk.views.charset import ENCODINGS

# Scripts as people call them; the name of the encoding stands behind.
_SCRIPTS = {
    "utf-8": "Unicode",
    "utf-16-le": "Unicode",
    "utf-16-be": "Unicode",
    "utf-32-le": "Unicode",
    "utf-32-be": "Unicode",
    "cp1252": "Western",
    "cp1250": "Central European",
    "cp1251": "Cyrillic",
    "cp1253": "Greek",
    "cp1254": "Turkish",
    "cp1255": "Hebrew",
    "cp1256": "Arabic",
    "cp1257": "Baltic",
    "cp1258": "Vietnamese",
    "iso8859-2": "Central European",
    "iso8859-3": "South European",
    "iso8859-4": "Baltic",
    "iso8859-5": "Cyrillic",
    "iso8859-6": "Arabic",
    "iso8859-7": "Greek",
    "iso8859-8": "Hebrew",
    "iso8859-10": "Nordic",
    "iso8859-13": "Baltic",
    "iso8859-14": "Celtic",
    "iso8859-15": "Western",
    "iso8859-16": "Romanian",
    "koi8-r": "Cyrillic, Russian",
    "koi8-u": "Cyrillic, Ukrainian",
    "cp866": "Cyrillic, DOS",
    "mac-roman": "Western, Macintosh",
    "mac-cyrillic": "Cyrillic, Macintosh",
    "cp874": "Thai",
    "cp932": "Japanese, Shift JIS",
    "euc_jp": "Japanese, EUC",
    "iso2022_jp": "Japanese, ISO 2022",
    "gb18030": "Chinese, simplified",
    "big5hkscs": "Chinese, traditional",
    "cp949": "Korean",
}
# What a text can be read as, in the order of how often it is wanted.
_TEXTS = tuple(view for view in VIEWS if view.shown_as == "text")
_KINDS = tuple(view for view in _TEXTS if view not in source.VIEWS)


class KindButton(QToolButton):
    """A word such as "JSON"; its menu offers other kinds and encodings."""

    kind_chosen = Signal(object)
    """A View, or None for what the answer says."""
    encoding_chosen = Signal(str)
    """One of ENCODINGS, or "" for what the answer says."""

    def __init__(self) -> None:
        super().__init__()
        self._shown: tuple[View | None, View | None, str, str] = (None, None, "", "utf-8")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setToolTip(self.tr("Read the body as something else"))
        self.clicked.connect(self.offer)
        theme.bind(self, self._dress)

    def say(self, words: str) -> None:
        """Show what the body is."""
        self.setText(words)
        self.setAccessibleName(self.tr("Kind of body: {0}").format(words))
        self._fit()

    def set_choice(self, found: View, chosen: View | None, found_encoding: str, chosen_encoding: str) -> None:
        """What the answer says that it is, and what was chosen instead (None or "" for nothing)."""
        self._shown = found, chosen, chosen_encoding, found_encoding

    def offer(self) -> None:
        """Open the menu below the button."""
        found, chosen, chosen_encoding, found_encoding = self._shown
        name = found.name if found is not None else ""
        kinds = [(self.tr("As the server says ({0})").format(name), None), *((view.name, view) for view in _KINDS)]
        marked = [(words, view is chosen) for words, view in kinds]
        runs = [partial(self.kind_chosen.emit, view) for _, view in kinds]
        popup = _checked(marked, runs, self)
        popup.addMenu(self._sources(popup, chosen))
        current = chosen if chosen is not None else found
        if current is None or current.shown_as == "text":
            popup.addSeparator()
            popup.addMenu(self._encodings(popup, chosen_encoding, found_encoding))
        popup.popup(self.mapToGlobal(QPoint(0, self.height() + theme.px(4))))

    def _sources(self, popup: QMenu, chosen: View | None) -> QMenu:
        marked = [(view.name, view is chosen) for view in source.VIEWS]
        below = _checked(marked, [partial(self.kind_chosen.emit, view) for view in source.VIEWS], popup)
        below.setTitle(" " + self.tr("Other languages"))
        below.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)  # it goes with the menu it is part of
        return below

    def _encodings(self, popup: QMenu, chosen: str, found: str) -> QMenu:
        marked = [(self.tr("As the server says ({0})").format(found), not chosen)]
        marked += [(self._plain(encoding), encoding == chosen) for encoding in ENCODINGS]
        runs = [partial(self.encoding_chosen.emit, encoding) for encoding in ("", *ENCODINGS)]
        below = _checked(marked, runs, popup)
        below.setTitle(" " + self.tr("Encoding: {0}").format(chosen or found))
        below.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)  # it goes with the menu it is part of
        return below

    def _plain(self, encoding: str) -> str:
        return f"{self.tr(_SCRIPTS[encoding])} ({encoding})"

    def _dress(self) -> None:
        self.setFont(theme.font("small"))
        self._fit()

    def _fit(self) -> None:
        width = theme.fm("small").horizontalAdvance(self.text()) + theme.px(14)
        self.setFixedSize(int(width), theme.px(24))


def _checked(
    choices: Sequence[tuple[str, bool]], runs: Sequence[Callable[[], object]], parent: QToolButton | QMenu
) -> QMenu:
    """A menu whose chosen entry has a check mark."""
    popup = menu([("check" if chosen else "", words.replace("&", "&&"), "") for words, chosen in choices], parent)
    for action, run in zip(popup.actions(), runs, strict=True):
        action.triggered.connect(lambda _checked=False, run=run: run())
    return popup
