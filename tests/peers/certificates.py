"""Certificates for the TLS peers: a test authority, and each way in which a certificate can be wrong."""

import datetime as dt
import functools
import ipaddress

import trustme
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID

NAMES = ("localhost", "127.0.0.1", "::1")
PASSPHRASE = "open sesame"


@functools.cache
def authority():
    """The authority that the tests trust."""
    return trustme.CA(organization_name="httpdesk tests")


@functools.cache
def stranger():
    """An authority that nobody trusts."""
    return trustme.CA(organization_name="httpdesk strangers")


@functools.cache
def middle():
    """An authority below the trusted one; servers must send it along."""
    return authority().create_child_ca()


def days(count):
    """A time so many days from now."""
    return dt.datetime.now(dt.UTC) + dt.timedelta(days=count)


def pem_of(leaf, chain=None):
    """Key and certificates of a trustme leaf as one PEM text; `chain` limits how many certificates it has."""
    certificates = [blob.bytes() for blob in leaf.cert_chain_pems]
    return b"".join([leaf.private_key_pem.bytes(), *certificates[:chain]])


@functools.cache
def good():
    return pem_of(authority().issue_cert(*NAMES))


@functools.cache
def expired():
    return pem_of(authority().issue_cert(*NAMES, not_before=days(-60), not_after=days(-30)))


@functools.cache
def not_yet_valid():
    return pem_of(authority().issue_cert(*NAMES, not_before=days(30), not_after=days(60)))


@functools.cache
def wrong_host():
    return pem_of(authority().issue_cert("other.example", "*.elsewhere.example"))


@functools.cache
def unknown_ca():
    return pem_of(stranger().issue_cert(*NAMES), chain=1)


@functools.cache
def untrusted_root():
    """The chain of a stranger, root included."""
    return pem_of(stranger().issue_cert(*NAMES)) + stranger().cert_pem.bytes()


@functools.cache
def with_intermediate():
    return pem_of(middle().issue_cert(*NAMES))


@functools.cache
def missing_intermediate():
    return pem_of(middle().issue_cert(*NAMES), chain=1)


@functools.cache
def self_signed():
    return _own(ec.generate_private_key(ec.SECP256R1()))


@functools.cache
def weak_key():
    """1024 bits of RSA, signed by the trusted authority."""
    return _signed_by_authority(rsa.generate_private_key(65_537, 1024))


@functools.cache
def client_identity():
    """A client certificate that the test authority signed."""
    return authority().issue_cert("client@example.org", common_name="A client of the tests")


def write_authority(folder):
    """Write the trusted authority as PEM and return the path."""
    return _write(folder / "ca.pem", authority().cert_pem.bytes())


def write_client_pem(folder):
    """Write the client's key and certificate into one PEM file and return the path."""
    return _write(folder / "client.pem", pem_of(client_identity()))


def write_client_pfx(folder, passphrase=PASSPHRASE):
    """Write the client's key and certificate as PKCS #12 and return the path."""
    key = _key_of(client_identity())
    certificate = x509.load_pem_x509_certificate(client_identity().cert_chain_pems[0].bytes())
    lock = serialization.BestAvailableEncryption(passphrase.encode()) if passphrase else serialization.NoEncryption()
    return _write(folder / "client.pfx", pkcs12.serialize_key_and_certificates(b"client", key, certificate, None, lock))


def write_encrypted_key(folder, passphrase=PASSPHRASE):
    """Write the client's certificate and its encrypted key as two PEM files and return both paths."""
    key = _key_of(client_identity())
    lock = serialization.BestAvailableEncryption(passphrase.encode())
    text = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, lock)
    return (
        _write(folder / "client-cert.pem", client_identity().cert_chain_pems[0].bytes()),
        _write(folder / "client-key.pem", text),
    )


def _key_of(owner):
    key = serialization.load_pem_private_key(owner.private_key_pem.bytes(), None)
    assert isinstance(key, ec.EllipticCurvePrivateKey)
    return key


def _write(path, data):
    path.write_bytes(data)
    return path


def _own(key):
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    return _pem(key, _builder(key, name, name).sign(key, hashes.SHA256()))


def _signed_by_authority(key):
    issuer_key = _key_of(authority())
    issuer = x509.load_pem_x509_certificate(authority().cert_pem.bytes())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    builder = _builder(key, subject, issuer.subject).add_extension(
        x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()), critical=False
    )
    return _pem(key, builder.sign(issuer_key, hashes.SHA256()))


def _builder(key, subject, issuer):
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(days(-1))
        .not_valid_after(days(30))
        .add_extension(x509.SubjectAlternativeName([_general(name) for name in NAMES]), critical=False)
    )


def _general(name):
    try:
        return x509.IPAddress(ipaddress.ip_address(name))
    except ValueError:
        return x509.DNSName(name)


def _pem(key, certificate):
    text = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return text + certificate.public_bytes(serialization.Encoding.PEM)
