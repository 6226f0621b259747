"""Headers: own ones with faults and completion, automatic ones that can be left out."""

import msgspec

from httpdesk.core.auth import ApiKeyAuth, BearerAuth
from httpdesk.core.collection import Defaults
from httpdesk.core.request import HttpRequest, RawBody
from httpdesk.core.rows import Row

REQUEST = HttpRequest(method="POST", url="https://a.example/", body=RawBody(text="{}"))


def added(page):
    return {row.name: row for row in page.added.rows()}


def test_typed_headers_are_the_requests(user):
    user.open(REQUEST)
    page = user.page("headers")
    user.write(page.own, 0, 1, "X-Trace")
    user.write(page.own, 0, 2, "{{token}}")
    assert user.request.headers == (Row(name="X-Trace", value="{{token}}"),)
    assert user.pane.tabs.tabData(1) == "1"


def test_a_wrong_name_is_told_and_fixed(user):
    user.open(REQUEST)
    page = user.page("headers")
    user.write(page.own, 0, 1, "X Tenant")
    assert "X Tenant" in page.own.fault
    page.own.fix()
    assert page.own.fault == ""
    assert user.request.headers == (Row(name="X-Tenant"),)


def test_names_and_usual_values_are_offered(user):
    user.open(REQUEST)
    page = user.page("headers")
    user.write(page.own, 0, 1, "Content-Encoding")
    page.own.table.edit_cell(0, 2)
    offered = user.editor(page.own).completer().model()
    assert "gzip" in [offered.index(row, 0).data() for row in range(offered.rowCount())]


def test_headers_of_httpdesk_are_shown(user):
    user.open(REQUEST)
    page = user.page("headers")
    user.settle(lambda: {"Host", "User-Agent", "Content-Type", "Content-Length"} <= set(added(page)))
    assert added(page)["User-Agent"].value == "httpdesk/test"
    assert added(page)["Content-Type"].value == "application/json"
    assert added(page)["Content-Length"].value == "counted when sent"


def test_an_automatic_header_can_be_left_out_and_brought_back(user):
    user.open(REQUEST)
    page = user.page("headers")
    user.settle(lambda: "User-Agent" in added(page))
    user.tick(page.added, list(added(page)).index("User-Agent"))
    assert user.request.suppressed == ("User-Agent",)
    user.settle(lambda: added(page)["User-Agent"].description == "Switched off")
    user.tick(page.added, list(added(page)).index("User-Agent"))
    assert user.request.suppressed == ()


def test_host_cannot_be_left_out(user):
    user.open(REQUEST)
    page = user.page("headers")
    user.settle(lambda: "Host" in added(page))
    user.tick(page.added, list(added(page)).index("Host"))
    assert added(page)["Host"].enabled
    assert user.request.suppressed == ()


def test_an_own_header_takes_the_place_of_the_automatic_one(user):
    user.open(REQUEST)
    page = user.page("headers")
    user.write(page.own, 0, 1, "user-agent")
    user.write(page.own, 0, 2, "mine")
    user.settle(lambda: "Host" in added(page) and "User-Agent" not in added(page))


def test_the_header_of_auth_says_where_it_comes_from_and_hides_the_secret(user):
    user.open(HttpRequest(url="https://a.example/", auth=BearerAuth(token="{{token}}")))
    page = user.page("headers")
    user.settle(lambda: "Authorization" in added(page))
    assert added(page)["Authorization"].value == "Bearer ••••••"
    assert added(page)["Authorization"].description == "From Auth"


def test_headers_of_the_folder_say_so(user):
    above = (("Shop", Defaults(headers=(Row(name="X-Shop", value="7"),))),)
    user.open(HttpRequest(url="https://a.example/"), above=above)
    page = user.page("headers")
    user.settle(lambda: "X-Shop" in added(page))
    assert added(page)["X-Shop"].description == "From the folder"


def test_what_is_left_out_stays_so_while_the_url_is_wrong(user):
    user.open(HttpRequest(url="https://a.example/", suppressed=("User-Agent",)))
    page = user.page("headers")
    user.settle(lambda: "User-Agent" in added(page))
    user.type_url("http://[")
    user.write(page.own, 0, 1, "X-A")
    assert user.request.suppressed == ("User-Agent",)


def test_no_part_of_a_key_is_shown(user):
    user.open(msgspec.structs.replace(REQUEST, auth=ApiKeyAuth(key="X-Api-Key", value="k3")))
    page = user.page("headers")
    user.settle(lambda: "X-Api-Key" in added(page))
    assert added(page)["X-Api-Key"].value == "••••••"
