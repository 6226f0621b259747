"""Request: an HTTP request as the user wrote it, variables and all."""

import msgspec

from httpdesk.core.auth import Auth, InheritAuth
from httpdesk.core.options import Options
from httpdesk.core.rows import Part, Row

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
"""Methods that change nothing (RFC 9110, section 9.2.1)."""
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS")

CONTENT_TYPES = {
    "json": "application/json",
    "xml": "application/xml",
    "html": "text/html; charset=utf-8",
    "yaml": "application/yaml",
    "text": "text/plain; charset=utf-8",
}


class NoBody(msgspec.Struct, frozen=True, kw_only=True, tag="none"):
    """Nothing is sent."""


class RawBody(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, tag="raw"):
    """Text sent byte for byte as UTF-8; `language` (a key of CONTENT_TYPES) colours it and sets Content-Type."""

    text: str = ""
    language: str = "json"


class FormBody(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, tag="form"):
    """application/x-www-form-urlencoded fields."""

    rows: tuple[Row, ...] = ()


class MultipartBody(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, tag="multipart"):
    """multipart/form-data fields and files (RFC 7578)."""

    parts: tuple[Part, ...] = ()


class FileBody(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, tag="file"):
    """The bytes of one file, streamed from disk; a relative path counts from the collection's folder."""

    path: str = ""
    content_type: str = ""


class Filter(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What part of the answer is of interest: an expression and its language (a key of filters.LANGUAGES)."""

    language: str = ""
    text: str = ""


Body = NoBody | RawBody | FormBody | MultipartBody | FileBody


class HttpRequest(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A request as edited and saved.

    `url` is the text of the URL field, with the query parameters that are switched on; `query` repeats them with
    descriptions and adds those that are switched off (see core/urls.py, which keeps the two in step).
    `suppressed` names automatic headers that the user switched off. `other_bodies` are what the user wrote
    in other body formats, kept so that a switch of format loses nothing.
    """

    method: str = "GET"
    url: str = ""
    query: tuple[Row, ...] = ()
    path: tuple[Row, ...] = ()
    headers: tuple[Row, ...] = ()
    suppressed: tuple[str, ...] = ()
    auth: Auth = InheritAuth()
    body: Body = NoBody()
    other_bodies: tuple[Body, ...] = ()
    options: Options = Options()
    docs: str = ""
    filter: Filter = Filter()
