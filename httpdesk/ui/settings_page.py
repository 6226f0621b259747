"""A page of settings: sections of rows, all drawn from the table, narrowed by a search."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from httpdesk.core.settings import Settings
from httpdesk.ui.live_settings import LiveSettings
from httpdesk.ui.settings_fields import Page, Section, read, words, written
from httpdesk.ui.settings_row import SettingRow
from httpdesk.ui.tasks import Tasks
from httpdesk.ui.widgets import label, line, row


class SettingsPage(QWidget):
    """Rows under their headings; the name of the page shows only among search results."""

    def __init__(self, page: Page, live: LiveSettings, tasks: Tasks) -> None:
        super().__init__()
        self.page, self._live = page, live
        self._query = ""
        self._name = row(label(words(page.title), "title"), None, margins=(24, 16, 24, 4))
        self._name.hide()
        lay = QVBoxLayout(self)
        lay.setContentsMargins(0, 0, 0, 0)
        lay.setSpacing(0)
        lay.addWidget(self._name)
        self._sections = [_Section(page, section, live, tasks) for section in page.sections]
        for section in self._sections:
            lay.addWidget(section)
        lay.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.rows = [setting for section in self._sections for setting in section.rows]
        live.changed.connect(self._follow)
        self._sift()

    def search(self, query: str) -> bool:
        """Show the rows that fit, all for an empty query; whether there is one."""
        self._query = query
        self._name.setVisible(bool(query))
        return self._sift()

    def show_again(self) -> None:
        """Show the values that hold, whatever was typed."""
        for setting in self.rows:
            setting.show_again()
        self._follow(self._live.value)

    def reset(self) -> None:
        """Give every setting of the page its default."""
        settings, fresh = self._live.value, Settings()
        for field in self.page.fields():
            settings = written(settings, field.at, read(fresh, field.at))
        self._live.replace(settings)
        self.show_again()

    def is_default(self) -> bool:
        """Whether nothing on the page was changed."""
        fresh = Settings()
        return all(read(self._live.value, field.at) == read(fresh, field.at) for field in self.page.fields())

    def _follow(self, settings: Settings) -> None:
        for setting in self.rows:
            setting.follow(settings)
        self._sift()

    def _sift(self) -> bool:
        found = [section.sift(self._query) for section in self._sections]
        shown = [section for section, has_rows in zip(self._sections, found, strict=True) if has_rows]
        for section in shown:
            section.show_line(section is not shown[0])
        return bool(shown)


class _Section(QWidget):
    """A heading and its rows."""

    def __init__(self, page: Page, section: Section, live: LiveSettings, tasks: Tasks) -> None:
        super().__init__()
        around = f"{words(page.title)} {words(section.title)}"
        self.rows = [SettingRow(field, live, tasks, around) for field in section.fields]
        self._line = row(line(), margins=(24, 8, 24, 0))
        lay = QVBoxLayout(self)
        lay.setContentsMargins(0, 0, 0, 0)
        self._heading = row(label(words(section.title), "strong"), None, margins=(24, 16, 24, 4))
        self._repeats_page = section.title == page.title
        lay.addWidget(self._line)
        lay.addWidget(self._heading)
        lay.setSpacing(0)
        for setting in self.rows:
            lay.addWidget(setting)

    def sift(self, query: str) -> bool:
        """Show the rows that apply and fit; whether there is one."""
        found = [setting.applies() and setting.fits(query) for setting in self.rows]
        for setting, fits in zip(self.rows, found, strict=True):
            setting.setVisible(fits)
        self._heading.setVisible(not (query and self._repeats_page))
        self.setVisible(any(found))
        return any(found)

    def show_line(self, shown: bool) -> None:
        """The line above is for every section but the first."""
        self._line.setVisible(shown)
