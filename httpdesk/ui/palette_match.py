"""How the palette finds: words in any order, each one whole or as letters in their order, the best first."""

from typing import NamedTuple

_WHOLE, _WORD_START, _FIRST = 1000, 400, 200
_SCATTERED = 300


class Match(NamedTuple):
    """How well a title fits (higher is better), and which of its letters did."""

    score: int
    hits: frozenset[int]


def match(query: str, title: str, around: str = "") -> Match | None:
    """Fit every word of a query into a title, or failing that whole into the words around it; None if one fits nowhere.

    Both are compared without regard to case.
    """
    low, low_around = title.lower(), around.lower()
    score, hits = 0, set[int]()
    for word in query.lower().split():
        at = _find_whole(word, low)
        if at >= 0:
            starts = at == 0 or not low[at - 1].isalnum()
            score += _WHOLE + _WORD_START * starts + _FIRST * (at == 0) - at
            hits.update(range(at, at + len(word)))
        elif word in low_around:
            score += _FIRST
        elif places := _find_scattered(word, low):
            score += _SCATTERED - (places[-1] - places[0])
            hits.update(places)
        else:
            return None
    return Match(score - len(title), frozenset(hits))


def _find_whole(word: str, text: str) -> int:
    """Where a word is in a text, at the start of one of its words if it can be; -1 if nowhere."""
    first = at = text.find(word)
    while at > 0 and text[at - 1].isalnum():
        at = text.find(word, at + 1)
    return at if at >= 0 else first


def _find_scattered(word: str, text: str) -> list[int]:
    """Where the letters of a word are in a text, one after the other; empty if they are not."""
    places: list[int] = []
    for letter in word:
        at = text.find(letter, places[-1] + 1 if places else 0)
        if at < 0:
            return []
        places.append(at)
    return places
