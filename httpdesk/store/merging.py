"""Merging: what the program changed, put into a file's values so that all it does not know stays as written."""

from difflib import SequenceMatcher

import msgspec

Values = dict[str, object]

# These belong to their "type": with another type nothing of the old one may stay.
_WHOLE = {"auth", "body"}
# Where a value may stand as {type: ..., data: ...} or {type: ..., content: ...}.
_WRAPS = ("data", "content")
# In this order new keys are put between those that a file already has.
_ORDER = (
    ("opencollection", "info", "http", "websocket", "grpc", "graphql", "request", "runtime", "settings"),
    ("title", "name", "type", "seq", "color", "secret", "method", "url", "filePath", "value", "variables"),
    ("headers", "params", "data", "body", "auth", "contentType", "selected", "description", "disabled"),
    ("config", "examples", "docs", "extensions"),
)
_RANK = {key: rank for rank, key in enumerate(key for keys in _ORDER for key in keys)}


def merged(raw: object, old: object, new: object) -> object:
    """The values of a file (`raw`, understood as `old`) as they must be for it to be understood as `new`.

    Nothing in `raw` is changed: parts that stay the same are the same objects.
    """
    if old == new:
        return raw
    if isinstance(old, dict) and isinstance(new, dict):
        if isinstance(raw, dict):
            return _mapping(raw, old, new)
        if isinstance(raw, list):
            return _chosen(raw, old, new)
    if isinstance(raw, list) and isinstance(old, list) and isinstance(new, list):
        return _items(raw, old, new)
    if isinstance(raw, dict) and not isinstance(old, dict | list) and not isinstance(new, dict | list):
        for wrap in _WRAPS:
            if wrap in raw:
                return {**raw, wrap: new}
    return new


def _mapping(raw: Values, old: Values, new: Values) -> Values:
    result = dict(raw)
    for key in dict.fromkeys((*old, *new)):
        before, after = old.get(key), new.get(key)
        if before == after:
            continue
        if key not in raw:
            result = _with(result, key, after) if key in new else result
            continue
        if key in _WHOLE and _kind(before) != _kind(after):
            value = after
        else:
            value = merged(raw[key], _like(after, before), _like(before, after))
        if value is None or (value in ({}, []) and key not in new):
            del result[key]
        else:
            result[key] = value
    return result


def _kind(value: object) -> object:
    return value.get("type") if isinstance(value, dict) else value


def _like(other: object, value: object) -> object:
    """The value, or for None an empty one of the other's kind: what the program does not say may still be there."""
    return type(other)() if value is None and isinstance(other, dict | list) else value


def _with(values: Values, key: str, value: object) -> Values:
    """The values with a new key at the place where it usually stands."""
    rank = _RANK.get(key, len(_RANK))
    later = next((other for other in values if _RANK.get(other, -1) > rank), None)
    if later is None:
        return {**values, key: value}
    result: Values = {}
    for name, entry in values.items():
        if name == later:
            result[key] = value
        result[name] = entry
    return result


def _chosen(raw: list[object], old: Values, new: Values) -> object:
    """A list of alternatives stands where one body was read: the change goes to the one that was read."""
    for number, item in enumerate(raw):
        if item is chosen(raw) and isinstance(item, dict) and isinstance(item.get("body"), dict):
            return [*raw[:number], {**item, "body": merged(item["body"], old, new)}, *raw[number + 1 :]]
    return new


def chosen(alternatives: list[object]) -> object:
    """The alternative that counts: the selected one, or the first."""
    selected = (item for item in alternatives if isinstance(item, dict) and item.get("selected") is True)
    return next(selected, alternatives[0] if alternatives else None)


def _items(raw: list[object], old: list[object], new: list[object]) -> list[object]:
    places = _places(raw, old)
    partners = _partners(old, new)
    result: list[tuple[int, object]] = []
    for number, item in enumerate(new):
        before = partners.get(number)
        place = places.get(before, -1) if before is not None else -1
        result.append((place, merged(raw[place], old[before], item) if before is not None and place >= 0 else item))
    known = set(places.values())
    for place, item in enumerate(raw):  # what was not understood stays behind what it stood behind
        if place not in known:
            before_it = (at for at, (other, _) in enumerate(result) if 0 <= other < place)
            result.insert(max(before_it, default=-1) + 1, (place, item))
    return [item for _, item in result]


def _places(raw: list[object], old: list[object]) -> dict[int, int]:
    """For each old item the item in the file that it was read from, known by its name and kind, in order."""
    places: dict[int, int] = {}
    left = list(range(len(raw)))
    for number, item in enumerate(old):
        place = next((at for at in left if _identity(raw[at]) == _identity(item)), None)
        if place is not None:
            places[number] = place
            left.remove(place)
    return places


def _partners(old: list[object], new: list[object]) -> dict[int, int]:
    """For each new item the old one that it came from: the same one, one of the same name, or the one in its place."""
    old_texts, new_texts = ([msgspec.json.encode(item) for item in items] for items in (old, new))
    partners: dict[int, int] = {}
    for _, start, end, other, _ in SequenceMatcher(None, new_texts, old_texts, autojunk=False).get_opcodes():
        if new_texts[start:end] == old_texts[other : other + end - start]:
            partners.update({start + step: other + step for step in range(end - start)})
    left_new = [number for number in range(len(new)) if number not in partners]
    left_old = [number for number in range(len(old)) if number not in partners.values()]
    for number in list(left_new):
        match = next((at for at in left_old if _identity(old[at]) == _identity(new[number])), None)
        if match is not None:
            partners[number] = match
            left_new.remove(number)
            left_old.remove(match)
    if len(left_new) == len(left_old):
        partners.update(zip(left_new, left_old, strict=True))
    return partners


def _identity(item: object) -> object:
    if not isinstance(item, dict):
        return str(item)
    name = item.get("name", item.get("filePath", item.get("title", "")))
    body = item.get("body")
    kind = str(body.get("type")) if isinstance(body, dict) else ""
    return ("" if name is None else str(name), item.get("type") == "path", kind)
