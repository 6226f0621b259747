"""The cookie jar: in memory, shared by every session; cookies of IP addresses and localhost count too."""

from collections.abc import Iterable, Iterator
from http.cookies import Morsel

import aiohttp
from yarl import URL

from httpdesk.core.cookies import StoredCookie, parse


class Jar:
    """Remembers Set-Cookie headers and gives the Cookie header of a URL; made without a loop, filled within one."""

    def __init__(self) -> None:
        self._jar: aiohttp.CookieJar | None = None

    def __iter__(self) -> Iterator[Morsel[str]]:
        return iter(self._jar or ())

    def remember(self, url: str, set_cookies: Iterable[str]) -> None:
        """Take the Set-Cookie headers of an answer from this URL."""
        headers = list(set_cookies)
        if headers:
            if self._jar is None:
                self._jar = aiohttp.CookieJar(unsafe=True, quote_cookie=False)
            self._jar.update_cookies_from_headers(headers, URL(url, encoded=True))

    def pairs(self, url: str) -> list[tuple[str, str]]:
        """Names and values for a request to this URL, as the server wrote them."""
        if self._jar is None:
            return []
        found = self._jar.filter_cookies(URL(url, encoded=True))
        return [(name, morsel.coded_value) for name, morsel in found.items()]

    def header(self, url: str, typed: str = "") -> str:
        """The Cookie header of a request: what the user typed, then the jar's other cookies."""
        names = {parse(pair).name for pair in typed.split(";")}
        pairs = [typed.strip()] if typed.strip() else []
        pairs += [f"{name}={value}" for name, value in self.pairs(url) if name not in names]
        return "; ".join(pairs)

    def rows(self) -> list[StoredCookie]:
        """What is kept now, for the list of cookies."""
        only_for_host = self._jar.host_only_cookies if self._jar is not None else frozenset()
        return [_row(one, (one["domain"], one["path"].rstrip("/"), one.key) in only_for_host) for one in self]

    def remove(self, cookies: Iterable[StoredCookie]) -> None:
        """Forget some cookies; `remember` with their `url` and `header` brings them back."""
        gone = {(one.domain, one.path, one.name) for one in cookies}
        if self._jar is not None:
            self._jar.clear(lambda one: (one["domain"], one["path"], one.key) in gone)

    def clear(self) -> None:
        """Forget everything."""
        if self._jar is not None:
            self._jar.clear()


def _row(morsel: Morsel[str], only_for_host: bool) -> StoredCookie:
    words = {"secure": "Secure", "httponly": "HttpOnly", "partitioned": "Partitioned"}
    flags = [word for key, word in words.items() if morsel.get(key)]
    if morsel["samesite"]:
        flags.append(f"SameSite={morsel['samesite']}")
    max_age, domain, path = morsel["max-age"], morsel["domain"], morsel["path"] or "/"
    kept = [("Domain", "" if only_for_host else domain), ("Path", path), ("Max-Age", max_age)]
    kept.append(("Expires", morsel["expires"]))
    header = "; ".join(
        [f"{morsel.key}={morsel.coded_value}", *(f"{key}={value}" for key, value in kept if value), *flags]
    )
    return StoredCookie(
        domain=domain,
        path=path,
        name=morsel.key,
        value=morsel.coded_value,
        expires=f"Max-Age {max_age}" if max_age else morsel["expires"],
        flags=tuple(flags),
        url=str(URL.build(scheme="https", host=domain, path="/")),
        header=header,
    )
