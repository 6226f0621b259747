"""Quick start: keeps slow imports that nothing needs out of the way of the first picture; imported before all else."""

import sys

# msgspec takes a few names from typing_extensions where that is installed, which costs 25 ms; from Python 3.11 on they
# are in typing, where it looks next.
if "typing_extensions" not in sys.modules and "msgspec" not in sys.modules:
    sys.modules["typing_extensions"] = None  # type: ignore[assignment] # makes the import fail
    try:
        import msgspec as msgspec
    finally:
        del sys.modules["typing_extensions"]
