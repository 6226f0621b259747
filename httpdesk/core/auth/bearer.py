"""Bearer tokens (RFC 6750)."""

from typing import Annotated, ClassVar

from httpdesk.core.auth.base import Added, Field, Scheme


class BearerAuth(Scheme, frozen=True, kw_only=True, omit_defaults=True, tag="bearer"):
    """A token in the Authorization header, behind a prefix that can be changed or left empty."""

    title: ClassVar[str] = "Bearer token"
    token: Annotated[str, Field(label="Token", secret=True)] = ""
    prefix: Annotated[str, Field(label="Prefix")] = "Bearer"

    def added(self) -> Added:
        """The Authorization header."""
        return Added(headers=(("Authorization", f"{self.prefix} {self.token}".strip()),))
