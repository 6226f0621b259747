"""Worker: the process that compares bodies, one pair after the other, within bounds of memory."""

import gc
from multiprocessing.connection import Connection

import msgspec

from httpdesk.body.child_process import limit_memory, step_back
from httpdesk.body.comparing import Job, Outcome
from httpdesk.body.comparing_work import compare

_MEMORY_LIMIT_BYTES = 4 << 30
_PIECE_BYTES = 1 << 18


def serve(connection: Connection) -> None:
    """Compare until the other end is closed."""
    step_back()
    limit_memory(_MEMORY_LIMIT_BYTES)
    # Texts and numbers have no cycles; looking for some takes time.
    gc.disable()
    connection.send_bytes(b"ready")
    while True:
        job = msgspec.msgpack.decode(connection.recv_bytes(), type=Job)
        connection.send_bytes(b"=" + msgspec.msgpack.encode(_outcome(job, connection)))


def _outcome(job: Job, connection: Connection) -> Outcome:
    def show_texts(left: bytes, right: bytes) -> None:
        _send(connection, "<", left)
        _send(connection, ">", right)

    try:
        outcome, comparison = compare(job, show_texts)
    except MemoryError:
        return Outcome(fault="There is not enough memory to compare these bodies.")
    except OSError as error:
        return Outcome(fault=f"A body could not be read: {error.strerror or error}")
    for name, column in comparison.arrays().items():
        _send(connection, name, column.tobytes())
    return outcome


def _send(connection: Connection, name: str, data: bytes) -> None:
    """Send in pieces, each with the name of what it is of."""
    mark, whole = name.encode() + b":", memoryview(data)
    for start in range(0, len(whole), _PIECE_BYTES):
        connection.send_bytes(mark + whole[start : start + _PIECE_BYTES])
