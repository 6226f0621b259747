"""The disk: workspaces, settings, session; every save is atomic."""
