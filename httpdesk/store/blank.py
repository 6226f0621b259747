"""Blank: nouns without literal secrets, as they may be written to a file; references such as {{token}} stay."""

import re

import msgspec

from httpdesk.core.auth import without_secrets
from httpdesk.core.options import Options
from httpdesk.core.request import HttpRequest

# A literal password in a proxy's URL, from "user:" to the last "@"; the scheme may be missing.
_PASSWORD = re.compile(r"^((?>(?:[\w+.-]+://)?)[^/@:]*):(?:(?!\{\{).)*@", re.S)


def request_without_secrets(request: HttpRequest) -> HttpRequest:
    """The request with secret auth fields, the passphrase and the proxy's password blank."""
    auth = without_secrets(request.auth)
    return msgspec.structs.replace(request, auth=auth, options=options_without_secrets(request.options))


def options_without_secrets(options: Options) -> Options:
    """The options with passphrase and proxy password blank."""
    certificate, proxy = options.client_certificate, options.proxy
    if certificate is not None and _is_literal(certificate.passphrase):
        certificate = msgspec.structs.replace(certificate, passphrase="")
    if proxy is not None:
        password = "" if _is_literal(proxy.password) else proxy.password
        proxy = msgspec.structs.replace(proxy, url=_PASSWORD.sub(r"\1@", proxy.url.strip()), password=password)
    return msgspec.structs.replace(options, client_certificate=certificate, proxy=proxy)


def _is_literal(secret: str) -> bool:
    return bool(secret) and "{{" not in secret
