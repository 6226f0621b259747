"""Basic authentication (RFC 7617)."""

from base64 import b64encode
from typing import Annotated, ClassVar

from httpdesk.core.auth.base import Added, Field, Scheme
from httpdesk.core.problem import Problem, Remedy


class BasicAuth(Scheme, frozen=True, kw_only=True, omit_defaults=True, tag="basic"):
    """User name and password, UTF-8, base64 in the Authorization header."""

    title: ClassVar[str] = "Basic"
    username: Annotated[str, Field(label="User name")] = ""
    password: Annotated[str, Field(label="Password", secret=True)] = ""

    def added(self) -> Added:
        """The Authorization header; a user name with a colon is refused (RFC 7617, section 2)."""
        if ":" in self.username:
            raise Problem(
                "A Basic user name cannot hold a colon",
                "The server would cut it there. Nothing was sent.",
                kind="bad-auth",
                where="auth",
                remedies=(Remedy(text="Correct the user name", label="Open Auth", action="focus", value="auth"),),
            )
        return Added(headers=(("Authorization", basic(self.username, self.password)),))


def basic(username: str, password: str) -> str:
    """The value of a header for Basic authentication."""
    return f"Basic {b64encode(f'{username}:{password}'.encode()).decode()}"
