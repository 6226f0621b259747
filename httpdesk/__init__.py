"""httpdesk: a desktop client for HTTP and WebSocket services."""

__version__ = "0.1.0"
