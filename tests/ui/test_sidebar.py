"""The sidebar: what the tree shows, and what it asks for with mouse and keyboard."""

import pytest
from PySide6.QtCore import QMimeData, QModelIndex, QPoint, Qt
from PySide6.QtWidgets import QLineEdit, QMenu, QPushButton

from httpdesk.core.collection import Entry, Folder
from httpdesk.ui.side_tree_model import MIME
from httpdesk.ui.sidebar import Sidebar


def request(path, name, method="GET", **more):
    return Entry(path=path, name=name, method=method, **more)


SHOP = Folder(
    path="shop",
    name="Shop",
    folders=(
        Folder(path="shop/in", name="Sign in", entries=(request("shop/in/token", "Refresh token", "POST"),)),
        Folder(
            path="shop/orders",
            name="Orders",
            entries=(request("shop/orders/list", "List orders"), request("shop/orders/new", "Create order", "POST")),
        ),
    ),
    entries=(request("shop/ping", "Ping", "HEAD"),),
)
PAY = Folder(path="pay", name="Payments", entries=(request("pay/bad", "bad.yml", fault="Line 3 is no mapping"),))


@pytest.fixture
def sidebar(qtbot):
    bar = Sidebar()
    qtbot.addWidget(bar)
    bar.set_tree((SHOP, PAY))
    bar.set_expanded(["shop", "shop/orders", "pay"])
    bar.resize(272, 600)
    bar.show()
    qtbot.waitExposed(bar)
    return bar


@pytest.fixture
def asked(sidebar):
    """Every signal of the sidebar, in order."""
    log = []
    for name in (
        "opened", "rename", "delete", "duplicate", "new_request", "new_folder", "new_collection", "relocate",
        "show_file", "open_folder", "open_recent",
    ):  # fmt: skip
        getattr(sidebar, name).connect(lambda *args, name=name: log.append((name, *args)))
    return log


def rows(sidebar):
    """What the tree shows, from top to bottom, indented."""
    tree, found = sidebar.tree, []
    index = tree.model().index(0, 0)
    while index.isValid():
        level, above = 0, index.parent()
        while above.isValid():
            level, above = level + 1, above.parent()
        found.append("  " * level + index.data())
        index = tree.indexBelow(index)
    return found


def place_of(sidebar, path):
    return sidebar.tree.visualRect(sidebar.tree.model().index_of(path)).center()


def click(qtbot, sidebar, path, *, twice=False):
    view, at = sidebar.tree.viewport(), place_of(sidebar, path)
    qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=at)
    if twice:
        qtbot.mouseDClick(view, Qt.MouseButton.LeftButton, pos=at)
        qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, pos=at)


def end_with(qtbot, sidebar, field, key):
    """Press a key in the field of a new name and wait until the field is gone."""
    qtbot.keyClick(field, key)
    qtbot.waitUntil(lambda: sidebar.tree.state() != sidebar.tree.State.EditingState)


def choose(popup_owner, words):
    """Trigger an entry of the menu that is open."""
    popup = next(menu for menu in popup_owner.findChildren(QMenu) if menu.isVisible())
    action = next(action for action in popup.actions() if action.text().strip() == words)
    popup.close()
    action.trigger()


def test_open_folders_show_what_is_in_them(sidebar):
    assert rows(sidebar) == [
        "Shop", "  Sign in", "  Orders", "    List orders", "    Create order", "  Ping", "Payments", "  bad.yml",
    ]  # fmt: skip


def test_a_single_click_opens_a_preview_and_a_double_click_opens_to_stay(sidebar, asked, qtbot):
    click(qtbot, sidebar, "shop/orders/list")
    assert asked == [("opened", "shop/orders/list", False)]
    click(qtbot, sidebar, "shop/ping", twice=True)
    assert asked[1:] == [("opened", "shop/ping", False), ("opened", "shop/ping", True)]


def test_a_click_on_a_folder_opens_and_closes_it(sidebar, asked, qtbot):
    click(qtbot, sidebar, "shop/in")
    assert "    Refresh token" in rows(sidebar)
    click(qtbot, sidebar, "shop/in")
    assert "    Refresh token" not in rows(sidebar)
    assert not asked


def test_enter_opens_to_stay_and_arrows_only_move(sidebar, asked, qtbot):
    sidebar.select("shop/orders")
    qtbot.keyClick(sidebar.tree, Qt.Key.Key_Down)
    assert sidebar.tree.selected() == "shop/orders/list"
    assert not asked
    qtbot.keyClick(sidebar.tree, Qt.Key.Key_Return)
    qtbot.keyClick(sidebar.tree, Qt.Key.Key_Enter, Qt.KeyboardModifier.KeypadModifier)
    assert asked == [("opened", "shop/orders/list", True)] * 2


def test_keys_delete_and_duplicate(sidebar, asked, qtbot):
    sidebar.select("shop/ping")
    qtbot.keyClick(sidebar.tree, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(sidebar.tree, Qt.Key.Key_Delete)
    assert asked == [("duplicate", "shop/ping"), ("delete", "shop/ping")]


def test_f2_renames_in_place(sidebar, asked, qtbot):
    sidebar.select("shop/ping")
    qtbot.keyClick(sidebar.tree, Qt.Key.Key_F2)
    field = sidebar.tree.viewport().findChild(QLineEdit)
    assert field.text() == field.selectedText() == "Ping"
    field.setText("  Pong ")
    end_with(qtbot, sidebar, field, Qt.Key.Key_Return)
    assert asked == [("rename", "shop/ping", "Pong")]


@pytest.mark.parametrize("typed", ["", "   ", "Ping"])
def test_no_name_and_the_same_name_rename_nothing(sidebar, asked, qtbot, typed):
    sidebar.edit_name("shop/ping")
    field = sidebar.tree.viewport().findChild(QLineEdit)
    field.setText(typed)
    end_with(qtbot, sidebar, field, Qt.Key.Key_Return)
    assert not asked


def test_escape_leaves_the_name(sidebar, asked, qtbot):
    sidebar.edit_name("shop/ping")
    field = sidebar.tree.viewport().findChild(QLineEdit)
    field.setText("Pong")
    end_with(qtbot, sidebar, field, Qt.Key.Key_Escape)
    assert not asked


def test_a_new_tree_keeps_what_is_open_and_selected(sidebar):
    sidebar.select("shop/orders/new")
    sidebar.set_tree((PAY, Folder(path="new", name="New"), SHOP))
    assert sidebar.tree.selected() == "shop/orders/new"
    assert sidebar.expanded() == ["pay", "shop", "shop/orders"]
    assert rows(sidebar)[:3] == ["Payments", "  bad.yml", "New"]


def test_selecting_opens_the_folders_above(sidebar):
    sidebar.select("shop/in/token")
    assert "shop/in" in sidebar.expanded()
    assert sidebar.tree.selected() == "shop/in/token"


def test_the_only_collection_is_open_at_first(qtbot):
    bar = Sidebar()
    qtbot.addWidget(bar)
    bar.set_tree((PAY,))
    assert rows(bar) == ["Payments", "  bad.yml"]


def test_the_filter_shows_what_fits_with_its_folders(sidebar, qtbot):
    qtbot.keyClicks(sidebar.filter, "order list")
    assert rows(sidebar) == ["Shop", "  Orders", "    List orders"]
    qtbot.keyClick(sidebar.filter, Qt.Key.Key_Escape)
    assert len(rows(sidebar)) == 8


@pytest.mark.parametrize(
    ("words", "last"), [("post token", "    Refresh token"), ("PAY", "  bad.yml"), ("head", "  Ping")]
)
def test_the_filter_knows_methods_and_folders(sidebar, words, last):
    sidebar.filter.setText(words)
    assert rows(sidebar)[-1] == last


def test_the_filter_changes_neither_what_is_open_nor_what_is_selected(sidebar):
    sidebar.select("shop/ping")
    sidebar.filter.setText("token")
    assert sidebar.expanded() == ["pay", "shop", "shop/orders"]
    sidebar.filter.setText("")
    assert sidebar.expanded() == ["pay", "shop", "shop/orders"]
    assert sidebar.tree.selected() == "shop/ping"


def test_enter_in_the_filter_opens_the_first_request_that_fits(sidebar, asked, qtbot):
    qtbot.keyClicks(sidebar.filter, "order")
    qtbot.keyClick(sidebar.filter, Qt.Key.Key_Return)
    assert asked == [("opened", "shop/orders/list", True)]


def test_down_in_the_filter_goes_to_the_tree(sidebar, qtbot):
    sidebar.focus_filter()
    qtbot.keyClick(sidebar.filter, Qt.Key.Key_Down)
    assert sidebar.tree.selected() == "shop"


def test_the_menu_of_a_request_does_what_it_says(sidebar, asked):
    for words, wanted in (
        ("Open", ("opened", "shop/ping", False)),
        ("Open in a new tab", ("opened", "shop/ping", True)),
        ("Duplicate", ("duplicate", "shop/ping")),
        ("New request", ("new_request", "shop")),
        ("New folder", ("new_folder", "shop")),
        ("Show the file", ("show_file", "shop/ping")),
        ("Delete", ("delete", "shop/ping")),
    ):
        sidebar.select("shop/ping")
        sidebar.tree._offer(QPoint(0, 0))
        choose(sidebar.tree, words)
        assert asked.pop() == wanted


def test_the_menu_of_a_folder_makes_new_things_in_it(sidebar, asked):
    sidebar.select("shop/orders")
    sidebar.tree._offer(QPoint(0, 0))
    choose(sidebar.tree, "New request")
    assert asked == [("new_request", "shop/orders")]


def test_the_workspace_menu_offers_recent_folders(sidebar, asked):
    sidebar.set_recent([("/a/shop", "Shop & co")])
    sidebar._name.click()
    choose(sidebar, "Shop && co")
    sidebar._name.click()
    choose(sidebar, "Open a folder…")
    assert asked == [("open_recent", "/a/shop"), ("open_folder",)]


def test_few_collections_leave_room_for_a_hint(sidebar, asked, qtbot):
    assert not sidebar._empty.isVisible()
    sidebar.set_tree(())
    make = next(button for button in sidebar.findChildren(QPushButton) if button.isVisible())
    make.click()
    assert asked == [("new_collection",)]


def spoken(sidebar, path):
    return sidebar.tree.model().index_of(path).data(Qt.ItemDataRole.AccessibleTextRole)


def test_a_screen_reader_hears_the_state_in_words(sidebar):
    sidebar.set_dirty(["shop/ping"])
    assert spoken(sidebar, "shop/ping") == "HEAD Ping, unsaved"
    sidebar.set_dirty([])
    assert spoken(sidebar, "shop/ping") == "HEAD Ping"
    assert spoken(sidebar, "shop/orders") == "Orders, folder, requests: 2"
    assert spoken(sidebar, "pay/bad") == "bad.yml, cannot be read: Line 3 is no mapping"


def test_the_tool_tip_of_a_broken_file_says_what_is_wrong(sidebar):
    assert sidebar.tree.model().index_of("pay/bad").data(Qt.ItemDataRole.ToolTipRole) == "Line 3 is no mapping"


def drop(sidebar, path, folder, row):
    """Drop a row before the nth shown member of a folder; -1: onto it. Whether it was taken."""
    model, data = sidebar.tree.model(), QMimeData()
    data.setData(MIME, path.encode())
    parent = model.index_of(folder) if folder else QModelIndex()
    return model.dropMimeData(data, Qt.DropAction.MoveAction, row, 0, parent)


def test_a_dropped_request_asks_to_be_moved(sidebar, asked):
    assert drop(sidebar, "shop/ping", "shop/orders", -1)
    assert drop(sidebar, "shop/ping", "shop/orders", 1)
    assert drop(sidebar, "shop/orders", "shop", 0)
    assert asked == [
        ("relocate", "shop/ping", "shop/orders", None),
        ("relocate", "shop/ping", "shop/orders", "shop/orders/new"),
        ("relocate", "shop/orders", "shop", "shop/in"),
    ]


@pytest.mark.parametrize(
    ("path", "folder", "row"), [("shop/orders/list", "shop/orders", 0), ("shop/orders/list", "shop/orders", 1)]
)
def test_a_row_dropped_where_it_stands_stays(sidebar, asked, path, folder, row):
    drop(sidebar, path, folder, row)
    assert not asked


@pytest.mark.parametrize(("path", "folder"), [("shop", "shop/orders"), ("shop/ping", ""), ("shop", "pay")])
def test_what_makes_no_sense_cannot_be_dropped(sidebar, asked, path, folder):
    assert not drop(sidebar, path, folder, -1)
    assert not asked
