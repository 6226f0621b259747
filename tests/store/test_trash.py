import os

import pytest

from httpdesk.core.problem import Problem
from httpdesk.core.request import HttpRequest

PET = "petshop/pets/Create pet.yml"


def test_what_is_deleted_comes_back_as_it_was(shop, snapshot):
    before = snapshot(shop.folder / "petshop")
    request, folder = shop.delete(PET), shop.delete("petshop/pets")
    assert shop.tree()[0].folders == ()
    shop.restore(folder)
    shop.restore(request)
    assert snapshot(shop.folder / "petshop") == before


def test_the_trash_is_hidden_from_tree_and_git(shop):
    shop.delete(PET)
    assert (shop.folder / ".httpdesk/.gitignore").read_text() == "*\n"
    assert shop.tree()[0].count() == 3


def test_a_name_that_is_taken_meanwhile_is_not_overwritten(shop):
    trash_id = shop.delete(PET)
    shop.create_request("petshop/pets", "Create pet", HttpRequest(url="http://new"))
    assert shop.restore(trash_id) == "petshop/pets/Create pet 2.yml"
    assert shop.read(PET).request.url == "http://new"
    assert shop.read("petshop/pets/Create pet 2.yml").request.method == "POST"


def test_the_folder_of_a_restored_request_is_made_again(shop):
    trash_id = shop.delete(PET)
    shop.delete("petshop/pets")
    assert shop.restore(trash_id) == PET
    assert shop.read(PET).name == "Create pet"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may delete everything")
def test_a_delete_that_fails_leaves_nothing_in_the_trash(shop):
    (shop.folder / "petshop/pets").chmod(0o500)
    try:
        with pytest.raises(Problem, match="Access was refused"):
            shop.delete(PET)
    finally:
        (shop.folder / "petshop/pets").chmod(0o700)
    assert list((shop.folder / ".httpdesk/trash").iterdir()) == []


def test_nothing_comes_back_twice_or_from_elsewhere(shop):
    trash_id = shop.delete(PET)
    shop.restore(trash_id)
    for bad in (trash_id, "../../x", "", "20260101-000000-00000000"):
        with pytest.raises(Problem, match="no longer in the trash"):
            shop.restore(bad)


def test_a_deleted_file_can_be_deleted_by_one_only(shop):
    shop.delete(PET)
    with pytest.raises(Problem, match="not there any more"):
        shop.delete(PET)
    with pytest.raises(Problem, match="workspace itself"):
        shop.delete(".")
