"""Colours by Pygments: the tokens of a whole text, from another process that may be ended."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from httpdesk.body import lexed
from httpdesk.body.elsewhere import Elsewhere
from httpdesk.body.languages import language_of
from httpdesk.body.lexed import Lexed, tokens_of
from httpdesk.body.spool import Spool
from httpdesk.body.text import Text
from httpdesk.views import VIEWS, pick


@pytest.fixture(scope="module")
def elsewhere() -> Iterator[Elsewhere]:
    process = Elsewhere()
    yield process
    process.close()


def text_of(data: bytes, language: str, elsewhere: Elsewhere) -> Text:
    spool = Spool.of(data)
    text = Text(spool, language_of(language), Lexed(spool, language, elsewhere))
    while text.advance():
        pass
    assert text.lexed is not None
    assert text.lexed.advance()
    assert text.lexed.done
    return text


def colors(text: Text, row_number: int) -> list[tuple[str, str]]:
    row = text.index.window(row_number, 1)[0]
    characters = text.characters(row)
    return [(characters[span.start : span.start + span.length], span.role) for span in text.spans(row, characters)]


def test_a_string_over_many_lines_has_its_colour_on_each(elsewhere: Elsewhere) -> None:
    source = 'def f():\n    """one\n    two ünd drei\n    """\n    return 1.5  # done\n'
    text = text_of(source.encode(), "pygments:python", elsewhere)
    assert colors(text, 0)[:2] == [("def", "s_kw"), ("f", "s_key")]
    assert colors(text, 1)[-1] == ('"""one', "s_str")
    assert colors(text, 2) == [("    two ünd drei", "s_str")]
    assert colors(text, 4) == [("return", "s_kw"), ("1.5", "s_num"), ("# done", "s_com")]


def test_bytes_that_are_no_text_and_line_ends_of_windows_do_not_shift_the_colours(elsewhere: Elsewhere) -> None:
    text = text_of(b"SELECT '\xff\xfe \xf0\x9f\x99\x82' -- a\r\nFROM t WHERE 1\r\n", "pygments:sql", elsewhere)
    assert ("SELECT", "s_kw") in colors(text, 0)
    assert ("FROM", "s_kw") in colors(text, 1)
    assert ("WHERE", "s_kw") in colors(text, 1)
    assert ("1", "s_num") in colors(text, 1)


@pytest.mark.parametrize("language", [view.language for view in VIEWS if view.language.startswith("pygments:")])
def test_every_kind_is_one_that_pygments_knows(language: str) -> None:
    assert list(tokens_of(language.removeprefix("pygments:"), b"# x\n[a]\nb = 1\n"))


def test_what_takes_for_ever_is_ended_and_the_next_text_has_colours(
    elsewhere: Elsewhere, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lexed, "_LIMIT_S", 0.0)
    text = text_of(b"x = 1\n" * 10_000, "pygments:python", elsewhere)
    assert colors(text, 0) == []
    assert elsewhere.pid is None
    monkeypatch.undo()
    assert ("1", "s_num") in colors(text_of(b"x = 1\n", "pygments:python", elsewhere), 0)


def test_an_unknown_language_an_empty_and_a_huge_text_are_shown_plain(elsewhere: Elsewhere) -> None:
    assert colors(text_of(b"x = 1\n", "pygments:no such", elsewhere), 0) == []
    assert text_of(b"", "pygments:python", elsewhere).index.rows == 0
    assert colors(text_of(b"x = 1\n" * 800_000, "pygments:python", elsewhere), 5) == []


def test_a_large_text_has_its_colours_to_the_end(elsewhere: Elsewhere, tmp_path: Path) -> None:
    text = text_of(b"".join(b"key_%d = 'v' # c\n" % number for number in range(60_000)), "pygments:toml", elsewhere)
    assert text.lexed is not None
    assert text.lexed.count > 120_000
    assert ("# c", "s_com") in colors(text, 59_999)
    assert os.getpid() != elsewhere.pid


@pytest.mark.parametrize(
    ("content_type", "name"),
    [
        ("text/x-python", "Python"),
        ("application/graphql; charset=utf-8", "GraphQL"),
        ("text/markdown", "Markdown"),
        ("application/toml", "TOML"),
        ("message/http", "HTTP"),
        ("text/plain", "Text"),
        ("text/x-unheard-of", "Text"),
    ],
)
def test_the_content_type_says_which_it_is(content_type: str, name: str) -> None:
    assert pick(content_type, b"hello\n").name == name
