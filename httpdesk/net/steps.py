"""Steps: how far a hop got, in words for each of its stages."""

from httpdesk.core import urls, wording
from httpdesk.core.exchange import Phase
from httpdesk.core.problem import Problem, Stage, Step, StepState
from httpdesk.net.track import Track

_ORDER = tuple(Stage)


def steps_of(track: Track | None, failed: Stage, note: str) -> tuple[Step, ...]:
    """Every stage in order: done before `failed`, which gets the note, and not reached after it."""
    return tuple(_step(track, stage, failed, note) for stage in _ORDER)


def _step(track: Track | None, stage: Stage, failed: Stage, note: str) -> Step:
    if stage is failed:
        return Step(stage=stage, state=StepState.FAILED, note=note)
    if stage is Stage.TLS and track is not None and scheme_and_port(track)[0] == "http":
        return Step(stage=stage, state=StepState.UNUSED, note="not used, the address is http")
    if _ORDER.index(stage) > _ORDER.index(failed):
        return Step(stage=stage, state=StepState.PENDING, note="not reached")
    return Step(stage=stage, state=StepState.DONE, note=_done(track, stage) if track else "")


def _done(track: Track, stage: Stage) -> str:
    if stage is Stage.VARIABLES:
        return _variables(track)
    if stage is Stage.REQUEST:
        return f"{wording.size(track.hop.sent_bytes)} of body sent" if track.hop.sent_bytes else "sent"
    if track.reused and stage in (Stage.ADDRESS, Stage.TCP, Stage.TLS):
        return "a kept connection was used again"
    if stage is Stage.ADDRESS:
        return address_note(track)
    if stage is Stage.TCP:
        return f"connected{_after(track, Phase.TCP, ' in ')}, {_port(track)}"
    return f"{track.hop.connection.tls_version or 'done'}{_after(track, Phase.TLS, ', ')}"


def scheme_and_port(track: Track) -> tuple[str, int]:
    """Of the hop's URL, or ("", 0) where it is no URL."""
    try:
        scheme, _, port = urls.target(track.hop.url)
    except (Problem, ValueError):
        return "", 0
    return scheme, port


def _variables(track: Track) -> str:
    pairs: tuple[tuple[str, str], ...] = track.variables
    in_url = [pair for pair in pairs if pair[1] and pair[1] in track.hop.url]
    if not pairs:
        return "none used"
    name, value = (in_url or list(pairs))[0]
    more = len(pairs) - 1
    return f"{name} is {_short(value)}" + (f", and {more} more" if more else "")


def address_note(track: Track) -> str:
    """The addresses of the host and how they were found."""
    if not track.addresses:
        return ""
    first, count = track.addresses[0], len(track.addresses)
    shown = first if count == 1 else f"{count} addresses, {first} first"
    how = f"found{_after(track, Phase.DNS, ' in ')}" if track.looked_up else "no DNS needed"
    via = f", the proxy {track.proxy.rpartition('/')[2]}" if track.proxy else ""
    return f"{shown}, {how}{via}"


def _port(track: Track) -> str:
    if track.proxy:
        return f"the proxy {track.proxy.rpartition('/')[2]}"
    return f"port {scheme_and_port(track)[1]}"


def _after(track: Track, phase: Phase, before: str) -> str:
    length = track.length_ms(phase)
    return "" if length is None else before + wording.duration(length)


def _short(text: str, limit: int = 60) -> str:
    line = " ".join(text.split())
    return line if len(line) <= limit else line[: limit - 1] + "…"
