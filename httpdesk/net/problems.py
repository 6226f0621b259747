"""Every failure of the network as one Problem: what failed, how far it got, and what to try."""

from httpdesk.core.problem import Problem
from httpdesk.net.track import Track


def problem_of(error: Exception, track: Track | None) -> Problem:
    """The Problem for what aiohttp or the operating system raised while `track` was under way."""
    return Problem("The request failed", f"{error}.", kind="network", evidence=type(error).__name__)
