"""Where a body ends: Content-Length, Transfer-Encoding, chunks, and bytes after the end."""

from tests.zoo.behaviour import ANY, CHUNKED, HELLO, HOLD, RST, Pause, chunks, head, plain, row


def _length(value, body=HELLO, *more):
    return head(b"Content-Length: " + value, *more) + body


LENGTHS = (
    row("length-exact", plain(HELLO), body=HELLO),
    row("length-exact-kept-open", plain(HELLO), HOLD, body=HELLO),
    row("length-exact-late-body", head(b"Content-Length: 5"), Pause(0.05), HELLO, body=HELLO),
    row("length-zero", plain(b"")),
    row("length-spaces", _length(b"   5  "), body=HELLO),
    row("length-no-space", head(b"Content-Length:5") + HELLO, body=HELLO),
    row("length-zeros-in-front", _length(b"0005"), body=HELLO, fault=ANY),
    row("length-name-in-odd-case", head(b"cOnTeNt-LeNgTh: 5") + HELLO, body=HELLO),
    row("length-short-fin", _length(b"10"), body=HELLO, fault="cut"),
    row("length-short-reset", _length(b"10"), Pause(0.05), RST, body=HELLO, fault="cut"),
    row("length-nothing-came", _length(b"10", b""), fault="cut"),
    row("length-long", _length(b"3"), body=b"hel", fault="extra"),
    row("length-long-kept-open", _length(b"3"), HOLD, body=b"hel", fault="extra"),
    row("length-zero-with-body", _length(b"0"), fault="extra"),
    row("length-negative", _length(b"-5"), body=HELLO, fault="length"),
    row("length-plus", _length(b"+5"), body=HELLO, fault="length"),
    row("length-hex", _length(b"0x5"), body=HELLO, fault="length"),
    row("length-empty", _length(b""), body=HELLO, fault="length"),
    row("length-word", _length(b"five"), body=HELLO, fault="length"),
    row("length-fraction", _length(b"5.0"), body=HELLO, fault="length"),
    row("length-exponent", _length(b"5e0"), body=HELLO, fault="length"),
    row("length-underscore", _length(b"1_0", b"helloworld"), body=b"helloworld", fault="length"),
    row("length-inner-space", _length(b"1 0", b"helloworld"), body=b"helloworld", fault="length"),
    row("length-arabic-digit", _length("\u0665".encode()), body=HELLO, fault="length"),
    row("length-nul", _length(b"5\x00"), body=HELLO, fault=ANY),
    row("length-list-of-same", _length(b"5, 5"), body=HELLO, fault=ANY),
    row("length-list-of-different", _length(b"5, 3"), body=HELLO, fault="length"),
    row("length-twice-same", _length(b"5", HELLO, b"Content-Length: 5"), body=HELLO, fault=ANY),
    row("length-twice-different", _length(b"5", HELLO, b"Content-Length: 3"), body=HELLO, fault="length"),
    row("length-9-exabytes", _length(b"9223372036854775807"), body=HELLO, fault="cut"),
    row("length-over-64-bits", _length(b"18446744073709551621"), body=HELLO, fault="cut"),
    row("length-100-digits", _length(b"9" * 100), body=HELLO, fault=ANY),
    row("length-5000-digits", _length(b"9" * 5000), body=HELLO, fault=ANY),
    row("until-close", head() + HELLO, body=HELLO),
    row("until-close-http10", head(line=b"HTTP/1.0 200 OK") + HELLO, body=HELLO),
    row("until-close-says-keep-alive", head(b"Connection: keep-alive") + HELLO, body=HELLO),
    row("until-close-empty", head()),
    row("until-close-reset", head() + HELLO, Pause(0.05), RST, body=HELLO, fault="cut"),
)


def _te(value, body=None, *more):
    return head(b"Transfer-Encoding: " + value, *more) + (chunks(HELLO) if body is None else body)


TRANSFER_ENCODINGS = (
    row("te-chunked", _te(b"chunked"), body=HELLO),
    row("te-upper-case", _te(b"CHUNKED"), body=HELLO),
    row("te-spaces", _te(b" \tchunked \t"), body=HELLO),
    row("te-in-http10", head(CHUNKED, line=b"HTTP/1.0 200 OK") + chunks(HELLO), body=ANY, fault=ANY),
    row("te-with-length", _te(b"chunked", None, b"Content-Length: 15"), body=HELLO, fault="framing"),
    row("te-with-wrong-length", _te(b"chunked", None, b"Content-Length: 3"), body=HELLO, fault="framing"),
    row("te-after-length", head(b"Content-Length: 3", CHUNKED) + chunks(HELLO), body=HELLO, fault="framing"),
    row("te-with-bad-length", _te(b"chunked", None, b"Content-Length: x"), body=HELLO, fault=ANY),
    row("te-unknown", _te(b"banana", HELLO), body=HELLO, fault="framing"),
    row("te-empty", _te(b"", HELLO), body=HELLO, fault=ANY),
    row("te-identity", _te(b"identity", HELLO), body=HELLO, fault=ANY),
    row("te-chunked-twice", _te(b"chunked, chunked"), body=ANY, fault="framing"),
    row("te-two-lines", _te(b"chunked", None, CHUNKED), body=ANY, fault=ANY),
    row("te-chunked-not-last", _te(b"chunked, gzip"), body=ANY, fault="framing"),
    row("te-gzip-below-chunked", _te(b"gzip, chunked"), body=ANY, fault=ANY),
    row("te-quoted", _te(b'"chunked"'), body=ANY, fault=ANY),
    row("te-with-control", _te(b"\x0bchunked"), body=ANY, fault=ANY),
    row("te-lookalike", _te(b"xchunked"), body=ANY, fault="framing"),
)


def _chunked(body):
    return head(CHUNKED) + body


CHUNKS = (
    row("chunk-many", _chunked(chunks(b"h", b"e", b"l", b"l", b"o")), body=HELLO),
    row("chunk-ten-thousand", _chunked(chunks(*[b"x"] * 10_000)), body=b"x" * 10_000, heavy=True),
    row("chunk-kept-open", _chunked(chunks(HELLO)), HOLD, body=HELLO),
    row("chunk-none", _chunked(chunks())),
    row("chunk-extension", _chunked(b"5;a=b\r\nhello\r\n0;c\r\n\r\n"), body=HELLO),
    row("chunk-extension-quoted", _chunked(b'5;a="b;c"\r\nhello\r\n0\r\n\r\n'), body=HELLO),
    row("chunk-extension-100-kb", _chunked(b"5;" + b"a" * 100_000 + b"\r\nhello\r\n0\r\n\r\n"), body=HELLO, fault=ANY),
    row("chunk-size-zeros", _chunked(b"000005\r\nhello\r\n0\r\n\r\n"), body=HELLO),
    row("chunk-size-1000-zeros", _chunked(b"0" * 1000 + b"5\r\nhello\r\n0\r\n\r\n"), body=HELLO, fault=ANY),
    row("chunk-size-upper-case", _chunked(b"A\r\nhelloworld\r\n0\r\n\r\n"), body=b"helloworld"),
    row("chunk-size-space-after", _chunked(b"5 \r\nhello\r\n0\r\n\r\n"), body=HELLO, fault=ANY),
    row("chunk-size-space-before", _chunked(b" 5\r\nhello\r\n0\r\n\r\n"), body=HELLO, fault=ANY),
    row("chunk-size-plus", _chunked(b"+5\r\nhello\r\n0\r\n\r\n"), body=ANY, fault="chunk"),
    row("chunk-size-negative", _chunked(b"5\r\nhello\r\n-1\r\n\r\n"), body=HELLO, prefix=True, fault="chunk"),
    row("chunk-size-0x", _chunked(b"0x5\r\nhello\r\n0\r\n\r\n"), body=ANY, fault="chunk"),
    row("chunk-size-underscore", _chunked(b"5\r\nhello\r\n1_0\r\nx"), body=HELLO, prefix=True, fault="chunk"),
    row("chunk-size-words", _chunked(b"5\r\nhello\r\nzz\r\nworld\r\n"), body=HELLO, prefix=True, fault="chunk"),
    row("chunk-size-words-first", _chunked(b"zz\r\nhello\r\n0\r\n\r\n"), body=ANY, fault="chunk"),
    row("chunk-size-missing", _chunked(b"5\r\nhello\r\n\r\n\r\n"), body=HELLO, prefix=True, fault="chunk"),
    row("chunk-size-64-bits", _chunked(b"FFFFFFFFFFFFFFFF\r\nhello"), body=HELLO, fault=ANY),
    row("chunk-size-over-64-bits", _chunked(b"10000000000000005\r\nhello\r\n0\r\n\r\n"), body=ANY, fault=ANY),
    row("chunk-size-1-mb-of-digits", _chunked(b"1" * 1_000_000), body=ANY, fault=ANY, heavy=True),
    row("chunk-no-chunks-at-all", _chunked(HELLO), body=ANY, fault="chunk"),
    row("chunk-lf-only", _chunked(b"5\nhello\n0\n\n"), body=HELLO, fault="chunk"),
    row("chunk-lf-after-size", _chunked(b"5\nhello\r\n0\r\n\r\n"), body=HELLO, fault="chunk"),
    row("chunk-lf-after-data", _chunked(b"5\r\nhello\n0\r\n\r\n"), body=HELLO, fault="chunk"),
    row("chunk-cr-only", _chunked(b"5\rhello\r0\r\r"), body=ANY, fault="chunk"),
    row("chunk-no-line-end-after-data", _chunked(b"5\r\nhello0\r\n\r\n"), body=HELLO, prefix=True, fault="chunk"),
    row("chunk-data-too-long", _chunked(b"3\r\nhello\r\n0\r\n\r\n"), body=b"hel", prefix=True, fault="chunk"),
    row("chunk-cut-in-size", _chunked(b"5\r\nhello\r\n5"), body=HELLO, fault="cut"),
    row("chunk-cut-after-size", _chunked(b"5\r\nhello\r\n5\r\n"), body=HELLO, fault="cut"),
    row("chunk-cut-in-data", _chunked(b"a\r\nhello"), body=HELLO, fault="cut"),
    row("chunk-cut-after-data", _chunked(b"5\r\nhello"), body=HELLO, fault="cut"),
    row("chunk-cut-before-last", _chunked(b"5\r\nhello\r\n"), body=HELLO, fault="cut"),
    row("chunk-cut-in-last", _chunked(b"5\r\nhello\r\n0\r\n"), body=HELLO, fault="cut"),
    row("chunk-cut-by-reset", _chunked(b"5\r\nhello\r\n"), Pause(0.05), RST, body=HELLO, fault="cut"),
    row("chunk-trailers", _chunked(chunks(HELLO, end=b"0\r\nX-Sum: 1\r\nX-B: 2\r\n\r\n")), body=HELLO),
    row("chunk-trailer-malformed", _chunked(chunks(HELLO, end=b"0\r\nno colon\r\n\r\n")), body=HELLO, fault=ANY),
    row("chunk-trailer-length", _chunked(chunks(HELLO, end=b"0\r\nContent-Length: 9\r\n\r\n")), body=HELLO, fault=ANY),
    row("chunk-trailers-cut", _chunked(chunks(HELLO, end=b"0\r\nX-Sum: 1\r\n")), body=HELLO, fault="cut"),
    row(
        "chunk-trailers-1000",
        _chunked(chunks(HELLO, end=b"0\r\n" + b"X-T: 1\r\n" * 1000 + b"\r\n")),
        body=HELLO,
        fault=ANY,
    ),
)

SECOND = plain(b"second", line=b"HTTP/1.1 500 Oops")

AFTER_THE_END = (
    row("extra-after-chunks", _chunked(chunks(HELLO)) + b"garbage", body=HELLO, fault="extra"),
    row("extra-newline", plain(HELLO) + b"\r\n", body=HELLO, fault=ANY),
    row("extra-megabyte", plain(HELLO) + b"x" * 1_000_000, body=HELLO, fault="extra", heavy=True),
    row("extra-later", plain(HELLO), Pause(0.05), b"late garbage", body=HELLO, fault=ANY),
    row("two-answers", plain(HELLO) + SECOND, body=HELLO, fault="extra"),
    row("two-answers-chunked", _chunked(chunks(HELLO)) + SECOND, body=HELLO, fault="extra"),
    row("two-answers-kept-open", plain(HELLO) + SECOND, HOLD, body=HELLO, fault="extra"),
    row("two-answers-second-later", plain(HELLO), Pause(0.05), SECOND, body=HELLO, fault=ANY),
    row("204-with-body", plain(HELLO, line=b"HTTP/1.1 204 No Content"), status=204, body=ANY, fault="extra"),
    row("204-with-chunks", head(CHUNKED, line=b"HTTP/1.1 204 No") + chunks(HELLO), status=204, body=ANY, fault="extra"),
    row("204-with-unframed-body", head(line=b"HTTP/1.1 204 No") + HELLO, status=204, body=ANY, fault="extra"),
    row("204-kept-open", head(line=b"HTTP/1.1 204 No Content"), HOLD, status=204),
    row("204-with-length-zero", plain(b"", line=b"HTTP/1.1 204 No Content"), HOLD, status=204),
    row("205-with-body", plain(HELLO, line=b"HTTP/1.1 205 Reset Content"), status=205, body=HELLO, fault=ANY),
    row("304-with-body", plain(HELLO, line=b"HTTP/1.1 304 Not Modified"), status=304, body=ANY, fault="extra"),
    row("304-with-length-only", head(b"Content-Length: 5", line=b"HTTP/1.1 304 Not Modified"), HOLD, status=304),
    row("head-with-length", head(b"Content-Length: 5"), HOLD, method="HEAD"),
    row("head-with-chunked", head(CHUNKED), HOLD, method="HEAD"),
    row("head-with-encoding", head(b"Content-Encoding: gzip", b"Content-Length: 5"), HOLD, method="HEAD"),
    row("head-with-body", plain(HELLO), method="HEAD", body=ANY, fault="extra"),
)

BEHAVIOURS = LENGTHS + TRANSFER_ENCODINGS + CHUNKS + AFTER_THE_END
