"""What goes on the wire: a request with every variable resolved and every automatic header in place."""

from enum import StrEnum

import msgspec

from httpdesk.core.options import Effective
from httpdesk.core.rows import Part


class Source(StrEnum):
    """Who put a header there."""

    TYPED = "typed"
    AUTH = "auth"
    INHERITED = "inherited"
    JAR = "jar"
    AUTOMATIC = "automatic"


class WireHeader(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One header; a fixed one (Host, Content-Length) can't be switched off."""

    name: str
    value: str
    source: Source = Source.TYPED
    fixed: bool = False


class BytesBody(msgspec.Struct, frozen=True, kw_only=True, tag="bytes"):
    """A body in memory."""

    data: bytes


class FileOnDisk(msgspec.Struct, frozen=True, kw_only=True, tag="file"):
    """A body streamed from the file at `path`."""

    path: str


class Multipart(msgspec.Struct, frozen=True, kw_only=True, tag="multipart"):
    """Parts streamed with this boundary; `files` of a part are paths."""

    parts: tuple[Part, ...]
    boundary: str


WireBody = BytesBody | FileOnDisk | Multipart | None


class WireRequest(msgspec.Struct, frozen=True, kw_only=True):
    """One request, ready to send.

    `takes_cookies` lets those of the jar join; `folder` is where relative file paths count from; `variables` are the
    names used with their values (secret ones masked); `secrets` must be redacted wherever this request is shown.
    """

    method: str
    url: str
    headers: tuple[WireHeader, ...]
    body: WireBody
    options: Effective
    takes_cookies: bool = True
    folder: str = ""
    variables: tuple[tuple[str, str], ...] = ()
    secrets: frozenset[str] = frozenset()

    def header(self, name: str) -> str | None:
        """The value of the first header of this name, in any case."""
        return next((header.value for header in self.headers if header.name.lower() == name.lower()), None)
