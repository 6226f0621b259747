"""Environments: a card with the list at the left and the variables of one at the right, saved as they are typed."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import msgspec
from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QStackedWidget, QVBoxLayout, QWidget

from httpdesk.core.environment import PROCESS, Environment
from httpdesk.core.environment_edits import renamed
from httpdesk.core.problem import Problem
from httpdesk.core.renaming import Renaming
from httpdesk.ui.environments_editor import EnvironmentEditor
from httpdesk.ui.environments_grid import EnvironmentsGrid
from httpdesk.ui.library import Library
from httpdesk.ui.nav_list import NavEntry, NavList
from httpdesk.ui.notices import Notices
from httpdesk.ui.overlay import Overlay
from httpdesk.ui.references import told
from httpdesk.ui.tasks import Tasks
from httpdesk.ui.theme import theme
from httpdesk.ui.variables import GLOBALS, WORKSPACE, Variables
from httpdesk.ui.widgets import button, col, icon_button, icon_label, label, line, row

_WIDTH_PX, _HEIGHT_PX, _NAV_PX = 960, 656, 208
_SAVE_AFTER_MS = 250
_TASK = "save environments"
_SHARED = (GLOBALS, WORKSPACE)
_GRID = "grid"


@dataclass(eq=False)
class _Draft:
    """An environment as it stands in the editor; `file_name` is what its file knows it as, "" before there is one."""

    environment: Environment
    file_name: str = ""
    dirty: bool = False
    trash_id: str = ""

    @property
    def shared(self) -> bool:
        """Whether these are the variables of the user or of the workspace, which are no environment."""
        return self.environment.name in _SHARED


class EnvironmentsDialog(Overlay):
    """Made once and opened many times; a change is in the file a moment later, Undo brings a deleted one back."""

    variable_renamed = Signal(str, str)
    """A variable has another name in an environment, or in all: old, new."""

    def __init__(self, over: QWidget, library: Library, variables: Variables, tasks: Tasks, notices: Notices) -> None:
        super().__init__(over, self.tr("Environments"), _WIDTH_PX, _HEIGHT_PX)
        self._library, self._variables, self._tasks, self._notices = library, variables, tasks, notices
        self._drafts: list[_Draft] = []
        self._current: _Draft | None = None
        self._writing = 0
        self._one_at_a_time = asyncio.Lock()
        self.nav = NavList(self.tr("Environments"))
        self.editor = EnvironmentEditor(variables.scope, self._is_taken)
        self.grid = EnvironmentsGrid(lambda name: variables.scope().find(name) is not None)
        self._side_by_side = False
        self._lay_out()
        self.nav.chosen.connect(self._choose)
        self.editor.edited.connect(self._edited)
        self.grid.edited.connect(self._edited_in_grid)
        self.grid.renamed.connect(self.variable_renamed)
        self.editor.table.renamed.connect(self.variable_renamed)
        self.editor.renamed.connect(self._renamed)
        self.editor.use_clicked.connect(self._use)
        self.editor.duplicate_clicked.connect(self._duplicate)
        self.editor.delete_clicked.connect(self._delete)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_SAVE_AFTER_MS)
        self._later.timeout.connect(self._save_now)
        variables.changed.connect(self._follow)
        self.closed.connect(self._save_now)

    def _lay_out(self) -> None:
        new = icon_button("plus", self.tr("New environment"))
        new.clicked.connect(lambda: self._add(Environment(name=self._free_name(self.tr("New environment")))))
        nav = QFrame()
        side = QVBoxLayout(nav)
        side.addWidget(row(label(self.tr("Environments"), "title"), None, new, margins=(8, 0, 0, 0)))
        side.addWidget(self.nav, 1)
        first = button(self.tr("New environment"), "primary")
        first.clicked.connect(new.click)
        words = self.tr("An environment gives names such as {{baseUrl}} their values.")
        self._empty = col(
            None,
            row(None, icon_label("variable", "text3", 20), None),
            row(None, label(words, "body", "text2"), None),
            row(None, first, None),
            None,
            spacing=12,
        )
        self._stack = QStackedWidget()
        self._stack.addWidget(self.editor)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self.grid)
        hint = label(self.tr("Saved as you type."), "small", "text2", wrap=True)
        done = button(self.tr("Done"), "primary")
        done.clicked.connect(self.shut)
        foot = row((hint, 1), done, spacing=8, margins=(24, 0, 26, 0), height=56)
        inner = col((self._stack, 1), spacing=0, margins=(0, 4, 2, 0))
        self.body.addWidget(row(nav, line("v"), (col((inner, 1), line(), foot, spacing=0), 1), spacing=0), 1)

        def fit() -> None:
            nav.setFixedWidth(theme.px(_NAV_PX))
            side.setContentsMargins(theme.px(12), theme.px(12), theme.px(12), theme.px(16))
            side.setSpacing(theme.px(8))

        theme.bind(nav, fit)

    # -- opening

    def open_at(self, name: str = "") -> None:
        """Open at an environment; at the one in use, or the first, if there is none of this name."""
        self._read()
        self._side_by_side = False
        self._current = self._draft(name) or self._draft(self._variables.chosen) or self._first()
        self._show()
        self.open(self.nav if self._drafts else self._empty)

    def edit_variable(self, name: str) -> None:
        """Open where a variable has its value: in the environment in use, else in the workspace or the globals.

        One that has none gets a row in the environment in use; without any, "Local" is made and used.
        """
        if name.startswith(("$", "?", PROCESS[0])):
            self._notices.show(told(name, self._variables.scope(asking=True), self.tr("no value")))
            return
        self.open_at(self._home(name))
        if self._current is None:
            self._add(Environment(name=self.tr("Local")))
            self._use()
        self.editor.edit_variable(name)

    def _home(self, name: str) -> str:
        """Who gives a variable its value, of those that can be edited here; "" for the environment in use."""
        current, (user, workspace) = self._variables.current, self._variables.revealed_shared()
        homes = [environment for environment in (current, workspace, user) if environment is not None]
        named = (home.name for home in homes if any(row.enabled and row.name == name for row in home.variables))
        return next(named, "")

    async def finish(self) -> None:
        """Write what is not in the files yet, as before the program ends."""
        self._later.stop()
        async with self._one_at_a_time:
            pass  # what is being written does not count as unwritten any more
        await self._save()

    # -- what is shown

    def _read(self) -> None:
        """Take what the files say, except where the editor knows better."""
        if self._writing:
            return
        drafts = []
        for environment in (*self._variables.revealed_shared(), *self._variables.revealed()):
            old = next((draft for draft in self._drafts if draft.file_name == environment.name), None)
            if old is None:
                old = _Draft(environment, environment.name)
            elif not old.dirty:
                old.environment = environment
            drafts.append(old)
        self._drafts = drafts + [draft for draft in self._drafts if draft.dirty and draft not in drafts]
        if self._current not in self._drafts:
            self._current = self._first()

    def _environments(self) -> list[_Draft]:
        return [draft for draft in self._drafts if not draft.shared]

    def _first(self) -> _Draft | None:
        return next(iter(self._environments()), None)

    def _follow(self) -> None:
        if self.isVisible():
            self._read()
            self._show()

    def _show(self) -> None:
        entries = [self._entry(at, draft) for at, draft in enumerate(self._drafts)]
        environments = self._environments()
        if len(environments) > 1:
            entries.insert(len(_SHARED), NavEntry(key=_GRID, title=self.tr("Side by side"), icon="table"))
        self.grid.model.show([draft.environment for draft in environments])
        if self._side_by_side and len(environments) > 1:
            self.nav.set_entries(entries, _GRID)
            self._stack.setCurrentWidget(self.grid)
            return
        self.nav.set_entries(entries, str(self._drafts.index(self._current)) if self._current else "")
        self._stack.setCurrentWidget(self.editor if self._current else self._empty)
        if self._current:
            current, title = self._current, self._title(self._current) if self._current.shared else ""
            self.editor.show_environment(current.environment, in_use=self._is_in_use(current), title=title)

    def _entry(self, at: int, draft: _Draft) -> NavEntry:
        environment = draft.environment
        return NavEntry(
            key=str(at),
            title=self._title(draft),
            icon={GLOBALS: "globe", WORKSPACE: "layers"}.get(environment.name, ""),
            color=environment.color,
            note=str(len(environment.variables)),
            marks=(
                *([("check", self.tr("in use"))] if self._is_in_use(draft) else []),
                *([("lock", self.tr("protected"))] if environment.protected else []),
            ),
        )

    def _title(self, draft: _Draft) -> str:
        titles = {GLOBALS: self.tr("Globals"), WORKSPACE: self.tr("Workspace")}
        return titles.get(draft.environment.name, draft.environment.name)

    def _is_in_use(self, draft: _Draft) -> bool:
        """Also while its new name is on its way into the file."""
        return bool(self._variables.chosen) and self._variables.chosen in (draft.environment.name, draft.file_name)

    # -- what the user does

    def _choose(self, key: str) -> None:
        self._side_by_side = key == _GRID
        if not self._side_by_side:
            self._current = self._drafts[int(key)]
        self._show()

    def _use(self) -> None:
        if self._current:
            self._variables.choose(self._current.environment.name)

    def _edited(self, environment: Environment) -> None:
        if self._current:
            self._current.environment, self._current.dirty = environment, True
            # Not started anew by each key: someone who types without a pause is saved, too.
            if not self._later.isActive():
                self._later.start()
            self._show()

    def _edited_in_grid(self, at: int, environment: Environment) -> None:
        draft = self._environments()[at]
        draft.environment, draft.dirty = environment, True
        self._later.start()
        self._show()

    def as_typed(self) -> tuple[Environment, ...]:
        """Every environment and what is shared, as they stand here, saved or not."""
        return tuple(draft.environment for draft in self._drafts)

    def rename_everywhere(self, old: str, new: str) -> None:
        """Give a variable its new name in the other environments too, and in the values that refer to it."""
        for draft in self._drafts:
            taken = any(row.name == new for row in draft.environment.variables)
            changed = Renaming(old, new).of(draft.environment if taken else renamed(draft.environment, old, new))
            if changed != draft.environment:
                draft.environment, draft.dirty = changed, True
        self._show()
        self._save_now()

    def _renamed(self, name: str) -> None:
        if self._current:
            old = self._current.environment
            self._edited(msgspec.structs.replace(old, name=name))
            self._save_now()

    def _add(self, environment: Environment) -> None:
        self._side_by_side = False
        self._current = _Draft(environment, dirty=True)
        self._drafts.append(self._current)
        self._show()
        self._save_now()
        self.editor.edit_name()

    def _duplicate(self) -> None:
        if self._current:
            old = self._current.environment
            name = self._free_name(self.tr("{name} copy").format(name=old.name))
            self._add(msgspec.structs.replace(old, name=name))

    def _delete(self) -> None:
        draft = self._current
        if draft is None:
            return
        at, in_use = self._drafts.index(draft), self._is_in_use(draft)
        self._drafts.remove(draft)
        near = self._drafts[min(at, len(self._drafts) - 1)]
        self._current = self._first() if near.shared else near
        self._tasks.start(f"delete environment {id(draft)}", self._take_away(draft))
        if in_use:
            self._variables.choose("")
        self._show()
        self.nav.setFocus(Qt.FocusReason.OtherFocusReason)
        self._notices.show(
            self.tr("{name} was deleted.").format(name=draft.environment.name),
            self.tr("Undo"),
            lambda: self._tasks.start(f"restore environment {id(draft)}", self._bring_back(draft, in_use=in_use)),
        )

    # -- names

    def _draft(self, name: str) -> _Draft | None:
        return next((draft for draft in self._drafts if name and draft.environment.name == name), None)

    def _is_taken(self, name: str) -> bool:
        """Names that differ in their case alone could not be two files everywhere."""
        return any(
            draft.environment.name.casefold() == name.casefold() for draft in self._drafts if draft is not self._current
        )

    def _free_name(self, name: str) -> str:
        taken = {draft.environment.name.casefold() for draft in self._drafts}
        names = (name, *(f"{name} {number}" for number in range(2, len(taken) + 3)))
        return next(one for one in names if one.casefold() not in taken)

    # -- files

    def _save_now(self) -> None:
        self._later.stop()
        if any(draft.dirty for draft in self._drafts) and not self._tasks.is_running(_TASK):
            self._tasks.start(_TASK, self._save())

    async def _save(self) -> None:
        """Write one after the other, and what was typed meanwhile too; a fault waits for the next change."""
        while draft := next((draft for draft in self._drafts if draft.dirty), None):
            async with self._one_at_a_time:
                draft.dirty, written = False, False
                with self._files_change():
                    environment = self._variables.keep_secrets(draft.environment)
                    await self._write(environment, draft.file_name)
                    if draft.file_name and self._variables.chosen == draft.file_name:
                        self._variables.choose(environment.name)
                    draft.file_name, written = environment.name, True
                if not written:
                    draft.dirty = True
                    break
        self._follow()

    async def _write(self, environment: Environment, file_name: str) -> None:
        if environment.name == GLOBALS:
            await self._library.save_globals(environment.variables)
        elif environment.name == WORKSPACE:
            await self._library.save_workspace_variables(environment.variables)
        else:
            await self._library.save_environment(environment, file_name)

    async def _take_away(self, draft: _Draft) -> None:
        async with self._one_at_a_time:
            if draft.file_name:
                with self._files_change():
                    draft.trash_id = await self._library.delete_environment(draft.file_name)
        self._follow()

    async def _bring_back(self, draft: _Draft, *, in_use: bool) -> None:
        """From the trash, with what was typed and not written yet."""
        async with self._one_at_a_time:
            with self._files_change():
                if draft.trash_id:
                    await self._library.restore_environment(draft.trash_id)
        if in_use:
            self._variables.choose(draft.environment.name)
        self._read()
        back = next((one for one in self._drafts if one.file_name == draft.file_name and one.file_name), None)
        if back is None:
            self._drafts.append(draft)
            back, draft.file_name, draft.dirty = draft, "", True
        elif draft.dirty:
            back.environment, back.dirty = draft.environment, True
        self._current = back
        self._show()
        self._save_now()

    @contextmanager
    def _files_change(self) -> Iterator[None]:
        """While files change, what they say is not news; what goes wrong is a notice."""
        self._writing += 1
        try:
            yield
            if self._variables.environments != self._library.environments:
                self._variables.set_environments(self._library.environments)
            if self._variables.shared != self._library.shared:
                self._variables.set_shared(self._library.shared)
        except Problem as problem:
            self._notices.show(str(problem), level="error")
        finally:
            self._writing -= 1
