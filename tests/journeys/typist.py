"""Someone who types without a pause into the real window, to be killed: python -m tests.journeys.typist HOME WHERE.

A while after each key it says how many keys there were: these must be on the disk by then.
"""

import asyncio
import os
import sys
from pathlib import Path

from PySide6.QtWidgets import QPlainTextEdit

from httpdesk.app import application
from httpdesk.core.environment import Environment, Variable
from httpdesk.ui.loop import DeskLoop
from tests.drivers import Person, desk, until

# Half a second is what the window promises; a busy machine gets as much again.
KEPT_WITHIN_S = 1.0
PAUSE_S = 0.02


async def go_to_url(person: Person) -> None:
    person.new_request()


async def go_to_body(person: Person) -> None:
    person.new_request("http://x")
    person.page("body")
    person.pick("Body format", "Text")
    person.click((await person.see(QPlainTextEdit, "Request body")).viewport())


async def go_to_environment(person: Person) -> None:
    await person.program.library.save_environment(
        Environment(name="Typed", variables=(Variable(name="a", value=""),)), ""
    )
    person.program.variables.choose("Typed")
    person.program.commands.edit_variable("a")
    await asyncio.sleep(0.3)


PLACES = {"url": go_to_url, "body": go_to_body, "environment": go_to_environment}


async def type_on(home: Path, where: str) -> None:
    async with desk(home) as person:
        await until(lambda: person.program._restored and person.program.library.tree)
        await PLACES[where](person)
        for number in range(1, 10_000):
            person.write("k")
            asyncio.get_running_loop().call_later(KEPT_WITHIN_S, os.write, 1, f"{number}\n".encode())
            await asyncio.sleep(PAUSE_S)


def main() -> None:
    app = application()
    with DeskLoop(app) as loop:
        asyncio.set_event_loop(loop)
        loop.run_until_complete(type_on(Path(sys.argv[1]), sys.argv[2]))


if __name__ == "__main__":
    main()
