"""API keys: one named value in a header, the query or a cookie."""

from typing import Annotated, ClassVar

from httpdesk.core.auth.base import Added, Field, Scheme
from httpdesk.core.problem import Problem, Remedy


class ApiKeyAuth(Scheme, frozen=True, kw_only=True, omit_defaults=True, tag="apikey"):
    """A key under a name of the service's choosing."""

    title: ClassVar[str] = "API key"
    key: Annotated[str, Field(label="Name")] = "X-Api-Key"
    value: Annotated[str, Field(label="Key", secret=True)] = ""
    placement: Annotated[str, Field(label="Add to", choices=("header", "query", "cookie"))] = "header"

    def added(self) -> Added:
        """One pair in the chosen place; refused without a name."""
        if not self.key:
            raise Problem(
                "The API key has no name",
                "A header, parameter or cookie needs one. Nothing was sent.",
                kind="bad-auth",
                where="auth",
                remedies=(Remedy(text="Give it a name", label="Open Auth", action="focus", value="auth"),),
            )
        pair = ((self.key, self.value),)
        if self.placement == "query":
            return Added(query=pair)
        if self.placement == "cookie":
            return Added(cookies=pair)
        return Added(headers=pair)
