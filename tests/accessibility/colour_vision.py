"""How colours look to people who see fewer of them.

The matrices are those of Machado, Oliveira and Fernandes, "A physiologically-based model for simulation of color
vision deficiency", IEEE Transactions on Visualization and Computer Graphics 15(6), 2009, severity 1.0; they work on
linear RGB. Achromatopsia is luminance alone (Rec. 709). Distances are CIE 1976 L*a*b* differences (D65).
"""

from __future__ import annotations

from PySide6.QtGui import QColor

Rgb = tuple[float, float, float]
Matrix = tuple[Rgb, Rgb, Rgb]

NORMAL: Matrix = ((1, 0, 0), (0, 1, 0), (0, 0, 1))
SIGHT: dict[str, Matrix] = {
    "normal": NORMAL,
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216),
                   (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413),
                     (-0.011820, 0.042940, 0.968881)),
    "tritanopia": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602),
                   (0.004733, 0.691367, 0.303900)),
    "achromatopsia": ((0.2126, 0.7152, 0.0722),) * 3,
}


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4


def simulated(colour: str, sight: str) -> Rgb:
    """Linear RGB, 0 to 1, as somebody with this sight has it."""
    c = QColor(colour)
    seen = (_linear(c.redF()), _linear(c.greenF()), _linear(c.blueF()))
    red, green, blue = (min(max(sum(m * s for m, s in zip(line, seen, strict=True)), 0.0), 1.0)
                        for line in SIGHT[sight])
    return red, green, blue


def _lab(rgb: Rgb) -> Rgb:
    red, green, blue = rgb
    x = (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.95047
    y = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    z = (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.08883
    fx, fy, fz = (v ** (1 / 3) if v > 0.008856 else 7.787 * v + 16 / 116 for v in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


def apart(one: str, other: str, sight: str) -> float:
    """How far apart two colours are for somebody with this sight; 2.3 can just be told apart side by side."""
    a, b = _lab(simulated(one, sight)), _lab(simulated(other, sight))
    return float(sum((p - q) ** 2 for p, q in zip(a, b, strict=True)) ** 0.5)
