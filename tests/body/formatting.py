"""Format a body for a test: at once, or cut into pieces of given sizes."""

from pathlib import Path

from httpdesk.body.pretty import Formatting
from httpdesk.body.spool import Spool

_MEMORY_BYTES = 1 << 40


def formatted(data, language, cuts=()):
    """The text and the fault of a body that arrives whole, or in pieces that end at `cuts`."""
    source, target = Spool(Path(), _MEMORY_BYTES), Spool(Path(), _MEMORY_BYTES)
    step = Formatting(source, target, language)
    position = 0
    for cut in [*sorted(cut for cut in cuts if 0 < cut < len(data)), len(data)]:
        source.write(data[position:cut])
        position = cut
        if cuts:
            while step.advance():
                pass
            assert not target.finished
    source.finish()
    while step.advance():
        pass
    assert target.finished
    return target.read(0, target.size_bytes), step.fault
