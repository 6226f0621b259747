"""The other commands, and what none of them may do."""

import signal
import subprocess
import sys
import urllib.request

import pytest

from httpdesk import __version__
from httpdesk.net.problems import EXIT_CODES
from tests.cli.command import PATIENCE_S, ROOT, environment, httpdesk, started
from tests.peers.peer import free_port


def test_version_and_help():
    assert httpdesk("--version").text == f"httpdesk {__version__}\n"
    text = httpdesk("send", "--help").text
    for option in ("--header", "--data", "--file", "--form", "--timeout", "--insecure", "--env", "--json", "--fail"):
        assert option in text


def test_the_help_lists_every_exit_code():
    text = httpdesk("send", "--help").text.partition("exit codes:")[2]
    listed = {int(line.split()[0]) for line in text.strip().splitlines()}
    assert listed == {*EXIT_CODES.values(), 0, 1, 22, 130}


@pytest.mark.parametrize(
    "code",
    [
        "from httpdesk.cli import run; run(['send', 'http://127.0.0.1:1/'])",
        "import httpdesk.cli.send, httpdesk.cli.serve, httpdesk.cli.printing",
    ],
)
def test_commands_without_a_window_load_no_toolkit(code):
    check = f"import sys; {code}; print([name for name in sys.modules if name.split('.')[0] in ('PySide6', 'qasync')])"
    done = subprocess.run(
        [sys.executable, "-c", check], capture_output=True, env=environment(), timeout=PATIENCE_S, check=True, cwd=ROOT
    )
    assert done.stdout.decode().strip() == "[]"


def test_wrong_usage_loads_nothing_of_the_network():
    check = "import sys; from httpdesk.cli.options import parse; parse(['send', 'x']); print('aiohttp' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", check], capture_output=True, env=environment(), timeout=PATIENCE_S, check=True
    )
    assert done.stdout.decode().strip() == "False"


def test_serve_echo_answers_until_it_is_told_to_end():
    port = free_port()
    process = started("serve", "echo", "--port", port)
    with process:
        url = process.stdout.readline().decode().strip()
        assert url == f"http://127.0.0.1:{port}"
        with urllib.request.urlopen(f"{url}/status/200", timeout=PATIENCE_S) as answer:
            assert answer.status == 200
        taken = httpdesk("serve", "echo", "--port", port)
        assert taken.code == 1
        assert f"cannot listen on port {port}" in taken.err
        process.send_signal(getattr(signal, "CTRL_BREAK_EVENT", signal.SIGINT))
        _, err = process.communicate(timeout=PATIENCE_S)
        assert b"Traceback" not in err
        assert sys.platform == "win32" or process.returncode == 0


def test_open_says_when_the_folder_is_none(tmp_path):
    ended = httpdesk("open", tmp_path / "missing")
    assert ended.code == 4
    assert "missing does not exist" in ended.err
    (tmp_path / "file").write_bytes(b"")
    assert "file is not a folder" in httpdesk("open", tmp_path / "file").err


def test_unknown_commands_are_wrong_usage():
    ended = httpdesk("sned", "x")
    assert ended.code == 2
    assert "invalid choice: 'sned'" in ended.err
