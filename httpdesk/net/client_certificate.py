"""Client certificates: PEM or PKCS #12 files into a TLS context; a key never lies on the disk in clear."""

import os
import secrets
import ssl
import tempfile
from pathlib import Path

from httpdesk.core.options import ClientCertificate
from httpdesk.core.problem import Problem, Remedy
from httpdesk.net.file_faults import file_problem

PKCS12_SUFFIXES = (".pfx", ".p12")


def load_client_certificate(context: ssl.SSLContext, certificate: ClientCertificate) -> None:
    """Load the files into the context; blocks. Raises Problem."""
    file = Path(certificate.file)
    for path in (file, Path(certificate.key_file)) if certificate.key_file else (file,):
        try:
            with path.open("rb"):
                pass  # OpenSSL says less about a file that can't be read
        except (OSError, ValueError) as error:
            raise file_problem(path, error, "settings") from error
    if file.suffix.lower() in PKCS12_SUFFIXES:
        _load_pkcs12(context, file, certificate.passphrase)
    else:
        _load_pem(context, file, certificate)


def _load_pem(context: ssl.SSLContext, file: Path, certificate: ClientCertificate) -> None:
    try:
        # With an empty passphrase too: without one OpenSSL would ask for it in the terminal.
        context.load_cert_chain(file, certificate.key_file or None, certificate.passphrase)
    except ssl.SSLError as error:
        raise _pem_problem(certificate, error) from error
    except (OSError, ValueError) as error:
        raise file_problem(file, error, "settings") from error


def _pem_problem(certificate: ClientCertificate, error: ssl.SSLError) -> Problem:
    key = Path(certificate.key_file or certificate.file)
    if error.reason == "KEY_VALUES_MISMATCH":
        return _problem("The client key does not belong to the certificate", f"{key}", "bad-client-certificate", error)
    if _is_encrypted(key):
        return _wrong_passphrase(key, bool(certificate.passphrase), error)
    detail = f"{certificate.file} and the key must be PEM files."
    return _problem("The client certificate cannot be read", detail, "bad-client-certificate", error)


def _is_encrypted(key: Path) -> bool:
    try:
        return b"ENCRYPTED" in key.read_bytes()
    except OSError:
        return False


def _load_pkcs12(context: ssl.SSLContext, file: Path, passphrase: str) -> None:
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.serialization import pkcs12

    try:
        key, leaf, chain = pkcs12.load_key_and_certificates(file.read_bytes(), passphrase.encode() or None)
    except ValueError as error:
        if "password" in str(error).lower():
            raise _wrong_passphrase(file, bool(passphrase), error) from error
        raise _problem(
            "The client certificate cannot be read", f"{file}: {error}.", "bad-client-certificate", error
        ) from error
    if key is None or leaf is None:
        raise _problem("The client certificate has no private key", f"{file}", "bad-client-certificate", None)
    # ssl reads files only. The key is written encrypted, under a password that lives for this call.
    password = secrets.token_urlsafe(24)
    lock = serialization.BestAvailableEncryption(password.encode())
    text = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, lock)
    text += b"".join(part.public_bytes(serialization.Encoding.PEM) for part in (leaf, *chain))
    descriptor, name = tempfile.mkstemp(suffix=".pem")  # mode 0600
    try:
        with os.fdopen(descriptor, "wb") as temporary:
            temporary.write(text)
        context.load_cert_chain(name, password=password)
    finally:
        Path(name).unlink()


def _wrong_passphrase(file: Path, given: bool, error: Exception) -> Problem:
    title = (
        "The passphrase of the client certificate is wrong" if given else "The client certificate needs a passphrase"
    )
    return _problem(title, f"{file} is encrypted.", "wrong-passphrase", error)


def _problem(title: str, detail: str, kind: str, error: Exception | None) -> Problem:
    remedy = Remedy(
        text="Check the client certificate in the settings",
        label="Open settings",
        action="open_settings",
        value="tls",
    )
    evidence = type(error).__name__ if error else ""
    return Problem(
        title, f"{detail} Nothing was sent.", kind=kind, where="settings", evidence=evidence, remedies=(remedy,)
    )
