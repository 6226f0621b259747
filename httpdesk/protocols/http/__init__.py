"""HTTP: the client that sends a request and the tab that edits it."""
