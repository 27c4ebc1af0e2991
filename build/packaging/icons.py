"""The program's icon in every size that menus and installers ask for, from the one drawing in resources/icons/app."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DRAWING = ROOT / "resources" / "icons" / "app" / "lumbar-pathway.svg"
SIZES = (16, 22, 24, 32, 48, 64, 128, 256, 512)
WINDOWS_SIZES = (16, 24, 32, 48, 64, 128, 256)


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


def draw(target: Path) -> None:
    """Write hicolor's folders, an .ico and an .icns under ``target``."""
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
    del app


if __name__ == "__main__":
    draw(Path(sys.argv[1]))
