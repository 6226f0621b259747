"""Standing: how the file of an open request stands to what is shown of it, and what can be decided about it."""

from enum import StrEnum


class Standing(StrEnum):
    """What another program did to the file, as far as the user has not decided about it."""

    SAME = "same"
    CHANGED = "changed"
    GONE = "gone"
    BROKEN = "broken"


class Choice(StrEnum):
    """What the user may decide: whose text counts, a look at both, or to write the file anew."""

    MINE = "mine"
    THEIRS = "theirs"
    BOTH = "both"
    SAVE = "save"
