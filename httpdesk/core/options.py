"""Options: how a request travels; a request overrides the settings, the settings override the defaults below."""

from enum import StrEnum
from fnmatch import fnmatchcase

import msgspec

NO_LIMIT = 0.0


class ProxyMode(StrEnum):
    """Where the proxy comes from."""

    NONE = "none"
    SYSTEM = "system"
    MANUAL = "manual"


class Proxy(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An HTTP proxy; `bypass` holds host names, suffixes (".example") and networks that are reached directly."""

    mode: ProxyMode = ProxyMode.SYSTEM
    url: str = ""
    username: str = ""
    password: str = ""
    bypass: tuple[str, ...] = ("localhost", "127.0.0.1", "::1")

    @property
    def address(self) -> str:
        """Host and port for showing, without a user and password that may stand in the URL."""
        return self.url.strip().rpartition("://")[2].rpartition("@")[2].rstrip("/")


class ClientCertificate(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A client certificate as files: PEM (with the key in `key_file` or the same file) or PKCS #12 (.pfx, .p12).

    `host` limits it to one host or pattern ("*.bank.example"); empty means every host.
    """

    file: str = ""
    key_file: str = ""
    passphrase: str = ""
    host: str = ""


class Options(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What one request or the settings say; None means: as the level above. Times are seconds, 0 means no limit."""

    total_s: float | None = None
    headers_s: float | None = None
    connect_s: float | None = None
    sock_connect_s: float | None = None
    sock_read_s: float | None = None
    follow_redirects: bool | None = None
    max_redirects: int | None = None
    keep_credentials: bool | None = None
    encode_url: bool | None = None
    cookies: bool | None = None
    plain_json: bool | None = None
    verify: bool | None = None
    unverified_hosts: tuple[str, ...] | None = None
    ca_file: str | None = None
    min_tls: str | None = None
    client_certificate: ClientCertificate | None = None
    proxy: Proxy | None = None


class Effective(msgspec.Struct, frozen=True, kw_only=True):
    """The options that one send really uses.

    `total_s` spans redirects and body; `headers_s` the time from the request's last byte to the end of the answer's
    head; `connect_s` the wait for a connection, slot included; `sock_connect_s` one TCP and TLS set-up; `sock_read_s`
    the longest silence. `keep_credentials` lets them go to another origin on a redirect; `min_tls` is "1.2" or "1.3"
    ("1.0" and "1.1" work where OpenSSL allows them). `plain_json` leaves comments and trailing commas of a JSON text
    out.
    """

    total_s: float = 300.0
    headers_s: float = 120.0
    connect_s: float = 30.0
    sock_connect_s: float = 30.0
    sock_read_s: float = 120.0
    follow_redirects: bool = True
    max_redirects: int = 10
    keep_credentials: bool = False
    encode_url: bool = True
    cookies: bool = True
    plain_json: bool = True
    verify: bool = True
    unverified_hosts: tuple[str, ...] = ()
    ca_file: str = ""
    min_tls: str = "1.2"
    client_certificate: ClientCertificate = ClientCertificate()
    proxy: Proxy = Proxy()

    def verifies(self, host: str) -> bool:
        """Whether the certificate of this host must be trusted; `unverified_hosts` are names or "*.example"."""
        name = host.lower()
        return self.verify and not any(fnmatchcase(name, pattern.lower()) for pattern in self.unverified_hosts)


def effective(*levels: Options) -> Effective:
    """Merge levels, the most special first."""
    chosen: dict[str, object] = {}
    for level in reversed(levels):
        chosen.update({name: value for name, value in msgspec.structs.asdict(level).items() if value is not None})
    return Effective(**chosen)  # type: ignore[arg-type]
