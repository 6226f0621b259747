"""Auth: a form for each scheme, and nothing typed is lost on the way between them."""

import pytest
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QToolButton

from httpdesk.core.auth import SCHEMES, ApiKeyAuth, BasicAuth, BearerAuth, InheritAuth, NoAuth, form_of
from httpdesk.core.request import HttpRequest


def choose(user, page, words):
    combo = user.field(page, QComboBox, "Authentication")
    combo.setCurrentText(words)
    combo.activated.emit(combo.currentIndex())


def words(page):
    return [label.text() for label in page.findChildren(QLabel) if label.isVisible() and label.text()]


def test_a_new_request_asks_its_folder(user):
    user.open()
    page = user.page("auth")
    assert "The folder or collection above decides." in words(page)
    assert user.request.auth == InheritAuth()


def test_basic_takes_a_name_and_a_masked_password(user):
    user.open()
    page = user.page("auth")
    choose(user, page, "Basic")
    user.fill(user.field(page, QLineEdit, "User name"), "ada")
    password = user.field(page, QLineEdit, "Password")
    user.fill(password, "pa:ss")
    assert user.request.auth == BasicAuth(username="ada", password="pa:ss")
    assert password.echoMode() == QLineEdit.EchoMode.Password
    user.field(page, QToolButton, "Show").click()
    assert password.echoMode() == QLineEdit.EchoMode.Normal
    assert any("never written to the request's file" in line for line in words(page))


def test_a_reference_is_shown_in_clear(user):
    user.open(HttpRequest(auth=BearerAuth(token="{{token}}")))
    page = user.page("auth")
    assert user.field(page, QLineEdit, "Token").echoMode() == QLineEdit.EchoMode.Normal
    assert not any("never written" in line for line in words(page))


def test_the_prefix_of_a_bearer_token_can_be_changed(user):
    user.open(HttpRequest(auth=BearerAuth(token="{{token}}")))
    page = user.page("auth")
    user.fill(user.field(page, QLineEdit, "Prefix"), "Token")
    assert user.request.auth == BearerAuth(token="{{token}}", prefix="Token")


def test_an_api_key_goes_where_it_is_wanted(user):
    user.open()
    page = user.page("auth")
    choose(user, page, "API key")
    user.fill(user.field(page, QLineEdit, "Name"), "key")
    user.fill(user.field(page, QLineEdit, "Key"), "{{token}}")
    place = user.field(page, QComboBox, "Add to")
    place.setCurrentText("query")
    place.textActivated.emit("query")
    assert user.request.auth == ApiKeyAuth(key="key", value="{{token}}", placement="query")


def test_a_scheme_that_one_comes_back_to_is_as_it_was(user):
    user.open(HttpRequest(auth=BearerAuth(token="abc")))
    page = user.page("auth")
    choose(user, page, "No auth")
    assert user.request.auth == NoAuth()
    choose(user, page, "Bearer token")
    assert user.request.auth == BearerAuth(token="abc")
    assert user.field(page, QLineEdit, "Token").text() == "abc"


@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_scheme_has_a_field_for_all_that_it_declares(user, scheme):
    user.open(HttpRequest(auth=scheme()))
    page = user.page("auth")
    for field in form_of(scheme).values():
        assert user.field(page, QComboBox if field.choices else QLineEdit, field.label)
    assert user.pane.tabs.tabData(2) == ("dot" if form_of(scheme) else "")
