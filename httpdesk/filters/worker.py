"""Worker: the process that evaluates filters, one after the other, within bounds of memory."""

import gc
import os
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import msgspec

from httpdesk.body.child_process import limit_memory
from httpdesk.filters.job import MEMORY_LIMIT_BYTES, RESULT_LIMIT_BYTES, Job, NoResult, Outcome

_PIECE_BYTES = 1 << 16
# A larger body is read anew each time rather than kept.
_KEPT_BYTES = 5_000_000


class _Full(Exception):
    """The result is large enough."""


class _Results:
    """Sends what is found in pieces, up to the limit."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._piece = bytearray()
        self._sent = 0

    def emit(self, data: bytes) -> None:
        """Add a part of the result."""
        self._piece += data
        if len(self._piece) >= _PIECE_BYTES:
            self.flush()

    def flush(self) -> None:
        """Send what is there."""
        data, self._piece = bytes(self._piece), bytearray()
        for start in range(0, len(data), _PIECE_BYTES):
            self._connection.send_bytes(b"+" + data[start : start + _PIECE_BYTES])
        self._sent += len(data)
        if self._sent >= RESULT_LIMIT_BYTES:
            raise _Full


def serve(connection: Connection) -> None:
    """Evaluate jobs until the other end is closed; the body of a job that was read last is kept."""
    # jq can read it; a filter that came with a file must find nothing there.
    os.environ.clear()
    limit_memory(MEMORY_LIMIT_BYTES)
    # Bodies have no cycles; looking for some again and again doubles the time that a large one takes.
    gc.disable()
    kept: dict[str, Any] = {}
    connection.send_bytes(b"ready")
    while True:
        job = msgspec.msgpack.decode(connection.recv_bytes(), type=Job)
        outcome = _outcome(job, kept, _Results(connection))
        if job.size_bytes > _KEPT_BYTES:
            gc.collect()  # the matches of some libraries know each other
        connection.send_bytes(b"=" + msgspec.msgpack.encode(outcome))


def _outcome(job: Job, kept: dict[str, Any], results: _Results) -> Outcome:
    try:
        outcome = _evaluated(job, kept, results)
        results.flush()
    except _Full:
        return Outcome(shows=_shown_as(job), is_cut=True)
    except NoResult as fault:
        return Outcome(fault=str(fault))
    except RecursionError:
        return Outcome(fault="The body or the expression is nested too deep.")
    except MemoryError:
        kept.clear()
        return Outcome(fault="The filter needs too much memory for this body.")
    except (OSError, UnicodeError, LookupError) as error:
        return Outcome(fault=f"The body could not be read: {error}")
    return outcome


def _evaluated(job: Job, kept: dict[str, Any], results: _Results) -> Outcome:
    kind = "markup" if job.language in ("xpath", "css") else "text" if job.language == "jq" else "values"
    key = f"{job.key} {job.body_language} {job.encoding} {kind}"
    if key not in kept:
        kept.clear()
        data = Path(job.path).read_bytes() if job.path else job.data
        body = _read(job, kind, data)
        if len(data) <= _KEPT_BYTES:
            kept[key] = body
    else:
        body = kept[key]
    if kind == "markup":
        from httpdesk.filters import markup_filters

        run = markup_filters.css if job.language == "css" else markup_filters.xpath
        return run(job.text, body, job.body_language, results.emit)
    from httpdesk.filters import json_filters

    if job.language == "jq":
        return json_filters.jq(job.text, body, results.emit)
    return (json_filters.jmespath if job.language == "jmespath" else json_filters.jsonpath)(
        job.text, body, results.emit
    )


def _read(job: Job, kind: str, data: bytes) -> Any:
    if kind == "markup":
        from httpdesk.filters import markup_filters

        if job.encoding != "utf-8":
            data = data.decode(job.encoding, "replace").encode("utf-8")
        return markup_filters.read(data.lstrip(b" \t\r\n") if job.body_language == "xml" else data, job.body_language)
    text = data.decode(job.encoding, "replace").removeprefix("\ufeff")
    if kind == "text":
        return text
    from httpdesk.filters import json_values

    return json_values.read(text)


def _shown_as(job: Job) -> str:
    return "json" if job.body_language == "json" else "text"
