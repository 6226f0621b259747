"""Take a multipart/form-data body apart in memory, so that its parts can be shown beside the whole text."""

import email.parser
from email.message import Message
from typing import NamedTuple


class Part(NamedTuple):
    """One part of a form: its field name, file name (None for a plain field), content type and bytes."""

    name: str
    filename: str | None
    content_type: str
    headers: list[tuple[str, str]]
    data: bytes


def split_parts(content_type: str, body: bytes) -> list[Part] | None:
    """Split a body at its boundary (RFC 2046, section 5.1); None when it is not a complete multipart body."""
    header = Message()
    header["Content-Type"] = content_type
    boundary = header.get_boundary()
    if not boundary:
        return None
    mark = b"--" + boundary.encode("latin-1", "replace")
    pieces = (b"\r\n" + body).split(b"\r\n" + mark)
    if len(pieces) < 2 or not pieces[-1].startswith(b"--"):
        return None
    return [_part(piece) for piece in pieces[1:-1]]


def _part(piece: bytes) -> Part:
    _padding, _line_end, rest = piece.partition(b"\r\n")
    # A part without headers starts with the empty line itself.
    head, _blank, data = (b"", b"", rest[2:]) if rest.startswith(b"\r\n") else rest.partition(b"\r\n\r\n")
    text = head.decode("utf-8", "replace")
    message = email.parser.HeaderParser().parsestr(text)
    name = message.get_param("name", "", header="content-disposition")
    return Part(
        name=_plain(name),
        filename=message.get_filename(),
        content_type=message.get("Content-Type", ""),
        headers=[(key, value) for key, value in message.items()],
        data=data,
    )


def _plain(value: object) -> str:
    # RFC 2231 parameters arrive as (charset, language, text).
    return str(value[2]) if isinstance(value, tuple) else str(value or "")
