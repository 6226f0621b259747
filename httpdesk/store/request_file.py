"""Request files: a request of OpenCollection (one YAML file) to an HttpRequest and back."""

import msgspec

from httpdesk.core import urls
from httpdesk.core.auth import NoAuth
from httpdesk.core.environment import Variable
from httpdesk.core.options import Options
from httpdesk.core.problem import Problem
from httpdesk.core.request import Filter, HttpRequest, NoBody
from httpdesk.core.rows import Row, enabled
from httpdesk.store import auth_values, blank, body_values, option_values
from httpdesk.store.plain import Values, mappings, part, pruned, row, row_values, rows, rows_values, text, texts

_KINDS = ("websocket", "grpc", "graphql")


def kind_of(values: Values) -> str:
    """The protocol: "http", "websocket" and so on; "" where the file is no request."""
    kind = text(part(values, "info").get("type")) or text(part(values, "meta").get("type"))
    if kind:
        return kind
    return next((name for name in ("http", *_KINDS) if name in values), "")


def name_of(values: Values, file_stem: str) -> str:
    """The name of a request or folder; that of its file where it has none."""
    return text(part(values, "info").get("name")) or file_stem


def read(values: Values, name: str) -> HttpRequest:
    """The request in a file's values; raises Problem (kind "other-protocol", "not-a-request") where there is none."""
    kind = kind_of(values)
    if kind != "http":
        raise _no_http(kind, name)
    http, extension = part(values, "http"), _extension(values)
    url = text(http.get("url"))
    params = mappings(http.get("params"))
    query = tuple(row(item) for item in params if item.get("type") != "path")
    path = tuple(row(item) for item in params if item.get("type") == "path")
    url, query = _in_step(url, query)
    known = {each.name for each in path}
    others = [item for item in mappings(extension.get("bodies")) if "title" not in item]
    return HttpRequest(
        method=text(http.get("method")).strip() or "GET",
        url=url,
        query=query,
        path=path + tuple(Row(name=each) for each in urls.path_names(url) if each not in known),
        headers=rows(http.get("headers")),
        suppressed=texts(extension.get("suppressedHeaders")),
        auth=auth_values.read(http.get("auth"), extension.get("auth"), absent=NoAuth()),
        body=body_values.read(http.get("body"), extension.get("body")),
        other_bodies=tuple(body_values.read(item.get("body"), item) for item in others),
        options=option_values.read(part(values, "settings"), extension),
        docs=text(values.get("docs")),
        filter=_filter(part(extension, "filter")),
    )


def variables(values: Values) -> tuple[Variable, ...]:
    """The variables that a request brings along."""
    return tuple(variable(item) for item in mappings(part(values, "runtime").get("variables")))


def variable(item: Values) -> Variable:
    """One variable of a request, folder or environment."""
    found = row(item)
    return Variable(
        name=found.name,
        value=found.value,
        description=found.description,
        enabled=found.enabled,
        secret=item.get("secret") is True,
    )


def write(request: HttpRequest) -> Values:
    """All of a request as it stands in a file beside "info"; defaults and blank secrets are left out."""
    auth, auth_more = auth_values.write(request.auth, absent=NoAuth)
    body, body_more = (None, {}) if isinstance(request.body, NoBody) else body_values.write(request.body)
    params = [row_values(each, type="query") for each in request.query]
    params += [row_values(each, type="path") for each in request.path]
    http = pruned(
        {
            "method": request.method,
            "url": request.url,
            "headers": rows_values(request.headers),
            "params": params,
            "body": body,
            "auth": auth,
        }
    )
    others = (body_values.write(other) for other in request.other_bodies)
    extension = pruned(
        {
            "suppressedHeaders": list(request.suppressed),
            "auth": auth_more,
            "body": body_more,
            "bodies": [{"body": other.body, **other.more} for other in others],
            **option_values.write_extension(request.options),
            "filter": pruned({"language": request.filter.language or None, "text": request.filter.text or None}),
        }
    )
    return pruned(
        {
            "http": http,
            "settings": option_values.write_settings(request.options),
            "docs": request.docs or None,
            "extensions": pruned({"httpdesk": extension}),
        }
    )


def new(name: str, seq: float, request: HttpRequest) -> Values:
    """The values of a new file, without secrets."""
    return {"info": {"name": name, "type": "http", "seq": seq}, **write(blank.request_without_secrets(request))}


def may_be_written(request: HttpRequest, old: HttpRequest) -> HttpRequest:
    """The request without secrets, apart from those that the user wrote into the file and has not changed."""
    safe = blank.request_without_secrets(request)
    options: dict[str, object] = {
        name: getattr(old.options, name)
        for name in ("client_certificate", "proxy")
        if getattr(old.options, name) == getattr(request.options, name)
    }
    return msgspec.structs.replace(
        safe,
        auth=old.auth if old.auth == request.auth else safe.auth,
        options=_replaced(safe.options, options),
    )


def _replaced(options: Options, changes: dict[str, object]) -> Options:
    return msgspec.structs.replace(options, **changes)


def _extension(values: Values) -> Values:
    return part(values, "extensions", "httpdesk")


def _filter(values: Values) -> Filter:
    return Filter(language=text(values.get("language")), text=text(values.get("text")))


def _in_step(url: str, query: tuple[Row, ...]) -> tuple[str, tuple[Row, ...]]:
    """URL text and query rows that agree: rows that the URL lacks are added to it, else the URL counts."""
    if enabled(urls.query_rows(url, query)) == enabled(query):
        return url, query
    if not urls.split(url).query:
        return urls.with_query(url, query), query
    return url, urls.query_rows(url, query)


def _no_http(kind: str, name: str) -> Problem:
    if not kind:
        return Problem(f"{name} is not a request", "The file has no http part.", kind="not-a-request", where=name)
    title = f"{name} is a {kind} request"
    return Problem(title, "It can't be opened as HTTP. The file stays as it is.", kind="other-protocol", where=name)
