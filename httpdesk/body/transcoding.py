"""Transcoding: a body in another charset, turned into UTF-8 as it arrives."""

import codecs

from httpdesk.body.spool import Spool

PIECE_BYTES = 1 << 17


class Transcoding:
    """Fills `target` with the UTF-8 of `source`, piece by piece; what cannot be decoded becomes U+FFFD."""

    def __init__(self, source: Spool, target: Spool, encoding: str) -> None:
        self._source, self._target = source, target
        self._decoder = codecs.getincrementaldecoder(encoding)(errors="replace")
        self._position = 0

    def advance(self) -> bool:
        """Turn the next piece; False when there is nothing new. Raises OSError on a full disk."""
        if self._target.finished:
            return False
        ended = self._source.finished  # before reading: what comes in between is not the end
        data = self._source.read(self._position, self._position + PIECE_BYTES)
        if not data and not ended:
            return False
        self._position += len(data)
        # Lone surrogates of UTF-16 have no UTF-8.
        self._target.write(self._decoder.decode(data, final=not data).encode("utf-8", "replace"))
        if not data:
            self._target.finish()
        return True
