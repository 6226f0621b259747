"""Options: what the command line understands, and its help."""

import argparse
from collections.abc import Sequence

import msgspec

from httpdesk import __version__

_EXIT_CODES = """\
exit codes:
   0  an answer came, whatever its status
   1  another problem
   2  wrong usage, or the request cannot be sent as it is written
   3  a variable has no value
   4  a file cannot be used
   5  the name of the proxy cannot be resolved
   6  the name of the host cannot be resolved
   7  no connection
  22  with --fail: the status is 400 or above
  23  what came cannot be written
  28  a time limit
  35  TLS failed
  47  too many redirects
  52  no answer
  55  the connection broke while the request was sent
  56  the answer is not complete
  58  the server wants a client certificate, or another one
  60  the certificate of the server is not trusted
  97  the proxy refused
 130  interrupted
"""
_SEND = """\
Sends one request and prints the answer: on a terminal status, headers and the formatted body; into a pipe or a file
the body alone, byte for byte.

{{name}} in URL, headers, data and credentials is replaced by the variable of that name (--env, --var).
"""


class SendOptions(msgspec.Struct, frozen=True, kw_only=True):
    """The options of `httpdesk send`, as typed; times are seconds."""

    words: tuple[str, ...]
    headers: tuple[str, ...] = ()
    data: tuple[str, ...] = ()
    file: str | None = None
    form: tuple[str, ...] = ()
    user: str | None = None
    bearer: str | None = None
    timeout: float | None = None
    connect_timeout: float | None = None
    insecure: bool = False
    cacert: str = ""
    cert: str = ""
    key: str = ""
    passphrase: str = ""
    proxy: str | None = None
    no_redirects: bool = False
    max_redirects: int | None = None
    min_tls: str | None = None
    env: str | None = None
    variables: tuple[str, ...] = ()
    include: bool = False
    output: str | None = None
    json: bool = False
    fail: bool = False
    verbose: bool = False


class ServeOptions(msgspec.Struct, frozen=True, kw_only=True):
    """The options of `httpdesk serve echo`."""

    port: int | None = None


class HistoryOptions(msgspec.Struct, frozen=True, kw_only=True):
    """The options of `httpdesk history`; a limit of 0 is none."""

    search: str = ""
    limit: int = 100
    json: bool = False


class WindowOptions(msgspec.Struct, frozen=True, kw_only=True):
    """The options of `httpdesk open`."""

    folder: str | None = None
    selftest: bool = False


Options = SendOptions | ServeOptions | HistoryOptions | WindowOptions


def parse(arguments: Sequence[str]) -> Options:
    """Read the arguments; raises SystemExit for --help, --version and wrong usage."""
    parser = _parser()
    # Words between options are left over: argparse takes only the first ones.
    known, rest = parser.parse_known_args(arguments)
    found = vars(known)
    command = found.pop("command") or "open"
    selftest = found.pop("selftest")
    unknown = [word for word in rest if command != "send" or word.startswith("-")]
    if unknown:
        parser.error(f"unknown: {' '.join(unknown)}")
    if command == "send":
        words = found["words"] = found["words"] + rest
        if len(words) > 2:
            parser.error(f"send takes a method and a URL, not {len(words)} words: {' '.join(words)}")
        return msgspec.convert(found, SendOptions)
    if command == "serve":
        return ServeOptions(port=found["port"])
    if command == "history":
        return msgspec.convert(found, HistoryOptions)
    return WindowOptions(folder=found.get("folder"), selftest=selftest)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="httpdesk", description="A desktop client for HTTP. Without a command it opens the window."
    )
    parser.add_argument("--version", action="version", version=f"httpdesk {__version__}")
    parser.add_argument(
        "--selftest", action="store_true", help="open the window, send one request to the echo server, say what came"
    )
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", title="commands")
    send = commands.add_parser(
        "send",
        help="send a request, print the answer",
        description=_SEND,
        epilog=_EXIT_CODES,
        usage="httpdesk send [options] [METHOD] URL",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    _add_request(send)
    _add_travel(send)
    _add_answer(send)
    serve = commands.add_parser("serve", help="start a server of your own", usage="httpdesk serve echo [--port N]")
    serve.add_argument("kind", choices=["echo"], metavar="echo", help="answers with what it got; Ctrl+C ends it")
    serve.add_argument("--port", type=_port, help="the port to listen on (8377, or any free one)")
    past = commands.add_parser("history", help="list what the window has sent")
    past.add_argument(
        "--search", default="", metavar="TEXT", help="words and tokens, as in the window: status:4xx host:x"
    )
    past.add_argument("--limit", type=_count, default=100, metavar="N", help="no more than so many (100; 0: all)")
    past.add_argument("--json", action="store_true", help="print a list of objects")
    opened = commands.add_parser("open", help="open the window")
    opened.add_argument("folder", nargs="?", help="the folder of the workspace (the last one)")
    return parser


def _add_request(send: argparse.ArgumentParser) -> None:
    send.add_argument("words", nargs="+", metavar="[METHOD] URL", help="the method is GET, or POST where there is data")
    group = send.add_argument_group("the request")
    add = group.add_argument
    many = {"action": "append", "default": []}
    add("-H", "--header", dest="headers", metavar="NAME:VALUE", help="a header; 'NAME:' leaves one out", **many)  # type: ignore[arg-type]
    body = group.add_mutually_exclusive_group()
    body.add_argument(
        "-d",
        "--data",
        metavar="TEXT|@FILE",
        help="a text, or the text in a file (@- is the standard input); several are joined by &",
        **many,  # type: ignore[arg-type]
    )
    body.add_argument("--file", metavar="FILE", help="the bytes of a file, streamed")
    body.add_argument(
        "--form",
        metavar="NAME=VALUE",
        help="a form field, NAME=@FILE for a file; may be given several times",
        **many,  # type: ignore[arg-type]
    )
    auth = group.add_mutually_exclusive_group()
    auth.add_argument("--user", metavar="NAME:PASSWORD", help="Basic authentication")
    auth.add_argument("--bearer", metavar="TOKEN", help="a bearer token")
    add("--env", metavar="FILE", help="an environment: a YAML file of httpdesk, or lines NAME=VALUE")
    add("--var", dest="variables", metavar="NAME=VALUE", help="a variable; it wins over --env", **many)  # type: ignore[arg-type]


def _add_travel(send: argparse.ArgumentParser) -> None:
    add = send.add_argument_group("how it travels").add_argument
    add("--timeout", type=_seconds, metavar="SECONDS", help="for everything (300; 0: none)")
    add("--connect-timeout", type=_seconds, metavar="SECONDS", help="for the connection (30; 0: none)")
    add("--insecure", action="store_true", help="accept any certificate")
    add("--cacert", default="", metavar="FILE", help="trust these authorities too (PEM)")
    add("--cert", default="", metavar="FILE", help="client certificate (PEM, or PKCS #12)")
    add("--key", default="", metavar="FILE", help="its private key, where it is in another file")
    add("--passphrase", default="", metavar="TEXT", help="the passphrase of the key")
    add("--min-tls", choices=["1.0", "1.1", "1.2", "1.3"], help="refuse servers below this version (1.2)")
    add("--proxy", metavar="URL", help="an HTTP proxy; 'none' ignores the one of the system")
    add("--no-redirects", action="store_true", help="stay at the first answer")
    add("--max-redirects", type=_count, metavar="N", help="follow so many and no more (10)")


def _add_answer(send: argparse.ArgumentParser) -> None:
    add = send.add_argument_group("the answer").add_argument
    add("-i", "--include", action="store_true", help="print status and headers too")
    add("-o", "--output", metavar="FILE", help="save the body in a file (- is the standard output)")
    add("--json", action="store_true", help="print an object about the exchange: status, headers, times, faults")
    add("--fail", action="store_true", help="exit with 22 when the status is 400 or above")
    add("-v", "--verbose", action="store_true", help="tell on the standard error what was sent, where and when")


def _seconds(text: str) -> float:
    value = float(text)
    if not 0 <= value < 1e9:
        raise ValueError(text)
    return value


def _count(text: str) -> int:
    value = int(text)
    if not 0 <= value <= 1000:
        raise ValueError(text)
    return value


def _port(text: str) -> int:
    value = int(text)
    if not 0 <= value < 65536:
        raise ValueError(text)
    return value


# What argparse calls them in its messages.
_seconds.__name__, _count.__name__, _port.__name__ = "number of seconds", "number from 0 to 1000", "port"
