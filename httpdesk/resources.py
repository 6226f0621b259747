"""Where the files of the resources folder are, in a wheel and in a checkout; the only place that knows."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def path(*parts: str) -> Path:
    """The path of a file of the resources folder, given its parts ("icons", "send.svg").

    A wheel carries the folder as httpdesk/_resources; a checkout has it beside the package.

    Raises:
        FileNotFoundError: the installation has no resources folder.
    """
    for folder in (_PACKAGE / "_resources", _PACKAGE.parent / "resources"):
        if folder.is_dir():
            return folder.joinpath(*parts)
    raise FileNotFoundError("httpdesk has no resources folder: the installation is broken")
