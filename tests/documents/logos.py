"""Pictures for a letterhead, made for the tests."""

from __future__ import annotations

from io import BytesIO

from PIL import Image, ImageDraw


def logo(kind: str = "PNG", size: tuple[int, int] = (120, 60)) -> bytes:
    """A red disc on nothing (PNG) or on white (JPEG)."""
    picture = Image.new("RGBA", size, (255, 255, 255, 0 if kind == "PNG" else 255))
    ImageDraw.Draw(picture).ellipse((2, 2, size[0] - 3, size[1] - 3), fill=(190, 20, 30, 255))
    out = BytesIO()
    picture.convert("RGBA" if kind == "PNG" else "RGB").save(out, kind)
    return out.getvalue()
