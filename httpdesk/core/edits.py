"""Edits: changes to a request that keep its parts in step (URL with query and path tables, body formats)."""

import msgspec

from httpdesk.core import urls
from httpdesk.core.request import Body, HttpRequest, NoBody
from httpdesk.core.rows import Row


def with_url(request: HttpRequest, url: str) -> HttpRequest:
    """The request with this URL text; the tables follow, keeping descriptions and switched-off rows."""
    return msgspec.structs.replace(
        request,
        url=url,
        query=urls.query_rows(url, request.query),
        path=urls.path_rows(url, request.path),
    )


def with_query(request: HttpRequest, rows: tuple[Row, ...]) -> HttpRequest:
    """The request with these query rows; the URL text follows."""
    return msgspec.structs.replace(request, url=urls.with_query(request.url, rows), query=rows)


def with_body(request: HttpRequest, body: Body) -> HttpRequest:
    """The request with this body; one of another format is kept aside, so that a switch loses nothing."""
    kept = [other for other in request.other_bodies if type(other) is not type(body)]
    if type(request.body) is not type(body) and not isinstance(request.body, NoBody):
        kept.append(request.body)
    return msgspec.structs.replace(request, body=body, other_bodies=tuple(kept))


def body_of_kind(request: HttpRequest, kind: type[Body]) -> Body:
    """What the user wrote in a body format before, or an empty body of it."""
    for body in (request.body, *request.other_bodies):
        if isinstance(body, kind):
            return body
    return kind()
