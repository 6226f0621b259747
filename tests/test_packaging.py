"""What is shipped: the wheel with its resources, and a Qt that does not break this Python."""

import os
import subprocess
import sys
import zipfile
from importlib.metadata import version
from pathlib import Path

import pytest

from httpdesk import resources

ROOT = Path(__file__).parent.parent


def python(*args, **env):
    """Run this Python and return what it printed."""
    done = subprocess.run(
        [sys.executable, *args], env={**os.environ, **env}, capture_output=True, text=True, timeout=50, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """The wheel of this checkout, built without a network."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    (file,) = folder.glob("httpdesk-*.whl")
    return file


def test_the_wheel_holds_every_module_and_resource(wheel):
    packed = set(zipfile.ZipFile(wheel).namelist())
    modules = {file.relative_to(ROOT).as_posix() for file in (ROOT / "httpdesk").rglob("*.py")}
    kept = (file.relative_to(ROOT / "resources") for file in (ROOT / "resources").rglob("*") if file.is_file())
    assert modules <= packed
    assert {f"httpdesk/_resources/{file.as_posix()}" for file in kept} <= packed


def test_the_installed_program_finds_its_resources(wheel, tmp_path):
    zipfile.ZipFile(wheel).extractall(tmp_path)
    code = "from httpdesk import resources; print(resources.path('changelog.md'))"
    found = Path(python("-P", "-S", "-c", code, PYTHONPATH=str(tmp_path)))
    assert found == tmp_path / "httpdesk/_resources/changelog.md"
    assert found.is_file()


def test_the_installed_program_tests_itself_and_leaves_nothing_behind(wheel, tmp_path):
    program, temporary = tmp_path / "program", tmp_path / "temporary"
    zipfile.ZipFile(wheel).extractall(program)
    temporary.mkdir()
    places = {"TMPDIR": str(temporary), "TEMP": str(temporary), "TMP": str(temporary)}
    shown = python("-P", "-m", "httpdesk", "--selftest", PYTHONPATH=str(program), **places)
    assert ": 200 OK, " in shown
    assert not list(temporary.iterdir())


def test_a_checkout_finds_its_resources():
    assert resources.path("changelog.md") == ROOT / "resources/changelog.md"


def test_the_changelog_starts_with_this_version():
    first = next(
        line for line in resources.path("changelog.md").read_text("utf-8").splitlines() if line.startswith("## ")
    )
    assert first == f"## {version('httpdesk')}"


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="PySide6 6.12 is sound from CPython 3.12 on")
def test_qt_is_older_than_the_one_that_breaks_this_python():
    """6.12.0 drops a reference of True with every emit below CPython 3.12; after some hundred the process aborts."""
    assert tuple(map(int, version("PySide6-Essentials").split(".")[:2])) < (6, 12)


def test_a_hundred_thousand_signals_leave_the_constants_alone():
    """In a process of its own: where the rule above is broken, it dies."""
    code = """
import sys
from PySide6.QtCore import QObject, Signal
class Bell(QObject):
    rung = Signal(bool)
count = 0
def listen(on):
    global count
    count += on
bell = Bell()
bell.rung.connect(listen)
before = sys.getrefcount(True), sys.getrefcount(None)
for _ in range(100_000):
    bell.rung.emit(True)
    bell.blockSignals(False)
after = sys.getrefcount(True), sys.getrefcount(None)
print(count, max(abs(a - b) for a, b in zip(after, before)) < 1000)
"""
    assert python("-c", code) == "100000 True"


def test_the_set_up_script_needs_no_package():
    """It runs before anything is installed (-S: no site-packages, -E: no variables of Python)."""
    help_text = python("-S", "-E", str(ROOT / "packaging/dev.py"))
    assert all(
        f"dev.py {verb}" in help_text for verb in ("run", "test", "lint", "bench", "screenshots", "lock", "setup")
    )
