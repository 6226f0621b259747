"""Picture page: a picture of a server on a checkerboard, drawn by another process, as large as the page or as it is."""

import threading
from functools import partial

from PySide6.QtCore import QPoint, QRect, QSize, Qt, QTimer
from PySide6.QtGui import QImage, QMouseEvent, QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QStackedWidget, QVBoxLayout, QWidget

from httpdesk.body.picture import Picture, PictureJob
from httpdesk.body.spool import Spool
from httpdesk.core.wording import size
from httpdesk.ui import picture_child
from httpdesk.ui.segmented import Segmented
from httpdesk.ui.states import center_state
from httpdesk.ui.theme import theme
from httpdesk.ui.widgets import label, line, row

_POLL_MS = 30
_SQUARE_PX, _MARGIN_PX = 8, 16
FIT, OWN_SIZE = range(2)


class PicturePage(QWidget):
    """Waits for the end of the body, then shows the picture or says why it can't."""

    def __init__(self) -> None:
        super().__init__()
        self._spool: Spool | None = None
        self._is_svg = False
        self._work: list[_Drawing] = []
        self._timer = QTimer(self, interval=_POLL_MS)
        self._timer.timeout.connect(self._look)
        self.canvas = PictureCanvas()
        self.setFocusProxy(self.canvas)
        self.zoom = Segmented([self.tr("Fit"), "100\u202f%"])
        self.zoom.setAccessibleName(self.tr("Size"))
        self.zoom.changed.connect(self.canvas.set_zoom)
        self.facts = label("", "small", "text2", selectable=True)
        self._bar = row(self.zoom, 12, self.facts, None, margins=(12, 0, 12, 0), height=36)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.canvas)
        self._state: QWidget | None = None
        self.words = ""
        lay = QVBoxLayout(self)
        lay.setContentsMargins(0, 0, 0, 0)
        lay.setSpacing(0)
        lay.addWidget(self._stack, 1)
        lay.addWidget(line())
        lay.addWidget(self._bar)
        self.destroyed.connect(partial(_end, self._work))

    def show_body(self, spool: Spool, *, is_svg: bool) -> None:
        """Show the picture of a body, once all of it is here."""
        self.clear()
        self._spool, self._is_svg = spool, is_svg
        self._say(self.tr("Drawing the picture"), self.tr("It shows when all of it is here."), "image")
        self._timer.start()
        self._look()

    def clear(self) -> None:
        """Show nothing; end the work."""
        self._timer.stop()
        _end(self._work)
        self._spool = None
        self.canvas.set_image(None, QSize())
        self.facts.setText("")

    def _look(self) -> None:
        spool = self._spool
        if spool is None or not spool.finished:
            return
        if not self._work:
            self._work.append(_Drawing(PictureJob(picture_child.command(), spool, is_svg=self._is_svg)))
            return
        picture = self._work[0].picture
        if picture is not None:
            self._timer.stop()
            self._show(picture, spool.size_bytes)

    def _show(self, picture: Picture, size_bytes: int) -> None:
        self._work.clear()
        facts = picture.facts
        if picture.fault:
            self._say(*self._why_not(picture), "triangle-alert")
            return
        pixels = f"{facts.width}\u202f\u00d7\u202f{facts.height}\u202fpx"
        parts = [pixels, size(size_bytes)]
        if facts.count > 1:
            parts.append(self.tr("one of %n pictures", "", facts.count))
        if picture.removed:
            parts.append(self.tr("left out: %n outside references", "", picture.removed))
        self.facts.setText(", ".join(parts))
        self.canvas.setAccessibleDescription(self.facts.text())
        stride = facts.shown_width * 4
        form = QImage.Format.Format_ARGB32_Premultiplied
        image = QImage(picture.pixels, facts.shown_width, facts.shown_height, stride, form)
        self.canvas.set_image(image, QSize(facts.width, facts.height), picture.pixels)
        self._stack.setCurrentWidget(self.canvas)
        self._bar.show()

    def _why_not(self, picture: Picture) -> tuple[str, str]:
        facts = picture.facts
        if picture.fault == "too-slow":
            return self.tr("This picture takes too long to draw"), self.tr("Save it to look at it elsewhere.")
        if picture.fault == "too-large":
            words = self.tr("It has {width} by {height} pixels. Save it to look at it elsewhere.")
            return self.tr("This picture is too large to draw"), words.format(width=facts.width, height=facts.height)
        if picture.fault == "too-big":
            return self.tr("This picture is too large to draw"), self.tr("Save it to look at it elsewhere.")
        if picture.fault == "unreadable":
            words = self.tr("It is damaged, or of a kind that is not known here. Hex shows its bytes.")
            return self.tr("This picture can't be drawn"), words
        return self.tr("This drawing is not shown"), picture.fault

    def _say(self, title: str, words: str, icon: str) -> None:
        old, self._state = self._state, center_state(icon, title, words)
        self._stack.addWidget(self._state)
        self._stack.setCurrentWidget(self._state)
        self._bar.hide()
        self.words = title
        if old is not None:
            self._stack.removeWidget(old)
            old.deleteLater()


class PictureCanvas(QAbstractScrollArea):
    """Paints what of a picture is seen."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(self.tr("Picture"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.image: QImage | None = None
        self._pixels: object = None  # what the image is made of; it must live as long
        self._size = QSize()
        self._zoom = FIT
        self._grip: tuple[QPoint, int, int] | None = None
        self._smooth: tuple[QSize, QImage] | None = None
        self._soon = QTimer(self, singleShot=True, interval=_POLL_MS)
        self._soon.timeout.connect(self._take_smooth)
        self._scaling: list[_Scaling] = []
        theme.bind(self, self.viewport().update)

    def set_image(self, image: QImage | None, whole: QSize, pixels: object = None) -> None:
        """Show another picture, whose own size is `whole`."""
        self.image, self._size, self._pixels = image, whole, pixels
        self._smooth = None
        self._scaling.clear()
        self._fit()

    def set_zoom(self, zoom: int) -> None:
        """As large as the page, or as large as it is."""
        self._zoom = zoom
        self._fit()

    @property
    def drawn(self) -> QRect:
        """Where the picture is on the viewport."""
        room, wanted = self.viewport().rect(), self._wanted()
        area = QRect(QPoint(0, 0), wanted)
        area.moveCenter(room.center())
        if wanted.width() >= room.width():
            area.moveLeft(-self.horizontalScrollBar().value())
        if wanted.height() >= room.height():
            area.moveTop(-self.verticalScrollBar().value())
        return area

    def _wanted(self) -> QSize:
        if self._zoom == OWN_SIZE or self._size.isEmpty():
            return self._size
        margin = 2 * theme.px(_MARGIN_PX)
        room = self.viewport().size() - QSize(margin, margin)
        if self._size.width() <= room.width() and self._size.height() <= room.height():
            return self._size
        return self._size.scaled(room, Qt.AspectRatioMode.KeepAspectRatio).expandedTo(QSize(1, 1))

    def _fit(self) -> None:
        wanted, room = self._wanted(), self.viewport().size()
        for bar, length, seen in (
            (self.horizontalScrollBar(), wanted.width(), room.width()),
            (self.verticalScrollBar(), wanted.height(), room.height()),
        ):
            bar.setRange(0, max(0, length - seen) if self._zoom == OWN_SIZE else 0)
            bar.setPageStep(max(1, seen))
            bar.setSingleStep(theme.px(24))
        if self.image is not None and wanted.width() < self.image.width():
            self._scaling[:] = [_Scaling(self.image, wanted * self.devicePixelRatioF(), self._pixels)]
            self._soon.start()
        self.viewport().update()

    def _take_smooth(self) -> None:
        if not self._scaling:
            return
        scaling = self._scaling[0]
        if scaling.image is None:
            self._soon.start()
            return
        self._smooth = self._wanted(), scaling.image
        self._scaling.clear()
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The picture stays in the middle."""
        super().resizeEvent(event)
        self._fit()

    def scrollContentsBy(self, _dx: int, _dy: int) -> None:
        """Another part is seen."""
        self.viewport().update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of the picture to move it."""
        self._grip = event.position().toPoint(), self.horizontalScrollBar().value(), self.verticalScrollBar().value()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move the picture."""
        if self._grip is not None:
            start, across, down = self._grip
            moved = event.position().toPoint() - start
            self.horizontalScrollBar().setValue(across - moved.x())
            self.verticalScrollBar().setValue(down - moved.y())

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        """Let go of it."""
        self._grip = None

    def paintEvent(self, event: QPaintEvent) -> None:
        """The ground, the checkerboard, the part of the picture that is seen."""
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), theme.color("canvas"))
        image, drawn = self.image, self.drawn
        seen = drawn.intersected(self.viewport().rect())
        if image is None or seen.isEmpty():
            return
        painter.setClipRect(seen)
        self._squares(painter, seen)
        if self._smooth is not None and self._smooth[0] == drawn.size():
            image = self._smooth[1]
        across, down = image.width() / drawn.width(), image.height() / drawn.height()
        left, top = (seen.left() - drawn.left()) * across, (seen.top() - drawn.top()) * down
        source = QRect(int(left), int(top), max(1, round(seen.width() * across)), max(1, round(seen.height() * down)))
        if source.size() == seen.size():
            painter.drawImage(seen.topLeft(), image, source)
        else:
            painter.drawImage(seen, image, source)

    def _squares(self, painter: QPainter, seen: QRect) -> None:
        side = theme.px(_SQUARE_PX)
        tile = QPixmap(2 * side, 2 * side)
        tile.fill(theme.color("hover"))
        strokes = QPainter(tile)
        for x, y in ((0, 0), (side, side)):
            strokes.fillRect(QRect(x, y, side, side), theme.color("inset"))
        strokes.end()
        painter.drawTiledPixmap(seen, tile)


class _Drawing:
    """A job on a thread of its own."""

    def __init__(self, job: PictureJob) -> None:
        self._job = job
        self.picture: Picture | None = None
        threading.Thread(target=self._run, name="picture", daemon=True).start()

    def stop(self) -> None:
        self._job.stop()

    def _run(self) -> None:
        self.picture = self._job.run()


class _Scaling:
    """A picture made smaller on a thread: a large one takes longer than a frame."""

    def __init__(self, image: QImage, size_px: QSize, pixels: object) -> None:
        self.image: QImage | None = None
        self._source, self._size_px, self._pixels = image, size_px, pixels
        threading.Thread(target=self._run, name="picture", daemon=True).start()

    def _run(self) -> None:
        self.image = self._source.scaled(self._size_px, mode=Qt.TransformationMode.SmoothTransformation)


def _end(work: list[_Drawing]) -> None:
    for drawing in work:
        drawing.stop()
    work.clear()
