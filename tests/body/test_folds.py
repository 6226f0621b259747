"""Folds, regions and levels: which rows are hidden, checked against plain Python over the same text."""

import json
import random

import pytest

from httpdesk.body.folds import Fold, Folds
from httpdesk.body.languages import language_of
from httpdesk.body.level_scan import LevelScan
from httpdesk.body.pretty import format_text
from httpdesk.body.regions import RegionAround, RegionEnd
from httpdesk.body.spool import Spool
from httpdesk.body.text import Text


def text_of(source, language):
    text = Text(Spool.of(source.encode()), language_of(language))
    while text.advance():
        pass
    return text


def scanned(source, language, level):
    """The lines that are left when a level is folded."""
    text = text_of(source, language)
    scan = LevelScan(text, language, level)
    while scan.advance():
        pass
    folds = Folds()
    folds.extend(scan.blocks)
    lines = source.split("\n")
    rows = text.index.rows
    return [lines[row].strip() for row in range(rows) if folds.at(row) is None]


def expected(source, level):
    """The same, line by line: what is deeper goes, and the last line of a region with it."""
    kept, gone = [], False
    for line in source.split("\n"):
        depth = len(line) - len(line.lstrip())
        if depth > 2 * level:
            gone = True
            continue
        if not (gone and depth == 2 * level and line.lstrip().startswith(("}", "]", "</"))):
            kept.append(line.strip())
        gone = False
    return kept


def some_json(count):
    random.seed(4)
    items = [{"id": i, "tags": ["a", "b"][: i % 3], "sub": {"x": "{" * (i % 4), "y": [[i]]}} for i in range(count)]
    return format_text(json.dumps({"total": count, "data": items, "end": {}}), "json")


def some_xml(count):
    items = "".join(f"<item id='{i}'><b>t</b><c><d/><e>text<f>u</f></e></c><!-- x --></item>" for i in range(count))
    return format_text(f"<all><total>{count}</total><data>{items}</data><end/></all>", "xml")


@pytest.mark.parametrize("level", range(5))
@pytest.mark.parametrize("count", [3, 3000])
def test_a_level_of_json_is_folded_also_over_many_pieces(level, count):
    source = some_json(count)
    assert scanned(source, "json", level) == expected(source, level)


@pytest.mark.parametrize("level", range(5))
@pytest.mark.parametrize("count", [3, 3000])
def test_a_level_of_xml_is_folded_also_over_many_pieces(level, count):
    source = some_xml(count)
    assert scanned(source, "xml", level) == expected(source, level)


def test_lines_longer_than_a_row_and_than_a_piece_are_counted_right():
    long = {"short": {"a": 1}, "row": {"a": "x" * 5000, "b": 1}, "piece": {"a": "y" * 400_000}, "last": {"a": 1}}
    source = format_text(json.dumps(long), "json")
    text = text_of(source, "json")
    scan = LevelScan(text, "json", 1)
    while scan.advance():
        pass
    found = [(start, stop) for block in scan.blocks for start, stop in zip(block.starts, block.stops, strict=True)]
    lines = []
    for start, stop in found:
        rows = text.index.window(start - 1, stop - start + 1)
        lines.append((text.characters(rows[0]).strip(), text.characters(rows[-1]).strip()))
    assert lines == [('"short": {', "},"), ('"row": {', "},"), ('"piece": {', "},"), ('"last": {', "}")]


def test_a_body_that_breaks_off_is_folded_up_to_its_end():
    assert scanned('{\n  "a": {\n    "b": 1', "json", 1) == ["{", '"a": {']


def test_folds_inside_of_a_fold_come_back_with_it():
    folds = Folds()
    for fold in (Fold(5, 8), Fold(10, 12), Fold(30, 40), Fold(3, 20)):
        folds.add(fold)
    assert folds.at(4) == Fold(3, 20)
    assert folds.count == 2
    folds.remove(Fold(3, 20))
    assert [folds.at(row) for row in (4, 6, 11, 35)] == [None, Fold(5, 8), Fold(10, 12), Fold(30, 40)]


def test_places_and_rows_count_into_each_other_whatever_was_folded():
    choose = random.Random(7)
    for _ in range(60):
        rows, folds = 300, Folds()
        there: list[Fold] = []
        for _ in range(30):
            start = choose.randrange(1, rows - 1)
            fold = Fold(start, min(rows, start + choose.randrange(1, 30)))
            apart = all(
                fold.stop < other.start
                or other.stop < fold.start
                or (fold.start < other.start and other.stop <= fold.stop)
                for other in there
            )
            if apart and folds.at(start - 1) is None:
                there = [other for other in there if not fold.start < other.start < fold.stop] + [fold]
                folds.add(fold)
        shown = [row for row in range(rows) if not any(fold.start <= row < fold.stop for fold in there)]
        assert [folds.row(place) for place in range(len(shown))] == shown
        assert [folds.place(row) for row in shown] == list(range(len(shown)))
        for row in range(rows):
            assert folds.below(row) == min((fold for fold in there if fold.start > row), default=None)


def test_the_end_of_a_region_is_found_in_a_body_of_many_pieces():
    inner = ",".join(["[1,2,3]"] * 200_000)
    source = format_text(f'{{"a":[{inner}],"b":{{"c":1}}}}', "json").encode()
    assert len(source) > 5 << 20
    start = source.index(b"[") + 1
    search = RegionEnd(Spool.of(source), "json", start, 2, ord("["))
    pieces = 0
    while search.advance():
        pieces += 1
    assert pieces >= 5
    assert search.region is not None
    assert source[search.region.stop :].startswith(b"\n  ],")


def test_the_region_around_a_line_is_found_from_far_inside():
    inner = ",".join(map(str, range(100_000)))
    source = format_text(f'{{"a":[{inner}],"b":1}}', "json").encode()
    around = RegionAround(Spool.of(source), "json", source.index(b"    99000"))
    while around.advance():
        pass
    assert around.region is not None
    assert source[: around.region.start].endswith(b'"a": [')
    assert source[around.region.stop :].startswith(b"\n  ],")


def test_a_line_that_is_in_no_region_has_none_around_it():
    around = RegionAround(Spool.of(b"1"), "json", 0)
    while around.advance():
        pass
    assert around.failed
    assert around.region is None
