"""The tiers stay apart for people who see fewer colours: by word and silhouette always, by colour where it can."""

from __future__ import annotations

import itertools

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication

from desktop_app.presentation import words
from desktop_app.widgets import controls, icons, theme
from desktop_app.widgets.tokens import THEMES, TIER_LOOK, Tokens
from tests.accessibility.colour_vision import SIGHT, apart, simulated

TIERS = tuple(TIER_LOOK)
TOLD = 8.0  # three times what can just be told apart side by side


@pytest.mark.parametrize("t", THEMES.values(), ids=lambda t: t.name)
@pytest.mark.parametrize("sight", [s for s in SIGHT if s != "achromatopsia"])
def test_red_amber_and_green_are_told_apart(t: Tokens, sight: str) -> None:
    for one, other in itertools.combinations((t.red, t.amber, t.green), 2):
        assert apart(one, other, sight) >= TOLD, (t.name, sight, one, other)


@pytest.mark.parametrize("t", THEMES.values(), ids=lambda t: t.name)
@pytest.mark.parametrize("sight", SIGHT)
def test_each_tier_is_read_on_its_own_ground(t: Tokens, sight: str) -> None:
    """4.5:1 for normal sight is kept in the tokens; 4:1 is left for whoever sees fewer colours."""
    for _, strong, soft, _ in TIER_LOOK.values():
        light = [0.2126 * r + 0.7152 * g + 0.0722 * b
                 for r, g, b in (simulated(getattr(t, token), sight) for token in (strong, soft))]
        assert (max(light) + 0.05) / (min(light) + 0.05) >= 4, (t.name, sight, strong)


def test_each_tier_has_a_word_an_icon_and_a_colour() -> None:
    told = [words.TIER[tier][0] for tier in words.TIER]
    assert len(told) == len(set(told)) == len(TIERS)
    assert all(told)
    assert len({look[0] for look in TIER_LOOK.values()}) == len(TIERS), "every tier has a silhouette of its own"
    assert {tier.name for tier in words.TIER} == set(TIERS)


def silhouette(icon: str) -> set[tuple[int, int]]:
    """The pixels of an icon, without any colour."""
    picture = QImage(48, 48, QImage.Format.Format_ARGB32)
    picture.fill(0)
    painter = QPainter(picture)
    icons.paint(painter, icon, QRectF(0, 0, 48, 48), QColor("black"))
    painter.end()
    return {(x, y) for x in range(48) for y in range(48) if picture.pixelColor(x, y).alpha() > 127}


@pytest.mark.parametrize("name", THEMES)
def test_the_painted_chips_of_the_tiers_differ_without_any_colour(qapp: QApplication, name: str) -> None:
    """On a rendered picture: what is left in grey is the silhouette and the word, and they differ by themselves."""
    theme.apply(qapp, name)
    shapes = {tier: silhouette(look[0]) for tier, look in TIER_LOOK.items()}
    for one, other in itertools.combinations(TIERS, 2):
        common, whole = shapes[one] & shapes[other], shapes[one] | shapes[other]
        assert len(common) / len(whole) < 0.9, (one, other)
    kinds = {"red": "red", "amber": "amber", "green": "green", "text2": "neutral"}
    for tier, (icon, strong, _, _) in TIER_LOOK.items():
        chip = controls.Chip(words.TIER[next(t for t in words.TIER if t.name == tier)][0], kinds[strong], icon)
        chip.resize(chip.sizeHint())
        picture = chip.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)
        row = [QColor(picture.pixel(x, y)).red() for x in range(12, picture.width() - 12)
               for y in range(4, picture.height() - 4)]
        high, low = max(row) / 255, min(row) / 255
        assert abs(high - low) > 0.3, f"{tier}: the grey chip of {name} cannot be read"
