"""Edits and saves without end, in processes that are to be killed: python -m tests.store.killed FOLDER FIRST_NUMBER.

For each line on its standard input it starts a process (a copy of itself, so that none has to load anything) and
writes that one's id. What is on the disk for sure is said in lines of one write each: what, number, path.
"""

import itertools
import os
import random
import sys
from pathlib import Path

from httpdesk.core.environment import Environment, Variable
from httpdesk.core.request import HttpRequest, RawBody
from httpdesk.store import session
from httpdesk.store.session import Session, Tab
from httpdesk.store.workspace import Workspace

PET, UPLOAD = "petshop/pets/Create pet.yml", "petshop/pets/photos/Upload photo.yml"
URL = "http://x/{}"


def say(what: str, number: int, path: str = "") -> None:
    """Acknowledge: from now on it must not be lost."""
    os.write(1, f"{what} {number} {path}\n".encode())


class Writer:
    """One window's worth of work on a workspace."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.folder, self.random = folder, random.Random(seed)
        self.workspace = Workspace.open(folder)
        self.workspace.tree()
        for path in (PET, UPLOAD):
            self.workspace.read(path)
        self.made = ""

    def run(self, numbers: "itertools.count[int]") -> None:
        """Do one thing after the other, drafts most often."""
        acts = (self.draft, self.draft, self.save, self.save, self.create, self.move, self.environment)
        for number in numbers:
            self.random.choice(acts)(number)

    def draft(self, number: int) -> None:
        """A keystroke, as the window keeps it."""
        draft = HttpRequest(url=URL.format(number), body=RawBody(text=f"{number} " * self.random.choice((1, 20_000))))
        session.save(self.folder / "data/session.json", Session(tabs=(Tab(path=PET, title="x", draft=draft),)))
        say("draft", number)

    def save(self, number: int) -> None:
        """A save over a file."""
        path = self.random.choice((PET, UPLOAD))
        body = RawBody(text=f"{number} " * self.random.choice((1, 20_000)))
        self.workspace.save(path, HttpRequest(url=URL.format(number), body=body))
        say("save", number, path)

    def create(self, number: int) -> None:
        """A new request."""
        self.made = self.workspace.create_request("petshop", f"New {number}", HttpRequest(url=URL.format(number)))
        say("create", number)

    def move(self, number: int) -> None:
        """The last new request in another folder and back."""
        if self.made:
            folder = "petshop/pets" if self.made.startswith("petshop/New") else "petshop"
            self.made = self.workspace.move(self.made, folder, None)
            say("move", number, self.made)

    def environment(self, number: int) -> None:
        """A variable with another value."""
        there = any(each.name == "Env" for each in self.workspace.environments())
        variable = Variable(name="a", value=URL.format(number))
        self.workspace.save_environment(Environment(name="Env", variables=(variable,)), "Env" if there else "")
        say("environment", number)


def main() -> None:
    """Start one process after the other, as the test asks for them."""
    folder = Path(sys.argv[1])
    for line in sys.stdin:
        child = os.fork()
        if not child:
            Writer(folder, int(line)).run(itertools.count(int(line) * 10_000))
        os.write(1, f"started {child}\n".encode())
        os.waitpid(child, 0)
        os.write(1, b"ended 0\n")


if __name__ == "__main__":
    main()
