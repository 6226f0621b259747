"""The HTTP tab: URL row, request pane and response pane."""
