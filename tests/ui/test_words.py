"""The words of the window: each can be translated, and none of them begs, shouts or is glued together."""

import ast
import re
from functools import cache
from pathlib import Path

import httpdesk

ROOT = Path(httpdesk.__file__).parent
WINDOW = ("ui/**/*.py", "protocols/*/tab/**/*.py", "app/**/*.py")
# Here problems get their words, and the command line its own.
ELSEWHERE = ("core/**/*.py", "net/**/*.py", "store/**/*.py", "views/**/*.py", "cli/**/*.py")
# Calls that show words, and which of their arguments do (None: every one).
SHOWS = {
    "setText": (0,),
    "setToolTip": (0,),
    "setPlaceholderText": (0,),
    "setWindowTitle": (0,),
    "setAccessibleName": (0,),
    "setAccessibleDescription": (0,),
    "setTitle": (0,),
    "addItem": (0,),
    "addAction": (0,),
    "label": (0,),
    "button": (0,),
    "Pill": (0,),
    "SearchEdit": (0,),
    "NavList": (0,),
    "KvPanel": (0, 1),
    "Fact": (0,),
    "icon_button": (1,),
    "center_state": (1, 2),
    "confirm": (1, 2, 3),
    "ask_text": (1, 2, 3),
    "say": (0,),
}
# Shown as they are: names that no language changes.
NAMES = {"httpdesk", "JSON", "application/octet-stream"}
FORBIDDEN = re.compile(r"\b(please|oops|simply|sorry|successfully|unfortunately)\b|\w!(\s|$)", re.IGNORECASE)
LETTERS = re.compile(r"[^\W\d_]{2}")


def called(node):
    """The name of what a call calls."""
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def place(file, node):
    """Where something stands."""
    return f"{file.relative_to(ROOT)}:{node.lineno}"


@cache
def nodes(*patterns):
    """Every node of the syntax trees of some files, docstrings left out."""
    found = []
    for pattern in patterns:
        for file in sorted(ROOT.glob(pattern)):
            tree = ast.parse(file.read_text("utf-8"))
            docs = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
            found += [(file, node) for node in ast.walk(tree) if id(node) not in docs]
    return found


def calls():
    """Every call in the files of the window."""
    return [(file, node) for file, node in nodes(*WINDOW) if isinstance(node, ast.Call)]


def bare_words(node):
    """Literal words in an expression that no translation sees."""
    if isinstance(node, ast.Constant):
        return [node.value] if isinstance(node.value, str) and LETTERS.search(node.value) else []
    if isinstance(node, ast.JoinedStr):
        return [words for part in node.values if isinstance(part, ast.Constant) for words in bare_words(part)]
    if isinstance(node, ast.BinOp):
        return bare_words(node.left) + bare_words(node.right)
    if isinstance(node, ast.IfExp):
        return bare_words(node.body) + bare_words(node.orelse)
    if isinstance(node, ast.BoolOp):
        return [words for value in node.values for words in bare_words(value)]
    return []


def translated():
    """Every text that goes through a translation: (file, call, text node)."""
    for file, call in calls():
        name = called(call)
        if name in ("tr", "_tr") and call.args:
            yield file, call, call.args[0]
        elif name == "translate" and len(call.args) > 1:
            yield file, call, call.args[1]


def test_what_the_window_shows_can_be_translated():
    bare = [
        f"{place(file, call)} {called(call)}({words!r})"
        for file, call in calls()
        for at in SHOWS.get(called(call), ())
        if at < len(call.args)
        for words in bare_words(call.args[at])
        if words.strip() not in NAMES
    ]
    assert not bare, "\n".join(bare)


def test_sentences_are_translated_whole():
    glued = [place(file, call) for file, call, text in translated() if isinstance(text, ast.JoinedStr | ast.BinOp)]
    assert not glued, "\n".join(glued)


def test_words_neither_beg_nor_shout():
    loud = [
        f"{place(file, node)} {node.value!r}"
        for file, node in nodes(*WINDOW, *ELSEWHERE)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        if " " in node.value and FORBIDDEN.search(node.value)
    ]
    assert not loud, "\n".join(loud)


def test_the_walk_sees_the_words():
    texts = {text.value for _, _, text in translated() if isinstance(text, ast.Constant)}
    assert {"Nothing sent yet", "Request pages", "Send"} <= texts
    assert len(texts) > 300
