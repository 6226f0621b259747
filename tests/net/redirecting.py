"""Peers for tests of failures after the first head: one that redirects, one that stops inside a body."""

from tests.peers.peer import Peer, read_head


class RedirectingPeer(Peer):
    """Answers every request with a redirect to `target`."""

    def __init__(self, target):
        super().__init__()
        self.target = target

    def serve(self, conn):
        while read_head(conn) is not None:
            conn.sendall(f"HTTP/1.1 302 Found\r\nLocation: {self.target}\r\nContent-Length: 0\r\n\r\n".encode())


class StoppingPeer(Peer):
    """Promises 100 bytes, sends seven and then no more."""

    def serve(self, conn):
        read_head(conn)
        conn.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nseven b")
        conn.recv(1)
