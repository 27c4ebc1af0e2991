"""Every screen and every PDF page of three cases as PNG files: the work behind ``build/screens``."""

from __future__ import annotations

import secrets
import sys
import tempfile
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

CASES = ("c01_decided", "c09", "c16")
CORRELATIONS = ("c01", "verdict_other_side", "s41_none_done", "verdict_not_done", "verdict_root_uncertain")
LOOKS = (("light", 1.0, "light"), ("dark", 1.0, "dark"), ("high contrast", 1.0, "high_contrast"),
         ("light", 2.0, "light-200"))
DPI = 90
BORN = date(1954, 3, 3)


def render_papers(target: Path) -> int:
    """The care plan of each case, page by page."""
    import pypdfium2

    from desktop_app import bootstrap
    from desktop_app.engine.cases import load_case
    from desktop_app.use_cases.plan_case import document_of, plan_case

    parts = bootstrap.plan_parts(bootstrap.shipped_guideline())
    count = 0
    for name in CASES:
        case = load_case(bootstrap.shipped_guideline() / "cases" / f"{name}.yaml", parts.pack)
        plan = plan_case(parts.pack, parts.clinical, case, case.as_of)
        pdf = document_of(plan, parts.pack, parts.clinical, parts.documents())
        for number, page in enumerate(pypdfium2.PdfDocument(pdf), start=1):
            page.render(scale=DPI / 72).to_pil().save(target / f"paper-{name}-{number:02d}.png")
            count += 1
    return count


def render_windows(target: Path) -> int:
    """Every page of the window on the training patients, in each theme and at 200 % text."""
    from desktop_app import bootstrap
    from desktop_app.door import TRAINING_PASSPHRASE
    from desktop_app.widgets.render import render_screens

    count = 0
    with tempfile.TemporaryDirectory() as place:
        door = bootstrap.training_door(Path(place) / "profile", bootstrap.shipped_guideline())
        for theme, scale, folder in LOOKS:
            count += len(render_screens(door, TRAINING_PASSPHRASE, target / folder, theme, scale))
    return count


def render_first_days(target: Path) -> int:
    """A clinic that was set up a moment ago: no patient, nobody else."""
    from desktop_app import bootstrap
    from desktop_app.use_cases.domain import Clinic
    from desktop_app.widgets.render import render_first_day

    count = 0
    clinic = Clinic("Hillside Clinic", "1 Example Road", "555 0110", "FD01")
    for theme, scale, folder in LOOKS:
        with tempfile.TemporaryDirectory() as place:
            door = bootstrap.door(bootstrap.shipped_guideline(), Path(place) / "profile")
            desk, _ = door.first_start(clinic, "Dr N. Karim", "general practitioner", secrets.token_urlsafe())
            count += len(render_first_day(target / folder, desk, theme_name=theme, scale=scale))
            door.lock()
    return count


def render_correlations(target: Path) -> int:
    """Signs and report beside each other: concordant, discordant, no entrapment, not done, no root named."""
    from desktop_app import bootstrap
    from desktop_app.door import TRAINING_PASSPHRASE
    from desktop_app.engine.cases import load_case
    from desktop_app.widgets import render

    count = 0
    with tempfile.TemporaryDirectory() as place:
        door = bootstrap.training_door(Path(place) / "profile", bootstrap.shipped_guideline())
        desk = door.sign_in(door.users()[0].id, TRAINING_PASSPHRASE)
        consultations = {}
        for name in CORRELATIONS:
            case = load_case(bootstrap.shipped_guideline() / "cases" / f"{name}.yaml", desk.pack)
            patient = desk.new_patient(name="Correlation Case", number=name, born=BORN, sex="female")
            consultations[name] = desk.open(patient.id)
            record = {"sex", "date_of_birth"}
            consultations[name].answer_many({a: g for a, g in case.sheet.items() if a not in record})
        for theme, scale, folder in LOOKS:
            count += len(render.render_correlations(target / folder, desk, consultations, theme_name=theme,
                                                    scale=scale))
        door.lock()
    return count


def main(folder: str) -> int:
    target = Path(folder)
    target.mkdir(parents=True, exist_ok=True)
    print(f"{render_papers(target)} pages of paper", flush=True)
    count = render_windows(target) + render_first_days(target) + render_correlations(target)
    print(f"{count} screens in {target}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
