"""Every key that is typed is on the disk half a second later, however the program ends."""

import os
import random
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest

from httpdesk.core.request import RawBody
from httpdesk.store import session
from httpdesk.store.workspace import Workspace
from tests.drivers import places_in

ROOT = Path(__file__).parent.parent.parent


def in_url(home):
    return _draft(home).url


def in_body(home):
    body = _draft(home).body
    return body.text if isinstance(body, RawBody) else ""


def in_environment(home):
    (typed,) = (each for each in Workspace.open(places_in(home).workspace).environments() if each.name == "Typed")
    return typed.variables[0].value


def _draft(home):
    kept, fault = session.load(places_in(home).session_file)
    assert not fault
    return next(tab.draft for tab in kept.tabs if tab.draft)


@pytest.mark.limit_s(120)
@pytest.mark.parametrize("where", [in_url, in_body, in_environment], ids=["url", "body", "environment"])
def test_keys_of_half_a_second_ago_survive_a_kill(tmp_path, where):
    name = where.__name__.removeprefix("in_")
    command = [sys.executable, "-m", "tests.journeys.typist", str(tmp_path), name]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT, env={**os.environ}) as child:
        assert child.stdout
        first = [child.stdout.readline() for _ in range(10)]
        time.sleep(random.Random(name).uniform(0.4, 1.2))
        child.kill()
        said = [*first, *child.stdout.readlines()]
    keys = int([line for line in said if re.fullmatch(r"\d+\n", line)][-1])
    assert len(re.findall("k", where(tmp_path))) >= keys
