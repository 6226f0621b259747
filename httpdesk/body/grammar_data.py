"""The colours of JSON, YAML and form data."""

from httpdesk.body.lexing import Language, Rule, State

# JSON: 0 outside, in a string, in a string behind a backslash (rows of a long line are cut anywhere), in a comment,
# which is not JSON but common in files.
_STRING, _ESCAPE, _COMMENT = 1, 2, 3
_INSIDE = r"[^\"\\]*+(?>(?:\\.[^\"\\]*+)*)"


def _track_json(data: bytes, state: int) -> int:
    """By the number of quotes since the line began."""
    line = data.rfind(b"\n") + 1
    if line:
        data, state = data[line:], 0
    if state == _ESCAPE:
        data, state = data[1:], _STRING
    bare = data.replace(b"\\\\", b"").replace(b'\\"', b"")
    inside = (state == _STRING) ^ (bare.count(b'"') & 1)
    return (_ESCAPE if bare.endswith(b"\\") else _STRING) if inside else 0


JSON = Language(
    (
        State(
            (rf"\"{_INSIDE}\"(?=\s*+:)", Rule("s_key")),
            (rf"\"{_INSIDE}\"", Rule("s_str")),
            (rf"\"{_INSIDE}\\", Rule("s_str", _ESCAPE)),
            (rf"\"{_INSIDE}", Rule("s_str", _STRING)),
            (r"-?\d[\d.eE+-]*", Rule("s_num")),
            (r"\b(?:true|false|null|NaN|Infinity)\b", Rule("s_kw")),
            (r"[{}\[\],:]+", Rule("s_punct")),
            (r"//.*|/\*.*?\*/", Rule("s_com")),
            (r"/\*.*", Rule("s_com", _COMMENT)),
            (r"\w+", Rule("")),
        ),
        State(
            (r"\"", Rule("s_str", 0)),
            (r"\\.", Rule("s_str")),
            (r"\\", Rule("s_str", _ESCAPE)),
            rest="s_str",
            at_line_end=0,
        ),
        State((r".", Rule("s_str", _STRING)), at_line_end=0),
        State((r"\*/", Rule("s_com", 0)), rest="s_com"),
    ),
    _track_json,
)

YAML = Language(
    (
        State(
            (r"(?:^|(?<=\s))#.*", Rule("s_com")),
            (r"^(?:---|\.\.\.)(?=\s|$)|^%.*", Rule("s_kw")),
            (r"\"[^\"\\]*+(?>(?:\\.[^\"\\]*+)*)\"(?=\s*+:(?:\s|$))|'[^']*+'(?=\s*+:(?:\s|$))", Rule("s_key")),
            (r"\"[^\"\\]*+(?>(?:\\.[^\"\\]*+)*)\"?|'[^']*+(?>(?:''[^']*+)*)'?", Rule("s_str")),
            (r"(?<!\S)/[^\s:]*+(?=:(?:\s|$))|(?<![^\s\-{,\[])[\w$./@<*][\w$./@<* -]*+(?=:(?:\s|$))", Rule("s_key")),
            (r"(?<![\w.])[&*!][\w:.!-]+", Rule("s_tag")),
            (r"(?<![^\s,\[{])(?:true|false|null|yes|no|on|off|True|False|Null|~)(?=\s*(?:$|[,\]}#]))", Rule("s_kw")),
            (
                r"(?<![^\s,\[{])[+-]?(?:0x[\da-fA-F]+|\d[\d_]*(?:\.\d*)?(?:[eE][+-]?\d+)?)(?=\s*(?:$|[,\]}#]))",
                Rule("s_num"),
            ),
            (r"[{}\[\],:|>-]+(?=\s|$|[\"'{}\[\]])", Rule("s_punct")),
            (r"[^\s:#\"'{}\[\],]++|:", Rule("s_str")),
        ),
    ),
)

FORM = Language(
    (
        State(
            (r"(?:^|(?<=&))[^=&]++", Rule("s_key")),
            (r"[=&]", Rule("s_punct")),
            (r"%[0-9a-fA-F]{2}|\+", Rule("s_kw")),
            (r"[^=&%+]++|%", Rule("s_str")),
        ),
    ),
)

TEXT = Language((State(),))
