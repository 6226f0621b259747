"""The zoo: one raw-socket server whose path picks the behaviour, and ?pieces= how its bytes are cut."""

import socket
import time
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

from tests.peers.peer import Peer, header, read_body, read_head, reset
from tests.zoo import behaviours_content, behaviours_flow, behaviours_framing, behaviours_heads
from tests.zoo.behaviour import BODY, DRAIN, HOLD, RST, STUCK, Forever, Later, Pause

BEHAVIOURS = (
    *behaviours_framing.BEHAVIOURS,
    *behaviours_heads.BEHAVIOURS,
    *behaviours_content.BEHAVIOURS,
    *behaviours_flow.BEHAVIOURS,
)
BY_NAME = {behaviour.name: behaviour for behaviour in BEHAVIOURS}
# Long enough for a client to read one segment before the next one comes, mostly.
BETWEEN_PIECES_S = 0.001
MAX_BYTEWISE = 600


@dataclass(frozen=True)
class Request:
    """One request as the zoo saw it; the body only where the behaviour reads it whole."""

    method: str
    target: str
    head: bytes
    body: bytes | None


class Zoo(Peer):
    """Serves /<name of a behaviour>; `requests` are all that came."""

    def __init__(self, behaviours=BEHAVIOURS, host="127.0.0.1"):
        super().__init__(host)
        self.behaviours = {behaviour.name: behaviour for behaviour in behaviours}
        self.requests = []

    def serve(self, conn):
        request = read_head(conn)
        if request is None:
            return
        top, rest = request
        method, target, _version = top.split(b"\r\n")[0].decode("latin-1").split(" ")
        parts = urlsplit(target)
        behaviour = self.behaviours.get(parts.path.lstrip("/"))
        if behaviour is None:
            conn.sendall(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
            return
        body = self._read(conn, behaviour, top, rest)
        self.requests.append(Request(method, target, top, body))
        pieces = int(parse_qs(parts.query).get("pieces", ["1"])[0])
        for step in behaviour.steps:
            if step == BODY:
                read_body(conn, top, rest)
            else:
                self._take(conn, step, pieces)

    def _read(self, conn, behaviour, top, rest):
        if behaviour.reads == "all":
            return read_body(conn, top, rest)[0]
        if behaviour.reads == "half":
            left = int(header(top, "Content-Length") or 0) // 2 - len(rest)
            while left > 0 and (piece := conn.recv(min(left, 65_536))):
                left -= len(piece)
        return None

    def _take(self, conn, step, pieces):
        if isinstance(step, bytes):
            self._send(conn, step, pieces)
        elif isinstance(step, Later):
            self._send(conn, step.make(), pieces)
        elif isinstance(step, Pause):
            self.stopping.wait(step.seconds_s)
        elif isinstance(step, Forever):
            self._send_forever(conn, step)
        elif step == RST:
            reset(conn)
        elif step == HOLD:
            self._hold(conn)
        elif step == STUCK:
            self.stopping.wait()
        elif step == DRAIN:
            conn.shutdown(socket.SHUT_WR)
            self._hold(conn)

    def _send(self, conn, data, pieces):
        data = data.replace(b"@PORT@", str(self.port).encode())
        for piece in cut(data, pieces):
            conn.sendall(piece)
            if pieces != 1:
                time.sleep(BETWEEN_PIECES_S)

    def _send_forever(self, conn, step):
        while not self.stopping.is_set():
            conn.sendall(step.data)
            if step.every_s:
                self.stopping.wait(step.every_s)

    def _hold(self, conn):
        while conn.recv(65_536):
            pass


def cut(data, pieces):
    """Cut bytes into so many pieces; 0 means single bytes, for the first 600 bytes at least."""
    if pieces == 0:
        start = data[:MAX_BYTEWISE]
        rest = [data[MAX_BYTEWISE:]] if len(data) > MAX_BYTEWISE else []
        return [start[at : at + 1] for at in range(len(start))] + rest
    size = max(1, -(-len(data) // pieces))
    return [data[at : at + size] for at in range(0, len(data), size)]
