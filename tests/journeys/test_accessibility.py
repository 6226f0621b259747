"""The window by keyboard and for screen readers: names, sizes, order, focus rings, shortcuts, contrast."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QAction, QImage, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from httpdesk.core.edits import with_url
from httpdesk.core.request import HttpRequest, MultipartBody
from httpdesk.core.rows import Part
from httpdesk.ui import tokens
from httpdesk.ui.actions import BY_ID
from httpdesk.ui.focus import takes_tab
from httpdesk.ui.overlay import Overlay
from tests.drivers import until

SHIFT = Qt.KeyboardModifier.ShiftModifier
LEAST_TARGET_PX = 24


def spoken(widget):
    """What a screen reader calls a widget."""
    return QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name).strip()


def shown(window):
    """Every widget of which something can be seen."""
    return [w for w in window.findChildren(QWidget) if w.isVisible() and not w.visibleRegion().isEmpty()]


def faults_of(window):
    """Controls without a name, and buttons that are too small to hit."""
    faults = []
    for widget in shown(window):
        inner = widget.objectName().startswith("qt_")
        if widget.focusPolicy() != Qt.FocusPolicy.NoFocus and not inner and not spoken(widget):
            faults.append(f"no name: {type(widget).__name__} in {type(widget.parent()).__name__}")
        if isinstance(widget, QAbstractButton) and min(widget.width(), widget.height()) < LEAST_TARGET_PX:
            faults.append(f"too small: {spoken(widget)}, {widget.width()} x {widget.height()}")
    return faults


async def a_sent_request(person, url="{{echo}}/anything?page=2"):
    """A tab whose request was answered."""
    await person.program.network.sender()
    request = with_url(HttpRequest(), url)
    tab = person.program.documents.new(request)
    await until(lambda: person.tab is tab)
    await person.send()
    await until(tab.response_pane.isVisible)
    return tab


def steps_through_the_program(person, tab):
    """Go from screen to screen, and say each time where we are."""
    yield "the request"
    for name in ("headers", "auth", "body", "settings", "docs"):
        tab.request_pane.show_page(name)
        yield f"request page {name}"
    body = MultipartBody(parts=(Part(name="picture", files=("/a.png",), is_file=True),))
    tab.replace_request(HttpRequest(method="POST", url="{{echo}}/upload", body=body))
    tab.request_pane.show_page("body")
    yield "a multipart body"
    for number in range(1, 5):
        tab.select_response_page(number)
        yield f"response page {number}"
    tab.select_response_page(1)
    tab.response_pane.find()
    yield "the find bar"
    person.window.toggle_console()
    yield "the console"
    person.program.notices.show("Something happened.", "Undo", lambda: None)
    yield "a notice"
    for page in ("appearance", "requests", "connections", "tls", "proxy", "shortcuts", "data", "about"):
        person.program.commands.open_settings(page)
        yield f"settings, {page}"
    person.press(Qt.Key.Key_Escape)
    person.press(Qt.Key.Key_Escape)
    for action in ("edit_environments", "show_cookies", "palette"):
        person.program.commands.run(action)
        yield action
        person.press(Qt.Key.Key_Escape)
    person.program.commands.show_welcome()
    yield "the welcome page"


async def test_every_control_has_a_name_and_can_be_hit(httpdesk):
    async with httpdesk() as person:
        person.window.resize(1440, 900)
        faults_of_welcome = faults_of(person.window)
        tab = await a_sent_request(person)
        faults = {
            place: found
            for place in steps_through_the_program(person, tab)
            if (found := faults_of(QApplication.activeWindow() or person.window))
        }
        assert not faults_of_welcome
        assert not faults


# -- the order of the keyboard


def area_of(person, widget):
    """In which part of the window a widget is."""
    tab, window = person.tab, person.window
    areas = {
        "rail": window.rail,
        "sidebar": window.sidebar,
        "tabs": window.desk.strip,
        "url": tab.url_row,
        "request": tab.request_pane,
        "response": tab.response_pane,
        "status": window.status,
    }
    return next(name for name, area in areas.items() if area.isAncestorOf(widget))


async def test_tab_walks_the_window_in_the_order_of_the_eye_and_back(httpdesk):
    async with httpdesk() as person:
        await a_sent_request(person)
        person.window.rail.setFocus()
        person.press(Qt.Key.Key_F6)
        while area_of(person, QApplication.focusWidget()) != "rail":
            person.press(Qt.Key.Key_F6)
        first = QApplication.focusWidget()
        order = ["sidebar", "tabs", "url", "request", "response", "status"]
        for key, modifiers, wanted in (
            (Qt.Key.Key_Tab, Qt.KeyboardModifier.NoModifier, order),
            (Qt.Key.Key_Backtab, SHIFT, order[::-1]),
        ):
            walked: list[str] = []
            for _ in range(100):
                person.press(key, modifiers)
                area = area_of(person, QApplication.focusWidget())
                if not walked or walked[-1] != area:
                    walked.append(area)
                if QApplication.focusWidget() is first:
                    break
            # The first button of the rail is where it starts and ends; the others are of the rail, too.
            assert [area for area in walked if area != "rail"] == wanted, key


async def test_f6_goes_from_area_to_area_and_shift_f6_back(httpdesk):
    async with httpdesk() as person:
        await a_sent_request(person)
        wanted = ["url", "request", "response", "status", "rail", "sidebar", "tabs"]
        person.ctrl(Qt.Key.Key_L)
        walked = []
        for _ in wanted:
            walked.append(area_of(person, QApplication.focusWidget()))
            person.press(Qt.Key.Key_F6)
        assert walked == wanted
        walked = []
        for _ in wanted:
            walked.append(area_of(person, QApplication.focusWidget()))
            person.press(Qt.Key.Key_F6, SHIFT)
        assert walked == ["url", "tabs", "sidebar", "rail", "status", "response", "request"]


# -- focus that can be seen


def picture_of(window, widget):
    """What a widget and the frame around it look like."""
    at = widget.mapTo(window, QPoint(0, 0))
    area = widget.rect().translated(at).adjusted(-3, -3, 3, 3)
    return window.grab(area).toImage().convertToFormat(QImage.Format.Format_RGB32)


def changed_pixels(one, other):
    """How many pixels of two pictures of one size differ."""
    assert one.size() == other.size()
    return sum(one.pixel(x, y) != other.pixel(x, y) for y in range(one.height()) for x in range(one.width()))


def without_ring(person, widgets, elsewhere, looked_at):
    """The controls that look the same with the focus as without."""
    unseen = []
    for widget in widgets:
        key = (type(widget).__name__, spoken(widget))
        if key in looked_at:
            continue
        looked_at.add(key)
        next(one for one in elsewhere if one is not widget).setFocus(Qt.FocusReason.TabFocusReason)
        before = picture_of(person.window, widget)
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        # A caret alone is some 20 pixels.
        if changed_pixels(before, picture_of(person.window, widget)) < 60:
            unseen.append(key)
    return unseen


@pytest.mark.parametrize("mode", ["dark", "light"])
async def test_every_control_shows_that_it_has_the_focus(httpdesk, mode):
    async with httpdesk(mode=mode) as person:
        person.window.resize(1280, 720)
        tab = await a_sent_request(person)
        looked_at: set[str] = set()
        unseen: list[str] = []
        for request_page, response_page in (("params", 1), ("auth", 2), ("body", 3)):
            tab.request_pane.show_page(request_page)
            tab.select_response_page(response_page)
            stops = [widget for widget in shown(person.window) if takes_tab(widget)]
            unseen += without_ring(person, stops, (stops[0], stops[-1]), looked_at)
        for page in ("appearance", "tls", "proxy", "data", "about"):
            person.program.commands.open_settings(page)
            stops, ends = stops_of_card(person)
            unseen += without_ring(person, stops, ends, looked_at)
        person.press(Qt.Key.Key_Escape)
        person.program.commands.run("edit_environments")
        stops, ends = stops_of_card(person)
        unseen += without_ring(person, stops, ends, looked_at)
        assert not unseen
        assert len(looked_at) > 60


def stops_of_card(person):
    """The stops of the dialog that is open, and two of them to put the focus on meanwhile."""
    card = next(card for card in person.window.findChildren(Overlay) if card.isVisible())
    stops = [widget for widget in shown(card) if takes_tab(widget)]
    return stops, (stops[0], stops[-1])


# -- shortcuts


async def test_every_shortcut_works_while_the_user_types(httpdesk):
    async with httpdesk() as person:
        await a_sent_request(person)
        bound = {
            action: [QKeySequence(keys) for keys in BY_ID[id_].keys]
            for id_, action in person.window.actions_book._bound.items()
        }
        for action in bound:
            # What they do is tested elsewhere; here only whether the keys reach them.
            action.triggered.disconnect()
        for field in (person.tab.url_row.bar.edit, person.program.sidebar.filter):
            field.setFocus()
            deaf = [
                (action.text(), sequence.toString())
                for action, sequences in bound.items()
                for sequence in sequences
                if not reaches(action, field, sequence)
            ]
            assert not deaf, field.accessibleName()


def reaches(action: QAction, field: QWidget, sequence: QKeySequence) -> bool:
    """Press keys in a field, and see whether the action hears of it."""
    heard = []
    connection = action.triggered.connect(lambda: heard.append(action))
    combination = sequence[0]  # type: ignore[index] # stubs lack it
    QTest.keyClick(field, combination.key(), combination.keyboardModifiers())
    action.triggered.disconnect(connection)
    return bool(heard) or not action.isEnabled()


async def test_no_shortcut_means_two_things(httpdesk):
    async with httpdesk() as person:
        owners: dict[str, list[str]] = {}
        for action in person.window.findChildren(QAction):
            for sequence in action.shortcuts():
                if action.shortcutContext() != Qt.ShortcutContext.WidgetShortcut:
                    owners.setdefault(sequence.toString(), []).append(action.text())
        assert {keys: names for keys, names in owners.items() if len(names) > 1} == {}
        assert len(owners) > 40


# -- contrast


def luminance(color):
    """Relative luminance of a #RRGGBB colour, as WCAG 2.2 defines it."""
    parts = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    """The contrast of two colours, 1 to 21."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


GROUNDS = ("chrome", "sidebar", "canvas", "inset", "raised", "hover")
WORDS = ("text", "text2", "text3", "accent", "success", "warning", "danger", "info")
METHODS = ("m_get", "m_post", "m_put", "m_patch", "m_delete", "m_head", "m_options", "m_custom")
CODE = ("s_key", "s_str", "s_num", "s_kw", "s_punct", "s_com", "s_tag", "var", "var_missing", "path")
TINTED = ("success", "warning", "danger", "info", "var", "var_missing", "path")


def pairs(color, mode):
    """What stands on what: (words, ground, least contrast)."""
    for ground in GROUNDS:
        yield from ((role, ground, color[role], color[ground], 4.5) for role in WORDS)
    for ground in ("sidebar", "canvas", "selected", "chrome"):
        yield from ((role, ground, color[role], color[ground], 4.5) for role in METHODS)
    yield from ((role, ground, color[role], color[ground], 4.5) for role in CODE for ground in ("canvas", "inset"))
    yield from ((role, "selected", color[role], color["selected"], 4.5) for role in ("text", "text2", "accent"))
    for role in TINTED:
        tinted = tokens.mix(color[role], color["canvas"], tokens.TINT[mode])
        yield role, "its tint", color[role], tinted, 4.5
    yield from (("on_accent", fill, color["on_accent"], color[fill], 4.5) for fill in ("accent_fill", "danger_fill"))
    yield from ((role, "canvas", color[role], color["canvas"], 3.0) for role in ("control", "focus", "gutter"))


@pytest.mark.parametrize("mode", ["dark", "light"])
@pytest.mark.parametrize("more", [False, True])
def test_text_can_be_read_on_every_ground(mode, more):
    color = dict(tokens.COLOR[mode])
    if more:
        color |= {role: tokens.COLOR[mode][stepped] for role, stepped in tokens.MORE_CONTRAST.items()}
    faint = [
        (role, ground, round(contrast(front, back), 2))
        for role, ground, front, back, least in pairs(color, mode)
        if contrast(front, back) < least
    ]
    assert not faint
