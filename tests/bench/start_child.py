"""One start, for the bench: python -m tests.bench.start_child bare|httpdesk; prints ms and MB as JSON.

The time is taken from the start of the process (given in ns as the second argument) to the first painted frame of the
window, and for httpdesk also to the first tab that takes keys; memory when the program has been idle for a while.
"""

import json
import sys
import time


def since_start_ms() -> float:
    return (time.time_ns() - int(sys.argv[2])) / 1e6


def memory_mb():
    import psutil  # type: ignore[import-untyped]

    return psutil.Process().memory_info().rss / 1e6


def bare():
    """A window with nothing in it, on qasync."""
    import asyncio

    import qasync
    from PySide6.QtWidgets import QApplication, QMainWindow

    class Window(QMainWindow):
        painted_ms = 0.0

        def paintEvent(self, event):
            super().paintEvent(event)
            self.painted_ms = self.painted_ms or since_start_ms()

    app = QApplication([])
    with qasync.QEventLoop(app) as loop:
        window = Window()
        window.resize(1440, 900)
        window.show()

        async def wait():
            while not window.painted_ms:  # noqa: ASYNC110
                await asyncio.sleep(0.001)
            await asyncio.sleep(float(sys.argv[3]))
            return {"painted_ms": window.painted_ms, "memory_mb": memory_mb()}

        return loop.run_until_complete(wait())


def httpdesk():
    """The program as its user starts it: usable is a frame that shows a tab which takes keys."""
    import asyncio

    from httpdesk.app import application
    from httpdesk.app.program import Program
    from httpdesk.store import places
    from httpdesk.ui.loop import DeskLoop

    sys.setswitchinterval(0.001)
    app = application()
    with DeskLoop(app) as loop:
        asyncio.set_event_loop(loop)

        async def run():
            program = Program(places.find())
            painted = watch_paint(program.window.rail)
            start = asyncio.ensure_future(program.start())
            while not program.desk.current:  # noqa: ASYNC110
                await asyncio.sleep(0.001)
            usable = watch_paint(program.desk.current)
            program.desk.current.update()
            while not (painted and usable):  # noqa: ASYNC110
                await asyncio.sleep(0.001)
            await start
            await asyncio.sleep(float(sys.argv[3]))
            found = {"painted_ms": painted[0], "usable_ms": usable[0], "memory_mb": memory_mb()}
            await program.stop()
            return found

        return loop.run_until_complete(run())


def watch_paint(widget):
    """The time at which a widget is next painted, in a list that it is put into."""
    from PySide6.QtCore import QEvent, QObject

    times: list[float] = []

    class Watch(QObject):
        def eventFilter(self, watched, event):
            if event.type() == QEvent.Type.Paint and not times:
                times.append(since_start_ms())
            return False

    widget.paint_watch = Watch()
    widget.installEventFilter(widget.paint_watch)
    return times


if __name__ == "__main__":
    print(json.dumps({"bare": bare, "httpdesk": httpdesk}[sys.argv[1]]()))
