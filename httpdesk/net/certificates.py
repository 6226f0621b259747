"""Certificates: the chain of a TLS connection, read for showing."""

import functools
import hashlib
import ssl
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from httpdesk.core.exchange import Certificate

if TYPE_CHECKING:
    from cryptography import x509


def chain_of(connection: ssl.SSLObject) -> tuple[bytes, ...]:
    """The server's chain as DER, its own certificate first; only that one where Python tells no more."""
    if hasattr(connection, "get_unverified_chain"):  # 3.13
        return tuple(connection.get_unverified_chain())
    inner: Any = getattr(connection, "_sslobj", None)
    chain = inner.get_unverified_chain() if hasattr(inner, "get_unverified_chain") else None
    if chain:
        return tuple(ssl.PEM_cert_to_DER_cert(certificate.public_bytes()) for certificate in chain)
    leaf = connection.getpeercert(binary_form=True)
    return (leaf,) if leaf else ()


def read_all(chain: Sequence[bytes]) -> tuple[Certificate, ...]:
    """Read certificates; the first call imports for some 50 ms, so call it in a thread."""
    return tuple(read(der) for der in chain)


@functools.lru_cache(maxsize=256)
def read(der: bytes) -> Certificate:
    """Read one certificate; one that breaks the rules keeps its fingerprint at least."""
    from cryptography import exceptions, x509

    broken = (
        *(ValueError, TypeError, exceptions.UnsupportedAlgorithm, x509.InvalidVersion, x509.DuplicateExtension),
        x509.UnsupportedGeneralNameType,
    )
    fingerprint = hashlib.sha256(der).hexdigest()
    try:
        found = x509.load_der_x509_certificate(der)
        return Certificate(
            subject=found.subject.rfc4514_string(),
            issuer=found.issuer.rfc4514_string(),
            not_before=found.not_valid_before_utc.isoformat(),
            not_after=found.not_valid_after_utc.isoformat(),
            names=_names(found),
            sha256=fingerprint,
        )
    except broken:
        return Certificate(subject="", issuer="", not_before="", not_after="", sha256=fingerprint)


def _names(found: "x509.Certificate") -> tuple[str, ...]:
    from cryptography import x509

    try:
        names = found.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except x509.ExtensionNotFound:
        return ()
    return tuple(str(name.value) for name in names)
