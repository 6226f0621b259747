"""After a variable got another name: offers to change its uses, says how many there are, and can take it back."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from httpdesk.core.environment import Environment
from httpdesk.core.renaming import Renaming
from httpdesk.ui.documents import Documents, Edited
from httpdesk.ui.library import Library
from httpdesk.ui.notices import Notices
from httpdesk.ui.tasks import Tasks

if TYPE_CHECKING:
    from httpdesk.store.uses import Changed, Count

_COUNT, _CHANGE = "count uses of a variable", "rename a variable"


class VariableRenaming(QObject):
    """Files, open tabs and the other environments are changed in one step; the last are those of the editor."""

    def __init__(
        self,
        library: Library,
        documents: Documents,
        tasks: Tasks,
        notices: Notices,
        environments: Callable[[], tuple[Environment, ...]],
        rename_elsewhere: Callable[[str, str], None],
    ) -> None:
        super().__init__()
        self._library, self._documents, self._tasks, self._notices = library, documents, tasks, notices
        self._environments, self._rename_elsewhere = environments, rename_elsewhere

    def offer(self, old: str, new: str) -> None:
        """Count the uses of the old name, and offer to change them if there are any."""
        self._tasks.start(_COUNT, self._offer(old, new))

    async def _offer(self, old: str, new: str) -> None:
        in_files = await self._library.uses(old)
        in_environments = self._in_environments(old)
        if not in_files.uses and not in_environments:
            return
        self._notices.show(
            self._words(old, new, in_files, in_environments),
            self.tr("Change all"),
            lambda: self._tasks.start(_CHANGE, self._change(old, new), beside=True),
        )

    def _words(self, old: str, new: str, in_files: Count, in_environments: int) -> str:
        words = self.tr(
            "{old} is {new} now. Uses of the old name: {uses} in requests (files: {files}), {others} in environments."
        )
        return words.format(old=old, new=new, uses=in_files.uses, files=in_files.files, others=in_environments)

    def _in_environments(self, old: str) -> int:
        """Variables of this name, and references to it in the values of others."""
        environments, met = self._environments(), Renaming(old, old)
        met.of(environments)
        return met.count + sum(row.name == old for each in environments for row in each.variables)

    async def _change(self, old: str, new: str) -> None:
        changed = await self._library.rename_uses(old, new)
        self._rename_elsewhere(old, new)
        edited = await self._documents.rename_variable(old, new)

        async def take_back() -> None:
            await self._take_back(changed, edited)
            self._rename_elsewhere(new, old)

        self._notices.show(
            self.tr("{new} is written everywhere. Files changed: {count}.").format(new=new, count=len(changed)),
            self.tr("Undo"),
            lambda: self._tasks.start(_CHANGE, take_back(), beside=True),
        )

    async def _take_back(self, changed: tuple[Changed, ...], edited: tuple[Edited, ...]) -> None:
        kept = await self._library.undo_uses(changed)
        await self._documents.take_back(edited)
        if kept:
            names = ", ".join(path.name for path in kept)
            words = self.tr("Changed since, and left as they are: {names}.").format(names=names)
            self._notices.show(words, level="warning")
