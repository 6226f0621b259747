"""What a saved answer is called."""

import pytest

from httpdesk.core.exchange import Head, Hop
from httpdesk.ui.body_files import file_name


def named(url="http://a/", content_type="", disposition=""):
    headers = [("Content-Type", content_type)] if content_type else []
    headers += [("Content-Disposition", disposition)] if disposition else []
    return file_name(Hop(method="GET", url=url, head=Head(status=200, reason="OK", headers=tuple(headers))))


@pytest.mark.parametrize(
    ("disposition", "name"),
    [
        ('attachment; filename="orders 7.csv"', "orders 7.csv"),
        ("attachment; filename=orders.csv", "orders.csv"),
        ('attachment; FILENAME = "a.csv"; size=3', "a.csv"),
        ("attachment; filename=x; filename*=UTF-8''%D0%96.txt", "Ж.txt"),
        ("attachment; filename*=nonsense''a; filename=b.txt", "b.txt"),
        ('attachment; filename="say \\"hi\\".txt"', "say -hi-.txt"),
        ('attachment; filename="../../etc/passwd"', "passwd.bin"),
        ('attachment; filename="C:\\\\temp\\\\x.exe"', "x.exe"),
        ('attachment; filename="CON.txt"', "_CON.txt"),
        ('attachment; filename=".bashrc"', "untitled.bashrc"),
        ('attachment; filename="a\u202etxt.exe"', "a-txt.exe"),
        ("inline", "response.bin"),
    ],
)
def test_the_name_of_the_server_is_taken_and_made_safe(disposition, name):
    assert named(disposition=disposition) == name


@pytest.mark.parametrize(
    ("url", "content_type", "name"),
    [
        ("http://a/v1/orders?x=1", "application/json", "orders.json"),
        ("http://a/logo.png", "image/png", "logo.png"),
        ("http://a/", "text/html; charset=utf-8", "response.html"),
        ("http://a/users/", "application/hal+json", "users.json"),
        ("http://a/%D0%96%2Fb", "", "b.bin"),
        ("http://[bad", "", "response.bin"),
    ],
)
def test_else_the_url_and_the_type_make_the_name(url, content_type, name):
    assert named(url, content_type) == name
