"""How large the clinic's logo stands at the head of the first page."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO

from reportlab.lib.utils import ImageReader

LOGO_GAP = 12.0  # points between the logo and the clinic's name
_HIGHEST, _WIDEST = 40.0, 110.0  # points


@dataclass(frozen=True, slots=True)
class LogoPlace:
    picture: ImageReader
    width: float  # points
    height: float


def fitted_logo(png: bytes) -> LogoPlace | None:
    """The logo as large as the head takes it, in its own proportions; None without one."""
    if not png:
        return None
    picture = ImageReader(BytesIO(png))
    width, height = picture.getSize()
    scale = min(_HIGHEST / height, _WIDEST / width)
    return LogoPlace(picture, width * scale, height * scale)
