"""Auth schemes: one file each, listed here in the order in which the window offers them."""

from httpdesk.core.auth.api_key import ApiKeyAuth
from httpdesk.core.auth.base import Added, Field, Scheme, form_of, secrets_of, without_secrets
from httpdesk.core.auth.basic import BasicAuth
from httpdesk.core.auth.bearer import BearerAuth
from httpdesk.core.auth.none import InheritAuth, NoAuth

Auth = NoAuth | InheritAuth | BasicAuth | BearerAuth | ApiKeyAuth

SCHEMES: tuple[type[Auth], ...] = (NoAuth, InheritAuth, BasicAuth, BearerAuth, ApiKeyAuth)

__all__ = [
    "SCHEMES",
    "Added",
    "ApiKeyAuth",
    "Auth",
    "BasicAuth",
    "BearerAuth",
    "Field",
    "InheritAuth",
    "NoAuth",
    "Scheme",
    "form_of",
    "secrets_of",
    "without_secrets",
]
