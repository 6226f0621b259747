"""One content coding of a body: streams that follow each other, every end checked, nothing thrown away at a fault."""

from collections.abc import Generator, Iterator

from httpdesk.net.streams import ERRORS, INPUT_BYTES, open_stream

# Formats without a magic number decode a bit of anything: their first output waits until so much input was right.
PROOF_INPUT_BYTES = 1024
PROOF_OUTPUT_BYTES = 64 << 10
# What a stream begins with, also a second one in the same body.
_MAGIC = {"gzip": b"\x1f\x8b", "zstd": b"\x28\xb5\x2f\xfd"}


class Coding:
    """Takes one coding off a body; faults go to `faults`."""

    def __init__(self, name: str, faults: list[str]) -> None:
        self._name, self._faults = name, faults
        self._stream = open_stream(name)
        self._begun = self._dead = self._passing = False
        self._proven = False
        self._input = bytearray()
        self._held: list[bytes] = []
        self._after = b""

    @property
    def whole(self) -> bool:
        """Whether what was fed so far is the whole of a valid body (or nothing at all)."""
        return not self._begun or (self._stream.ended and not self._dead and not self._passing)

    def feed(self, data: bytes) -> Iterator[bytes]:
        """Decode; after a fault the rest is dropped, or passed on undecoded when nothing was right from the start."""
        for at in range(0, len(data), INPUT_BYTES):
            yield from self._take(data[at : at + INPUT_BYTES])

    def finish(self) -> Iterator[bytes]:
        """The body is over: name what is missing."""
        if self._after.strip(b"\0"):
            self._note(f"Bytes came after the end of the {self._name} data")
        if self._passing or self._dead:
            return
        if self._begun and not self._stream.ended:
            self._note(f"The {self._name} data ends early; what came before is shown")
            if not self._proven and not self._held:
                yield bytes(self._input)
        yield from self._release()

    def _take(self, data: bytes) -> Iterator[bytes]:
        while data and not self._dead:
            if self._passing:
                yield data
                return
            if self._stream.ended:
                data = yield from self._go_on(data)
                continue
            self._begun = True
            try:
                yield from self._decode(data)
            except ERRORS as error:
                yield from self._fail(error)
                return
            data = self._stream.rest

    def _decode(self, data: bytes) -> Iterator[bytes]:
        if not self._proven:
            self._input += data
        for piece in self._stream.feed(data):
            if self._proven:
                yield piece
                continue
            self._held.append(piece)
            if self._stream.certain or sum(map(len, self._held)) > PROOF_OUTPUT_BYTES:
                yield from self._release()
        if self._held and not self._stream.ended and len(self._input) >= PROOF_INPUT_BYTES:
            yield from self._release()
        if self._stream.ended and self._stream.rest and not self._proven:
            del self._input[-len(self._stream.rest) :]

    def _release(self) -> Iterator[bytes]:
        held, self._held = self._held, []
        self._proven = True
        self._input.clear()
        yield from held

    def _go_on(self, data: bytes) -> Generator[bytes, None, bytes]:
        """After the end of a stream another one may follow; returns what to decode next."""
        self._after += data
        magic = _MAGIC.get(self._name)
        if not self._after.strip(b"\0"):
            self._after = b""  # padding
        elif magic is not None and magic.startswith(self._after[: len(magic)]):
            if len(self._after) >= len(magic):
                data, self._after = self._after, b""
                self._stream = open_stream(self._name)
                return data
        elif self._proven:
            self._dead = True
        elif len(self._after) > len(self._input):
            # Less was used than is left over: this was never a stream of the format.
            self._input += self._after
            self._after = b""
            yield from self._fail(ValueError("it ends at once"))
        return b""

    def _fail(self, error: Exception) -> Iterator[bytes]:
        reason = str(error).partition("data: ")[2] or str(error)
        if self._proven:
            self._dead = True
            self._note(f"The {self._name} data is damaged ({reason}); what came before is shown")
            return
        self._passing = True
        self._note(f"The body is not {self._name}, although its header says so ({reason}); it is shown as it came")
        yield bytes(self._input)
        self._input.clear()

    def _note(self, fault: str) -> None:
        if fault not in self._faults:
            self._faults.append(fault)
