import msgspec
import pytest

from httpdesk.core.auth import BearerAuth, InheritAuth, NoAuth
from httpdesk.core.environment import Variable
from httpdesk.core.options import Options
from httpdesk.core.problem import Problem
from httpdesk.core.request import HttpRequest, RawBody
from httpdesk.core.rows import Row
from httpdesk.store.workspace import Workspace

PET = "petshop/pets/Create pet.yml"


def names(folder):
    return [folder.name, [names(each) for each in folder.folders], [entry.name for entry in folder.entries]]


def replaced(request, **changes):
    return msgspec.structs.replace(request, **changes)


def test_the_tree_shows_collections_folders_and_requests_in_their_order(shop):
    (petshop,) = shop.tree()
    pets = ["Pets", [["photos", [], ["Upload photo"]]], ["Create pet"]]
    assert names(petshop) == ["Petshop API", [pets], ["Price feed", "Events (SSE)"]]
    feed, events = petshop.entries
    assert (feed.kind, feed.seq) == ("websocket", 3000)
    assert (events.kind, events.method, events.path) == ("http", "GET", "petshop/Events (SSE).yml")
    assert petshop.folders[0].entries[0].method == "POST"
    assert petshop.count() == 4


def test_a_workspace_is_called_as_its_file_says_or_as_its_folder(shop, empty):
    assert shop.name == "Petshop team"
    assert empty.name == "empty"


def test_a_folder_that_is_itself_a_collection_shows_as_one(shop):
    petshop = Workspace.open(shop.folder / "petshop")
    (root,) = petshop.tree()
    assert (root.path, root.name, petshop.name) == (".", "Petshop API", "Petshop API")
    assert root.folders[0].entries[0].path == "pets/Create pet.yml"
    assert petshop.collection_folder("pets/Create pet.yml") == shop.folder / "petshop"
    assert [environment.name for environment in petshop.environments()] == ["Staging"]


def test_folders_made_by_hand_count_and_files_of_others_do_not_show(empty):
    (empty.folder / "api" / "deep").mkdir(parents=True)
    (empty.folder / "api/deep/ping.yaml").write_text("http:\n  url: http://x\n")
    (empty.folder / "api/docker-compose.yml").write_text("services:\n  db:\n    image: x\n")
    (empty.folder / "api/certs").mkdir()
    (empty.folder / "api/certs/ca.pem").write_text("x")
    (empty.folder / "src").mkdir()
    (empty.folder / ".git").mkdir()
    (empty.folder / ".git/x.yml").write_text("info:\n  name: x\n  type: http\n")
    (api,) = empty.tree()
    assert names(api) == ["api", [["deep", [], ["ping"]]], []]
    assert empty.read("api/deep/ping.yaml").request.url == "http://x"
    assert empty.collection_folder("api/deep/ping.yaml") == empty.folder / "api"


def test_requests_that_lie_loose_in_the_folder_show_beside_its_collections(empty):
    empty.create_collection("One")
    (empty.folder / "ping.yml").write_text("info:\n  name: Ping\n  type: http\nhttp:\n  url: http://x\n")
    one, loose = empty.tree()
    assert (one.name, loose.path, loose.name) == ("One", ".", "empty")
    assert loose.entries[0].path == "ping.yml"
    assert empty.read("ping.yml").name == "Ping"


def test_reading_gives_the_request_and_what_the_folders_above_give_it(shop):
    saved = shop.read(PET)
    request = saved.request
    assert (saved.name, saved.path, request.method) == ("Create pet", PET, "POST")
    assert request.url == "{{base}}/v1/pets?dry_run=false"
    assert request.query == (Row(name="dry_run", value="false"), Row(name="debug", value="on", enabled=False))
    assert request.headers[1] == Row(name="X-Trace", value="{{$uuid}}", description="shows up in the server log")
    assert request.auth == BearerAuth(token="{{access_token}}")
    assert isinstance(request.body, RawBody)
    assert request.body.language == "json"
    assert request.other_bodies == ()
    assert request.options == Options(total_s=5.0, follow_redirects=False, encode_url=True, verify=False, cookies=False)
    assert request.docs == "## Create a pet\n`name` is required."
    assert [name for name, _ in saved.above] == ["Create pet", "Pets", "Petshop API"]
    own, pets, root = (defaults for _, defaults in saved.above)
    assert own.variables == (Variable(name="expected", value="Rex"),)
    assert pets.headers == (Row(name="Accept", value="application/json"),)
    assert isinstance(pets.auth, InheritAuth)
    assert root.variables[1] == Variable(name="page_size", value="50")
    assert isinstance(root.auth, NoAuth)


def test_path_parameters_and_parts_with_files_are_read(shop):
    saved = shop.read("petshop/pets/photos/Upload photo.yml")
    assert saved.request.path == (Row(name="id", value="{{pet_id}}"),)
    meta, file = saved.request.body.parts
    assert (meta.content_type, file.is_file, file.files) == (
        "application/json",
        True,
        ("files/rex 1.jpg", "files/rex 2.jpg"),
    )
    assert shop.collection_folder(saved.path) == shop.folder / "petshop"


def test_an_absent_auth_is_none_and_inherit_is_inherit(shop):
    assert isinstance(shop.read("petshop/Events (SSE).yml").request.auth, InheritAuth)
    path = shop.create_request("petshop", "Open", HttpRequest(url="http://x", auth=NoAuth()))
    assert "auth" not in (shop.folder / path).read_text()
    assert isinstance(shop.read(path).request.auth, NoAuth)


def test_another_protocol_is_shown_but_not_opened_as_http(shop):
    with pytest.raises(Problem, match="websocket") as caught:
        shop.read("petshop/Price feed.yml")
    assert caught.value.kind == "other-protocol"


def test_a_save_without_changes_leaves_every_byte(shop, snapshot):
    before = snapshot(shop.folder)
    for path in (PET, "petshop/pets/photos/Upload photo.yml", "petshop/Events (SSE).yml"):
        shop.save(path, shop.read(path).request)
    assert snapshot(shop.folder) == before


def test_a_save_changes_its_lines_and_keeps_comments_unknown_keys_and_order(shop, diff):
    file = shop.folder / PET
    before = file.read_text()
    request = shop.read(PET).request
    headers = (request.headers[0], replaced(request.headers[1], value="on"), Row(name="X-New", value="1.10"))
    shop.save(PET, replaced(request, method="PUT", headers=headers, docs=""))
    assert diff(before, file.read_text()) == [
        "-  method: POST",
        "+  method: PUT",
        '-      value: "{{$uuid}}"',
        '+      value: "on"',
        "-    - name: X-Old",
        '-      value: "1"',
        "-      disabled: true",
        "+    - name: X-New",
        '+      value: "1.10"',
        "-docs: |-",
        "-  ## Create a pet",
        "-  `name` is required.",
        "-",
    ]
    assert "# other ready-made bodies" in file.read_text()
    assert shop.read(PET).request.headers == headers


def test_new_settings_go_where_they_belong(shop, diff):
    path = "petshop/pets/photos/Upload photo.yml"
    before = (shop.folder / path).read_text()
    request = replaced(shop.read(path).request, options=Options(total_s=2.5, connect_s=3.0, verify=False))
    shop.save(path, request)
    assert [line for line in diff(before, (shop.folder / path).read_text()) if line.strip("+")] == [
        "+settings:",
        "+  timeout: 2500",
        "+extensions:",
        "+  httpdesk:",
        "+    limits:",
        "+      connect: 3",
        "+    tls:",
        "+      verify: false",
    ]
    assert shop.read(path).request == request


def test_byte_order_mark_and_line_ends_stay(shop):
    file = shop.folder / PET
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n"))
    request = shop.read(PET).request
    shop.save(PET, replaced(request, method="PUT", body=RawBody(text='{\n  "a": 1\n}')))
    data = file.read_bytes()
    assert data.startswith(b"\xef\xbb\xbfinfo:\r\n")
    assert data.count(b"\n") == data.count(b"\r\n")
    assert shop.read(PET).request.body == RawBody(text='{\n  "a": 1\n}')


def test_auth_of_a_kind_that_is_unknown_stays_as_written(shop):
    file = shop.folder / PET
    oauth = "  auth:\n    type: oauth2\n    flow: password # keep\n    scope: a\n"
    file.write_text(file.read_text().replace('  auth:\n    type: bearer\n    token: "{{access_token}}"\n', oauth))
    request = shop.read(PET).request
    assert isinstance(request.auth, NoAuth)
    shop.save(PET, replaced(request, method="PUT"))
    assert oauth in file.read_text()
    shop.save(PET, replaced(request, method="PUT", auth=BearerAuth(token="{{t}}")))
    assert "oauth2" not in file.read_text()
    assert "scope: a" not in file.read_text()


def test_secrets_reach_no_file(shop):
    request = HttpRequest(url="http://x", auth=BearerAuth(token="CANARY"))
    path = shop.create_request("petshop", "Secret", request)
    assert "CANARY" not in (shop.folder / path).read_text()
    shop.save(path, replaced(request, method="PUT"))
    assert "CANARY" not in (shop.folder / path).read_text()
    assert shop.read(path).request.auth == BearerAuth()


def test_a_secret_that_the_user_wrote_into_the_file_stays_until_it_is_changed(shop):
    path = shop.create_request("petshop", "Mine", HttpRequest(url="http://x", auth=BearerAuth(token="{{t}}")))
    file = shop.folder / path
    file.write_text(file.read_text().replace('"{{t}}"', "by-hand"))
    request = shop.read(path).request
    shop.save(path, replaced(request, method="PUT"))
    assert "by-hand" in file.read_text()
    shop.save(path, replaced(request, auth=BearerAuth(token="another")))
    assert "by-hand" not in file.read_text()
    assert "another" not in file.read_text()


def test_a_save_over_what_another_program_wrote_is_refused(shop):
    file = shop.folder / PET
    request = shop.read(PET).request
    file.write_text(file.read_text().replace("method: POST", "method: PATCH"))
    theirs = file.read_bytes()
    with pytest.raises(Problem, match="changed by another program") as caught:
        shop.save(PET, replaced(request, url="http://mine"))
    assert caught.value.kind == "changed-on-disk"
    assert file.read_bytes() == theirs
    shop.save(PET, replaced(shop.read(PET).request, url="http://mine"))
    assert "method: PATCH" in file.read_text()


def test_a_save_of_what_the_file_holds_anyway_is_no_conflict(shop):
    file = shop.folder / PET
    request = replaced(shop.read(PET).request, method="PUT")
    file.write_text("# theirs\n" + file.read_text().replace("method: POST", "method: PUT"))
    shop.save(PET, request)
    assert file.read_text().startswith("# theirs\n")
    shop.save(PET, replaced(request, method="DELETE"))


def test_a_save_of_a_deleted_file_is_refused(shop):
    request = shop.read(PET).request
    (shop.folder / PET).unlink()
    with pytest.raises(Problem, match="deleted by another program"):
        shop.save(PET, request)


def test_a_rename_does_not_hide_that_another_program_wrote(shop):
    file = shop.folder / PET
    request = shop.read(PET).request
    file.write_text(file.read_text().replace("method: POST", "method: PATCH"))
    new = shop.rename(PET, "Make pet")
    with pytest.raises(Problem, match="changed by another program"):
        shop.save(new, replaced(request, url="http://mine"))


def test_a_new_request_is_a_readable_file_at_the_end_of_its_folder(shop):
    path = shop.create_request("petshop/pets", "List pets", HttpRequest(url="{{base}}/pets?limit=5"))
    assert path == "petshop/pets/List pets.yml"
    assert (shop.folder / path).read_text() == (
        "info:\n  name: List pets\n  type: http\n  seq: 3000\n\n"
        'http:\n  method: GET\n  url: "{{base}}/pets?limit=5"\n  auth: inherit\n'
    )
    assert [entry.name for entry in shop.tree()[0].folders[0].entries] == ["Create pet", "List pets"]
    assert shop.read(path).request.query == (Row(name="limit", value="5"),)


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("a/b: c?", "a-b- c-.yml"),
        ("CON", "_CON.yml"),
        ("nul.txt", "_nul.txt.yml"),
        ("..", "untitled.yml"),
        ("../../up", "-..-up.yml"),
        ("folder", "_folder.yml"),
        ("", "Untitled.yml"),
        ("e\u0301te\u0301", "\u00e9t\u00e9.yml"),
        ("x" * 200, "x" * 60 + ".yml"),
        ("\u202egnp.exe", "-gnp.exe.yml"),
    ],
)
def test_any_name_makes_a_file_name_that_is_good_everywhere(empty, name, file):
    collection = empty.create_collection("C")
    path = empty.create_request(collection, name, HttpRequest(url="http://x"))
    assert path.removeprefix("C/").lstrip("_") == file.lstrip("_")
    assert empty.read(path).name == (name.strip() or "Untitled")
    assert {entry.name for entry in (empty.folder / "C").iterdir()} == {"opencollection.yml", path.split("/")[1]}


def test_the_same_name_twice_makes_two_files(empty):
    collection = empty.create_collection("C")
    made = [empty.create_request(collection, name, HttpRequest()) for name in ("Ping", "ping", "PING")]
    assert made == ["C/Ping.yml", "C/ping 2.yml", "C/PING 3.yml"]
    assert [entry.name for entry in empty.tree()[0].entries] == ["Ping", "ping", "PING"]


def test_numbers_in_files_keep_their_spelling(empty):
    collection = empty.create_collection("C")
    (empty.folder / collection / "n.yml").write_text(
        "info:\n  name: n\n  type: http\nhttp:\n  url: http://x\n  headers:\n    - name: A\n      value: 1.10\n"
        "    - name: B\n      value: 007\n    - name: C\n      value: true\n    - name: D\n      value: 2021-01-01\n"
    )
    headers = empty.read("C/n.yml").request.headers
    assert [row.value for row in headers] == ["1.10", "007", "true", "2021-01-01"]


def test_a_url_without_the_parameters_of_its_table_gets_them(empty):
    collection = empty.create_collection("C")
    (empty.folder / collection / "q.yml").write_text(
        "http:\n  url: http://x/:id\n  params:\n    - {name: a, value: 1}\n    - {name: b, value: 2, disabled: true}\n"
    )
    request = empty.read("C/q.yml").request
    assert request.url == "http://x/:id?a=1"
    assert [row.name for row in request.path] == ["id"]


def test_two_thousand_files_are_listed_fast(empty, capsys):
    import time

    text = (empty.folder.parent / "x").as_posix()
    for number in range(2000):
        folder = empty.folder / f"c{number % 4}" / f"f{number % 40}"
        folder.mkdir(parents=True, exist_ok=True)
        body = f"info:\n  name: R{number}\n  type: http\n  seq: {number}\n\nhttp:\n  method: GET\n  url: {text}\n"
        (folder / f"r{number}.yml").write_text(body + "docs: |-\n" + "  some words\n" * 100)
    start = time.perf_counter()
    tree = empty.tree()
    first = time.perf_counter() - start
    again = empty.tree()
    assert sum(folder.count() for folder in tree) == 2000
    assert again == tree
    with capsys.disabled():
        print(f"\ntree of 2,000 files: {first * 1000:.0f} ms")
