"""Documents: opening, saving, closing and reopening tabs; nothing that was typed is lost on the way."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from msgspec import structs
from PySide6.QtCore import QObject, Signal

from httpdesk.core.collection import Saved
from httpdesk.core.problem import Problem
from httpdesk.core.renaming import Renaming
from httpdesk.core.request import HttpRequest
from httpdesk.core.standing import Standing
from httpdesk.ui.desk import Desk
from httpdesk.ui.document import Document
from httpdesk.ui.library import Library
from httpdesk.ui.notices import Notices
from httpdesk.ui.reconciler import Reconciler, as_moved
from httpdesk.ui.tasks import Tasks

OpenDocument = Callable[[Saved, HttpRequest | None], Document]
_REOPENED_LIMIT = 20


@dataclass(frozen=True)
class Closed:
    """A closed tab: where its file is, what it was called, the unsaved request if there was one.

    `base` is the version of the file that the unsaved request was made from, "" if that is not known.
    """

    path: str | None
    title: str
    draft: HttpRequest | None
    base: str = ""


class Edited(NamedTuple):
    """A tab that was edited not by hand: its request before and after."""

    document: Document
    before: Any
    after: Any


class Documents(QObject):
    """Knows which request is open in which tab; the kind of tab comes from `open_document`."""

    changed = Signal()
    """The session should be written."""
    created = Signal(str)
    """A request was saved under a new name: its path."""

    def __init__(
        self, desk: Desk, library: Library, tasks: Tasks, notices: Notices, open_document: OpenDocument
    ) -> None:
        super().__init__()
        self._desk, self._library, self._tasks, self._notices = desk, library, tasks, notices
        self._open_document = open_document
        self.closed: list[Closed] = []
        self.reconciler = Reconciler(desk, library, tasks, notices)
        self.reconciler.save_wanted.connect(self._save_again)
        desk.new_requested.connect(self.new)
        desk.close_requested.connect(self.close)
        desk.current_changed.connect(lambda _: self.changed.emit())
        desk.order_changed.connect(self.changed)
        library.moved.connect(self._moved)
        library.removed.connect(self._removed)
        library.left.connect(self._workspace_left)

    # -- opening

    def new(self, request: HttpRequest | None = None) -> Document:
        """Open an empty request, or one that is not saved anywhere."""
        saved = Saved(path="", name="", request=HttpRequest())
        document = self._add(self._open_document(saved, request))
        document.run("focus_url")
        return document

    def show_draft(self, saved: Saved, *, permanent: bool) -> Document:
        """Show a request that has no file, such as one of the history; a preview takes the place of the one before."""
        old = next((other for other in self._desk.documents if other.preview), None)
        document = self._open_document(saved, None)
        document.preview = not permanent
        self._add(document)
        if old is not None and not permanent:
            self._tasks.start(f"close-{id(old)}", self._let_go(old), beside=True)
        return document

    def show_page(self, page: Document) -> None:
        """Show a page that is no request, such as Welcome."""
        self._add(page)

    def open(self, path: str, *, permanent: bool = True, send: bool = False) -> None:
        """Show a saved request; a single click opens a preview tab, which the next one replaces."""
        document = self.find(path)
        if document is not None:
            if permanent and document.preview:
                document.preview = False
                document.state_changed.emit()
            self._desk.show_document(document)
            if send:
                document.run("send")
            return
        self._tasks.start("open", self._open(path, permanent=permanent, send=send))

    async def _open(self, path: str, *, permanent: bool, send: bool) -> None:
        folder = self._library.folder
        saved = await self._library.read(path)
        if self.find(path) is not None or self._library.folder != folder:
            return
        document = self._open_document(saved, None)
        document.preview = not permanent
        old = next((other for other in self._desk.documents if other.preview), None)
        self._add(document)
        if old is not None and not permanent:
            await self._let_go(old)
        if send:
            document.run("send")

    def find(self, path: str) -> Document | None:
        """The tab in which a saved request is open."""
        return next((document for document in self._desk.documents if document.path == path), None)

    def _add(self, document: Document, at: int | None = None) -> Document:
        document.state_changed.connect(self.changed)
        self.reconciler.follow(document)
        self._desk.add(document, at=at)
        self.changed.emit()
        return document

    # -- saving

    def save(self) -> None:
        """Save the tab in front; a draft asks for a name and a place first."""
        if document := self._desk.current:
            # Only a question takes the place of another one; what is being written is written to its end.
            ask = document.path is None
            self._tasks.start("save", self._save(document, ask=ask), beside=not ask)

    def save_as(self) -> None:
        """Save the tab in front under another name."""
        if document := self._desk.current:
            self._tasks.start("save", self._save(document, ask=True))

    async def _save(self, document: Document, *, ask: bool) -> None:
        request = document.request
        if request is None:
            return
        folder = self._library.folder
        if ask or document.path is None:
            from httpdesk.ui import dialogs

            answer = await dialogs.ask_where_to_save(self._desk.window(), self._library.tree, document.title)
            if answer is None:
                return
            place, name = answer
            # As the question said: where there is no collection yet, a first one is made.
            place = place or await self._library.create_collection(self.tr("My requests"))
            path = await self._library.create_request(place, name, request)
            self.created.emit(path)
        else:
            path = document.path
            if not await self._write(document, path, request):
                return
        if self._library.folder == folder:
            await self._refresh(document, path)

    async def _write(self, document: Document, path: str, request: HttpRequest) -> bool:
        """Write a request over its file; False where another program changed that, and the user said no."""
        if self.reconciler.is_gone(document):
            await self._library.write_again(path, document.title, request)
            return True
        if not await self.reconciler.may_save(document):
            return False
        try:
            await self._library.save(path, request)
        except Problem as problem:
            if problem.kind != "changed-on-disk":
                raise
            await self.reconciler.look(document)
            if self.reconciler.is_gone(document) or not await self.reconciler.may_save(document):
                return False
            await self._library.save(path, request)
        return True

    def _save_again(self, document: Document) -> None:
        self._tasks.start("save", self._save(document, ask=False), beside=True)

    async def _refresh(self, document: Document, path: str) -> None:
        if document in self._desk.documents:
            document.show_saved(as_moved(document.saved, path))
            await self.reconciler.look(document)
            self.changed.emit()

    async def rename_variable(self, old: str, new: str) -> tuple[Edited, ...]:
        """Give a variable its new name in what is not saved, and show what the files say now; for `take_back`."""
        edited = []
        for document in list(self._desk.documents):
            before = document.request
            after = Renaming(old, new).of(before)
            if after is not before:
                edited.append(Edited(document, before, after))
                await self._show_edited(document, after)
        return tuple(edited)

    async def take_back(self, edited: Iterable[Edited]) -> None:
        """Show what was there before, except where it was edited since."""
        for document, before, after in edited:
            if document.request == after:
                await self._show_edited(document, before)

    async def _show_edited(self, document: Document, request: object) -> None:
        if document.path:
            await self._refresh(document, document.path)
        if document in self._desk.documents and document.request != request:
            document.replace_request(request)

    # -- closing

    def close_current(self) -> None:
        """Close the tab in front."""
        if document := self._desk.current:
            self.close(document)

    def close(self, document: Document) -> None:
        """Close a tab; unsaved work is kept and can be reopened."""
        self._tasks.start(f"close-{id(document)}", self._close(document), beside=True)

    async def _close(self, document: Document) -> None:
        if document not in self._desk.documents:
            return
        if document.path or document.dirty:
            draft: Any = document.draft()
            self.closed.append(Closed(document.path, document.title, draft, document.saved.version))
            del self.closed[:-_REOPENED_LIMIT]
        if document.dirty:
            self._notices.show(
                self.tr("{title} was closed with unsaved changes; they are kept.").format(title=document.title),
                self.tr("Reopen"),
                self.reopen,
            )
        await self._let_go(document)

    async def _let_go(self, document: Document) -> None:
        self._desk.remove(document)
        self.reconciler.forget(document)
        await document.shut()
        document.deleteLater()
        self.changed.emit()

    def reopen(self) -> None:
        """Open the tab that was closed last."""
        if self.closed:
            # Beside another one: what is taken off the list must not be lost on the way.
            self._tasks.start("reopen", self.restore(self.closed.pop()), beside=True)

    async def restore(self, closed: Closed) -> Document | None:
        """Open a tab as it was, as a draft if its file is gone or in another tab; None if nothing is left of it."""
        saved = Saved(path="", name=closed.title if closed.path else "", request=HttpRequest())
        if closed.path and self.find(closed.path) is None:
            try:
                saved = await self._read_for(closed.path, closed)
            except Problem as problem:
                self._notices.show(str(problem), level="error")
        # Never two tabs of one file: each would save over what the other did.
        if saved.path and self.find(saved.path) is not None:
            saved = Saved(path="", name=closed.title, request=HttpRequest())
        if saved.path or closed.draft is not None:
            document = self._add(self._open_document(saved, closed.draft))
            if closed.draft is not None:
                await self.reconciler.look(document)
            return document
        shown = self.find(closed.path) if closed.path else None
        if shown is not None:
            self._desk.show_document(shown)
        return shown

    async def _read_for(self, path: str, closed: Closed) -> Saved:
        """What the file of a closed tab holds; edits that were made from another version of it stay edits of that."""
        if closed.draft is None:
            return await self._library.read(path)
        if closed.base:
            await self._library.accept(path, closed.base)
        seen = await self._library.look(path)
        if seen is None:
            # A folder that was deleted does not come back by a save that asks nothing.
            kept = path if await self._library.is_there(path.rpartition("/")[0]) else ""
            return Saved(path=kept, name=closed.title, request=HttpRequest(), version=closed.base)
        return structs.replace(seen.saved, version=closed.base or seen.saved.version)

    async def shut_all(self) -> None:
        """Let go of every tab, for the end of the program."""
        for document in self._desk.documents:
            await document.shut()

    # -- what happens to the files

    def _moved(self, old: str, new: str) -> None:
        for document in self._desk.documents:
            if document.path and _is_in(document.path, old):
                self._tasks.start(f"moved-{id(document)}", self._refresh(document, new + document.path[len(old) :]))
        self.closed = [
            replace(tab, path=new + tab.path[len(old) :]) if tab.path and _is_in(tab.path, old) else tab
            for tab in self.closed
        ]

    def _removed(self, path: str) -> None:
        for document in self._desk.documents:
            if document.path and _is_in(document.path, path):
                self.close(document)

    def _workspace_left(self) -> None:
        for document in self._desk.documents:
            if document.path and document.dirty:
                # Saved again, it would lie over a file of the other workspace that has the same path.
                document.show_standing(Standing.SAME)
                document.show_saved(Saved(path="", name=document.title, request=HttpRequest()))
            elif document.path:
                self._tasks.start(f"close-{id(document)}", self._let_go(document))
        self.closed = drafts_of(self.closed)


def drafts_of(tabs: Iterable[Closed]) -> list[Closed]:
    """What is left of tabs when their workspace is not the open one: the unsaved requests."""
    return [replace(tab, path=None) for tab in tabs if tab.draft is not None]


def _is_in(path: str, folder: str) -> bool:
    return path == folder or path.startswith(folder + "/")
