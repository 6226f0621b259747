"""From a request as written to the request that goes out, and what stops it."""

import msgspec
import pytest

from httpdesk.core.auth import ApiKeyAuth, BasicAuth, BearerAuth, InheritAuth, NoAuth
from httpdesk.core.environment import Scope, Variable
from httpdesk.core.options import Effective
from httpdesk.core.prepare import Inherited, bad_header_name, header_name_fault, prepare
from httpdesk.core.preview import preview, unknown_names
from httpdesk.core.problem import Problem, Stage, StepState
from httpdesk.core.request import FileBody, FormBody, HttpRequest, MultipartBody, RawBody
from httpdesk.core.rows import Part, Row
from httpdesk.core.wire import Source

URL = "http://example.com/"


def scope_of(secret=(), **values):
    return Scope(
        ("Test", tuple(Variable(name=name, value=value, secret=name in secret) for name, value in values.items()))
    )


def wire(request=None, scope=None, options=None, inherited=None, **fields):
    request = request or HttpRequest(**({"url": URL} | fields))
    return prepare(
        request, scope or Scope(), options or Effective(), inherited=inherited or Inherited(), user_agent="me"
    )


def refused(**fields):
    with pytest.raises(Problem) as caught:
        wire(**fields)
    return caught.value


def pairs(request, source=None):
    return [(header.name, header.value) for header in request.headers if source in (None, header.source)]


def test_variables_are_resolved_everywhere():
    request = HttpRequest(
        method="{{verb}}",
        url="{{base}}/:id/{{part}}?q={{q}}",
        path=(Row(name="id", value="{{id}}"),),
        headers=(Row(name="X-{{name}}", value="a {{value}}"),),
        auth=BearerAuth(token="{{token}}"),
        body=RawBody(text='{"x": "{{body}}"}'),
    )
    scope = scope_of(
        ("token",), verb="PUT", base="https://{{host}}", host="h.example", part="p", q="1 2", id="a/b", name="N",
        value="v", token="t0k", body="b",
    )  # fmt: skip
    sent = wire(request, scope)
    assert (sent.method, sent.url) == ("PUT", "https://h.example/a%2Fb/p?q=1%202")
    assert sent.body.data == b'{"x": "b"}'
    assert sent.header("X-N") == "a v"
    assert sent.header("Authorization") == "Bearer t0k"
    assert dict(sent.variables)["base"] == "https://h.example"
    assert dict(sent.variables)["token"] == "••••••"
    assert "t0k" in sent.secrets


@pytest.mark.parametrize(
    ("fields", "where"),
    [
        ({"method": "{{gone}}"}, "method"),
        ({"url": "http://{{gone}}/"}, "URL"),
        ({"url": "http://h/:id", "path": (Row(name="id", value="{{gone}}"),)}, "path parameter id"),
        ({"headers": (Row(name="X-A", value="{{gone}}"),)}, "header X-A"),
        ({"headers": (Row(name="{{gone}}", value="1"),)}, "header {{gone}}"),
        ({"auth": BasicAuth(username="u", password="{{gone}}")}, "auth password"),
        ({"auth": ApiKeyAuth(key="k", value="{{gone}}")}, "auth value"),
        ({"body": RawBody(text="{{gone}}")}, "body"),
        ({"body": FormBody(rows=(Row(name="f", value="{{gone}}"),))}, "form field f"),
        ({"body": MultipartBody(parts=(Part(name="f", files=("{{gone}}",), is_file=True),))}, "form field f"),
        ({"body": FileBody(path="{{gone}}")}, "body file"),
        ({"body": FileBody(path="a", content_type="{{gone}}")}, "body content type"),
    ],
)
def test_an_unknown_variable_stops_the_send_and_is_named_with_its_place(fields, where):
    problem = refused(**fields)
    assert problem.title == "Variable gone has no value"
    assert f"{{{{gone}}}} in {where}" in problem.detail
    assert (problem.kind, problem.where) == ("unknown-variable", where)
    assert (problem.steps[0].stage, problem.steps[0].state) == (Stage.VARIABLES, StepState.FAILED)
    assert (problem.remedies[0].action, problem.remedies[0].value) == ("edit_environment", "gone")


def test_all_unknown_variables_are_named_at_once():
    problem = refused(url="http://{{a}}/{{b}}", headers=(Row(name="X", value="{{a}}"),))
    assert problem.title == "2 variables have no value"
    assert problem.detail.startswith("{{a}} in URL; {{b}} in URL; {{a}} in header X.")


def test_what_is_switched_off_needs_no_variable():
    sent = wire(headers=(Row(name="X", value="{{gone}}", enabled=False),))
    assert sent.header("X") is None


def test_a_path_parameter_without_a_value_is_named():
    problem = refused(url="http://h/:id")
    assert (problem.title, problem.kind) == ("Path parameter id has no value", "empty-path-parameter")
    assert refused(url="http://h/:id", path=(Row(name="id", value="{{e}}"),), scope=scope_of(e="")).kind == problem.kind


def test_a_bad_url_stops_the_send():
    assert refused(url="http://exa mple/").kind == "bad-url"


@pytest.mark.parametrize("method", ["", "GET IT", "GÉT", "GET\r\nX: 1", "G(T"])
def test_a_method_is_one_word(method):
    problem = refused(method=method)
    assert (problem.kind, problem.where) == ("bad-method", "method")
    assert "is not a method" in problem.title


@pytest.mark.parametrize("method", ["get", "PURGE", "x-custom!", " POST "])
def test_any_method_is_sent_in_its_own_case(method):
    assert wire(method=method).method == method.strip()


# Headers


@pytest.mark.parametrize(
    ("name", "words", "better"),
    [
        ("X Tenant", "cannot hold a space. Did you mean X-Tenant?", "X-Tenant"),
        ("Accept:", "has no colon. Did you mean Accept?", "Accept"),
        ("X-Größe", "holds only letters", "X-Gr-e"),
        ("X\r\nEvil", "cannot hold a space", "X-Evil"),
        ("(x)", "holds only letters", "x"),
        ("日本", "holds only letters", ""),
    ],
)
def test_a_bad_header_name_is_refused_and_a_better_one_offered(name, words, better):
    problem = refused(headers=(Row(name=name, value="1"),))
    assert (problem.title, problem.kind) == ("A header name is not valid", "bad-header-name")
    assert words in problem.detail
    assert [(remedy.action, remedy.value) for remedy in problem.remedies] == (
        [("fix_header", f"{name}={better}")] if better else []
    )
    assert header_name_fault(name)[1] == better


def test_a_name_that_a_variable_leaves_empty_is_refused():
    problem = refused(headers=(Row(name="{{n}}", value="1"),), scope=scope_of(n=""))
    assert problem.kind == "bad-header-name"
    assert problem.detail
    assert bad_header_name("").detail


@pytest.mark.parametrize("value", ["a\r\nX-Evil: 1", "a\nb", "a\rb", "a\x00b"])
def test_a_header_value_is_one_line(value):
    for fields in (
        {"headers": (Row(name="X-A", value="{{v}}"),), "scope": scope_of(v=value)},
        {"headers": (Row(name="X-A", value=value),)},
    ):
        problem = refused(**fields)
        assert problem.title == "Header X-A holds a line break or NUL"
        assert (problem.kind, problem.where) == ("bad-header-value", "header X-A")


def test_a_token_with_a_line_break_is_refused():
    assert refused(auth=BearerAuth(token="a\nb")).kind == "bad-header-value"


@pytest.mark.parametrize(
    "fields",
    [
        {"headers": (Row(name="X", value="\ud800"),)},
        {"auth": BasicAuth(username="\ud800")},
        {"body": FormBody(rows=(Row(name="a", value="\udfff"),))},
        {"url": "http://h/:id", "path": (Row(name="id", value="\ud800"),)},
        {"body": RawBody(text="a\ud800")},
        {"body": MultipartBody(parts=(Part(name="a", value="\ud800"),))},
    ],
)
def test_half_a_character_is_refused_and_never_a_crash(fields):
    assert refused(**fields).kind in ("bad-text", "bad-header-value")


def test_typed_headers_keep_order_spelling_and_doubles():
    rows = (Row(name="x-b", value=" 1 "), Row(name="X-A", value="ü"), Row(name="x-b", value="2"))
    assert pairs(wire(headers=rows), Source.TYPED) == [("x-b", "1"), ("X-A", "ü"), ("x-b", "2")]


def test_automatic_headers_show_and_give_way():
    assert pairs(wire(), Source.AUTOMATIC) == [
        ("Host", "example.com"),
        ("User-Agent", "me"),
        ("Accept", "*/*"),
        ("Accept-Encoding", "gzip, deflate, br, zstd"),
    ]
    own = wire(headers=(Row(name="accept", value="text/css"), Row(name="HOST", value="other")))
    assert own.header("Accept") == "text/css"
    assert own.header("Host") == "other"
    assert len(pairs(own)) == 4


def test_automatic_headers_can_be_switched_off_but_for_the_fixed_ones():
    sent = wire(suppressed=("user-agent", "Accept-Encoding", "Host", "Content-Length"), method="POST")
    assert [name for name, _ in pairs(sent)] == ["Host", "Accept", "Content-Length"]
    assert [header.name for header in sent.headers if header.fixed] == ["Host", "Content-Length"]


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("http://a:80/", "a"),
        ("https://a:80/", "a:80"),
        ("http://[::1]:8080/", "[::1]:8080"),
        ("http://[::1]/", "[::1]"),
        ("http://ü.example/", "xn--tda.example"),
    ],
)
def test_the_host_header_names_an_unusual_port(url, host):
    assert wire(url=url).header("Host") == host


def test_a_length_is_never_sent_beside_a_transfer_encoding():
    sent = wire(method="POST", headers=(Row(name="Transfer-Encoding", value="chunked"),), body=RawBody(text="{}"))
    assert sent.header("Content-Length") is None
    assert wire(method="POST", body=RawBody(text="ü", language="text")).header("Content-Length") == "2"
    assert wire(method="POST").header("Content-Length") == "0"
    assert wire(method="GET").header("Content-Length") is None


def test_a_typed_content_type_wins():
    sent = wire(body=RawBody(text="{}"), headers=(Row(name="content-type", value="application/ld+json"),))
    assert [value for name, value in pairs(sent) if name.lower() == "content-type"] == ["application/ld+json"]


# Folders and auth


def test_headers_of_folders_come_after_typed_ones_and_auth():
    above = Inherited(
        headers=(
            Row(name="X-Team", value="a"),
            Row(name="x-own", value="above"),
            Row(name="Authorization", value="above"),
        ),
        auth=BearerAuth(token="t"),
    )
    sent = wire(inherited=above, headers=(Row(name="X-Own", value="typed"),))
    assert pairs(sent, Source.INHERITED) == [("X-Team", "a")]
    assert pairs(sent, Source.AUTH) == [("Authorization", "Bearer t")]
    assert sent.header("X-Own") == "typed"


@pytest.mark.parametrize(
    ("auth", "value"), [(InheritAuth(), "Bearer t"), (NoAuth(), None), (BearerAuth(token="o"), "Bearer o")]
)
def test_only_an_inheriting_request_takes_the_auth_of_its_folder(auth, value):
    assert wire(auth=auth, inherited=Inherited(auth=BearerAuth(token="t"))).header("Authorization") == value


def test_a_header_of_the_folder_that_the_request_replaces_needs_no_value():
    above = Inherited(headers=(Row(name="X-Team", value="{{nobody}}"),))
    assert wire(inherited=above, headers=(Row(name="x-team", value="mine"),)).header("X-Team") == "mine"
    assert refused(inherited=above).where == "inherited header X-Team"


def test_a_typed_authorization_header_wins_over_auth():
    sent = wire(auth=BearerAuth(token="t"), headers=(Row(name="authorization", value="mine"),))
    assert [value for name, value in pairs(sent) if name.lower() == "authorization"] == ["mine"]


def test_an_api_key_in_the_query_joins_what_is_there():
    auth = ApiKeyAuth(key="api key", value="a&b=c", placement="query")
    assert wire(auth=auth, url="http://h/x?q=1#f").url == "http://h/x?q=1&api%20key=a%26b=c"
    assert wire(auth=auth, url="http://h").url == "http://h/?api%20key=a%26b=c"


def test_an_api_key_in_a_cookie_joins_the_typed_cookies():
    auth = ApiKeyAuth(key="sid", value="1", placement="cookie")
    assert pairs(wire(auth=auth), Source.AUTH) == [("Cookie", "sid=1")]
    both = wire(auth=auth, headers=(Row(name="cookie", value="a=b; "),))
    assert [value for name, value in pairs(both) if name.lower() == "cookie"] == ["a=b; sid=1"]


def test_secrets_of_auth_are_known_for_redaction():
    assert wire(auth=BasicAuth(username="u", password="pass")).secrets == {"pass"}


def test_an_open_variable_that_holds_a_secret_one_is_masked_too():
    sent = wire(url="{{base}}/", scope=scope_of(("key",), base="http://h/{{key}}", key="s3cret"))
    assert "s3cret" not in str(sent.variables)
    assert sent.url == "http://h/s3cret/"


# Preview


def test_the_preview_shows_what_would_be_sent():
    request = HttpRequest(method="POST", url="{{base}}/x", body=RawBody(text="{{unknown}} is not looked at"))
    shown = preview(request, scope_of(base="http://h"), Effective(), Inherited(), "me")
    assert (shown.url, shown.problem) == ("http://h/x", None)
    automatic = [header.name for header in shown.headers if header.source is Source.AUTOMATIC]
    assert automatic[-2:] == ["Content-Type", "Content-Length"]
    assert next(header.value for header in shown.headers if header.name == "Content-Length") == ""


def test_the_preview_of_what_cannot_be_sent_goes_as_far_as_it_can():
    request = HttpRequest(url="{{base}}/{{gone}}/:id", path=(Row(name="id", value="7"),))
    shown = preview(request, scope_of(base="http://h"), Effective(), Inherited(), "me")
    assert shown.url == "http://h/{{gone}}/7"
    assert shown.problem is not None
    assert shown.problem.kind == "unknown-variable"


def test_the_preview_shows_what_is_added_beside_a_header_that_is_wrong():
    request = HttpRequest(url="{{base}}/", headers=(Row(name="X Tenant", value="a"), Row(name="Accept", value="b")))
    shown = preview(request, scope_of(base="http://h"), Effective(), Inherited(), "me")
    assert shown.problem is not None
    assert shown.problem.kind == "bad-header-name"
    assert [header.name for header in shown.headers] == ["Accept", "Host", "User-Agent", "Accept-Encoding"]
    unknown = Row(name="User-Agent", value="{{gone}}")
    request = msgspec.structs.replace(request, headers=(*request.headers, unknown))
    shown = preview(request, scope_of(base="http://h"), Effective(), Inherited(), "me")
    assert shown.problem is not None
    assert shown.problem.kind == "unknown-variable"
    assert [header.name for header in shown.headers] == ["Accept", "Host", "Accept-Encoding"]


@pytest.mark.parametrize("rest", ["", "/{{gone}}"])
def test_no_secret_is_in_the_preview(rest):
    request = HttpRequest(
        url="{{base}}/{{key}}" + rest,
        headers=(Row(name="X-Key", value="a {{key}}"),),
        auth=ApiKeyAuth(key="X-Api", value="literal s3cret"),
    )
    shown = preview(request, scope_of(("key",), base="http://h", key="s3cret k"), Effective(), Inherited(), "me")
    assert "s3cret" not in str(shown)
    assert shown.url.startswith("http://h/••••••")


def test_unknown_names_of_a_text():
    assert unknown_names("{{a}} {{ b }} {{$uuid}} {{a}}", scope_of(b="1")) == ("a",)


def test_a_request_goes_unchanged_through_preparation():
    request = HttpRequest(url="{{base}}", headers=(Row(name="X", value="{{base}}"),))
    before = msgspec.json.encode(request)
    wire(request, scope_of(base="http://h"))
    assert msgspec.json.encode(request) == before
