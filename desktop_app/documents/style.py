"""Sizes and colours of paper, from the light theme; they read the same on a grey printer."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.documents.fonts import BOLD, REGULAR, SEMIBOLD

TEXT = "#14212B"
TEXT2 = "#43535F"
TEXT3 = "#566570"
LINE = "#D3DCE3"
CONTROL = "#6F7F8C"
SUNKEN = "#EAEFF3"
SURFACE = "#FFFFFF"
ACCENT = "#12588F"
WATERMARK = "#EDF1F4"

TONES = {"": TEXT, "accent": ACCENT, "red": "#B00020", "amber": "#8A5A00", "green": "#00664B"}
SOFT = {"": "#EEF2F5", "accent": "#E6F0F8", "red": "#FCECEE", "amber": "#FDF3DE", "green": "#E3F3ED"}

TIER_TONE = {"E": "red", "E24": "red", "U14": "amber", "R3": "green", "NONE": ""}
TIER_MARK = {"E": "octagon", "E24": "triangle", "U14": "clock", "R3": "calendar", "NONE": "minus"}


@dataclass(frozen=True, slots=True)
class Voice:
    """A size and line height, with the faces of its normal and its emphasised words."""

    size: float
    leading: float
    normal: str = REGULAR
    strong: str = SEMIBOLD
    colour: str = TEXT


VOICES = {
    "body": Voice(9.5, 13.2),
    "small": Voice(8.6, 12.0),
    "fine": Voice(8.0, 9.5),
    "caption": Voice(8.0, 10.8, colour=TEXT3),
    "label": Voice(8.6, 12.0, SEMIBOLD, SEMIBOLD, TEXT2),
    "fine-label": Voice(8.0, 10.0, SEMIBOLD, SEMIBOLD, TEXT2),
    "large": Voice(12.6, 17.0),
    "clear": Voice(12.0, 16.0),
    "title": Voice(22.0, 28.0, BOLD, BOLD),
    "h0": Voice(15.0, 20.0, SEMIBOLD, SEMIBOLD),
    "step": Voice(11.5, 15.5, REGULAR, BOLD),
    "h1": Voice(12.5, 16.5, SEMIBOLD, SEMIBOLD),
    "h2": Voice(11.0, 15.0, SEMIBOLD, SEMIBOLD),
    "h3": Voice(9.2, 12.4, SEMIBOLD, SEMIBOLD),
}

MARGIN = 42.0
MM = 72 / 25.4  # points
PAGE_SIZES = {"A4": (595.275590551, 841.88976378), "Letter": (612.0, 792.0)}
