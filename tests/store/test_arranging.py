import msgspec
import pytest

from httpdesk.core.problem import Problem
from httpdesk.core.request import HttpRequest
from httpdesk.store import order

PET = "petshop/pets/Create pet.yml"


@pytest.fixture
def three(empty):
    """A collection with the requests A, B, C and the folders F and G."""
    empty.create_collection("C")
    for name in ("A", "B", "C"):
        empty.create_request("C", name, HttpRequest(url=f"http://{name}"))
    for name in ("F", "G"):
        empty.create_folder("C", name)
    return empty


def entries(workspace, folder=None):
    (root,) = workspace.tree()
    shown = root if folder is None else next(each for each in root.folders if each.path == folder)
    return [entry.name for entry in shown.entries]


def test_a_rename_changes_name_and_file_and_nothing_else(shop, diff):
    before = (shop.folder / PET).read_text()
    new = shop.rename(PET, "Make a pet: now")
    assert new == "petshop/pets/Make a pet- now.yml"
    assert not (shop.folder / PET).exists()
    assert diff(before, (shop.folder / new).read_text()) == [
        "-  name: Create pet",
        '+  name: "Make a pet: now"',
    ]
    assert shop.read(new).name == "Make a pet: now"


def test_a_request_can_be_saved_after_its_rename(shop):
    request = shop.read(PET).request
    new = shop.rename(PET, "Other")
    shop.save(new, msgspec.structs.replace(request, method="PUT"))
    assert shop.read(new).request.method == "PUT"


def test_a_rename_to_a_name_that_is_taken_finds_another_file(three):
    assert three.rename("C/A.yml", "B") == "C/B 2.yml"
    assert entries(three) == ["B", "B", "C"]
    assert three.read("C/B.yml").request.url == "http://B"
    assert three.rename("C/C.yml", "c") == "C/c.yml"


def test_folders_and_collections_are_renamed(shop):
    assert shop.rename("petshop/pets", "Animals") == "petshop/Animals"
    assert shop.rename("petshop/Animals/photos", "Pictures") == "petshop/Animals/Pictures"
    assert shop.rename("petshop", "Zoo") == "Zoo"
    (zoo,) = shop.tree()
    assert (zoo.name, zoo.folders[0].name, zoo.folders[0].folders[0].name) == ("Zoo", "Animals", "Pictures")
    assert "# Petshop" in (shop.folder / "Zoo/opencollection.yml").read_text()


def test_an_empty_name_is_refused(shop, snapshot):
    before = snapshot(shop.folder)
    with pytest.raises(Problem, match="empty"):
        shop.rename(PET, "  ")
    assert snapshot(shop.folder) == before


def test_a_move_within_a_folder_touches_one_file(three, snapshot):
    before = snapshot(three.folder)
    assert three.move("C/C.yml", "C", "C/B.yml") == "C/C.yml"
    assert entries(three) == ["A", "C", "B"]
    after = snapshot(three.folder)
    assert [path for path in after if after[path] != before[path]] == ["C/C.yml"]
    three.move("C/A.yml", "C", None)
    assert entries(three) == ["C", "B", "A"]
    three.move("C/A.yml", "C", "C/C.yml")
    assert entries(three) == ["A", "C", "B"]


def test_there_is_always_room_for_one_more_move(three):
    for _ in range(40):
        three.move("C/C.yml", "C", "C/B.yml")
        three.move("C/B.yml", "C", "C/C.yml")
    assert entries(three) == ["A", "B", "C"]


def test_a_move_to_another_folder_finds_a_free_name(three):
    three.create_request("C/F", "A", HttpRequest(url="http://inner"))
    assert three.move("C/A.yml", "C/F", "C/F/A.yml") == "C/F/A 2.yml"
    assert [three.read(f"C/F/{file}").request.url for file in ("A 2.yml", "A.yml")] == ["http://A", "http://inner"]
    assert entries(three, "C/F") == ["A", "A"]


def test_requests_without_numbers_get_them_when_they_are_moved(empty):
    empty.create_collection("C")
    for name in "abc":
        (empty.folder / "C" / f"{name}.yml").write_text(f"info:\n  name: {name}\n  type: http\nhttp:\n  url: x\n")
    empty.move("C/c.yml", "C", "C/b.yml")
    assert entries(empty) == ["a", "c", "b"]


def test_folders_are_moved_with_all_they_hold(shop):
    shop.create_folder("petshop", "Archive")
    assert shop.move("petshop/pets", "petshop/Archive", None) == "petshop/Archive/pets"
    assert shop.read("petshop/Archive/pets/photos/Upload photo.yml").name == "Upload photo"
    with pytest.raises(Problem, match="into itself"):
        shop.move("petshop/Archive", "petshop/Archive/pets", None)


def test_a_collection_stays_where_it_is(shop):
    shop.create_collection("Other")
    with pytest.raises(Problem) as caught:
        shop.move("petshop", "Other", None)
    assert caught.value.kind == "fixed"


def test_a_copy_stands_behind_its_original_and_keeps_what_is_unknown(shop):
    shop.create_request("petshop/pets", "Last", HttpRequest())
    copy = shop.duplicate(PET)
    assert copy == "petshop/pets/Create pet copy.yml"
    assert [entry.name for entry in shop.tree()[0].folders[0].entries] == ["Create pet", "Create pet copy", "Last"]
    assert shop.read(copy).request == shop.read(PET).request
    text = (shop.folder / copy).read_text()
    assert "# other ready-made bodies" in text
    assert "01J8ZK7Q4T" not in text
    assert shop.duplicate(PET) == "petshop/pets/Create pet copy 2.yml"


def test_a_folder_is_copied_with_all_it_holds(shop):
    assert shop.duplicate("petshop/pets") == "petshop/Pets copy"
    assert shop.read("petshop/Pets copy/photos/Upload photo.yml").request.method == "POST"
    assert [folder.name for folder in shop.tree()[0].folders] == ["Pets", "Pets copy"]
    assert shop.duplicate("petshop") == "Petshop API copy"
    assert [folder.name for folder in shop.tree()] == ["Petshop API", "Petshop API copy"]


def test_a_broken_file_can_be_renamed_moved_and_deleted(three):
    (three.folder / "C/bad.yml").write_text("info: [\n")
    new = three.rename("C/bad.yml", "worse")
    assert three.move(new, "C/F", None) == "C/F/worse.yml"
    trash_id = three.delete("C/F/worse.yml")
    three.restore(trash_id)
    assert (three.folder / "C/F/worse.yml").read_text() == "info: [\n"


def test_numbers_between_others_stay_whole_as_long_as_they_can():
    assert order.at_end([]) == 1000
    assert order.at_end([1, 2, 3]) == 1000
    assert order.at_end([1000, 2500]) == 3000
    assert order.between([1000, 2000], 1) == 1500
    assert order.between([1000, 2000], 0) == 500
    assert order.between([1, 2], 1) == 1.5
    assert order.between([0, 0], 1) is None
    assert order.between([1000, 1000], 1) is None
