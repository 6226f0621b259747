"""Requests for the tests of the disk: any HttpRequest that the window can make, by hypothesis."""

import msgspec
from hypothesis import strategies as st

from httpdesk.core import edits, urls
from httpdesk.core.auth import ApiKeyAuth, BasicAuth, BearerAuth, InheritAuth, NoAuth
from httpdesk.core.options import ClientCertificate, Options, Proxy, ProxyMode
from httpdesk.core.request import CONTENT_TYPES, FileBody, Filter, FormBody, HttpRequest, MultipartBody, NoBody, RawBody
from httpdesk.core.rows import Part, Row

# What YAML readers take for something else.
TRAPS = [
    *("", "on", "null", "~", "007", "1.10", "2021-01-01", "12:30:45", "a: b", "# x", "- y", "{{x}}", "'", '"', "\\"),
    *(" lead", "trail ", "a\nb", "\n", "a\n\n", "\ta\n b", "\r\n", "\xe9", "\U0001f600", "\u2028", "%", "&a", "*a"),
    *("!x", "---", "...", "? a", "|", ">", "@", "`", "=", "<<", "yes", ".inf", "0x1F", "1e3", "a #b", "a:", "[", "{}"),
    *("\x85", "\ufeff", "\x00", "a\n\n\nb\n", "  a\n b", "a\n \n", "x: 007\ny: 1.10\n", "null\n"),
]
TEXTS = st.sampled_from(TRAPS) | st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
WORDS = st.from_regex(r"[A-Za-z][A-Za-z0-9_-]{0,8}", fullmatch=True)
MAYBE_SECONDS = st.none() | st.floats(0, 1e6) | st.integers(0, 600).map(float)
MAYBE_FLAG = st.none() | st.booleans()


def rows(names=TEXTS):
    row = st.builds(Row, name=names, value=TEXTS, description=TEXTS, enabled=st.booleans())
    return st.lists(row, max_size=4).map(tuple)


parts = st.lists(
    st.builds(
        Part,
        name=TEXTS,
        value=TEXTS,
        files=st.lists(TEXTS, max_size=2).map(tuple),
        is_file=st.booleans(),
        content_type=TEXTS,
        file_name=TEXTS,
        description=TEXTS,
        enabled=st.booleans(),
    ),
    max_size=3,
).map(tuple)
bodies = st.one_of(
    st.just(NoBody()),
    st.builds(RawBody, text=TEXTS, language=st.sampled_from(sorted(CONTENT_TYPES))),
    st.builds(FormBody, rows=rows()),
    st.builds(MultipartBody, parts=parts),
    st.builds(FileBody, path=TEXTS, content_type=TEXTS),
)
auths = st.one_of(
    st.just(NoAuth()),
    st.just(InheritAuth()),
    st.builds(BasicAuth, username=TEXTS, password=TEXTS),
    st.builds(BearerAuth, token=TEXTS, prefix=TEXTS),
    st.builds(ApiKeyAuth, key=TEXTS, value=TEXTS, placement=st.sampled_from(["header", "query", "cookie"])),
)
options = st.builds(
    Options,
    total_s=MAYBE_SECONDS,
    headers_s=MAYBE_SECONDS,
    connect_s=MAYBE_SECONDS,
    sock_connect_s=MAYBE_SECONDS,
    sock_read_s=MAYBE_SECONDS,
    follow_redirects=MAYBE_FLAG,
    max_redirects=st.none() | st.integers(0, 99),
    keep_credentials=MAYBE_FLAG,
    encode_url=MAYBE_FLAG,
    plain_json=MAYBE_FLAG,
    cookies=MAYBE_FLAG,
    verify=MAYBE_FLAG,
    unverified_hosts=st.none() | st.lists(TEXTS, max_size=2).map(tuple),
    ca_file=st.none() | TEXTS,
    min_tls=st.none() | st.sampled_from(["1.2", "1.3"]),
    client_certificate=st.none()
    | st.builds(ClientCertificate, file=TEXTS, key_file=TEXTS, passphrase=TEXTS, host=TEXTS),
    proxy=st.none()
    | st.builds(
        Proxy,
        mode=st.sampled_from(list(ProxyMode)),
        url=TEXTS,
        username=TEXTS,
        password=TEXTS,
        bypass=st.lists(TEXTS, max_size=2).map(tuple),
    ),
)


@st.composite
def requests(draw):
    """A request whose URL and tables agree, as core.edits keeps them."""
    segments = draw(st.lists(WORDS | WORDS.map(":{}".format) | st.just("{{var}}"), max_size=3))
    request = HttpRequest(
        method=draw(st.sampled_from(["GET", "POST", "PURGE", "on", "123"])),
        headers=draw(rows()),
        suppressed=draw(st.lists(TEXTS, max_size=2).map(tuple)),
        auth=draw(auths),
        body=draw(bodies),
        other_bodies=draw(st.lists(bodies, max_size=3).map(tuple)),
        options=draw(options),
        docs=draw(TEXTS),
        filter=draw(st.builds(Filter, language=st.sampled_from(["", "jq", "xpath"]), text=TEXTS)),
    )
    url = "/".join(["{{echo}}", *segments]) + draw(st.sampled_from(["", "#part"]))
    request = edits.with_url(request, url)
    values = {row.name: row for row in request.path}
    described = tuple(Row(name=name, value=draw(TEXTS), description=draw(TEXTS)) for name in values)
    request = edits.with_query(request, draw(rows(WORDS)))
    assert urls.path_names(request.url) == tuple(values)
    return msgspec.structs.replace(request, path=described)
