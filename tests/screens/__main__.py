"""Render the main screens off screen: python -m tests.screens [OUT] [--only NAME].

Writes <name>-<mode>.png at 100 % and <name>-<mode>-150.png at 150 %. Qt fixes the scale when it starts, so every
mode and scale has a process of its own.
"""

import argparse
import asyncio
import itertools
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from httpdesk.app import application
from httpdesk.ui.loop import DeskLoop
from tests.screens import bodies, compare, dialogs, files, history, screens, sizes, states
from tests.screens.stage import SCREENS

# Each of these puts its screens into SCREENS.
ALBUMS = (screens, states, dialogs, sizes, bodies, compare, history, files)
MODES = ("dark", "light")
SCALES_PERCENT = (100, 150)


async def render(out: Path, only: str, mode: str, percent: int) -> None:
    """Paint every wanted screen of one mode and scale into a file."""
    suffix = "" if percent == 100 else f"-{percent}"
    for name, screen in SCREENS.items():
        if only in name:
            async with screen(mode) as widget:
                file = out / f"{name}-{mode}{suffix}.png"
                if not widget.grab().save(str(file)):
                    sys.exit(f"could not write {file}")
                print(file, flush=True)


def _screen_file(folder: Path) -> Path:
    """A screen that holds the window, or menus would be pushed into the 800 pixels that there are without it."""
    screen = {
        "name": "wide",
        "x": 0,
        "y": 0,
        "width": 2560,
        "height": 1600,
        "logicalDpi": 96,
        "logicalBaseDpi": 96,
        "dpr": 1,
    }
    file = folder / "screen.json"
    file.write_text(json.dumps({"screens": [screen]}))
    return file


def render_all(out: Path, only: str) -> int:
    """Start a process for every mode and scale, one after the other; 0 if all went well."""
    codes = []
    for mode, percent in itertools.product(MODES, SCALES_PERCENT):
        child = [sys.executable, "-m", "tests.screens", str(out), "--only", only, "--as", mode, str(percent)]
        with tempfile.TemporaryDirectory(prefix="httpdesk-screens-") as home:
            platform = f"offscreen:configfile={_screen_file(Path(home))}"
            own = {"QT_QPA_PLATFORM": platform, "QT_SCALE_FACTOR": str(percent / 100), "HTTPDESK_HOME": home}
            codes.append(subprocess.run(child, env={**os.environ, **own}, check=False).returncode)
    return max(codes)


def main() -> int:
    """Read the arguments; --as is what the parent tells its children."""
    parser = argparse.ArgumentParser(prog="dev.py screenshots", description="Render the main screens.")
    parser.add_argument("out", nargs="?", type=Path, default=Path("build/screenshots"), metavar="OUT")
    parser.add_argument("--only", default="", metavar="NAME", help="screens whose name contains this")
    parser.add_argument("--as", dest="child", nargs=2, help=argparse.SUPPRESS)
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    if not args.child:
        return render_all(args.out.absolute(), args.only)
    mode, percent = args.child
    app = application()
    with DeskLoop(app) as loop:
        asyncio.set_event_loop(loop)
        loop.run_until_complete(render(args.out, args.only, mode, int(percent)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
