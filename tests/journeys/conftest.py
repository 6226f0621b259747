"""Journeys run in the real window, on the real loop."""

import asyncio
import inspect

import pytest

from httpdesk.ui.loop import DeskLoop
from tests.drivers import desk


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem):
    """Run an "async def" test on the window's loop, and fail it when it leaves a task behind."""
    if not inspect.iscoroutinefunction(pyfuncitem.obj):
        return None
    wanted = {name: pyfuncitem.funcargs[name] for name in pyfuncitem._fixtureinfo.argnames}
    app = pyfuncitem._request.getfixturevalue("qapp")

    async def run():
        await pyfuncitem.obj(**wanted)
        left = asyncio.all_tasks() - {asyncio.current_task()}
        if left:
            _, left = await asyncio.wait(left, timeout=2)
        assert not left, f"tasks left behind: {left}"

    with DeskLoop(app) as loop:
        asyncio.set_event_loop(loop)
        try:
            loop.run_until_complete(run())
        finally:
            asyncio.set_event_loop(None)
    return True


@pytest.fixture
def httpdesk(tmp_path):
    """Open the program: async with httpdesk() as person."""
    return lambda folder=None, mode="dark": desk(tmp_path, folder, mode)
