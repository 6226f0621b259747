"""A program that is killed in the middle of saves leaves whole files."""

import subprocess
import sys
from pathlib import Path

from httpdesk.core.request import RawBody
from httpdesk.store.workspace import Workspace

ROOT = Path(__file__).parent.parent.parent
SAVES = """
import sys
from pathlib import Path
from httpdesk.core.request import HttpRequest, RawBody
from httpdesk.store.workspace import Workspace
workspace = Workspace.open(Path(sys.argv[1]))
number = 0
while True:
    number += 1
    body = RawBody(text=f"{number} " * 20_000)
    workspace.save("petshop/pets/Create pet.yml", HttpRequest(url=f"http://x/{number}", body=body))
    print(number, flush=True)
"""


def test_a_kill_in_the_middle_of_a_save_leaves_a_whole_file(shop):
    for kill in range(5):
        with subprocess.Popen(
            [sys.executable, "-c", SAVES, str(shop.folder)], stdout=subprocess.PIPE, text=True, cwd=ROOT
        ) as child:
            assert child.stdout
            line = ""
            for _ in range(3 + kill):
                line = child.stdout.readline()
            child.kill()
        again = Workspace.open(shop.folder)
        saved = again.read("petshop/pets/Create pet.yml")
        number = saved.request.url.rpartition("/")[2]
        assert int(number) >= int(line)
        assert saved.request.body == RawBody(text=f"{number} " * 20_000)
        assert saved.name == "Create pet"
        assert again.tree()[0].count() == 4
