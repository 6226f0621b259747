"""TLS evidence: what a failed handshake knew of the server, kept on the error, which itself tells little."""

import contextlib
import ssl

from httpdesk.net.certificates import chain_of

CHAIN = "server_chain"


def keep_evidence(context: ssl.SSLContext) -> None:
    """Errors of handshakes of this context carry the server's chain (DER) as far as it came. Call it in a thread."""
    # Reading certificates needs this; here its import (50 ms) holds nobody up.
    import cryptography.x509  # noqa: F401

    # truststore keeps the real context inside, and its own class there checks the chain.
    inner: ssl.SSLContext = getattr(context, "_ctx", context)
    base: type[ssl.SSLObject] = inner.sslobject_class or ssl.SSLObject

    class Witness(base):  # type: ignore[valid-type, misc]
        """A TLS connection that remembers the chain where its handshake fails."""

        def do_handshake(self) -> None:
            try:
                super().do_handshake()
            except (ssl.SSLWantReadError, ssl.SSLWantWriteError):
                raise
            except ssl.SSLError as error:
                setattr(error, CHAIN, _chain(self))
                raise

    inner.sslobject_class = Witness


def _chain(connection: ssl.SSLObject) -> tuple[bytes, ...]:
    # ValueError: the handshake ended before the server had shown anything.
    with contextlib.suppress(ValueError, AttributeError):
        return chain_of(connection)
    return ()


def chain_in(error: BaseException | None) -> tuple[bytes, ...]:
    """The chain that came before this error, the server's own certificate first; empty for none."""
    chain: tuple[bytes, ...] = getattr(error, CHAIN, ())
    return chain
