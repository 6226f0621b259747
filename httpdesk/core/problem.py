"""Problem: the one exception that a user sees, with what failed, how far it got and what to try."""

from enum import StrEnum

import msgspec


class Stage(StrEnum):
    """The steps of a send, in order; a problem says which was reached."""

    VARIABLES = "variables"
    ADDRESS = "address"
    TCP = "tcp"
    TLS = "tls"
    REQUEST = "request"
    ANSWER = "answer"


class StepState(StrEnum):
    """What became of one step."""

    DONE = "done"
    FAILED = "failed"
    UNUSED = "unused"
    PENDING = "pending"


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """One step of a send and what is known of it, such as "127.0.0.1, no DNS needed"."""

    stage: Stage
    state: StepState
    note: str = ""


class Remedy(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One thing to try; with an action, the window offers a button that does it.

    Actions the window knows: "open_settings" (value: page), "request_settings", "trust_host" (value: host),
    "replace_url" (value: the new URL), "set_time_limit" (value: field=seconds), "focus" (value: url, headers, body,
    auth, params), "edit_environment" (value: variable name), "fix_header" (value: old=new).
    """

    text: str
    label: str = ""
    action: str = ""
    value: str = ""


class Problem(Exception):
    """Something the user can act on.

    `kind` is a stable word for code and command line (see net/problems.py); `where` names the place in the request
    ("url", "header X-Trace", "body", "auth", "settings"); `evidence` is small print such as class and errno;
    `steps` and `remedies` (three at the most) are for the error page.
    """

    def __init__(
        self,
        title: str,
        detail: str = "",
        *,
        kind: str = "invalid",
        where: str = "",
        evidence: str = "",
        steps: tuple[Step, ...] = (),
        remedies: tuple[Remedy, ...] = (),
    ) -> None:
        super().__init__(title, detail)
        self.title, self.detail, self.kind, self.where = title, detail, kind, where
        self.evidence, self.steps, self.remedies = evidence, steps, remedies

    def __str__(self) -> str:
        return f"{self.title}. {self.detail}" if self.detail else self.title
