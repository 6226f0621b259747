"""The context menu of a code view."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QPoint
from PySide6.QtGui import QGuiApplication

from httpdesk.body.pretty import can_format, format_text
from httpdesk.ui.menus import menu

if TYPE_CHECKING:
    from collections.abc import Callable

    from httpdesk.ui.code_view import CodeView
    from httpdesk.ui.menus import Row

    Entry = tuple[Row, Callable[[], object]] | None

_LEVELS = 3
# What is formatted while the user waits: some milliseconds.
_FORMATTED_BYTES = 1 << 20


def _tr(words: str) -> str:
    return QCoreApplication.translate("CodeView", words)


def show_menu(view: CodeView, point: QPoint) -> None:
    """Open the menu at a point of the screen."""
    entries: list[Entry] = [
        (("copy", _tr("Copy"), "Ctrl+C"), view.copy),
        *([(("", _tr("Copy formatted"), ""), partial(_copy_formatted, view))] if _formats(view) else ()),
        (("", _tr("Select all"), "Ctrl+A"), view.select_all),
        None,
        *(_folding(view) if view.folds else ()),
        (
            ("wrap-text", _tr("Do not wrap lines") if view.wraps else _tr("Wrap lines"), "Alt+Z"),
            lambda: view.set_wraps(not view.wraps),
        ),
        (("", _tr("Go to line"), "Ctrl+G"), view.ask_line),
        (("search", _tr("Find"), "Ctrl+F"), view.open_find),
    ]
    popup = menu([entry[0] if entry else None for entry in entries], view)
    actions = [action for action in popup.actions() if not action.isSeparator()]
    for action, (_, run) in zip(actions, filter(None, entries), strict=True):
        action.triggered.connect(lambda _checked=False, run=run: run())
    start, stop = view.selection
    actions[0].setEnabled(start != stop)
    if _formats(view):
        actions[1].setEnabled(0 < stop - start <= _FORMATTED_BYTES)
    popup.popup(point)


def _formats(view: CodeView) -> bool:
    """Whether there is something to format: what folds is formatted already."""
    return can_format(view.language) and not view.folds


def _copy_formatted(view: CodeView) -> None:
    """Copy the selected text with line breaks; as it is where it is only a part of a value."""
    QGuiApplication.clipboard().setText(format_text(view.selected_text(), view.language))


def _folding(view: CodeView) -> list[Entry]:
    to_level = [
        (("", _tr("Fold to level {0}").format(level), ""), partial(view.fold_to, level))
        for level in range(1, _LEVELS + 1)
    ]
    return [
        (("", _tr("Fold"), "Ctrl+Shift+["), view.fold),
        (("", _tr("Unfold"), "Ctrl+Shift+]"), view.unfold),
        (("", _tr("Fold all"), ""), partial(view.fold_to, 0)),
        *to_level,
        (("", _tr("Unfold all"), "Alt+0"), view.unfold_all),
        None,
    ]
