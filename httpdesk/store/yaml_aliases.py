"""YAML aliases: how large a text would become with all its aliases filled in, known before a parser does it."""

import re

_ANCHOR = re.compile(r"(?:^|(?<=[\s\[,{:-]))&([^\s,\[\]{}]+)")
_ALIAS = re.compile(r"(?:^|(?<=[\s\[,{:-]))\*([^\s,\[\]{}]+)")
_MOST = 100_000


def are_harmless(text: str) -> bool:
    """Whether the aliases of a text stand for at most 100,000 lines; never less than what a parser makes of them."""
    if "&" not in text or "*" not in text:
        return True
    weights: dict[str, int] = {}
    open_anchors: list[tuple[str, int, bool]] = []  # name, indentation, whether a bracket is left open
    sums: dict[str, int] = {}
    total = 0
    for line in text.split("\n"):
        indent = len(line) - len(line.lstrip(" "))
        if line.strip():
            open_anchors = _still_open(open_anchors, line, indent, weights, sums)
        # An anchor on this line may hold the aliases of this line, but not itself.
        weight = 1 + sum(weights.get(name, sums.get(name, 1)) for name in _ALIAS.findall(line))
        total += weight
        if total > _MOST:
            return False
        for name in _ANCHOR.findall(line):
            open_anchors.append((name, indent, _opens(line)))
            sums[name] = 0
            weights.pop(name, None)
        for name, _, _ in open_anchors:
            sums[name] += weight
    return True


def _still_open(
    anchors: list[tuple[str, int, bool]], line: str, indent: int, weights: dict[str, int], sums: dict[str, int]
) -> list[tuple[str, int, bool]]:
    """The anchors whose values go on in this line; of the others the weight is now known."""
    left = []
    for name, depth, brackets in anchors:
        if brackets or indent > depth or (indent == depth and line.lstrip(" ").startswith("- ")):
            left.append((name, depth, brackets))
        else:
            weights[name] = sums[name]
    return left


def _opens(line: str) -> bool:
    return sum(line.count(mark) for mark in "[{") > sum(line.count(mark) for mark in "]}")
