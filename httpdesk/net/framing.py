"""Framing: how long the body of an answer is, and whether the connection can be used again (RFC 9112, section 6)."""

import re
from typing import NamedTuple

from httpdesk.core.exchange import Head

UNTIL_CLOSE = -1
CHUNKED = -2


class Framing(NamedTuple):
    """How a body ends: after `length` bytes, or UNTIL_CLOSE, or CHUNKED.

    `codings` are transfer codings below "chunked". A doubtful body may end in another way than it says: silence ends it
    soon. A connection is reusable when nothing about it is unclear.
    """

    length: int
    codings: tuple[str, ...] = ()
    reusable: bool = True
    doubtful: bool = False


def framing(head: Head, method: str, faults: list[str]) -> Framing:
    """Read Content-Length and Transfer-Encoding; contradictions are added to `faults`."""
    keeps = _keeps_alive(head)
    codings = _tokens(head.all("Transfer-Encoding"))
    lengths = list(dict.fromkeys(value for text in head.all("Content-Length") for value in _values(text)))
    if method == "HEAD" or head.status in (101, 304) or (method == "CONNECT" and 200 <= head.status < 300):
        return Framing(0, reusable=keeps and head.status != 101)
    if head.status == 204:
        return _no_content(codings, lengths, keeps, faults)
    if codings:
        return _transfer_coded(head, codings, bool(lengths), keeps, faults)
    if lengths:
        return _length(lengths, head.all("Content-Length"), keeps, faults)
    return Framing(UNTIL_CLOSE, reusable=False)


def _keeps_alive(head: Head) -> bool:
    options = _tokens(head.all("Connection"))
    return "close" not in options and (head.http_version == "1.1" or "keep-alive" in options)


def _tokens(values: tuple[str, ...]) -> list[str]:
    return [token.strip().lower() for value in values for token in value.split(",") if token.strip()]


def _values(text: str) -> list[str]:
    return [value.strip() for value in text.split(",")]


def _no_content(codings: list[str], lengths: list[str], keeps: bool, faults: list[str]) -> Framing:
    if not codings and lengths in ([], ["0"]):
        return Framing(0, reusable=keeps)
    faults.append("Status 204 means that there is no body, but the headers announce one")
    return Framing(UNTIL_CLOSE, reusable=False, doubtful=True)


def _transfer_coded(head: Head, codings: list[str], with_length: bool, keeps: bool, faults: list[str]) -> Framing:
    faults_before = len(faults)
    if with_length:
        faults.append("Both Content-Length and Transfer-Encoding are there; the length is ignored")
    if head.http_version == "1.0":
        faults.append("Transfer-Encoding does not exist in HTTP/1.0")
    if codings.count("chunked") > 1:
        faults.append("Transfer-Encoding says chunked more than once")
    last = codings[-1]
    rest = tuple(coding.removeprefix("x-") for coding in codings if coding.removeprefix("x-") in ("gzip", "deflate"))
    clear = keeps and len(faults) == faults_before
    if last == "chunked":
        return Framing(CHUNKED, rest, reusable=clear)
    faults.append(f"Transfer-Encoding does not end with chunked, but with {last}")
    return Framing(UNTIL_CLOSE, rest, reusable=False)


def _length(lengths: list[str], headers: tuple[str, ...], keeps: bool, faults: list[str]) -> Framing:
    first = lengths[0]
    if len(lengths) > 1:
        faults.append(f"Content-Length is there with different values: {', '.join(lengths[:5])}; the first one counts")
    elif len(headers) > 1 or "," in headers[0]:
        faults.append(f"Content-Length is there more than once, always {first}")
    if re.fullmatch(r"[0-9]{1,25}", first):
        return Framing(int(first), reusable=keeps and len(lengths) == 1, doubtful=len(lengths) > 1)
    faults.append(f"Content-Length is not a usable number: {first[:40]}")
    digits = re.fullmatch(r"\+?([0-9]{1,25})\D*", first)
    if digits:
        return Framing(int(digits.group(1)), reusable=False, doubtful=True)
    return Framing(UNTIL_CLOSE, reusable=False, doubtful=True)
