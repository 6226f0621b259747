"""Peers that do not answer: silent, full, resetting, closing."""

import socket

from tests.peers.peer import LOOPBACK, Peer, read_head, reset


class SilentPeer(Peer):
    """Takes connections, reads all and never says a word."""

    def serve(self, conn):
        while conn.recv(65_536):
            pass


class DeafPeer(Peer):
    """Takes connections and neither reads nor writes, so that a large request gets stuck."""

    def serve(self, conn):
        self.stopping.wait()


class ResettingPeer(Peer):
    """Resets every connection, at once or after the head of the request."""

    def __init__(self, after_request=False):
        super().__init__()
        self.after_request = after_request

    def serve(self, conn):
        if self.after_request:
            read_head(conn)
        reset(conn)


class ClosingPeer(Peer):
    """Closes every connection in an orderly way after the head of the request, without an answer."""

    def serve(self, conn):
        read_head(conn)


class KeepAliveLiar(Peer):
    """Answers the first request of each connection, promises to keep it, and closes it at the second one."""

    def __init__(self):
        super().__init__()
        self.requests = 0

    def serve(self, conn):
        for answers in (True, False):
            if read_head(conn) is None:
                return
            self.requests += 1
            if answers:
                conn.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: keep-alive\r\n\r\nok")


class FullPeer:
    """Listens, but its queue of connections is full: connecting hangs (Linux drops what does not fit)."""

    def __enter__(self):
        self._listener = socket.socket()
        self._listener.bind((LOOPBACK, 0))
        self._listener.listen(0)
        self.port = self._listener.getsockname()[1]
        self._waiting = []
        while self._connects_at_once():
            pass
        return self

    def __exit__(self, *_):
        for conn in (*self._waiting, self._listener):
            conn.close()

    @property
    def url(self):
        return f"http://{LOOPBACK}:{self.port}"

    def _connects_at_once(self):
        conn = socket.socket()
        self._waiting.append(conn)
        conn.settimeout(0.2)
        try:
            conn.connect((LOOPBACK, self.port))
        except TimeoutError:
            return False
        return True
