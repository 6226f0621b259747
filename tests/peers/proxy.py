"""A small HTTP proxy, with CONNECT and Basic auth, that remembers what it saw."""

import base64
import contextlib
import socket
import threading
from dataclasses import dataclass
from urllib.parse import urlsplit

from tests.peers.peer import Peer, header, read_head

HOP_HEADERS = (b"proxy-authorization:", b"proxy-connection:", b"connection:")


@dataclass(frozen=True)
class Seen:
    """One request that reached the proxy."""

    method: str
    target: str
    authorization: str
    head: bytes


class ForwardProxy(Peer):
    """Forwards plain requests and tunnels CONNECT.

    `user` and `password` are asked for where given. `hosts` maps the names that clients ask for to loopback ports.
    `connect_answer` is sent instead of a tunnel, such as b"HTTP/1.1 403 Forbidden\\r\\n...".
    """

    def __init__(self, user="", password="", hosts=None, connect_answer=b""):
        super().__init__()
        self.expected = f"Basic {base64.b64encode(f'{user}:{password}'.encode()).decode()}" if user else ""
        self.hosts = hosts or {}
        self.connect_answer = connect_answer
        self.seen = []

    def serve(self, conn):
        # A client may answer a 407 on the same connection.
        rest = b""
        while (request := read_head(conn, rest)) is not None:
            head, rest = request
            method, target, _version = head.split(b"\r\n")[0].decode("latin-1").split(" ")
            authorization = header(head, "Proxy-Authorization")
            self.seen.append(Seen(method, target, authorization, head))
            if self.expected and authorization != self.expected:
                conn.sendall(
                    b"HTTP/1.1 407 Proxy Authentication Required\r\n"
                    b'Proxy-Authenticate: Basic realm="test proxy"\r\nContent-Length: 11\r\n\r\nwho are you'
                )
            elif method == "CONNECT":
                return self._tunnel(conn, target, rest)
            else:
                return self._forward(conn, target, head, rest)
        return None

    def _tunnel(self, conn, target, rest):
        if self.connect_answer:
            conn.sendall(self.connect_answer)
            return
        host, _colon, port = target.rpartition(":")
        with self._reach(host.strip("[]"), int(port)) as upstream:
            conn.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
            upstream.sendall(rest)
            _pump_both(conn, upstream)

    def _forward(self, conn, target, head, rest):
        parts = urlsplit(target)
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        line, *headers = head.split(b"\r\n")
        method, _target, version = line.split(b" ")
        kept = [row for row in headers if not row.lower().startswith(HOP_HEADERS)]
        lines = [b" ".join([method, path.encode("latin-1"), version]), *kept, b"Connection: close"]
        with self._reach(parts.hostname, parts.port or 80) as upstream:
            upstream.sendall(b"\r\n".join(lines) + b"\r\n\r\n" + rest)
            _pump_both(conn, upstream)

    def _reach(self, host, port):
        return socket.create_connection(self.hosts.get(host, (host, port)), timeout=10)


def _pump_both(conn, upstream):
    upstream.settimeout(None)
    # The end of the answer must not cut off a client that still sends: only its reading half ends.
    back = threading.Thread(target=_pump, args=(upstream, conn, socket.SHUT_WR), daemon=True)
    back.start()
    _pump(conn, upstream, socket.SHUT_RDWR)
    back.join()


def _pump(source, sink, how):
    with contextlib.suppress(OSError):
        while data := source.recv(65_536):
            sink.sendall(data)
    with contextlib.suppress(OSError):
        sink.shutdown(how)
