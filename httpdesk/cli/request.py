"""Request: from the options of `httpdesk send` to a request as the window would write it."""

import getpass
import mimetypes
import re
import sys
from pathlib import Path
from urllib.parse import unquote

from httpdesk.cli.options import SendOptions
from httpdesk.core import urls
from httpdesk.core.auth import Auth, BasicAuth, BearerAuth, NoAuth
from httpdesk.core.environment import Scope
from httpdesk.core.options import ClientCertificate, Effective, Options, Proxy, ProxyMode, effective
from httpdesk.core.problem import Problem
from httpdesk.core.request import METHODS, Body, FileBody, FormBody, HttpRequest, MultipartBody, NoBody, RawBody
from httpdesk.core.rows import Part, Row

_USER_IN_URL = re.compile(r"((?:[A-Za-z][\w+.-]*://)?)([^/?#@\s]*)@")
_PAIRS = re.compile(r"[^\s=&]+=[^\s]*")
_FORM = "application/x-www-form-urlencoded"


def request_of(options: SendOptions, scope: Scope) -> HttpRequest:
    """The request that the options describe. Raises Problem."""
    url, user = _without_user(options.words[-1])
    headers, left_out = _headers(options.headers)
    body = _body(options)
    if isinstance(body, RawBody) and _PAIRS.fullmatch(body.text) and not _has(headers, "content-type"):
        headers.append(Row(name="Content-Type", value=_FORM))
    return HttpRequest(
        method=_method(options, body),
        url=url,
        path=_path_rows(url, scope),
        headers=tuple(headers),
        suppressed=left_out,
        auth=_auth(options, user),
        body=body,
    )


def effective_options(options: SendOptions) -> Effective:
    """How the request travels."""
    total = options.timeout
    defaults = Effective()
    silence = None if total is None else 0.0 if not total else max(total, defaults.sock_read_s)
    return effective(
        Options(
            total_s=total,
            # Who waits longer in all waits as long for a part of it.
            headers_s=silence,
            sock_read_s=silence,
            connect_s=options.connect_timeout,
            sock_connect_s=options.connect_timeout,
            follow_redirects=False if options.no_redirects else None,
            max_redirects=options.max_redirects,
            verify=False if options.insecure else None,
            ca_file=options.cacert or None,
            min_tls=options.min_tls,
            client_certificate=ClientCertificate(
                file=options.cert, key_file=options.key, passphrase=options.passphrase
            ),
            proxy=_proxy(options.proxy),
            plain_json=False,  # what a command says is sent, character by character
        )
    )


def _method(options: SendOptions, body: Body) -> str:
    if len(options.words) == 1:
        return "GET" if isinstance(body, NoBody) else "POST"
    method = options.words[0]
    return method.upper() if method.upper() in METHODS else method


def _without_user(url: str) -> tuple[str, str | None]:
    """The URL without the user name and password in it, and these."""
    match = _USER_IN_URL.match(url)
    return (match[1] + url[match.end() :], unquote(match[2])) if match else (url, None)


def _path_rows(url: str, scope: Scope) -> tuple[Row, ...]:
    """A value for each :name in the path that is a variable; others are no parameters here."""
    return tuple(
        Row(name=name, value=f"{{{{{name}}}}}" if scope.find(name) else f":{name}") for name in urls.path_names(url)
    )


def _headers(lines: tuple[str, ...]) -> tuple[list[Row], tuple[str, ...]]:
    rows, left_out = [], []
    for line in lines:
        name, colon, value = line.partition(":")
        if colon and not value.strip():
            left_out.append(name.strip())
        elif colon:
            rows.append(Row(name=name.strip(), value=value.strip()))
        elif line.rstrip().endswith(";"):
            rows.append(Row(name=line.strip().removesuffix(";")))
        else:
            raise Problem(
                f"-H {line} is not a header",
                "It is written 'NAME: VALUE'; 'NAME:' leaves an automatic header out, 'NAME;' sends it empty.",
                where="headers",
            )
    return rows, tuple(left_out)


def _has(rows: list[Row], name: str) -> bool:
    return any(row.name.lower() == name for row in rows)


def _auth(options: SendOptions, user_in_url: str | None) -> Auth:
    if options.bearer is not None:
        return BearerAuth(token=options.bearer)
    user = options.user if options.user is not None else user_in_url
    if user is None:
        return NoAuth()
    name, colon, password = user.partition(":")
    if not colon and options.user is not None and sys.stdin.isatty() and sys.stderr.isatty():
        password = getpass.getpass(f"Password of {name}: ", sys.stderr)
    return BasicAuth(username=name, password=password)


def _body(options: SendOptions) -> Body:
    if options.file is not None:
        guessed = mimetypes.guess_type(options.file)[0]
        return FileBody(path=options.file, content_type=guessed or "")
    if options.form:
        return _form(options.form)
    if options.data:
        text = "&".join(_text(part) for part in options.data)
        return RawBody(text=text, language="json" if text.lstrip()[:1] in ("{", "[") else "text")
    return NoBody()


def _form(fields: tuple[str, ...]) -> Body:
    pairs = []
    for field in fields:
        name, equals, value = field.partition("=")
        if not equals or not name:
            raise Problem(f"--form {field} is not a field", "It is written NAME=VALUE or NAME=@FILE.", where="body")
        pairs.append((name, value))
    if not any(value.startswith("@") for _, value in pairs):
        return FormBody(rows=tuple(Row(name=name, value=value) for name, value in pairs))
    return MultipartBody(
        parts=tuple(
            Part(name=name, files=(value[1:],), is_file=True) if value.startswith("@") else Part(name=name, value=value)
            for name, value in pairs
        )
    )


def _text(part: str) -> str:
    """What -d says: a text, or the text of a file."""
    if not part.startswith("@"):
        return part
    path = Path(part[1:])
    try:
        data = sys.stdin.buffer.read() if part == "@-" else path.read_bytes()
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Problem(
            f"{path.name} is not UTF-8 text", "--file sends the bytes of a file as they are.", where="body"
        ) from error
    except (OSError, ValueError) as error:
        missing = isinstance(error, FileNotFoundError)
        raise Problem(
            f"{path.name} does not exist" if missing else f"{path.name} cannot be read",
            f"{path}: {getattr(error, 'strerror', None) or error}. Nothing was sent.",
            kind="file-missing" if missing else "file-unreadable",
            where="body",
        ) from error


def _proxy(url: str | None) -> Proxy | None:
    if url is None:
        return None
    if url in ("", "none"):
        return Proxy(mode=ProxyMode.NONE)
    # Who names a proxy wants it for this host too.
    return Proxy(mode=ProxyMode.MANUAL, url=url, bypass=())
