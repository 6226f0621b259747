"""Numbers with their units."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from httpdesk.core import wording

THIN = "\u202f"


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (0, "0 B"),
        (96, "96 B"),
        (999, "999 B"),
        (1000, "1 KB"),
        (12_400, "12.4 KB"),
        (999_949, "999.9 KB"),
        (999_950, "1 MB"),
        (5_000_000, "5 MB"),
        (1_050_000_000, "1.05 GB"),
        (2_000_000_000_000_000, "2000 TB"),
    ],
)
def test_sizes(count, words):
    assert wording.size(count) == words.replace(" ", THIN)


@pytest.mark.parametrize(
    ("length_ms", "words"),
    [
        (0.0, "0.0 ms"),
        (0.42, "0.4 ms"),
        (9.94, "9.9 ms"),
        (9.96, "10 ms"),
        (184.4, "184 ms"),
        (999.4, "999 ms"),
        (999.6, "1.00 s"),
        (2310.0, "2.31 s"),
        (9996.0, "10.0 s"),
        (30_000.0, "30.0 s"),
        (59_940.0, "59.9 s"),
        (59_960.0, "1 min_0 s"),
        (60_000.0, "1 min_0 s"),
        (185_000.0, "3 min_5 s"),
        (3_600_000.0, "60 min_0 s"),
    ],
)
def test_durations(length_ms, words):
    assert wording.duration(length_ms) == words.replace(" ", THIN).replace("_", " ")


@given(st.floats(min_value=0, max_value=1e9) | st.floats(min_value=59_000, max_value=61_000))
def test_a_duration_never_says_sixty_seconds(length_ms):
    assert not re.search(rf"(^|\D)60(\.0)?{THIN}s", wording.duration(length_ms))


def test_limits_and_rates():
    assert wording.limit(30.0) == f"30{THIN}s"
    assert wording.limit(0.5) == f"0.5{THIN}s"
    assert wording.rate(9_100_000.4) == f"9.1{THIN}MB/s"
