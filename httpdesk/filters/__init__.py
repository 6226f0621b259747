"""Filters: a part of a body by an expression, found in a process of its own so that none can hang the window."""

import msgspec


class FilterLanguage(msgspec.Struct, frozen=True, kw_only=True):
    """A language of expressions: what it is called, which bodies it is for, and an example to show."""

    id: str
    name: str
    bodies: frozenset[str]
    example: str
    body_limit_bytes: int = 200_000_000


_JSON, _MARKUP = frozenset({"json"}), frozenset({"xml", "html"})
LANGUAGES = (
    FilterLanguage(id="jsonpath", name="JSONPath", bodies=_JSON, example="$.items[?@.price > 10].name"),
    FilterLanguage(id="jq", name="jq", bodies=_JSON, example=".items[] | {id, name}", body_limit_bytes=50_000_000),
    FilterLanguage(id="jmespath", name="JMESPath", bodies=_JSON, example="items[?price > `10`].name"),
    FilterLanguage(id="xpath", name="XPath", bodies=_MARKUP, example="//item[@id='7']/name"),
    FilterLanguage(id="css", name="CSS", bodies=_MARKUP, example="ul > li.active a"),
)


def limit_bytes(language: str) -> int:
    """How large a body a language takes: jq needs about thirty times its size of memory."""
    return next((each.body_limit_bytes for each in LANGUAGES if each.id == language), 0)


def languages_for(body_language: str) -> tuple[FilterLanguage, ...]:
    """The languages that bodies of a kind can be filtered with."""
    return tuple(language for language in LANGUAGES if body_language in language.bodies)
