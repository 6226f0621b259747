"""Heads of answers, read with tolerance: what any server sends is shown, and each fault is named in words."""

import re

from httpdesk.core.exchange import Head

HEADERS_LIMIT = 10_000

_STATUS = re.compile(rb"([A-Za-z]+)(?:/([^ \t]*))?(?:[ \t]+([^ \t]*)[ \t]?(.*))?", re.DOTALL)
_TOKEN = re.compile(rb"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_CONTROL = re.compile(rb"[\x00-\x08\x0a-\x1f\x7f]")


def text_of(raw: bytes) -> str:
    """Header bytes as text: UTF-8 where it is valid, else Latin-1, so that no byte is lost."""
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw.decode("latin-1")


def parse_head(raw: bytes, faults: list[str]) -> Head:
    """Read a status line and headers; what breaks RFC 9112 is added to `faults`."""
    first, *lines = raw.split(b"\n")
    if b"\n" in raw.replace(b"\r\n", b""):
        _note(faults, "Lines of the head end with LF alone, not CR LF")
    version, status, reason = _status_line(first.removesuffix(b"\r"), faults)
    return Head(status=status, reason=reason, http_version=version, headers=parse_fields(lines, faults))


def _status_line(line: bytes, faults: list[str]) -> tuple[str, int, str]:
    found = _STATUS.fullmatch(line)
    if not found:
        _note(faults, f"The status line is not HTTP: {shown(line)}")
        return "", 0, ""
    name, version, code, reason = (group or b"" for group in found.groups())
    if name != b"HTTP" or version not in (b"1.1", b"1.0"):
        _note(faults, f"The status line claims {shown(line.partition(b' ')[0])}, not HTTP/1.1")
    if not re.fullmatch(rb"[1-9]\d\d", code):
        _note(faults, f"The status code is not a number from 100 to 999: {shown(code)}")
    if b"\t" in line[: found.start(4)] or reason[:1] in (b" ", b"\t") or b"  " in line[: found.start(4)]:
        _note(faults, "The parts of the status line are not separated by one space")
    if _CONTROL.search(reason):
        _note(faults, "The reason phrase holds a control character")
    digits = re.match(rb"\d{1,9}", code)
    return text_of(version), int(digits.group()) if digits else 0, text_of(reason.strip(b" \t"))


def parse_fields(lines: list[bytes], faults: list[str]) -> tuple[tuple[str, str], ...]:
    """Read header or trailer lines, without the blank one at the end."""
    fields: list[tuple[bytes, bytes]] = []
    for raw in lines:
        line = raw.removesuffix(b"\r")
        if not line:
            continue
        if len(fields) == HEADERS_LIMIT:
            _note(faults, f"More than {HEADERS_LIMIT:,} headers; the rest is not shown")
            break
        if line[:1] in (b" ", b"\t"):
            _note(faults, "A header is folded over several lines")
            name, value = fields.pop() if fields else (b"", b"")
            fields.append((name, b" ".join(part for part in (value, line.strip(b" \t")) if part)))
            continue
        fields.append(_field(line, faults))
    return tuple((text_of(name), text_of(value)) for name, value in fields)


def _field(line: bytes, faults: list[str]) -> tuple[bytes, bytes]:
    name, colon, value = line.partition(b":")
    if not colon:
        _note(faults, f"A header line has no colon: {shown(line)}")
    elif name.endswith((b" ", b"\t")):
        _note(faults, f"There is a space before the colon of header {shown(name.strip())}")
    elif not name:
        _note(faults, "A header has no name")
    elif not _TOKEN.fullmatch(name):
        _note(faults, f"A header name holds a character that is not allowed: {shown(name)}")
    value = value.strip(b" \t")
    if _CONTROL.search(value):
        _note(faults, f"Header {shown(name.strip())} holds a control character")
    return name.rstrip(b" \t"), value


def shown(raw: bytes, limit: int = 60) -> str:
    """Bytes of the server inside a sentence: short, and with control characters visible."""
    text = "".join(c if c.isprintable() else repr(c)[1:-1] for c in text_of(raw[:limit]))
    return f"“{text}{'…' if len(raw) > limit else ''}”"


def _note(faults: list[str], fault: str) -> None:
    if fault not in faults:
        faults.append(fault)
