"""Options in files: settings that OpenCollection has, and an extension for all others."""

from httpdesk.core.options import ClientCertificate, Options, Proxy, ProxyMode
from httpdesk.store.plain import Values, flag, number, part, pruned, text, texts

_LIMITS = {
    "headers": "headers_s",
    "connect": "connect_s",
    "socketConnect": "sock_connect_s",
    "socketRead": "sock_read_s",
}
_CERTIFICATE = {"file": "file", "keyFile": "key_file", "passphrase": "passphrase", "host": "host"}
_PROXY = ("url", "username", "password")


def read(settings: Values, extension: Values) -> Options:
    """The options of a request; what is missing or makes no sense stays open."""
    limits, redirects, tls = (part(extension, key) for key in ("limits", "redirects", "tls"))
    timeout_ms, total_s = number(settings.get("timeout")), number(limits.get("total"))
    redirect_count = number(settings.get("maxRedirects"))
    return Options(
        total_s=total_s if total_s is not None else None if timeout_ms is None else timeout_ms / 1000,
        headers_s=number(limits.get("headers")),
        connect_s=number(limits.get("connect")),
        sock_connect_s=number(limits.get("socketConnect")),
        sock_read_s=number(limits.get("socketRead")),
        follow_redirects=flag(settings.get("followRedirects")),
        max_redirects=None if redirect_count is None else int(redirect_count),
        keep_credentials=flag(redirects.get("keepCredentials")),
        encode_url=flag(settings.get("encodeUrl")),
        cookies=flag(extension.get("cookies")),
        plain_json=flag(extension.get("plainJson")),
        verify=flag(tls.get("verify")),
        unverified_hosts=texts(tls["unverifiedHosts"]) if "unverifiedHosts" in tls else None,
        ca_file=text(tls["caFile"]) if "caFile" in tls else None,
        min_tls=text(tls["minVersion"]) if "minVersion" in tls else None,
        client_certificate=_certificate(tls.get("clientCertificate")),
        proxy=_proxy(extension.get("proxy")),
    )


def write_settings(options: Options) -> Values:
    """What OpenCollection has a setting for."""
    return pruned(
        {
            "encodeUrl": options.encode_url,
            "timeout": _milliseconds(options.total_s),
            "followRedirects": options.follow_redirects,
            "maxRedirects": options.max_redirects,
        }
    )


def write_extension(options: Options) -> Values:
    """What it has not."""
    total_s = options.total_s if _milliseconds(options.total_s) is None else None
    limits = {key: _tidy(getattr(options, name)) for key, name in _LIMITS.items()}
    hosts = options.unverified_hosts
    tls = {
        **pruned({"verify": options.verify}),
        **({} if hosts is None else {"unverifiedHosts": list(hosts)}),
        **pruned({"caFile": options.ca_file, "minVersion": options.min_tls}),
    }
    if options.client_certificate is not None:
        tls["clientCertificate"] = _certificate_values(options.client_certificate)
    values = pruned(
        {
            "limits": pruned({"total": _tidy(total_s), **limits}),
            "redirects": pruned({"keepCredentials": options.keep_credentials}),
            "cookies": options.cookies,
            "plainJson": options.plain_json,
            "tls": tls,
        }
    )
    return values if options.proxy is None else {**values, "proxy": _proxy_values(options.proxy)}


def _tidy(seconds: float | None) -> float | None:
    """Whole seconds as "30", not "30.0"."""
    return int(seconds) if seconds is not None and seconds == int(seconds) else seconds


def _milliseconds(seconds: float | None) -> int | None:
    """Whole milliseconds, None where that would be another time."""
    if seconds is None:
        return None
    found = round(seconds * 1000)
    return found if found / 1000 == seconds else None


def _certificate(value: object) -> ClientCertificate | None:
    if not isinstance(value, dict):
        return None
    return ClientCertificate(**{name: text(value.get(key)) for key, name in _CERTIFICATE.items()})


def _certificate_values(certificate: ClientCertificate) -> Values:
    # "host" is always there: a mapping that is empty would say nothing.
    values: Values = {key: getattr(certificate, name) for key, name in _CERTIFICATE.items()}
    return {key: value for key, value in values.items() if value or key == "host"}


def _proxy(value: object) -> Proxy | None:
    if not isinstance(value, dict):
        return None
    try:
        mode = ProxyMode(text(value.get("mode")))
    except ValueError:
        mode = ProxyMode.SYSTEM
    url, username, password = (text(value.get(key)) for key in _PROXY)
    bypass = texts(value["bypass"]) if "bypass" in value else Proxy().bypass
    return Proxy(mode=mode, url=url, username=username, password=password, bypass=bypass)


def _proxy_values(proxy: Proxy) -> Values:
    values: Values = {"mode": str(proxy.mode), **{key: getattr(proxy, key) for key in _PROXY if getattr(proxy, key)}}
    return values if proxy.bypass == Proxy().bypass else {**values, "bypass": list(proxy.bypass)}
