"""What every peer has: a listening socket and one thread per connection, all blocking, as small servers are."""

import contextlib
import socket
import struct
import threading
import time

LOOPBACK = "127.0.0.1"
WAIT_S = 10


class Peer:
    """A server on loopback; `serve` gets each connection. `with Peer() as peer:` starts and ends it."""

    scheme = "http"

    def __init__(self, host=LOOPBACK):
        self.host = host
        self.errors = []
        self.accepted = 0
        self._open = {}
        self._lock = threading.Lock()
        self.stopping = threading.Event()

    def __enter__(self):
        self._listener = socket.create_server((self.host, 0))
        self.port = self._listener.getsockname()[1]
        self._acceptor = threading.Thread(target=self._accept, daemon=True)
        self._acceptor.start()
        return self

    def __exit__(self, *_):
        self.stopping.set()
        # A blocked accept() wakes up everywhere only for a connection.
        with contextlib.suppress(OSError):
            socket.create_connection((self.host, self.port), timeout=1).close()
        self._acceptor.join(WAIT_S)
        self._listener.close()
        with self._lock:
            left = list(self._open.items())
        for conn, _thread in left:
            shut(conn)
        for _conn, thread in left:
            thread.join(WAIT_S)
            assert not thread.is_alive(), "a connection of this peer does not end"

    @property
    def url(self):
        return f"{self.scheme}://{self.host}:{self.port}"

    def serve(self, conn):
        raise NotImplementedError

    def _accept(self):
        while True:
            try:
                conn, _address = self._listener.accept()
            except OSError:
                return
            if self.stopping.is_set():
                conn.close()
                return
            self.accepted += 1
            conn.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            thread = threading.Thread(target=self._run, args=(conn,), daemon=True)
            with self._lock:
                self._open[conn] = thread
            thread.start()

    def _run(self, conn):
        try:
            self.serve(conn)
        except OSError as error:
            self.errors.append(error)
        finally:
            with self._lock:
                self._open.pop(conn, None)
            conn.close()


def shut(conn):
    """End a connection from another thread."""
    with contextlib.suppress(OSError):
        conn.shutdown(socket.SHUT_RDWR)


def reset(conn):
    """Close with RST instead of FIN."""
    conn.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    conn.close()


def read_head(conn, before=b""):
    """Read up to the empty line; return the head and what came after it, or None at the end of the stream."""
    data = before
    while b"\r\n\r\n" not in data:
        piece = conn.recv(65_536)
        if not piece:
            return None
        data += piece
    head, _line, rest = data.partition(b"\r\n\r\n")
    return head, rest


def header(head, name):
    """The value of a header in the bytes of a head, or an empty string."""
    for line in head.split(b"\r\n")[1:]:
        key, _colon, value = line.partition(b":")
        if key.strip().lower() == name.lower().encode():
            return value.strip().decode("latin-1")
    return ""


def read_body(conn, head, rest):
    """Read the body that a request's head announces; return it and what came after it."""
    if header(head, "Transfer-Encoding").lower() == "chunked":
        return _read_chunks(conn, rest)
    size = int(header(head, "Content-Length") or 0)
    rest = _read_until(conn, rest, lambda data: len(data) >= size)
    return rest[:size], rest[size:]


def _read_chunks(conn, rest):
    body = b""
    while True:
        rest = _read_until(conn, rest, lambda data: b"\r\n" in data)
        line, _end, rest = rest.partition(b"\r\n")
        size = int(line.partition(b";")[0], 16)
        rest = _read_until(conn, rest, lambda data, need=size + 2: len(data) >= need)
        body, rest = body + rest[:size], rest[size + 2 :]
        if not size:
            return body, rest


def _read_until(conn, data, enough):
    while not enough(data):
        piece = conn.recv(65_536)
        if not piece:
            raise ConnectionError("the request ends early")
        data += piece
    return data


def free_port():
    """A port of loopback where nothing listens."""
    with socket.create_server((LOOPBACK, 0)) as probe:
        return probe.getsockname()[1]


def wait_for(condition, what="the condition"):
    """Wait until a condition holds; fails after ten seconds."""
    end = time.monotonic() + WAIT_S
    while not condition():
        assert time.monotonic() < end, f"{what} did not come true"
        time.sleep(0.002)
