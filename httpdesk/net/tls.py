"""TLS contexts: what must be trusted, which versions, which client certificate; built in a thread, 20-30 ms each."""

import fnmatch
import ssl
import sys
from pathlib import Path
from typing import NamedTuple

import truststore

from httpdesk.core.options import ClientCertificate, Effective
from httpdesk.core.problem import Problem, Remedy
from httpdesk.net.client_certificate import load_client_certificate
from httpdesk.net.file_faults import file_problem
from httpdesk.net.tls_evidence import keep_evidence

VERSIONS = {
    "1.0": ssl.TLSVersion.TLSv1,
    "1.1": ssl.TLSVersion.TLSv1_1,
    "1.2": ssl.TLSVersion.TLSv1_2,
    "1.3": ssl.TLSVersion.TLSv1_3,
}
# Where Linux systems keep their trusted certificates, for an OpenSSL that was built elsewhere and looks elsewhere.
_SYSTEM_CA_FILES = (
    "/etc/ssl/certs/ca-certificates.crt",
    "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
    "/etc/pki/tls/certs/ca-bundle.crt",
    "/etc/ssl/ca-bundle.pem",
    "/etc/ssl/cert.pem",
)


class TlsChoice(NamedTuple):
    """What tells TLS contexts apart; `stamps` change with the files."""

    verify: bool
    ca_file: str
    min_tls: str
    certificate: ClientCertificate
    stamps: tuple[tuple[int, int], ...]


def tls_choice(options: Effective, host: str) -> TlsChoice:
    """The choice for a host (file access: call it in a thread)."""
    certificate = options.client_certificate
    if certificate.host and not fnmatch.fnmatchcase(host.lower(), certificate.host.lower()):
        certificate = ClientCertificate()
    files = (options.ca_file, certificate.file, certificate.key_file)
    stamps = tuple(_stamp(file) for file in files if file)
    return TlsChoice(options.verifies(host), options.ca_file, options.min_tls, certificate, stamps)


def _stamp(file: str) -> tuple[int, int]:
    try:
        found = Path(file).stat()
    except (OSError, ValueError):
        return (0, 0)
    return (found.st_mtime_ns, found.st_size)


def build_context(choice: TlsChoice) -> ssl.SSLContext:
    """Make the context; blocks. Raises Problem for a file that can't be used or an unknown version."""
    context = _trusting() if choice.verify else _trusting_all()
    if choice.min_tls not in VERSIONS:
        raise Problem(f"TLS {choice.min_tls} is not known", f"Choose one of {', '.join(VERSIONS)}.", where="settings")
    if choice.min_tls < "1.2" or not choice.verify:
        # Old versions need algorithms that OpenSSL calls too weak by default.
        context.set_ciphers("DEFAULT:@SECLEVEL=0")
    context.minimum_version = VERSIONS[choice.min_tls]
    context.set_alpn_protocols(["http/1.1"])
    if choice.ca_file and choice.verify:
        _load_ca(context, Path(choice.ca_file))
    if choice.certificate.file:
        load_client_certificate(context, choice.certificate)
    keep_evidence(context)
    return context


def _trusting() -> ssl.SSLContext:
    """Trust what the operating system trusts."""
    if sys.platform != "linux":
        return truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    # truststore would read the same files as this, but again for every connection, on the loop (20 ms).
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    paths = ssl.get_default_verify_paths()
    context.set_default_verify_paths()
    if not paths.cafile and not (paths.capath and any(Path(paths.capath).iterdir())):
        found = next((file for file in _SYSTEM_CA_FILES if Path(file).is_file()), None)
        if found:
            context.load_verify_locations(found)
    return context


def _trusting_all() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


def _load_ca(context: ssl.SSLContext, path: Path) -> None:
    """Trust a CA bundle too; a folder holds hashed certificates."""
    try:
        if path.is_dir():
            context.load_verify_locations(capath=path)
        else:
            with path.open("rb"):
                pass  # OpenSSL says less about a file that can't be read
            context.load_verify_locations(cafile=path)
    except ssl.SSLError as error:
        raise Problem(
            f"{path.name} holds no CA certificate",
            f"{path} is not a PEM file with certificates.",
            kind="bad-ca-file",
            where="settings",
            evidence=f"{type(error).__name__} {error.reason or ''}".strip(),
            remedies=(
                Remedy(
                    text="Choose another CA file",
                    label="Open settings",
                    action="open_settings",
                    value="tls",
                ),
                Remedy(text="A PEM file begins with -----BEGIN CERTIFICATE-----"),
            ),
        ) from error
    except (OSError, ValueError) as error:
        raise file_problem(path, error, "settings") from error
