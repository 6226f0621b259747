"""Connections that broke after they were made, as Problems: while sending, before the answer, inside the answer."""

from aiohttp import ServerDisconnectedError

from httpdesk.core import wording
from httpdesk.core.exchange import Phase
from httpdesk.core.problem import Problem, Remedy, Stage
from httpdesk.net.failure import Failure

_MAY_HAVE_ACTED = "It may have acted on the request all the same."


def cut_problem(failure: Failure) -> Problem:
    """What broke, by how far the hop had got."""
    track = failure.track
    if track is not None and track.hop.head is not None:
        return _inside_answer(failure)
    if failure.phase is Phase.SEND:
        return _while_sending(failure)
    if failure.cause(ServerDisconnectedError) is not None:
        return _empty(failure)
    return failure.problem(
        "reset",
        "The connection was reset before an answer came",
        f"{failure.host} took the request and broke the connection off. {_maybe_certificate(failure)}",
        *_advice(failure),
        at=Stage.ANSWER,
        note=f"reset after {wording.duration(failure.elapsed_ms)}, nothing came",
    )


def _empty(failure: Failure) -> Problem:
    return failure.problem(
        "empty-answer",
        "The server closed the connection without an answer",
        f"{failure.host} took the request and sent not one byte back. {_MAY_HAVE_ACTED}",
        *_advice(failure),
        at=Stage.ANSWER,
        note=f"closed after {wording.duration(failure.elapsed_ms)}, nothing came",
    )


def _while_sending(failure: Failure) -> Problem:
    sent = wording.size(failure.track.hop.sent_bytes) if failure.track else "a part"
    return failure.problem(
        "reset-sending",
        "The connection broke while the request was sent",
        f"{failure.host} closed it when {sent} of the body had been sent, without an answer."
        " The request was not sent whole.",
        Remedy(text="A server that refuses large bodies does this: is there a limit for uploads?"),
        *_advice(failure),
        at=Stage.REQUEST,
        note=f"broken off after {sent}",
    )


def _inside_answer(failure: Failure) -> Problem:
    hop = failure.track.hop if failure.track else None
    got = wording.size(hop.wire_bytes) if hop else ""
    whole = f" of {wording.size(hop.expected_bytes)}" if hop and hop.expected_bytes else ""
    return failure.problem(
        "cut-answer",
        "The answer broke off",
        f"The connection ended after {got}{whole} of the body; these are kept.",
        Remedy(text="Send again"),
        Remedy(text="A proxy or load balancer on the way may cut long answers"),
        at=Stage.ANSWER,
        note=f"ended before the end of the body, after {got}",
    )


def _maybe_certificate(failure: Failure) -> str:
    """TLS 1.3 refuses a client after its request is out, and the reset often overtakes the reason."""
    track = failure.track
    if track is None or track.reused or track.hop.connection.tls_version != "TLSv1.3":
        return _MAY_HAVE_ACTED
    given = failure.options.client_certificate.file
    what = "that does not accept the client certificate" if given else "that asks for a client certificate"
    return f"A server {what} does this without a word."


def _advice(failure: Failure) -> list[Remedy]:
    track = failure.track
    if track is not None and track.reused:
        return [
            Remedy(
                text="Send again: the connection was kept from an earlier request, and the server closed it just then"
            )
        ]
    if failure.scheme == "https":
        return [
            Remedy(
                text="Where the server asks for a client certificate, choose it",
                label="Open settings",
                action="open_settings",
                value="tls",
            ),
            Remedy(text="Look at the log of the server: it may have crashed on this request"),
        ]
    return [
        failure.scheme_remedy("https", "Where this port speaks TLS, use https"),
        Remedy(text="Look at the log of the server: it may have crashed on this request"),
    ]
