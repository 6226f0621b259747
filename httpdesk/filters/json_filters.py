"""JSONPath, JMESPath and jq over a JSON body."""

import json
import re
from collections.abc import Callable, Iterator

from httpdesk.filters import json_values
from httpdesk.filters.job import NoResult, Outcome

Emit = Callable[[bytes], None]
_MOST_OUTPUTS = 1_000_000
# Numbers that jq, which counts in doubles, may write in another way.
_ROUNDED = re.compile(r"\d{16}|\d[eE]|\.\d*0\b|\d\.\d{15}")
_JQ_PLACE = re.compile(r"jq: error: (?P<what>.*?)(?: at <top-level>, line (?P<line>\d+), column (?P<column>\d+))?:?\n")
_JQ_IMPORTS = re.compile(r"\s*(?:import|include|module)\b")


def jsonpath(expression: str, value: object, emit: Emit) -> Outcome:
    """The matches as a JSON array (RFC 9535). Raises NoResult."""
    import jsonpath as library

    try:
        matches = library.finditer(expression, value)  # type: ignore[arg-type] # any value will do
        return Outcome(matches=_array((match.obj for match in matches), emit), shows="json")
    except library.JSONPathError as error:
        index = getattr(getattr(error, "token", None), "index", -1)
        words = str(error).partition("\n")[0]
        if "recursion depth" in words:
            raise RecursionError from None
        raise NoResult(_placed(words, index if 0 <= index < len(expression) else len(expression))) from None


def jmespath(expression: str, value: object, emit: Emit) -> Outcome:
    """The one value that the expression gives. Raises NoResult."""
    import jmespath as library
    from jmespath.exceptions import JMESPathError

    try:
        found = library.search(expression, value)
    except (JMESPathError, ValueError, TypeError) as error:
        place = getattr(error, "lex_position", None)
        words = str(error).removeprefix("Invalid jmespath expression: ")
        words = re.sub(r"^invalid token: Parse error at column \d+, ", "", words)
        words = words.partition("\n")[0].removesuffix(", for expression:").rstrip(":")
        raise NoResult(_placed(words, place) if place is not None else words) from None
    if found is None:
        return Outcome(shows="json")
    if isinstance(found, list):
        return Outcome(matches=_array(iter(found), emit), shows="json")
    emit(json_values.write(found))
    return Outcome(matches=1, shows="json")


def jq(expression: str, text: str, emit: Emit) -> Outcome:
    """Every output on a line of its own. Raises NoResult."""
    import jq as library

    try:
        program = library.compile(expression)
        if not _JQ_IMPORTS.match(expression):
            # An expression that never ends is to end some time; one output more tells that it did not by itself.
            program = library.compile(f"limit({_MOST_OUTPUTS + 1}; {expression}\n)")
        outputs = program.input_text(text).text()
    except ValueError as error:
        raise NoResult(_jq_fault(str(error))) from None
    matches = 0
    for line in outputs.splitlines() if outputs else ():
        if matches == _MOST_OUTPUTS:
            return Outcome(matches=matches, shows="json", is_cut=True)
        emit(line.encode("utf-8", "surrogatepass") + b"\n")
        matches += 1
    note = "jq may round numbers and drop zeros" if _ROUNDED.search(text) else ""
    return Outcome(matches=matches, shows="json", note=note)


def _array(values: Iterator[object], emit: Emit) -> int:
    count = 0
    for value in values:
        emit((b",\n" if count else b"[") + json_values.write(value))
        count += 1
    if count:
        emit(b"]")
    return count


def _placed(words: str, index: int) -> str:
    return f"Column {index + 1}: {words}"


def _jq_fault(words: str) -> str:
    if words.startswith("parse error"):
        return f"The body is not JSON: {words.removeprefix('parse error: ')}"
    found = _JQ_PLACE.match(words)
    if found is None:
        first = words.partition("\n")[0]
        return first.removeprefix("jq: error: ") or json.dumps(words)
    what = found["what"]
    if found["column"] is None:
        return what
    line = f"line {found['line']}, " if found["line"] != "1" else ""
    place = f"{line}column {found['column']}"
    return f"{place[0].upper()}{place[1:]}: {what}"
