"""Self-test: shows the window, sends one request to the echo server, says what it saw; leaves no traces."""

import asyncio
import tempfile
import time
from pathlib import Path

from PySide6.QtWidgets import QApplication

from httpdesk import __version__
from httpdesk.app.program import Program
from httpdesk.core import wording
from httpdesk.core.collection import Folder
from httpdesk.core.exchange import Exchange, Outcome
from httpdesk.core.request import HttpRequest
from httpdesk.store.places import Places

PATIENCE_S = 30.0


async def run_selftest(folder: Path | None) -> int:
    """0 if the echo server answered 200 and the window shows its body, else 1; prints each step."""
    started = time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="httpdesk-selftest-") as name:
        home = Path(name)
        program = Program(Places(home / "config", home / "data", home / "cache", home / "workspace"))
        try:
            await program.start(folder)
            window = program.window
            size = f"{window.width()} x {window.height()}"
            print(
                f"httpdesk {__version__}: window {size} on {QApplication.platformName()}, "
                f"{wording.duration((time.perf_counter() - started) * 1000)} after the start"
            )
            for collection in program.library.tree:
                print(f"collection {collection.name}: {_names(collection)}")
            async with asyncio.timeout(PATIENCE_S):
                return await _send(program)
        except TimeoutError:
            print(f"no answer within {wording.limit(PATIENCE_S)}")
            return 1
        finally:
            await program.stop()


def _names(folder: Folder) -> str:
    return ", ".join(entry.name for entry in folder.entries)


async def _send(program: Program) -> int:
    done = asyncio.Event()
    program.console.count_changed.connect(lambda _count: done.set())
    tab = program.documents.new(HttpRequest(url="{{echo}}/anything?hello=world"))
    tab.run("send")
    await done.wait()
    exchange = getattr(tab, "exchange", None)
    if not isinstance(exchange, Exchange):
        print("nothing was sent")
        return 1
    return _say(exchange)


def _say(exchange: Exchange) -> int:
    head, last = exchange.head, exchange.last
    if exchange.outcome is not Outcome.DONE or head is None or last is None or last.body is None:
        print(f"{exchange.request.method} {exchange.request.url}: {exchange.problem or exchange.outcome}")
        return 1
    size = last.body.size_bytes
    print(
        f"{exchange.request.method} {exchange.request.url}: {head.status} {head.reason}, "
        f"{wording.size(size)}, {wording.duration(exchange.total_ms)}"
    )
    print(last.body.read(0, min(size, 2000)).decode("utf-8", "replace"))
    return 0 if head.status == 200 else 1
