"""Slots: every running window has a session file of its own; what ended windows left unsaved is found again."""

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from httpdesk.store import session
from httpdesk.store.lock import FileLock
from httpdesk.store.session import Session

_MOST = 100


class Slot(NamedTuple):
    """A session file that no other running window writes, as long as the lock is held."""

    file: Path
    lock: FileLock | None

    def release(self) -> None:
        """The window ends."""
        if self.lock is not None:
            self.lock.release()


class Left(NamedTuple):
    """The session of a window that is gone, and its slot, which is held meanwhile."""

    session: Session
    slot: Slot

    def keep(self) -> None:
        """Leave the file to the next start."""
        self.slot.release()

    def discard(self) -> None:
        """All of it is kept elsewhere: take the file away."""
        with contextlib.suppress(OSError):
            self.slot.file.unlink()
        self.slot.release()


def claim(first: Path) -> Slot:
    """The first free session file: session.json, session-2.json and so on."""
    try:
        first.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        for number in range(1, _MOST):
            slot = _take(first, number)
            if slot is not None:
                return slot
    except OSError:  # nothing can be written there: the keeper says so
        pass
    return Slot(first, None)


def left_behind(first: Path) -> list[Left]:
    """The sessions of windows that are gone, beside the first one's; each is held until it is kept or discarded."""
    found = []
    for number in _numbers(first):
        with contextlib.suppress(OSError):
            slot = _take(first, number)
            if slot is not None:
                kept, fault = session.load(slot.file)
                if fault:  # set aside: nothing to take over
                    slot.release()
                else:
                    found.append(Left(kept, slot))
    return found


def _numbers(first: Path) -> Iterator[int]:
    for number in range(2, _MOST):
        if _file(first, number).exists():
            yield number


def _file(first: Path, number: int) -> Path:
    return first if number == 1 else first.with_name(f"{first.stem}-{number}{first.suffix}")


def _take(first: Path, number: int) -> Slot | None:
    file = _file(first, number)
    lock = FileLock(file.with_suffix(".lock"))
    return Slot(file, lock) if lock.take() else None
