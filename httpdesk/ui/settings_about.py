"""The settings page that says what this program is: versions for a report, and licences."""

import platform
from importlib.metadata import PackageNotFoundError, version

from PySide6.QtCore import QCoreApplication, Qt, qVersion
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from httpdesk import __version__
from httpdesk.ui.logo import Logo
from httpdesk.ui.widgets import button, col, label, line, row

_PACKAGES = ("PySide6-Essentials", "qasync", "aiohttp", "yarl", "cryptography", "msgspec", "pygments")


def _tr(text: str) -> str:
    return QCoreApplication.translate("settings", text)


def versions() -> list[tuple[str, str]]:
    """What runs here, as (name, version), for a report of a fault."""
    found = [("httpdesk", __version__), ("Python", platform.python_version()), ("Qt", qVersion())]
    for package in _PACKAGES:
        try:
            found.append((package, version(package)))
        except PackageNotFoundError:
            continue
    return [*found, (_tr("System"), platform.platform(terse=True))]


class AboutPage(QWidget):
    """Name, versions with a button that copies them, licences."""

    def __init__(self) -> None:
        super().__init__()
        self._versions = versions()
        self._copy = button(_tr("Copy versions"), size="sm", icon="copy")
        self._copy.clicked.connect(self._copy_versions)
        title = col(
            label(f"httpdesk {__version__}", "title"),
            label(_tr("A desktop client for HTTP services"), "small", "text2"),
            spacing=0,
        )
        lay = QVBoxLayout(self)
        lay.setContentsMargins(0, 0, 0, 0)
        lay.setSpacing(0)
        lay.setAlignment(Qt.AlignmentFlag.AlignTop)
        lay.addWidget(row(Logo(), (title, 1), self._copy, spacing=12, margins=(24, 20, 24, 8)))
        lay.addWidget(_heading(_tr("Versions")))
        for name, number in self._versions:
            lay.addWidget(row((label(name, "body", "text2"), 1), (label(number, selectable=True), 1), margins=_LINE))
        lay.addWidget(row(line(), margins=(24, 12, 24, 0)))
        lay.addWidget(_heading(_tr("Licences")))
        for name, words in (
            ("httpdesk", "MIT"),
            ("Qt, PySide6", "LGPL-3.0-only"),
            ("Inter, JetBrains Mono", "SIL Open Font License 1.1"),
            ("Lucide", "ISC"),
        ):
            lay.addWidget(row((label(name, "body", "text2"), 1), (label(words), 1), margins=_LINE))
        hint = _tr("The fonts and icons carry their licences beside them.")
        lay.addWidget(row((label(hint, "small", "text2", wrap=True), 1), margins=(24, 8, 24, 16)))

    def _copy_versions(self) -> None:
        QApplication.clipboard().setText("\n".join(f"{name} {number}" for name, number in self._versions))


_LINE = (24, 3, 24, 3)


def _heading(words: str) -> QWidget:
    return row(label(words, "strong"), None, margins=(24, 16, 24, 4))
