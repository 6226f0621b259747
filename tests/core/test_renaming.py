"""Another name for a variable, wherever {{name}} stands."""

from httpdesk.core.auth import BearerAuth
from httpdesk.core.renaming import Renaming
from httpdesk.core.request import FormBody, HttpRequest, RawBody
from httpdesk.core.rows import Row

REQUEST = HttpRequest(
    url="{{base}}/x/{{ base }}/{{basement}}/{base}",
    headers=(Row(name="X", value="{{base}}"), Row(name="Y", value="base")),
    auth=BearerAuth(token="{{base}}"),
    body=RawBody(text='{"a": "{{base}}"}'),
    other_bodies=(FormBody(rows=(Row(name="{{base}}", value=""),)),),
)


def test_every_reference_of_a_request_and_nothing_else():
    renaming = Renaming("base", "url")
    changed = renaming.of(REQUEST)
    assert changed.url == "{{url}}/x/{{ url }}/{{basement}}/{base}"
    assert changed.headers[0].value == "{{url}}"
    assert changed.headers[1] is REQUEST.headers[1]
    assert changed.auth == BearerAuth(token="{{url}}")
    assert changed.body == RawBody(text='{"a": "{{url}}"}')
    assert changed.other_bodies == (FormBody(rows=(Row(name="{{url}}", value=""),)),)
    assert renaming.count == 6


def test_what_has_no_reference_is_the_same_object():
    assert Renaming("nothing", "x").of(REQUEST) is REQUEST
    values = {"a": ["{{base}}", 1, None], "b": {"c": True}}
    changed = Renaming("base", r"\1").of(values)
    assert changed == {"a": [r"{{\1}}", 1, None], "b": {"c": True}}
    assert changed["b"] is values["b"]


def test_names_with_signs_are_plain_text():
    assert Renaming("a.b", "c").of("{{a.b}} {{axb}}") == "{{c}} {{axb}}"
