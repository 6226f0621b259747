"""Guard: asks before a request that changes something goes out with a protected environment."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from httpdesk.core import urls
from httpdesk.core.environment import Environment
from httpdesk.core.request import SAFE_METHODS
from httpdesk.core.wire import WireRequest


def _tr(text: str) -> str:
    return QCoreApplication.translate("guard", text)


async def may_go_out(over: QWidget, wire: WireRequest, environment: Environment | None) -> bool:
    """Whether the user wants it, who is asked only where it could do harm."""
    method = wire.method.upper()
    if environment is None or not environment.protected or method in SAFE_METHODS:
        return True
    from httpdesk.ui import dialogs

    host = urls.host_header(wire.url)
    return await dialogs.confirm(
        over,
        _tr("{method} to {host}").format(method=method, host=host),
        _tr("{environment} is a protected environment, and {method} may change what is there.").format(
            environment=environment.name, method=method
        ),
        _tr("Send {method}").format(method=method),
        danger=True,
        keep=_tr("Don't send"),
    )
