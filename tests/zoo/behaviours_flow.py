"""What happens over time: redirects, interim answers, slow and endless answers, cuts at each point, uploads."""

from tests.zoo.behaviour import (
    ANY,
    BODY,
    CHUNKED,
    DRAIN,
    HELLO,
    HOLD,
    RST,
    STUCK,
    Forever,
    Later,
    Pause,
    chunks,
    head,
    plain,
    row,
)

# The server replaces this with its own port.
PORT = b"@PORT@"
HERE = b"http://127.0.0.1:" + PORT


def _to(name, location, line=b"HTTP/1.1 302 Found", **expected):
    """A redirect that a client follows to /landed, unless the row says that it stays."""
    lines = [b"Connection: close", b"Location: " + location] if location is not None else []
    defaults = {"follow": True, "body": b"landed", "requests": 2}
    return row(name, plain(b"moved", *lines, line=line), **(defaults | expected))


STAYS = {"status": 302, "body": b"moved", "requests": 1}

REDIRECTS = (
    row("landed", plain(b"landed"), body=b"landed"),
    _to("redirect-absolute", HERE + b"/landed"),
    _to("redirect-path", b"/landed"),
    _to("redirect-relative", b"landed"),
    _to("redirect-dots", b"./x/../landed"),
    _to("redirect-query-only", b"?to=/landed", requests=ANY, status=ANY, body=ANY, fault=ANY),
    _to("redirect-scheme-relative", b"//127.0.0.1:" + PORT + b"/landed"),
    _to("redirect-other-host", b"http://localhost:" + PORT + b"/landed"),
    _to("redirect-user-in-url", b"http://user:secret@127.0.0.1:" + PORT + b"/landed"),
    _to("redirect-fragment", b"/landed#part"),
    _to("redirect-upper-case-scheme", b"HTTP://127.0.0.1:" + PORT + b"/landed"),
    _to("redirect-space-in-front", b"   /landed  "),
    _to("redirect-space-inside", b"/landed?a b", fault=ANY),
    _to("redirect-utf8", "/landed?größe=東".encode(), fault=ANY),
    _to("redirect-latin1", "/landed?größe".encode("latin-1"), fault=ANY),
    _to("redirect-broken-escape", b"/landed?a=%zz%", fault=ANY),
    _to("redirect-301", b"/landed", line=b"HTTP/1.1 301 Moved"),
    _to("redirect-303", b"/landed", line=b"HTTP/1.1 303 See Other"),
    _to("redirect-307", b"/landed", line=b"HTTP/1.1 307 Temporary"),
    _to("redirect-308", b"/landed", line=b"HTTP/1.1 308 Permanent"),
    _to("redirect-two-same-locations", b"/landed\r\nLocation: /landed", fault=ANY),
    _to("redirect-to-other-status", b"/status-418", status=418, body=HELLO),
    _to("redirect-to-fault", b"/length-long", body=b"hel", fault="extra"),
    _to("redirect-chain-of-three", b"/redirect-chain-of-two", requests=4),
    _to("redirect-chain-of-two", b"/redirect-path", requests=3),
    row(
        "redirect-cut-body",
        head(b"Location: /landed", b"Content-Length: 99", line=b"HTTP/1.1 302 Found") + b"half",
        follow=True,
        requests=2,
        body=b"landed",
        fault=ANY,
    ),
    row(
        "redirect-no-body-end",
        head(b"Location: /landed", line=b"HTTP/1.1 302 Found") + b"moved",
        follow=True,
        requests=2,
        body=b"landed",
    ),
    _to("redirect-not-followed", b"/landed", follow=False, **STAYS),
    _to(
        "redirect-300", b"/landed", line=b"HTTP/1.1 300 Multiple Choices", status=ANY, body=ANY, requests=ANY, fault=ANY
    ),
    _to("redirect-304", b"/landed", line=b"HTTP/1.1 304 Not Modified", status=304, requests=1, body=ANY, fault=ANY),
    _to("redirect-305", b"/landed", line=b"HTTP/1.1 305 Use Proxy", status=305, requests=1, body=b"moved"),
    _to("redirect-306", b"/landed", line=b"HTTP/1.1 306 Unused", status=306, requests=1, body=b"moved"),
    _to("redirect-201-location", b"/landed", line=b"HTTP/1.1 201 Created", status=201, requests=1, body=b"moved"),
    _to("redirect-no-location", None, **STAYS, fault=ANY),
    _to("redirect-empty-location", b"", status=ANY, body=ANY, requests=ANY, fault="redirect"),
    _to("redirect-two-locations", b"/landed\r\nLocation: /other", status=ANY, body=ANY, requests=ANY, fault=ANY),
    _to("redirect-file", b"file:///etc/passwd", **STAYS, fault="redirect"),
    _to("redirect-javascript", b"javascript:alert(1)", **STAYS, fault="redirect"),
    _to("redirect-data", b"data:text/plain,hello", **STAYS, fault="redirect"),
    _to("redirect-ftp", b"ftp://127.0.0.1/x", **STAYS, fault="redirect"),
    _to("redirect-own-scheme", b"myapp://callback?code=1", **STAYS, fault="redirect"),
    _to("redirect-no-host", b"http:///landed", **STAYS, fault="redirect"),
    _to("redirect-bad-port", b"http://127.0.0.1:99999/", **STAYS, fault="redirect"),
    _to("redirect-bad-ipv6", b"http://[::1/", **STAYS, fault="redirect"),
    _to("redirect-refused", b"http://127.0.0.1:1/", **STAYS | {"status": ANY, "body": ANY}, fault=ANY),
    _to("redirect-loop", b"/redirect-loop", status=ANY, body=ANY, requests=ANY, fault="redirect"),
    _to("redirect-loop-of-two", b"/redirect-loop-back", status=ANY, body=ANY, requests=ANY, fault="redirect"),
    _to("redirect-loop-back", b"/redirect-loop-of-two", status=ANY, body=ANY, requests=ANY, fault="redirect"),
    _to("redirect-64-kb", b"/landed?" + b"x" * 65_536, status=ANY, body=ANY, requests=ANY, fault=ANY, heavy=True),
    row("redirect-refresh-header", plain(HELLO, b"Refresh: 0; url=/landed"), follow=True, body=HELLO),
)

CONTINUE = b"HTTP/1.1 100 Continue\r\n\r\n"
HINTS = b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload\r\n\r\n"
HEADERS_SOON = (("headers_s", 0.5),)
ALL_SOON = (("total_s", 0.7),)
READ_SOON = (("sock_read_s", 0.4),)

INTERIM = (
    row("interim-100-unasked", CONTINUE + plain(HELLO), body=HELLO, fault=ANY),
    row("interim-100-with-headers", CONTINUE[:-2] + b"X-A: 1\r\n\r\n" + plain(HELLO), body=HELLO, fault=ANY),
    row("interim-102", b"HTTP/1.1 102 Processing\r\n\r\n", Pause(0.05), plain(HELLO), body=HELLO, fault=ANY),
    row("interim-103", HINTS + plain(HELLO), body=HELLO),
    row("interim-103-twice-late", HINTS, Pause(0.05), HINTS, Pause(0.05), plain(HELLO), body=HELLO),
    row("interim-199", b"HTTP/1.1 199 Own\r\n\r\n" + plain(HELLO), body=HELLO, fault=ANY),
    row(
        "interim-100-with-length",
        CONTINUE[:-2] + b"Content-Length: 5\r\n\r\n" + plain(HELLO),
        body=ANY,
        status=ANY,
        fault=ANY,
    ),
    row("interim-thousand", Later(lambda: CONTINUE * 1000 + plain(HELLO)), body=HELLO, fault=ANY, heavy=True),
    row("interim-only", CONTINUE, status=ANY, body=ANY, fault=ANY),
    row("interim-only-reset", CONTINUE, Pause(0.05), RST, status=ANY, body=ANY, fault=ANY),
    row("interim-then-cut", HINTS + b"HTTP/1.1 200 OK\r\nContent-", status=ANY, body=ANY, fault="cut"),
    row("interim-flood", Forever(CONTINUE), status=ANY, body=ANY, fault=ANY, limits=HEADERS_SOON),
    row("interim-drip", Forever(HINTS, 0.02), status=ANY, body=ANY, fault="time", limits=HEADERS_SOON),
    row(
        "interim-101-unasked",
        b"HTTP/1.1 101 Switching\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n",
        status=101,
        body=ANY,
        fault=ANY,
    ),
    row(
        "interim-101-with-bytes",
        b"HTTP/1.1 101 Switching\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\nxyz",
        status=101,
        body=ANY,
        fault=ANY,
    ),
)

SLOW = (
    row("slow-start", Pause(0.2), plain(HELLO), body=HELLO),
    row(
        "slow-head", b"HTTP/1.1 200 OK\r\n", Pause(0.1), b"Content-Le", Pause(0.1), b"ngth: 5\r\n\r\nhello", body=HELLO
    ),
    row(
        "slow-body",
        head(b"Content-Length: 5"),
        *[step for at in b"hello" for step in (Pause(0.03), bytes([at]))],
        body=HELLO,
    ),
    row("slow-chunks", head(CHUNKED) + b"5\r\nhe", Pause(0.1), b"llo\r", Pause(0.1), b"\n0\r\n\r\n", body=HELLO),
    row("slow-never-a-byte", HOLD, status=None, fault="time", limits=HEADERS_SOON),
    row("slow-status-line-only", b"HTTP/1.1 200 OK\r\n", HOLD, status=ANY, body=ANY, fault="time", limits=HEADERS_SOON),
    row("slow-half-a-status-line", b"HTTP/1.1 2", HOLD, status=ANY, body=ANY, fault="time", limits=HEADERS_SOON),
    row(
        "slow-head-drip",
        b"HTTP/1.1 200 OK\r\n",
        Forever(b"X-A: 1\r\n", 0.02),
        status=ANY,
        body=ANY,
        fault="time",
        limits=HEADERS_SOON,
    ),
    row(
        "slow-value-drip",
        b"HTTP/1.1 200 OK\r\nX-A: ",
        Forever(b"x", 0.02),
        status=ANY,
        body=ANY,
        fault="time",
        limits=HEADERS_SOON,
    ),
    row("slow-head-then-silence", head(b"Content-Length: 5"), HOLD, fault="time", limits=READ_SOON),
    row("slow-half-a-body", head(b"Content-Length: 10") + HELLO, HOLD, body=HELLO, fault="time", limits=READ_SOON),
    row("slow-half-a-chunk", head(CHUNKED) + b"a\r\nhello", HOLD, body=HELLO, fault="time", limits=READ_SOON),
    row("slow-no-last-chunk", head(CHUNKED) + chunks(HELLO, end=b""), HOLD, body=HELLO, fault="time", limits=READ_SOON),
    row("slow-until-close-never", head() + HELLO, HOLD, body=HELLO, fault="time", limits=READ_SOON),
    row(
        "slow-body-drip",
        head(b"Content-Length: 100000"),
        Forever(b"x", 0.02),
        body=b"x",
        prefix=True,
        fault="time",
        limits=ALL_SOON,
    ),
    row(
        "slow-chunk-drip",
        head(CHUNKED),
        Forever(b"1\r\nx\r\n", 0.02),
        body=b"x",
        prefix=True,
        fault="time",
        limits=ALL_SOON,
    ),
    row(
        "endless-body",
        head(),
        Forever(b"x" * 1000, 0.001),
        body=b"x" * 1000,
        prefix=True,
        fault="time",
        limits=ALL_SOON,
    ),
    row(
        "endless-head",
        b"HTTP/1.1 200 OK\r\n",
        Forever(b"X-Endless: " + b"x" * 1000 + b"\r\n", 0.0005),
        status=ANY,
        body=ANY,
        fault=ANY,
        limits=HEADERS_SOON,
    ),
    row(
        "endless-trailers",
        head(CHUNKED) + b"5\r\nhello\r\n0\r\n",
        Forever(b"X-T: 1\r\n", 0.001),
        body=HELLO,
        fault=ANY,
        limits=ALL_SOON,
    ),
)

_POINTS = (
    # point, bytes before the cut, status, body, what a FIN means, what a RST means
    ("in-version", b"HTT", ANY, b"", ANY, ANY),
    ("in-status", b"HTTP/1.1 20", ANY, b"", "cut", "cut"),
    ("after-status-line", b"HTTP/1.1 404 Not Found\r\n", 404, b"", "cut", "cut"),
    ("in-header-name", b"HTTP/1.1 404 Not Found\r\nX-A: 1\r\nX-", 404, b"", "cut", "cut"),
    ("in-header-value", b"HTTP/1.1 404 Not Found\r\nX-A: 1\r\nX-B: abc", 404, b"", "cut", "cut"),
    ("after-headers", b"HTTP/1.1 404 Not Found\r\nContent-Length: 5\r\n", 404, b"", "cut", "cut"),
    ("in-empty-line", b"HTTP/1.1 404 Not Found\r\nContent-Length: 5\r\n\r", 404, b"", "cut", "cut"),
    ("after-head", head(b"Content-Length: 5"), 200, b"", "cut", "cut"),
    ("in-body", head(b"Content-Length: 5") + b"he", 200, b"he", "cut", "cut"),
    ("in-chunk", head(CHUNKED) + b"5\r\nhe", 200, b"he", "cut", "cut"),
    ("after-body", plain(HELLO), 200, HELLO, "", ANY),
    ("after-last-chunk", head(CHUNKED) + chunks(HELLO), 200, HELLO, "", ANY),
)

CUTS = tuple(
    row(f"cut-{point}-{end}", text, *steps, status=status, body=body, fault=fin if end == "fin" else rst)
    for point, text, status, body, fin, rst in _POINTS
    for end, steps in (("fin", ()), ("rst", (Pause(0.03), RST)))
)

BIG = b"u" * 3_000_000
REFUSED = plain(b"too large", b"Connection: close", line=b"HTTP/1.1 413 Content Too Large")


def _upload(name, *steps, **expected):
    return row(name, *steps, **({"method": "POST", "send": BIG, "reads": "head", "heavy": True} | expected))


UPLOADS = (
    _upload("upload-read-whole", plain(HELLO), reads="all", body=HELLO),
    _upload("upload-answered-early-then-read", REFUSED, DRAIN, status=413, body=b"too large", fault=ANY),
    _upload("upload-answered-early-kept-open", plain(HELLO), HOLD, body=HELLO, fault=ANY),
    _upload("upload-answered-then-reset", REFUSED, Pause(0.1), RST, status=413, body=b"too large", fault=ANY),
    _upload("upload-answered-then-closed", REFUSED, status=413, body=b"too large", fault=ANY),
    _upload("upload-half-read-then-answered", REFUSED, DRAIN, reads="half", status=413, body=b"too large", fault=ANY),
    _upload("upload-half-read-then-reset", RST, reads="half", status=None, fault="no-answer"),
    _upload("upload-half-read-then-closed", reads="half", status=None, fault="no-answer"),
    _upload("upload-never-read", STUCK, send=BIG * 6, status=None, fault="time", limits=ALL_SOON),
    _upload("upload-read-then-closed", reads="all", status=None, fault="no-answer"),
    _upload(
        "upload-redirected-307",
        plain(b"moved", b"Connection: close", b"Location: /landed", line=b"HTTP/1.1 307 Temporary"),
        reads="all",
        follow=True,
        requests=2,
        body=b"landed",
    ),
    _upload(
        "upload-redirected-303",
        plain(b"moved", b"Connection: close", b"Location: /landed", line=b"HTTP/1.1 303 See Other"),
        reads="all",
        follow=True,
        requests=2,
        body=b"landed",
    ),
    _upload(
        "upload-401-early",
        plain(b"who?", b'WWW-Authenticate: Basic realm="x"', line=b"HTTP/1.1 401 Unauthorized"),
        DRAIN,
        status=401,
        body=b"who?",
        fault=ANY,
    ),
    _upload("expect-refused", REFUSED, headers=(("Expect", "100-continue"),), status=413, body=b"too large", fault=ANY),
    _upload(
        "expect-417",
        plain(b"no", line=b"HTTP/1.1 417 Expectation Failed"),
        headers=(("Expect", "100-continue"),),
        status=417,
        body=b"no",
        fault=ANY,
    ),
    _upload("expect-continued", CONTINUE, BODY, plain(HELLO), headers=(("Expect", "100-continue"),), body=HELLO),
)

BEHAVIOURS = REDIRECTS + INTERIM + SLOW + CUTS + UPLOADS
