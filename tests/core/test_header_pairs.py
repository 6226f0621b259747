"""Headers of two answers side by side."""

from httpdesk.core.header_pairs import MINUS, header_pairs


def signs(left, right):
    return [(pair.sign, pair.name, pair.left, pair.right) for pair in header_pairs(left, right)]


def test_the_same_names_stand_beside_each_other_in_any_case():
    left = [("Content-Type", "a"), ("X-Old", "1"), ("Date", "now")]
    right = [("date", "then"), ("content-type", "a"), ("X-New", "2")]
    assert signs(left, right) == [
        ("", "Content-Type", "a", "a"),
        (MINUS, "X-Old", "1", None),
        ("~", "Date", "now", "then"),
        ("+", "X-New", None, "2"),
    ]


def test_headers_that_come_several_times_are_paired_in_order():
    left = [("Set-Cookie", "a=1"), ("Vary", "x"), ("Set-Cookie", "b=1")]
    right = [("Set-Cookie", "a=1"), ("set-cookie", "b=2"), ("Set-Cookie", "c=3")]
    assert signs(left, right) == [
        ("", "Set-Cookie", "a=1", "a=1"),
        (MINUS, "Vary", "x", None),
        ("~", "Set-Cookie", "b=1", "b=2"),
        ("+", "Set-Cookie", None, "c=3"),
    ]


def test_an_answer_without_headers():
    assert signs([], [("A", "1"), ("a", "2")]) == [("+", "A", None, "1"), ("+", "a", None, "2")]
    assert signs([("A", "")], []) == [(MINUS, "A", "", None)]
