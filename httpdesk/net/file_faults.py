"""Files that a request names and that can't be used, as Problems."""

from pathlib import Path

from httpdesk.core.problem import Problem, Remedy


def file_problem(path: Path, error: Exception | None, where: str) -> Problem:
    """Why this file can't be read; None as the error says that it became shorter while it was sent."""
    title, detail, kind = f"{path.name} cannot be read", f"{path}.", "file-unreadable"
    if error is None:
        title, detail = f"{path.name} became shorter while it was sent", f"{path}. The request was not sent whole."
    elif isinstance(error, FileNotFoundError):
        title, detail, kind = f"{path.name or 'The file'} does not exist", f"{path}. Nothing was sent.", "file-missing"
    elif isinstance(error, IsADirectoryError):
        title, detail, kind = f"{path.name} is a folder", f"{path}. Nothing was sent.", "file-is-folder"
    elif isinstance(error, PermissionError):
        title, detail, kind = f"{path.name} may not be read", f"{path}: access was refused.", "file-denied"
    elif isinstance(error, ValueError):
        name = "".join(character if character.isprintable() else "�" for character in str(path))
        title, detail = (
            "The file name cannot be used",
            f"{name} holds a character that no file name has. Nothing was sent.",
        )
    elif isinstance(error, OSError) and error.strerror:
        detail = f"{path}: {error.strerror.lower()}."
    evidence = type(error).__name__ if error else ""
    focus = {"body": ("Choose another file in the Body tab", "Open Body", "focus", "body")}.get(
        where, ("Choose another file in the settings", "Open settings", "open_settings", "tls")
    )
    text, label, action, value = focus
    remedies = (Remedy(text=text, label=label, action=action, value=value),)
    return Problem(title, detail, kind=kind, where=where, evidence=evidence, remedies=remedies)
