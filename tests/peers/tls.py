"""TLS servers of blocking sockets, one per thing that can be wrong with TLS.

Asyncio's TLS servers drop the alert that explains a refusal; blocking ones send it.
"""

import contextlib
import ssl
import tempfile
import warnings
from pathlib import Path

from tests.peers import certificates
from tests.peers.peer import Peer, header, read_body, read_head, reset

ANSWER = b'{"secure": true}'


def _any_version(context):
    """Let OpenSSL speak what it holds for too old or too weak."""
    context.set_ciphers("ALL:@SECLEVEL=0")
    context.minimum_version = ssl.TLSVersion.TLSv1


def _only(version):
    def limit(context):
        _any_version(context)
        context.minimum_version = context.maximum_version = version

    return limit


def _ask_for_client(context):
    certificates.authority().configure_trust(context)
    context.verify_mode = ssl.CERT_REQUIRED


def _ask_for_client_in_12(context):
    _ask_for_client(context)
    context.maximum_version = ssl.TLSVersion.TLSv1_2


def _no_common_cipher(context):
    context.maximum_version = ssl.TLSVersion.TLSv1_2
    # No encryption at all: what else a client offers depends on how its OpenSSL was built, this none does.
    context.set_ciphers("ECDHE-ECDSA-NULL-SHA:@SECLEVEL=0")


def _refuse_name(context):
    context.sni_callback = lambda *_: ssl.ALERT_DESCRIPTION_UNRECOGNIZED_NAME


def _nothing(_context):
    pass


# Kind: the certificate, and what else is special.
KINDS = {
    "good": (certificates.good, _nothing),
    "with_intermediate": (certificates.with_intermediate, _nothing),
    "self_signed": (certificates.self_signed, _nothing),
    "expired": (certificates.expired, _nothing),
    "not_yet_valid": (certificates.not_yet_valid, _nothing),
    "wrong_host": (certificates.wrong_host, _nothing),
    "unknown_ca": (certificates.unknown_ca, _nothing),
    "untrusted_root": (certificates.untrusted_root, _nothing),
    "missing_intermediate": (certificates.missing_intermediate, _nothing),
    "weak_key": (certificates.weak_key, _any_version),
    "tls13_only": (certificates.good, _only(ssl.TLSVersion.TLSv1_3)),
    "tls12_only": (certificates.good, _only(ssl.TLSVersion.TLSv1_2)),
    "tls11_only": (certificates.good, _only(ssl.TLSVersion.TLSv1_1)),
    "tls10_only": (certificates.good, _only(ssl.TLSVersion.TLSv1)),
    "no_common_cipher": (certificates.good, _no_common_cipher),
    "unrecognised_name": (certificates.good, _refuse_name),
    "client_certificate": (certificates.good, _ask_for_client),
    "client_certificate_tls12": (certificates.good, _ask_for_client_in_12),
    # These never get to a certificate.
    "plain_http": (None, None),
    "closes_in_handshake": (None, None),
    "resets_in_handshake": (None, None),
    "silent_in_handshake": (None, None),
    "garbage": (None, None),
    # TLS on a port that the URL calls plain.
    "tls_on_plain_port": (certificates.good, _nothing),
    # A good certificate, and then an end without TLS's own goodbye in the middle of a body.
    "cut_without_goodbye": (certificates.good, _nothing),
}


class TlsServer(Peer):
    """An HTTPS server of one kind (see KINDS) that answers every request 200 with a small JSON body.

    `handshakes` has the TLS version of each connection that got through, `heads` the request heads, `names` the SNI
    names, `client_subjects` the subjects of client certificates.
    """

    def __init__(self, kind="good", host="127.0.0.1", answer=ANSWER):
        super().__init__(host)
        self.kind, self.answer = kind, answer
        self.scheme = "http" if kind == "tls_on_plain_port" else "https"
        self.handshakes, self.heads, self.client_subjects = [], [], []
        self.context = self._make_context()

    def _make_context(self):
        certificate, adjust = KINDS[self.kind]
        if certificate is None:
            return None
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        with warnings.catch_warnings():
            # Old versions of TLS are deprecated, and that is why they are here.
            warnings.simplefilter("ignore", DeprecationWarning)
            adjust(context)
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "server.pem"
            file.write_bytes(certificate())
            context.load_cert_chain(file)
        return context

    def serve(self, conn):
        if self.context is None:
            getattr(self, f"_serve_{self.kind}")(conn)
            return
        with self.context.wrap_socket(conn, server_side=True) as secure:
            self.handshakes.append(secure.version())
            subject = secure.getpeercert() if self.context.verify_mode is ssl.CERT_REQUIRED else None
            if subject:
                self.client_subjects.append(dict(pair[0] for pair in subject["subject"]))
            self._answer_all(secure)

    def _answer_all(self, conn):
        rest = b""
        while (request := read_head(conn, rest)) is not None:
            head, rest = request
            self.heads.append(head)
            if header(head, "Expect").lower() == "100-continue":
                conn.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")
            _body, rest = read_body(conn, head, rest)
            size = len(self.answer)
            if self.kind == "cut_without_goodbye":
                size += 100
            conn.sendall(
                f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {size}\r\n\r\n".encode()
                + self.answer
            )
            if self.kind == "cut_without_goodbye":
                return
        with contextlib.suppress(OSError):
            conn.unwrap()

    def _serve_plain_http(self, conn):
        conn.recv(65_536)
        conn.sendall(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 10\r\nConnection: close\r\n\r\nplain HTTP")

    def _serve_closes_in_handshake(self, conn):
        conn.recv(65_536)

    def _serve_resets_in_handshake(self, conn):
        conn.recv(65_536)
        reset(conn)

    def _serve_silent_in_handshake(self, conn):
        while conn.recv(65_536):
            pass

    def _serve_garbage(self, conn):
        conn.recv(65_536)
        conn.sendall(b"SSH-2.0-OpenSSH_9.2\r\n")
