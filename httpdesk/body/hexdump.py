"""Bytes as rows of hexadecimal numbers and ASCII."""

ROW_BYTES = 16
# A middle dot (one byte in Latin-1) for what is not printable ASCII.
_PRINTABLE = bytes(code if 32 <= code < 127 else 0xB7 for code in range(256))


def characters(data: bytes) -> str:
    """The bytes as ASCII, with a dot for each that is none."""
    return data.translate(_PRINTABLE).decode("latin-1")


def numbers(data: bytes) -> str:
    """Up to 16 bytes as numbers in two groups of eight."""
    words = data.hex(" ")
    return f"{words[:23]:<23}  {words[24:]}".rstrip()


def hexdump(data: bytes, offset: int = 0, row_bytes: int = ROW_BYTES) -> str:
    """Rows of 16 or 8 bytes: "00000010  00 00 06 40 00 00 03 84  08 06 00 00 00 b0 e2 c1  ···@············"."""
    width = 3 * row_bytes - (row_bytes < ROW_BYTES)  # no gap in the middle
    rows = (data[i : i + row_bytes] for i in range(0, len(data), row_bytes))
    return "\n".join(
        f"{offset + i * row_bytes:08x}  {numbers(row):<{width}}  {characters(row)}" for i, row in enumerate(rows)
    )
