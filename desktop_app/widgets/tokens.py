"""Colours, sizes and type of the whole program in one place; no widget names a colour of its own."""

from __future__ import annotations

from typing import NamedTuple


class Tokens(NamedTuple):
    """One theme. Ratios were computed by the WCAG formula when the values were chosen."""

    name: str
    bg: str
    surface: str
    sunken: str
    sunken_line: str  # edge of what lies on sunken without another edge: seen where the fill alone is not
    line: str
    control: str
    text: str
    text2: str
    text3: str
    accent: str
    focus: str
    red: str
    amber: str
    green: str
    accent_soft: str
    accent_line: str
    red_soft: str
    red_line: str
    amber_soft: str
    amber_line: str
    green_soft: str
    green_line: str
    slate_soft: str
    on_strong: str
    on_accent: str
    band: str
    band_text: str
    band_edge: str


LIGHT = Tokens(
    name="light",
    bg="#F3F6F8",
    surface="#FFFFFF",
    sunken="#EAEFF3",
    sunken_line="#EAEFF3",
    line="#D3DCE3",
    control="#6F7F8C",
    text="#14212B",
    text2="#43535F",
    text3="#566570",
    accent="#12588F",
    focus="#12588F",
    red="#B00020",
    amber="#8A5A00",
    green="#00664B",
    accent_soft="#E6F0F8",
    accent_line="#8FB8D9",
    red_soft="#FCECEE",
    red_line="#DE98A2",
    amber_soft="#FDF3DE",
    amber_line="#D9B46A",
    green_soft="#E3F3ED",
    green_line="#8CC5B2",
    slate_soft="#EEF2F5",
    on_strong="#FFFFFF",
    on_accent="#FFFFFF",
    band="#B00020",
    band_text="#FFFFFF",
    band_edge="#B00020",
)

DARK = Tokens(
    name="dark",
    bg="#0F161C",
    surface="#18222B",
    sunken="#212E38",
    sunken_line="#212E38",
    line="#33434F",
    control="#7E8F9C",
    text="#E9EFF3",
    text2="#B9C6CF",
    text3="#9DACB7",
    accent="#7FBBEE",
    focus="#A9D4F7",
    red="#FF9DA8",
    amber="#F0C264",
    green="#74D3B1",
    accent_soft="#17334A",
    accent_line="#3F6F97",
    red_soft="#3A1B21",
    red_line="#7E3A45",
    amber_soft="#352A12",
    amber_line="#6E5A2A",
    green_soft="#13332B",
    green_line="#2E6B58",
    slate_soft="#212E38",
    on_strong="#0B1A26",
    on_accent="#0B1A26",
    band="#B00020",
    band_text="#FFFFFF",
    band_edge="#B00020",
)

HIGH_CONTRAST = Tokens(
    name="high contrast",
    bg="#000000",
    surface="#000000",
    sunken="#1A1A1A",
    sunken_line="#8C8C8C",
    line="#FFFFFF",
    control="#FFFFFF",
    text="#FFFFFF",
    text2="#FFFFFF",
    text3="#E6E6E6",
    accent="#6FD3FF",
    focus="#FFE100",
    red="#FF98A2",
    amber="#FFD24D",
    green="#5CF0BD",
    accent_soft="#00263A",
    accent_line="#6FD3FF",
    red_soft="#330008",
    red_line="#FF98A2",
    amber_soft="#2E2100",
    amber_line="#FFD24D",
    green_soft="#002E20",
    green_line="#5CF0BD",
    slate_soft="#1A1A1A",
    on_strong="#000000",
    on_accent="#000000",
    band="#000000",
    band_text="#FF98A2",
    band_edge="#FF98A2",
)

THEMES = {t.name: t for t in (LIGHT, DARK, HIGH_CONTRAST)}


class Type(NamedTuple):
    """Size in px at 100 % and weight."""

    size: int
    weight: int


TYPE = {
    "alarm": Type(32, 700),
    "title": Type(24, 600),
    "verdict": Type(22, 700),
    "urgency": Type(20, 700),
    "heading": Type(18, 600),
    "step": Type(16, 600),
    "subheading": Type(15, 600),
    "body": Type(14, 400),
    "strong": Type(14, 600),
    "small": Type(13, 400),
    "small-strong": Type(13, 600),
    "caption": Type(12, 400),
    "caption-strong": Type(12, 600),
    "diagram": Type(11, 600),
}

TEXT_SIZES = (1.0, 1.25, 1.5, 2.0)  # what can be chosen in the settings

# What a word's urgency looks like: icon, strong colour, soft fill, edge. The silhouettes differ, so
# that the tiers stay apart in grey.
TIER_LOOK = {
    "E": ("alert-octagon", "red", "red_soft", "red_line"),
    "E24": ("alert", "red", "red_soft", "red_line"),
    "U14": ("clock-time-four", "amber", "amber_soft", "amber_line"),
    "R3": ("calendar-check", "green", "green_soft", "green_line"),
    "NONE": ("minus", "text2", "slate_soft", "control"),
}
