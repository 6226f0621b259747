"""Error page: why there is no answer, how far the request got, and what to try."""

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QFrame, QPushButton, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from httpdesk.core.problem import Problem, Remedy, Step, StepState
from httpdesk.ui import response_words
from httpdesk.ui.code_view_signs import make_visible
from httpdesk.ui.paint import text
from httpdesk.ui.theme import theme
from httpdesk.ui.tips import as_tip
from httpdesk.ui.widgets import button, col, icon_label, label, line, row

_STEP_PX, _NAME_PX, _NOTE_PX = 28, 28, 172
_REMEDIES = 3
_ICONS = (
    (("certificate", "tls"), "shield-alert"),
    (("timeout",), "timer"),
    (("name-lookup", "name-unknown", "proxy-name"), "globe"),
    (("variable",), "variable"),
    (("file",), "file-text"),
    (("refused", "connect", "reset", "cut", "unreachable", "empty-answer", "network"), "unplug"),
)
_REMEDY_ICONS = {
    "open_settings": "settings",
    "request_settings": "sliders-horizontal",
    "trust_host": "shield",
    "replace_url": "link",
    "set_time_limit": "timer",
    "focus": "pencil",
    "edit_environment": "variable",
    "fix_header": "pencil",
}


class ErrorPage(QScrollArea):
    """Shows one Problem; `remedy` gives the core Remedy whose button was pressed."""

    send_again = Signal()
    remedy = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(self.tr("Why there is no answer"))
        self._details = ""

    @property
    def details(self) -> str:
        """All that is shown, as text for the clipboard."""
        return self._details

    def show_problem(self, problem: Problem, request_id: str = "") -> None:
        """Explain another problem."""
        self._details = _as_text(problem, request_id)
        content = QWidget()
        content.setProperty("page", "true")
        # Before it is filled each part is styled once; hidden, so that all of it shows at once.
        self.setWidget(content)
        content.hide()
        lay = QVBoxLayout(content)
        lay.setContentsMargins(*(theme.px(edge) for edge in (24, 24, 24, 16)))
        lay.setSpacing(theme.px(4))
        title = label(make_visible(problem.title)[0], "title", wrap=True, selectable=True)
        lay.addWidget(row(icon_label(_icon(problem.kind), "danger", 20), (title, 1), spacing=8))
        if problem.detail:
            detail = label(make_visible(problem.detail)[0], "body", "text2", wrap=True, selectable=True)
            lay.addWidget(row(detail, margins=(28, 0, 0, 0)))
        if problem.steps:
            lay.addSpacing(theme.px(12))
            lay.addWidget(col(*(StepLine(step) for step in problem.steps), spacing=0))
        self._add_remedies(lay, problem.remedies[:_REMEDIES])
        lay.addSpacing(theme.px(16))
        lay.addWidget(self._buttons())
        self._add_small_print(lay, problem, request_id)
        lay.addStretch(1)
        content.show()
        self.verticalScrollBar().setValue(0)

    def _add_remedies(self, lay: QVBoxLayout, remedies: tuple[Remedy, ...]) -> None:
        if not remedies:
            return
        lay.addSpacing(theme.px(16))
        lay.addWidget(label(self.tr("Try this"), "strong"))
        for remedy in remedies:
            words = label(make_visible(remedy.text)[0], wrap=True)
            parts: list[QWidget | tuple[QWidget, int]] = [icon_label(_REMEDY_ICONS.get(remedy.action, "info"), "text3")]
            parts.append((words, 1))
            if remedy.action:
                parts.append(self._offer(remedy))
            one = row(*parts, spacing=10, margins=(2, 4, 0, 4))
            one.setMinimumHeight(theme.px(32))
            lay.addWidget(one)

    def _offer(self, remedy: Remedy) -> QPushButton:
        offer = button(remedy.label or self.tr("Do it"), "secondary", "sm")
        offer.setAccessibleDescription(remedy.text)
        offer.clicked.connect(lambda: self.remedy.emit(remedy))
        return offer

    def _buttons(self) -> QWidget:
        again = button(self.tr("Send again"), "primary", "", "rotate-ccw")
        again.clicked.connect(self.send_again)
        copy = button(self.tr("Copy details"), "secondary", "", "copy")
        copy.clicked.connect(lambda: QApplication.clipboard().setText(self._details))
        return row(again, copy, None, spacing=8)

    def _add_small_print(self, lay: QVBoxLayout, problem: Problem, request_id: str) -> None:
        request = self.tr("request id {id}").format(id=request_id) if request_id else ""
        words = ", ".join(part for part in (problem.evidence, request) if part)
        if words:
            lay.addSpacing(theme.px(16))
            lay.addWidget(line())
            lay.addSpacing(theme.px(8))
            lay.addWidget(label(make_visible(words)[0], "code_sm", "text3", wrap=True, selectable=True))


class StepLine(QWidget):
    """One step with its icon, name and note."""

    def __init__(self, step: Step) -> None:
        super().__init__()
        self._name, self._note = response_words.step_name(step.stage), step.note
        self._icon, self._role = {
            StepState.DONE: ("circle-check", "success"),
            StepState.FAILED: ("circle-x", "danger"),
        }.get(step.state, ("circle", "text3"))
        state = {
            StepState.DONE: self.tr("done"),
            StepState.FAILED: self.tr("failed"),
            StepState.UNUSED: self.tr("not used"),
            StepState.PENDING: self.tr("not reached"),
        }[step.state]
        self._note = step.note or (state if step.state in (StepState.UNUSED, StepState.PENDING) else "")
        self.setAccessibleName(f"{self._name}, {state}" + (f": {step.note}" if step.note else ""))
        self.setToolTip(as_tip(step.note) if len(step.note) > 30 else "")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.bind(self, lambda: self.setFixedHeight(theme.px(_STEP_PX)))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Icon, name, note."""
        painter, height, side = QPainter(self), self.height(), theme.px(16)
        theme.draw_icon(painter, self._icon, QRectF(theme.px(2), (height - side) / 2, side, side), self._role)
        quiet = self._role == "text3"
        name = QRectF(theme.px(_NAME_PX), 0, theme.px(_NOTE_PX - _NAME_PX - 8), height)
        text(painter, name, self._name, "body", "text3" if quiet else "text")
        left = max(float(theme.px(_NOTE_PX)), name.left() + self._name_px() + theme.px(12))
        note = QRectF(left, 0, self.width() - left, height)
        text(painter, note, make_visible(self._note)[0], "small", "text3" if quiet else "text2")

    def _name_px(self) -> float:
        return min(QFontMetricsF(theme.font("body")).horizontalAdvance(self._name), theme.px(_NOTE_PX - _NAME_PX))


def _icon(kind: str) -> str:
    return next((icon for words, icon in _ICONS if any(word in kind for word in words)), "circle-alert")


def _as_text(problem: Problem, request_id: str) -> str:
    lines = [problem.title, problem.detail]
    lines += [
        f"- {response_words.step_name(step.stage)}: {step.state.value}" + (f", {step.note}" if step.note else "")
        for step in problem.steps
    ]
    lines += [f"* {remedy.text}" for remedy in problem.remedies]
    lines += [problem.evidence, f"request id {request_id}" if request_id else ""]
    return "\n".join(part for part in lines if part)
