"""Auth page: the scheme of a request, its form drawn from the fields that the scheme declares."""

import msgspec
from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication
from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from httpdesk.core.auth import SCHEMES, Auth, Field, InheritAuth, form_of
from httpdesk.core.request import HttpRequest
from httpdesk.protocols.http.tab.page import Page, spaced
from httpdesk.ui.combo import Combo
from httpdesk.ui.eye import Eye
from httpdesk.ui.scrolled import scrolled
from httpdesk.ui.widgets import label

_WORDS = (
    QT_TRANSLATE_NOOP("auth", "No auth"),
    QT_TRANSLATE_NOOP("auth", "From the folder"),
    QT_TRANSLATE_NOOP("auth", "Basic"),
    QT_TRANSLATE_NOOP("auth", "Bearer token"),
    QT_TRANSLATE_NOOP("auth", "API key"),
    QT_TRANSLATE_NOOP("auth", "User name"),
    QT_TRANSLATE_NOOP("auth", "Password"),
    QT_TRANSLATE_NOOP("auth", "Token"),
    QT_TRANSLATE_NOOP("auth", "Prefix"),
    QT_TRANSLATE_NOOP("auth", "Name"),
    QT_TRANSLATE_NOOP("auth", "Key"),
    QT_TRANSLATE_NOOP("auth", "Add to"),
)


def _tr(text: str) -> str:
    return QCoreApplication.translate("auth", text)


class AuthPage(Page):
    """Scheme on top, its fields below."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        content = QWidget()
        area = scrolled(content, self)
        self._auth: Auth = InheritAuth()
        self._kept: dict[type[Auth], Auth] = {}
        self._scheme = Combo()
        self._scheme.setAccessibleName(self.tr("Authentication"))
        self._scheme.addItems([_tr(scheme.title) for scheme in SCHEMES])
        self._scheme.activated.connect(self._choose)
        self._form_at = QVBoxLayout()
        self._form: QWidget | None = None
        self._hint = label("", "small", "text2", wrap=True)
        column = QVBoxLayout(content)
        spaced(content, column, (16, 12, 16, 12), 12)
        top = QHBoxLayout()
        top.addWidget(self._scheme)
        top.addStretch(1)
        column.addLayout(top)
        column.addLayout(self._form_at)
        column.addWidget(self._hint)
        column.addStretch(1)
        lay = QVBoxLayout(self)
        lay.setContentsMargins(0, 0, 0, 0)
        lay.addWidget(area)

    def show_request(self, request: HttpRequest) -> None:
        """Fill the form from the request."""
        self._kept.clear()
        self._show(request.auth)

    def applied(self, request: HttpRequest) -> HttpRequest:
        """The request with the scheme as filled in."""
        return msgspec.structs.replace(request, auth=self._auth)

    def _choose(self, index: int) -> None:
        self._kept[type(self._auth)] = self._auth
        scheme = SCHEMES[index]
        self._show(self._kept.get(scheme, scheme()))
        self.edited.emit()

    def _show(self, auth: Auth) -> None:
        self._auth = auth
        self._scheme.setCurrentIndex(SCHEMES.index(type(auth)))
        if self._form is not None:
            self._form_at.removeWidget(self._form)
            self._form.deleteLater()
        self._form = self._form_for(auth)
        self._form_at.addWidget(self._form)
        self._say()

    def _form_for(self, auth: Auth) -> QWidget:
        form = QWidget()
        lay = QFormLayout(form)
        spaced(form, lay, (0, 0, 0, 0), 8)
        lay.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        lay.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        for name, field in form_of(type(auth)).items():
            lay.addRow(label(_tr(field.label), "body", "text2"), self._editor(name, field, getattr(auth, name)))
        return form

    def _editor(self, name: str, field: Field, value: str) -> QWidget:
        if field.choices:
            combo = Combo()
            combo.addItems(field.choices)
            combo.setCurrentText(value)
            combo.setAccessibleName(_tr(field.label))
            combo.textActivated.connect(lambda text: self._set(name, text))
            return combo
        line = QLineEdit(value)
        line.setAccessibleName(_tr(field.label))
        line.setProperty("mono", True)
        line.textEdited.connect(lambda text: self._set(name, text))
        if field.secret:
            Eye(line, references=True)
        return line

    def _set(self, name: str, value: str) -> None:
        self._auth = msgspec.structs.replace(self._auth, **{name: value})
        self._say()
        self.edited.emit()

    def _say(self) -> None:
        """Tell where a literal secret stays, before it is lost."""
        literal = any(
            field.secret and getattr(self._auth, name) and "{{" not in getattr(self._auth, name)
            for name, field in form_of(type(self._auth)).items()
        )
        if literal:
            text = self.tr(
                "This secret is kept until httpdesk closes and never written to the request's file. "
                "To keep it for longer, put it in a variable and write {{name}} here."
            )
        elif isinstance(self._auth, InheritAuth):
            text = self.tr("The folder or collection above decides.")
        else:
            text = ""
        self._hint.setText(text)
        self._hint.setVisible(bool(text))
