"""Reads the picture for the clinic's letterhead: PNG or JPEG from anywhere in, one small plain PNG out."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO

from PIL import Image, ImageOps

from desktop_app.language import tr
from desktop_app.use_cases.errors import BadData

LARGEST_FILE = 4 * 1024 * 1024  # bytes
LONGEST_SIDE = 6000  # pixels of the file; looked at before any of them is unpacked
SHORTEST_SIDE = 24
KEPT = (900, 360)  # pixels at most: more than 500 to the inch where the head of a page shows it
_BROKEN = (OSError, SyntaxError, ValueError, TypeError, KeyError, IndexError, EOFError, AttributeError,
           ArithmeticError, struct.error, zlib.error, Image.DecompressionBombError)


def read_logo(raw: bytes) -> bytes:
    """The picture as PNG, in colour on white, without anything else that was in the file.

    The file is never kept: what is stored was drawn anew from its pixels. Raises ``BadData`` in words.
    """
    if len(raw) > LARGEST_FILE:
        raise BadData(tr("The logo's file is larger than {most} MB.").format(most=LARGEST_FILE // 1024**2),
                      next_step=tr("Save it smaller, then choose it again."))
    if not raw.startswith((b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")):
        raise BadData(tr("This file is no picture in PNG or JPEG."),
                      next_step=tr("Save the logo as PNG or JPEG, then choose it again."))
    try:
        with Image.open(BytesIO(raw), formats=("PNG", "JPEG")) as picture:
            _fits(*picture.size)
            upright = ImageOps.exif_transpose(picture).convert("RGBA")
    except _BROKEN as error:
        raise BadData(tr("This picture is damaged and cannot be read to its end."),
                      next_step=tr("Save it once more from the program that made it, or choose another one.")
                      ) from error
    upright.thumbnail(KEPT)
    flat = Image.new("RGB", upright.size, "white")
    flat.paste(upright, mask=upright.getchannel("A"))
    out = BytesIO()
    flat.save(out, "PNG")
    return out.getvalue()


def _fits(width: int, height: int) -> None:
    if max(width, height) > LONGEST_SIDE:
        raise BadData(tr("The picture has {width} × {height} pixels; a logo may have {most} on a side.").format(
            width=width, height=height, most=LONGEST_SIDE), next_step=tr("Save it smaller, then choose it again."))
    if min(width, height) < SHORTEST_SIDE:
        raise BadData(tr("The picture has only {width} × {height} pixels; on paper it would be a blot.").format(
            width=width, height=height), next_step=tr("Choose a larger one."))
    if max(width, height) > 12 * min(width, height):
        raise BadData(tr("The picture is far longer than it is high, or the other way round."),
                      next_step=tr("Cut it to the logo, then choose it again."))
