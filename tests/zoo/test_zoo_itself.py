"""The zoo serves what its tables say, in one segment and in many; no client of ours takes part."""

import contextlib
import re
import socket
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.zoo.behaviour import ANY, FAULTS, RST, Forever, Later
from tests.zoo.server import BEHAVIOURS, BY_NAME, Zoo, cut

AT_A_TIME = 24
ENOUGH_TIMES = 5


def expected_bytes(behaviour, port):
    """All bytes of a row up to its endless part."""
    data = b""
    for step in behaviour.steps:
        if isinstance(step, Forever):
            return data + step.data * ENOUGH_TIMES
        data += step.make() if isinstance(step, Later) else step if isinstance(step, bytes) else b""
    return data.replace(b"@PORT@", str(port).encode())


def fetch(zoo, behaviour, pieces):
    """Send the request of a row with a plain socket; return what came and how the connection ended."""
    expected = expected_bytes(behaviour, zoo.port)
    lines = [f"{behaviour.method} /{behaviour.name}?pieces={pieces} HTTP/1.1", "Host: zoo"]
    lines += [f"{name}: {value}" for name, value in behaviour.headers]
    lines += [f"Content-Length: {len(behaviour.send)}"] if behaviour.send else []
    request = "\r\n".join([*lines, "", ""]).encode()
    with socket.create_connection((zoo.host, zoo.port), timeout=20) as conn:
        sender = threading.Thread(target=send_quietly, args=(conn, request + behaviour.send))
        sender.start()
        came, end = read_all(conn, len(expected) if not behaviour.ends else None)
        with contextlib.suppress(OSError):
            conn.shutdown(socket.SHUT_RDWR)
        sender.join(20)
    return expected, came[: len(expected)] if not behaviour.ends else came, end


def send_quietly(conn, data):
    with contextlib.suppress(OSError):
        conn.sendall(data)


def read_all(conn, enough_bytes):
    came = bytearray()
    try:
        while enough_bytes is None or len(came) < enough_bytes:
            piece = conn.recv(1 << 20)
            if not piece:
                return bytes(came), "fin"
            came += piece
    except ConnectionError:
        return bytes(came), "rst"
    return bytes(came), "open"


def check(zoo, behaviour, pieces):
    """What is wrong with a row, or None."""
    expected, came, end = fetch(zoo, behaviour, pieces)
    if came != expected:
        return f"{behaviour.name} in {pieces} pieces: {len(came)} of {len(expected)} bytes, {came[:80]!r}"
    if behaviour.ends and behaviour.reads == "all" and end != ("rst" if RST in behaviour.steps else "fin"):
        return f"{behaviour.name} in {pieces} pieces: ended with {end}"
    return None


@pytest.mark.limit_s(180)
@pytest.mark.parametrize("pieces", [1, 7, 0])
def test_every_behaviour_serves_its_bytes_however_they_are_cut(pieces):
    rows = [row for row in BEHAVIOURS if pieces == 1 or not row.heavy]
    with Zoo() as zoo, ThreadPoolExecutor(AT_A_TIME) as pool:
        wrong = [fault for fault in pool.map(lambda row: check(zoo, row, pieces), rows) if fault]
    assert not wrong, "\n".join(wrong)
    silent = [row for row in rows if not row.ends and not expected_bytes(row, zoo.port)]
    assert len(rows) - len(silent) <= len(zoo.requests) <= len(rows)


def test_the_zoo_is_large_and_its_rows_are_in_order():
    assert len(BY_NAME) == len(BEHAVIOURS) >= 205
    for row in BEHAVIOURS:
        assert re.fullmatch(r"[a-z0-9.-]+", row.name)
        assert row.fault in {"", ANY, *FAULTS}, row.name
        assert row.status is not None or row.fault, f"{row.name}: no answer without a fault"
    assert {row.fault for row in BEHAVIOURS} >= set(FAULTS) - {"interim"}


@pytest.mark.parametrize(("pieces", "lengths"), [(1, [10]), (3, [4, 4, 2]), (0, [1] * 10), (50, [1] * 10)])
def test_bytes_are_cut_into_pieces(pieces, lengths):
    parts = cut(b"0123456789", pieces)
    assert [len(part) for part in parts] == lengths
    assert b"".join(parts) == b"0123456789"


def test_an_unknown_behaviour_is_not_found():
    with Zoo() as zoo, socket.create_connection((zoo.host, zoo.port)) as conn:
        conn.sendall(b"GET /nothing HTTP/1.1\r\n\r\n")
        assert conn.recv(1000).startswith(b"HTTP/1.1 404")
