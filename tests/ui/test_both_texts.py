"""Two texts side by side: the same lines at the same height, the others marked."""

from hypothesis import given
from hypothesis import strategies as st

from httpdesk.ui.both_texts import side_by_side

TEXTS = st.lists(st.sampled_from(["a: 1", "b: 2", "", "  c: 3", "d"]), max_size=12).map("\n".join)


def test_a_changed_line_stands_beside_the_other_one():
    left, right = side_by_side("a\nmine\nb", "a\ntheirs\nb")
    assert [line.kind for line in left] == ["equal", "mine", "equal"]
    assert [line.kind for line in right] == ["equal", "theirs", "equal"]


def test_lines_of_one_side_leave_a_gap_at_the_other():
    left, right = side_by_side("a\nb", "a\nnew\nb")
    assert [line.kind for line in left] == ["equal", "gap", "equal"]
    assert [line.text for line in right] == ["a", "new", "b"]


@given(TEXTS, TEXTS)
def test_no_line_is_lost_and_both_sides_are_as_long(mine, theirs):
    left, right = side_by_side(mine, theirs)
    assert len(left) == len(right)
    assert [line.text for line in left if line.kind != "gap"] == mine.splitlines()
    assert [line.text for line in right if line.kind != "gap"] == theirs.splitlines()
    for one, other in zip(left, right, strict=True):
        assert (one.kind == "equal") == (other.kind == "equal")
        assert one.kind != "equal" or one.text == other.text


def test_long_texts_are_compared_without_waiting():
    words = "\n".join(map(str, range(50_000)))
    left, right = side_by_side(words, words + "\nx")
    assert len(left) == len(right) == 50_001
