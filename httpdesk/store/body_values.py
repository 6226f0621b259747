"""Bodies in files: OpenCollection's kinds, and an extension for languages, file names and what a switch hides."""

from typing import NamedTuple

from httpdesk.core.request import Body, FileBody, FormBody, MultipartBody, NoBody, RawBody
from httpdesk.core.rows import Part
from httpdesk.store.merging import chosen
from httpdesk.store.plain import Values, flag, mappings, part, pruned, rows, rows_values, text, texts

_RAW = ("json", "xml", "text")


class Written(NamedTuple):
    """What stands under "body", and in the extension."""

    body: Values
    more: Values


def read(value: object, extension: object) -> Body:
    """The body of a request; where a list of alternatives stands, the selected one."""
    if isinstance(value, list):
        value = part(chosen(value), "body")
    if not isinstance(value, dict):
        return NoBody()
    more = extension if isinstance(extension, dict) else {}
    kind, data = text(value.get("type")), value.get("data")
    if kind in ("none", ""):
        return NoBody()
    if kind == "form-urlencoded":
        return FormBody(rows=rows(data))
    if kind == "multipart-form":
        extras = {text(extra.get("index")): extra for extra in mappings(more.get("parts"))}
        parts = enumerate(mappings(data))
        return MultipartBody(parts=tuple(_part(item, extras.get(str(at), {})) for at, item in parts))
    if kind == "file":
        return _file(data)
    return RawBody(text=text(data), language=_language(kind, more))


def write(body: Body) -> Written:
    """A body as it stands in a file."""
    match body:
        case NoBody():
            return Written({"type": "none"}, {})
        case RawBody():
            native = body.language in _RAW
            kind = body.language if native else "text"
            return Written({"type": kind, "data": body.text}, {} if native else {"language": body.language})
        case FormBody():
            return Written({"type": "form-urlencoded", "data": rows_values(body.rows)}, {})
        case MultipartBody():
            extras = [_extra(at, each) for at, each in enumerate(body.parts)]
            parts = [_part_values(each) for each in body.parts]
            return Written(
                {"type": "multipart-form", "data": parts}, pruned({"parts": [e for e in extras if len(e) > 2]})
            )
        case FileBody():
            item = {"filePath": body.path, "contentType": body.content_type, "selected": True}
            return Written({"type": "file", "data": [item]}, {})


def _language(kind: str, more: Values) -> str:
    if kind == "text" and "language" in more:
        return text(more["language"])
    return kind if kind in _RAW else "text"


def _file(data: object) -> FileBody:
    items = mappings(data) or [{"filePath": text(data)}]
    item = next((item for item in items if flag(item.get("selected"))), items[0])
    return FileBody(path=text(item.get("filePath")), content_type=text(item.get("contentType")))


def _part(item: Values, extra: Values) -> Part:
    is_file = text(item.get("type")) == "file"
    name = text(item.get("name"))
    if text(extra.get("name")) != name:  # the list was changed elsewhere
        extra = {}
    return Part(
        name=name,
        value=text(extra.get("value") if is_file else item.get("value")),
        files=texts(item.get("value") if is_file else extra.get("files")),
        is_file=is_file,
        content_type=text(item.get("contentType")),
        file_name=text(extra.get("fileName")),
        description=text(item.get("description")),
        enabled=flag(item.get("disabled")) is not True,
    )


def _part_values(each: Part) -> Values:
    return {
        "name": each.name,
        "type": "file" if each.is_file else "text",
        "value": list(each.files) if each.is_file else each.value,
        **pruned(
            {
                "contentType": each.content_type or None,
                "description": each.description or None,
                "disabled": None if each.enabled else True,
            }
        ),
    }


def _extra(at: int, each: Part) -> Values:
    """What OpenCollection has no place for: a file's name for the server, and text or files behind the other switch."""
    return pruned(
        {
            "index": at,
            "name": each.name,
            "fileName": each.file_name or None,
            "value": (each.value or None) if each.is_file else None,
            "files": None if each.is_file else list(each.files),
        }
    )
