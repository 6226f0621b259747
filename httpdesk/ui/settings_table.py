"""Every setting, declared: a new one is one line here; pages, search, checks and reset follow from it."""

from httpdesk.core.options import NO_LIMIT, ProxyMode
from httpdesk.ui.settings_fields import Choice, Field, File, Line, Names, Number, Page, Section, Themes, Toggle

_SECONDS = Number(
    unit="s",
    empty=NO_LIMIT,
    placeholder="no limit",
    wrong="Use a number of seconds, like 30, or leave it empty for no limit.",
)
_KEPT_SECONDS = Number(unit="s", highest=86_400, wrong="Use a number of seconds, like 15.")
_CONNECTIONS = Number(
    whole=True,
    highest=10_000,
    empty=0,
    placeholder="no limit",
    wrong="Use a whole number, like 100, or leave it empty for no limit.",
)
_MEGABYTES = Number(
    unit="MB",
    whole=True,
    highest=1_000_000,
    empty=0,
    placeholder="no limit",
    wrong="Use a whole number of MB, like 2000, or leave it empty for no limit.",
)
_ENTRIES = Number(
    whole=True,
    highest=10_000_000,
    empty=0,
    placeholder="no limit",
    wrong="Use a whole number, like 100000, or leave it empty for no limit.",
)
_DAYS = Number(
    whole=True,
    highest=36_500,
    empty=0,
    placeholder="no limit",
    wrong="Use a whole number of days, like 90, or leave it empty for no limit.",
)
_ZOOM = tuple((percent, f"{percent}\u202f%") for percent in (80, 90, 100, 110, 125, 150, 175, 200))
_TLS = (("1.0", "TLS 1.0"), ("1.1", "TLS 1.1"), ("1.2", "TLS 1.2"), ("1.3", "TLS 1.3"))
_PROXY = ((ProxyMode.NONE, "None"), (ProxyMode.SYSTEM, "System"), (ProxyMode.MANUAL, "Manual"))
_LAYOUT = (("auto", "Auto"), ("beside", "Right"), ("below", "Below"))
_CERTIFICATES = "Certificates (*.pem *.crt *.cer *.key);;All files (*)"
_CLIENT_CERTIFICATES = "Certificates (*.pem *.crt *.cer *.pfx *.p12);;All files (*)"
_BY_HAND = ("options.proxy.mode", ProxyMode.MANUAL)
_OVERRIDE = "Requests may override these. Empty means no limit."
_AT_ONCE = "Changes apply at once."


def _field(at: str, title: str, hint: str, kind: object, needs: tuple[str, object] | None = None) -> Field:
    return Field(at=at, title=title, hint=hint, input=kind, needs=needs)  # type: ignore[arg-type]


def _section(title: str, *fields: Field) -> Section:
    return Section(title=title, fields=fields)


PAGES: tuple[Page, ...] = (
    Page(
        id="appearance",
        title="Appearance",
        icon="palette",
        note=_AT_ONCE,
        sections=(
            _section("Theme", _field("theme", "Theme", "System follows light and dark of the desktop", Themes())),
            _section(
                "Text",
                _field("zoom_percent", "Zoom", "Ctrl+= and Ctrl+- change it, 80 to 200 %", Choice(values=_ZOOM)),
                _field(
                    "code_font",
                    "Font for code",
                    "A font of this computer, best one of equal widths",
                    Line(placeholder="JetBrains Mono"),
                ),
                _field("wrap_lines", "Wrap long lines", "In bodies; Alt+Z switches it", Toggle()),
            ),
            _section(
                "Layout", _field("layout", "Response", "Ctrl+J switches it", Choice(values=_LAYOUT, in_a_row=True))
            ),
        ),
    ),
    Page(
        id="requests",
        title="Requests",
        icon="send",
        note="Requests may override these.",
        sections=(
            _section(
                "Redirects",
                _field("options.follow_redirects", "Follow redirects", "Every hop stays visible", Toggle()),
                _field(
                    "options.max_redirects",
                    "At most",
                    "More hops than this end the request",
                    Number(whole=True, highest=100, wrong="Use a whole number from 0 to 100."),
                    ("options.follow_redirects", True),
                ),
                _field(
                    "options.keep_credentials",
                    "Keep credentials on another host",
                    "Sends Authorization, cookies and secret headers to wherever a redirect leads",
                    Toggle(),
                ),
            ),
            _section(
                "Sending",
                _field("options.cookies", "Keep cookies", "Stores what servers set, sends it back", Toggle()),
                _field("options.encode_url", "Encode the URL", "Off sends every character as typed", Toggle()),
                _field(
                    "options.plain_json",
                    "Plain JSON",
                    "Leaves out comments and trailing commas of a JSON text; off sends them",
                    Toggle(),
                ),
            ),
        ),
    ),
    Page(
        id="connections",
        title="Connections",
        icon="plug",
        note=_OVERRIDE,
        sections=(
            _section(
                "Time limits",
                _field("options.total_s", "Total", "The whole request, redirects and body included", _SECONDS),
                _field("options.headers_s", "Headers", "From the sent request to the head of the answer", _SECONDS),
                _field(
                    "options.connect_s", "Connect", "Getting a connection, the wait for a free slot included", _SECONDS
                ),
                _field("options.sock_connect_s", "Socket connect", "One TCP and TLS set-up", _SECONDS),
                _field(
                    "options.sock_read_s",
                    "Socket read",
                    "The longest silence between two pieces of the answer",
                    _SECONDS,
                ),
            ),
            _section(
                "Connection pool",
                _field("pool.total", "Connections in all", "Requests past this limit wait for a slot", _CONNECTIONS),
                _field("pool.per_host", "Connections per host", "Empty means only the limit above", _CONNECTIONS),
                _field(
                    "pool.keep_alive_s", "Keep idle connections", "A reused one skips DNS, TCP and TLS", _KEPT_SECONDS
                ),
                _field(
                    "pool.dns_cache_s", "Keep addresses", "How long a looked-up address is used again", _KEPT_SECONDS
                ),
            ),
        ),
    ),
    Page(
        id="tls",
        title="TLS certificates",
        icon="shield",
        note="Requests may override these.",
        sections=(
            _section(
                "Servers",
                _field("options.verify", "Verify certificates", "When off, the status bar says so in red", Toggle()),
                _field(
                    "options.unverified_hosts",
                    "Not verified hosts",
                    "Their certificates are not checked; a name or a pattern",
                    Names(placeholder="*.dev.local, 10.0.0.5"),
                ),
                _field("options.min_tls", "Lowest version", "Servers below it are refused", Choice(values=_TLS)),
                _field(
                    "options.ca_file",
                    "Own authorities",
                    "A PEM file, trusted beside those of the system",
                    File(placeholder="ca.pem", kinds=_CERTIFICATES),
                ),
            ),
            _section(
                "Client certificate",
                _field(
                    "options.client_certificate.file",
                    "Certificate",
                    "PEM, PFX or P12",
                    File(placeholder="client.pem", kinds=_CLIENT_CERTIFICATES),
                ),
                _field(
                    "options.client_certificate.key_file",
                    "Key",
                    "Empty if it is in the same file",
                    File(placeholder="client.key", kinds=_CERTIFICATES),
                ),
                _field(
                    "options.client_certificate.passphrase",
                    "Passphrase",
                    "Kept until the program ends, never written",
                    Line(secret=True),
                ),
                _field(
                    "options.client_certificate.host",
                    "Only for",
                    "A host or a pattern; empty means every host",
                    Line(placeholder="*.bank.example"),
                ),
            ),
        ),
    ),
    Page(
        id="proxy",
        title="Proxy",
        icon="globe",
        note="Requests may override these.",
        sections=(
            _section(
                "Proxy",
                _field(
                    "options.proxy.mode",
                    "Use",
                    "System reads the settings of the desktop and http_proxy",
                    Choice(values=_PROXY, in_a_row=True),
                ),
                _field(
                    "options.proxy.url",
                    "URL",
                    "Where the proxy listens",
                    Line(
                        placeholder="http://proxy.example:3128",
                        starts=("http://", "https://"),
                        wrong="Start with http:// or https://, like http://proxy.example:3128.",
                    ),
                    _BY_HAND,
                ),
                _field("options.proxy.username", "User name", "Empty if the proxy asks for none", Line(), _BY_HAND),
                _field(
                    "options.proxy.password",
                    "Password",
                    "Kept until the program ends, never written",
                    Line(secret=True),
                    _BY_HAND,
                ),
                _field(
                    "options.proxy.bypass",
                    "Reach directly",
                    "Hosts, suffixes such as .example, and networks",
                    Names(placeholder="localhost, .example"),
                ),
            ),
        ),
    ),
    Page(
        id="history",
        title="History",
        icon="history",
        note="What you send is kept on this computer, secrets masked.",
        sections=(
            _section("History", _field("history.keep", "Keep a history", "Off keeps what is there already", Toggle())),
            _section(
                "At most",
                _field("history.megabytes", "Size", "The oldest entries go first, pinned ones never", _MEGABYTES),
                _field("history.entries", "Entries", "Of all requests together", _ENTRIES),
                _field("history.per_request", "Entries per request", "Of one file, or of one method and URL", _ENTRIES),
                _field("history.days", "Age in days", "Older entries go", _DAYS),
            ),
        ),
    ),
    Page(id="shortcuts", title="Shortcuts", icon="keyboard"),
    Page(id="data", title="Data and privacy", icon="database"),
    Page(id="about", title="About", icon="info"),
)
