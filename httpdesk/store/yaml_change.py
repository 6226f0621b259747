"""YAML change: a file's values changed in place, so that comments, order and spelling around them stay.

The only place that uses yaml-edit. Whatever it makes is read back and compared before it counts.
"""

from difflib import SequenceMatcher
from typing import Any

from httpdesk.core.problem import Problem
from httpdesk.store import yaml_read, yaml_text

Values = dict[str, object]
_BOM = b"\xef\xbb\xbf"


def changed(data: bytes, old: Values, new: Values, name: str) -> bytes:
    """The bytes of a file whose values were `old`, with the values `new`; BOM and line ends stay as they are.

    Raises Problem (kind "not-changed") where no text gives exactly these values.
    """
    if old == new:
        return data
    text = data.decode("utf-8-sig")
    lines = text.replace("\r\n", "\n")
    for attempt in (_in_place, _by_section, _anew):
        result = attempt(lines, old, new)
        if result is None:
            continue
        if (
            lines.endswith("\n")
            and not lines.endswith("\n\n")
            and _gives(tidy := result.rstrip("\n") + "\n", new, name)
        ):
            result = tidy  # what went away at the end took no blank line with it
            break
        if _gives(result, new, name):
            break
    else:
        raise Problem(f"{name} can't be changed safely", "The file was left as it is.", kind="not-changed", where=name)
    ended = _with_line_ends(text, result)
    return (_BOM if data.startswith(_BOM) else b"") + ended.encode()


def written(values: Values, name: str) -> bytes:
    """The bytes of a new file; raises Problem (kind "not-changed") where they would not be read back as they are."""
    text = yaml_text.dump(values)
    if not _gives(text, values, name):
        raise Problem(
            f"{name} can't be written", "It holds characters that no file can hold.", kind="not-changed", where=name
        )
    return text.encode()


def _gives(text: str, values: Values, name: str) -> bool:
    try:
        return yaml_read.mapping(text.encode(), name) == values
    except (Problem, UnicodeEncodeError):
        return False


def _in_place(text: str, old: Values, new: Values) -> str | None:
    if not old:  # nothing, or comments alone
        return text + yaml_text.dump(new)
    return _edited(text, lambda document: _change_mapping(document, old, new))


def _by_section(text: str, old: Values, new: Values) -> str | None:
    """Coarser: every top-level entry that changed is written anew."""

    def change(document: Any) -> None:
        for key in old:
            if key not in new:
                document.remove(key)
        for key, value in new.items():
            if key not in old or old[key] != value:
                document.set(key, _styled(value))

    return _edited(text, change)


def _anew(text: str, old: Values, new: Values) -> str | None:
    """The last resort, which loses comments but no value; not where the file holds more than one document."""
    del old
    return yaml_text.dump(new) if yaml_read.is_one_document(text) else None


def _edited(text: str, change: Any) -> str | None:
    import yaml_edit

    try:
        document = yaml_edit.Document.parse(text)
        change(document)
        return str(document)
    except (yaml_edit.YamlError, ValueError, TypeError, LookupError, AttributeError):
        return None
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # what a fault in Rust arrives as
            raise
        return None


def _change_mapping(target: Any, old: Values, new: Values) -> None:
    for key in old:
        if key not in new:
            target.remove(key)
    names = list(new)
    for at, key in enumerate(names):
        value = new[key]
        if key in old:
            if old[key] is not value and old[key] != value:
                _change_value(target, key, old[key], value)
            continue
        later = next((name for name in names[at + 1 :] if name in old), None)
        if later is None or not target.insert_before(later, key, _styled(value)):
            target.set(key, _styled(value))


def _change_value(target: Any, key: Any, old: object, new: object) -> None:
    node = target[key]
    if old and new and isinstance(old, dict) and isinstance(new, dict) and node.is_mapping():
        _change_mapping(node.as_mapping(), old, new)
    elif old and new and isinstance(old, list) and isinstance(new, list) and node.is_sequence():
        _change_items(node.as_sequence(), old, new)
    else:
        target[key] = _styled(new)


def _change_items(target: Any, old: list[object], new: list[object]) -> None:
    """From the last difference to the first, so that the numbers of items before it stay right."""
    old_texts, new_texts = [repr(item) for item in old], [repr(item) for item in new]
    for _, start, end, other, other_end in reversed(SequenceMatcher(None, old_texts, new_texts, False).get_opcodes()):
        if old_texts[start:end] == new_texts[other:other_end]:
            continue
        both = min(end - start, other_end - other)
        for number in reversed(range(start + both, end)):
            del target[number]
        for number in range(other + both, other_end):
            position = start + number - other
            if position >= len(target):
                target.append(_styled(new[number]))
            else:
                target.insert(position, _styled(new[number]))
        for step in range(both):
            _change_value(target, start + step, old[start + step], new[other + step])


def _styled(value: object) -> Any:
    """The value, its texts quoted or in blocks as in files that yaml_text writes."""
    import yaml_edit

    if isinstance(value, dict):
        return {key: _styled(entry) for key, entry in value.items()}
    if isinstance(value, list):
        return [_styled(entry) for entry in value]
    if not isinstance(value, str):
        return value
    if yaml_text.fits_block(value):
        return yaml_edit.ScalarValue(value, style="literal")
    if yaml_text.scalar(value) != value:
        return yaml_edit.ScalarValue(value, style="double-quoted")
    return yaml_edit.ScalarValue(value, style="plain")


def _with_line_ends(before: str, after: str) -> str:
    """The new text, each line that was there before with the line end it had, new ones with that of the first line."""
    if "\r\n" not in before:
        return after
    usual = "\r\n" if before.split("\n", 1)[0].endswith("\r") else "\n"
    old_rows, rows = before.split("\n"), after.split("\n")
    bare = [row.removesuffix("\r") for row in old_rows]
    result = [row + ("\r" if usual == "\r\n" else "") for row in rows[:-1]] + [rows[-1]]
    for tag, start, _, other, other_end in SequenceMatcher(None, bare, rows, False).get_opcodes():
        if tag == "equal":
            result[other:other_end] = [old_rows[start + step] for step in range(other_end - other)]
    return "\n".join(result)
