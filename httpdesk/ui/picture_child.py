"""Picture child: the process that reads pictures of strangers; it takes bytes and gives pixels, and may be killed."""

import sys
from pathlib import Path

import msgspec
from PySide6.QtCore import QBuffer, QByteArray, QSize, Qt
from PySide6.QtGui import QGuiApplication, QImage, QImageReader, QPainter

from httpdesk.body.picture import SHOWN_PIXELS, PictureFacts

_SOURCE_PIXELS = 100_000_000
_MEMORY_MB, _CPU_S = 1024, 10
_ICONS = 64
# A drawing has no pixels of its own: it is drawn large enough to be looked at.
_DRAWN_SIDE = 1600
_FORMAT = QImage.Format.Format_ARGB32_Premultiplied


def command() -> list[str]:
    """How to start this process: apart from the folder it is started in and from the user's Python settings."""
    root = str(Path(__file__).resolve().parents[2])
    code = f"import sys; sys.path.insert(0, {root!r}); from httpdesk.ui.picture_child import main; main()"
    return [sys.executable, "-I", "-c", code]


def main() -> None:
    """Read a kind (P or S) and a picture from stdin, write facts and pixels to stdout."""
    _limit()
    kind = sys.stdin.buffer.read(1)
    data = sys.stdin.buffer.read()
    facts, image = _drawing(data) if kind == b"S" else _picture(data)
    sys.stdout.buffer.write(msgspec.json.encode(facts) + b"\n")
    if image is not None:
        sys.stdout.buffer.write(bytes(image.constBits()))
    sys.stdout.buffer.flush()


def _limit() -> None:
    """Take only so much memory and time; where the system can't, Qt's own limit and the clock of the parent hold."""
    QImageReader.setAllocationLimit(_MEMORY_MB // 2)
    try:
        import resource
    except ImportError:
        return
    memory_bytes = _MEMORY_MB << 20
    for kind, limit in (
        (resource.RLIMIT_DATA, memory_bytes),
        (resource.RLIMIT_CPU, _CPU_S),
        (resource.RLIMIT_CORE, 0),
    ):
        hard = resource.getrlimit(kind)[1]
        wanted = limit if hard == resource.RLIM_INFINITY else min(limit, hard)
        resource.setrlimit(kind, (wanted, wanted))


def _picture(data: bytes) -> tuple[PictureFacts, QImage | None]:
    store = QByteArray(data)
    buffer = QBuffer(store)
    buffer.open(QBuffer.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setAutoTransform(True)
    if bytes(reader.format().data()) in (b"svg", b"svgz"):
        return PictureFacts(fault="unreadable"), None
    count = reader.imageCount()
    if bytes(reader.format().data()) == b"ico":
        _choose_largest(reader, count)
    size = reader.size()
    if size.isValid():
        if size.width() * size.height() > _SOURCE_PIXELS:
            return PictureFacts(fault="too-large", width=size.width(), height=size.height()), None
        shown = _bounded(size)
        if shown != size:
            reader.setScaledSize(shown)
    image = reader.read()
    if image.isNull():
        return PictureFacts(fault="unreadable"), None
    if image.width() * image.height() > SHOWN_PIXELS:
        size = image.size()
        image = image.scaled(_bounded(size), mode=Qt.TransformationMode.SmoothTransformation)
    turned = size.isValid() and (size.width() > size.height()) != (image.width() > image.height())
    whole = size.transposed() if turned else size if size.isValid() else image.size()
    image = image.convertToFormat(_FORMAT)
    return PictureFacts("", whole.width(), whole.height(), image.width(), image.height(), max(1, count)), image


def _choose_largest(reader: QImageReader, count: int) -> None:
    sizes = []
    for number in range(min(count, _ICONS)):
        if reader.jumpToImage(number):
            size = reader.size()
            sizes.append((size.width() * size.height(), number))
    if sizes:
        reader.jumpToImage(max(sizes)[1])


def _drawing(data: bytes) -> tuple[PictureFacts, QImage | None]:
    from PySide6.QtSvg import QSvgRenderer

    app = QGuiApplication(["picture", "-platform", "offscreen"])  # for its fonts
    renderer = QSvgRenderer(QByteArray(data))
    renderer.setAnimationEnabled(False)
    size = renderer.defaultSize()
    if not renderer.isValid():
        return PictureFacts(fault="unreadable"), None
    if size.width() < 1 or size.height() < 1:
        size = QSize(300, 150)
    side = max(size.width(), size.height())
    shown = _bounded(size * (_DRAWN_SIDE / side) if side < _DRAWN_SIDE else size)
    image = QImage(shown, _FORMAT)
    if image.isNull():
        return PictureFacts(fault="unreadable"), None
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    renderer.render(painter)
    painter.end()
    del app
    return PictureFacts("", size.width(), size.height(), image.width(), image.height()), image


def _bounded(size: QSize) -> QSize:
    """The same shape in no more pixels than may be given back."""
    pixels = size.width() * size.height()
    if pixels <= SHOWN_PIXELS:
        return QSize(max(1, size.width()), max(1, size.height()))
    share = (SHOWN_PIXELS / pixels) ** 0.5
    width = max(1, min(int(size.width() * share), SHOWN_PIXELS))
    return QSize(width, max(1, min(int(size.height() * share), SHOWN_PIXELS // width)))
