"""Copies out of a tree: values, key paths and subtrees; what may be long is read in a thread."""

import threading

from httpdesk.body.tree import Node, Tree

LIMIT_BYTES = 8 << 20


def value_text(tree: Tree, node: Node) -> str:
    """A value as received, of a string what is between its quotes; "" for what has no value of its own."""
    if node.page or (tree.head(node).opens and not node.part):
        return ""
    data = tree.value(node, LIMIT_BYTES)
    if tree.kind(node) == "string" and data.endswith(b'"') and len(data) > 1:
        data = data[1:-1]
    return data.decode("utf-8", "replace")


class SubtreeCopy:
    """Reads a value with all that is in it, as formatted; `text` is None while it runs, "" where it is too large."""

    def __init__(self, tree: Tree, node: Node) -> None:
        self.text: str | None = None
        self._tree, self._node = tree, node
        threading.Thread(target=self._read, name="body-copy", daemon=True).start()

    def _read(self) -> None:
        try:
            self.text = subtree(self._tree, self._node)
        except (OSError, ValueError):
            self.text = ""


def subtree(tree: Tree, node: Node) -> str:
    """A value with all that is in it, as formatted, its lines moved to the left; "" where it is too large."""
    head = tree.head(node)
    stop = tree.end(node, LIMIT_BYTES)
    if stop is None:
        return ""
    pad = b"  " * node.level
    start = node.start + (head.start if tree.language == "json" else len(pad))
    data = tree.spool.read(start, stop)
    # The white space of XML may be a part of its texts.
    return (data.replace(b"\n" + pad, b"\n") if tree.language == "json" else data).decode("utf-8", "replace")
