"""Job: what is to be filtered how, and what came of it."""

import msgspec

TIME_LIMIT_S = 10.0
# Reading a large body takes its time, whatever the expression.
MORE_TIME_S_PER_BYTE = 0.15e-6
MEMORY_LIMIT_BYTES = 3 << 30
# More than this is not shown; the expression can be made narrower.
RESULT_LIMIT_BYTES = 50_000_000


class Job(msgspec.Struct, frozen=True, kw_only=True):
    """An expression and a body: `path` is its file, else `data` are its bytes; `key` is the same for the same body."""

    language: str
    text: str
    body_language: str
    encoding: str
    key: str
    path: str = ""
    data: bytes = b""
    size_bytes: int = 0


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """How a filter ended: `fault` says in words why there is no result, `note` what to know about the one there is.

    `shows` is the language of the result: "json", "xml", "html" or "text".
    """

    matches: int = 0
    shows: str = "text"
    fault: str = ""
    note: str = ""
    is_cut: bool = False


class NoResult(Exception):
    """The expression or the body does not do; the words are for the user."""
