"""Settings of one request: empty means as in the program's settings."""

import msgspec
import pytest
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit

from httpdesk.core.options import ClientCertificate, Options, Proxy, ProxyMode
from httpdesk.core.request import HttpRequest
from httpdesk.ui.theme import theme


def line(user, page, name):
    return user.field(page, QLineEdit, name)


def choose(user, page, name, words):
    combo = user.field(page, QComboBox, name)
    combo.setCurrentText(words)
    combo.activated.emit(combo.currentIndex())


def controls(page):
    found = (*page.findChildren(QLineEdit), *page.findChildren(QComboBox))
    return [each for each in found if each.isVisible()]


def is_inside(control, page):
    return control.mapTo(page, control.rect().topRight()).x() < page.width()


def faults(page):
    return [each.text() for each in page.findChildren(QLabel) if each.isVisible() and each.text().startswith("Use a")]


@pytest.mark.parametrize(
    ("typed", "value"),
    [("", None), ("0", 0.0), ("none", 0.0), ("30", 30.0), ("2.5", 2.5), ("2,5", 2.5), ("30 s", 30.0)],
)
def test_a_time_limit_is_a_number_none_or_as_in_the_settings(user, typed, value):
    user.open(HttpRequest(options=Options(total_s=7.0)))
    page = user.page("settings")
    user.fill(line(user, page, "Total"), typed)
    assert user.request.options.total_s == value


@pytest.mark.parametrize("typed", ["soon", "-1", "nan", "1e12"])
def test_what_is_no_limit_is_told_and_changes_nothing(user, typed):
    user.open(HttpRequest(options=Options(total_s=7.0)))
    page = user.page("settings")
    total = line(user, page, "Total")
    user.fill(total, typed)
    assert faults(page) == ["Use a number of seconds, like 30, or none for no limit."]
    assert total.property("invalid")
    # The other fields still count.
    user.fill(line(user, page, "Connect"), "4")
    assert user.request.options.connect_s == 4.0
    user.fill(total, "9")
    assert faults(page) == []
    assert user.request.options.total_s == 9.0


def test_values_of_the_request_are_shown(user):
    user.open(HttpRequest(options=Options(total_s=0.0, headers_s=2.5, max_redirects=3, verify=False, min_tls="1.3")))
    page = user.page("settings")
    assert line(user, page, "Total").text() == "none"
    assert line(user, page, "Headers").text() == "2.5"
    assert line(user, page, "Connect").text() == ""
    assert line(user, page, "At most").text() == "3"
    assert user.field(page, QComboBox, "Verify the certificate").currentText() == "Off"
    assert user.field(page, QComboBox, "Lowest version").currentText() == "1.3"


def test_a_value_that_only_the_file_knows_is_shown_and_kept(user):
    user.open(HttpRequest(options=Options(min_tls="1.4")))
    page = user.page("settings")
    assert user.field(page, QComboBox, "Lowest version").currentText() == "1.4"
    choose(user, page, "Verify the certificate", "Off")
    assert user.request.options == Options(min_tls="1.4", verify=False)


def test_an_empty_field_says_what_counts(user):
    user.open()
    page = user.page("settings")
    assert line(user, page, "Total").placeholderText() == "As in settings: 300 s"
    options = msgspec.structs.replace(user.services.settings.value.options, total_s=0.0, verify=False)
    user.services.settings.change(options=options)
    assert line(user, page, "Total").placeholderText() == "As in settings: none"
    assert user.field(page, QComboBox, "Verify the certificate").currentText() == "As in settings: Off"


def test_switches_are_on_off_or_as_in_the_settings(user):
    user.open()
    page = user.page("settings")
    choose(user, page, "Follow redirects", "Off")
    choose(user, page, "Use the cookie jar", "On")
    assert user.request.options == Options(follow_redirects=False, cookies=True)
    combo = user.field(page, QComboBox, "Follow redirects")
    choose(user, page, "Follow redirects", combo.itemText(0))
    assert user.request.options == Options(cookies=True)
    assert user.pane.tabs.tabData(4) == "dot"


@pytest.mark.parametrize(("typed", "value"), [("0", 0), ("20", 20), ("", None), ("many", None)])
def test_redirects_are_counted_in_whole_numbers(user, typed, value):
    user.open()
    page = user.page("settings")
    user.fill(line(user, page, "At most"), typed)
    assert user.request.options.max_redirects == value
    assert faults(page) == (["Use a whole number, like 10."] if typed == "many" else [])


def test_a_client_certificate_has_a_file_a_key_and_a_masked_passphrase(user):
    user.open()
    page = user.page("settings")
    user.fill(line(user, page, "Client certificate"), "me.pfx")
    user.fill(line(user, page, "Passphrase"), "open")
    assert user.request.options.client_certificate == ClientCertificate(file="me.pfx", passphrase="open")
    assert line(user, page, "Passphrase").echoMode() == QLineEdit.EchoMode.Password
    user.fill(line(user, page, "Client certificate"), "")
    user.fill(line(user, page, "Passphrase"), "")
    assert user.request.options.client_certificate is None


def test_a_request_may_go_around_the_proxy_or_through_one_of_its_own(user):
    user.open()
    page = user.page("settings")
    choose(user, page, "Proxy for this request", "None")
    assert user.request.options.proxy == Proxy(mode=ProxyMode.NONE, bypass=())
    assert not [each for each in page.findChildren(QLineEdit) if each.isVisible() and "proxy" in each.accessibleName()]
    choose(user, page, "Proxy for this request", "Manual")
    user.fill(line(user, page, "URL of the proxy"), "http://p.example:3128")
    user.fill(line(user, page, "User name at the proxy"), "me")
    user.fill(line(user, page, "Password at the proxy"), "s3cret")
    assert line(user, page, "Password at the proxy").echoMode() == QLineEdit.EchoMode.Password
    wanted = Proxy(mode=ProxyMode.MANUAL, url="http://p.example:3128", username="me", password="s3cret", bypass=())
    assert user.request.options.proxy == wanted
    choose(user, page, "Proxy for this request", user.field(page, QComboBox, "Proxy for this request").itemText(0))
    assert user.request.options == Options()


def test_a_proxy_of_the_request_is_shown(user):
    user.open(HttpRequest(options=Options(proxy=Proxy(mode=ProxyMode.MANUAL, url="http://p:1", bypass=("a",)))))
    page = user.page("settings")
    assert user.field(page, QComboBox, "Proxy for this request").currentText() == "Manual"
    assert line(user, page, "URL of the proxy").text() == "http://p:1"
    user.fill(line(user, page, "Total"), "5")
    assert user.request.options.proxy == Proxy(mode=ProxyMode.MANUAL, url="http://p:1", bypass=("a",))


def test_options_that_the_page_does_not_show_stay(user):
    kept = Options(unverified_hosts=("a.example",))
    user.open(HttpRequest(options=kept))
    page = user.page("settings")
    user.fill(line(user, page, "Total"), "5")
    assert user.request.options == Options(unverified_hosts=("a.example",), total_s=5.0)


@pytest.mark.parametrize(("width", "zoom"), [(340, 1.0), (480, 1.5), (1300, 1.5)])
def test_no_label_is_cut_and_no_input_is_outside(user, width, zoom):
    user.open(width=width)
    theme.set_zoom(zoom)
    try:
        page = user.page("settings")
        user.settle(lambda: all(is_inside(each, page) for each in controls(page)))
        for label in page.findChildren(QLabel):
            if label.isVisible() and label.text():
                needed = label.heightForWidth(label.width()) if label.wordWrap() else label.sizeHint().height()
                assert label.height() >= needed, label.text()
                assert label.wordWrap() or label.width() >= label.sizeHint().width(), label.text()
    finally:
        theme.set_zoom(1.0)
