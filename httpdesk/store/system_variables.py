"""System variables: what the operating system gives to the program."""

import os

from httpdesk.core.environment import Variable, sounds_secret


def of_system() -> tuple[Variable, ...]:
    """The environment variables of this process; those that sound secret are."""
    return tuple(
        Variable(name=name, value=value, secret=sounds_secret(name)) for name, value in sorted(os.environ.items())
    )
