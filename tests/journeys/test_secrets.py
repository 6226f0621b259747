"""Canaries: secrets that were typed, used and sent are in no file of the program or the workspace."""

import asyncio
import base64
import contextlib
import json
import secrets
import sqlite3
import zlib
from urllib.parse import quote, quote_plus

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from httpdesk.core.redact import MASK
from httpdesk.ui.env_switch import EnvSwitch
from httpdesk.ui.environments_model import SECRET
from httpdesk.ui.environments_table import VariablesTable
from tests.drivers import places_in, until
from tests.peers.proxy import ForwardProxy

KEY = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier


def canary(name):
    """A secret with letters that each way of writing changes."""
    return f'{name} "{secrets.token_hex(6)}"&+/é'


def spellings(secret):
    """The secret as it may stand in a file: plain, in URLs, in JSON, in Base64 at each of its three offsets."""
    plain = secret.encode()
    found = {plain, quote(secret, safe="").encode(), quote_plus(secret).encode(), quote(secret).encode()}
    found |= {json.dumps(secret)[1:-1].encode(), json.dumps(secret, ensure_ascii=False)[1:-1].encode()}
    found |= {secret.replace('"', '\\"').encode(), secret.replace("'", "''").encode()}
    for encode in (base64.b64encode, base64.urlsafe_b64encode):
        for before in range(3):
            whole = encode(bytes(before) + plain)
            # The first and last letters depend on what stands beside the secret.
            found.add(whole[4 if before else 0 : len(whole) // 4 * 4 - 4])
    # The middle of a canary is random: it alone is enough.
    return found | {secret.split('"')[1].encode()}


def leaks(folder, planted):
    """Which secrets are in which files."""
    return [
        (name, str(file.relative_to(folder)))
        for file in folder.rglob("*")
        if file.is_file()
        for name, secret in planted.items()
        if any(spelling in data for data in contents(file) for spelling in spellings(secret))
    ]


def contents(file):
    """The bytes of a file, and those of a database also as its cells, unpacked where they are packed."""
    yield file.read_bytes()
    if file.name == "history.db":
        for cell in cells(file):
            yield zlib.decompress(cell) if cell[:1] == b"\x78" else cell


def cells(file):
    """Every value of the history."""
    with contextlib.closing(sqlite3.connect(file)) as database:
        for table in ("exchange", "record", "body", "text"):
            for row in database.execute(f"select * from {table}"):
                yield from (cell if isinstance(cell, bytes) else str(cell).encode() for cell in row)


async def plant_variable(person, secret):
    """A secret variable of the environment in use."""
    await until(lambda: person.program.variables.environments)
    person.ctrl(KEY.Key_E, SHIFT)
    table = await until(lambda: next((t for t in person.window.findChildren(VariablesTable) if t.isVisible()), None))
    # Marked before its value is typed: whoever marks a variable after that had it in the file for that long.
    await person.fill(table.accessibleName(), 3, "hidden", "")
    person.click(table.viewport(), table.visualRect(table.model().index(3, SECRET)).center())
    await person.fill(table.accessibleName(), 3, secret, column=2)
    person.button("Use")
    person.button("Done")
    assert person.find(EnvSwitch, "Environment: Local")


async def plant_settings(person, planted, proxy):
    """Passphrase and proxy password of the whole program."""
    for page, fields in (
        ("tls", {"Passphrase": planted["passphrase"]}),
        ("proxy", {"User name": "user", "Password": planted["proxy password"], "URL": proxy.url, "Reach directly": ""}),
    ):
        person.program.commands.open_settings(page)
        if page == "proxy":
            person.pick("Use", "Manual")
        for name, text in fields.items():
            field = await person.see(QLineEdit, name)
            person.retype(field, "")
            person.paste(text) if text else None
        person.button("Done")
    assert person.program.settings.value.options.proxy.password == planted["proxy password"]
    assert person.program.settings.value.options.client_certificate.passphrase == planted["passphrase"]


async def plant_auth(person, scheme, field, secret):
    """A secret of the request itself."""
    person.page("auth")
    await person.choose("Authentication", scheme)
    person.retype(await person.see(QLineEdit, field), "")
    person.paste(secret)


def assert_masked_in_crash_reports(guard, planted):
    """A mistake of ours whose message holds all that is secret."""
    asyncio.get_running_loop().call_exception_handler({"message": "\n".join(["mistake", *planted.values()])})
    report = guard.reports.pop()
    assert "mistake" in report
    assert [name for name, secret in planted.items() if secret in report] == []


@pytest.mark.limit_s(90)
async def test_no_secret_is_ever_in_a_file(httpdesk, tmp_path):
    planted = {name: canary(name) for name in ("auth password", "bearer token", "api key", "secret variable")}
    planted |= {name: canary(name) for name in ("passphrase", "proxy password", "request proxy password")}
    with ForwardProxy(user="user", password=planted["proxy password"]) as proxy:
        async with httpdesk() as person:
            await until(lambda: len(person.rows) == 7)
            await plant_variable(person, planted["secret variable"])
            await plant_settings(person, planted, proxy)
            person.ctrl(KEY.Key_QuoteLeft)
            for scheme, field, name in (
                ("Basic", "Password", "auth password"),
                ("Bearer token", "Token", "bearer token"),
                ("API key", "Key", "api key"),
            ):
                person.new_request("{{echo}}/anything")
                person.page("body")
                person.pick("Body format", "Form")
                await person.fill("Form fields", 0, "field", "{{hidden}}")
                await plant_auth(person, scheme, field, planted[name])
                await person.send()
                assert person.status == "200 OK"
                # Saved, and changed again so that a draft is kept too.
                await person.save(f"With {scheme}")
                person.type_url("{{echo}}/anything?changed")
            # Each one really was on the wire.
            assert proxy.seen
            assert any(planted["api key"] in str(header) for header in person.echo["headers"])
            await plant_request_proxy(person, planted, proxy)
            assert not leaks(tmp_path, planted)
            # A look at every page, and a failed send, whose details go to the console.
            person.type_url("http://127.0.0.1:9/{{hidden}}")
            await person.send()
            assert_masked_in_crash_reports(person.program.crash, planted)
            person.ctrl(KEY.Key_W)
            await until(lambda: person.program.documents.closed)
            await until(person.program.places.session_file.exists)
            assert not leaks(tmp_path, planted)
    assert not leaks(tmp_path, planted)
    assert_kept_with_masks(places_in(tmp_path).history_folder / "history.db")
    # The files are there, and hold what is no secret.
    assert "hidden" in (tmp_path / "workspace" / "environments" / "Local.yml").read_text("utf-8")
    assert proxy.url in places_in(tmp_path).settings_file.read_text("utf-8")
    assert (tmp_path / "workspace" / "Try httpdesk" / "With Basic.yml").exists()


def assert_kept_with_masks(file):
    """All that was sent is in the history: what the server echoed, too, with the secrets masked in it."""
    kept = list(contents(file))
    assert sum(b'"written"' in cell for cell in kept) == 5
    echoed = [cell for cell in kept if cell.startswith(b'{\n  "method"')]
    assert any(f"Bearer {MASK}".encode() in cell for cell in echoed)
    assert any(f"field={MASK}".encode() in cell for cell in echoed)


async def plant_request_proxy(person, planted, proxy):
    """A password in a proxy's URL, of one request alone."""
    person.page("settings")
    await person.choose("Proxy for this request", "Manual")
    person.retype(await person.see(QLineEdit, "URL of the proxy"), proxy.url)
    person.retype(await person.see(QLineEdit, "User name at the proxy"), "user")
    person.retype(await person.see(QLineEdit, "Password at the proxy"), "")
    person.paste(planted["request proxy password"])
    assert person.tab.request.options.proxy.password == planted["request proxy password"]
    await person.send()
    assert person.status.startswith(("407", "Not sent", "Proxy"))
    await person.save()


def test_a_canary_is_found_however_it_is_written(tmp_path):
    secret = canary("basic")
    for number, user in enumerate(("", "a", "ab", "httpdesk")):
        folder = tmp_path / str(number)
        folder.mkdir()
        (folder / "file").write_bytes(b"Basic " + base64.b64encode(f"{user}:{secret}".encode()))
        assert leaks(folder, {"basic": secret}) == [("basic", "file")]
    for written in (secret, quote(secret), json.dumps({"x": secret})):
        (tmp_path / "0" / "file").write_text(written, "utf-8")
        assert leaks(tmp_path / "0", {"basic": secret})
    assert not leaks(tmp_path / "0", {"basic": canary("basic")})


async def test_a_secret_alone_leaves_nothing_to_save_and_lives_as_long_as_the_program(httpdesk):
    """The file never gets it, so the tab could be saved for ever and stay unsaved."""
    async with httpdesk() as person:
        await until(lambda: len(person.rows) == 7)
        person.new_request("{{echo}}/auth/bearer")
        await plant_auth(person, "Bearer token", "Token", "secret")
        await person.save("Door")
        tab = person.tab
        await person.send()
        assert person.status == "200 OK"
        person.ctrl(KEY.Key_W)
        await until(lambda: tab not in person.program.desk.documents)
        assert person.notice == ""
        person.ctrl(KEY.Key_T, SHIFT)
        await until(lambda: person.titles[-1] == "Door")
        await person.send()
        assert person.status == "200 OK"
    async with httpdesk() as person:
        await until(lambda: person.titles == ["Door"])
        assert not person.tab.dirty
        await person.send()
        assert person.status.startswith("401")
