"""The colours of JavaScript and CSS, alone and inside HTML."""

from httpdesk.body.lexing import Language, Rule, State, tracker

_KEYWORDS = (
    "async|await|break|case|catch|class|const|continue|debugger|default|delete|do|else|export|extends|finally|for|from|"
    "function|get|if|import|in|instanceof|let|new|of|return|set|static|super|switch|this|throw|try|typeof|var|void|"
    "while|with|yield|true|false|null|undefined|NaN|Infinity"
)
_NUMBER = r"(?<![\w.])(?:0[xX][0-9a-fA-F]+|\d[\d_]*(?:\.\d*)?(?:[eE][+-]?\d+)?|\.\d+)n?"
_QUOTED = r"\"[^\"\\]*+(?>(?:\\.[^\"\\]*+)*)\"?|'[^'\\]*+(?>(?:\\.[^'\\]*+)*)'?"
# A slash begins an expression only where no value can be before it.
_REGEX = r"(?<=[=(,:;!&|?{}\[])\s*+/(?![*/])(?>(?:[^/\\\[]++|\\.|\[[^\]\\]*+(?>(?:\\.[^\]\\]*+)*)\])+)/\w*"


def script_states(code: int, *leave: tuple[str, Rule]) -> tuple[State, State, State]:
    """Three states, the first numbered `code`: program, comment, template string. `leave`: what ends the program."""
    comment, template = code + 1, code + 2
    return (
        State(
            *leave,
            (r"//.*|/\*.*?\*/", Rule("s_com")),
            (r"/\*.*", Rule("s_com", comment)),
            (rf"{_QUOTED}|`[^`\\]*+(?>(?:\\.[^`\\]*+)*)`|{_REGEX}", Rule("s_str")),
            (r"`", Rule("s_str", template)),
            (_NUMBER, Rule("s_num")),
            (rf"(?<![\w$.])(?:{_KEYWORDS})(?![\w$])", Rule("s_kw")),
            (r"[\w$]++(?=\()", Rule("s_key")),
            (r"[\w$]++", Rule("")),
            (r"[{}()\[\];,.:?=>!&|+*%^~-]+|<", Rule("s_punct")),
        ),
        State((r"\*/", Rule("s_com", code)), rest="s_com"),
        State((r"`", Rule("s_str", code)), (r"\\.", Rule("s_str")), rest="s_str"),
    )


def style_states(code: int, *leave: tuple[str, Rule]) -> tuple[State, State]:
    """Two states, the first numbered `code`: style sheet, comment. `leave`: what ends the style sheet."""
    return (
        State(
            *leave,
            (r"/\*.*?\*/", Rule("s_com")),
            (r"/\*.*", Rule("s_com", code + 1)),
            (_QUOTED, Rule("s_str")),
            (r"@[\w-]+|!\s*important\b", Rule("s_kw")),
            # The name of a property: what comes before the next semicolon or brace is no rule.
            (r"--[\w-]++|(?<![\w&.#:-])[a-z-]++(?=\s*+:[^;{}]*+(?:[;}]|$))", Rule("s_key")),
            (r"#[0-9a-fA-F]{3,8}\b(?=[^;{}]*+(?:[;}]|$))|(?<![\w-])-?\d*\.?\d+(?:%|[a-z]+)?", Rule("s_num")),
            (r"[.#]?[a-zA-Z_][\w-]*+(?=[^;{}]*+\{)|::?[\w-]++(?=[^;{}]*+\{)", Rule("s_tag")),
            (r"[\w-]++", Rule("")),
            (r"[{}();:,>+~*=\[\]]+", Rule("s_punct")),
        ),
        State((r"\*/", Rule("s_com", code)), rest="s_com"),
    )


_WHOLE = (
    rb"[^\"'`/]++|\"[^\"\\\n]*+(?>(?:\\.[^\"\\\n]*+)*)\"?|'[^'\\\n]*+(?>(?:\\.[^'\\\n]*+)*)'?|`[^`\\]*+(?>(?:\\.[^`\\]*+)*)`"
    rb"|//[^\n]*+|/\*.*?\*/|/(?![/*])"
)
JAVASCRIPT = Language(
    script_states(0),
    tracker(
        (rb"(?>(?:" + _WHOLE + rb")*)(?:(/\*)|(`))", (1, 2)),
        (rb".*?\*/()", (0,)),
        (rb"[^`\\]*+(?>(?:\\.[^`\\]*+)*)`()", (0,)),
    ),
    fresh_lines=False,
)

CSS = Language(
    style_states(0),
    tracker((rb"(?>(?:[^/]++|/\*.*?\*/|/(?!\*))*)(/\*)", (1,)), (rb".*?\*/()", (0,))),
    fresh_lines=False,
)
