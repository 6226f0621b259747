"""Certificates that are not to be trusted, as Problems: what is wrong with them, read from the certificate itself."""

import ssl
from collections.abc import Callable
from datetime import UTC, datetime

from httpdesk.core.exchange import Certificate
from httpdesk.core.problem import Problem, Remedy, Stage
from httpdesk.net import certificates
from httpdesk.net.failure import NOT_SENT, Failure
from httpdesk.net.tls_evidence import chain_in

_CLOCK = Remedy(text="Check date and time of this computer")
_OWN_CA = Remedy(
    text="Add the authority that signed it to those you trust",
    label="Choose CA file",
    action="open_settings",
    value="tls",
)
_SHOWN_NAMES = 5


def certificate_problem(failure: Failure, error: ssl.SSLCertVerificationError) -> Problem:
    """Why the certificate of the server was refused."""
    chain = chain_in(error)
    leaf = certificates.read(chain[0]) if chain else None
    explain = _BY_CODE.get(getattr(error, "verify_code", 0), _other)
    return explain(failure, error, leaf)


def _problem(failure: Failure, kind: str, title: str, detail: str, note: str, *remedies: Remedy, trust: str) -> Problem:
    """`trust` says what is risked when the host is trusted all the same."""
    return failure.problem(
        kind,
        title,
        f"{detail} {NOT_SENT}",
        *remedies,
        Remedy(
            text=f"Trust {failure.host} without a check from now on. {trust}",
            label="Trust this host",
            action="trust_host",
            value=failure.host,
        ),
        at=Stage.TLS,
        note=note,
    )


_ANYONE = "Anyone on the way could then read and change what is sent"


def _expired(failure: Failure, error: ssl.SSLCertVerificationError, leaf: Certificate | None) -> Problem:
    day = _day(leaf.not_after) if leaf else ""
    detail = f"The certificate of {failure.host} was valid until {day}{_ago(leaf.not_after)}." if leaf and day else ""
    return _problem(
        failure,
        "certificate-expired",
        "The certificate has expired",
        detail or f"A certificate in the chain of {failure.host} is no longer valid.",
        f"expired{f' on {day}' if day else ''}",
        Remedy(text="Renew it on the server; a server may need a restart to take the new one"),
        _CLOCK,
        trust=_ANYONE,
    )


def _not_yet_valid(failure: Failure, error: ssl.SSLCertVerificationError, leaf: Certificate | None) -> Problem:
    day = _day(leaf.not_before) if leaf else ""
    since = f" before {day}" if day else " yet"
    return _problem(
        failure,
        "certificate-not-yet-valid",
        "The certificate is not valid yet",
        f"The certificate of {failure.host} must not be used{since}; today is {_day(datetime.now(UTC).isoformat())}.",
        f"not valid{since}",
        _CLOCK,
        Remedy(text="Install a certificate on the server whose time has come"),
        trust=_ANYONE,
    )


def _self_signed(failure: Failure, error: ssl.SSLCertVerificationError, leaf: Certificate | None) -> Problem:
    whose = f" ({leaf.subject}, valid until {_day(leaf.not_after)})" if leaf and leaf.subject else ""
    return _problem(
        failure,
        "certificate-self-signed",
        "The certificate is self-signed",
        f"{failure.host} vouches for itself{whose}: no authority that this computer trusts has signed it.",
        "self-signed, not trusted",
        Remedy(
            text="Add it to the authorities that you trust, as a PEM file",
            label="Choose CA file",
            action="open_settings",
            value="tls",
        ),
        trust=_ANYONE,
    )


def _unknown_root(failure: Failure, error: ssl.SSLCertVerificationError, leaf: Certificate | None) -> Problem:
    return _problem(
        failure,
        "certificate-unknown-authority",
        "The certificate comes from an unknown authority",
        f"{_signer(failure, leaf)}, and this computer does not trust that authority.",
        "signed by an authority that is not trusted",
        _OWN_CA,
        trust=_ANYONE,
    )


def _unknown_issuer(failure: Failure, error: ssl.SSLCertVerificationError, leaf: Certificate | None) -> Problem:
    return _problem(
        failure,
        "certificate-unknown-authority",
        "The certificate comes from an unknown authority",
        f"{_signer(failure, leaf)}. This computer does not know that authority,"
        " and the server did not send a certificate that leads to a known one.",
        "the issuer is not known",
        _OWN_CA,
        Remedy(text="Let the server send its intermediate certificates too (the full chain)"),
        trust=_ANYONE,
    )


def _wrong_name(failure: Failure, error: ssl.SSLCertVerificationError, leaf: Certificate | None) -> Problem:
    names = leaf.names if leaf else ()
    shown = ", ".join(names[:_SHOWN_NAMES]) + (
        f" and {len(names) - _SHOWN_NAMES} more" if len(names) > _SHOWN_NAMES else ""
    )
    holds = f"It is for {shown}." if names else "It names no host at all." if leaf else ""
    title = f"The certificate is not for {failure.host}"
    remedies = [Remedy(text="Check the host in the URL: the request may have reached another server")]
    usable = next((name for name in names if "*" not in name), "")
    if usable:
        text = f"Use the name in the certificate: {usable}"
        remedies = [Remedy(text=text, label="Go to URL", action="focus", value="url"), *remedies]
    return _problem(
        failure,
        "certificate-wrong-host",
        title,
        f"The server showed a certificate for other names. {holds}".strip(),
        f"it is for {shown}" if names else "it is for another host",
        *remedies,
        trust="Whoever has that certificate could then read and change what is sent",
    )


def _weak(failure: Failure, error: ssl.SSLCertVerificationError, leaf: Certificate | None) -> Problem:
    what = {66: "Its key is too short", 67: "The key of its authority is too short"}.get(
        error.verify_code, "It is signed with an algorithm that can be forged"
    )
    return _problem(
        failure,
        "certificate-weak",
        "The certificate is too weak",
        f"{what} to be trusted today.",
        what[0].lower() + what[1:],
        Remedy(text="Give the server a certificate with an RSA key of 2,048 bits or more, or an EC key, and SHA-256"),
        trust="It could then be forged",
    )


def _revoked(failure: Failure, error: ssl.SSLCertVerificationError, leaf: Certificate | None) -> Problem:
    return _problem(
        failure,
        "certificate-revoked",
        "The certificate was revoked",
        f"Its authority has called the certificate of {failure.host} back, for example because its key was stolen.",
        "revoked",
        Remedy(text="Install a new certificate on the server"),
        trust="Whoever stole the key could then read and change what is sent",
    )


def _other(failure: Failure, error: ssl.SSLCertVerificationError, leaf: Certificate | None) -> Problem:
    said = (getattr(error, "verify_message", "") or str(error)).rstrip(".")
    return _problem(
        failure,
        "certificate-invalid",
        "The certificate breaks a rule",
        f"{failure.host} showed a certificate that the check refused: {said}.",
        said,
        Remedy(text="Make a new certificate for the server; tools of today follow the rules (RFC 5280)"),
        trust=_ANYONE,
    )


_Explain = Callable[[Failure, ssl.SSLCertVerificationError, Certificate | None], Problem]

# Codes of OpenSSL (X509_V_ERR_*), then those of Windows (CERT_E_*) and macOS (errSec*), which truststore hands on.
_BY_CODE: dict[int, _Explain] = {
    9: _not_yet_valid,
    10: _expired,
    18: _self_signed,
    19: _unknown_root,
    2: _unknown_issuer,
    20: _unknown_issuer,
    21: _unknown_issuer,
    27: _unknown_issuer,
    23: _revoked,
    62: _wrong_name,
    64: _wrong_name,
    66: _weak,
    67: _weak,
    68: _weak,
    0x800B0101: _expired,
    0x800B0109: _unknown_root,
    0x800B010A: _unknown_issuer,
    0x800B010C: _revoked,
    0x800B010F: _wrong_name,
    -67818: _expired,
    -67819: _not_yet_valid,
    -67843: _unknown_issuer,
    -67602: _wrong_name,
    -67820: _revoked,
}


def _signer(failure: Failure, leaf: Certificate | None) -> str:
    who = f" by {leaf.issuer}" if leaf and leaf.issuer else ""
    return f"The certificate of {failure.host} is signed{who}"


def _day(moment: str) -> str:
    """The day of an ISO 8601 time: 3 Mar 2027."""
    if not moment:
        return ""
    found = datetime.fromisoformat(moment)
    month = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")[found.month - 1]
    return f"{found.day} {month} {found.year}"


def _ago(moment: str) -> str:
    days = (datetime.now(UTC) - datetime.fromisoformat(moment)).days
    return f", {days} day{'' if days == 1 else 's'} ago" if days > 0 else ", today" if days == 0 else ""
