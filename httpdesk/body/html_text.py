"""HTML as text: headings, paragraphs, lists, tables and links of a page, and nothing that could be loaded or run."""

import codecs
import html
import re
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

LIMIT_BYTES = 2 << 20
# Longer paragraphs are cut: one of 2 MB would be laid out in one go.
_PARAGRAPH = 1000
_PIECE, _ENTITY, _TAG_LENGTH = 8192, 40, 8192
# After so many tags with quotes that never end, quotes count no more: each costs a look at all that may be a tag.
_PATIENCE = 200
_PLAIN_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]*+)([^>]*+)>")
_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]*+)((?>(?:[^>\"']++|\"[^\"]*+\"|'[^']*+')*))>")
_ATTRIBUTE = re.compile(r"([^\s=\"'/]++)\s*+=\s*+(?:\"([^\"]*+)\"|'([^']*+)'|([^\s\"'>]++))")
_SPACE = re.compile(r"[ \t\r\n\f]+")
_SKIPPED = frozenset({"script", "style", "template", "svg", "math", "iframe", "object", "noembed", "noframes"})
_BLOCKS = frozenset(
    {
        *("p", "div", "section", "article", "header", "footer", "main", "nav", "aside", "form", "fieldset", "table"),
        *("tr", "ul", "ol", "dl", "dt", "dd", "figure", "figcaption", "address", "blockquote", "pre", "hr", "li"),
        *("h1", "h2", "h3", "h4", "h5", "h6", "title", "option", "summary", "details", "caption", "body", "head"),
    }
)
_BOLD, _ITALIC, _CODE = (
    frozenset({"b", "strong", "th", "dt"}),
    frozenset({"i", "em", "cite"}),
    frozenset({"code", "kbd", "samp", "tt", "pre"}),
)
_CELLS = frozenset({"td", "th"})
_DEEPEST = 12


class Run(NamedTuple):
    """Some words of one look; `address` where they are a link."""

    text: str
    bold: bool = False
    italic: bool = False
    code: bool = False
    address: str = ""


class Block(NamedTuple):
    """A paragraph: how far it is indented, 1 to 6 for a heading (0 for none), whether it is a line across the page."""

    runs: tuple[Run, ...]
    indent: int = 0
    heading: int = 0
    is_rule: bool = False


def decoded(data: bytes, encoding: str) -> str:
    """The text of a page; a character that is cut at its end is left out."""
    return codecs.getincrementaldecoder(encoding)(errors="replace").decode(data).removeprefix("\ufeff")


def blocks_of(text: str, address: str) -> Iterator[Block]:
    """The paragraphs of a page which came from `address`."""
    page, tags = _Page(address), _Tags(text)
    position, size = 0, len(text)
    while position < size:
        start = text.find("<", position)
        start = size if start < 0 else start
        if start > position:
            for piece in _pieces(text, position, start):
                yield from page.words(piece)
        if start >= size:
            break
        position, tag = tags.at(start)
        if tag is not None:
            closes, name, attributes = tag
            if name in _SKIPPED and not closes:
                position = _behind(text, position, name)
            else:
                yield from page.tag(name, attributes, closes=closes)
        elif position == start + 1:
            yield from page.words("<")
    yield from page.end()


def _pieces(text: str, start: int, stop: int) -> Iterator[str]:
    """Words in pieces that are quickly dealt with; none ends inside of an entity."""
    while start < stop:
        end = min(stop, start + _PIECE)
        if end < stop:
            entity = text.rfind("&", max(start + 1, end - _ENTITY), end)
            end = entity if entity >= 0 else end
        yield text[start:end]
        start = end


class _Tags:
    """Finds where tags end, in a time that does not grow faster than the page."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._end = -1  # the next ">"
        self._failures = 0

    def at(self, start: int) -> tuple[int, tuple[bool, str, str] | None]:
        """Where the tag that starts here ends, and what it is; None for a comment and a "<" that begins nothing."""
        text = self._text
        if text.startswith("<!--", start):
            end = text.find("-->", start + 4)
            return (end + 3 if end >= 0 else len(text)), None
        if self._end < start:
            end = text.find(">", start)
            self._end = end if end >= 0 else len(text)
        if text.startswith(("<!", "<?"), start):
            return min(self._end + 1, len(text)), None
        if self._end - start > _TAG_LENGTH:
            return start + 1, None
        pattern = _TAG if self._failures < _PATIENCE else _PLAIN_TAG
        match = pattern.match(text, start, start + _TAG_LENGTH)
        if match is None:
            self._failures += text[start + 1 : start + 2].isalpha()
            return start + 1, None
        return match.end(), (bool(match[1]), match[2].lower(), match[3])


def _behind(text: str, position: int, name: str) -> int:
    """Behind the end of an element that is left out; at the end of the page when it has none."""
    match = re.compile(f"</{name}[^>]*+>", re.I).search(text, position)
    return match.end() if match else len(text)


class _Page:
    """What is open at a place of a page, and the paragraph that grows there."""

    def __init__(self, address: str) -> None:
        self._base = address
        self._runs: list[Run] = []
        self._length = 0
        self._open: dict[str, int] = {}
        self._lists: list[int] = []  # the next number, or -1 for a list without numbers
        self._address = ""
        self._heading = 0
        self._cells = 0

    def words(self, raw: str) -> Iterator[Block]:
        words = html.unescape(raw)
        if self._open.get("pre", 0):
            yield from self._lines(words)
            return
        words = _SPACE.sub(" ", words)
        if not self._runs or self._runs[-1].text.endswith((" ", "\t")):
            words = words.lstrip(" ")
        yield from self._add(words)

    def tag(self, name: str, attributes: str, *, closes: bool) -> Iterator[Block]:
        if name in _BLOCKS or name in _CELLS:
            self._open["th"] = self._open["dt"] = 0  # their ends are often left out
        if name == "br":
            yield from self.end()
        elif name in _BLOCKS:
            yield from self.end()
            yield from self._block(name, closes=closes)
        elif name in _CELLS and not closes:
            if self._cells:
                yield from self._add("\t")
            self._cells += 1
        elif name == "a":
            self._address = "" if closes else self._target(attributes)
        elif name == "img" and not closes:
            alt = _attribute(attributes, "alt").strip()[:200]
            yield from self._add(f"[{alt}]" if alt else "[…]")
        if name in _BOLD | _ITALIC | _CODE:
            self._open[name] = max(0, self._open.get(name, 0) + (-1 if closes else 1))

    def end(self) -> Iterator[Block]:
        """Close the paragraph, if there is one."""
        runs = self._runs
        self._runs, self._length = [], 0
        if any(run.text.strip() for run in runs):
            yield Block(tuple(runs), self._indent, self._heading)

    @property
    def _indent(self) -> int:
        return min(_DEEPEST, len(self._lists) + self._open.get("blockquote", 0) + self._open.get("dd", 0))

    def _block(self, name: str, *, closes: bool) -> Iterator[Block]:
        if name[0] == "h" and name[1:].isdigit():
            self._heading = 0 if closes else int(name[1:])
        elif name == "title":
            self._heading = 0 if closes else 1
        elif name == "hr":
            yield Block((), is_rule=True)
        elif name in ("ul", "ol"):
            if closes:
                del self._lists[-1:]
            else:
                self._lists.append(1 if name == "ol" else -1)
        elif name in ("blockquote", "dd"):
            self._open[name] = max(0, self._open.get(name, 0) + (-1 if closes else 1))
        elif name == "li" and not closes:
            self._bullet()
        elif name == "tr":
            self._cells = 0

    def _bullet(self) -> None:
        number = self._lists[-1] if self._lists else -1
        if number > 0:
            self._lists[-1] += 1
        self._runs.append(Run(f"{number}. " if number > 0 else "• "))

    def _lines(self, words: str) -> Iterator[Block]:
        first, *others = words.split("\n")
        yield from self._add(first)
        for line in others:
            if self._runs:
                yield from self.end()
            yield from self._add(line)

    def _add(self, words: str) -> Iterator[Block]:
        while words:
            room = _PARAGRAPH - self._length
            part, words = words[:room], words[room:]
            run = Run(part, self._any(_BOLD), self._any(_ITALIC), self._any(_CODE), self._address)
            if self._runs and self._runs[-1][1:] == run[1:]:
                self._runs[-1] = run._replace(text=self._runs[-1].text + part)
            else:
                self._runs.append(run)
            self._length += len(part)
            if self._length >= _PARAGRAPH:
                yield from self.end()

    def _any(self, names: frozenset[str]) -> bool:
        return any(self._open.get(name, 0) for name in names)

    def _target(self, attributes: str) -> str:
        href = html.unescape(_attribute(attributes, "href")).strip()[:2000]
        try:
            return urljoin(self._base, href) if href else ""
        except ValueError:
            return href


def _attribute(attributes: str, name: str) -> str:
    for match in _ATTRIBUTE.finditer(attributes):
        if match[1].lower() == name:
            return html.unescape(match[2] or match[3] or match[4] or "")
    return ""


def can_be_opened(address: str) -> bool:
    """Whether a browser or mail program may be given this address."""
    try:
        return urlsplit(address).scheme in ("http", "https", "mailto")
    except ValueError:
        return False
