"""What supports or argues against a root without scoring: provocation tests and muscles that discriminate."""

from __future__ import annotations

from desktop_app.clinical.anatomy import SIDES, Anatomy, Discriminator, Provocation
from desktop_app.engine.derive import Inputs


def discriminators(anatomy: Anatomy, inputs: Inputs) -> list[dict[str, object]]:
    """Root or nerve: what the muscles that were tested say, in words; plain data."""
    return [_discriminator(anatomy.discriminator_question, entry, inputs) for entry in anatomy.discriminators]


def _discriminator(question: str, entry: Discriminator, inputs: Inputs) -> dict[str, object]:
    found = {sign: inputs.get(f"{question}.{sign}") for sign in entry.signs}
    weak = [entry.signs[sign] for sign, value in found.items() if value is True]
    if weak:
        reading = weak[0]
    elif all(value is False for value in found.values()):
        reading = entry.without
    else:
        reading = "not tested"
    return {
        "id": entry.id,
        "label": entry.label,
        "text": entry.text,
        "roots": list(entry.roots),
        "tested": {sign: _word(value) for sign, value in found.items()},
        "reading": reading,
        "source": entry.source,
        "check": entry.check,
    }


def provocation(anatomy: Anatomy, inputs: Inputs) -> list[dict[str, object]]:
    """Per provocation test and side: supports, or what a negative test says; never a probability."""
    return [
        {
            "id": test.id,
            "label": test.label,
            "roots": list(test.roots),
            "weakly": list(test.weakly),
            "sides": {
                side: _test(test, inputs.get(f"{anatomy.provocation_question}.{test.id}.{side}")) for side in SIDES
            },
            "figures": test.figures,
            "text": test.text,
            "source": test.source,
            "check": test.check,
        }
        for test in anatomy.provocation
    ]


def _test(test: Provocation, value: object) -> dict[str, str]:
    if value is True:
        weakly = f", weakly {', '.join(test.weakly)}" if test.weakly else ""
        return {"result": "positive", "reading": f"supports {', '.join(test.roots)}{weakly}"}
    if value is False:
        return {"result": "negative", "reading": test.negative}
    return {"result": "not tested", "reading": "not tested"}


def _word(value: object) -> str:
    return "unknown" if value is None else "yes" if value is True else "no"
