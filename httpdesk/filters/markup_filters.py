"""XPath and CSS over a body of XML or HTML; nothing outside of the body is ever read."""

from collections.abc import Callable
from itertools import islice
from typing import Any

from cssselect import GenericTranslator, HTMLTranslator, SelectorError
from cssselect.parser import Element
from cssselect.xpath import XPathExpr
from lxml import etree

from httpdesk.filters.job import NoResult, Outcome

Emit = Callable[[bytes], None]
# Prefixes are looked for among so many elements.
_LOOKED_AT = 10_000
_DEFAULT = "d"


def read(data: bytes, body_language: str) -> Any:
    """The document of a body in UTF-8. Raises NoResult with the place of what is wrong."""
    # No entity is resolved, nothing is fetched, and depth and size stay in the limits of the library.
    if body_language == "html":
        parser = etree.HTMLParser(encoding="utf-8", no_network=True)
    else:
        parser = etree.XMLParser(encoding="utf-8", no_network=True, resolve_entities=False, load_dtd=False)
    try:
        found = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        kind = "HTML" if body_language == "html" else "XML"
        line, column = error.position
        words = (error.msg or "").partition(", line ")[0]
        raise NoResult(f"The body is not {kind}: line {line}, column {column}: {words}") from None
    if found is None:
        raise NoResult("The body has no element.")
    return found


def xpath(expression: str, document: Any, body_language: str, emit: Emit) -> Outcome:
    """Every match on lines of its own: elements as markup, texts and attributes as text. Raises NoResult."""
    prefixes, default = _prefixes(document)
    try:
        found = etree.XPath(expression, namespaces=prefixes)(document.getroottree())
    except (etree.XPathError, ValueError, TypeError) as error:
        raise NoResult(_xpath_fault(str(error), prefixes)) from None
    outcome = _emit_all(found, body_language, emit)
    if outcome.matches or not default:
        return outcome
    note = f"The names are in the namespace {default}: write {_DEFAULT}:name instead of name"
    return Outcome(note=note, shows=outcome.shows)


def css(expression: str, document: Any, body_language: str, emit: Emit) -> Outcome:
    """The elements that a selector matches, whatever their namespace. Raises NoResult."""
    translator = HTMLTranslator() if body_language == "html" else _AnyNamespace()
    try:
        path = translator.css_to_xpath(expression)
    except SelectorError as error:
        raise NoResult(_css_fault(str(error))) from None
    try:
        return _emit_all(etree.XPath(path)(document), body_language, emit)
    except (etree.XPathError, ValueError) as error:
        raise NoResult(str(error)) from None


class _AnyNamespace(GenericTranslator):
    """Selectors of XML go by the local name: nobody writes prefixes there."""

    def xpath_element(self, selector: Element) -> XPathExpr:
        """A name without its namespace."""
        if not selector.element or selector.namespace:
            return super().xpath_element(selector)
        return XPathExpr(condition=f"local-name() = {self.xpath_literal(selector.element)}")


def _prefixes(document: Any) -> tuple[dict[str, str], str]:
    """The prefixes of a document, and its default namespace, which has the prefix "d" if that is free."""
    found: dict[str, str] = {}
    default = ""
    for element in islice(document.iter(), _LOOKED_AT):
        for prefix, address in element.nsmap.items():
            if prefix is None:
                default = default or address
            else:
                found.setdefault(prefix, address)
    if default:
        found.setdefault(_DEFAULT, default)
    return found, default if found.get(_DEFAULT) == default else ""


def _emit_all(found: object, body_language: str, emit: Emit) -> Outcome:
    if not isinstance(found, list):
        words = {True: "true", False: "false"}.get(found, "") if isinstance(found, bool) else _number(found)
        emit(words.encode("utf-8", "replace"))
        return Outcome(matches=1, shows="text")
    shows = body_language if found and etree.iselement(found[0]) else "text"
    for match in found:
        if etree.iselement(match):
            method = "html" if body_language == "html" else "xml"
            emit(etree.tostring(match, encoding="utf-8", method=method, with_tail=False) + b"\n")
        else:
            emit(str(match).encode("utf-8", "replace") + b"\n")
    return Outcome(matches=len(found), shows=shows)


def _number(found: object) -> str:
    return str(int(found)) if isinstance(found, float) and found.is_integer() else str(found)


def _xpath_fault(words: str, prefixes: dict[str, str]) -> str:
    if "namespace prefix" in words:
        known = ", ".join(sorted(prefixes)[:20])
        return "This prefix is not in the document" + (f"; it has {known}" if known else ", which has none")
    return words


def _css_fault(words: str) -> str:
    what, found, rest = words.partition(" at ")
    place = rest.partition(">")[0]
    return f"Column {int(place) + 1}: {what.replace('<', '')}" if found and place.isdigit() else words
