"""Header names and their usual values, offered while typing (IANA field name registry, requests only)."""

_MEDIA = (
    "application/json",
    "application/xml",
    "application/x-www-form-urlencoded",
    "application/octet-stream",
    "application/yaml",
    "multipart/form-data",
    "text/html",
    "text/plain",
    "text/csv",
    "text/event-stream",
    "*/*",
)
_CODINGS = ("gzip", "deflate", "br", "zstd", "identity", "gzip, deflate, br, zstd")

REQUEST_HEADERS: dict[str, tuple[str, ...]] = {
    "Accept": _MEDIA,
    "Accept-Charset": ("utf-8",),
    "Accept-Encoding": _CODINGS,
    "Accept-Language": ("en", "en-GB,en;q=0.9", "de", "fr", "ru", "*"),
    "Access-Control-Request-Headers": (),
    "Access-Control-Request-Method": ("GET", "POST", "PUT", "PATCH", "DELETE"),
    "Authorization": ("Bearer ", "Basic "),
    "Cache-Control": ("no-cache", "no-store", "max-age=0", "only-if-cached"),
    "Connection": ("keep-alive", "close"),
    "Content-Disposition": (),
    "Content-Encoding": _CODINGS[:4],
    "Content-Language": (),
    "Content-Type": _MEDIA[:-1],
    "Cookie": (),
    "DNT": ("1",),
    "Date": (),
    "Expect": ("100-continue",),
    "Forwarded": ("for=192.0.2.1;proto=https",),
    "From": (),
    "Host": (),
    "Idempotency-Key": ("{{$uuid}}",),
    "If-Match": ("*",),
    "If-Modified-Since": (),
    "If-None-Match": ("*",),
    "If-Range": (),
    "If-Unmodified-Since": (),
    "Last-Event-ID": (),
    "Origin": (),
    "Pragma": ("no-cache",),
    "Prefer": ("return=minimal", "return=representation", "respond-async"),
    "Proxy-Authorization": ("Basic ",),
    "Range": ("bytes=0-1023",),
    "Referer": (),
    "TE": ("trailers",),
    "Traceparent": (),
    "Upgrade-Insecure-Requests": ("1",),
    "User-Agent": (),
    "Via": (),
    "X-Api-Key": (),
    "X-CSRF-Token": (),
    "X-Correlation-ID": ("{{$uuid}}",),
    "X-Forwarded-For": (),
    "X-Forwarded-Host": (),
    "X-Forwarded-Proto": ("https", "http"),
    "X-HTTP-Method-Override": ("PUT", "PATCH", "DELETE"),
    "X-Request-ID": ("{{$uuid}}",),
    "X-Requested-With": ("XMLHttpRequest",),
}
_BY_LOWER = {name.lower(): values for name, values in REQUEST_HEADERS.items()}


def usual_values(name: str) -> tuple[str, ...]:
    """Values that a header of this name often has, in any case; empty when none is usual."""
    return _BY_LOWER.get(name.strip().lower(), ())
