"""What holds for every test: no screen, no traces in the user's folders, no proxy, no endless wait."""

import asyncio
import atexit
import inspect
import os
import shutil
import signal
import sys
import tempfile

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_API", "pyside6")
# Also for what starts outside of a test; each test then gets a folder of its own.
os.environ["HTTPDESK_HOME"] = tempfile.mkdtemp(prefix="httpdesk-tests-")
atexit.register(shutil.rmtree, os.environ["HTTPDESK_HOME"], ignore_errors=True)
for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
    os.environ.pop(name, None)
    os.environ.pop(name.upper(), None)

LIMIT_S = 60


@pytest.fixture(autouse=True)
def own_folders(tmp_path_factory, monkeypatch):
    """Config, data and cache of the program lie in a new folder."""
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("HTTPDESK_HOME", str(home))
    return home


@pytest.fixture(autouse=True)
def no_window_left():
    """A test that leaves a window open fails: the next one would meet it."""
    yield
    widgets = sys.modules.get("PySide6.QtWidgets")
    if widgets and widgets.QApplication.instance():
        left = [window for window in widgets.QApplication.topLevelWidgets() if window.isVisible()]
        for window in left:
            window.close()
        assert not left, f"windows left open: {left}"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item):
    """End a test that waits for ever (POSIX; elsewhere faulthandler_timeout does it)."""
    if not hasattr(signal, "SIGALRM"):
        return (yield)
    mark = item.get_closest_marker("limit_s")
    limit_s = mark.args[0] if mark else LIMIT_S

    def give_up(*_):
        pytest.fail(f"no end after {limit_s} s")

    before = signal.signal(signal.SIGALRM, give_up)
    signal.setitimer(signal.ITIMER_REAL, limit_s)
    try:
        return (yield)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem):
    """Run an "async def" test on a plain asyncio loop, and fail it when it leaves a task behind."""
    if not inspect.iscoroutinefunction(pyfuncitem.obj):
        return None
    wanted = {name: pyfuncitem.funcargs[name] for name in pyfuncitem._fixtureinfo.argnames}

    async def run():
        await pyfuncitem.obj(**wanted)
        left = asyncio.all_tasks() - {asyncio.current_task()}
        if left:
            _, left = await asyncio.wait(left, timeout=1)
        assert not left, f"tasks left behind: {left}"

    asyncio.run(run())
    return True
