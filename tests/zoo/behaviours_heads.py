"""Status lines and header lines as no standard wants them."""

from tests.zoo.behaviour import ANY, HELLO, RST, Later, Pause, head, plain, row


def _line(line, body=HELLO):
    return plain(body, line=line)


STATUS_LINES = (
    row("status-no-reason", _line(b"HTTP/1.1 200 "), body=HELLO),
    row("status-no-reason-no-space", _line(b"HTTP/1.1 200"), body=HELLO, fault=ANY),
    row("status-long-reason", _line(b"HTTP/1.1 200 " + b"why " * 2500), body=HELLO, fault=ANY),
    row("status-1-mb-reason", _line(b"HTTP/1.1 200 " + b"x" * 1_000_000), body=HELLO, fault=ANY, heavy=True),
    row("status-utf8-reason", _line("HTTP/1.1 200 Grüße ✓".encode()), body=HELLO, fault=ANY),
    row("status-latin1-reason", _line("HTTP/1.1 200 Grüße".encode("latin-1")), body=HELLO, fault=ANY),
    row("status-control-in-reason", _line(b"HTTP/1.1 200 O\x07\x1b[31mK"), body=HELLO, fault=ANY),
    row("status-nul-in-reason", _line(b"HTTP/1.1 200 O\x00K"), body=HELLO, fault=ANY),
    row("status-418", _line(b"HTTP/1.1 418 I'm a teapot"), status=418, body=HELLO),
    row("status-299", _line(b"HTTP/1.1 299 Own"), status=299, body=HELLO),
    row("status-600", _line(b"HTTP/1.1 600 Own"), status=600, body=HELLO, fault=ANY),
    row("status-999", _line(b"HTTP/1.1 999 Own"), status=999, body=HELLO, fault=ANY),
    row("status-000", _line(b"HTTP/1.1 000 Zero"), status=0, body=HELLO, fault="status-line"),
    row("status-1000", _line(b"HTTP/1.1 1000 Four digits"), status=1000, body=HELLO, fault="status-line"),
    row("status-99", _line(b"HTTP/1.1 99 Two digits"), status=99, body=HELLO, fault="status-line"),
    row("status-7", _line(b"HTTP/1.1 7 One digit"), status=7, body=HELLO, fault="status-line"),
    row("status-0200", _line(b"HTTP/1.1 0200 OK"), status=ANY, body=HELLO, fault="status-line"),
    row("status-200-digits", _line(b"HTTP/1.1 " + b"2" * 200 + b" OK"), status=ANY, body=ANY, fault=ANY),
    row("status-negative", _line(b"HTTP/1.1 -200 OK"), status=ANY, body=HELLO, fault="status-line"),
    row("status-word", _line(b"HTTP/1.1 abc OK"), status=ANY, body=HELLO, fault="status-line"),
    row("status-letters-for-zeros", _line(b"HTTP/1.1 2OO OK"), status=ANY, body=HELLO, fault="status-line"),
    row("status-glued-reason", _line(b"HTTP/1.1 200OK"), status=ANY, body=HELLO, fault="status-line"),
    row("status-fraction", _line(b"HTTP/1.1 404.3 Not quite"), status=ANY, body=HELLO, fault="status-line"),
    row("status-missing", _line(b"HTTP/1.1"), status=ANY, body=HELLO, fault="status-line"),
    row("status-missing-after-space", _line(b"HTTP/1.1 "), status=ANY, body=HELLO, fault="status-line"),
    row("status-two-spaces", _line(b"HTTP/1.1  200  OK"), body=HELLO, fault=ANY),
    row("status-tabs", _line(b"HTTP/1.1\t200\tOK"), body=HELLO, fault=ANY),
    row("status-space-in-front", _line(b" HTTP/1.1 200 OK"), body=HELLO, fault=ANY),
    row("status-lines-in-front", b"\r\n\r\n" + plain(HELLO), body=HELLO, fault=ANY),
    row("status-lf-in-front", b"\n" + plain(HELLO), body=HELLO, fault=ANY),
    row("status-bom-in-front", b"\xef\xbb\xbf" + plain(HELLO), status=ANY, body=ANY, fault=ANY),
    row("status-garbage-in-front", b"garbage\r\n" + plain(HELLO), status=ANY, body=ANY, fault="not-http"),
    row("version-1.0", _line(b"HTTP/1.0 200 OK"), body=HELLO),
    row("version-1.2", _line(b"HTTP/1.2 200 OK"), body=HELLO, fault=ANY),
    row("version-0.9", _line(b"HTTP/0.9 200 OK"), body=HELLO, fault=ANY),
    row("version-2", _line(b"HTTP/2 200 OK"), body=HELLO, fault="status-line"),
    row("version-2.0", _line(b"HTTP/2.0 200 OK"), body=HELLO, fault=ANY),
    row("version-3", _line(b"HTTP/3 200 OK"), body=HELLO, fault="status-line"),
    row("version-1", _line(b"HTTP/1 200 OK"), body=HELLO, fault="status-line"),
    row("version-11.1", _line(b"HTTP/11.1 200 OK"), body=HELLO, fault="status-line"),
    row("version-missing", _line(b"HTTP 200 OK"), body=HELLO, fault="status-line"),
    row("version-empty", _line(b"HTTP/ 200 OK"), body=HELLO, fault="status-line"),
    row("version-lower-case", _line(b"http/1.1 200 ok"), body=HELLO, fault=ANY),
    row("version-icy", _line(b"ICY 200 OK"), body=HELLO, fault="status-line"),
    row("version-rtsp", _line(b"RTSP/1.0 200 OK"), body=HELLO, fault="status-line"),
    row("version-sip", _line(b"SIP/2.0 200 OK"), body=HELLO, fault="status-line"),
)

NOT_HTTP = (
    row("not-http-0.9", b"<html><body>hello</body></html>", status=ANY, body=ANY, fault="not-http"),
    row("not-http-json", b'{"hello": "world"}', status=ANY, body=ANY, fault="not-http"),
    row("not-http-request", b"GET / HTTP/1.1\r\nHost: x\r\n\r\n", status=ANY, body=ANY, fault="not-http"),
    row("not-http-ssh", b"SSH-2.0-OpenSSH_9.2p1\r\n", status=ANY, body=ANY, fault="not-http"),
    row("not-http-ftp", b"220 Welcome to this FTP service.\r\n", status=ANY, body=ANY, fault="not-http"),
    row("not-http-smtp", b"220 mail.example ESMTP\r\n500 what?\r\n", status=ANY, body=ANY, fault="not-http"),
    row("not-http-redis", b"-ERR unknown command\r\n", status=ANY, body=ANY, fault="not-http"),
    row("not-http-tls-alert", b"\x15\x03\x01\x00\x02\x02\x46", status=ANY, body=ANY, fault="not-http"),
    row("not-http-tls-hello", b"\x16\x03\x03\x00\x40" + bytes(64), status=ANY, body=ANY, fault="not-http"),
    row(
        "not-http-h2-settings", bytes.fromhex("00000604000000000000040000ffff"), status=ANY, body=ANY, fault="not-http"
    ),
    row("not-http-bytes", bytes(range(256)), status=ANY, body=ANY, fault="not-http"),
    row("not-http-nul", bytes(1000), status=ANY, body=ANY, fault="not-http"),
    row("not-http-one-byte", b"x", status=ANY, body=ANY, fault="not-http"),
    row("not-http-prefix", b"HTT", status=ANY, body=ANY, fault=ANY),
    row("not-http-lines", b"\r\n" * 500, status=ANY, body=ANY, fault=ANY),
    row("not-http-megabyte", b"x" * 1_000_000, status=ANY, body=ANY, fault="not-http", heavy=True),
    row("not-http-held-then-reset", b"+OK POP3 ready\r\n", Pause(0.05), RST, status=ANY, body=ANY, fault=ANY),
    row("answer-nothing", status=None, fault="no-answer"),
    row("answer-nothing-reset", RST, status=None, fault="no-answer"),
    row("answer-nothing-later", Pause(0.1), status=None, fault="no-answer"),
)


def _with(*lines, fault="header"):
    name, *rest = lines
    return row(name, head(b"X-Before: 1", *rest, b"X-After: 2", b"Content-Length: 5") + HELLO, body=HELLO, fault=fault)


def _ends(name, text, fault="header"):
    return row(name, text, body=HELLO, fault=fault)


def _many(count):
    return Later(
        lambda: head(*[b"X-%d: %d" % (number, number) for number in range(count)], b"Content-Length: 5") + HELLO
    )


def _huge(size_bytes):
    return Later(lambda: head(b"X-Huge: " + b"x" * size_bytes, b"Content-Length: 5") + HELLO)


HEADER_LINES = (
    _with("header-fold-space", b"X-Fold: one", b" two"),
    _with("header-fold-tab", b"X-Fold: one", b"\ttwo"),
    _with("header-fold-many", b"X-Fold: one", b"  two", b"\tthree", b" four"),
    _with("header-fold-empty", b"X-Fold: one", b" "),
    _ends("header-fold-first", head(b" folded: to nothing", b"Content-Length: 5") + HELLO),
    _ends("header-fold-length", head(b"Content-Length:", b" 5") + HELLO, fault=ANY),
    _with("header-no-colon", b"this line has none"),
    _with("header-no-name", b": value"),
    _with("header-colon-only", b":"),
    _with("header-space-before-colon", b"X-Space : 1"),
    _with("header-tab-before-colon", b"X-Tab\t: 1"),
    _with("header-space-in-name", b"X Space: 1"),
    _ends("header-length-with-space", head(b"Content-Length : 5") + HELLO),
    _with("header-brackets-in-name", b"X[1](2): 1", fault=ANY),
    _with("header-slash-in-name", b"X/Y: 1", fault=ANY),
    _with("header-at-in-name", b"@type: 1", fault=ANY),
    _with("header-control-in-name", b"X-\x01: 1"),
    _with("header-nul-in-name", b"X-\x00: 1"),
    _with("header-utf8-in-name", "X-Größe: 1".encode()),
    _with("header-nul-in-value", b"X-Nul: a\x00b"),
    _with("header-control-in-value", b"X-Bell: a\x07\x1b[31mb", fault=ANY),
    _with("header-delete-in-value", b"X-Del: a\x7fb", fault=ANY),
    _with("header-bare-cr-in-value", b"X-Cr: a\rb"),
    _with("header-bare-cr-injection", b"X-Cr: a\rX-Injected: b"),
    _with("header-bare-lf-between", b"X-A: 1\nX-B: 2", fault=ANY),
    _with("header-cr-cr-lf", b"X-A: 1\r", fault=ANY),
    _ends("header-all-lf", plain(HELLO, b"X-A: 1").replace(b"\r\n", b"\n"), fault=ANY),
    _ends("header-lf-empty-line", b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\nhello", fault=ANY),
    _ends("header-lf-status-line", b"HTTP/1.1 200 OK\nContent-Length: 5\r\n\r\nhello", fault=ANY),
    row("header-all-cr", plain(HELLO, b"X-A: 1").replace(b"\r\n", b"\r"), status=ANY, body=ANY, fault=ANY),
    _with("header-utf8-in-value", "X-Text: Grüße, 東京, 🦊".encode(), fault=""),
    _with("header-latin1-in-value", "X-Text: Grüße".encode("latin-1"), fault=""),
    _with("header-broken-utf8-in-value", b"X-Text: \xc3\x28 \xff\xfe", fault=""),
    _with("header-empty-value", b"X-Empty:", fault=""),
    _with("header-spaces-only", b"X-Empty:    \t  ", fault=""),
    _with("header-spaces-after", b"X-Spaces: 1    ", fault=""),
    _with("header-name-of-one-letter", b"a: 1", fault=""),
    _with("header-odd-but-valid-name", b"!#$%&'*+-.^_`|~: 1", fault=""),
    _with("header-same-name-thrice", b"X-Same: 1", b"x-same: 2", b"X-SAME: 3", fault=""),
    _with("header-200-cookies", *[b"Set-Cookie: c%d=%d" % (n, n) for n in range(200)], fault=""),
    _with("header-cookie-odd", b"Set-Cookie: =; ; a=b=c; Path", b"Set-Cookie:", b"Set-Cookie: \xff=\xfe", fault=""),
    _with("header-cookie-64-kb", b"Set-Cookie: big=" + b"x" * 65_536, fault=""),
    _with("header-type-twice", b"Content-Type: text/plain", b"Content-Type: image/png", fault=ANY),
    _with("header-type-garbage", b"Content-Type: ;;;=/\\", fault=ANY),
    _with("header-date-garbage", b"Date: yesterday", b"Expires: -1", b"Last-Modified: 0", fault=""),
    _with("header-8191-bytes", b"X-Long: " + b"x" * 8191, fault=""),
    _with("header-64-kb", b"X-Long: " + b"x" * 65_536, fault=""),
    _with("header-name-64-kb", b"x" * 65_536 + b": 1", fault=ANY),
    row("header-1-mb", _huge(1_048_576 - 100), body=HELLO, fault=ANY, heavy=True),
    row("header-3-mb", _huge(3_000_000), body=HELLO, fault=ANY, heavy=True),
    row("header-8-mb", _huge(8_000_000), body=ANY, fault="size", heavy=True),
    row("header-129-lines", _many(129), body=HELLO, heavy=True),
    row("header-1000-lines", _many(1000), body=HELLO, heavy=True),
    row("header-9000-lines", _many(9000), body=HELLO, heavy=True),
    row("header-100000-lines", _many(99_999), body=ANY, fault=ANY, heavy=True),
)

BEHAVIOURS = STATUS_LINES + NOT_HTTP + HEADER_LINES
