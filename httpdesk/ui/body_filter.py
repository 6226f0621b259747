"""BodyFilter: the filter of a body: its bar, its run, and the result that takes the place of the view."""

from PySide6.QtCore import QObject, QTimer, Signal

from httpdesk.body.spool import Spool
from httpdesk.core.request import Filter
from httpdesk.core.wording import size
from httpdesk.filters import LANGUAGES, languages_for, limit_bytes
from httpdesk.filters.job import Outcome
from httpdesk.ui.announce import announce
from httpdesk.ui.filter_bar import FilterBar
from httpdesk.ui.filter_run import FilterRun, new_key

_TYPING_MS, _POLL_MS, _PATIENCE_POLLS = 300, 15, 10
_NOTHING = Spool.of(b"")


class BodyFilter(QObject):
    """Filters the body it was given while the bar is open; the expression stays when the bar closes."""

    found = Signal()
    """There is a result to show: `spool` in `shows`."""
    left = Signal()
    """No result is to be shown any more."""
    edited = Signal(object)
    """The user wrote another expression, a core.request.Filter."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.bar = FilterBar()
        self.bar.hide()
        self.bar.edited.connect(self._edited)
        self.bar.entered.connect(self._run)
        self.bar.closed.connect(self.close)
        self.wanted = Filter()
        self._source, self._language, self._encoding, self._key = _NOTHING, "text", "utf-8", ""
        self._run_now: FilterRun | None = None
        self._shown: FilterRun | None = None
        self._polls = 0
        self._typing = QTimer(self, singleShot=True, interval=_TYPING_MS)
        self._typing.timeout.connect(self._run)
        self._poll = QTimer(self, interval=_POLL_MS)
        self._poll.timeout.connect(self._look)

    # -- what is shown

    @property
    def is_active(self) -> bool:
        """Whether a result is in the place of the view."""
        return self._shown is not None

    @property
    def is_possible(self) -> bool:
        """Whether this body can be filtered."""
        return bool(languages_for(self._language))

    @property
    def spool(self) -> Spool:
        """The result."""
        return self._shown.spool if self._shown is not None else _NOTHING

    @property
    def shows(self) -> str:
        """The language of the result."""
        outcome = self._shown.outcome if self._shown is not None else None
        return outcome.shows if outcome is not None else "text"

    def show_filter(self, wanted: Filter) -> None:
        """Take the expression of a request; one that says something is shown at once."""
        if wanted == self.wanted:
            return
        self.wanted = wanted
        self._offer()
        if not wanted.text and not self.bar.isHidden():
            self.close()
        elif wanted.text and self.is_possible:
            self.bar.show()
            self._run()

    def show_body(self, source: Spool, language: str, encoding: str) -> None:
        """Filter another body from now on."""
        self._let_go()
        was_possible = self.is_possible
        self._source, self._language, self._encoding, self._key = source, language, encoding, new_key()
        self._offer()
        self.bar.say("")
        if not self.is_possible:
            self.bar.hide()
        elif not self.bar.isHidden() or (self.wanted.text and self._fits and not was_possible):
            self.bar.show()
            self._run()

    def open(self) -> None:
        """Show the bar and go to it."""
        if not self.is_possible:
            return
        if self.bar.isHidden():
            self.bar.show()
            self._run()
        self.bar.begin()

    def close(self) -> None:
        """Hide the bar and the result; the expression stays."""
        was_active = self.is_active
        self.bar.hide()
        self.bar.say("")
        self._let_go()
        if was_active:
            self.left.emit()

    def clear(self) -> None:
        """Let go of the body."""
        self._let_go()
        self._source, self._language = _NOTHING, "text"
        self.bar.hide()

    # -- inside

    @property
    def _fits(self) -> bool:
        return self.wanted.language in [each.id for each in languages_for(self._language)]

    def _offer(self) -> None:
        self.bar.offer(languages_for(self._language), self.wanted.language, self.wanted.text if self._fits else "")

    def _edited(self) -> None:
        text = self.bar.text
        wanted = Filter(language=self.bar.language, text=text) if text.strip() else Filter()
        self._typing.start()
        if wanted != self.wanted and (wanted.text or self._fits):
            self.wanted = wanted
            self.edited.emit(wanted)

    def _run(self) -> None:
        """Filter with what stands in the bar now."""
        self._typing.stop()
        self._stop_run()
        text = self.bar.text.strip()
        if not text:
            self.bar.say("")
            if self._shown is not None:
                self._let_go()
                self.left.emit()
            return
        wanted = Filter(language=self.bar.language, text=text)
        self._run_now = FilterRun(self._source, wanted, self._language, self._encoding, self._key)
        self._polls = 0
        self._poll.start()

    def _look(self) -> None:
        """Whether the run is over."""
        run = self._run_now
        if run is None:
            self._poll.stop()
            return
        self._polls += 1
        if self._polls == _PATIENCE_POLLS:
            whole = self._source.finished
            self.bar.say(self.tr("Filtering…") if whole else self.tr("Waiting for the rest of the body…"))
        if run.outcome is None:
            return
        self._poll.stop()
        self._run_now = None
        self._ended(run, run.outcome)

    def _ended(self, run: FilterRun, outcome: Outcome) -> None:
        fault = outcome.fault
        if run.too_large:
            fault = self._too_large(run.wanted.language)
        if fault:
            # What was shown before stays while someone is typing.
            run.cancel()
            self.bar.say("", fault=fault)
        else:
            old, self._shown = self._shown, run
            self.bar.say(self._matches(outcome), note=outcome.note)
            self.found.emit()
            if old is not None:
                old.cancel()
        announce(self.bar, fault or self._matches(outcome))

    def _too_large(self, language: str) -> str:
        name = next((each.name for each in LANGUAGES if each.id == language), language)
        limit, there = size(limit_bytes(language)), size(self._source.size_bytes)
        return self.tr("{0} takes bodies up to {1}; this one has {2}.").format(name, limit, there)

    def _matches(self, outcome: Outcome) -> str:
        if outcome.is_cut:
            return self.tr("Too many matches, the first are shown")
        count = outcome.matches
        if not count:
            return self.tr("No matches")
        number = self.bar.locale().toString(count)
        return self.tr("1 match") if count == 1 else self.tr("{0} matches").format(number)

    def _stop_run(self) -> None:
        if self._run_now is not None:
            self._run_now.cancel()
            self._run_now = None
        self._poll.stop()

    def _let_go(self) -> None:
        self._typing.stop()
        self._stop_run()
        if self._shown is not None:
            self._shown.cancel()
            self._shown = None
