"""Words: heads, problems and the story of a send as lines for a terminal."""

from collections.abc import Iterator

from httpdesk.cli.terminal import coloured, safe
from httpdesk.core import wording
from httpdesk.core.exchange import Exchange, Head, Hop
from httpdesk.core.problem import Problem, Remedy, StepState
from httpdesk.core.redact import MASK, redact
from httpdesk.core.wire import WireHeader
from httpdesk.net.redirects import is_credential

_STATES = {StepState.DONE: "good", StepState.FAILED: "bad", StepState.PENDING: "hint", StepState.UNUSED: "hint"}
_SIGNS = {StepState.DONE: "ok", StepState.FAILED: "failed", StepState.PENDING: "-", StepState.UNUSED: "-"}
_WINDOW_ONLY = frozenset({"Choose the environment that has it, at the top right"})
# What the window says of its pages and settings, as options.
_AS_OPTIONS = {
    "Choose another file in the Body tab": "Choose another file",
    "Choose another file in the settings": "Choose another file",
    "Choose another method, at the left of the URL": "Choose another method",
    "Allow more redirects": "Allow more redirects: --max-redirects N",
    "Correct the proxy in the settings": "Correct --proxy, or http_proxy and https_proxy in the environment",
    "Choose no proxy for this request": "Use no proxy: --proxy none",
    "Give them in the settings": "Give them: --proxy http://NAME:PASSWORD@HOST:PORT",
    "Where only a proxy leads out, name it in the settings": "Where only a proxy leads out, name it: --proxy URL",
    "Check the client certificate in the settings": "Check --cert, --key and --passphrase",
    "Choose the certificate (PEM or PFX) for this host": "Give the certificate (PEM or PFX) for this host: --cert FILE",
    "Choose another client certificate": "Choose another client certificate: --cert FILE",
    "Where the server asks for a client certificate, choose it": "Where it asks for a client certificate: --cert FILE",
    "Add the authority that signed it to those you trust": "Trust the authority that signed it: --cacert FILE",
    "Add it to the authorities that you trust, as a PEM file": "Trust it, as a PEM file: --cacert FILE",
    "Allow a lower version in the settings, for a test only": "Allow a lower version, for a test only: --min-tls 1.0",
    "An old server may need a lower TLS version, for a test only": "An old server may need --min-tls 1.0, for a test",
    "Allow TLS 1.0 in the settings, which also allows weak keys, for a test only": (
        "Allow weak keys, for a test only: --min-tls 1.0"
    ),
    "Try another lowest TLS version": "Try another lowest TLS version: --min-tls VERSION",
}


def plain(words: str) -> str:
    """Words with plain spaces: not every console has a narrow one."""
    return words.replace("\u202f", " ")


def size(count_bytes: int) -> str:
    """Bytes with their unit."""
    return plain(wording.size(count_bytes))


def duration(length_ms: float) -> str:
    """A time span with its unit."""
    return plain(wording.duration(length_ms))


def problem_text(problem: Problem, secrets: frozenset[str] = frozenset(), *, colours: bool = False) -> str:
    """A problem: what failed, why, how far it got, what to try."""
    lines = [coloured(f"httpdesk: {safe(problem.title)}", "bad", colours=colours)]
    if problem.detail:
        lines.append(f"  {safe(problem.detail)}")
    if problem.steps:
        lines.append("")
        for step in problem.steps:
            sign = coloured(f"{_SIGNS[step.state]:<6}", _STATES[step.state], colours=colours)
            lines.append(f"  {step.stage:<9}  {sign}  {safe(step.note)}".rstrip())
    if problem.remedies:
        lines += ["", "  What to try:"]
        lines += [f"  - {safe(words)}" for words in remedies_of(problem)]
    if problem.evidence:
        lines += ["", f"  {coloured(safe(problem.evidence), 'hint', colours=colours)}"]
    return plain(redact("\n".join(lines) + "\n", secrets))


def remedies_of(problem: Problem) -> list[str]:
    """What to try, in the words of a command line where the window has a button."""
    return list(dict.fromkeys(_remedy(remedy) for remedy in problem.remedies if remedy.text not in _WINDOW_ONLY))


def _remedy(remedy: Remedy) -> str:
    if remedy.action == "edit_environment":
        return f"Give {remedy.value} a value: --var {remedy.value}=VALUE, or --env FILE"
    if remedy.action == "trust_host":
        return "--insecure accepts any certificate. " + remedy.text.partition(". ")[2]
    if remedy.action == "set_time_limit":
        option = "--connect-timeout" if "connect" in remedy.value else "--timeout"
        return f"Allow more time: {option} SECONDS (0: no limit)"
    return _AS_OPTIONS.get(remedy.text, remedy.text)


def head_text(head: Head, *, colours: bool = False) -> str:
    """Status line and headers as received, and the empty line behind them."""
    status = safe(f"HTTP/{head.http_version} {head.status} {head.reason}".rstrip())
    lines = [coloured(status, "good" if head.status < 400 else "bad", colours=colours)]
    lines += [f"{coloured(safe(name), 's_key', colours=colours)}: {safe(value)}" for name, value in head.headers]
    return "\n".join(lines) + "\n\n"


def faults_text(hop: Hop, *, colours: bool = False) -> str:
    """What the server got wrong, a line each."""
    lines = (f"httpdesk: {plain(safe(fault))}" for fault in hop.faults)
    return "".join(coloured(line, "warning", colours=colours) + "\n" for line in lines)


def sent_headers(hop: Hop) -> list[tuple[str, str]]:
    """The headers that were sent, credentials masked: typed by hand they are no secrets of the request."""
    return [
        (name, _masked(value) if is_credential(WireHeader(name=name, value=value), ()) else value)
        for name, value in hop.sent_headers
    ]


def story_text(exchange: Exchange) -> str:
    """What was sent, where and when, as "curl -v" tells it."""
    lines = [line for hop in exchange.hops for line in _hop(hop)]
    end = f"* {exchange.outcome or 'ended'} after {duration(exchange.total_ms)}"
    lines.append(f"{end}, request id {exchange.request_id}")
    return redact("\n".join(map(safe, lines)) + "\n", exchange.request.secrets)


def _hop(hop: Hop) -> Iterator[str]:
    connection = hop.connection
    if connection.peer:
        kept = "kept connection" if connection.reused else "new connection"
        through = f" through {connection.proxy}" if connection.proxy else ""
        yield f"* {kept} to {connection.peer}{through}"
    if connection.tls_version:
        checked = "certificate checked" if connection.verified else "certificate NOT checked"
        yield f"* {connection.tls_version}, {connection.cipher}, {checked}"
        yield from (f"* certificate of {each.subject} by {each.issuer}" for each in connection.certificates)
    yield f"> {hop.method} {hop.url}"
    yield from (f"> {name}: {value}" for name, value in sent_headers(hop))
    for head in (*hop.interim, *([hop.head] if hop.head else [])):
        yield f"< HTTP/{head.http_version} {head.status} {head.reason}".rstrip()
        yield from (f"< {name}: {value}" for name, value in head.headers)
    if hop.phases:
        yield "* " + ", ".join(f"{time.phase} {duration(time.length_ms)}" for time in hop.phases)
    if hop.body is not None:
        decoded = f", {size(hop.body.size_bytes)} decoded" if hop.encodings else ""
        yield f"* body {size(hop.wire_bytes)}{decoded}" + ("" if hop.complete else ", not complete")


def _masked(value: str) -> str:
    scheme, space, _ = value.partition(" ")
    return f"{scheme} {MASK}" if space and "=" not in scheme else MASK
