"""The colours of XML and HTML."""

from httpdesk.body.grammar_code import script_states, style_states
from httpdesk.body.lexing import Language, Rule, State, tracker

# 0 is text. Values of tags may be longer than a row, so they have states of their own.
_COMMENT, _CDATA, _DECLARATION, _TAG, _DOUBLE, _SINGLE = range(1, 7)
# HTML only; a program takes three states, a style sheet two.
_SCRIPT_TAG, _STYLE_TAG, _SCRIPT, _STYLE = 7, 8, 9, 12

_OPENERS = (
    (r"<!--", Rule("s_com", _COMMENT)),
    (r"<!\[CDATA\[", Rule("s_punct", _CDATA)),
    (r"<[!?]", Rule("s_kw", _DECLARATION)),
)
_MARKUP = (
    (r"</?\w[\w:.-]*", Rule("s_tag", _TAG)),
    (r"&#?\w+;", Rule("s_num")),
)
_VALUES = (r"\"[^\"]*+\"|'[^']*+'", Rule("s_str"))


def _tag_state(after: int) -> State:
    return State(
        (r"/?>", Rule("s_tag", after)),
        (r"[^\s=\"'<>/]++", Rule("s_num")),
        _VALUES,
        (r"\"", Rule("s_str", _DOUBLE)),
        (r"'", Rule("s_str", _SINGLE)),
        (r"=", Rule("s_punct")),
    )


_INNER = (
    State((r"-->", Rule("s_com", 0)), rest="s_com"),
    State((r"\]\]>", Rule("s_punct", 0))),
    State(_VALUES, (r">", Rule("s_kw", 0)), rest="s_kw"),
    _tag_state(0),
    State((r"\"", Rule("s_str", _TAG)), rest="s_str"),
    State((r"'", Rule("s_str", _TAG)), rest="s_str"),
)
_WHOLE_TAG = rb"<[\w/][^>\"']*+(?>(?:\"[^\"]*+\"[^>\"']*+|'[^']*+'[^>\"']*+)*)>"
_WHOLE = rb"[^<]++|<!--.*?-->|<!\[CDATA\[.*?\]\]>|<[!?](?!--|\[CDATA\[)[^>]*+>|<(?![\w/!?])|" + _WHOLE_TAG
_PROGRAM = rb"<script\b[^>]*+>.*?</script|<style\b[^>]*+>.*?</style|(?!<s(?:cript|tyle)\b)"
_OPEN = rb"(<!--)|(<!\[CDATA\[)|(<[!?])"
_TRACK_INNER = (
    (rb".*?-->()", (0,)),
    (rb".*?\]\]>()", (0,)),
    (rb"[^>]*+>()", (0,)),
    (rb"(?>(?:[^>\"']++|\"[^\"]*+\"|'[^']*+')*)(?:(>)|(\")|('))", (0, _DOUBLE, _SINGLE)),
    (rb"[^\"]*+\"()", (_TAG,)),
    (rb"[^']*+'()", (_TAG,)),
)

XML = Language(
    (State(*_OPENERS, *_MARKUP), *_INNER),
    tracker(
        (rb"(?>(?:" + _WHOLE + rb")*)(?:" + _OPEN + rb"|(<))", (_COMMENT, _CDATA, _DECLARATION, _TAG)),
        *_TRACK_INNER,
    ),
    fresh_lines=False,
)

HTML = Language(
    (
        State(
            *_OPENERS,
            (r"(?i:<script)\b", Rule("s_tag", _SCRIPT_TAG)),
            (r"(?i:<style)\b", Rule("s_tag", _STYLE_TAG)),
            *_MARKUP,
        ),
        *_INNER,
        _tag_state(_SCRIPT),
        _tag_state(_STYLE),
        *script_states(_SCRIPT, (r"(?i:</script)\b", Rule("s_tag", _TAG))),
        *style_states(_STYLE, (r"(?i:</style)\b", Rule("s_tag", _TAG))),
    ),
    tracker(
        (
            rb"(?>(?:" + _PROGRAM + rb"(?:" + _WHOLE + rb"))*)"
            rb"(?:" + _OPEN + rb"|(<script\b)|(<style\b)|(<))",
            (_COMMENT, _CDATA, _DECLARATION, _SCRIPT_TAG, _STYLE_TAG, _TAG),
        ),
        *_TRACK_INNER,
        (rb"[^>]*+>()", (_SCRIPT,)),
        (rb"[^>]*+>()", (_STYLE,)),
        # Comments and templates of a program are not told apart from afar: its end is what counts.
        *((rb".*?</script()", (_TAG,)),) * 3,
        *((rb".*?</style()", (_TAG,)),) * 2,
    ),
    fresh_lines=False,
)
