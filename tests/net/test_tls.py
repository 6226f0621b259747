"""TLS: what is trusted, what is refused and why, and client certificates."""

import asyncio
import re
import ssl

import aiohttp
import pytest
from aiohttp.client_reqrep import ConnectionKey

from httpdesk.core.exchange import Hop, Outcome, Phase
from httpdesk.core.options import ClientCertificate, Effective
from httpdesk.core.problem import Problem, Stage, StepState
from httpdesk.net.problems import EXIT_CODES, exit_code, problem_of
from httpdesk.net.tls import build_context, tls_choice
from httpdesk.net.track import Track
from tests.net.sending import http_client, problem_of_send, send
from tests.peers import certificates
from tests.peers.tls import KINDS, TlsServer

# Kind of the Problem, a word of its title, a word of its detail.
EXPLAINED = {
    "self_signed": ("certificate-self-signed", "self-signed", "vouches for itself"),
    "expired": ("certificate-expired", "has expired", "days ago"),
    "not_yet_valid": ("certificate-not-yet-valid", "not valid yet", "today is"),
    "wrong_host": ("certificate-wrong-host", "not for localhost", "other.example, *.elsewhere.example"),
    "unknown_ca": ("certificate-unknown-authority", "unknown authority", "httpdesk strangers"),
    "untrusted_root": ("certificate-unknown-authority", "unknown authority", "does not trust"),
    "missing_intermediate": ("certificate-unknown-authority", "unknown authority", "did not send"),
    "weak_key": ("certificate-weak", "too weak", "key is too short"),
    "tls10_only": ("tls-version", "no TLS version", "older than TLS 1.2"),
    "tls11_only": ("tls-version", "no TLS version", "older than TLS 1.2"),
    "no_common_cipher": ("tls-cipher", "no cipher in common", "refused every cipher"),
    "unrecognised_name": ("tls-name", "does not know the name localhost", "serves no such host"),
    "client_certificate_tls12": ("client-certificate-required", "asks for a client certificate", "none is set"),
    "plain_http": ("tls-plain-http", "does not speak TLS", "plain HTTP"),
    "garbage": ("tls-plain-http", "does not speak TLS", "something else"),
    "closes_in_handshake": ("tls-cut", "in the TLS handshake", "no reason"),
    "resets_in_handshake": ("tls-cut", "in the TLS handshake", "no reason"),
}
# What the client stops at, whatever is trusted: the rest goes through when the check is off.
NOT_ABOUT_TRUST = {
    "client_certificate_tls12", "plain_http", "garbage", "closes_in_handshake", "resets_in_handshake",
    "unrecognised_name", "no_common_cipher", "tls10_only", "tls11_only",
}  # fmt: skip


def named(server, name="localhost"):
    return f"https://{name}:{server.port}/"


@pytest.fixture
def ca(tmp_path):
    return str(certificates.write_authority(tmp_path))


@pytest.mark.parametrize("kind", sorted(EXPLAINED))
async def test_every_fault_of_tls_has_its_own_explanation(kind, ca, tmp_path):
    expected, title, detail = EXPLAINED[kind]
    with TlsServer(kind) as server:
        problem = await problem_of_send(tmp_path, named(server), ca_file=ca)
    assert problem.kind == expected
    assert title in problem.title
    assert detail in problem.detail
    failed = [step.stage for step in problem.steps if step.state is StepState.FAILED]
    assert failed == [Stage.TLS]
    assert exit_code(problem) == EXIT_CODES[expected]
    trust = [remedy for remedy in problem.remedies if remedy.action == "trust_host"]
    assert bool(trust) == (expected.startswith("certificate-"))
    for remedy in trust:
        assert remedy.value == "localhost"
        assert re.search("could then", remedy.text)


def test_every_kind_of_server_is_looked_at():
    elsewhere = {
        "good", "with_intermediate", "tls12_only", "tls13_only", "client_certificate", "silent_in_handshake",
        "tls_on_plain_port", "cut_without_goodbye",
    }  # fmt: skip
    assert set(KINDS) == set(EXPLAINED) | elsewhere


async def test_plain_http_behind_https_can_be_switched_with_one_button(tmp_path):
    with TlsServer("plain_http") as server:
        problem = await problem_of_send(tmp_path, f"{named(server)}a?b=1")
    remedy = problem.remedies[0]
    assert (remedy.action, remedy.value) == ("replace_url", f"http://localhost:{server.port}/a?b=1")


async def test_tls_behind_http_is_no_riddle(tmp_path):
    """The server resets, closes or sends an alert, as the timing falls."""
    with TlsServer("tls_on_plain_port") as server:
        async with http_client(tmp_path) as client:
            exchange = await send(client, server.url)
    if exchange.problem is None:
        assert "this port expects https" in " ".join(exchange.last.faults)
    else:
        assert exchange.problem.kind in ("reset", "empty-answer")
        assert exchange.problem.remedies[0].value.startswith("https://")


async def test_an_ip_address_that_the_certificate_does_not_name(ca, tmp_path):
    with TlsServer("wrong_host") as server:
        problem = await problem_of_send(tmp_path, named(server, "127.0.0.1"), ca_file=ca)
    assert (problem.kind, problem.title) == ("certificate-wrong-host", "The certificate is not for 127.0.0.1")
    assert "SSLCert" in problem.evidence or "64" in problem.evidence


async def test_a_client_certificate_that_tls_13_misses(ca, tmp_path):
    """The alert that says so, or the reset that overtakes it: both lead to the certificate."""
    with TlsServer("client_certificate") as server:
        problem = await problem_of_send(tmp_path, named(server), ca_file=ca)
    assert problem.kind in ("client-certificate-required", "reset", "empty-answer", "reset-sending")
    assert "client certificate" in problem.title + problem.detail
    assert ("open_settings", "tls") in [(remedy.action, remedy.value) for remedy in problem.remedies]


def refused_by(error, **attributes):
    """The Problem for a handshake that ended with this error of OpenSSL, as aiohttp wraps it."""
    for name, value in attributes.items():
        setattr(error, name, value)
    kinds = (aiohttp.ClientConnectorSSLError, aiohttp.ClientConnectorCertificateError)
    wrapped = kinds[isinstance(error, ssl.SSLCertVerificationError)](
        ConnectionKey("api.example", 443, True, True, None, None, None), error
    )
    track = Track(Hop(method="GET", url="https://api.example/"), lambda _stage: None, Effective())
    track.switch(Phase.TLS)
    return problem_of(wrapped, track)


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        (2, "certificate-unknown-authority"),
        (9, "certificate-not-yet-valid"),
        (10, "certificate-expired"),
        (21, "certificate-unknown-authority"),
        (23, "certificate-revoked"),
        (62, "certificate-wrong-host"),
        (64, "certificate-wrong-host"),
        (67, "certificate-weak"),
        (68, "certificate-weak"),
        (85, "certificate-invalid"),
        (0x800B0101, "certificate-expired"),
        (0x800B0109, "certificate-unknown-authority"),
        (0x800B010F, "certificate-wrong-host"),
        (-67818, "certificate-expired"),
        (-67843, "certificate-unknown-authority"),
        (99_999, "certificate-invalid"),
    ],
)
def test_codes_of_every_system_are_explained_without_a_certificate_too(code, kind):
    error = ssl.SSLCertVerificationError(1, "certificate verify failed")
    problem = refused_by(error, verify_code=code, verify_message="Missing Authority Key Identifier", reason="X")
    assert problem.kind == kind
    assert str(code) in problem.evidence
    assert kind != "certificate-invalid" or "Missing Authority Key Identifier" in problem.detail
    assert problem.remedies[-1].action == "trust_host"
    assert problem.detail.endswith("The request was not sent.")


@pytest.mark.parametrize(
    ("reason", "kind"),
    [
        ("RECORD_LAYER_FAILURE", "tls-plain-http"),
        ("UNSUPPORTED_PROTOCOL", "tls-version"),
        ("NO_CIPHERS_AVAILABLE", "tls-cipher"),
        ("DH_KEY_TOO_SMALL", "tls-weak"),
        ("UNSAFE_LEGACY_RENEGOTIATION_DISABLED", "tls-weak"),
        ("TLSV1_ALERT_UNKNOWN_CA", "client-certificate-refused"),
        ("SSLV3_ALERT_CERTIFICATE_EXPIRED", "client-certificate-refused"),
        ("TLSV13_ALERT_CERTIFICATE_REQUIRED", "client-certificate-required"),
        ("UNEXPECTED_EOF_WHILE_READING", "tls-cut"),
        ("TLSV1_ALERT_INTERNAL_ERROR", "tls-failed"),
    ],
)
def test_reasons_of_openssl_are_explained(reason, kind):
    problem = refused_by(ssl.SSLError(1, f"[SSL: {reason}] in words"), reason=reason)
    assert problem.kind == kind
    assert reason in problem.evidence
    assert "not sent" in problem.detail or "did not take the request" in problem.detail


# What is trusted


@pytest.mark.parametrize("kind", ["good", "with_intermediate", "tls12_only", "tls13_only"])
async def test_an_own_authority_is_trusted(kind, ca, tmp_path):
    with TlsServer(kind) as server:
        async with http_client(tmp_path) as client:
            exchange = await send(client, named(server), ca_file=ca)
    assert exchange.outcome is Outcome.DONE
    connection = exchange.last.connection
    assert connection.verified
    assert connection.tls_version == {"tls12_only": "TLSv1.2"}.get(kind, "TLSv1.3")
    assert connection.cipher
    assert "localhost" in connection.certificates[0].names


async def test_without_it_the_check_is_on_and_refuses(tmp_path):
    with TlsServer() as server:
        problem = await problem_of_send(tmp_path, named(server))
        assert problem.kind == "certificate-unknown-authority"
    assert server.heads == []


@pytest.mark.parametrize("kind", sorted(set(EXPLAINED) - NOT_ABOUT_TRUST))
async def test_with_the_check_off_the_answer_comes_and_says_so(kind, tmp_path):
    with TlsServer(kind) as server:
        async with http_client(tmp_path) as client:
            exchange = await send(client, named(server), verify=False)
    assert exchange.head.status == 200
    assert exchange.last.connection.verified is False


async def test_a_single_host_can_be_excepted(tmp_path):
    with TlsServer("self_signed") as server:
        async with http_client(tmp_path) as client:
            options = {"unverified_hosts": ("localhost",)}
            excepted = await send(client, named(server), **options)
            other = await send(client, named(server, "127.0.0.1"), **options)
    assert excepted.last.connection.verified is False
    assert other.problem.kind == "certificate-self-signed"


async def test_an_unchecked_connection_is_never_used_again_for_a_checked_send(tmp_path):
    with TlsServer("self_signed") as server:
        async with http_client(tmp_path) as client:
            assert (await send(client, named(server), verify=False)).outcome is Outcome.DONE
            assert (await send(client, named(server))).problem.kind == "certificate-self-signed"


# Versions


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize(("kind", "lowest"), [("tls10_only", "1.0"), ("tls11_only", "1.1"), ("tls11_only", "1.0")])
async def test_an_old_server_answers_where_old_versions_are_allowed(kind, lowest, ca, tmp_path):
    with TlsServer(kind) as server:
        async with http_client(tmp_path) as client:
            exchange = await send(client, named(server), ca_file=ca, min_tls=lowest)
    assert exchange.head.status == 200
    assert exchange.last.connection.tls_version in ("TLSv1", "TLSv1.1")


async def test_a_lowest_version_refuses_the_ones_below(ca, tmp_path):
    with TlsServer("tls12_only") as server:
        problem = await problem_of_send(tmp_path, named(server), ca_file=ca, min_tls="1.3")
    assert problem.kind == "tls-version"
    assert "TLS 1.3" in problem.detail


async def test_an_unknown_version_is_refused(tmp_path):
    problem = await problem_of_send(tmp_path, "https://localhost:1/", min_tls="2.0")
    assert (problem.title, problem.where) == ("TLS 2.0 is not known", "settings")


# Client certificates


def client_files(folder):
    pair = certificates.write_encrypted_key(folder)
    return {
        "pem": ClientCertificate(file=str(certificates.write_client_pem(folder))),
        "pem with passphrase": ClientCertificate(
            file=str(pair[0]), key_file=str(pair[1]), passphrase=certificates.PASSPHRASE
        ),
        "pfx": ClientCertificate(
            file=str(certificates.write_client_pfx(folder)), passphrase=certificates.PASSPHRASE, host="local*"
        ),
    }


@pytest.mark.parametrize("server_kind", ["client_certificate", "client_certificate_tls12"])
@pytest.mark.parametrize("which", ["pem", "pem with passphrase", "pfx"])
async def test_a_client_certificate_opens_the_server(which, server_kind, ca, tmp_path):
    with TlsServer(server_kind) as server:
        async with http_client(tmp_path) as client:
            certificate = client_files(tmp_path)[which]
            exchange = await send(client, named(server), ca_file=ca, client_certificate=certificate)
    assert exchange.outcome is Outcome.DONE, exchange.problem
    assert server.client_subjects[0]["commonName"] == "A client of the tests"


async def test_a_client_certificate_is_shown_to_its_own_hosts_only(ca, tmp_path):
    certificate = ClientCertificate(file=str(certificates.write_client_pem(tmp_path)), host="*.bank.example")
    with TlsServer("client_certificate_tls12") as server:
        problem = await problem_of_send(tmp_path, named(server), ca_file=ca, client_certificate=certificate)
        assert problem.kind in ("client-certificate-required", "client-certificate-refused")
    assert server.client_subjects == []


@pytest.mark.parametrize(
    ("which", "passphrase", "title"),
    [
        ("pfx", "kanary", "The passphrase of the client certificate is wrong"),
        ("pfx", "", "The client certificate needs a passphrase"),
        ("pem with passphrase", "kanary", "The passphrase of the client certificate is wrong"),
        ("pem with passphrase", "", "The client certificate needs a passphrase"),
    ],
)
async def test_a_wrong_passphrase_is_named(which, passphrase, title, tmp_path):
    given = client_files(tmp_path)[which]
    certificate = ClientCertificate(file=given.file, key_file=given.key_file, passphrase=passphrase)
    problem = await problem_of_send(tmp_path, "https://localhost:1/", client_certificate=certificate)
    assert (problem.title, problem.kind, exit_code(problem)) == (title, "wrong-passphrase", 4)
    assert (problem.remedies[0].action, problem.remedies[0].value) == ("open_settings", "tls")
    assert "kanary" not in f"{problem} {problem.evidence}"


@pytest.mark.parametrize("name", ["broken.pem", "broken.pfx", "certificate-only.pem"])
async def test_a_client_certificate_that_is_none_is_named(name, tmp_path):
    text = certificates.client_identity().cert_chain_pems[0].bytes() if "only" in name else b"nothing of the kind"
    (tmp_path / name).write_bytes(text)
    certificate = ClientCertificate(file=str(tmp_path / name))
    problem = await problem_of_send(tmp_path, "https://localhost:1/", client_certificate=certificate)
    assert problem.kind == "bad-client-certificate"
    assert name in problem.detail


async def test_a_key_of_another_certificate_is_named(tmp_path):
    leaf = certificates.authority().issue_cert("another.example")
    (tmp_path / "other.key").write_bytes(leaf.private_key_pem.bytes())
    certificate_file = certificates.write_encrypted_key(tmp_path)[0]
    certificate = ClientCertificate(file=str(certificate_file), key_file=str(tmp_path / "other.key"))
    problem = await problem_of_send(tmp_path, "https://localhost:1/", client_certificate=certificate)
    assert problem.title == "The client key does not belong to the certificate"


async def test_a_missing_client_certificate_is_named(tmp_path):
    certificate = ClientCertificate(file=str(tmp_path / "gone.pem"))
    problem = await problem_of_send(tmp_path, "https://localhost:1/", client_certificate=certificate)
    assert (problem.title, problem.kind) == ("gone.pem does not exist", "file-missing")


# CA files


@pytest.mark.parametrize(
    ("name", "content", "title", "kind"),
    [
        ("gone.pem", None, "gone.pem does not exist", "file-missing"),
        ("empty.pem", b"", "empty.pem holds no CA certificate", "bad-ca-file"),
        ("text.pem", b"not a certificate", "text.pem holds no CA certificate", "bad-ca-file"),
        ("half.pem", b"-----BEGIN CERTIFICATE-----\nMIIB\n", "half.pem holds no CA certificate", "bad-ca-file"),
    ],
)
async def test_a_ca_file_that_cannot_be_used_is_named(name, content, title, kind, tmp_path):
    if content is not None:
        (tmp_path / name).write_bytes(content)
    problem = await problem_of_send(tmp_path, "https://localhost:1/", ca_file=str(tmp_path / name))
    assert (problem.title, problem.kind, problem.where, exit_code(problem)) == (title, kind, "settings", 4)
    assert (problem.remedies[0].action, problem.remedies[0].value) == ("open_settings", "tls")


async def test_a_ca_file_that_is_mended_is_used_at_the_next_send(tmp_path):
    file = tmp_path / "ca.pem"
    file.write_bytes(b"not yet")
    with TlsServer() as server:
        async with http_client(tmp_path) as client:
            first = await send(client, named(server), ca_file=str(file))
            file.write_bytes(certificates.authority().cert_pem.bytes())
            second = await send(client, named(server), ca_file=str(file))
    assert first.problem.kind == "bad-ca-file"
    assert second.outcome is Outcome.DONE


async def test_a_folder_of_hashed_certificates_is_a_ca_file_too(tmp_path):
    folder = tmp_path / "folder"
    folder.mkdir()
    context = await asyncio.to_thread(build_context, tls_choice(Effective(ca_file=str(folder)), "localhost"))
    assert context.verify_mode is ssl.CERT_REQUIRED


def test_a_context_checks_names_and_trust_unless_told_otherwise():
    checked = build_context(tls_choice(Effective(), "localhost"))
    assert (checked.check_hostname, checked.verify_mode) == (True, ssl.CERT_REQUIRED)
    assert checked.minimum_version is ssl.TLSVersion.TLSv1_2
    off = build_context(tls_choice(Effective(verify=False), "localhost"))
    assert (off.check_hostname, off.verify_mode) == (False, ssl.CERT_NONE)


def test_a_client_key_never_lies_on_the_disk_in_clear(tmp_path, monkeypatch):
    monkeypatch.setenv("TMPDIR", str(tmp_path / "tmp"))
    (tmp_path / "tmp").mkdir()
    certificate = client_files(tmp_path)["pfx"]
    build_context(tls_choice(Effective(client_certificate=certificate), "localhost"))
    assert list((tmp_path / "tmp").iterdir()) == []


def test_an_error_of_a_file_is_a_problem_for_whoever_builds(tmp_path):
    with pytest.raises(Problem):
        build_context(tls_choice(Effective(ca_file=str(tmp_path / "gone")), "localhost"))
