"""The peers behave as they say: each checked with blocking sockets."""

import base64
import contextlib
import socket
import ssl

import pytest

from tests.peers import certificates
from tests.peers.dead import ClosingPeer, DeafPeer, FullPeer, KeepAliveLiar, ResettingPeer, SilentPeer
from tests.peers.peer import free_port, read_head
from tests.peers.proxy import ForwardProxy
from tests.peers.tls import ANSWER, KINDS, TlsServer

REQUEST = b"GET /x HTTP/1.1\r\nHost: a\r\n\r\n"
# What a client with Python's defaults and the test authority gets: a code of OpenSSL's verification, or a reason.
REFUSALS = {
    "self_signed": 18,
    "expired": 10,
    "not_yet_valid": 9,
    "wrong_host": 62,
    "unknown_ca": 20,
    "untrusted_root": 19,
    "missing_intermediate": 20,
    "weak_key": 66,
    "tls11_only": "PROTOCOL_VERSION",
    "tls10_only": "PROTOCOL_VERSION",
    "no_common_cipher": "HANDSHAKE_FAILURE",
    "unrecognised_name": "UNRECOGNIZED_NAME",
    "client_certificate_tls12": "HANDSHAKE_FAILURE",
    "plain_http": "WRONG_VERSION_NUMBER",
    "garbage": "WRONG_VERSION_NUMBER",
    "closes_in_handshake": "",
    "resets_in_handshake": "",
}


def client_context(tmp_path):
    context = ssl.create_default_context(cafile=certificates.write_authority(tmp_path))
    # Python's default, but not Debian's, which leaves it to the ciphers.
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


def secure_exchange(server, context, name="localhost"):
    plain = socket.create_connection((server.host, server.port), timeout=10)
    with plain, context.wrap_socket(plain, server_hostname=name) as secure:
        secure.sendall(REQUEST)
        head, rest = read_head(secure)
        while len(rest) < len(ANSWER):
            rest += secure.recv(1000)
        return head, rest


@pytest.mark.parametrize("kind", ["good", "with_intermediate", "tls12_only", "tls13_only"])
def test_good_tls_servers_answer(kind, tmp_path):
    with TlsServer(kind) as server:
        for name in ("localhost", "127.0.0.1"):
            head, body = secure_exchange(server, client_context(tmp_path), name)
            assert head.startswith(b"HTTP/1.1 200 ")
            assert body == ANSWER
    assert len(server.heads) == 2


@pytest.mark.parametrize("kind", sorted(REFUSALS))
def test_bad_tls_servers_fail_with_their_own_reason(kind, tmp_path):
    expected = REFUSALS[kind]
    with TlsServer(kind) as server, pytest.raises(OSError) as caught:  # noqa: PT011 - checked below
        secure_exchange(server, client_context(tmp_path))
    error = caught.value
    if isinstance(expected, str):
        assert expected in (getattr(error, "reason", "") or "") + str(error).upper()
        assert not isinstance(error, ssl.SSLCertVerificationError)
    else:
        assert isinstance(error, ssl.SSLCertVerificationError)
        assert error.verify_code == expected


def test_every_kind_of_tls_server_has_its_check():
    other = {"good", "with_intermediate", "tls12_only", "tls13_only", "client_certificate"}
    other |= {"tls_on_plain_port", "cut_without_goodbye", "silent_in_handshake"}
    assert set(KINDS) == set(REFUSALS) | other


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize("kind", ["tls10_only", "tls11_only"])
def test_old_tls_servers_answer_old_clients(kind, tmp_path):
    context = client_context(tmp_path)
    context.set_ciphers("ALL:@SECLEVEL=0")
    context.minimum_version = ssl.TLSVersion.TLSv1
    with TlsServer(kind) as server:
        assert secure_exchange(server, context)[1] == ANSWER
    assert server.handshakes == [{"tls10_only": "TLSv1", "tls11_only": "TLSv1.1"}[kind]]


@pytest.mark.parametrize("kind", ["client_certificate", "client_certificate_tls12"])
def test_a_client_certificate_opens_the_server(kind, tmp_path):
    context = client_context(tmp_path)
    with TlsServer(kind) as server:
        with pytest.raises(OSError):  # noqa: PT011 - TLS 1.3 shows an alert or a reset, as the timing falls
            secure_exchange(server, context)
        context.load_cert_chain(certificates.write_client_pem(tmp_path))
        assert secure_exchange(server, context)[1] == ANSWER
    assert server.client_subjects[0]["commonName"] == "A client of the tests"


def test_client_files_carry_their_passphrase(tmp_path):
    from cryptography.hazmat.primitives.serialization import pkcs12

    data = certificates.write_client_pfx(tmp_path).read_bytes()
    with pytest.raises(ValueError, match=r"(?i)password"):
        pkcs12.load_key_and_certificates(data, b"wrong")
    assert pkcs12.load_key_and_certificates(data, certificates.PASSPHRASE.encode())[1] is not None
    certificate, key = certificates.write_encrypted_key(tmp_path)
    context = client_context(tmp_path)
    with pytest.raises(ssl.SSLError):
        context.load_cert_chain(certificate, key, password="wrong")
    context.load_cert_chain(certificate, key, password=certificates.PASSPHRASE)


def test_tls_on_a_plain_port_answers_plain_http_with_an_alert_or_nothing():
    with TlsServer("tls_on_plain_port") as server:
        assert server.url.startswith("http://")
        answer = plain_exchange(server)
    assert not answer.startswith(b"HTTP/")


def test_a_cut_without_goodbye_ends_inside_the_body(tmp_path):
    with TlsServer("cut_without_goodbye") as server:
        head, body = secure_exchange(server, client_context(tmp_path))
    assert b"Content-Length: 116" in head
    assert body == ANSWER


def test_a_silent_handshake_lasts(tmp_path):
    with TlsServer("silent_in_handshake") as server, socket.create_connection((server.host, server.port)) as plain:
        plain.settimeout(0.1)
        with pytest.raises(TimeoutError):
            client_context(tmp_path).wrap_socket(plain, server_hostname="localhost")


def plain_exchange(server, request=REQUEST, quietly=True):
    answer = b""
    errors = contextlib.suppress(ConnectionError) if quietly else contextlib.nullcontext()
    with errors, socket.create_connection((server.host, server.port), timeout=10) as conn:
        conn.sendall(request)
        while piece := conn.recv(65_536):
            answer += piece
    return answer


def test_silent_and_deaf_peers_say_nothing():
    for peer in (SilentPeer(), DeafPeer()):
        with peer, socket.create_connection((peer.host, peer.port)) as conn:
            conn.sendall(REQUEST)
            conn.settimeout(0.05)
            with pytest.raises(TimeoutError):
                conn.recv(1)


@pytest.mark.parametrize("after_request", [False, True])
def test_a_resetting_peer_resets(after_request):
    with ResettingPeer(after_request) as peer, pytest.raises(ConnectionError):
        plain_exchange(peer, quietly=False)


def test_a_closing_peer_closes():
    with ClosingPeer() as peer:
        assert plain_exchange(peer) == b""


def test_a_keep_alive_liar_answers_once():
    with KeepAliveLiar() as peer, socket.create_connection((peer.host, peer.port)) as conn:
        conn.sendall(REQUEST)
        assert read_head(conn) == (b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: keep-alive", b"ok")
        conn.sendall(REQUEST)
        assert conn.recv(1) == b""
    assert peer.requests == 2


def test_a_full_peer_lets_nobody_in():
    with FullPeer() as peer, socket.socket() as conn:
        conn.settimeout(0.2)
        with pytest.raises(TimeoutError):
            conn.connect(("127.0.0.1", peer.port))


def test_a_free_port_refuses():
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", free_port()))


def proxy_request(proxy, origin_host, port, authorization=""):
    head = f"GET http://{origin_host}:{port}/a?b=1 HTTP/1.1\r\nHost: {origin_host}:{port}\r\n{authorization}\r\n"
    return plain_exchange(proxy, head.encode())


def test_the_proxy_forwards_to_hosts_that_it_knows():
    with TlsServer("plain_http") as origin, ForwardProxy(hosts={"api.example": ("127.0.0.1", origin.port)}) as proxy:
        answer = proxy_request(proxy, "api.example", 80)
    assert answer.endswith(b"plain HTTP")
    assert [(seen.method, seen.target) for seen in proxy.seen] == [("GET", "http://api.example:80/a?b=1")]


def test_the_proxy_asks_for_its_password():
    with TlsServer("plain_http") as origin, ForwardProxy("user", "secret") as proxy:
        token = base64.b64encode(b"user:secret").decode()
        with socket.create_connection((proxy.host, proxy.port)) as conn:
            conn.sendall(b"GET http://127.0.0.1/ HTTP/1.1\r\n\r\n")
            assert b" 407 " in read_head(conn)[0]
        answer = proxy_request(proxy, "127.0.0.1", origin.port, f"Proxy-Authorization: Basic {token}\r\n")
    assert answer.endswith(b"plain HTTP")


def test_the_proxy_tunnels_tls(tmp_path):
    with TlsServer() as origin, ForwardProxy(hosts={"localhost": ("127.0.0.1", origin.port)}) as proxy:
        conn = socket.create_connection((proxy.host, proxy.port), timeout=10)
        conn.sendall(b"CONNECT localhost:443 HTTP/1.1\r\nHost: localhost:443\r\n\r\n")
        assert b" 200 " in read_head(conn)[0]
        with conn, client_context(tmp_path).wrap_socket(conn, server_hostname="localhost") as secure:
            secure.sendall(REQUEST)
            assert read_head(secure)[0].startswith(b"HTTP/1.1 200")
    assert proxy.seen[0].method == "CONNECT"


def test_the_proxy_can_deny_a_tunnel():
    with ForwardProxy(connect_answer=b"HTTP/1.1 403 Forbidden\r\nContent-Length: 2\r\n\r\nno") as proxy:
        assert plain_exchange(proxy, b"CONNECT a:443 HTTP/1.1\r\n\r\n").endswith(b"no")
