"""TreeRows: the rows of a tree as it is opened and closed, without anything that is painted."""

from collections.abc import Iterator

from httpdesk.body.tree import Node, Tree, walk

# Opening many at once ends at so many rows.
MOST_ROWS = 20_000
ALL_LEVELS = 1 << 30


class TreeRows:
    """A flat list of the nodes that are open to view; it grows with the text when refresh() is called."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.rows: list[Node] = []
        self._growing: list[Node] = []
        tree.root.is_open = True
        self._put(tree.root)

    def expand(self, node: Node) -> bool:
        """Show what is below a node; False where there is nothing to show or it is shown."""
        if node.is_open or not self.tree.opens(node):
            return False
        node.is_open = True
        self._put(node)
        return True

    def collapse(self, node: Node) -> bool:
        """Hide what is below a node; what was open in it is open again when it opens."""
        if not node.is_open:
            return False
        at = self.place(node)
        node.is_open = False
        if at >= 0:
            del self.rows[at + 1 : self._end(at)]
        return True

    def refresh(self) -> bool:
        """Add what was found since the last time; whether there was anything."""
        found = False
        for node in list(self._growing):
            if not self.tree.growing(node):
                self._growing.remove(node)
            elif node.is_open:
                found = self._grow(node) or found
        return found

    @property
    def busy(self) -> bool:
        """Whether more may come by itself."""
        return bool(self._growing)

    def place(self, node: Node) -> int:
        """The row of a node; -1 where it is not shown."""
        try:
            return self.rows.index(node)
        except ValueError:
            return -1

    def shown_above(self, node: Node) -> Node:
        """The node itself, or the nearest one above it that has a row."""
        shown, at = node, node.parent
        while at is not None and at is not self.tree.root:
            if not at.is_open:
                shown = at
            at = at.parent
        return shown

    def expand_below(self, top: Node, levels: int) -> Iterator[bool]:
        """Open a node and what is in it, some levels deep, node by node; False where more must be found first.

        It ends when all is open or the rows are too many, and then `is_full`.
        """
        waiting, later, known = [(top, 1)], list[tuple[Node, int]](), {id(top)}
        while (waiting or later) and not self.is_full:
            if not waiting:
                yield False
                self.refresh()
                waiting, later = later, []
            node, level = waiting.pop(0)
            self.expand(node)
            for each in node.nodes if node.is_open else ():
                # A page is no level of its own; where levels are counted, of many pages the first one is open.
                whole_page = each.is_open or levels == ALL_LEVELS
                deeper = whole_page if each.page else level < levels and self.tree.opens(each)
                if deeper and id(each) not in known:
                    known.add(id(each))
                    waiting.append((each, level if each.page else level + 1))
            if self.tree.growing(node):
                later.append((node, level))
            yield True

    @property
    def is_full(self) -> bool:
        """Whether there are so many rows that no more are opened at once."""
        return len(self.rows) >= MOST_ROWS

    def collapse_all(self) -> None:
        """Hide everything but the first rows."""
        waiting = list(self.tree.root.nodes)
        while waiting:
            node = waiting.pop()
            if node.is_open:
                node.is_open = False
                waiting += node.nodes
        self._growing = [node for node in self._growing if node is self.tree.root]
        self.rows = list(self.tree.root.nodes)

    def _put(self, node: Node) -> None:
        """Put the rows below a node that was just opened in their place."""
        nodes = self._found(node)
        at = self.place(node) if node is not self.tree.root else -1
        if at >= 0 or node is self.tree.root:
            self.rows[at + 1 : self._end(at)] = walk(nodes)

    def _grow(self, node: Node) -> bool:
        """Add the rows that were found below an open node; whether there were any."""
        before, was_flat = len(node.nodes), not any(each.page for each in node.nodes[-1:])
        nodes = self._found(node)
        if len(nodes) == before:
            return False
        if was_flat and nodes[-1].page:
            self._put(node)
            return True
        at = self.place(node) if node is not self.tree.root else -1
        if at >= 0 or node is self.tree.root:
            end = self._end(at)
            self.rows[end:end] = nodes[before:]
        return True

    def _found(self, node: Node) -> list[Node]:
        """What is below a node by now; of many pages the first one is open."""
        nodes = self.tree.children(node)
        first = next((each for each in nodes if not each.part), None)
        if first is not None and first.page and first.scan is None:
            first.is_open = True
            self.tree.children(first)
            self._watch(first)
        self._watch(node)
        return nodes

    def _watch(self, node: Node) -> None:
        if self.tree.growing(node) and node not in self._growing:
            self._growing.append(node)

    def _end(self, at: int) -> int:
        """The row behind what is shown below a row; -1 is above all."""
        rows, stop = self.rows, at + 1
        if at < 0:
            return len(rows)
        depth = rows[at].depth
        while stop < len(rows) and rows[stop].depth > depth:
            stop += 1
        return stop
