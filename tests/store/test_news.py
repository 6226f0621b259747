"""News: what this program wrote or read itself is none, all else is."""

import os
import shutil

import msgspec
import pytest

from httpdesk.core.environment import Environment
from httpdesk.core.problem import Problem
from httpdesk.core.request import HttpRequest

PET = "petshop/pets/Create pet.yml"


@pytest.fixture
def is_news(shop):
    """Whether any file or folder of the workspace, or one of these, is news."""
    shop.tree()
    shop.environments()

    def ask(*paths):
        there = [str(path) for path in shop.folder.rglob("*") if ".httpdesk" not in path.parts]
        return shop.is_news(frozenset([*there, *(str(shop.folder / path) for path in paths)]))

    return ask


def test_nothing_of_our_own_is_news(shop, is_news):
    assert not is_news()
    request = shop.read(PET).request
    shop.save(PET, msgspec.structs.replace(request, method="PUT"))
    new = shop.rename(PET, "Make pet")
    copy = shop.duplicate(new)
    folder = shop.create_folder("petshop", "More")
    moved = shop.move(copy, folder, None)
    trash_id = shop.delete(moved)
    shop.restore(trash_id)
    shop.create_request(folder, "New", HttpRequest())
    shop.save_environment(Environment(name="Extra"), "")
    shop.save_environment(Environment(name="Other"), "Extra")
    shop.delete_environment("Other")
    shop.rename(folder, "Most")
    shop.tree()
    assert not is_news(PET, new, copy, folder, moved, "environments/Extra.yml", "environments/Other.yml")


@pytest.mark.parametrize("name", [PET, "petshop/pets/folder.yml", "petshop/opencollection.yml"])
def test_a_changed_file_is_news_once(shop, is_news, name):
    file = shop.folder / name
    file.write_text(file.read_text() + "# more\n")
    assert is_news()
    shop.tree()
    assert not is_news()


def test_files_and_folders_that_came_or_went_are_news(shop, is_news):
    (shop.folder / "petshop/Extra.yml").write_text("info:\n  name: Extra\n  type: http\n")
    assert is_news()
    shop.tree()
    (shop.folder / "petshop/Extra.yml").unlink()
    assert is_news("petshop/Extra.yml")
    shop.tree()
    shutil.rmtree(shop.folder / "petshop/pets")
    assert is_news("petshop/pets")


def test_environments_of_others_are_news(shop, is_news):
    files = sorted(shop.folder.rglob("environments/*.yml"))
    files[0].write_text(files[0].read_text() + "# more\n")
    assert is_news()
    shop.environments()
    assert not is_news()
    files[0].unlink()
    assert is_news(files[0].relative_to(shop.folder))


def test_other_files_are_no_news(shop, is_news):
    (shop.folder / "petshop/notes.txt").write_text("x")
    assert not is_news()


def test_a_read_tab_is_told_even_when_the_tree_was_read_since(shop, is_news):
    shop.read(PET)
    (shop.folder / PET).write_text((shop.folder / PET).read_text() + "# theirs\n")
    shop.tree()
    assert is_news()


def test_a_look_changes_nothing_about_what_a_save_refuses(shop):
    request = shop.read(PET).request
    file = shop.folder / PET
    file.write_text(file.read_text() + "# theirs\n")
    theirs = shop.look(PET)
    assert not shop.may_replace(PET, theirs.version)
    with pytest.raises(Problem, match="changed by another program"):
        shop.save(PET, msgspec.structs.replace(request, method="PUT"))
    shop.accept(PET, theirs.version)
    shop.save(PET, msgspec.structs.replace(request, method="PUT"))
    assert "# theirs" in file.read_text()


def test_a_file_that_is_gone_is_written_again_where_it_was(shop):
    saved = shop.read(PET)
    shutil.rmtree(shop.folder / "petshop/pets")
    shop.write_again(PET, "Create pet", saved.request)
    assert shop.look(PET).request == saved.request
    with pytest.raises(Problem, match="there again"):
        shop.write_again(PET, "Create pet", saved.request)


def test_a_moved_file_is_found_by_what_it_holds(shop):
    version = shop.read(PET).version
    (shop.folder / PET).rename(shop.folder / "petshop/Moved.yml")
    among = frozenset(["petshop/Moved.yml", "petshop/opencollection.yml", "petshop/nowhere.yml"])
    assert shop.find_moved(version, among) == "petshop/Moved.yml"
    shutil.copy(shop.folder / "petshop/Moved.yml", shop.folder / "petshop/Twin.yml")
    assert shop.find_moved(version, among | {"petshop/Twin.yml"}) == ""


def test_both_texts_are_what_is_and_what_a_save_would_write(shop):
    request = msgspec.structs.replace(shop.read(PET).request, method="PUT")
    file = shop.folder / PET
    file.write_text("# theirs\n" + file.read_text())
    mine, theirs = shop.both_texts(PET, request)
    assert theirs == file.read_text()
    assert mine == theirs.replace("method: POST", "method: PUT", 1)
    file.write_text("<<<<<<< HEAD\n")
    mine, theirs = shop.both_texts(PET, request)
    assert "method: PUT" in mine
    assert theirs == "<<<<<<< HEAD\n"


def test_what_another_program_writes_while_a_save_is_under_way_is_not_replaced(shop, monkeypatch):
    request, file = shop.read(PET).request, shop.folder / PET
    theirs = file.read_text() + "# theirs\n"
    sync = os.fsync

    def slow_disk(descriptor):
        file.write_text(theirs)
        sync(descriptor)

    monkeypatch.setattr(os, "fsync", slow_disk)
    with pytest.raises(Problem, match="changed by another program"):
        shop.save(PET, msgspec.structs.replace(request, method="PUT"))
    assert file.read_text() == theirs
    assert not list(file.parent.glob(".*.tmp"))
