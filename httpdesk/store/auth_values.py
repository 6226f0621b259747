"""Auth in files: OpenCollection's own kinds, and an extension for what it can't say."""

import msgspec

from httpdesk.core.auth import SCHEMES, Auth, InheritAuth, NoAuth
from httpdesk.store.plain import Values, text

# The fields that OpenCollection has for a kind; all else goes to the extension.
_NATIVE = {"basic": ("username", "password"), "bearer": ("token",), "apikey": ("key", "value", "placement")}
_PLACEMENTS = ("header", "query")


def read(value: object, extension: object, *, absent: Auth) -> Auth:
    """The auth of a request or folder; a kind that is unknown here reads as none and stays in the file as it is."""
    more = extension if isinstance(extension, dict) else {}
    kind = value.get("type") if isinstance(value, dict) else value
    if kind is None:
        return _scheme(more) if "type" in more else absent
    if kind in ("inherit", "none"):
        return InheritAuth() if kind == "inherit" else NoAuth()
    if not isinstance(value, dict):
        return NoAuth()
    return _scheme({**more, **value})


def _scheme(values: Values) -> Auth:
    kind = next((each for each in SCHEMES if _tag(each) == values.get("type")), NoAuth)
    fields = {name: text(values[name]) for name in kind.__struct_fields__ if name in values}
    if "placement" in fields and fields["placement"] not in (*_PLACEMENTS, "cookie"):
        fields["placement"] = "header" if "header" in fields["placement"] else "query"
    return kind(**fields)


def write(auth: Auth, *, absent: type[Auth]) -> tuple[object, Values]:
    """What stands under "auth", None for nothing, and what stands in the extension; blank secrets are left out."""
    if isinstance(auth, NoAuth | InheritAuth):
        return (None if type(auth) is absent else _tag(type(auth))), {}
    kind = _tag(type(auth))
    fields = _fields(auth)
    if kind not in _NATIVE or fields.get("placement", "header") not in _PLACEMENTS:
        return None, {"type": kind, **fields}
    native = {name: fields.pop(name) for name in _NATIVE[kind] if name in fields}
    return {"type": kind, **native}, fields


def _fields(auth: Auth) -> Values:
    """The fields that say something: a value, or that a default does not hold."""
    defaults = type(auth)()
    given = msgspec.structs.asdict(auth)
    kind = _tag(type(auth))
    usual = {name for name in _NATIVE.get(kind, ()) if given[name]}
    return {name: value for name, value in given.items() if name in usual or value != getattr(defaults, name)}


def _tag(scheme: type[Auth]) -> str:
    return str(scheme.__struct_config__.tag)
