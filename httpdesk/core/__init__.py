"""The nouns of the trade: pure data and functions; no Qt, network, disk or asyncio."""
