"""The window: all Qt that no protocol owns."""
