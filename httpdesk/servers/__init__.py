"""Our own aiohttp.web servers, on loopback only."""
