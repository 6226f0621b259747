"""Reconciler: tabs follow their files; where both were changed, the user decides which one counts."""

import msgspec
from PySide6.QtCore import QObject, Signal

from httpdesk.core.collection import Saved
from httpdesk.core.problem import Problem
from httpdesk.core.standing import Choice, Standing
from httpdesk.ui.desk import Desk
from httpdesk.ui.document import Document
from httpdesk.ui.library import Library
from httpdesk.ui.notices import Notices
from httpdesk.ui.tasks import Tasks


class Reconciler(QObject):
    """Compares the open tabs with their files; nothing typed is replaced without being asked for."""

    save_wanted = Signal(object)
    """The user wants the file of a document written again."""

    def __init__(self, desk: Desk, library: Library, tasks: Tasks, notices: Notices) -> None:
        super().__init__()
        self._desk, self._library, self._tasks, self._notices = desk, library, tasks, notices
        self._theirs: dict[Document, Saved] = {}
        library.changed_outside.connect(self._changed_outside)

    def follow(self, document: Document) -> None:
        """Do what the user chooses in the strip of a tab."""
        document.standing_chosen.connect(lambda choice: self._chosen(document, Choice(choice)))

    def forget(self, document: Document) -> None:
        """The tab is closed."""
        self._theirs.pop(document, None)

    def _changed_outside(self, added: frozenset[str]) -> None:
        self._tasks.start("look", self._look_at_all(added), beside=True)

    async def _look_at_all(self, added: frozenset[str]) -> None:
        for document in self._desk.documents:
            await self.look(document, added)

    async def look(self, document: Document, added: frozenset[str] = frozenset()) -> None:
        """Bring a tab and its file together, as far as nobody need be asked.

        `added` are files that just came: one of them may be the tab's own under another name.
        """
        folder, path = self._library.folder, document.path
        if not path:
            return
        seen, fault = None, ""
        try:
            seen = await self._library.look(path)
        except Problem as problem:
            fault = problem.detail or problem.title
        if seen is None and not fault and added:
            new = await self._library.find_moved(document.saved.version, added)
            if new and self._is_same(document, path, folder):
                self._library.moved.emit(path, new)
                return
        # Meanwhile the tab may have been closed, moved or saved, or another workspace opened.
        if not self._is_same(document, path, folder):
            return
        if seen is None:
            document.show_standing(Standing.BROKEN if fault else Standing.GONE, fault)
            return
        saved, is_news = seen
        if is_news and document.request not in (document.saved.request, saved.request):
            self._theirs[document] = saved
            document.show_standing(Standing.CHANGED)
            return
        await self._settle(document, saved)

    def _is_same(self, document: Document, path: str, folder: object) -> bool:
        return document in self._desk.documents and document.path == path and self._library.folder == folder

    async def _settle(self, document: Document, saved: Saved) -> None:
        """What the file holds is known to the user, or of no matter: the next save may replace it."""
        self._theirs.pop(document, None)
        document.show_standing(Standing.SAME)
        document.show_saved(saved)
        await self._library.accept(saved.path, saved.version)

    # -- what the user decides

    def _chosen(self, document: Document, choice: Choice) -> None:
        if choice is Choice.SAVE:
            self.save_wanted.emit(document)
        elif choice is Choice.BOTH:
            self._tasks.start("both", self._show_both(document))
        elif theirs := self._theirs.get(document):
            if choice is Choice.THEIRS:
                self._take(document, theirs)
            self._tasks.start("settle", self._settle(document, theirs), beside=True)

    def _take(self, document: Document, theirs: Saved) -> None:
        mine = document.request

        def undo() -> None:
            if document in self._desk.documents:
                document.replace_request(mine)

        document.replace_request(theirs.request)
        words = self.tr("{title} shows what its file holds; your changes were put away.").format(title=document.title)
        self._notices.show(words, self.tr("Undo"), undo)

    def is_gone(self, document: Document) -> bool:
        """Whether another program deleted the file of a tab."""
        return document.standing is Standing.GONE

    async def may_save(self, document: Document) -> bool:
        """Whether a tab may be written over its file; asks where another program changed it meanwhile."""
        theirs = self._theirs.get(document)
        if document.standing is not Standing.CHANGED or theirs is None:
            return True
        from httpdesk.ui import dialogs

        if not await dialogs.confirm(
            self._desk.window(),
            self.tr("Save over what another program wrote?"),
            self.tr("{title} was changed by another program. Saving replaces that with what you see here.").format(
                title=document.title
            ),
            self.tr("Save mine"),
            danger=True,
        ):
            return False
        await self._settle(document, theirs)
        return True

    async def _show_both(self, document: Document) -> None:
        from httpdesk.ui.both_texts import BothTexts

        if not document.path or document.request is None:
            return
        mine, theirs = await self._library.both_texts(document.path, document.request)
        title = self.tr("{title}: yours and theirs").format(title=document.title)
        card = BothTexts(self._desk.window(), title, mine, theirs)
        if document.standing is Standing.CHANGED:
            card.offer(document.standing_chosen.emit)
        card.open(card.theirs)


def as_moved(saved: Saved, path: str) -> Saved:
    """What is known of a file that lies in another place now."""
    return msgspec.structs.replace(saved, path=path)
