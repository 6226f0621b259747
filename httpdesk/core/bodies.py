"""Bodies: from a body as written to the bytes, file or parts that are sent."""

import re
from urllib.parse import quote_plus

import msgspec

from httpdesk.core.plain_json import without_extras
from httpdesk.core.problem import Problem, Remedy
from httpdesk.core.request import CONTENT_TYPES, Body, FileBody, FormBody, MultipartBody, RawBody
from httpdesk.core.rows import Part, enabled
from httpdesk.core.template import Resolver
from httpdesk.core.wire import BytesBody, FileOnDisk, Multipart, WireBody

_LINE_BREAK = re.compile(r"[\r\n\x00]")


def wire_body(body: Body, resolver: Resolver, boundary: str, *, plain_json: bool) -> tuple[WireBody, str]:
    """The body to send and its Content-Type, "" for none. Raises Problem where a file is wanted and not named.

    With `plain_json` comments and trailing commas of a JSON text are left out; the values of variables stay whole.
    """
    if isinstance(body, RawBody):
        text = resolver.text(sent_text(body, plain_json=plain_json), "body")
        if not text:
            return None, ""
        return BytesBody(data=_utf8(text)), CONTENT_TYPES.get(body.language, CONTENT_TYPES["text"])
    if isinstance(body, FormBody):
        pairs = (
            f"{quote_plus(resolver.text(row.name, f'form field {row.name}'))}"
            f"={quote_plus(resolver.text(row.value, f'form field {row.name}'))}"
            for row in enabled(body.rows)
        )
        return BytesBody(data="&".join(pairs).encode("ascii")), "application/x-www-form-urlencoded"
    if isinstance(body, MultipartBody):
        parts = tuple(_part(part, resolver) for part in enabled(body.parts))
        return Multipart(parts=parts, boundary=boundary), f"multipart/form-data; boundary={boundary}"
    if isinstance(body, FileBody):
        path = resolver.text(body.path, "body file")
        if not path:
            raise _no_file("The body has no file", "body")
        kind = resolver.text(body.content_type, "body content type")
        return FileOnDisk(path=path), kind or "application/octet-stream"
    return None, ""


def sent_text(body: RawBody, *, plain_json: bool) -> str:
    """The text of a body as it is sent, with its references."""
    return without_extras(body.text) if plain_json and body.language == "json" else body.text


def _utf8(text: str) -> bytes:
    try:
        return text.encode()
    except UnicodeEncodeError as error:
        raise Problem(
            "The body holds half a character",
            f"A lone surrogate at position {error.start + 1}.",
            kind="bad-text",
            where="body",
        ) from error


def _part(part: Part, resolver: Resolver) -> Part:
    where = f"form field {part.name}"
    if part.is_file and not part.files:
        raise _no_file(f"Form field {part.name} has no file", where)
    made = msgspec.structs.replace(
        part,
        name=resolver.text(part.name, where),
        value=resolver.text(part.value, where),
        files=tuple(resolver.text(file, where) for file in part.files),
        content_type=resolver.text(part.content_type, where),
        file_name=resolver.text(part.file_name, where),
    )
    if made.is_file and not all(made.files):
        raise _no_file(f"Form field {part.name} has no file", where)
    if _LINE_BREAK.search(made.content_type):
        raise Problem(
            f"The content type of form field {part.name} holds a line break or NUL",
            "It is one line; a break in it would start another header. Nothing was sent.",
            kind="bad-header-value",
            where=where,
            remedies=(Remedy(text="Remove the line break", label="Open Body", action="focus", value="body"),),
        )
    for text in (made.name, made.value, made.content_type, made.file_name):
        _utf8(text)
    return made


def _no_file(title: str, where: str) -> Problem:
    return Problem(
        title,
        "Nothing was sent.",
        kind="no-file",
        where=where,
        remedies=(Remedy(text="Choose a file in the Body tab", label="Open Body", action="focus", value="body"),),
    )
