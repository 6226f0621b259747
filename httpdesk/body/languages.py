"""The languages by name; a new one is a table in a grammar file and a line here."""

from httpdesk.body.grammar_code import CSS, JAVASCRIPT
from httpdesk.body.grammar_data import FORM, JSON, TEXT, YAML
from httpdesk.body.grammar_markup import HTML, XML
from httpdesk.body.lexing import Language

LANGUAGES: dict[str, Language] = {
    "json": JSON,
    "xml": XML,
    "html": HTML,
    "css": CSS,
    "javascript": JAVASCRIPT,
    "yaml": YAML,
    "form": FORM,
    "text": TEXT,
}


def language_of(name: str) -> Language:
    """The language of that name; plain text for a name that is not known."""
    return LANGUAGES.get(name, TEXT)
