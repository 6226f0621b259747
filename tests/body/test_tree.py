"""Tree of JSON and XML: what it finds is what a parser finds, each value byte for byte as it came."""

import json
import re
import threading
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from httpdesk.body.pretty import Formatting
from httpdesk.body.spool import Spool
from httpdesk.body.tree import Tree
from httpdesk.body.tree_rows import MOST_ROWS, TreeRows


def formatted(data, language="json"):
    """The formatted text of a body, whole."""
    spool = Spool(Path(), memory_bytes=1 << 30)
    work = Formatting(Spool.of(data), spool, language)
    while work.advance():
        pass
    return spool


def tree_of(data, language="json"):
    return Tree(formatted(data, language), language)


def children(tree, node):
    """All children of a node, those of pages too; waits for what is found in a thread."""
    while True:
        nodes = tree.children(node)
        if not tree.growing(node):
            break
    for each in nodes:
        if each.page:
            yield from children(tree, each)
        else:
            yield each


def raw(tree, node):
    return tree.value(node, 1 << 20)


def value_of(tree, node):
    """A value as json.loads would give it, objects as lists of pairs."""
    kind = tree.kind(node)
    if kind == "array":
        return [value_of(tree, each) for each in children(tree, node)]
    if kind == "object":
        return [(json.loads(tree.head(each).key), value_of(tree, each)) for each in children(tree, node)]
    return json.loads(raw(tree, node), parse_float=str, parse_int=str)


def loaded(data):
    def pairs(items):
        return [(key, value) for key, value in items]

    return json.loads(data, object_pairs_hook=pairs, parse_float=str, parse_int=str)


def path_to(tree, *keys):
    """The node that some keys lead to from the first value on."""
    node = next(children(tree, tree.root))
    for key in keys:
        node = next(each for each in children(tree, node) if tree.key(each) == key)
    return node


def until_found(rows):
    """Wait until the thread has found everything, as a timer of the window does."""
    for _ in range(3000):
        rows.refresh()
        if not rows.busy:
            return
        threading.Event().wait(0.01)
    raise AssertionError("it never ended")


def open_below(rows, levels):
    for opened in rows.expand_below(rows.rows[0], levels):
        if not opened:
            threading.Event().wait(0.005)


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=20),
    lambda inside: st.lists(inside, max_size=5) | st.dictionaries(st.text(max_size=8), inside, max_size=5),
    max_leaves=30,
)


@settings(max_examples=150, deadline=None)
@given(values, st.booleans(), st.sampled_from([None, 1]))
def test_it_finds_what_a_parser_finds(value, as_ascii, indent):
    data = json.dumps(value, ensure_ascii=as_ascii, indent=indent).encode("utf-8", "surrogatepass")
    tree = tree_of(data)
    assert value_of(tree, next(children(tree, tree.root))) == loaded(data)


def test_values_are_the_bytes_that_came():
    tree = tree_of(rb'{"a":1.10,"b":1e400,"c":123456789012345678901234567890,"d":"\u00e9\/","a":-0,"e":{},"f":[]}')
    found = [(tree.key(node), raw(tree, node)) for node in children(tree, path_to(tree))]
    assert found == [
        ("a", b"1.10"),
        ("b", b"1e400"),
        ("c", b"123456789012345678901234567890"),
        ("d", rb'"\u00e9\/"'),
        ("a", b"-0"),
        ("e", b"{}"),
        ("f", b"[]"),
    ]


def test_a_long_string_has_all_its_bytes():
    long = b'"' + b"x," * 300_000 + b'"'
    tree = tree_of(b'{"a":' + long + b',"b":1}')
    assert raw(tree, path_to(tree, "a")) == long
    assert tree.value(path_to(tree, "a"), 100) == long[:100]
    assert raw(tree, path_to(tree, "b")) == b"1"


@pytest.mark.parametrize(
    ("data", "keys", "path"),
    [
        (b'{"a":[{"b c":[7]}]}', ("a", "0", "b c", "0"), "$.a[0]['b c'][0]"),
        (b'{"it\'s":1}', ("it's",), r"$['it\'s']"),
        (b'{"\\u00e9":1}', ("\\u00e9",), "$.\xe9"),
        (b'{"\\n":{"":2}}', ("\\n", ""), "$['\\n']['']"),
        (b"[5]", ("0",), "$[0]"),
    ],
)
def test_key_paths_are_jsonpath(data, keys, path):
    from jsonpath import findall

    tree = tree_of(data)
    node = path_to(tree, *keys)
    assert tree.path(node) == path
    assert findall(path, json.loads(data)) == [json.loads(raw(tree, node))]


def test_lines_of_json_are_numbered():
    tree = tree_of(b'{"a":1}\n{"a":2}\n')
    nodes = list(children(tree, tree.root))
    assert [tree.key(node) for node in nodes] == ["0", "1"]
    assert tree.path(next(children(tree, nodes[1]))) == "$[1].a"


def test_elements_attributes_and_texts():
    tree = tree_of(
        b"<?xml version='1.0'?><r><i id=\"1\" z='a&amp;b'>text</i><j/><k a=\"x\"><m>1</m>mixed<m>2</m></k></r>", "xml"
    )
    declaration, top = children(tree, tree.root)
    assert tree.kind(declaration) == "comment"
    first, second, third = children(tree, top)
    assert [(tree.key(part), raw(tree, part)) for part in children(tree, first)] == [
        ("@id", b"1"),
        ("@z", b"a&amp;b"),
        ("#text", b"text"),
    ]
    assert not tree.opens(second)
    assert [(tree.key(each), raw(tree, each)) for each in children(tree, third)][1:] == [
        ("m", b"1"),
        ("", b"mixed"),
        ("m", b"2"),
    ]


def test_comments_and_cdata_that_look_like_elements_are_none():
    tree = tree_of(b"<r><a><![CDATA[\n  <b>\n</r>\n]]></a><!--\n  <c>\n</r> --><d/></r>", "xml")
    top = next(children(tree, tree.root))
    assert [tree.key(node) for node in children(tree, top) if tree.kind(node) == "element"] == ["a", "d"]


def test_a_declaration_is_shown_with_all_that_is_in_it():
    declaration = b'<!DOCTYPE a [<!ENTITY x "a > b"><!ENTITY y "&x;">] >'
    tree = tree_of(b"<?xml version='1.0' x='>'?>" + declaration + b"<!-- > --><a>&y;</a>", "xml")
    nodes = list(children(tree, tree.root))
    assert [raw(tree, node) for node in nodes[:3]] == [b"<?xml version='1.0' x='>'?>", declaration, b"<!-- > -->"]


names = st.from_regex(r"[a-z]{1,5}", fullmatch=True)
texts = st.text(st.sampled_from("ab \xe9&<>'\""), max_size=8)


@st.composite
def elements(draw, depth=3):
    element = etree.Element(draw(names), {name: draw(texts) for name in draw(st.sets(names, max_size=2))})
    count = draw(st.integers(0, 4)) if depth else 0
    if not count:
        element.text = draw(texts)
    for _ in range(count):
        element.append(draw(elements(depth=depth - 1)))
    return element


@settings(max_examples=60, deadline=None)
@given(elements())
def test_it_finds_the_elements_of_a_parser(element):
    data = etree.tostring(element, encoding="utf-8")
    tree = tree_of(data, "xml")

    def same(node, expected):
        assert tree.key(node) == expected.tag
        inside = list(children(tree, node))
        assert {tree.key(part)[1:]: raw(tree, part).decode() for part in inside if tree.kind(part) == "attribute"} == {
            name: re.findall(rf' {name}="([^"]*)"', etree.tostring(expected, encoding="unicode"))[0]
            for name in expected.attrib
        }
        below = [each for each in inside if tree.kind(each) == "element"]
        assert len(below) == len(expected)
        for each, wanted in zip(below, expected, strict=True):
            assert element.xpath(tree.path(each)) == [wanted]
            same(each, wanted)

    same(next(children(tree, tree.root)), element)


def test_a_million_children_are_pages_and_the_first_is_there_at_once():
    tree = tree_of(b"[" + b",".join(b"%d" % number for number in range(1_000_000)) + b"]")
    rows = TreeRows(tree)
    began = time.perf_counter()
    top = rows.rows[0]
    rows.expand(top)
    assert time.perf_counter() - began < 3
    assert len(rows.rows) > 1000
    until_found(rows)
    pages = [node for node in top.nodes if node.page]
    assert [len(pages), sum(page.page for page in pages)] == [1000, 1_000_000]
    last = next(node for node in reversed(rows.rows) if node.page)
    rows.expand(last)
    until_found(rows)
    assert (raw(tree, rows.rows[-1]), tree.path(rows.rows[-1])) == (b"999999", "$[999999]")


def test_it_grows_with_the_body(tmp_path):
    spool = Spool(tmp_path)
    rows = TreeRows(Tree(spool, "json"))
    assert rows.rows == []
    text = formatted(b"[" + b",".join(b'{"a":%d}' % number for number in range(3000)) + b"]").read(0, 1 << 20)
    for piece in range(0, len(text), 1500):
        spool.write(text[piece : piece + 1500])
        rows.refresh()
        while piece == 0 and not rows.rows:
            threading.Event().wait(0.001)
            rows.refresh()
        rows.expand(rows.rows[0])
    spool.finish()
    until_found(rows)
    top = rows.rows[0]
    assert [node.page for node in top.nodes] == [1000, 1000, 1000]
    assert len(rows.rows) == 1 + 3 + 1000
    assert rows.tree.count(top) == (3000, True)
    assert [rows.tree.key(node) for node in rows.rows[2:5]] == ["0", "1", "2"]
    spool.close()


def test_opening_to_a_level_opens_no_more_and_all_below_is_bounded():
    tree = tree_of(json.dumps([[[1, [2]], [3]]] * 10).encode())
    rows = TreeRows(tree)
    open_below(rows, 2)
    assert max(node.depth for node in rows.rows) == 2
    rows.collapse_all()
    assert len(rows.rows) == 1
    many = TreeRows(tree_of(json.dumps([[0] * 200] * 900).encode()))
    open_below(many, 1 << 30)
    assert many.is_full
    assert len(many.rows) < MOST_ROWS + 2000


def test_a_subtree_ends_where_the_value_ends():
    tree = tree_of(b'{"a":[1,{"b":2}],"c":3}')
    node = path_to(tree, "a")
    stop = tree.end(node, 1 << 20)
    assert json.loads(tree.spool.read(node.start + tree.head(node).start, stop)) == [1, {"b": 2}]
    assert tree.end(node, 8) is None
    markup = tree_of(b'<r><a x="1"><b>t</b></a><c>u</c></r>', "xml")
    first, second = children(markup, next(children(markup, markup.root)))
    assert markup.spool.read(first.start, markup.end(first, 1 << 20)).split() == [
        b"<a",
        b'x="1">',
        b"<b>t</b>",
        b"</a>",
    ]
    assert markup.spool.read(second.start, markup.end(second, 1 << 20)).strip() == b"<c>u</c>"


@pytest.mark.parametrize(
    "data",
    [
        b"[" * 100_000 + b"]" * 100_000,
        b'{"a":' * 50_000 + b"1" + b"}" * 50_000,
        b"[1, oops, }{]",
        b"\x00\xff[\n\n]",
        b'{"a":1,}\n// words\n[',
        b'{"' + b"k" * 5000 + b'":1}',
        b"",
    ],
)
@pytest.mark.parametrize("language", ["json", "xml"])
def test_hostile_bodies_end_soon(data, language):
    began = time.perf_counter()
    rows = TreeRows(tree_of(data, language))
    for _ in range(300):
        node = rows.rows[-1] if rows.rows else None
        if node is None or not rows.expand(node):
            break
        rows.refresh()
    for node in rows.rows:
        rows.tree.key(node), rows.tree.path(node), raw(rows.tree, node), rows.tree.count(node)
    assert time.perf_counter() - began < 5
