"""URLs: the text of the URL field, its query and path parameters, and the URL that goes out (RFC 3986)."""

import re
from typing import NamedTuple
from urllib.parse import quote

from httpdesk.core.hosts import ascii_authority, bad_url, host_and_port
from httpdesk.core.problem import Remedy
from httpdesk.core.rows import Row, enabled

_SCHEME = re.compile(r"^([A-Za-z][A-Za-z0-9+.-]*)://")
_PATH_NAME = re.compile(r"(?<=/):([A-Za-z_]\w*)")
# "http:/a", "https:\\\\a", "http//a": without a word here they would go to a host named http.
_WRONG_SLASHES = re.compile(r"(https?)(:/(?!/)|:\\\\?|//|:(?=[^\W\d]))", re.IGNORECASE)
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
# Everything a URL may hold (RFC 3986: reserved, unreserved and "%"), so what is legal stays as typed.
_LEGAL = "!#$%&'()*+,/:;=?@[]-._~"
_SEGMENT = "!$'()*+,;=:@-._~%"
_BARE_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
SCHEMES = ("http", "https")


class Split(NamedTuple):
    """A URL text in three: all before "?", the query without "?" or None, the fragment without "#" or None."""

    base: str
    query: str | None
    fragment: str | None


class Target(NamedTuple):
    """The origin of a URL (RFC 6454); host is ASCII (IDNA) and has no brackets."""

    scheme: str
    host: str
    port: int


def split(url: str) -> Split:
    """Cut a URL text at its first "#" and "?" outside of {{references}}; joining the parts gives it back."""
    masked = re.sub(r"\{\{.*?\}\}", lambda match: "_" * len(match.group()), url)
    fragment_at = masked.find("#")
    end = len(url) if fragment_at < 0 else fragment_at
    query_at = masked.find("?", 0, end)
    base_end = end if query_at < 0 else query_at
    return Split(
        url[:base_end],
        None if query_at < 0 else url[query_at + 1 : end],
        None if fragment_at < 0 else url[fragment_at + 1 :],
    )


def query_rows(url: str, old: tuple[Row, ...] = ()) -> tuple[Row, ...]:
    """The rows of a URL's query, merged with the old rows: their descriptions and switched-off ones stay in place.

    A pair that an old row spells in its own way ("a b" for "a%20b") keeps the row's spelling.
    """
    query = split(url).query
    pairs = [pair for pair in query.split("&") if pair] if query else []
    rows: list[Row] = []
    left = list(old)
    for pair in pairs:
        at = next((i for i, row in enumerate(left) if row.enabled and _pair(row) == pair), None)
        if at is None:
            name = _cut(pair)[0]
            at = next((i for i, row in enumerate(left) if row.enabled and _pair(row).partition("=")[0] == name), None)
        rows += _disabled(left[: at or 0])
        rows.append(_merged(pair, left[at] if at is not None else None))
        if at is not None:
            left = left[at + 1 :]
    return (*rows, *_disabled(left))


def _disabled(rows: list[Row]) -> list[Row]:
    return [row for row in rows if not row.enabled]


def _merged(pair: str, old: Row | None) -> Row:
    if old is not None and _pair(old) == pair:
        return old
    name, value = _cut(pair)
    return Row(name=name, value=value, description=old.description if old else "")


def _cut(pair: str) -> tuple[str, str]:
    name, _, value = pair.partition("=")
    return name, value


def _pair(row: Row) -> str:
    name = _protect(row.name, "&#=")
    # A query key alone ("?flag") is not the same as an empty value ("?flag="), but a table can't show the difference.
    return f"{name}={_protect(row.value, '&#')}" if row.value else name


def _protect(text: str, characters: str) -> str:
    """Percent-encode characters that would end the pair, outside of {{references}}."""
    pieces = re.split(r"(\{\{.*?\}\})", text)
    for index in range(0, len(pieces), 2):
        for character in characters:
            pieces[index] = pieces[index].replace(character, f"%{ord(character):02X}")
    return "".join(pieces)


def with_query(url: str, rows: tuple[Row, ...]) -> str:
    """The URL text with its query made from the rows that are switched on; the rest stays as typed."""
    base, _, fragment = split(url)
    query = "&".join(_pair(row) for row in enabled(rows))
    return base + (f"?{query}" if query else "") + ("" if fragment is None else f"#{fragment}")


def path_names(url: str) -> tuple[str, ...]:
    """The names of the :parameters in the path of a URL text, each once."""
    base = _SCHEME.sub("", split(url).base)
    return tuple(dict.fromkeys(_PATH_NAME.findall(base)))


def path_rows(url: str, old: tuple[Row, ...] = ()) -> tuple[Row, ...]:
    """One row for each path parameter of the URL, with the value and description of the old row of that name."""
    known = {row.name: row for row in old}
    return tuple(known.get(name, Row(name=name)) for name in path_names(url))


def with_path(url: str, values: dict[str, str], encode: bool) -> str:
    """Put values in the place of the :parameters; encoded so that each stays one path segment."""

    def value(match: re.Match[str]) -> str:
        name = match.group(1)
        if name not in values:
            return match.group()
        return quote(_BARE_PERCENT.sub("%25", values[name]), safe=_SEGMENT) if encode else values[name]

    base, query, fragment = split(url)
    scheme = match.group() if (match := _SCHEME.match(base)) else ""
    base = scheme + _PATH_NAME.sub(value, base[len(scheme) :])
    return base + ("" if query is None else f"?{query}") + ("" if fragment is None else f"#{fragment}")


def normal(url: str, *, encode: bool) -> str:
    """The URL that goes out: http:// added where no scheme is, IDNA host, illegal characters percent-encoded.

    What is legal stays as typed: nothing is encoded twice, and dots in paths stay. Without `encode` a character that
    cannot go out is refused. Raises Problem with where="url".
    """
    if found := _CONTROL.search(url):
        raise bad_url("The URL holds a control character", f"At position {found.start() + 1}: {found.group()!r}.")
    url = url.strip()
    if not url:
        raise bad_url("The URL is empty", "Type an address, such as https://example.com/things.")
    if not _SCHEME.match(url):
        if wrong := _WRONG_SLASHES.match(url):
            raise bad_url("The URL does not begin right", f"Write {wrong.group(1)}:// in the place of {wrong.group()}.")
        url = "http://" + url.removeprefix("//")
    scheme = url.partition("://")[0].lower()
    if scheme not in SCHEMES:
        raise bad_url(f"{scheme}:// cannot be sent here", "A request goes to http:// or https://.")
    base, query, _ = split(url)
    authority, slash, path = base[len(scheme) + 3 :].partition("/")
    head = f"{scheme}://{ascii_authority(authority)}"
    if half := _SURROGATE.search(url):
        raise bad_url("The URL holds half a character", f"A lone surrogate at position {half.start() + 1}.")
    tail = (slash + path or "/") + ("" if query is None else f"?{query}")
    return head + (_encoded(tail) if encode else _verbatim(tail))


def spellings(text: str) -> tuple[str, str]:
    """How a text goes out as a part of a URL, and as the value of a path parameter."""
    bare = _BARE_PERCENT.sub("%25", text)
    return quote(bare, safe=_LEGAL), quote(bare, safe=_SEGMENT)


def _encoded(text: str) -> str:
    return quote(_BARE_PERCENT.sub("%25", text), safe=_LEGAL)


def _verbatim(text: str) -> str:
    for position, character in enumerate(text):
        if not "!" <= character <= "~":
            raise bad_url(
                "The URL holds a character that cannot be sent as it is",
                f"{character!r} at position {position + 1} of the path; URL encoding is off for this request.",
                Remedy(
                    text="Turn on URL encoding in the request's settings",
                    label="Open settings",
                    action="request_settings",
                ),
            )
    return text


def target(url: str) -> Target:
    """Scheme, host and port of a URL that `normal` made."""
    scheme, _, rest = url.partition("://")
    authority = re.split(r"[/?#]", rest, maxsplit=1)[0]
    host, port = host_and_port(authority)
    return Target(scheme, host.strip("[]"), int(port) if port else 443 if scheme == "https" else 80)


def host_header(url: str) -> str:
    """The Host header of a URL that `normal` made: without the usual port (RFC 9110, section 7.2)."""
    scheme, host, port = target(url)
    name = f"[{host}]" if ":" in host else host
    return name if port == (443 if scheme == "https" else 80) else f"{name}:{port}"
