"""Form data with one pair a line, as received."""


class FormFormatter:
    """Breaks the line behind each &."""

    fault, depth = "", 0

    def feed(self, data: bytes, *, ended: bool) -> tuple[bytes, int]:
        """Format the next piece; gives text and how many bytes of the piece it is. `ended`: no more will come."""
        # A line break may follow; it must not be doubled.
        consumed = len(data) - (not ended and data.endswith(b"&"))
        return data[:consumed].replace(b"&\n", b"&").replace(b"&", b"&\n"), consumed
