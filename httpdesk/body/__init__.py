"""Bodies of any size: spooled to disk, indexed, formatted, searched; no Qt."""
