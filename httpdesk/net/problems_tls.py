"""TLS handshakes that failed for another reason than the certificate, as Problems (by the reason of OpenSSL)."""

import ssl
from collections.abc import Callable

from httpdesk.core import wording
from httpdesk.core.exchange import Phase
from httpdesk.core.problem import Problem, Remedy, Stage
from httpdesk.net.failure import NOT_SENT, Failure
from httpdesk.net.problems_certificate import certificate_problem
from httpdesk.net.tls_evidence import chain_in

_TLS_SETTINGS = {"label": "Open settings", "action": "open_settings", "value": "tls"}

_NOT_TLS = {"WRONG_VERSION_NUMBER", "HTTP_REQUEST", "PACKET_LENGTH_TOO_LONG", "RECORD_LAYER_FAILURE", "BAD_RECORD_TYPE"}
_VERSION = {
    "UNSUPPORTED_PROTOCOL", "TLSV1_ALERT_PROTOCOL_VERSION", "WRONG_SSL_VERSION", "UNKNOWN_PROTOCOL",
    "VERSION_TOO_LOW", "NO_PROTOCOLS_AVAILABLE", "TLSV1_ALERT_INAPPROPRIATE_FALLBACK",
}  # fmt: skip
_CIPHER = {
    "SSLV3_ALERT_HANDSHAKE_FAILURE", "HANDSHAKE_FAILURE_ON_CLIENT_HELLO", "NO_SHARED_CIPHER", "NO_CIPHERS_AVAILABLE",
    "TLSV1_ALERT_INSUFFICIENT_SECURITY", "WRONG_CIPHER_RETURNED", "UNKNOWN_CIPHER_RETURNED",
}  # fmt: skip
_WEAK = {"DH_KEY_TOO_SMALL", "EE_KEY_TOO_SMALL", "BAD_ECPOINT", "UNSAFE_LEGACY_RENEGOTIATION_DISABLED",
         "WRONG_SIGNATURE_TYPE", "LEGACY_SIGALG_DISALLOWED_OR_UNSUPPORTED", "CA_MD_TOO_WEAK"}  # fmt: skip
_NAME = {"TLSV1_UNRECOGNIZED_NAME", "TLSV1_ALERT_UNRECOGNIZED_NAME"}
_NO_CLIENT = {"TLSV13_ALERT_CERTIFICATE_REQUIRED", "SSLV3_ALERT_NO_CERTIFICATE"}
_BAD_CLIENT = {
    "SSLV3_ALERT_BAD_CERTIFICATE", "SSLV3_ALERT_UNSUPPORTED_CERTIFICATE", "SSLV3_ALERT_CERTIFICATE_REVOKED",
    "SSLV3_ALERT_CERTIFICATE_EXPIRED", "SSLV3_ALERT_CERTIFICATE_UNKNOWN", "TLSV1_ALERT_UNKNOWN_CA",
    "TLSV1_ALERT_ACCESS_DENIED", "TLSV1_ALERT_DECRYPT_ERROR",
}  # fmt: skip
_EARLY_END = {"UNEXPECTED_EOF_WHILE_READING"}


def tls_problem(failure: Failure, error: ssl.SSLError) -> Problem:
    """Why TLS failed."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return certificate_problem(failure, error)
    reason: str = getattr(error, "reason", None) or ""
    if reason == "SSLV3_ALERT_HANDSHAKE_FAILURE" and chain_in(error):
        # The cipher was agreed upon when the server's certificate came: what it misses is ours.
        return _client_certificate_wanted(failure, reason)
    for reasons, explain in _BY_REASON:
        if reason in reasons:
            return explain(failure, reason)
    return failure.problem(
        "tls-failed",
        "The TLS handshake failed",
        f"{failure.place}: {_words(reason) or str(error)}. {NOT_SENT if _handshaking(failure) else ''}".strip(),
        Remedy(text="Check that this port speaks TLS, and look at the log of the server"),
        Remedy(text="Try another lowest TLS version", **_TLS_SETTINGS),
        at=Stage.TLS,
        note=_words(reason),
    )


def handshake_cut(failure: Failure) -> Problem:
    """The server ended the connection inside the handshake, without a reason."""
    reset = failure.is_any("ECONNRESET", "ECONNABORTED", "EPIPE")
    how = "reset" if reset else "closed"
    return failure.problem(
        "tls-cut",
        f"The server {how} the connection in the TLS handshake",
        f"{failure.place} gave no reason: it may not speak TLS here, or refuse this client. {NOT_SENT}",
        failure.scheme_remedy("http", "Where the server speaks plain HTTP, use http"),
        Remedy(text="Where the server asks for a client certificate, choose it", **_TLS_SETTINGS),
        Remedy(text="A firewall or proxy on the way may end TLS connections to this host"),
        at=Stage.TLS,
        note=f"{how} after {wording.duration(failure.elapsed_ms)}",
    )


def _plain_http(failure: Failure, _reason: str) -> Problem:
    return failure.problem(
        "tls-plain-http",
        "The server does not speak TLS on this port",
        f"The address is https, but {failure.place} answered the TLS handshake with something else,"
        f" probably plain HTTP. {NOT_SENT}",
        failure.scheme_remedy("http", "Where the server speaks plain HTTP, use http"),
        Remedy(text=f"Or use the port on which it speaks TLS, often 443; this is {failure.port}"),
        at=Stage.TLS,
        note="the answer was not TLS",
    )


def _version(failure: Failure, _reason: str) -> Problem:
    lowest = failure.options.min_tls
    return failure.problem(
        "tls-version",
        "The server speaks no TLS version that is allowed",
        f"{failure.place} knows only versions older than TLS {lowest}, the lowest that the settings allow. {NOT_SENT}",
        Remedy(text="Update the server: old versions of TLS can be broken"),
        Remedy(text="Allow a lower version in the settings, for a test only", **_TLS_SETTINGS),
        at=Stage.TLS,
        note=f"no version from TLS {lowest} up",
    )


def _cipher(failure: Failure, _reason: str) -> Problem:
    return failure.problem(
        "tls-cipher",
        "Server and client have no cipher in common",
        f"{failure.place} refused every cipher that was offered, or misses something else in the greeting. {NOT_SENT}",
        Remedy(text="Allow modern ciphers on the server, such as ECDHE with AES-GCM"),
        Remedy(text="An old server may need a lower TLS version, for a test only", **_TLS_SETTINGS),
        Remedy(text="Some servers answer so where they do not know the host name"),
        at=Stage.TLS,
        note="refused: no common cipher",
    )


def _weak(failure: Failure, reason: str) -> Problem:
    return failure.problem(
        "tls-weak",
        "The server uses cryptography that is too weak",
        f"{failure.place}: {_words(reason)}. {NOT_SENT}",
        Remedy(text="Update the TLS settings of the server"),
        Remedy(text="Allow TLS 1.0 in the settings, which also allows weak keys, for a test only", **_TLS_SETTINGS),
        at=Stage.TLS,
        note=_words(reason),
    )


def _name(failure: Failure, _reason: str) -> Problem:
    return failure.problem(
        "tls-name",
        f"The server does not know the name {failure.host}",
        f"{failure.place} ended the TLS handshake because it serves no such host. {NOT_SENT}",
        Remedy(text="Check the host in the URL", label="Go to URL", action="focus", value="url"),
        Remedy(text="Add the name to the TLS set-up of the server"),
        at=Stage.TLS,
        note="unrecognised name",
    )


def _client_certificate_wanted(failure: Failure, reason: str) -> Problem:
    given = failure.options.client_certificate.file
    if given:
        return _client_certificate_refused(failure, reason)
    return failure.problem(
        "client-certificate-required",
        "The server asks for a client certificate",
        f"{failure.host} lets in only clients that show one, and none is set. The server did not take the request.",
        Remedy(text="Choose the certificate (PEM or PFX) for this host", **_TLS_SETTINGS),
        at=Stage.TLS,
        note="a client certificate is required",
    )


def _client_certificate_refused(failure: Failure, reason: str) -> Problem:
    if not failure.options.client_certificate.file and reason in _BAD_CLIENT:
        title = "The server refused the TLS handshake"
    else:
        title = "The server refused the client certificate"
    return failure.problem(
        "client-certificate-refused",
        title,
        f"{failure.host} said: {_words(reason)}. The server did not take the request.",
        Remedy(text="Choose another client certificate", **_TLS_SETTINGS),
        Remedy(text="Check that it has not expired and that the server trusts the authority that signed it"),
        at=Stage.TLS,
        note=_words(reason),
    )


def _early_end(failure: Failure, _reason: str) -> Problem:
    return handshake_cut(failure)


_BY_REASON: tuple[tuple[set[str], Callable[[Failure, str], Problem]], ...] = (
    (_NOT_TLS, _plain_http),
    (_VERSION, _version),
    (_CIPHER, _cipher),
    (_WEAK, _weak),
    (_NAME, _name),
    (_NO_CLIENT, _client_certificate_wanted),
    (_BAD_CLIENT, _client_certificate_refused),
    (_EARLY_END, _early_end),
)


def _handshaking(failure: Failure) -> bool:
    return failure.phase in (Phase.QUEUED, Phase.DNS, Phase.TCP, Phase.TLS)


def _words(reason: str) -> str:
    """TLSV1_ALERT_UNKNOWN_CA as words: unknown CA."""
    text = reason.lower().replace("_", " ")
    for start in ("tlsv13 alert ", "tlsv1 alert ", "sslv3 alert ", "tlsv1 "):
        text = text.removeprefix(start)
    return text.replace(" ca", " CA") if text.endswith(" ca") else text
