"""One environment in the editor: name, colour, variables."""

from collections.abc import Callable

import msgspec
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from httpdesk.core.environment import Environment, Scope
from httpdesk.ui.environment_swatches import Swatches
from httpdesk.ui.environments_model import VariablesModel
from httpdesk.ui.environments_table import VariablesTable
from httpdesk.ui.kv_model import VALUE
from httpdesk.ui.name_edit import NameEdit
from httpdesk.ui.pills import Pill
from httpdesk.ui.protection_card import ProtectionCard
from httpdesk.ui.scrolled import scrolled
from httpdesk.ui.theme import theme
from httpdesk.ui.widgets import button, col, icon_button, icon_label, label, row

_NAME_PX = 280


class EnvironmentEditor(QWidget):
    """Shows one environment; `edited` has it as it stands after each change but that of its name."""

    edited = Signal(object)
    renamed = Signal(str)
    use_clicked = Signal()
    duplicate_clicked = Signal()
    delete_clicked = Signal()

    def __init__(self, scope: Callable[[], Scope], taken: Callable[[str], bool]) -> None:
        super().__init__()
        self._environment, self._taken = Environment(), taken
        self._has_name = True
        self._model = VariablesModel()
        self.table = VariablesTable(self._model, lambda name: scope().find(name) is not None, self.tr("Variables"))
        self.table.edited.connect(self._table_edited)
        self.name = _Name(self.tr("Name of the environment"))
        self.name.textEdited.connect(lambda _text: self._check_name())
        self.name.editingFinished.connect(self._rename)
        self._swatches = Swatches()
        self._swatches.chosen.connect(lambda color: self._change(color=color))
        self._protection = ProtectionCard()
        self._protection.switched.connect(lambda on: self._change(protected=on))
        self._fault = label("", "small", "danger", wrap=True)
        self._fault_row = row(icon_label("circle-alert", "danger", 14), (self._fault, 1), margins=(24, 8, 24, 0))
        self._lay_out()

    def _lay_out(self) -> None:
        self._pill = Pill(self.tr("In use"), "success", "circle-check")
        self.use = button(self.tr("Use"), size="sm")
        self.use.clicked.connect(self.use_clicked)
        duplicate = icon_button("copy", self.tr("Duplicate the environment"))
        duplicate.clicked.connect(self.duplicate_clicked)
        delete = icon_button("trash-2", self.tr("Delete the environment"))
        delete.clicked.connect(self.delete_clicked)
        self._title = label("", "title")
        head = row(
            (self.name, 1),
            self._title,
            None,
            self._pill,
            self.use,
            duplicate,
            delete,
            spacing=8,
            margins=(24, 16, 24, 4),
        )
        colors = row(
            label(self.tr("Colour"), "small", "text2"), self._swatches, None, spacing=8, margins=(24, 4, 24, 8)
        )
        guard = row(self._protection, margins=(24, 4, 24, 4))
        self._own_parts = (self.name, duplicate, delete, colors, guard)
        secrets = self.tr("Values of secret variables are kept until httpdesk ends; the file does not get them.")
        order = self.tr(
            "Order of lookup: request, folders from near to far, environment, collection, .env files, workspace,"
            " globals. The nearest wins."
        )
        page = col(
            row(self.table, margins=(16, 0, 20, 0)),
            self._fault_row,
            _note("lock", secrets, 16),
            _note("info", order, 0),
            None,
            spacing=0,
        )
        lay = QVBoxLayout(self)
        lay.setContentsMargins(0, 0, 0, 0)
        lay.setSpacing(0)
        self._name_fault = label("", "small", "danger", wrap=True)
        self._name_fault_row = row(
            icon_label("circle-alert", "danger", 14), (self._name_fault, 1), margins=(24, 0, 24, 4)
        )
        self._name_fault_row.hide()
        for part in (head, self._name_fault_row, guard, colors):
            lay.addWidget(part)
        lay.addWidget(scrolled(page), 1)
        theme.bind(self.name, lambda: self.name.setMaximumWidth(theme.px(_NAME_PX)))

    def show_environment(self, environment: Environment, *, in_use: bool, title: str = "") -> None:
        """Show one; where it is the one in view, what is being typed stays.

        `title` is for variables that belong to no environment: these have no name to change and nothing else.
        """
        if environment.name != self._environment.name:
            self.table.cells.shown.clear()
            self._model.set_rows([])
        self._has_name = not title
        if self._has_name and (environment.name != self._environment.name or not self.name.hasFocus()):
            self.name.setText(environment.name)
            self._check_name()
        self._environment = environment
        self._model.show(environment.variables)
        self._swatches.show_color(environment.color)
        self._protection.show_protected(on=environment.protected)
        self._pill.setVisible(in_use)
        self.use.setVisible(not in_use and not title)
        self._title.setText(title)
        self._title.setVisible(bool(title))
        for part in self._own_parts:
            part.setVisible(not title)
        self._say()

    def edit_name(self) -> None:
        """Put the caret into the name, all of it selected."""
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)
        self.name.selectAll()

    def edit_variable(self, name: str) -> None:
        """Put the caret into the value of a variable; it is added if it is missing."""
        at = self._model.place_of(name)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        self.table.edit_cell(at, VALUE)

    @property
    def fault(self) -> str:
        """What is wrong with the name or the rows, "" for nothing."""
        return self._name_fault.text() or self._fault.text()

    # -- changes

    def _table_edited(self) -> None:
        self._say()
        self._change(variables=self._model.variables())

    def _change(self, **fields: object) -> None:
        environment = msgspec.structs.replace(self._environment, **fields)
        if environment != self._environment:
            self._environment = environment
            self.edited.emit(environment)

    def _check_name(self) -> bool:
        name = self.name.name()
        fault = ""
        if not name:
            fault = self.tr("An environment needs a name.")
        elif name != self._environment.name and self._taken(name):
            fault = self.tr("There is another environment of this name.")
        self._name_fault.setText(fault)
        self._name_fault_row.setVisible(bool(fault))
        return not fault

    def _rename(self) -> None:
        if not self._has_name:  # the hidden field lost the focus
            return
        name = self.name.name()
        if not self._check_name():
            self.name.setText(self._environment.name)
            self._check_name()
        elif name != self._environment.name:
            self._environment = msgspec.structs.replace(self._environment, name=name)
            self.renamed.emit(name)

    def _say(self) -> None:
        faults = self._model.faults()
        self._fault.setText(faults[0][1] if faults else "")
        self._fault_row.setVisible(bool(faults))


class _Name(NameEdit):
    """Enter and Esc end here: they rename or take back, and close nothing."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc brings the old name back first."""
        if event.key() == Qt.Key.Key_Escape and self.isModified():
            self.undo()
            while self.isUndoAvailable():
                self.undo()
            self.setModified(False)
            self.textEdited.emit(self.text())
            return
        super().keyPressEvent(event)


def _note(icon: str, words: str, top: int) -> QWidget:
    return row(icon_label(icon, "text3", 14), (label(words, "small", "text2", wrap=True), 1), margins=(24, top, 24, 8))
