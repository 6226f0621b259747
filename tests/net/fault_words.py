"""Which words of the program's sentences belong to which fault of the zoo."""

WORDS = {
    "cut": r"ends (after|inside|before)|was reset|ended before",
    "extra": r"after the end of the answer|there is no body",
    "length": r"Content-Length",
    "framing": r"Transfer-Encoding",
    "chunk": r"[Cc]hunk",
    "header": r"[Hh]eader|folded",
    "status-line": r"status (line|code)",
    "not-http": r"not HTTP",
    "size": r"longer than",
    "encoding": r"gzip|deflate|br|zstd|encoded",
    "redirect": r"[Rr]edirect",
    "no-answer": r"without an answer|reset|closed|not sent whole",
    "time": r"within|limit|silent",
}
