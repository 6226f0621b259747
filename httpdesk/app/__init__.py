"""The window program: builds every object once, starts and ends them in order."""

import asyncio
import contextlib
import signal
import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication

import httpdesk.app.quick_start  # noqa: F401 - first
from httpdesk.app.program import Program
from httpdesk.store import places
from httpdesk.ui.loop import DeskLoop
from httpdesk.ui.theme import theme

# Threads hand the interpreter back five times sooner than usual: stalls that they cause fall from 12-16 to 3-6 ms.
_SWITCH_INTERVAL_S = 0.001


def application() -> QApplication:
    """The one QApplication, with our fonts and look."""
    existing = QApplication.instance()
    app = existing if isinstance(existing, QApplication) else QApplication(sys.argv[:1])
    app.setApplicationName("httpdesk")
    app.setApplicationDisplayName("httpdesk")
    app.setDesktopFileName("org.httpdesk.httpdesk")
    # The end of the program is a coroutine, which the closing of a window must not overtake.
    app.setQuitOnLastWindowClosed(False)
    theme.start(app, "", dress_later=True)
    return app


def main(folder: Path | None = None, *, selftest: bool = False) -> int:
    """Run the window until it is closed; the exit code. With `selftest`: send one request, print what came, end."""
    sys.setswitchinterval(_SWITCH_INTERVAL_S)
    app = application()
    loop = DeskLoop(app)
    asyncio.set_event_loop(loop)
    with loop:
        code: int = loop.run_until_complete(_selftest(folder) if selftest else _run(folder))
        return code


async def _run(folder: Path | None) -> int:
    program = Program(places.find())
    # Windows has no signal handlers in a loop: there Ctrl+C ends the program at once.
    with contextlib.suppress(NotImplementedError):
        asyncio.get_running_loop().add_signal_handler(signal.SIGINT, program.quit_wanted.set)
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, program.quit_wanted.set)
    try:
        await program.start(folder)
        await program.quit_wanted.wait()
    finally:
        await program.stop()
    return 0


async def _selftest(folder: Path | None) -> int:
    from httpdesk.app.selftest import run_selftest

    return await run_selftest(folder)
