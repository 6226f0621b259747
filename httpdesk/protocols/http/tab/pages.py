"""The pages of a request: name, title, what the tab says beside it, and how the page is made when it is first shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from PySide6.QtCore import QT_TRANSLATE_NOOP
from PySide6.QtWidgets import QWidget

from httpdesk.core.auth import form_of
from httpdesk.core.environment import Scope
from httpdesk.core.options import Options
from httpdesk.core.request import FileBody, FormBody, HttpRequest, MultipartBody, RawBody
from httpdesk.core.rows import enabled
from httpdesk.protocols.http.tab.page import Page
from httpdesk.ui.services import Services
from httpdesk.ui.tasks import Tasks

DOT = "dot"


@dataclass(frozen=True)
class Needs:
    """What pages are made from."""

    services: Services
    tasks: Tasks
    scope: Callable[[], Scope]
    parent: QWidget


class PageKind(NamedTuple):
    """One page; `note` gives a count, a dot for content, or nothing."""

    name: str
    title: str
    note: Callable[[HttpRequest], str]
    make: Callable[[Needs], Page]


def _count(number: int) -> str:
    return str(number) if number else ""


def _dot(there: object) -> str:
    return DOT if there else ""


def _params_note(request: HttpRequest) -> str:
    return _count(len(enabled(request.query)) + len(request.path))


def _headers_note(request: HttpRequest) -> str:
    return _count(len(enabled(request.headers)))


def _options_note(request: HttpRequest) -> str:
    return _dot(request.options != Options())


def _body_note(request: HttpRequest) -> str:
    body = request.body
    if isinstance(body, FormBody):
        return _count(len(enabled(body.rows)))
    if isinstance(body, MultipartBody):
        return _count(len(enabled(body.parts)))
    if isinstance(body, RawBody):
        return _dot(body.text)
    return _dot(isinstance(body, FileBody) and body.path)


def _params(needs: Needs) -> Page:
    from httpdesk.protocols.http.tab.params_page import ParamsPage

    return ParamsPage(needs.scope, needs.services.run_action, needs.parent)


def _headers(needs: Needs) -> Page:
    from httpdesk.protocols.http.tab.headers_page import HeadersPage

    return HeadersPage(needs.scope, needs.parent)


def _auth(needs: Needs) -> Page:
    from httpdesk.protocols.http.tab.auth_page import AuthPage

    return AuthPage(needs.parent)


def _body(needs: Needs) -> Page:
    from httpdesk.protocols.http.tab.body_page import BodyPage

    return BodyPage(needs.services, needs.tasks, needs.scope, needs.parent)


def _settings(needs: Needs) -> Page:
    from httpdesk.protocols.http.tab.settings_page import SettingsPage

    return SettingsPage(needs.services.settings, needs.tasks, needs.parent)


def _docs(needs: Needs) -> Page:
    from httpdesk.protocols.http.tab.docs_page import DocsPage

    return DocsPage(needs.parent)


# A new page is one line here and a file beside this one.
PAGES = (
    PageKind("params", str(QT_TRANSLATE_NOOP("pages", "Params")), _params_note, _params),
    PageKind("headers", str(QT_TRANSLATE_NOOP("pages", "Headers")), _headers_note, _headers),
    PageKind("auth", str(QT_TRANSLATE_NOOP("pages", "Auth")), lambda r: _dot(form_of(type(r.auth))), _auth),
    PageKind("body", str(QT_TRANSLATE_NOOP("pages", "Body")), _body_note, _body),
    PageKind("settings", str(QT_TRANSLATE_NOOP("pages", "Settings")), _options_note, _settings),
    PageKind("docs", str(QT_TRANSLATE_NOOP("pages", "Docs")), lambda r: _dot(r.docs), _docs),
)
