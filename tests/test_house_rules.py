"""Rules that no linter knows. Each one names its reason."""

import ast
import re
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "httpdesk"
MODULES = sorted(PACKAGE.rglob("*.py"))
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
LOCK = (ROOT / "packaging/requirements/dev.txt").read_text("utf-8")
# What git ignores and what tools leave behind is not the project's text.
NOT_OURS = {".git", ".venv", "build", "dist", "__pycache__", ".hypothesis"}
TOP_LEVEL = {"httpdesk", "resources", "tests", "packaging", "pyproject.toml", "README.md", "LICENSE"}

# Where the toolkit and the wire may be imported: rooms, or names of files in protocols/<name>/.
QT = ({"PySide6", "qasync", "shiboken6"}, ("ui/", "app/"), re.compile(r"protocols/\w+/tab(\w*\.py|/.+)"))
WIRE = ({"aiohttp"}, ("net/", "servers/", "app/"), re.compile(r"protocols/\w+/client\w*\.py"))


def name_of(file):
    return file.relative_to(PACKAGE).as_posix()


def tree_of(file):
    return ast.parse(file.read_text("utf-8"))


def imports_of(tree):
    """The dotted names that a module imports ("backports.zstd" for "from backports import zstd")."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def text_files():
    """Every text file of the project, with its text."""
    for file in sorted(ROOT.rglob("*")):
        inside = file.relative_to(ROOT)
        if not file.is_file() or NOT_OURS & set(inside.parts) or any(part.endswith("_cache") for part in inside.parts):
            continue
        try:
            yield inside.as_posix(), file.read_text("utf-8")
        except UnicodeDecodeError:
            continue


def name_of_wheel(requirement):
    """The normal form of the name that a requirement starts with."""
    return re.sub(r"[-_.]+", "-", re.split(r"[^\w.-]", requirement, maxsplit=1)[0]).lower()


every_module = pytest.mark.parametrize("file", MODULES, ids=name_of)


@every_module
def test_no_nested_event_loop(file):
    """exec() and processEvents() run a second loop inside a slot; asyncio callbacks then re-enter."""
    calls = {
        node.func.attr
        for node in ast.walk(tree_of(file))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    }
    assert not calls & {"exec", "exec_", "processEvents"}


@every_module
def test_no_group_is_repeated_possessively(file):
    """(?:...)*+ matches too much in CPython before 3.11.5 (Debian 12 has 3.11.2); (?>(?:...)*) is right in all."""
    strings = (node.value for node in ast.walk(tree_of(file)) if isinstance(node, ast.Constant))
    texts = [text.decode("latin-1") if isinstance(text, bytes) else str(text) for text in strings]
    assert not [text for text in texts if re.search(r"(?<![(\\])\)(?:[*+?]|\{\d*,?\d*\})\+", text)]


@every_module
def test_files_and_functions_stay_small(file):
    text = file.read_text("utf-8")
    assert text.count("\n") <= 400
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert (node.end_lineno or 0) - node.lineno < 50, node.name


@every_module
def test_the_first_line_says_what_a_module_is(file):
    """One sentence on one line, so that a listing of first lines is a map of the program."""
    first = (ast.get_docstring(tree_of(file)) or "").partition("\n")[0]
    assert first.endswith("."), f"the first line is {first!r}"


@every_module
@pytest.mark.parametrize(("packages", "rooms", "files"), [QT, WIRE], ids=["Qt", "aiohttp"])
def test_the_toolkit_and_the_wire_stay_in_their_rooms(file, packages, rooms, files):
    """import-linter knows modules, not name patterns: tabs are tab*.py, clients are client*.py."""
    name = name_of(file)
    if name.startswith(rooms) or files.fullmatch(name):
        return
    assert not packages & {module.partition(".")[0] for module in imports_of(tree_of(file))}


@every_module
def test_no_ready_made_modal_box(file):
    """Their statics run a nested loop; ui.dialogs has boxes that can be awaited."""
    used = {node.id for node in ast.walk(tree_of(file)) if isinstance(node, ast.Name)}
    used |= {node.attr for node in ast.walk(tree_of(file)) if isinstance(node, ast.Attribute)}
    statics = {"getOpenFileName", "getOpenFileNames", "getSaveFileName", "getExistingDirectory", "getText", "getItem"}
    assert not used & {"QMessageBox", "QInputDialog", "QErrorMessage", *statics}


@every_module
def test_no_slot_decorator_and_no_thread_of_qt(file):
    """asyncSlot gives no handle to cancel, asyncClose spins the loop, a QThread knows no asyncio."""
    names = {getattr(node, "id", getattr(node, "attr", "")) for node in ast.walk(tree_of(file))}
    assert not names & {"asyncSlot", "asyncClose", "QThread"}


@every_module
def test_nothing_is_put_off(file):
    """What is not done is an issue, not a mark in the text."""
    assert not re.search(r"\b(TODO|FIXME|XXX|HACK)\b", file.read_text("utf-8"))


def test_every_import_is_declared():
    """A module that only a development tool brings would be missing where the program is installed."""
    declared = {name_of_wheel(text) for text in PROJECT["project"]["dependencies"]}
    # compression: in the standard library from 3.14 on.
    known = {"httpdesk", "compression", *sys.stdlib_module_names}
    wheels = {"PySide6": "pyside6-essentials", "shiboken6": "pyside6-essentials", "yaml12": "py-yaml12"}
    wheels["jsonpath"] = "python-jsonpath"
    for file in MODULES:
        for module in imports_of(tree_of(file)):
            top = module.partition(".")[0]
            names = {wheels.get(top, top), ".".join(module.split(".")[:2])}
            assert top in known or declared & {name_of_wheel(name) for name in names}, f"{name_of(file)}: {module}"


def test_the_top_level_holds_nothing_else():
    found = {file.name for file in ROOT.iterdir() if not file.name.startswith(".")}
    assert found - NOT_OURS == TOP_LEVEL


def test_no_text_names_a_place_of_one_machine_or_a_registry():
    """A stranger who clones the project has neither."""
    hosts = ["pypi" + ".org", "python" + "hosted.org", "test.pypi" + ".org", "npmjs" + ".org", "npmjs" + ".com"]
    places = [re.escape(host) for host in hosts] + [
        r"/wor" + r"k/",
        r"\.\./shar" + "ed",
        r"bash_job" + "s",
        r"/home/[a-z]+/",
        r"/roo" + "t/",
    ]
    bad = re.compile("|".join(places))
    found = [
        f"{name}: {line.strip()[:100]}" for name, text in text_files() for line in text.splitlines() if bad.search(line)
    ]
    assert not found, "\n".join(found)


def test_the_lock_has_hashes_and_no_address():
    pins = re.findall(r"^[\w.-]+==[^\n]*\\\n(?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n)+", LOCK, re.MULTILINE)
    assert len(pins) > 20
    assert "".join(pins) == re.sub(r"^#.*\n", "", LOCK, flags=re.MULTILINE)
    assert "://" not in LOCK


def test_the_lock_holds_every_dependency():
    groups = PROJECT["dependency-groups"]
    wanted = [*PROJECT["project"]["dependencies"], *(text for group in groups.values() for text in group)]
    pinned = {name_of_wheel(line) for line in LOCK.splitlines() if "==" in line}
    missing = {name_of_wheel(text) for text in wanted if isinstance(text, str)} - pinned
    assert not missing, "run: python3 packaging/dev.py lock"
