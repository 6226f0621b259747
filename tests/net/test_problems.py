"""Every way in which a send can fail has its own clear message, and says how far it got."""

import ast
import asyncio
import errno
import os
import re
import socket
import ssl
import sys
from pathlib import Path

import aiohttp
import pytest
from aiohttp.client_reqrep import ConnectionKey

import httpdesk
from httpdesk.core import wording
from httpdesk.core.environment import Scope, Variable
from httpdesk.core.exchange import Head, Hop, Outcome, Phase
from httpdesk.core.options import Effective, Proxy, ProxyMode
from httpdesk.core.problem import Problem, Stage, StepState
from httpdesk.core.request import FileBody, MultipartBody, RawBody
from httpdesk.core.rows import Part, Row
from httpdesk.core.settings import Pool
from httpdesk.net.problems import EXIT_CODES, exit_code, problem_of
from httpdesk.net.problems_dns import similar_name
from httpdesk.net.track import Track
from httpdesk.net.transport import HeadersTimeout, TotalTimeout
from tests.net.redirecting import RedirectingPeer, StoppingPeer
from tests.net.sending import http_client, problem_of_send, send
from tests.peers.dead import ClosingPeer, DeafPeer, FullPeer, KeepAliveLiar, ResettingPeer, SilentPeer
from tests.peers.peer import free_port
from tests.peers.proxy import ForwardProxy

BIG = RawBody(text="x" * 16_000_000, language="text")
ACTIONS = {
    "", "open_settings", "request_settings", "trust_host", "replace_url", "set_time_limit", "focus", "edit_environment",
    "fix_header",
}  # fmt: skip
PAGES = {"appearance", "requests", "connections", "tls", "proxy"}


def checked(problem):
    """The Problem, after what must hold for every one of them."""
    assert problem.kind in EXIT_CODES
    assert exit_code(problem) == EXIT_CODES[problem.kind]
    assert problem.title
    assert not re.search(r"[.!]$|\bError\b|None", problem.title), problem.title
    assert problem.detail.endswith((".", "?")), problem.detail
    assert not re.search(r"None|<|\w!|  ", problem.detail), problem.detail
    assert 0 < len(problem.remedies) <= 3
    for remedy in problem.remedies:
        assert remedy.text
        assert not remedy.text.endswith(".")
        assert remedy.action in ACTIONS
        assert bool(remedy.label) == bool(remedy.action)
        assert remedy.action != "open_settings" or remedy.value in PAGES
        assert remedy.action != "set_time_limit" or float(remedy.value.partition("=")[2]) > 0
    assert [step.stage for step in problem.steps] == list(Stage)[: len(problem.steps)]
    return problem


def state_of(problem, stage):
    return next((step.state, step.note) for step in problem.steps if step.stage is stage)


def failed_at(problem):
    return [step.stage for step in problem.steps if step.state is StepState.FAILED]


async def failure(spool_folder, url, **options):
    return checked(await problem_of_send(spool_folder, url, **options))


# Names and connections


async def test_a_refused_port_says_how_far_it_got(tmp_path):
    port = free_port()
    scope = Scope(("Local", (Variable(name="base", value=f"http://127.0.0.1:{port}"), Variable(name="x", value="1"))))
    problem = await failure(tmp_path, "{{base}}/a?b={{x}}", scope=scope)
    assert (problem.kind, problem.title) == ("refused", "Connection refused")
    assert problem.detail == f"Nothing is listening on 127.0.0.1 port {port}. The request was not sent."
    assert state_of(problem, Stage.VARIABLES) == (
        StepState.DONE, f"base is http://127.0.0.1:{port}, and 1 more",
    )  # fmt: skip
    assert state_of(problem, Stage.ADDRESS) == (StepState.DONE, "127.0.0.1, no DNS needed")
    state, note = state_of(problem, Stage.TCP)
    assert state is StepState.FAILED
    assert re.fullmatch(rf"refused after [\d.]+\u202fms, port {port}", note)
    assert state_of(problem, Stage.TLS) == (StepState.UNUSED, "not used, the address is http")
    assert state_of(problem, Stage.REQUEST) == (StepState.PENDING, "not reached")
    assert "ECONNREFUSED" in problem.evidence
    assert str(port) in problem.remedies[0].text
    assert exit_code(problem) == 7


async def test_a_refused_https_port_did_not_reach_tls(tmp_path):
    problem = await failure(tmp_path, f"https://127.0.0.1:{free_port()}/")
    assert problem.kind == "refused"
    assert state_of(problem, Stage.TLS)[0] is StepState.PENDING


async def test_a_name_without_an_address_is_named(tmp_path):
    """RFC 6761: no name under .invalid exists; without any network the look-up fails in another way."""
    problem = await failure(tmp_path, "http://api.exmaple.invalid/")
    assert problem.kind in ("name-unknown", "name-lookup")
    assert "api.exmaple.invalid" in problem.title
    assert failed_at(problem) == [Stage.ADDRESS]
    assert exit_code(problem) == 6


@pytest.mark.parametrize(
    ("host", "meant"),
    [
        ("loclahost", "localhost"),
        ("localhots", "localhost"),
        ("staging.acme.dve", "staging.acme.dev"),
        ("example.con", "example.com"),
        ("example.com", ""),
        ("localhost", ""),
        ("foo", ""),
    ],
)
def test_a_name_that_was_probably_meant_is_offered(host, meant):
    assert similar_name(host) == meant


async def test_a_redirect_that_fails_names_the_new_host(tmp_path):

    target = f"http://127.0.0.1:{free_port()}/"
    with RedirectingPeer(target) as peer:
        problem = await failure(tmp_path, peer.url)
    assert problem.kind == "refused"
    assert problem.detail.endswith("A redirect led to http://127.0.0.1.")


# Connections that break


async def test_a_server_that_closes_without_an_answer(tmp_path):
    with ClosingPeer() as peer:
        problem = await failure(tmp_path, peer.url)
    assert (problem.kind, exit_code(problem)) == ("empty-answer", 52)
    assert problem.title == "The server closed the connection without an answer"
    assert failed_at(problem) == [Stage.ANSWER]
    assert state_of(problem, Stage.REQUEST)[0] is StepState.DONE


async def test_a_reset_before_the_answer(tmp_path):
    with ResettingPeer(after_request=True) as peer:
        problem = await failure(tmp_path, peer.url)
    assert (problem.kind, exit_code(problem)) == ("reset", 56)
    assert problem.remedies[0].action == "replace_url"
    assert problem.remedies[0].value == f"https{peer.url[4:]}/"


async def test_a_reset_at_once_is_explained_wherever_it_is_noticed(tmp_path):
    with ResettingPeer() as peer:
        problem = await failure(tmp_path, peer.url)
    assert problem.kind in ("reset", "reset-connect", "reset-sending")


async def test_a_break_while_sending_says_how_much_went_out(tmp_path):
    with ResettingPeer(after_request=True) as peer:
        problem = await failure(tmp_path, peer.url, method="POST", body=BIG)
    assert (problem.kind, exit_code(problem)) == ("reset-sending", 55)
    assert "not sent whole" in problem.detail
    assert failed_at(problem) == [Stage.REQUEST]


async def test_a_kept_connection_that_ends_is_told_apart(tmp_path):
    with KeepAliveLiar() as peer:
        async with http_client(tmp_path) as client:
            first = await send(client, peer.url)
            second = await send(client, peer.url)
    assert first.outcome is Outcome.DONE
    problem = checked(second.problem)
    assert problem.kind == "empty-answer"
    assert "kept from an earlier request" in problem.remedies[0].text
    assert state_of(problem, Stage.TCP)[1] == "a kept connection was used again"


# Time limits


@pytest.mark.parametrize("option", ["sock_connect_s", "connect_s", "total_s"])
@pytest.mark.skipif(sys.platform != "linux", reason="other systems answer when the queue is full")
async def test_a_connection_that_hangs_ends_at_each_limit(option, tmp_path):
    with FullPeer() as peer:
        problem = await failure(tmp_path, peer.url, **{option: 0.2})
    assert problem.kind == ("timeout-total" if option == "total_s" else "timeout-connect")
    assert problem.title == f"No connection within {wording.limit(0.2)}"
    assert failed_at(problem) == [Stage.TCP]
    assert problem.remedies[0].value == f"{option}=0.4"
    assert exit_code(problem) == 28


@pytest.mark.parametrize(
    ("option", "kind"),
    [("headers_s", "timeout-headers"), ("sock_read_s", "timeout-read"), ("total_s", "timeout-total")],
)
async def test_a_server_that_says_nothing_ends_at_each_limit(option, kind, tmp_path):
    with SilentPeer() as peer:
        problem = await failure(tmp_path, peer.url, **{option: 0.2})
    assert (problem.kind, problem.title) == (kind, f"No answer within {wording.limit(0.2)}")
    assert "may have acted" in problem.detail
    assert failed_at(problem) == [Stage.ANSWER]
    remedy = problem.remedies[0]
    assert (remedy.action, remedy.value) == ("set_time_limit", f"{option}=0.4")
    assert remedy.label == f"Wait {wording.limit(0.4)}"


async def test_an_upload_that_nobody_reads_ends_at_the_total_limit(tmp_path):
    with DeafPeer() as peer:
        problem = await failure(tmp_path, peer.url, method="POST", body=BIG, total_s=0.5)
    assert problem.kind == "timeout-total"
    assert problem.title.startswith("The request was not sent whole within")
    assert failed_at(problem) == [Stage.REQUEST]


async def test_a_handshake_that_hangs_is_a_tls_time_out(tmp_path):
    with SilentPeer() as peer:
        problem = await failure(tmp_path, f"https{peer.url[4:]}", sock_connect_s=0.2)
    assert (problem.kind, problem.title) == ("timeout-connect", f"No TLS handshake within {wording.limit(0.2)}")
    assert failed_at(problem) == [Stage.TLS]


async def test_waiting_for_a_free_connection_is_told_apart(tmp_path):
    with SilentPeer() as peer:
        async with http_client(tmp_path, Pool(total=1)) as client:
            hanging = asyncio.create_task(send(client, peer.url, headers_s=1.0))
            while not client.sessions.in_use:  # noqa: ASYNC110 - the pool tells nobody
                await asyncio.sleep(0.001)
            waiting = await send(client, peer.url, connect_s=0.2)
            assert (await hanging).problem.kind == "timeout-headers"
    problem = checked(waiting.problem)
    assert (problem.kind, problem.title) == ("timeout-connect", f"No free connection within {wording.limit(0.2)}")
    assert problem.remedies[0].value == "connect_s=0.4"


async def test_a_body_that_stops_keeps_what_came(tmp_path):

    with StoppingPeer() as peer:
        problem = await failure(tmp_path, peer.url, sock_read_s=0.2)
    assert (problem.kind, problem.title) == ("timeout-read", f"The answer did not end within {wording.limit(0.2)}")
    assert f"{wording.size(7)} of {wording.size(100)}" in problem.detail


# Proxies


def manual(url, **fields):
    return Proxy(mode=ProxyMode.MANUAL, url=url, bypass=(), **fields)


async def test_a_proxy_that_refuses_the_connection(tmp_path):
    problem = await failure(tmp_path, "http://api.example/", proxy=manual(f"http://127.0.0.1:{free_port()}"))
    assert (problem.kind, exit_code(problem)) == ("proxy-unreachable", 7)
    assert problem.title.startswith("The proxy 127.0.0.1:")
    assert (problem.remedies[0].action, problem.remedies[0].value) == ("open_settings", "proxy")


async def test_a_proxy_whose_name_is_unknown(tmp_path):
    problem = await failure(tmp_path, "http://api.example/", proxy=manual("http://proxy.invalid:3128"))
    assert (problem.kind, problem.title) == ("proxy-name", "The proxy proxy.invalid:3128 has no address")


@pytest.mark.parametrize("user", ["", "other"])
async def test_a_proxy_that_asks_for_a_password(user, tmp_path):
    with ForwardProxy("user", "secret") as peer:
        problem = await failure(tmp_path, "https://api.example/", proxy=manual(peer.url, username=user, password="x"))
    assert (problem.kind, exit_code(problem)) == ("proxy-auth", 97)
    assert "407" in problem.detail


@pytest.mark.parametrize(
    ("answer", "title"),
    [
        (b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n", "The proxy does not let through to api.example"),
        (b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n", "The proxy cannot reach api.example"),
        (b"SSH-2.0-OpenSSH_9.2\r\n", "is not an HTTP proxy"),
    ],
)
async def test_a_proxy_that_opens_no_tunnel(answer, title, tmp_path):
    with ForwardProxy(connect_answer=answer) as peer:
        problem = await failure(tmp_path, "https://api.example/", proxy=manual(peer.url))
    assert problem.kind == "proxy-refused"
    assert title in problem.title
    assert not re.search(r"\b400\b", problem.title + problem.detail)


@pytest.mark.parametrize("url", ["socks5://127.0.0.1:1080", "http://", "http://a:b:c"])
async def test_a_proxy_address_that_cannot_be_used(url, tmp_path):
    problem = await failure(tmp_path, "http://api.example/", proxy=manual(url))
    assert problem.where == "settings"
    assert exit_code(problem) == 2


# Files and texts: nothing was sent


@pytest.mark.parametrize(
    ("path", "kind"), [("gone.bin", "file-missing"), (".", "file-is-folder"), ("a\x00b", "file-unreadable")]
)
async def test_a_body_file_that_cannot_be_read_is_named(path, kind, tmp_path):
    for body in (FileBody(path=path), MultipartBody(parts=(Part(name="f", files=(path,), is_file=True),))):
        problem = await failure(tmp_path, "http://127.0.0.1:1/", method="POST", body=body, folder=str(tmp_path))
        assert (problem.kind, problem.where, exit_code(problem)) == (kind, "body", 4)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
async def test_a_body_file_without_permission_is_named(tmp_path):
    (tmp_path / "locked").touch(mode=0)
    problem = await failure(tmp_path, "http://127.0.0.1:1/", body=FileBody(path="locked"), folder=str(tmp_path))
    assert problem.kind == "file-denied"


@pytest.mark.parametrize(
    ("fields", "kind", "code"),
    [
        ({"url": "http://exa mple/"}, "bad-url", 2),
        ({"url": "http://h/\r\nX: 1"}, "bad-url", 2),
        ({"method": "GE T"}, "bad-method", 2),
        ({"headers": (Row(name="X Y", value="1"),)}, "bad-header-name", 2),
        ({"headers": (Row(name="X", value="1\r\nY: 2"),)}, "bad-header-value", 2),
        ({"url": "http://{{gone}}/"}, "unknown-variable", 3),
        ({"body": FileBody()}, "no-file", 4),
    ],
)
async def test_bad_input_never_reaches_the_network(fields, kind, code, tmp_path):
    async with http_client(tmp_path) as client:
        with pytest.raises(Problem) as caught:
            await send(client, **({"url": "http://127.0.0.1:1/"} | fields))
    problem = checked(caught.value)
    assert (problem.kind, exit_code(problem)) == (kind, code)


# Errors that no peer on loopback makes


def track_in(phase, url="http://api.example:8080/x", **hop):
    track = Track(Hop(method="GET", url=url, **hop), lambda _stage: None, Effective())
    if phase is not Phase.QUEUED:
        track.switch(phase)
    return track


def connector_error(number, kind=aiohttp.ClientConnectorError, text="as the system says"):
    key = ConnectionKey("api.example", 8080, False, True, None, None, None)
    return kind(key, OSError(number, text))


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        (errno.ECONNREFUSED, "refused"),
        (errno.EHOSTUNREACH, "unreachable"),
        (errno.ENETUNREACH, "unreachable"),
        (errno.ETIMEDOUT, "timeout-system"),
        (errno.EACCES, "blocked"),
        (errno.ECONNRESET, "reset-connect"),
        (errno.EMFILE, "too-many-files"),
        (errno.EADDRNOTAVAIL, "connect-failed"),
    ],
)
def test_every_number_of_the_system_has_its_sentence(number, kind):
    problem = checked(problem_of(connector_error(number), track_in(Phase.TCP)))
    assert problem.kind == kind
    assert errno.errorcode[number] in problem.evidence
    assert failed_at(problem) == [Stage.TCP]


def test_several_addresses_that_fail_in_several_ways_are_read_from_the_text():
    text = "Multiple exceptions: [Errno 111] Connect call failed ('::1', 1, 0, 0), [Errno 101] Network unreachable"
    text = text.replace("111", str(errno.ECONNREFUSED)).replace("101", str(errno.ENETUNREACH))
    key = ConnectionKey("api.example", 8080, False, True, None, None, None)
    track = track_in(Phase.TCP)
    track.addresses = ("::1", "192.0.2.1")
    problem = checked(problem_of(aiohttp.ClientConnectorError(key, OSError(text)), track))
    assert problem.kind == "refused"
    assert "2 addresses tried" in state_of(problem, Stage.TCP)[1]


@pytest.mark.parametrize(
    ("number", "kind"),
    [(socket.EAI_NONAME, "name-unknown"), (socket.EAI_AGAIN, "name-lookup"), (socket.EAI_FAIL, "name-lookup")],
)
def test_no_such_name_and_no_name_server_are_told_apart(number, kind):
    key = ConnectionKey("api.example", 8080, False, True, None, None, None)
    error = aiohttp.ClientConnectorDNSError(key, socket.gaierror(number, "as the system says"))
    problem = checked(problem_of(error, track_in(Phase.DNS)))
    assert (problem.kind, failed_at(problem)) == (kind, [Stage.ADDRESS])


@pytest.mark.parametrize("phase", Phase)
@pytest.mark.parametrize(
    "error",
    [
        TotalTimeout(2.0),
        HeadersTimeout(2.0),
        aiohttp.ConnectionTimeoutError(),
        aiohttp.SocketTimeoutError(),
        TimeoutError(),
        aiohttp.ServerDisconnectedError(),
        aiohttp.ClientOSError(errno.ECONNRESET, "reset"),
        aiohttp.ClientConnectionResetError("Cannot write to closing transport"),
        aiohttp.ClientConnectionError("Failed to send bytes"),
        aiohttp.ClientPayloadError("Response payload is not completed"),
        aiohttp.ClientOSError(1, "[SSL: X] y"),
        aiohttp.InvalidURL("http://h/?token=secret", "is odd"),
        ConnectionResetError(),
        ssl.SSLError(1, "[SSL: SOMETHING_NEW] something new"),
        OSError(errno.ENOSPC, "No space left on device"),
        OSError("odd"),
        UnicodeError("label empty or too long"),
        RuntimeError("went to http://h/?token=secret today"),
        ValueError(),
    ],
    ids=repr,
)
def test_any_error_in_any_phase_becomes_a_problem(error, phase):
    head = Head(status=200, reason="OK") if phase is Phase.DOWNLOAD else None
    for track in (track_in(phase, head=head), track_in(phase, "https://api.example/", head=head), None):
        problem = checked(problem_of(error, track))
        assert "secret" not in str(problem)
        assert len(failed_at(problem)) == 1


def test_a_limit_of_a_later_phase_names_its_seconds():
    assert wording.limit(2.0) in problem_of(TotalTimeout(2.0), track_in(Phase.DOWNLOAD)).title


def test_a_full_disk_is_no_fault_of_the_network():
    track = track_in(Phase.DOWNLOAD, head=Head(status=200, reason="OK"), wire_bytes=4_800_000)
    problem = checked(problem_of(OSError(errno.ENOSPC, "No space left on device"), track))
    assert (problem.kind, problem.title, exit_code(problem)) == ("disk-full", "The disk is full", 23)
    assert wording.size(4_800_000) in problem.detail


def test_a_problem_stays_itself_also_inside_another_error():
    inner = Problem("The file became shorter", kind="file-unreadable")
    assert problem_of(inner, None) is inner
    error = aiohttp.ClientConnectionError("Failed to send bytes")
    error.__cause__ = inner
    assert problem_of(error, track_in(Phase.SEND)) is inner


def test_what_nobody_foresaw_is_named_by_class_and_message():
    problem = checked(problem_of(RuntimeError("odd"), track_in(Phase.WAIT)))
    assert problem.detail == "RuntimeError: odd."
    assert (problem.kind, exit_code(problem)) == ("network", 56)


def test_a_hop_whose_url_is_none_is_no_obstacle():
    checked(problem_of(connector_error(errno.ECONNREFUSED), track_in(Phase.TCP, "http://[::1")))
    checked(problem_of(connector_error(errno.ECONNREFUSED), None))


def test_every_kind_in_the_source_has_an_exit_code():
    """Kinds are words with dashes; they stand as kind=... or as the first text that is given to a maker of problems."""
    package = Path(httpdesk.__file__).parent
    found = set()
    for file in (*package.glob("net/*.py"), *package.glob("core/**/*.py"), *package.glob("protocols/http/client*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.keyword) and node.arg == "kind" and isinstance(node.value, ast.Constant):
                found.add(node.value.value)
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "problem":
                found |= {arg.value for arg in node.args[:1] if isinstance(arg, ast.Constant)}
    assert len(found) > 30
    assert found <= set(EXIT_CODES)
    assert all(0 < code < 128 for code in EXIT_CODES.values())


def test_a_kind_of_elsewhere_ends_with_1():
    assert exit_code(Problem("Odd", kind="something-else")) == 1
