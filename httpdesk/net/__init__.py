"""The wire: sessions, TLS, proxies, redirects, timing; the only room that knows aiohttp's inside."""
