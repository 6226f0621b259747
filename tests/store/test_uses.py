"""Uses of a variable in the files of a workspace."""

import pytest

from httpdesk.core.problem import Problem
from httpdesk.store.uses import Count
from httpdesk.store.workspace import Workspace

REQUEST = 'info: {{name: {name}}}  # ours\nhttp:\n  method: GET\n  url: "{{{{base}}}}/{name}"\n'


@pytest.fixture
def space(tmp_path):
    for name, text in {
        "shop/opencollection.yml": "info:\n  name: Shop\nrequest:\n  headers:\n    - {name: X, value: '{{base}}'}\n",
        "shop/A.yml": REQUEST.format(name="A"),
        "shop/own/folder.yml": "info:\n  name: Own\nrequest:\n  variables:\n    - name: base\n      value: mine\n",
        "shop/own/B.yml": REQUEST.format(name="B"),
        "shop/C.yml": REQUEST.format(name="C") + "runtime:\n  variables:\n    - name: base\n      value: mine\n",
        "shop/D.yml": REQUEST.format(name="D").replace("base", "basement"),
        "shop/environments/E.yml": "variables:\n  - name: x\n    value: '{{base}}'\n",
        "deploy.yml": "image: '{{base}}'\n",
        "shop/broken.yml": "http: {{base}\n",
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    return Workspace.open(tmp_path)


def texts(space):
    return {path: path.read_bytes() for path in space.folder.rglob("*.yml")}


def test_what_means_the_environment_is_counted_and_nothing_else(space):
    assert space.uses("base") == Count(uses=2, files=2)
    assert space.uses("nothing") == Count()


def test_files_change_in_that_place_alone_and_come_back(space):
    before = texts(space)
    changed = space.rename_uses("base", "baseUrl")
    after = texts(space)
    assert {path.name for path in before if before[path] != after[path]} == {"A.yml", "opencollection.yml"}
    file = space.folder / "shop/A.yml"
    assert after[file].decode() == before[file].decode().replace("{{base}}", "{{baseUrl}}")
    assert space.undo_uses(changed) == ()
    assert texts(space) == before


def test_a_file_that_was_changed_since_is_not_put_back(space):
    changed = space.rename_uses("base", "baseUrl")
    file = space.folder / "shop/A.yml"
    file.write_text("# mine\n" + file.read_text("utf-8"), "utf-8")
    assert space.undo_uses(changed) == (file,)
    assert "# mine" in file.read_text("utf-8")


def test_an_open_request_can_be_saved_after_it(space):
    request = space.read("shop/A.yml").request
    space.rename_uses("base", "baseUrl")
    assert space.read("shop/A.yml").request.url == "{{baseUrl}}/A"
    space.save("shop/A.yml", request)


def test_a_fault_on_the_way_changes_nothing(space, monkeypatch):
    before, change = texts(space), space._files.change

    def full(path, edit):
        if path.name == "opencollection.yml":
            raise Problem("The disk is full", "")
        change(path, edit)

    monkeypatch.setattr(space._files, "change", full)
    with pytest.raises(Problem):
        space.rename_uses("base", "baseUrl")
    assert texts(space) == before
