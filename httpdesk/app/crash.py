"""Crash guard: a mistake of ours becomes one notice with its details to copy; nothing is sent anywhere."""

import asyncio
import logging
import sys
import traceback
from collections.abc import Callable, Iterable
from types import TracebackType
from typing import Any

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication

from httpdesk import __version__
from httpdesk.core.redact import redact
from httpdesk.ui.notices import Notices

_log = logging.getLogger(__name__)
_KEPT = 20


class CrashGuard:
    """Catches what nobody caught, in slots and in tasks; `reports` are the last ones, secrets taken out."""

    def __init__(self, notices: Notices, secrets: Callable[[], Iterable[str]]) -> None:
        self._notices, self._secrets = notices, secrets
        self._loop: asyncio.AbstractEventLoop | None = None
        self._hook_before = sys.excepthook
        self.reports: list[str] = []

    def install(self) -> None:
        """Begin to catch."""
        self._hook_before = sys.excepthook
        sys.excepthook = self._caught
        self._loop = asyncio.get_running_loop()
        self._loop.set_exception_handler(self._caught_in_loop)

    def remove(self) -> None:
        """Catch no more."""
        sys.excepthook = self._hook_before
        if self._loop is not None:
            self._loop.set_exception_handler(None)

    def _caught(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            self._hook_before(kind, error, trace)
            return
        self._report("".join(traceback.format_exception(kind, error, trace)))

    def _caught_in_loop(self, _loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        error = context.get("exception")
        if isinstance(error, BaseException):
            self._caught(type(error), error, error.__traceback__)
        else:
            self._report(str(context.get("message", context)))

    def _report(self, details: str) -> None:
        about = f"httpdesk {__version__}, Python {sys.version.split()[0]}, {sys.platform}"
        report = redact(f"{about}\n{details}", self._secrets())
        self.reports = [*self.reports, report][-_KEPT:]
        _log.error("%s", report)
        self._notices.show(
            QCoreApplication.translate("crash", "Something went wrong inside httpdesk. Your work is kept."),
            QCoreApplication.translate("crash", "Copy details"),
            lambda: QApplication.clipboard().setText(report),
            level="error",
        )
