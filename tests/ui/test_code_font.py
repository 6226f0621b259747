"""A font for code of the user's choice: painters and style sheet take it, ours come behind it."""

import pytest
from PySide6.QtWidgets import QLineEdit

from httpdesk.ui import tokens
from httpdesk.ui.theme import theme


@pytest.fixture
def chosen(qapp):
    theme.start(qapp, "dark")
    yield theme.set_code_font
    theme.set_code_font("")


def test_code_is_shown_in_it_and_other_text_is_not(chosen, qtbot, qapp):
    line = QLineEdit()
    qtbot.addWidget(line)
    told = []
    theme.bind(line, lambda: told.append(theme.font("code").families()[0]))
    chosen("DejaVu Sans Mono")
    assert told == [tokens.FONT_MONO[0], "DejaVu Sans Mono"]
    assert theme.font("code").families() == ["DejaVu Sans Mono", *tokens.FONT_MONO]
    assert theme.font("body").families() == tokens.FONT_UI
    sheet = qapp.styleSheet()
    assert '"DejaVu Sans Mono", "JetBrains Mono"' in sheet
    chosen("")
    assert theme.font("code").families() == tokens.FONT_MONO
