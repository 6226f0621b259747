"""One file per way to show a body: which content types it fits and which language colours it."""
