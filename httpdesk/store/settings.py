"""The settings file; secrets in it are blank."""

from pathlib import Path

import msgspec

from httpdesk.core.settings import Settings
from httpdesk.store import private_json
from httpdesk.store.blank import options_without_secrets


def load(path: Path) -> tuple[Settings, str]:
    """The settings, and what went wrong with the file (it is then set aside)."""
    return private_json.read(path, Settings, Settings())


def save(path: Path, settings: Settings) -> None:
    """Write the settings; passphrase and proxy password stay out. Raises OSError."""
    options = options_without_secrets(settings.options)
    private_json.write(path, msgspec.structs.replace(settings, options=options))
