"""httpdesk send: what it sends, what it prints, and its exit codes."""

import json
import os
import socket
import subprocess
import sys
import time

import pytest

from tests.cli.command import COMMAND, PATIENCE_S, environment, httpdesk, started
from tests.peers import certificates
from tests.peers.dead import SilentPeer
from tests.peers.peer import free_port
from tests.peers.proxy import ForwardProxy
from tests.peers.tls import TlsServer
from tests.zoo.server import Zoo


def sent(*arguments, **options):
    """What the echo server got."""
    ended = httpdesk("send", *arguments, **options)
    assert ended.code == 0, ended.err
    assert ended.err == ""
    return json.loads(ended.out)


def test_into_a_pipe_goes_the_body_and_nothing_else(echo):
    ended = httpdesk("send", f"{echo}/status/404")
    assert ended.code == 0
    assert ended.err == ""
    got = sent(f"{echo}/anything?a=1", "-H", "X-One: 1", "--header", "X-Two:2", "-H", "Accept:", "-H", "X-Empty;")
    assert got["method"] == "GET"
    headers = dict(got["headers"])
    assert headers["X-One"] == "1"
    assert headers["X-Two"] == "2"
    assert headers["X-Empty"] == ""
    assert "Accept" not in headers
    assert headers["User-Agent"].startswith("httpdesk/")


def test_data_is_sent_with_its_type(echo, tmp_path):
    got = sent(f"{echo}/anything", "-d", '{"name": "Ada"}')
    assert got["method"] == "POST"
    assert got["body"] == '{"name": "Ada"}'
    assert dict(got["headers"])["Content-Type"] == "application/json"
    got = sent("put", f"{echo}/anything", "-d", "a=1", "-d", "b=2")
    assert got["method"] == "PUT"
    assert got["body"] == "a=1&b=2"
    assert dict(got["headers"])["Content-Type"] == "application/x-www-form-urlencoded"
    (tmp_path / "body.txt").write_text("{{who}} says hi", "utf-8")
    got = sent("PATCH", "-d", "@body.txt", f"{echo}/anything", "--var", "who=Zoë", cwd=tmp_path)
    assert got["method"] == "PATCH"
    assert got["body"] == "Zoë says hi"
    assert sent(f"{echo}/anything", "-d", "@-", stdin=b"from stdin")["body"] == "from stdin"


def test_files_and_forms_are_sent(echo, tmp_path):
    (tmp_path / "a.bin").write_bytes(bytes(range(256)) * 10)
    got = sent(f"{echo}/anything", "--file", "a.bin", cwd=tmp_path)
    assert got["body_size"] == 2560
    got = sent(f"{echo}/anything", "--form", "a=1 2", "--form", "b=ü")
    assert got["body"] == "a=1+2&b=%C3%BC"
    got = sent(f"{echo}/anything", "--form", "a=1", "--form", "f=@a.bin", cwd=tmp_path)
    assert dict(got["headers"])["Content-Type"].startswith("multipart/form-data; boundary=")


def test_credentials_are_sent_and_not_shown(echo):
    ended = httpdesk("send", "--user", "ada:secret-word", "-v", f"{echo}/auth/basic?user=ada&password=secret-word")
    assert ended.code == 0
    assert "< HTTP/1.1 200 OK" in ended.err
    assert "YWRhOnNlY3JldC13b3Jk" not in ended.err
    assert dict(sent("--bearer", "abc", f"{echo}/anything")["headers"])["Authorization"] == "Bearer abc"
    with_user = echo.replace("://", "://ada:pass%20word@")
    assert dict(sent(f"{with_user}/anything")["headers"])["Authorization"] == "Basic YWRhOnBhc3Mgd29yZA=="


def test_variables_come_from_files_and_options(echo, tmp_path):
    (tmp_path / "Staging.yml").write_text(
        f"name: Staging\nvariables:\n- name: base\n  value: {echo}\n- name: token\n  secret: true\n", "utf-8"
    )
    (tmp_path / ".env").write_text(f"# local\nexport BASE={echo}  # here\nWORD='a b'\n", "utf-8")
    yml = ["--env", "Staging.yml", "{{base}}/anything/:id", "--var", "id=7", "--bearer", "{{token}}"]
    ended = httpdesk("send", *yml, "--var", "token=verysecret", "--json", cwd=tmp_path)
    assert ended.code == 0
    assert json.loads(ended.out)["url"] == f"{echo}/anything/7"
    assert "verysecret" not in ended.text + ended.err
    got = sent("--env", ".env", "{{BASE}}/anything?q={{WORD}}", cwd=tmp_path)
    assert got["query"] == [["q", "a b"]]
    ended = httpdesk("send", *yml, cwd=tmp_path)
    assert ended.code == 3
    assert ended.out == b""
    assert "Variable token has no value" in ended.err
    assert "--var token=VALUE" in ended.err


def test_json_tells_all_about_the_exchange(echo):
    ended = httpdesk("send", f"{echo}/redirect/2", "--json")
    report = json.loads(ended.out)
    assert ended.code == report["exit_code"] == 0
    assert report["outcome"] == "done"
    assert report["status"] == 200
    assert [hop["status"] for hop in report["hops"]] == [302, 302, 200]
    assert ["Content-Type", "application/json; charset=utf-8"] in report["headers"]
    assert {"tcp", "send", "wait", "download"} <= {each["phase"] for each in report["hops"][0]["phases"]}
    assert report["timing"]["wait"] > 0
    assert report["hops"][0]["connection"]["peer"] in echo
    assert report["body"]["complete"]
    assert report["problem"] is None


def test_include_prints_status_and_headers(echo):
    ended = httpdesk("send", "-i", "--no-redirects", f"{echo}/redirect/1")
    head, _, _body = ended.text.partition("\n\n")
    assert head.startswith("HTTP/1.1 302 Found\n")
    assert "\nLocation: " in head


def test_fail_makes_an_exit_code_of_the_status(echo):
    assert httpdesk("send", "--fail", f"{echo}/status/500").code == 22
    assert httpdesk("send", "--fail", f"{echo}/status/204").code == 0


def test_output_saves_the_body(echo, tmp_path):
    ended = httpdesk("send", f"{echo}/bytes/100000", "-o", "saved.bin", "--json", cwd=tmp_path)
    assert ended.code == 0
    assert json.loads(ended.out)["body"] == {
        "bytes": 100_000,
        "wire_bytes": 100_000,
        "encodings": [],
        "complete": True,
        "saved_to": "saved.bin",
    }
    assert (tmp_path / "saved.bin").stat().st_size == 100_000
    ended = httpdesk("send", f"{echo}/bytes/10", "-o", "no/such/folder", cwd=tmp_path)
    assert ended.code == 23
    assert "folder cannot be written" in ended.err


def test_a_large_body_goes_through_byte_for_byte(echo):
    """More than the pipe and the memory of a spool hold."""
    ended = httpdesk("send", f"{echo}/bytes/5000000")
    assert len(ended.out) == 5_000_000
    assert ended.out[:4_999_936] == bytes(range(256)) * (4_999_936 // 256)


def test_a_body_is_printed_while_it_arrives(echo):
    process = started("send", f"{echo}/sse?count=1000&interval=0.05")
    with process:
        assert process.stdout.read1(4096)
        assert process.poll() is None
        process.kill()


def test_a_reader_who_has_enough_is_no_fault(echo):
    process = started("send", f"{echo}/bytes/50000000")
    with process:
        process.stdout.read(10)
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(PATIENCE_S) == 23


def test_nothing_is_left_in_the_folder_for_bodies(echo, own_folders):
    assert httpdesk("send", f"{echo}/bytes/5000000").code == 0
    assert [path for path in own_folders.rglob("*") if path.is_file()] == []


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["http://127.0.0.1:{port}/"], 7, "Connection refused"),
        (["http://no-such-host.invalid/"], 6, "no-such-host.invalid"),
        (["ftp://127.0.0.1/"], 2, "ftp:// cannot be sent here"),
        (["http://127.0.0.1/", "-H", "Bad Name: 1"], 2, "header name"),
        (["http://127.0.0.1/", "-H", "nothing"], 2, "-H nothing is not a header"),
        (["http://127.0.0.1/{{x}}"], 3, "Variable x has no value"),
        (["http://127.0.0.1/", "--var", "x"], 2, "--var x names no variable"),
        (["http://127.0.0.1/", "--env", "missing.yml"], 4, "missing.yml does not exist"),
        (["http://127.0.0.1/", "--file", "missing.bin"], 4, "missing.bin does not exist"),
        (["http://127.0.0.1/", "-d", "@missing.txt"], 4, "missing.txt does not exist"),
        (["https://127.0.0.1/", "--cacert", "missing.pem"], 4, "missing.pem does not exist"),
        (["A", "B", "C"], 2, "send takes a method and a URL, not 3 words"),
        (["--no-such-option", "http://127.0.0.1/"], 2, "unknown: --no-such-option"),
        (["http://127.0.0.1/", "--timeout", "soon"], 2, "invalid number of seconds value: 'soon'"),
    ],
)
def test_each_failure_has_its_words_and_its_exit_code(arguments, code, words, tmp_path):
    ended = httpdesk("send", *(word.replace("{port}", str(free_port())) for word in arguments), cwd=tmp_path)
    assert words in ended.err
    assert ended.code == code
    assert ended.out == b""
    assert "Traceback" not in ended.err


def test_a_problem_says_how_far_the_send_got_and_what_to_try():
    ended = httpdesk("send", f"http://127.0.0.1:{free_port()}/", "--json")
    lines = ended.err.splitlines()
    assert lines[0] == "httpdesk: Connection refused"
    assert any(line.startswith("  tcp        failed  refused") for line in lines)
    assert "  answer     -       not reached" in lines
    assert "  What to try:" in lines
    problem = json.loads(ended.out)["problem"]
    assert problem["kind"] == "refused"
    assert problem["steps"][2]["state"] == "failed"
    assert json.loads(httpdesk("send", "{{x}}", "--json").out)["problem"]["kind"] == "unknown-variable"


def test_time_limits_and_broken_answers():
    with SilentPeer() as peer:
        started = time.monotonic()
        ended = httpdesk("send", peer.url, "--timeout", "0.3")
        assert ended.code == 28
        assert time.monotonic() - started < 20
        assert "--timeout SECONDS" in ended.err
    with Zoo() as zoo:
        ended = httpdesk("send", f"{zoo.url}/length-short-fin")
        assert ended.code == 56
        assert ended.out == b"hello"
        assert ended.err == "httpdesk: The body ends after 5 of 10 bytes\n"


def test_certificates_are_checked_unless_told_otherwise(tmp_path):
    authority = certificates.write_authority(tmp_path)
    with TlsServer("good") as server:
        url = f"https://localhost:{server.port}/"
        ended = httpdesk("send", url)
        assert ended.code == 60
        assert "--insecure accepts any certificate" in ended.err
        assert json.loads(httpdesk("send", url, "--cacert", authority).out) == {"secure": True}
        ended = httpdesk("send", url, "--insecure", "-v")
        assert json.loads(ended.out) == {"secure": True}
        assert "certificate NOT checked" in ended.err


def test_a_proxy_is_used_when_it_is_named(echo):
    with ForwardProxy() as proxy:
        assert httpdesk("send", f"{echo}/anything", "--proxy", proxy.url).code == 0
        assert proxy.accepted == 1
        assert httpdesk("send", f"{echo}/anything", http_proxy=proxy.url, NO_PROXY="", HTTP_PROXY=proxy.url).code == 0
        assert httpdesk("send", f"{echo}/anything", "--proxy", "none").code == 0
        assert proxy.accepted == 1


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo terminals in Python")
class TestOnATerminal:
    def run(self, *arguments, **extra):
        """What a terminal would get."""
        import pty

        leader, follower = pty.openpty()
        process = subprocess.Popen(
            [*COMMAND, "send", *arguments],
            stdout=follower,
            stderr=follower,
            stdin=subprocess.DEVNULL,
            env=environment(TERM="xterm", **extra),
        )
        os.close(follower)
        pieces = []
        with process:
            while True:
                try:
                    piece = os.read(leader, 65_536)
                except OSError:  # how Linux says that nobody writes any more
                    break
                if not piece:
                    break
                pieces.append(piece)
            process.wait(PATIENCE_S)
        os.close(leader)
        return b"".join(pieces).decode().replace("\r\n", "\n")

    def test_status_headers_and_the_formatted_body_are_shown_in_colours(self, echo):
        shown = self.run(f"{echo}/anything", "-d", '{"a":[1]}')
        assert "\x1b[1;32mHTTP/1.1 200 OK\x1b[0m\n" in shown
        assert "\x1b[36mContent-Type\x1b[0m: application/json" in shown
        assert '  \x1b[36m"method"\x1b[0m' in shown
        assert " in " in shown.splitlines()[-1]

    def test_without_colours_where_they_are_not_wanted(self, echo):
        shown = self.run(f"{echo}/anything", NO_COLOR="1")
        assert "\x1b" not in shown
        assert '\n  "method": "GET",\n' in shown

    def test_an_answer_cannot_play_with_the_terminal(self, tmp_path):
        with socket.create_server(("127.0.0.1", 0)) as listener:
            url = f"http://127.0.0.1:{listener.getsockname()[1]}/"
            with subprocess.Popen([sys.executable, "-c", _EVIL, str(listener.fileno())], pass_fds=[listener.fileno()]):
                shown = self.run(url, NO_COLOR="1")
        assert "\x1b" not in shown
        assert "␛[2Jgone" in shown

    def test_a_picture_is_named_and_not_shown(self, echo):
        shown = self.run(f"{echo}/bytes/2000", NO_COLOR="1")
        assert "2 KB: -o FILE saves it." in shown


_EVIL = """
import socket, sys
listener = socket.socket(fileno=int(sys.argv[1]))
conn, _ = listener.accept()
conn.recv(65536)
head = b"HTTP/1.1 200 OK\\r\\nX-A: \\x1b[31mred\\r\\nContent-Type: text/plain\\r\\nConnection: close\\r\\n\\r\\n"
conn.sendall(head + b"\\x1b[2Jgone\\n")
conn.close()
"""


@pytest.mark.parametrize(
    ("arguments", "hint"),
    [
        (("GE T", "{echo}/anything"), "- Choose another method\n"),
        (("{echo}/redirect/3", "--max-redirects", "1"), "- Allow more redirects: --max-redirects N\n"),
        (("{echo}/anything", "--proxy", "socks5://p:1"), "- Use no proxy: --proxy none\n"),
        (("{echo}/anything", "--file", "missing"), "- Choose another file\n"),
    ],
)
def test_what_to_try_is_said_in_options(echo, arguments, hint):
    ended = httpdesk("send", *(argument.format(echo=echo) for argument in arguments))
    assert ended.code != 0
    assert hint in ended.err


def test_redirects_and_the_tls_version_can_be_limited(echo, tmp_path):
    assert httpdesk("send", f"{echo}/redirect/3", "--max-redirects", "3").code == 0
    assert httpdesk("send", f"{echo}/redirect/3", "--max-redirects", "many").code == 2
    authority = str(certificates.write_authority(tmp_path))
    with TlsServer("tls12_only") as server:
        url = f"https://localhost:{server.port}/"
        assert httpdesk("send", url, "--cacert", authority).code == 0
        ended = httpdesk("send", url, "--cacert", authority, "--min-tls", "1.3")
    assert ended.code == 35
    assert "--min-tls" in ended.err
