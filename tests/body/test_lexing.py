"""Colours row by row, and the state in which a row far inside a body begins."""

import random

import pytest

from httpdesk.body.languages import LANGUAGES, language_of


def colours(language, text, state=0):
    """[(piece of text, role)] of all rows, the state carried on."""
    found = []
    for line in text.split("\n"):
        spans, state = language_of(language).spans(line, state)
        found += [(line[start : start + length], role) for start, length, role in spans]
    return found


def states(language, rows):
    """The state before each row, by colouring every row."""
    state, found = 0, []
    for row in rows:
        found.append(state)
        _, state = language.spans(row.rstrip("\n"), state, ends_line=row.endswith("\n"))
    return found


@pytest.mark.parametrize(
    ("language", "text", "wanted"),
    [
        (
            "json",
            '{"a\\"b": "c"}',
            [("{", "s_punct"), ('"a\\"b"', "s_key"), (":", "s_punct"), ('"c"', "s_str"), ("}", "s_punct")],
        ),
        ("json", "[-1.5e+3, true]", [("-1.5e+3", "s_num"), ("true", "s_kw")]),
        ("json", '"open \\\\', [('"open \\\\', "s_str")]),
        ("json", "1 // why", [("// why", "s_com")]),
        (
            "xml",
            '<a:b c="1&amp;">x &lt; y</a:b>',
            [("<a:b", "s_tag"), ("c", "s_num"), ('"1&amp;"', "s_str"), ("&lt;", "s_num"), ("</a:b", "s_tag")],
        ),
        ("xml", "<!-- 1\n<b>2 --><c/>", [("<!--", "s_com"), (" 1", "s_com"), ("<b>2 ", "s_com"), ("<c", "s_tag")]),
        ("xml", "<a\nb='1\n2'>3", [("b", "s_num"), ("1", "s_str"), ("2", "s_str"), (">", "s_tag")]),
        ("xml", "<![CDATA[ <a> ]]><b>", [("]]>", "s_punct"), ("<b", "s_tag")]),
        (
            "html",
            "<script>if (1) '</b>'</script><b>",
            [("if", "s_kw"), ("'</b>'", "s_str"), ("</script", "s_tag"), ("<b", "s_tag")],
        ),
        (
            "html",
            "<STYLE>\n.a { top: 0 }\n</STYLE><i>",
            [(".a", "s_tag"), ("top", "s_key"), ("0", "s_num"), ("<i", "s_tag")],
        ),
        (
            "css",
            "@media x { a:hover { color: #fff } }",
            [("@media", "s_kw"), (":hover", "s_tag"), ("color", "s_key"), ("#fff", "s_num")],
        ),
        ("css", "/* a\nb */ c { }", [("/* a", "s_com"), ("b ", "s_com"), ("*/", "s_com"), ("c", "s_tag")]),
        (
            "javascript",
            "const a = f(0xFF) / 2 // x",
            [("const", "s_kw"), ("f", "s_key"), ("0xFF", "s_num"), ("2", "s_num"), ("// x", "s_com")],
        ),
        (
            "javascript",
            "x = /[\"/]/g; `a\nb` + 'c'",
            [('/["/]/g', "s_str"), ("`", "s_str"), ("a", "s_str"), ("b", "s_str"), ("'c'", "s_str")],
        ),
        ("yaml", "a b: 'c' # d", [("a b", "s_key"), ("'c'", "s_str"), ("# d", "s_com")]),
        ("yaml", "- true\n- 12\n- &x 1.0.2", [("true", "s_kw"), ("12", "s_num"), ("&x", "s_tag"), ("1.0.2", "s_str")]),
        (
            "form",
            "a=1%20&b=",
            [("a", "s_key"), ("=", "s_punct"), ("1", "s_str"), ("%20", "s_kw"), ("&", "s_punct"), ("b", "s_key")],
        ),
        ("text", "a=1", []),
        ("klingon", "{}", []),
    ],
)
def test_tokens_get_their_colours(language, text, wanted):
    found = [(piece.strip(), role) for piece, role in colours(language, text)]
    rest = iter(found)
    assert all((piece.strip(), role) in rest for piece, role in wanted), found


PIECES = {
    "json": [
        '{"k\\"": 1}',
        '"' + "x" * 700 + '\\\\"',
        '"a, b: [c]"',
        "[1, 2, ",
        "\n",
        '"é\\"😀" : ',
        "true, ",
        '"\\\\\\""',
    ],
    "xml": [
        "<a b='1'>",
        "</a>",
        "text & more ",
        "<!-- x\n<y> -->",
        "<![CDATA[ <z> \n ]]>",
        "\n",
        '<c\nd="e>f">',
        "<?pi x?>",
        "<q r='" + "s" * 600 + "'/>",
    ],
    "html": [
        "<p class=x>",
        "</p>\n",
        "<script>\nlet a = 1 < 2;\n</script>\n",
        "<style>\n.a {}\n</style>",
        "<!-- <script> -->",
        "words ",
    ],
    "css": ["a { b: c }\n", "/* x\n { */", ".d, #e { f: url('g') }", "\n"],
    "javascript": ["let a = 'b';\n", "/* c\nd */", "`e\n'f`", '"g//h"', "// i'\n", " 1 / 2 "],
}


@pytest.mark.parametrize("language", PIECES)
@pytest.mark.parametrize("seed", range(8))
def test_the_state_known_from_afar_is_the_one_that_colouring_every_row_gives(language, seed):
    dice = random.Random(seed)
    text = "".join(dice.choices(PIECES[language], k=150))
    rows = [line[i : i + 900] for line in text.splitlines(keepends=True) for i in range(0, len(line), 900)]
    expected = states(LANGUAGES[language], rows)
    state, last = 0, 0
    for number in sorted({0, *dice.choices(range(len(rows)), k=8)}):
        state = LANGUAGES[language].track("".join(rows[last:number]).encode(), state)
        last = number
        assert state == expected[number], (number, rows[max(0, number - 2) : number + 1])


@pytest.mark.parametrize("language", LANGUAGES)
def test_spans_of_anything_are_in_order_and_inside_the_row(language):
    dice = random.Random(language)
    alphabet = "<>!-[]{}()\"'`\\/*:;=&%#.,ab1 \té😀\ud800" + "".join(PIECES.get(language, ""))
    count = len(LANGUAGES[language].states)
    for _ in range(400):
        row = "".join(dice.choices(alphabet, k=dice.randrange(60)))
        spans, after = LANGUAGES[language].spans(row, dice.randrange(count), ends_line=dice.random() < 0.5)
        end = 0
        for start, length, role in spans:
            assert start >= end
            assert length > 0
            assert role.startswith("s_")
            end = start + length
        assert end <= len(row)
        assert 0 <= after < count
        assert 0 <= LANGUAGES[language].track(row.encode(errors="replace"), dice.randrange(count)) < count
