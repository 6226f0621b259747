"""One folder per protocol: model, client (no Qt) and tab (Qt)."""
