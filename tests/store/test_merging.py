from httpdesk.store import merging


def merged(raw, old, new):
    result = merging.merged(raw, old, new)
    assert isinstance(result, dict)
    return result


def test_what_is_unknown_stays_in_maps_and_lists():
    raw = {"a": 1, "mine": 2, "rows": [{"name": "x", "value": "1", "note": "n"}, "odd", {"name": "y", "value": "2"}]}
    old = {"a": 1, "rows": [{"name": "x", "value": "1"}, {"name": "y", "value": "2"}]}
    new = {"a": 3, "rows": [{"name": "y", "value": "2"}, {"name": "x", "value": "9"}]}
    assert merged(raw, old, new) == {
        "a": 3,
        "mine": 2,
        "rows": [{"name": "y", "value": "2"}, {"name": "x", "value": "9", "note": "n"}, "odd"],
    }


def test_what_the_program_no_longer_says_goes_and_what_it_never_said_stays():
    raw = {"extensions": {"httpdesk": {"tls": {"verify": False}, "id": 1}}, "settings": {"timeout": 5}}
    old = {"extensions": {"httpdesk": {"tls": {"verify": False}}}, "settings": {"timeout": 5}}
    assert merged(raw, old, {}) == {"extensions": {"httpdesk": {"id": 1}}}


def test_a_new_key_stands_where_it_usually_does():
    raw = {"info": 1, "docs": 2, "mine": 3}
    assert list(merged(raw, {}, {"http": 4, "extensions": 5})) == ["info", "http", "docs", "mine", "extensions"]


def test_typed_values_keep_their_type():
    raw = {"rows": [{"name": "n", "value": {"type": "number", "data": "1"}}]}
    old, new = ({"rows": [{"name": "n", "value": value}]} for value in ("1", "2"))
    assert merged(raw, old, new) == {"rows": [{"name": "n", "value": {"type": "number", "data": "2"}}]}


def test_another_kind_of_body_or_auth_leaves_nothing_of_the_old_one():
    raw = {"auth": {"type": "basic", "username": "u", "extra": 1}}
    assert merged(raw, {"auth": {"type": "basic", "username": "u"}}, {"auth": {"type": "bearer", "token": "t"}}) == {
        "auth": {"type": "bearer", "token": "t"}
    }


def test_of_a_list_of_bodies_the_selected_one_changes():
    one, two = ({"title": t, "body": {"type": "json", "data": t}} for t in "ab")
    raw = {"body": [one, {**two, "selected": True}]}
    old, new = ({"body": {"type": "json", "data": data}} for data in ("b", "c"))
    assert merged(raw, old, new) == {
        "body": [one, {"title": "b", "body": {"type": "json", "data": "c"}, "selected": True}]
    }


def test_the_same_is_the_same_object():
    raw = {"a": {"b": [1]}, "c": 1}
    assert merged(raw, {"c": 1}, {"c": 1}) is raw
    assert merged(raw, {"c": 1}, {"c": 2})["a"] is raw["a"]
