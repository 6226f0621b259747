"""Decoding: the content codings of a body taken off in the right order, at constant memory."""

from collections.abc import Iterator, Sequence

from httpdesk.net.codings import Coding
from httpdesk.net.streams import CODINGS

LIMIT = 5


def codings_of(values: Sequence[str]) -> tuple[str, ...]:
    """The codings that Content-Encoding headers name, in the order in which they were applied; "x-gzip" is "gzip"."""
    names = [name.strip().lower() for value in values for name in value.split(",")]
    return tuple(name.removeprefix("x-") for name in names if name not in ("", "identity"))


class Decoder:
    """A chain of stages; what can't be decoded is passed on as it came and named in `faults`."""

    def __init__(self, codings: Sequence[str], faults: list[str]) -> None:
        self._stages: list[Coding] = []
        if len(codings) > LIMIT:
            faults.append(f"The body is encoded {len(codings)} times over; it is shown as it came")
            return
        for coding in reversed(codings):
            if coding not in CODINGS:
                faults.append(
                    f"The body is encoded as {coding[:40]}, which is not known here; that part is left as it is"
                )
                break
            self._stages.append(Coding(coding, faults))

    @property
    def idle(self) -> bool:
        """Whether there is nothing to decode."""
        return not self._stages

    @property
    def whole(self) -> bool:
        """Whether every stage came to its proper end."""
        return all(stage.whole for stage in self._stages)

    def feed(self, data: bytes) -> Iterator[bytes]:
        """Decode in pieces of a bounded size, made one at a time."""
        return self._through(0, data)

    def finish(self) -> Iterator[bytes]:
        """The last pieces; what is missing is named."""
        for index, stage in enumerate(self._stages):
            for piece in stage.finish():
                yield from self._through(index + 1, piece)

    def _through(self, index: int, data: bytes) -> Iterator[bytes]:
        if index == len(self._stages):
            yield data
            return
        for piece in self._stages[index].feed(data):
            yield from self._through(index + 1, piece)
