"""Settings page: how this one request travels; whatever is left empty is as in the program's settings."""

import msgspec
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from httpdesk.core.options import ClientCertificate, Effective, Options, Proxy, ProxyMode, effective
from httpdesk.core.request import HttpRequest
from httpdesk.protocols.http.tab.option_fields import Choice, Limit, OptionField, Switchable, Text, Whole
from httpdesk.protocols.http.tab.page import Page, spaced
from httpdesk.ui.live_settings import LiveSettings
from httpdesk.ui.scrolled import scrolled
from httpdesk.ui.tasks import Tasks
from httpdesk.ui.theme import theme
from httpdesk.ui.widgets import label

_TLS_VERSIONS = ("1.0", "1.1", "1.2", "1.3")
_PROXY_MODES = (ProxyMode.NONE, ProxyMode.SYSTEM, ProxyMode.MANUAL)
# Who names a proxy for one request wants it for every host.
_NEW_PROXY = Proxy(bypass=())


class SettingsPage(Page):
    """One field for each option of core/options.py that a request can override."""

    def __init__(self, settings: LiveSettings, tasks: Tasks, parent: QWidget) -> None:
        super().__init__(parent)
        self._settings = settings
        self._tasks = tasks
        self._fields: dict[str, OptionField] = {}
        content = QWidget()
        area = scrolled(content, self)
        self._column = QVBoxLayout(content)
        spaced(content, self._column, (16, 4, 16, 16), 8)
        self._request = HttpRequest()
        lay = QVBoxLayout(self)
        lay.setContentsMargins(0, 0, 0, 0)
        lay.addWidget(area)
        settings.changed.connect(self._show_defaults)

    def showEvent(self, event: QShowEvent) -> None:
        """Make the fields when they are first seen: most tabs never show them."""
        if not self._fields:
            self._build()
            self._column.addStretch(1)
            self._show_defaults()
            self.show_request(self._request)
        super().showEvent(event)

    def _build(self) -> None:
        self._section(self.tr("Time limits"))
        self._add("total_s", Limit(self.tr("Total"), self.tr("The whole request, redirects and body included")))
        self._add("headers_s", Limit(self.tr("Headers"), self.tr("From the sent request to the head of the answer")))
        self._add("connect_s", Limit(self.tr("Connect"), self.tr("Getting a connection, the wait for a slot included")))
        self._add("sock_connect_s", Limit(self.tr("Socket connect"), self.tr("One TCP and TLS set-up")))
        self._add("sock_read_s", Limit(self.tr("Socket read"), self.tr("The longest silence of the server")))
        self._section(self.tr("Redirects"))
        self._add("follow_redirects", Switchable(self.tr("Follow redirects"), self.tr("Every hop stays visible")))
        self._add("max_redirects", Whole(self.tr("At most"), self.tr("More hops than this end the request")))
        words = self.tr("Authorization and secret headers go wherever a redirect leads")
        self._add("keep_credentials", Switchable(self.tr("Keep credentials on another host"), words))
        self._section(self.tr("Sending"))
        words = self.tr("Illegal characters are percent-encoded; what is legal stays as typed")
        self._add("encode_url", Switchable(self.tr("Encode the URL"), words))
        words = self.tr("Comments and trailing commas of a JSON text are not sent")
        self._add("plain_json", Switchable(self.tr("Plain JSON"), words))
        self._add("cookies", Switchable(self.tr("Use the cookie jar"), self.tr("Sends and stores cookies")))
        self._section(self.tr("TLS"))
        self._add(
            "verify", Switchable(self.tr("Verify the certificate"), self.tr("Off is marked in red on the answer"))
        )
        words = self.tr("A PEM file, trusted beside the system's")
        self._add("ca_file", Text(self.tr("Own authorities"), words, self._tasks, is_file=True))
        self._add("min_tls", Choice(self.tr("Lowest version"), self.tr("Servers below it are refused"), _TLS_VERSIONS))
        words = self.tr("PEM, PFX or P12")
        self._add("certificate.file", Text(self.tr("Client certificate"), words, self._tasks, is_file=True))
        words = self.tr("Empty if it is in the same file")
        self._add("certificate.key_file", Text(self.tr("Client key"), words, self._tasks, is_file=True))
        words = self.tr("Kept until httpdesk closes, never written")
        self._add("certificate.passphrase", Text(self.tr("Passphrase"), words, self._tasks, secret=True))
        self._build_proxy()

    def _build_proxy(self) -> None:
        self._section(self.tr("Proxy"))
        modes = (self.tr("None"), self.tr("System"), self.tr("Manual"))
        words = self.tr("System reads the settings of the desktop and http_proxy")
        self._add("proxy.mode", Choice(self.tr("Proxy for this request"), words, _PROXY_MODES, modes))
        words = self.tr("Like http://proxy.example:3128")
        self._add("proxy.url", Text(self.tr("URL of the proxy"), words, self._tasks))
        words = self.tr("Empty if the proxy asks for none")
        self._add("proxy.username", Text(self.tr("User name at the proxy"), words, self._tasks))
        words = self.tr("Kept until httpdesk closes, never written")
        self._add("proxy.password", Text(self.tr("Password at the proxy"), words, self._tasks, secret=True))
        self._fields["proxy.mode"].edited.connect(self._show_proxy)

    def show_request(self, request: HttpRequest) -> None:
        """Fill the fields."""
        self._request = request
        for name, field in self._fields.items():
            field.show_value(_value(request.options, name))
        self._show_proxy()

    def applied(self, request: HttpRequest) -> HttpRequest:
        """The request with the options as filled in; a field that holds no value keeps what was there."""
        if not self._fields:
            return request
        values: dict[str, object] = {}
        for name, field in self._fields.items():
            if field.is_valid() and "." not in name:
                values[name] = field.value()
        old = request.options.client_certificate or ClientCertificate()
        new = msgspec.structs.replace(old, **self._group("certificate"))
        values["client_certificate"] = None if new == ClientCertificate() else new
        values["proxy"] = None
        if self._fields["proxy.mode"].value() is not None:
            values["proxy"] = msgspec.structs.replace(request.options.proxy or _NEW_PROXY, **self._group("proxy"))
        return msgspec.structs.replace(request, options=msgspec.structs.replace(request.options, **values))

    def _group(self, group: str) -> dict[str, object]:
        """The values of the fields that make one option together."""
        names = (name for name in self._fields if name.startswith(f"{group}."))
        return {name.partition(".")[2]: self._fields[name].value() or "" for name in names}

    def _show_proxy(self) -> None:
        """Its address and credentials matter only where it is given by hand."""
        for name, field in self._fields.items():
            if name.startswith("proxy.") and name != "proxy.mode":
                field.setVisible(self._fields["proxy.mode"].value() is ProxyMode.MANUAL)

    def _section(self, title: str) -> None:
        heading = label(title, "strong")
        theme.bind(heading, lambda: heading.setContentsMargins(0, theme.px(12), 0, 0))
        self._column.addWidget(heading)

    def _add(self, name: str, field: OptionField) -> None:
        self._fields[name] = field
        field.edited.connect(self.edited)
        self._column.addWidget(field)

    def _show_defaults(self, *_: object) -> None:
        above: Effective = effective(self._settings.value.options)
        for name, field in self._fields.items():
            if name == "proxy.mode":
                field.show_default(above.proxy.mode)
            else:
                field.show_default(None if "." in name else getattr(above, name))


def _value(options: Options, name: str) -> object:
    group, _, attribute = name.partition(".")
    if group == "certificate":
        return getattr(options.client_certificate or ClientCertificate(), attribute)
    if group == "proxy":
        return getattr(options.proxy, attribute) if options.proxy else None
    return getattr(options, name)
