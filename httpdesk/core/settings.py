"""Settings: what the user chose for the whole program."""

import msgspec

from httpdesk.core.options import Options


class Pool(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The connection pool: connections in all and per host (0: no limit), seconds an idle one is kept, DNS cache."""

    total: int = 100
    per_host: int = 10
    keep_alive_s: float = 15.0
    dns_cache_s: float = 60.0


class HistoryLimits(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Whether exchanges are kept on disk, and how many: the oldest go first (0: no limit); pinned ones stay."""

    keep: bool = True
    days: int = 90
    entries: int = 100_000
    megabytes: int = 2_000
    per_request: int = 0


class Settings(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Appearance ("system", "light" or "dark"; zoom in percent), layout ("auto", "beside", "below"), network, history.

    `code_font` is a font of the system for code, ours where it is empty.
    """

    theme: str = "system"
    zoom_percent: int = 100
    code_font: str = ""
    layout: str = "auto"
    wrap_lines: bool = True
    options: Options = Options()
    pool: Pool = Pool()
    history: HistoryLimits = HistoryLimits()
