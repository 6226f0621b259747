"""Places: where config, data, cache and the first workspace lie on this system."""

import os
import sys
from dataclasses import dataclass
from pathlib import Path

HOME_VARIABLE = "HTTPDESK_HOME"


@dataclass(frozen=True)
class Places:
    """The program's folders; they need not exist yet.

    `config` holds settings, `data` the session, `cache` what may be deleted at any time, `workspace` the first one.
    """

    config: Path
    data: Path
    cache: Path
    workspace: Path

    @property
    def settings_file(self) -> Path:
        """The settings."""
        return self.config / "settings.json"

    @property
    def globals_file(self) -> Path:
        """Variables that every workspace of the user sees."""
        return self.data / "globals.yml"

    @property
    def session_file(self) -> Path:
        """Open tabs, drafts, window state."""
        return self.data / "session.json"

    @property
    def history_folder(self) -> Path:
        """Every exchange, in a database and body files."""
        return self.data / "history"

    @property
    def spool_folder(self) -> Path:
        """Bodies of this process; it goes when the process ends."""
        return self.cache / f"bodies-{os.getpid()}"


def find() -> Places:
    """The places of this user; HTTPDESK_HOME puts them all under one folder."""
    if own := os.environ.get(HOME_VARIABLE):
        home = Path(own)
        return Places(home / "config", home / "data", home / "cache", home / "workspace")
    home = Path.home()
    workspace = home / "httpdesk"
    if sys.platform == "win32":
        local = Path(os.environ.get("LOCALAPPDATA", home / "AppData/Local")) / "httpdesk"
        return Places(local / "config", local / "data", local / "cache", workspace)
    if sys.platform == "darwin":
        support = home / "Library/Application Support/httpdesk"
        return Places(support, support, home / "Library/Caches/httpdesk", workspace)
    return Places(
        _xdg("XDG_CONFIG_HOME", home / ".config"),
        _xdg("XDG_DATA_HOME", home / ".local/share"),
        _xdg("XDG_CACHE_HOME", home / ".cache"),
        workspace,
    )


def _xdg(name: str, usual: Path) -> Path:
    value = os.environ.get(name, "")
    return (Path(value) if value.startswith("/") else usual) / "httpdesk"
