"""Menus of the history: what can be done with entries, and the tokens that narrow the search."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QCoreApplication, QPoint
from PySide6.QtWidgets import QWidget

from httpdesk.core.history_query import token
from httpdesk.ui.menus import menu

Choice = tuple[str, str, str, Callable[[], object]]
"""Icon, words, colour role, and what it does."""


def _tr(text: str) -> str:
    return QCoreApplication.translate("History", text)


def entry_choices(
    ids: Sequence[int],
    *,
    pinned: bool,
    open_entry: Callable[[int, bool], object],
    send: Callable[[int], object],
    pin: Callable[..., object],
    delete: Callable[[Sequence[int]], object],
    compare: Callable[[Sequence[int]], object],
) -> list[Choice | None]:
    """What the menu of selected entries offers; those that mean one or two only where so many are selected."""
    choices: list[Choice | None] = []
    if len(ids) == 1:
        choices.append(("square-pen", _tr("Open in a new tab"), "text2", partial(open_entry, ids[0], True)))
        choices.append(("send", _tr("Send again"), "text2", partial(send, ids[0])))
    if len(ids) == 2:
        choices.append(("arrow-left-right", _tr("Compare the two answers"), "text2", partial(compare, ids)))
    words = _tr("Unpin") if pinned else _tr("Pin: keep for good")
    choices.append(("pin", words, "text2", partial(pin, ids, pinned=not pinned)))
    return [*choices, None, ("trash-2", _tr("Delete"), "danger", partial(delete, ids))]


def token_rows(found: dict[str, list[str]], insert: Callable[[str], object]) -> list[Choice | None]:
    """The tokens that the history knows values for; choosing one puts it into the search."""
    statuses = (
        ("status:2xx", _tr("Successful"), "success"),
        ("status:3xx", _tr("Redirected"), "info"),
        ("status:4xx", _tr("Client errors"), "warning"),
        ("status:5xx", _tr("Server errors"), "danger"),
        ("status:failed", _tr("Failed"), "danger"),
    )
    rows: list[Choice | None] = [
        ("dot", f"{name}  {words}", role, partial(insert, name)) for name, words, role in statuses
    ]
    times = (("since:today", _tr("Today")), ("since:7d", _tr("The last 7 days")), ("is:pinned", _tr("Pinned")))
    rows += [None, *(("clock", f"{name}  {words}", "text2", partial(insert, name)) for name, words in times)]
    for column, key, icon in (
        ("method", "method", "send"),
        ("host", "host", "globe"),
        ("environment", "env", "variable"),
    ):
        tokens = [token(key, value) for value in found[column]]
        if tokens:
            rows += [None, *((icon, one, "text2", partial(insert, one)) for one in tokens)]
    return rows


def pop_up(choices: Sequence[Choice | None], parent: QWidget, at: QPoint) -> None:
    """Open a menu of choices on the screen; None is a separator."""
    popup = menu([None if choice is None else (choice[0], choice[1], "", choice[2]) for choice in choices], parent)
    actions = [action for action in popup.actions() if not action.isSeparator()]
    for action, choice in zip(actions, filter(None, choices), strict=True):
        action.triggered.connect(lambda _=False, run=choice[3]: run())
    popup.popup(at)
