"""The body editor: what is typed is what is sent, and help while typing."""

import time

import pytest
import shiboken6
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from httpdesk.core.environment import Scope, Variable
from httpdesk.ui.body_editor import BodyEditor
from httpdesk.ui.body_editor_exact import document_text, exact_text, line_end_of
from httpdesk.ui.body_editor_lint import json_fault
from httpdesk.ui.find_bar import FindBar
from httpdesk.ui.theme import theme

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


class Variables:
    """A scope that can change."""

    def __init__(self):
        self.now = Scope(
            ("Staging", (Variable(name="base", value="https://a.example"), Variable(name="id", value="7")))
        )

    def known(self, name):
        return self.now.find(name) is not None

    def offers(self):
        return self.now.all()


@pytest.fixture
def variables():
    return Variables()


@pytest.fixture
def editor(qtbot, variables):
    editor = BodyEditor(variables.known, variables.offers)
    qtbot.addWidget(editor)
    editor.set_language("json")
    editor.resize(600, 400)
    editor.show()
    qtbot.waitExposed(editor)
    editor.activateWindow()
    editor.setFocus()
    qtbot.waitUntil(editor.hasFocus)
    return editor


def write(editor, words):
    QTest.keyClicks(editor.field, words)


def press(editor, key, modifiers=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(editor.field, key, modifiers)


def caret(editor, position, to=None):
    cursor = editor.field.textCursor()
    cursor.setPosition(position)
    if to is not None:
        cursor.setPosition(to, QTextCursor.MoveMode.KeepAnchor)
    editor.field.setTextCursor(cursor)


def ground_of(editor, word):
    """The colour behind a word as it is painted."""
    block = editor.field.document().firstBlock()
    while word not in block.text():
        block = block.next()
    editor.grab()
    at = block.text().index(word)
    found = [each for each in block.layout().formats() if each.start == at]
    return found[-1].format.background().color().name() if found else ""


def inked(editor):
    """The colours of the first row's parts, in order."""
    editor.grab()
    return [each.format.foreground().color().name() for each in editor.field.document().firstBlock().layout().formats()]


# -- the text


TEXTS = (
    "",
    "plain",
    "a\nb\n",
    "\n\n",
    "a\r\nb\r\n",
    "mixed\r\nends\nhere\rand here",
    "no\u00a0break space, line\u2028separator, paragraph\u2029separator",
    "\ufdd0\ufdd1\ufde0\ufde4\ufdef",
    "nul \0 inside",
    "😀 beyond the first plane",
    "\ufeffa mark at the start",
    "\t tabs\tstay ",
    "x" * 9000 + "\nshort\n" + "y😀" * 5000,
)


@pytest.mark.parametrize("text", TEXTS, ids=range(len(TEXTS)))
def test_a_text_comes_back_as_it_was_given(editor, text):
    editor.set_text(text)
    assert editor.text() == text


@pytest.mark.parametrize("text", TEXTS, ids=range(len(TEXTS)))
def test_what_was_not_touched_stays_when_something_is_typed(editor, text):
    editor.set_language("text")
    editor.set_text(text)
    editor.field.moveCursor(QTextCursor.MoveOperation.End)
    write(editor, "!")
    assert editor.text() == text + "!"


@given(st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from("\r\n\u2029\ufde0\ufde4\ufdef\ufeff")))
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_stand_ins_lose_nothing(text):
    line_end = line_end_of(text)
    assert exact_text(document_text(text, line_end).replace("\n", "\u2029"), line_end) == text


def test_the_lines_of_a_crlf_text_go_on_ending_so(editor):
    editor.set_text("a\r\nb")
    editor.field.moveCursor(QTextCursor.MoveOperation.End)
    press(editor, Qt.Key.Key_Return)
    write(editor, "c")
    assert editor.text() == "a\r\nb\r\nc"


def test_pasted_text_is_plain_and_takes_the_line_ends_of_the_body(editor):
    mime = QMimeData()
    mime.setText("x\r\ny\u00a0z")
    mime.setHtml("<b>x</b>")
    editor.field.insertFromMimeData(mime)
    assert editor.text() == "x\ny\u00a0z"


def test_copied_text_is_what_is_meant_even_from_a_cut_line(editor):
    editor.set_text("z" * 9000)
    editor.field.selectAll()
    editor.field.copy()
    assert QApplication.clipboard().text() == "z" * 9000
    assert editor.field.blockCount() > 1
    assert editor.field.lines == 1


def test_only_the_user_is_told_of(editor, qtbot):
    told = []
    editor.edited.connect(lambda: told.append(editor.text()))
    editor.set_text("{}")
    assert told == []
    editor.field.moveCursor(QTextCursor.MoveOperation.End)
    write(editor, " ")
    assert told == ["{} "]


def test_painting_is_no_edit(editor):
    told = []
    editor.edited.connect(lambda: told.append(True))
    editor.set_text('{"a": "{{id}}"}')
    editor.grab()
    editor.refresh_variables()
    editor.grab()
    assert told == []
    assert not editor.field.document().isUndoAvailable()


# -- keys


def test_tab_is_two_spaces(editor):
    press(editor, Qt.Key.Key_Tab)
    assert editor.text() == "  "


def test_tab_and_shift_tab_move_chosen_lines(editor):
    editor.set_text("a\nb\nc")
    caret(editor, 0, 3)
    press(editor, Qt.Key.Key_Tab)
    assert editor.text() == "  a\n  b\nc"
    press(editor, Qt.Key.Key_Backtab, SHIFT)
    assert editor.text() == "a\nb\nc"


def test_enter_keeps_the_indent(editor):
    editor.set_text("  a")
    caret(editor, 3)
    press(editor, Qt.Key.Key_Return)
    write(editor, "b")
    assert editor.text() == "  a\n  b"


def test_shift_enter_is_a_line_end_like_any_other(editor):
    write(editor, "a")
    press(editor, Qt.Key.Key_Return, SHIFT)
    write(editor, "b")
    assert editor.text() == "a\nb"


def test_a_bracket_is_closed_and_enter_opens_it(editor):
    write(editor, "{")
    assert editor.text() == "{}"
    press(editor, Qt.Key.Key_Return)
    assert editor.text() == "{\n  \n}"
    write(editor, '"a":[1]')
    assert editor.text() == '{\n  "a":[1]\n}'


def test_typing_a_whole_text_gives_that_text(editor):
    words = '{"a": ["x{{id}}y", {"b": "don\'t \\"say\\""}], "c": 1}'
    write(editor, words)
    assert editor.text() == words


def test_a_closing_bracket_that_was_there_is_not_typed_over(editor):
    editor.set_text("]")
    caret(editor, 0)
    write(editor, "]")
    assert editor.text() == "]]"


def test_backspace_takes_an_empty_pair_away(editor):
    write(editor, "[")
    press(editor, Qt.Key.Key_Backspace)
    assert editor.text() == ""


def test_a_bracket_goes_around_what_is_chosen(editor):
    editor.set_text("abc")
    caret(editor, 0, 3)
    write(editor, '"')
    assert editor.text() == '"abc"'


def test_plain_text_is_typed_without_help(editor):
    editor.set_language("text")
    write(editor, 'a ["')
    assert editor.text() == 'a ["'


def test_every_step_can_be_undone(editor):
    write(editor, "[")
    press(editor, Qt.Key.Key_Return)
    while editor.field.document().isUndoAvailable():
        editor.field.undo()
    assert editor.text() == ""
    editor.field.redo()
    assert editor.text() == "[]"


# -- variables


def test_variables_are_tinted_and_unknown_ones_red(editor):
    editor.set_text('{"a": "{{base}}", "b": {{nope}}}')
    assert ground_of(editor, "{{base}}") == theme.tint("var").name()
    assert ground_of(editor, "{{nope}}") == theme.tint("var_missing").name()


def test_a_variable_that_gets_a_value_is_no_longer_red(editor, variables):
    editor.set_text("😀 {{nope}}")
    editor.grab()
    variables.now = Scope(("S", (Variable(name="nope", value="1"),)))
    editor.refresh_variables()
    editor.grab()
    formats = editor.field.document().firstBlock().layout().formats()
    assert (formats[-1].start, formats[-1].length) == (3, 8)  # in UTF-16, as Qt counts
    assert formats[-1].format.background().color().name() == theme.tint("var").name()


def test_two_braces_offer_the_variables_and_enter_takes_one(editor):
    write(editor, '"{{')
    assert editor.field.completer.names[:2] == ["base", "id"]
    write(editor, "i")
    assert editor.field.completer.names[0] == "id"
    press(editor, Qt.Key.Key_Return)
    assert editor.text() == '"{{id}}"'
    assert editor.field.completer.names == []
    write(editor, ",")
    assert editor.text() == '"{{id}},"'


def test_ctrl_space_begins_a_reference(editor):
    press(editor, Qt.Key.Key_Space, CONTROL)
    assert editor.field.completer.names
    press(editor, Qt.Key.Key_Tab)
    assert editor.text() == "{{base}}"


def test_esc_closes_the_list_and_leaves_the_text(editor):
    write(editor, "{{b")
    press(editor, Qt.Key.Key_Escape)
    assert editor.field.completer.names == []
    assert editor.text() == "{{b}}"


# -- colours


def test_json_has_its_colours(editor):
    editor.set_text('{"a": 1}')
    roles = ("s_punct", "s_key", "s_punct", "s_num", "s_punct")
    assert inked(editor) == [theme.color(role).name() for role in roles]


def test_another_language_colours_anew(editor):
    editor.set_text("<a/>")
    editor.set_language("xml")
    assert inked(editor)[0] == theme.color("s_tag").name()


def test_a_comment_opened_above_colours_what_is_below(editor):
    editor.set_language("xml")
    editor.set_text("\n<a/>\n<b/>")
    editor.grab()
    caret(editor, 0)
    write(editor, "<!--")
    editor.grab()
    last = editor.field.document().lastBlock().layout().formats()
    assert {each.format.foreground().color().name() for each in last} == {theme.color("s_com").name()}


def test_far_down_a_huge_text_the_state_is_known(editor):
    editor.set_language("xml")
    editor.set_text("<!--\n" + "line\n" * 5000 + "-->\n<a/>")
    editor.field.moveCursor(QTextCursor.MoveOperation.End)
    editor.grab()
    last = editor.field.document().lastBlock().layout().formats()
    assert last[0].format.foreground().color().name() == theme.color("s_tag").name()
    above = editor.field.document().findBlockByNumber(4995).layout().formats()
    assert {each.format.foreground().color().name() for each in above} == {theme.color("s_com").name()}


# -- what is wrong


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ('{"a": 1,}', (1, 9)),
        ('{\n  "a" 1\n}', (2, 7)),
        ("[1 2]", (1, 4)),
        ("{a: 1}", (1, 2)),
        ("[1] x", (1, 5)),
        ("[1] true", (1, 5)),
        ('{"é": tru }', (1, 7)),
        ("[1,\n2", (2, 2)),
    ],
)
def test_the_place_of_a_fault_is_told(text, place):
    fault = json_fault(text)
    assert fault is not None
    assert (fault.line, fault.column) == place


@pytest.mark.parametrize(
    "text", ["", "  ", "{}", '{"a": {{id}}}', "{{body}}", '"{{a}} {{b}}"', "[{{a}}1]", "{ {{pairs}} }", '"\\ud83d"']
)
def test_what_is_right_or_may_be_is_no_fault(text):
    assert json_fault(text) is None


def test_a_fault_is_shown_while_typing_and_goes_when_it_is_mended(editor, qtbot):
    editor.set_text('{"a": 1}')
    caret(editor, 7)
    write(editor, ",")
    qtbot.waitUntil(lambda: editor.fault.startswith("Line 1, column 9:"))
    press(editor, Qt.Key.Key_Backspace)
    qtbot.waitUntil(lambda: not editor.fault)


def test_comments_that_are_not_sent_are_no_fault(editor, qtbot):
    editor.set_language("json")
    editor.set_plain_json(plain=True)
    editor.set_text('{\n  // note\n  "a": 1,\n}')
    assert editor.fault == "Comments and trailing commas are left out when this is sent."
    there = next(each for each in editor.findChildren(QPushButton) if each.text() == "Go there")
    assert not there.isVisibleTo(editor)
    editor.set_text('{\n  // note\n  "a" 1,\n}')
    assert editor.fault.startswith("Line 3, column 7:")
    assert there.isVisibleTo(editor)
    editor.set_text('{"a": 1}')
    assert not editor.fault
    editor.set_plain_json(plain=False)
    editor.set_text('{"a": 1,}')
    assert editor.fault.startswith("Line 1, column ")


def test_only_json_is_checked(editor):
    editor.set_text("nothing of the kind")
    assert editor.fault
    editor.set_language("text")
    assert not editor.fault


def test_go_there_puts_the_caret_at_the_fault(editor):
    editor.set_text("[1,\n😀]")
    button = next(each for each in editor.findChildren(QLabel) if each.text() == editor.fault).parentWidget()
    go = next(each for each in button.children() if getattr(each, "text", str)() == "Go there")
    go.click()
    here = editor.field.textCursor()
    assert (here.blockNumber(), here.positionInBlock()) == (1, 0)


# -- format and find


def test_formatting_keeps_every_token_and_can_be_undone(editor):
    before = '{"big":12345678901234567890.10,"v":{{id}},"s":"\\u00e9"}'
    editor.set_text(before)
    editor.format_text()
    after = editor.text()
    assert "\n" in after
    assert "".join(after.split()) == before
    editor.field.undo()
    assert editor.text() == before


def test_what_is_not_json_is_not_formatted(editor):
    editor.set_text('{"a":1,,}')
    editor.format_text()
    assert editor.text() == '{"a":1,,}'


def test_find_marks_what_is_found_and_steps_through_it(editor):
    editor.set_text('{"qty": 1,\n "😀 QTY": 2}')
    editor.open_find()
    bar = editor.findChild(FindBar)
    assert bar.isVisible()
    bar.begin("qty")
    assert bar.count == "1 of 2"
    bar.next_wanted.emit()
    assert bar.count == "2 of 2"
    assert len(editor.field.extraSelections()) == 2
    bar.closed.emit()
    assert editor.field.textCursor().selectedText() == "QTY"
    assert not bar.isVisible()


def test_find_takes_what_is_chosen_and_says_when_a_pattern_is_none(editor):
    editor.set_text("abc abc")
    caret(editor, 0, 3)
    editor.open_find()
    bar = editor.findChild(FindBar)
    assert bar.query.words == "abc"
    assert bar.count == "1 of 2"
    QTest.keyClick(bar, Qt.Key.Key_R, Qt.KeyboardModifier.AltModifier)
    bar.begin("(")
    assert bar.count == "Not a pattern"


# -- size


def test_a_large_text_is_shown_at_once_and_typed_into(editor):
    """Bounds are wide: the machine may be busy. What would colour every row takes ten times as long."""
    lines = "\n".join(f'  {{"id": {number}, "name": "Customer {number}", "ok": true}},' for number in range(19_000))
    for text in (f"[\n{lines}\n0]", lines.replace("\n", "")):
        started = time.perf_counter()
        editor.set_text(text)
        editor.grab()
        assert time.perf_counter() - started < 10
        started = time.perf_counter()
        write(editor, "x")
        editor.grab()
        assert time.perf_counter() - started < 10
        assert editor.text() == "x" + text


def test_a_huge_text_comes_in_steps_and_whoever_writes_into_it_gets_all_of_it(editor, qtbot):
    lines = [f'  {{"id": {number}, "name": "Customer {number}"}},' for number in range(30_000)]
    text = "[\n" + "\n".join(lines) + "\n0]"
    editor.set_text(text)
    assert editor.text() == text
    assert 10 < editor.field.blockCount() < 30_000
    qtbot.waitUntil(lambda: editor.field.document().isUndoRedoEnabled(), timeout=20_000)  # it is the end of it
    assert editor.field.toPlainText() == text
    assert not editor.field.document().isUndoAvailable()
    editor.set_text("")
    editor.set_text(text)
    write(editor, "y")
    assert editor.field.toPlainText() == editor.text() == "y" + text
    editor.field.undo()
    assert editor.text() == text


@given(st.data())
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_text_is_kept_in_step_with_every_kind_of_change(editor, data):
    pieces = st.text(st.sampled_from('ab\n{}"é中🙂\r\u2029\ufde4'), max_size=6)
    editor.set_text(data.draw(st.text(st.sampled_from("ab\n\u00e9"), max_size=30)))
    field = editor.field
    for _ in range(data.draw(st.integers(1, 8))):
        cursor, last = field.textCursor(), field.document().characterCount() - 1
        cursor.setPosition(data.draw(st.integers(0, last)))
        cursor.setPosition(data.draw(st.integers(0, last)), QTextCursor.MoveMode.KeepAnchor)
        kind = data.draw(st.sampled_from(["type", "delete", "undo", "redo"]))
        if kind == "type":
            cursor.insertText(document_text(data.draw(pieces)))
        elif kind == "delete":
            cursor.removeSelectedText()
        else:
            field.undo() if kind == "undo" else field.redo()
        # The line end is that of the text that was given.
        assert editor.text() == exact_text(field.document().toRawText())


def test_wrapping_can_be_switched(editor):
    editor.set_text("word " * 200)
    assert editor.field.horizontalScrollBar().maximum() > 0
    editor.set_wrap(True)
    editor.grab()
    assert editor.field.horizontalScrollBar().maximum() == 0


def test_zoom_makes_room_for_the_line_numbers(qapp, editor):
    theme.start(qapp, "dark")
    editor.set_text("\n" * 1200)
    before = editor.field.viewport().geometry().left()
    theme.set_zoom(2.0)
    try:
        assert editor.field.viewport().geometry().left() > before
    finally:
        theme.set_zoom(1.0)


def test_everything_has_a_name(editor):
    editor.setAccessibleName("Request body")
    assert editor.field.accessibleName() == "Request body"


def test_rows_are_painted_when_pyside_has_given_the_document_up(editor):
    write(editor, '{"a": 1}')
    # As it happens to the children of a widget that leaves a stack.
    shiboken6.invalidate(editor.field.document())
    editor.set_language("text")
    assert not editor.grab().isNull()
    assert editor.text() == '{"a": 1}'
