import os
import stat
import sys

import msgspec
import pytest

from httpdesk.core.auth import ApiKeyAuth, BasicAuth, BearerAuth
from httpdesk.core.options import ClientCertificate, Options, Proxy, ProxyMode
from httpdesk.core.request import HttpRequest
from httpdesk.core.settings import Settings
from httpdesk.store import atomic, file_names, places, session, settings

PROXY = Proxy(mode=ProxyMode.MANUAL, url="http://me:CANARY@proxy:1", username="me", password="CANARY")
OPTIONS = Options(total_s=5.0, proxy=PROXY, client_certificate=ClientCertificate(file="c.pem", passphrase="CANARY"))


@pytest.fixture
def file(tmp_path):
    return tmp_path / "deep" / "state.json"


def test_a_session_comes_back(file):
    tab = session.Tab(path="a/b.yml", title="B", draft=HttpRequest(method="PUT", url="{{x}}"), preview=True)
    state = session.Session(workspace="/w", recent=("/w",), tabs=(tab,), closed=(tab,), current=0, window={"a": "b"})
    assert session.load(file) == (session.Session(), "")
    session.save(file, state)
    assert session.load(file) == (state, "")


@pytest.mark.parametrize(
    "auth",
    [BasicAuth(username="u", password="CANARY"), BearerAuth(token="CANARY"), ApiKeyAuth(value="CANARY")],
    ids=lambda auth: type(auth).__name__,
)
def test_no_secret_is_in_a_session(file, auth):
    tab = session.Tab(draft=HttpRequest(url="http://x", auth=auth, options=OPTIONS))
    session.save(file, session.Session(tabs=(tab,), closed=(tab,)))
    assert "CANARY" not in file.read_text()
    session.save(file, session.Session(tabs=(session.Tab(draft=HttpRequest(auth=BearerAuth(token="{{t}}"))),)))
    assert "{{t}}" in file.read_text()


def test_no_secret_is_in_the_settings_and_all_else_is(file):
    chosen = Settings(theme="dark", zoom_percent=125, options=OPTIONS)
    settings.save(file, chosen)
    assert "CANARY" not in file.read_text()
    loaded, fault = settings.load(file)
    assert fault == ""
    assert (loaded.theme, loaded.zoom_percent, loaded.options.total_s) == ("dark", 125, 5.0)
    assert loaded.options.proxy == msgspec.structs.replace(PROXY, url="http://me@proxy:1", password="")


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_private_files_are_for_their_owner_only(file):
    settings.save(file, Settings())
    file.chmod(0o644)
    settings.save(file, Settings(theme="dark"))
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


@pytest.mark.parametrize(
    "data", [b"", b"{", b"[]", b'{"theme": 5}', b"\xff\xfe", b'{"zoom_percent": "x"}', b"[" * 99_999]
)
def test_a_broken_file_is_set_aside_and_named(file, data):
    file.parent.mkdir()
    for number in (1, 2):
        file.write_bytes(data)
        loaded, fault = settings.load(file)
        assert loaded == Settings()
        assert f"state.json.broken-{number}" in fault
        assert (file.parent / f"state.json.broken-{number}").read_bytes() == data
        assert not file.exists()


def test_half_a_character_does_not_keep_a_session_from_being_saved(file):
    tabs = (session.Tab(title="a", draft=HttpRequest(url="http://\ud83d")), session.Tab(title="b"))
    session.save(file, session.Session(tabs=tabs))
    loaded, fault = session.load(file)
    assert fault == ""
    assert loaded.tabs == (session.Tab(title="a", draft=HttpRequest(url="http://?")), tabs[1])


def test_settings_of_a_newer_program_are_read(file):
    file.parent.mkdir()
    file.write_text('{"theme": "light", "unheard_of": {"a": 1}}')
    assert settings.load(file) == (Settings(theme="light"), "")


def test_a_write_is_whole_or_has_not_happened(tmp_path):
    target = tmp_path / "a.txt"
    atomic.write(target, b"one")
    folder = tmp_path / "folder"
    (folder / "x").mkdir(parents=True)
    with pytest.raises(OSError, match=r".*"):
        atomic.write(folder, b"two")
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["a.txt", "folder"]
    atomic.write(target, b"two")
    assert target.read_bytes() == b"two"


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_a_write_keeps_the_permissions_of_the_file(tmp_path):
    target = tmp_path / "a.txt"
    target.write_bytes(b"one")
    target.chmod(0o640)
    atomic.write(target, b"two")
    assert stat.S_IMODE(target.stat().st_mode) == 0o640


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("Pets", "Pets"),
        ("aux", "_aux"),
        ("COM1.txt", "_COM1.txt"),
        ("...", "untitled"),
        (" a  b ", "a b"),
        ("a/b\\c:d", "a-b-c-d"),
        ("-rf", "_-rf"),
        (".hidden", "hidden"),
        ("Environments", "_Environments"),
        ("e\u0301", "\xe9"),
        ("\U0001f600" * 30, "\U0001f600" * 15),
        ("a\ud800b", "a?b"),
    ],
)
def test_file_names_are_safe_on_every_system(name, safe):
    assert file_names.safe(name) == safe.replace("?", "-")


def test_file_names_are_unique_whatever_the_case():
    assert file_names.unique("Pets", ["pets", "PETS 2"]) == "Pets 3"
    assert file_names.unique("Stra\xdfe", ["STRASSE"]) == "Stra\xdfe 2"
    assert file_names.unique("\xe9", ["e\u0301"]) == "\xe9 2"


def test_one_variable_puts_all_places_under_one_folder(monkeypatch, tmp_path):
    monkeypatch.setenv("HTTPDESK_HOME", str(tmp_path))
    found = places.find()
    assert found.settings_file == tmp_path / "config/settings.json"
    assert found.session_file == tmp_path / "data/session.json"
    assert found.workspace == tmp_path / "workspace"
    assert str(os.getpid()) in found.spool_folder.name


@pytest.mark.parametrize("platform", ["linux", "darwin", "win32"])
def test_every_system_has_places(monkeypatch, tmp_path, platform):
    monkeypatch.delenv("HTTPDESK_HOME")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "local"))
    monkeypatch.setenv("XDG_CONFIG_HOME", "relative/is/ignored")
    monkeypatch.setattr(sys, "platform", platform)
    found = places.find()
    folders = (found.config, found.data, found.cache, found.workspace)
    assert all(folder.is_relative_to(tmp_path) and "httpdesk" in folder.as_posix() for folder in folders)


def test_what_cannot_be_read_is_set_aside_before_the_next_write(file):
    file.mkdir(parents=True)
    loaded, fault = settings.load(file)
    assert loaded == Settings()
    assert "could not be read" in fault
    assert "state.json.broken-1" in fault
    settings.save(file, Settings(theme="dark"))
    assert settings.load(file) == (Settings(theme="dark"), "")


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("http://me:CANARY@proxy:1", "http://me@proxy:1"),
        ("me:CANARY@proxy:1", "me@proxy:1"),
        ("http://me:CAN@RY@proxy:1", "http://me@proxy:1"),
        ("http://me:CAN/RY@proxy:1", "http://me@proxy:1"),
        ("http://me:CANARY@{{proxy}}", "http://me@{{proxy}}"),
        ("http://me:{{password}}@proxy:1", "http://me:{{password}}@proxy:1"),
        ("http://me@proxy:1", "http://me@proxy:1"),
        ("proxy:1", "proxy:1"),
    ],
)
def test_the_password_in_the_url_of_a_proxy_reaches_no_file(file, url, kept):
    options = Options(proxy=Proxy(mode=ProxyMode.MANUAL, url=url))
    settings.save(file, Settings(options=options))
    loaded, _ = settings.load(file)
    assert loaded.options.proxy is not None
    assert loaded.options.proxy.url == kept
