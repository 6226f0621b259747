"""Cookies, taken apart for reading (RFC 6265); the jar itself belongs to net/."""

import msgspec


class SetCookie(msgspec.Struct, frozen=True, kw_only=True):
    """One Set-Cookie header; `attributes` keep order and spelling, a flag such as Secure has an empty value."""

    name: str
    value: str
    attributes: tuple[tuple[str, str], ...] = ()

    def attribute(self, name: str) -> str | None:
        """The value of an attribute in any case, or None."""
        return next((value for key, value in self.attributes if key.lower() == name.lower()), None)


class StoredCookie(msgspec.Struct, frozen=True, kw_only=True):
    """One cookie of the jar; `expires` is in the server's words, empty for one that lives as long as the program.

    `url` and `header` are what the jar takes to have it (back): an answer from there with this Set-Cookie.
    """

    domain: str
    path: str
    name: str
    value: str
    expires: str = ""
    flags: tuple[str, ...] = ()
    url: str = ""
    header: str = ""


def parse(header: str) -> SetCookie:
    """Read one Set-Cookie value as browsers do (RFC 6265, section 5.2): never fails, never splits at a comma."""
    first, *rest = header.split(";")
    name, equals, value = first.partition("=")
    if not equals:
        name, value = "", name
    pairs = (part.partition("=") for part in rest if part.strip())
    return SetCookie(
        name=name.strip(),
        value=value.strip(),
        attributes=tuple((key.strip(), found.strip()) for key, _, found in pairs),
    )
