"""Folder files: what folder.yml and opencollection.yml give to the requests below."""

from httpdesk.core.auth import InheritAuth
from httpdesk.core.collection import Defaults, Level
from httpdesk.store import auth_values, request_file
from httpdesk.store.plain import Values, mappings, part, rows

VERSION = "1.0.0"


def read(values: Values, level: Level = Level.FOLDER) -> Defaults:
    """The defaults of a folder; one that says nothing about auth leaves it to the folder above."""
    request = part(values, "request")
    extension = part(values, "extensions", "httpdesk")
    return Defaults(
        level=level,
        headers=rows(request.get("headers")),
        auth=auth_values.read(request.get("auth"), extension.get("auth"), absent=InheritAuth()),
        variables=tuple(request_file.variable(item) for item in mappings(request.get("variables"))),
    )


def new_folder(name: str, seq: float) -> Values:
    """The values of a new folder.yml."""
    return {"info": {"name": name, "type": "folder", "seq": seq}}


def new_collection(name: str) -> Values:
    """The values of a new opencollection.yml."""
    return {"opencollection": VERSION, "info": {"name": name}}
