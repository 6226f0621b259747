"""The form that asks for values before a send: one line for each question, what was answered last in it."""

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QLineEdit, QWidget

from httpdesk.core.environment import sounds_secret
from httpdesk.ui.dialogs import Question
from httpdesk.ui.eye import Eye
from httpdesk.ui.widgets import col, label


def _tr(text: str) -> str:
    return QCoreApplication.translate("ask_values", text)


class _Form(Question[dict[str, str]]):
    def __init__(self, over: QWidget, questions: Mapping[str, str], verb: str) -> None:
        super().__init__(over, _tr("Values for this request"), verb, _tr("Cancel"))
        self.lines: dict[str, QLineEdit] = {}
        for question, answer in questions.items():
            line = self.lines[question] = QLineEdit(answer)
            line.setAccessibleName(question)
            line.selectAll()
            if sounds_secret(question):
                Eye(line)
            self.add(col(label(question, "small", "text2", wrap=True), line, spacing=4))

    def value(self) -> dict[str, str]:
        return {question: line.text() for question, line in self.lines.items()}


async def ask_values(over: QWidget, questions: Mapping[str, str], verb: str) -> dict[str, str] | None:
    """Ask all questions, given with their last answers, in one form; None if the user turned away."""
    form = _Form(over, questions, verb)
    return await form.answer(next(iter(form.lines.values())))
