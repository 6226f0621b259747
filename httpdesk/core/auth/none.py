"""No authentication, and authentication as the folder above says."""

from typing import ClassVar

from httpdesk.core.auth.base import Scheme


class NoAuth(Scheme, frozen=True, kw_only=True, omit_defaults=True, tag="none"):
    """Nothing is added."""

    title: ClassVar[str] = "No auth"


class InheritAuth(Scheme, frozen=True, kw_only=True, omit_defaults=True, tag="inherit"):
    """The folder or collection above decides; at the root this is the same as none."""

    title: ClassVar[str] = "From the folder"
