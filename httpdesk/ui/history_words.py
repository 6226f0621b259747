"""History words: what a row of the history says, and the facts of an entry, as plain text."""

from datetime import date, datetime

from PySide6.QtCore import QCoreApplication, QDate, QLocale

from httpdesk.core.exchange import Outcome
from httpdesk.core.history import Line, Record
from httpdesk.core.wording import duration, size
from httpdesk.ui import tokens

_VALUE_CHARACTERS = 200


def _tr(text: str) -> str:
    return QCoreApplication.translate("History", text)


def day(ordinal: int, today: date) -> str:
    """A day as the head of a group: Today, Yesterday, else weekday and date."""
    passed = today.toordinal() - ordinal
    if passed in (0, 1):
        return _tr("Yesterday") if passed else _tr("Today")
    one = date.fromordinal(ordinal)
    return QLocale().toString(QDate(one.year, one.month, one.day), QLocale.FormatType.LongFormat)


def clock(unix_s: float) -> str:
    """The time of day."""
    # The user's own clock is meant.
    return datetime.fromtimestamp(unix_s).astimezone().strftime("%H:%M:%S")


def moment(unix_s: float, today: date) -> str:
    """A short day and the time: "14:03:22", "Yesterday 14:03:22" or "24 Nov 2026, 14:03:22"."""
    when = datetime.fromtimestamp(unix_s).astimezone().date()
    if when == today:
        return clock(unix_s)
    if when.toordinal() == today.toordinal() - 1:
        return _tr("Yesterday {time}").format(time=clock(unix_s))
    words = QLocale().toString(QDate(when.year, when.month, when.day), QLocale.FormatType.ShortFormat)
    return f"{words}, {clock(unix_s)}"


def title(line: Line) -> str:
    """What an entry is called: its request's name, else the URL without its scheme."""
    return line.name or line.url.partition("://")[2] or line.url


def status(line: Line) -> tuple[str, str]:
    """Words for how it ended, and their colour."""
    if line.outcome == Outcome.CANCELLED:
        return _tr("Cancelled"), "warning"
    if line.outcome == Outcome.FAILED or not line.status:
        return (f"{line.status:03d}, " if line.status else "") + _tr("Failed"), "danger"
    return f"{line.status:03d}", tokens.status_role(line.status)


def amounts(line: Line) -> list[str]:
    """Time of day, time taken, size of the answer."""
    parts = [clock(line.at), duration(line.total_ms)]
    return [*parts, size(line.size_bytes)] if line.status else parts


def spoken(line: Line) -> str:
    """An entry as a sentence, for screen readers."""
    marks = [_tr("pinned")] if line.pinned else []
    marks += [_tr("certificate not verified")] if line.unverified else []
    reason = [line.reason] if line.reason and line.outcome == Outcome.DONE else []
    return ", ".join([f"{line.method} {title(line)}", status(line)[0], *reason, *amounts(line), *marks])


def facts(line: Line, record: Record) -> str:
    """What stands below the list of the selected entry: URL, time, environment, variables; secret ones are masked."""
    lines = [
        f"{line.method} {line.url}",
        _tr("Environment: {name}").format(name=line.environment or _tr("none")),
        *(f"  {name} = {_short(value)}" for name, value in record.sent.variables),
        _tr("Sent {time}").format(time=moment(line.at, date.min)),
    ]
    if line.reason:
        lines.append(f"{line.status:03d} {line.reason}")
    if record.problem is not None:
        lines.append(record.problem.title)
    if record.origin.path:
        lines.append(_tr("File: {path}").format(path=record.origin.path))
    if line.unverified:
        lines.append(_tr("The certificate was not verified"))
    return "\n".join(lines)


def _short(value: str) -> str:
    return value if len(value) <= _VALUE_CHARACTERS else f"{value[:_VALUE_CHARACTERS]}…"
