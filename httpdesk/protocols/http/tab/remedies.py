"""Remedies: what the buttons of an error page do to the request or the settings."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import msgspec

from httpdesk.core.edits import with_url
from httpdesk.core.problem import Remedy
from httpdesk.ui.services import Services

if TYPE_CHECKING:
    from httpdesk.protocols.http.tab.tab import HttpTab


def apply_remedy(tab: "HttpTab", services: Services, remedy: Remedy) -> None:
    """Do what a remedy offers; those that make the request right also send it again."""
    actions: dict[str, Callable[[HttpTab, Services, str], None]] = {
        "open_settings": lambda _tab, services_, page: services_.open_settings(page),
        "request_settings": lambda tab_, _services, _value: tab_.request_pane.show_page("settings"),
        "trust_host": _trust_host,
        "replace_url": _replace_url,
        "set_time_limit": _set_time_limit,
        "focus": _focus,
        "edit_environment": lambda _tab, services_, name: services_.edit_variable(name),
        "fix_header": _fix_header,
    }
    if action := actions.get(remedy.action):
        action(tab, services, remedy.value)


def _trust_host(tab: "HttpTab", services: Services, host: str) -> None:
    options = services.settings.value.options
    hosts = tuple(dict.fromkeys((*(options.unverified_hosts or ()), host.lower())))
    services.settings.change(options=msgspec.structs.replace(options, unverified_hosts=hosts))
    tab.send()


def _replace_url(tab: "HttpTab", _services: Services, url: str) -> None:
    typed = tab.request.url
    if "{{" in typed:
        # The new URL has values in the place of variables: only the scheme is taken, where it is typed as such.
        scheme, separator, rest = typed.partition("://")
        if scheme.lower() not in ("http", "https") or not separator:
            tab.url_row.focus_url()
            return
        url = f"{url.partition('://')[0]}://{rest}"
    tab.replace_request(with_url(tab.request, url))
    tab.send()


def _set_time_limit(tab: "HttpTab", _services: Services, field_and_value: str) -> None:
    field, _, seconds = field_and_value.partition("=")
    options = msgspec.structs.replace(tab.request.options, **{field: float(seconds)})
    tab.replace_request(msgspec.structs.replace(tab.request, options=options))
    tab.send()


def _focus(tab: "HttpTab", _services: Services, place: str) -> None:
    if place == "url":
        tab.url_row.focus_url()
    else:
        tab.request_pane.show_page(place)


def _fix_header(tab: "HttpTab", _services: Services, old_and_new: str) -> None:
    old, _, new = old_and_new.partition("=")
    headers = tuple(msgspec.structs.replace(row, name=new) if row.name == old else row for row in tab.request.headers)
    tab.replace_request(msgspec.structs.replace(tab.request, headers=headers))
