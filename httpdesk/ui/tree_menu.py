"""Tree menu: what can be done with a row of a tree."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QMenu

from httpdesk.ui.menus import Row, menu

if TYPE_CHECKING:
    from httpdesk.ui.tree_view import TreeView

_LEVELS = 3


def tree_menu(view: TreeView) -> QMenu:
    """The menu of the current row of a view."""

    def tr(words: str) -> str:
        return QCoreApplication.translate("TreeView", words)

    node, tree = view.current, view.tree
    is_value = node is not None and not node.page
    is_leaf = is_value and node is not None and (node.part is not None or not tree.head(node).opens)
    rows: list[Row] = [
        ("copy", tr("Copy value"), "Ctrl+C" if is_leaf else ""),
        ("link", tr("Copy key path"), "Return"),
        ("braces", tr("Copy subtree"), "" if is_leaf else "Ctrl+C"),
        None,
        ("", tr("Expand all below"), "*"),
        ("", tr("Collapse all"), ""),
        None,
        *(("", tr("Expand to level {0}").format(level), "") for level in range(1, _LEVELS + 1)),
    ]
    runs: list[tuple[Callable[[], object], bool]] = [
        (view.copy_value, is_leaf),
        (view.copy_path, is_value),
        (view.copy_subtree, is_value and node is not None and node.part is None),
        (lambda: view.open_below(node) if node is not None else None, node is not None and tree.opens(node)),
        (view.close_all, True),
        *((lambda level=level: view.open_to(level), True) for level in range(1, _LEVELS + 1)),
    ]
    popup = menu(rows, view)
    actions = [action for action in popup.actions() if not action.isSeparator()]
    for action, (run, enabled) in zip(actions, runs, strict=True):
        action.triggered.connect(lambda _checked=False, run=run: run())
        action.setEnabled(enabled)
    return popup
