"""The status bar: what it says and where its parts lead."""

import pytest
from PySide6.QtWidgets import QToolButton

from httpdesk.ui.status_bar import StatusBar


@pytest.fixture
def bar(qtbot):
    bar = StatusBar()
    qtbot.addWidget(bar)
    bar.show()
    qtbot.waitExposed(bar)
    return bar


def words(bar):
    return [part.text().strip() for part in bar.findChildren(QToolButton) if part.text()]


def test_it_says_how_things_stand(bar):
    bar.set_console(3)
    bar.set_cookies(7)
    bar.set_proxy("proxy.example:3128")
    bar.set_pool(2, 100)
    assert words(bar) == ["Console 3", "Cookies 7", "proxy.example:3128", "TLS verified", "Pool 2 / 100"]


def red_columns(button):
    """Where something red is painted, in pixels from the left."""
    image = button.grab().toImage()
    seen = [image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height())]
    return [at // image.height() for at, color in enumerate(seen) if color.red() > color.green() + 60]


def test_unverified_tls_is_said_in_red_words(bar):
    button = next(part for part in bar.findChildren(QToolButton) if part.text().strip() == "TLS verified")
    assert red_columns(button) == []
    bar.set_tls(verified=False)
    assert "TLS not verified" in words(bar)
    # To the last word, not the icon alone.
    assert max(red_columns(button)) > button.width() * 0.8
    bar.set_tls(verified=True)
    assert "TLS verified" in words(bar)
    assert red_columns(button) == []


def test_a_pool_without_a_limit_shows_none(bar):
    bar.set_pool(4, 0)
    assert "Pool 4" in words(bar)


def test_every_part_leads_somewhere_and_has_a_name(bar):
    led: list[str] = []
    bar.action.connect(led.append)
    bar.settings_page.connect(led.append)
    for part in bar.findChildren(QToolButton):
        assert part.accessibleName()
        part.click()
    assert led == [
        "toggle_console", "show_cookies", "proxy", "tls", "connections", "toggle_layout", "toggle_sidebar",
        "toggle_console",
    ]  # fmt: skip
