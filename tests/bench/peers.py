"""What the benches send to: the echo server in a process of its own, so that it takes no time from the window."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

_CHILD = """
import asyncio, sys
from httpdesk.servers.echo import EchoServer

async def main():
    server = EchoServer()
    await server.start()
    print(server.url, flush=True)
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)
    await server.stop()

asyncio.run(main())
"""


@contextmanager
def echo_server() -> Iterator[str]:
    """The URL of an echo server; it ends with the block."""
    child = subprocess.Popen([sys.executable, "-c", _CHILD], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert child.stdin is not None
    assert child.stdout is not None
    try:
        yield child.stdout.readline().strip()
    finally:
        child.stdin.close()
        child.wait(timeout=10)
        child.stdout.close()


_BLAST = """
import socket, sys, threading
# Answers any request with so many bytes, as fast as the machine can: a physical limit for a client.
block = b"x" * (1 << 20)

def serve(client):
    with client:
        while (head := client.recv(65536)):
            path = head.split(b" ", 2)[1]
            size = int(path.strip(b"/") or b"0")
            client.sendall(b"HTTP/1.1 200 OK\\r\\nContent-Type: text/plain\\r\\nContent-Length: %d\\r\\n\\r\\n" % size)
            left = size
            while left:
                part = block[: min(left, len(block))]
                client.sendall(part)
                left -= len(part)

server = socket.create_server(("127.0.0.1", 0), backlog=512)
print(f"http://127.0.0.1:{server.getsockname()[1]}", flush=True)

def accept():
    while True:
        client, _ = server.accept()
        threading.Thread(target=serve, args=(client,), daemon=True).start()

threading.Thread(target=accept, daemon=True).start()
sys.stdin.read()
"""


@contextmanager
def blast_server() -> Iterator[str]:
    """The URL of a server whose path is a number of bytes that it answers."""
    child = subprocess.Popen([sys.executable, "-c", _BLAST], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert child.stdin is not None
    assert child.stdout is not None
    try:
        yield child.stdout.readline().strip()
    finally:
        child.stdin.close()
        child.wait(timeout=10)
        child.stdout.close()
