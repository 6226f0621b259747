"""What goes wrong on disk, and files of strangers."""

import os
import time

import msgspec
import pytest

from httpdesk.core.problem import Problem
from httpdesk.core.request import HttpRequest
from httpdesk.store.workspace import Workspace

PET = "petshop/pets/Create pet.yml"
as_root = hasattr(os, "geteuid") and os.geteuid() == 0
not_as_root = pytest.mark.skipif(as_root, reason="root may write everywhere")

HOSTILE = {
    "not closed": "info: [\n",
    "a tab": "info:\n\tname: x\n",
    "not UTF-8": b"info:\n  name: \xff\xfe\n",
    "a list": "- a\n- b\n",
    "a text": "just words\n",
    "deep brackets": "a: " + "[" * 100_000,
    "deep steps": "".join(f"{' ' * depth}a:\n" for depth in range(1000)),
    "deep dashes": "- " * 5000 + "x",
    "deep questions": "? " * 5000 + "x",
    "alias bomb": "a: &a [x,x,x,x,x,x,x,x,x]\n"
    + "".join(f"{b}: &{b} [{','.join(['*' + a] * 9)}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)),
    "a circle": "a: &a [*a]\nb: *b\n",
    "nothing known": "info:\n  name: 'x\n",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_file_that_cannot_be_read_stands_in_the_tree_and_is_never_overwritten(shop, text):
    file = shop.folder / "petshop/Bad.yml"
    data = text if isinstance(text, bytes) else text.encode()
    file.write_bytes(data)
    start = time.perf_counter()
    (bad,) = (entry for entry in shop.tree()[0].entries if entry.path == "petshop/Bad.yml")
    assert bad.name == "Bad"
    assert bad.fault.endswith(".")
    with pytest.raises(Problem):
        shop.read("petshop/Bad.yml")
    with pytest.raises(Problem):
        shop.save("petshop/Bad.yml", HttpRequest(url="http://x"))
    assert file.read_bytes() == data
    assert time.perf_counter() - start < 5


def test_the_fault_names_the_line(shop):
    (shop.folder / "petshop/Bad.yml").write_text("info:\n  name: x\n  type: http\nhttp:\n  url: a: b: c\n")
    with pytest.raises(Problem) as caught:
        shop.read("petshop/Bad.yml")
    assert (caught.value.kind, caught.value.title) == ("broken-file", "Bad.yml can't be read")
    assert caught.value.detail.startswith("Line 5: ")
    (shop.folder / "petshop/Worse.yml").write_text("info:\n  name: [x\n  type: http\n")
    assert "Line " in next(entry for entry in shop.tree()[0].entries if entry.name == "Worse").fault


def test_a_broken_folder_file_is_shown_and_stops_the_read_below_it(shop):
    (shop.folder / "petshop/pets/folder.yml").write_text("info: {\n")
    pets = shop.tree()[0].folders[0]
    assert (pets.name, bool(pets.fault)) == ("pets", True)
    assert pets.entries[0].name == "Create pet"
    with pytest.raises(Problem, match=r"folder.yml can't be read"):
        shop.read(PET)


@pytest.mark.parametrize("path", ["../x.yml", "/etc/passwd", "a/../../x.yml", "C:/x.yml", "a\\..\\x.yml", "a\0.yml"])
def test_no_path_leads_out_of_the_workspace(shop, path, snapshot):
    before = snapshot(shop.folder.parent)
    for change in (
        lambda: shop.read(path),
        lambda: shop.save(path, HttpRequest()),
        lambda: shop.create_request(path, "x", HttpRequest()),
        lambda: shop.create_folder(path, "x"),
        lambda: shop.rename(path, "x"),
        lambda: shop.duplicate(path),
        lambda: shop.move(path, "petshop", None),
        lambda: shop.move(PET, path, None),
        lambda: shop.delete(path),
    ):
        with pytest.raises(Problem) as caught:
            change()
        assert caught.value.kind == "outside"
    assert snapshot(shop.folder.parent) == before


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_links_that_lead_outside_are_read_but_never_written(shop, tmp_path, snapshot):
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "theirs.yml").write_text("info:\n  name: Theirs\n  type: http\nhttp:\n  url: http://x\n")
    (shop.folder / "petshop/link").symlink_to(outside)
    (shop.folder / "petshop/one.yml").symlink_to(outside / "theirs.yml")
    (shop.folder / "petshop/pets/up").symlink_to(shop.folder / "petshop")
    before = snapshot(outside)
    petshop = shop.tree()[0]
    assert [folder.name for folder in petshop.folders] == ["link", "Pets"]
    assert shop.read("petshop/one.yml").name == "Theirs"
    for change in (
        lambda: shop.save("petshop/one.yml", HttpRequest(url="http://mine")),
        lambda: shop.save("petshop/link/theirs.yml", HttpRequest(url="http://mine")),
        lambda: shop.create_request("petshop/link", "x", HttpRequest()),
        lambda: shop.create_folder("petshop/link", "x"),
        lambda: shop.move(PET, "petshop/link", None),
        lambda: shop.delete("petshop/link/theirs.yml"),
        lambda: shop.rename("petshop/link/theirs.yml", "x"),
    ):
        with pytest.raises(Problem) as caught:
            change()
        assert caught.value.kind == "outside"
    assert snapshot(outside) == before
    shop.delete("petshop/link")
    assert snapshot(outside) == before


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_a_link_to_another_file_of_the_workspace_is_followed(shop):
    (shop.folder / "petshop/again.yml").symlink_to(shop.folder / PET)
    request = msgspec.structs.replace(shop.read("petshop/again.yml").request, method="PUT")
    shop.save("petshop/again.yml", request)
    assert (shop.folder / "petshop/again.yml").is_symlink()
    assert shop.read(PET).request.method == "PUT"


@not_as_root
def test_a_folder_that_may_not_be_written_is_named(shop):
    request = shop.read(PET).request
    place = shop.folder / "petshop/pets"
    place.chmod(0o500)
    try:
        with pytest.raises(Problem) as caught:
            shop.save(PET, msgspec.structs.replace(request, method="PUT"))
        assert (caught.value.title, caught.value.detail) == ("Create pet.yml can't be saved", "Access was refused.")
        with pytest.raises(Problem, match="Access was refused"):
            shop.create_request("petshop/pets", "New", HttpRequest())
    finally:
        place.chmod(0o700)


@not_as_root
def test_a_file_that_may_not_be_read_stands_in_the_tree(shop):
    (shop.folder / PET).chmod(0)
    (entry,) = shop.tree()[0].folders[0].entries
    assert (entry.name, entry.fault) == ("Create pet", "Access was refused.")


def test_a_full_or_missing_disk_is_told_in_words(shop, tmp_path):
    with pytest.raises(Problem, match="does not exist"):
        Workspace.open(tmp_path / "nowhere")
    (tmp_path / "file").write_text("x")
    with pytest.raises(Problem, match="is a file"):
        Workspace.open(tmp_path / "file")
    with pytest.raises(Problem, match="not there any more"):
        shop.read("petshop/gone.yml")
    with pytest.raises(Problem, match="not there any more"):
        shop.create_request("petshop/gone", "x", HttpRequest())


def test_what_no_file_can_hold_is_refused_and_nothing_is_written(shop, snapshot):
    request = shop.read(PET).request
    before = snapshot(shop.folder)
    with pytest.raises(Problem, match="can't be"):
        shop.save(PET, msgspec.structs.replace(request, docs="half \ud83d"))
    with pytest.raises(Problem, match="can't be"):
        shop.create_request("petshop", "x", HttpRequest(url="http://\ud83d"))
    assert snapshot(shop.folder) == before


def test_old_temporary_files_of_ours_are_swept_at_open(shop):
    ours, fresh, theirs = (
        shop.folder / "petshop" / name for name in (".a.yml.0123abcd.tmp", ".b.yml.0123abcd.tmp", "c.tmp")
    )
    for file in (ours, fresh, theirs):
        file.write_text("x")
    for file in (ours, theirs):
        os.utime(file, (1, 1))
    Workspace.open(shop.folder)
    assert [file.exists() for file in (ours, fresh, theirs)] == [False, True, True]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such files")
@pytest.mark.limit_s(5)
def test_a_link_to_what_never_ends_is_not_read(shop):
    (shop.folder / "petshop/Zero.yml").symlink_to("/dev/zero")
    os.mkfifo(shop.folder / "petshop/Pipe.yml")
    faults = {entry.name: entry.fault for entry in shop.tree()[0].entries if entry.fault}
    assert faults == dict.fromkeys(("Pipe", "Zero"), "It is a device or a pipe.")
    for name in ("Zero", "Pipe"):
        with pytest.raises(Problem):
            shop.read(f"petshop/{name}.yml")


def test_a_file_that_is_far_too_large_is_not_read(shop):
    with (shop.folder / "petshop/Huge.yml").open("wb") as file:
        file.truncate(1 << 30)
    (fault,) = (entry.fault for entry in shop.tree()[0].entries if entry.name == "Huge")
    assert fault == "It is too large for a file of requests."
    with pytest.raises(Problem, match="can't be read"):
        shop.read("petshop/Huge.yml")
