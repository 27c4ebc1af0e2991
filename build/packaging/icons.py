"""The program's icon in every size that menus and installers ask for, from the one drawing in resources/icons/app.

The setup of Windows shows two pictures of its own: a strip at the side of its first and last page, and one in the head
of the pages between. They are drawn at twice their size on an ordinary screen (in pixels: 328 x 628 and 300 x 114).
"""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DRAWING = ROOT / "resources" / "icons" / "app" / "lumbar-pathway.svg"
SIZES = (16, 22, 24, 32, 48, 64, 128, 256, 512)
WINDOWS_SIZES = (16, 24, 32, 48, 64, 128, 256)
SETUP = {"setup-side.bmp": (328, 628, "#12588F", 190), "setup-head.bmp": (300, 114, "#FFFFFF", 92)}
"""File to width, height, ground and size of the icon on it."""


def png(size: int) -> bytes:
    """The drawing as PNG, ``size`` x ``size`` pixels; needs a QGuiApplication."""
    from PySide6.QtCore import QBuffer, Qt
    from PySide6.QtGui import QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    QSvgRenderer(str(DRAWING)).render(painter)
    painter.end()
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    if not image.save(buffer, "PNG"):  # type: ignore[call-overload]  # its stub wants bytes, itself refuses them
        raise SystemExit(f"{DRAWING} cannot be drawn at {size} pixels.")
    return bytes(buffer.data().data())


def _draw_setup(target: Path) -> None:
    """The pictures of the setup: bitmaps, the one form that its pages take."""
    from PySide6.QtCore import QRectF
    from PySide6.QtGui import QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    for name, (wide, tall, ground, size) in SETUP.items():
        image = QImage(wide, tall, QImage.Format.Format_RGB888)
        image.fill(ground)
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        place = QRectF((wide - size) / 2 if tall > wide else wide - size - 12, (tall - size) / 2, size, size)
        QSvgRenderer(str(DRAWING)).render(painter, place)
        painter.end()
        if not image.save(str(target / name), "BMP"):  # type: ignore[call-overload]
            raise SystemExit(f"{target / name} cannot be written.")


def draw(target: Path) -> None:
    """Write hicolor's folders, an .ico, an .icns and the setup's pictures under ``target``."""
    from PIL import Image
    from PySide6.QtGui import QGuiApplication

    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QGuiApplication.instance() or QGuiApplication([])
    drawn = {size: png(size) for size in (*SIZES, 1024)}
    for size in SIZES:
        folder = target / "hicolor" / f"{size}x{size}" / "apps"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "lumbar-pathway.png").write_bytes(drawn[size])
    folder = target / "hicolor" / "scalable" / "apps"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "lumbar-pathway.svg").write_bytes(DRAWING.read_bytes())
    images = {size: Image.open(io.BytesIO(content)) for size, content in drawn.items()}
    images[256].save(target / "lumbar-pathway.ico", sizes=[(size, size) for size in WINDOWS_SIZES],
                     append_images=[images[size] for size in WINDOWS_SIZES if size != 256])
    images[1024].save(target / "lumbar-pathway.icns",
                      append_images=[images[size] for size in (16, 32, 64, 128, 256, 512)])
    _draw_setup(target)
    del app


if __name__ == "__main__":
    draw(Path(sys.argv[1]))
