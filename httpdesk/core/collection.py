"""Collections: folders and requests as a tree of plain nouns; the files are store/'s business."""

from enum import StrEnum

import msgspec

from httpdesk.core.auth import Auth, InheritAuth
from httpdesk.core.environment import Environment, Variable
from httpdesk.core.request import HttpRequest
from httpdesk.core.rows import Row


class Entry(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A request in the tree, known by its file's head alone: enough to show it.

    `path` is relative to the workspace, with forward slashes; `fault` says why the file can't be read.
    `kind` is "http", "websocket" or another protocol's name.
    """

    path: str
    name: str
    method: str = "GET"
    kind: str = "http"
    seq: float = 0
    fault: str = ""


class Folder(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A folder or, at the root, a collection; `path` as in Entry."""

    path: str
    name: str
    seq: float = 0
    folders: tuple["Folder", ...] = ()
    entries: tuple[Entry, ...] = ()
    fault: str = ""

    def count(self) -> int:
        """Requests in this folder and below."""
        return len(self.entries) + sum(folder.count() for folder in self.folders)


class Level(StrEnum):
    """Who gives something to a request: itself, a folder, or its collection."""

    REQUEST = "request"
    FOLDER = "folder"
    COLLECTION = "collection"


class Defaults(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a folder or collection gives to the requests in it."""

    level: Level = Level.FOLDER

    headers: tuple[Row, ...] = ()
    auth: Auth = InheritAuth()
    variables: tuple[Variable, ...] = ()


class Saved(msgspec.Struct, frozen=True, kw_only=True):
    """A request read whole: its name, itself and what the folders above give it, the nearest first.

    `version` tells the bytes of the file from others, "" where there is no file.
    """

    path: str
    name: str
    request: HttpRequest
    above: tuple[tuple[str, Defaults], ...] = ()
    environments: tuple[Environment, ...] = ()
    version: str = ""
