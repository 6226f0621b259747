"""Tree: formatted JSON or XML as nodes that are found when they are asked for, while the text still grows."""

import json
import re
from collections.abc import Iterator

from httpdesk.body.pretty_pads import MAX_LEVELS
from httpdesk.body.spool import Spool
from httpdesk.body.tree_lines import Head, Kind, Part, json_head, xml_head
from httpdesk.body.tree_scan import PAGE, ChildScan
from httpdesk.body.tree_work import ScanWork

LANGUAGES = ("json", "xml")
HEAD_BYTES, _LONGER_HEAD_BYTES = 1 << 10, 1 << 16
_PEEK_BYTES, _AT_ONCE_BYTES = 1 << 13, 1 << 14
_FIND_BYTES = 1 << 20
_PLAIN_NAME = re.compile(r"[A-Za-z_\x80-\U0010ffff][A-Za-z0-9_\x80-\U0010ffff]*")
_CLOSED = re.compile(rb"<!\[CDATA\[.*?\]\]>|</", re.DOTALL)


class Node:
    """A value, a page of a thousand of them, or a part of an element (attribute, text); made by a Tree."""

    __slots__ = (
        "depth",
        "head",
        "is_open",
        "level",
        "nodes",
        "number",
        "page",
        "parent",
        "part",
        "place",
        "scan",
        "start",
    )

    def __init__(self, parent: "Node | None", start: int, level: int, depth: int, place: int, number: int = 0) -> None:
        self.parent, self.start, self.level, self.depth = parent, start, level, depth
        self.place, self.number = place, number
        self.page = 0  # how many children, for a page
        self.part: Part | None = None
        self.scan: ChildScan | None = None
        self.nodes: list[Node] = []
        self.head: Head | None = None
        self.is_open = False

    @property
    def owner(self) -> "Node | None":
        """The node whose child it is: pages do not count."""
        parent = self.parent
        return parent.parent if parent is not None and parent.page else parent


class Tree:
    """The nodes of a spool of formatted text; `root` is above all values and is not shown."""

    def __init__(self, spool: Spool, language: str) -> None:
        self.spool, self.language = spool, language
        self.root = Node(None, 0, -1, -1, 0)
        self._work = ScanWork(spool)

    def close(self) -> None:
        """End all work, without waiting."""
        self._work.stop()

    # -- what a node is

    def head(self, node: Node) -> Head:
        """What begins on the line of a node."""
        if node.head is not None:
            return node.head
        data = self.spool.read(node.start, node.start + HEAD_BYTES)
        read = json_head if self.language == "json" else xml_head
        head = read(data)
        if head.stop < 0 and self.language == "xml":
            data = self.spool.read(node.start, node.start + _LONGER_HEAD_BYTES)
            head = read(data)
        if head.stop >= 0 or self.spool.finished or len(data) == _LONGER_HEAD_BYTES:
            node.head = head
        return head

    def kind(self, node: Node) -> Kind:
        """What kind of value it is."""
        return node.part.kind if node.part else self.head(node).kind

    def opens(self, node: Node) -> bool:
        """Whether there is something below it to show."""
        if node.page:
            return True
        if node.part:
            return False
        head = self.head(node)
        return (head.opens and not self.too_deep(node)) or bool(head.parts)

    def too_deep(self, node: Node) -> bool:
        """Whether what is in it shares its indentation, so that its children can't be told apart."""
        return node.level >= MAX_LEVELS - 1 and self.head(node).opens

    def count(self, node: Node) -> tuple[int, bool]:
        """How many children are known, and whether these are all; looks a little way for them."""
        if node.page:
            return node.page, True
        if not self.head(node).opens:
            return 0, True
        if self.too_deep(node):
            return 0, False
        scan = node.scan = node.scan or self._scan(node)
        if not scan.shared and scan.position - node.start < _PEEK_BYTES:
            scan.advance(_PEEK_BYTES)
        return scan.count, scan.done

    def value(self, node: Node, limit_bytes: int) -> bytes:
        """The first bytes of the value of a leaf, exactly as received."""
        start, stop = self.span(node, limit_bytes)
        return self.spool.read(start, min(stop, start + limit_bytes))

    def span(self, node: Node, limit_bytes: int) -> tuple[int, int]:
        """Where a value without children starts and ends; looks only so far for its end."""
        if node.part:
            return node.start + node.part.start, node.start + node.part.stop
        head = self.head(node)
        start = node.start + head.start
        if head.stop >= 0:
            return start, node.start + head.stop
        sign = b"\n" if self.language == "json" else b"<" if head.kind in ("element", "text") else b">"
        stop = self._find(sign, start, start + limit_bytes + 1)
        if self.language == "json" and self.spool.read(stop - 1, stop) == b",":
            stop -= 1
        return start, stop

    def end(self, node: Node, limit_bytes: int) -> int | None:
        """Where a value ends with all that is in it; None when that is farther than the limit. May take long."""
        head = self.head(node)
        if head.opens:
            scan = self._scan(node)
            while not scan.done and scan.position - node.start <= limit_bytes and scan.advance():
                pass
            if not scan.done or scan.stop - node.start > limit_bytes:
                return None
            stop = self._find(b"\n" if self.language == "json" else b">", scan.stop, scan.stop + HEAD_BYTES)
            return stop - (self.spool.read(stop - 1, stop) == b",") if self.language == "json" else stop + 1
        if self.language == "json" or head.kind != "element":
            start, stop = self.span(node, limit_bytes)
            return stop if stop - start <= limit_bytes else None
        if node.head is not None and self.spool.read(node.start + head.start - 2, node.start + head.start) == b"/>":
            return node.start + head.start
        data = self.spool.read(node.start, node.start + limit_bytes)
        for match in _CLOSED.finditer(data, head.start):
            if match[0] == b"</":
                stop = data.find(b">", match.end())
                return node.start + stop + 1 if stop >= 0 else None
        return None

    # -- what is below a node

    def children(self, node: Node) -> list[Node]:
        """What is known below a node by now; the first call begins to look, and what takes long goes on by itself."""
        if node.part:
            return []
        if node.page:
            return self._children_of_page(node)
        if not node.nodes and node is not self.root:
            node.nodes = [self._part(node, part) for part in self.head(node).parts]
            if not self.head(node).opens or self.too_deep(node):
                return node.nodes
        scan = node.scan = node.scan or self._scan(node)
        self._look(scan)
        return self._grown(node, scan)

    def growing(self, node: Node) -> bool:
        """Whether more children may still be found."""
        scan, known = node.scan, _known(node)
        if scan is None or (node.page and known == PAGE):
            return False
        return not scan.done or scan.count > known

    def _grown(self, node: Node, scan: ChildScan) -> list[Node]:
        """Add the nodes that were found since the last time."""
        count, nodes = scan.count, node.nodes
        parts = sum(1 for each in nodes[:_MANY_PARTS] if each.part)
        own = nodes[parts:]
        if count <= PAGE:
            for at in range(len(own), count):
                nodes.append(Node(node, scan.offsets[at], node.level + 1, node.depth + 1, at, scan.numbers[at]))
            return nodes
        pages = own if own and own[0].page else []
        for at in range(max(0, len(pages) - 1), -(-count // PAGE)):
            size = min(PAGE, count - at * PAGE)
            if at < len(pages):
                pages[at].page = size
                continue
            page = Node(node, scan.pages[at], node.level, node.depth + 1, at * PAGE, scan.page_numbers[at])
            page.page = size
            if not at:
                _adopt(page, own)
            pages.append(page)
        node.nodes = nodes[:parts] + pages
        return node.nodes

    def _children_of_page(self, page: Node) -> list[Node]:
        if page.scan is None:
            level, start = page.level, page.start
            # The first thousand were found on the way to the others.
            first = page.parent.scan if page.parent is not None and not page.place else None
            page.scan = first or ChildScan(self.spool, self.language, level, start, number=page.number, most=PAGE)
        scan = page.scan
        self._look(scan)
        for at in range(len(page.nodes), min(scan.count, PAGE)):
            node = Node(page, scan.offsets[at], page.level + 1, page.depth + 1, page.place + at, scan.numbers[at])
            page.nodes.append(node)
        return page.nodes

    def _look(self, scan: ChildScan) -> None:
        """What is near is found at once; the rest is found in a thread."""
        if not scan.shared and not scan.done:
            scan.advance(_AT_ONCE_BYTES)
            if not scan.done:
                self._work.add(scan)

    def _scan(self, node: Node) -> ChildScan:
        return ChildScan(self.spool, self.language, node.level, node.start)

    def _part(self, node: Node, part: Part) -> Node:
        found = Node(node, node.start, node.level + 1, node.depth + 1, 0)
        found.part = part
        return found

    # -- where a node is

    def key(self, node: Node) -> str:
        """What a node is called in its row: its key as received, its name, or its place."""
        if node.part:
            return node.part.name
        key = self.head(node).key
        if self.language == "xml":
            return key
        if key:
            return key[1:-1] if key.startswith('"') else key
        return "$" if node.owner is self.root and self.root.scan and self.root.scan.count < 2 else str(node.place)

    def path(self, node: Node) -> str:
        """The key path: JSONPath of JSON, XPath of XML."""
        steps: list[str] = []
        at: Node | None = node
        while at is not None and at is not self.root:
            if not at.page:
                steps.append(self._step(at))
            at = at.parent
        return ("$" if self.language == "json" else "") + "".join(reversed(steps))

    def _step(self, node: Node) -> str:
        if node.part:
            return "/text()" if node.part.kind == "text" else "/" + node.part.name
        head = self.head(node)
        if self.language == "json":
            if head.key:
                return _member(head.key)
            alone = node.owner is self.root and self.root.scan is not None and self.root.scan.count < 2
            return "" if alone else f"[{node.place}]"
        if head.kind != "element":
            return "/comment()" if head.kind == "comment" else "/text()"
        # By its place: names of elements may belong to a namespace that XPath would have to be told.
        return "/*" if node.owner is self.root else f"/*[{node.number + 1}]"

    def _find(self, sign: bytes, start: int, stop: int) -> int:
        """Where a sign is; the end of what may be looked at when there is none."""
        stop = min(stop, self.spool.size_bytes)
        for at in range(start, stop, _FIND_BYTES):
            found = self.spool.read(at, min(at + _FIND_BYTES, stop)).find(sign)
            if found >= 0:
                return at + found
        return stop


_MANY_PARTS = 4096


def walk(nodes: list[Node]) -> Iterator[Node]:
    """The nodes and what is open below them, in the order of their rows."""
    for node in nodes:
        yield node
        if node.is_open:
            yield from walk(node.nodes)


def _known(node: Node) -> int:
    """How many children of a node have nodes or are in a page."""
    if node.page:
        return len(node.nodes)
    return sum(each.page or (0 if each.part else 1) for each in node.nodes)


def _adopt(page: Node, nodes: list[Node]) -> None:
    """Put nodes that were shown without pages into the first page."""
    page.nodes = nodes
    for node in nodes:
        node.parent = page
    below = list(nodes)
    while below:
        node = below.pop()
        node.depth += 1
        below += node.nodes


def _member(key: str) -> str:
    name = key
    if key.startswith('"'):
        try:
            name = json.loads(key, strict=False)
        except ValueError:
            name = key[1:-1]
    if _PLAIN_NAME.fullmatch(name):
        return "." + name
    escaped = json.dumps(name, ensure_ascii=False)[1:-1].replace('\\"', '"').replace("'", "\\'")
    return f"['{escaped}']"
