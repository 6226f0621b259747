"""A program that is killed at any moment of edits and saves: what it acknowledged is there, and every file is whole."""

import os
import random
import re
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from httpdesk.core.request import RawBody
from httpdesk.store import session
from httpdesk.store.workspace import Workspace
from tests.store.killed import PET, UPLOAD

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are copied there by POSIX only")

ROOT = Path(__file__).parent.parent.parent
KILLS = 200


class Killer:
    """Starts writers, kills each after a random while, and remembers what they acknowledged."""

    def __init__(self, folder, child):
        self.folder, self.child = folder, child
        self.acknowledged = {}
        self.created = set()
        self.count = 0

    def kill_one(self, number, after_s):
        """Start a writer, and kill it so long after it started, whatever it is doing."""
        self.child.stdin.write(f"{number}\n")
        self.child.stdin.flush()
        for line in self.child.stdout:
            what, value, path = line.rstrip("\n").split(" ", 2) if line.count(" ") > 1 else (*line.split(), "")
            if what == "started":
                threading.Timer(after_s, os.kill, (int(value), signal.SIGKILL)).start()
            elif what == "ended":
                return
            else:
                self.note(what, int(value), path)

    def note(self, what, number, path):
        """Something is on the disk."""
        self.count += 1
        if what == "create":
            self.created.add(number)
        elif what != "move":
            self.acknowledged[what, path] = number

    def missing(self):
        """What was acknowledged and is not there, or is not whole."""
        shop = Workspace.open(self.folder)
        found = [f"fault: {fault}" for fault in faults_of(shop.tree())]
        for (what, path), number in self.acknowledged.items():
            if what == "draft":
                kept, fault = session.load(self.folder / "data/session.json")
                found += [fault] if fault else wrong(kept.tabs[0].draft, number)
            elif what == "save":
                found += wrong(shop.read(path).request, number)
            elif what == "environment":
                (env,) = (each for each in shop.environments() if each.name == "Env")
                found += [] if number_of(env.variables[0].value) >= number else [f"{what} {number}"]
        return found + [f"created {number}" for number in self.created - self.made()]

    def made(self):
        """The numbers of the new requests, wherever they are."""
        return {
            int(match[1]) for path in self.folder.rglob("New*.yml") if (match := re.search(r"New (\d+)", path.name))
        }


def number_of(url):
    return int(url.rpartition("/")[2])


def wrong(request, number):
    """Whether a request is older than acknowledged, or half of it is of another number."""
    there = number_of(request.url)
    words = set(request.body.text.split()) if isinstance(request.body, RawBody) else {str(there)}
    return [] if there >= number and words == {str(there)} else [f"{number}: {there} {words}"]


def faults_of(tree):
    waiting, found = list(tree), []
    while waiting:
        folder = waiting.pop()
        waiting += folder.folders
        found += [entry.fault for entry in (folder, *folder.entries) if entry.fault]
    return found


@pytest.mark.limit_s(120)
def test_nothing_acknowledged_is_lost_by_two_hundred_kills(shop):
    chance, started_s = random.Random(4), time.monotonic()
    with subprocess.Popen(
        [sys.executable, "-m", "tests.store.killed", str(shop.folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        bufsize=1,
        cwd=ROOT,
    ) as child:
        killer = Killer(shop.folder, child)
        for number in range(1, KILLS + 1):
            killer.kill_one(number, chance.uniform(0, 0.08))
            assert killer.missing() == []
        assert child.stdin
        child.stdin.close()
    assert {("draft", ""), ("save", PET), ("save", UPLOAD), ("environment", "")} <= set(killer.acknowledged)
    spent_s = time.monotonic() - started_s
    print(f"\n{KILLS} kills, {killer.count} acknowledged changes, 0 lost, {spent_s:.0f} s")
