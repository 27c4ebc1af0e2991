"""Every page of the program in another language, for tests that walk over them in a process of their own.

The language is chosen before anything of the program is imported, so whoever uses this imports nothing of it before.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

from desktop_app import language, places
from desktop_app.parts import Spoken


def walk(code: str, look: Callable[[object, str], None], size: tuple[int, int] = (1280, 800),
         scale: float = 1.0) -> object:
    """Calls ``look`` with the window and the name of each page that ``build/screens`` draws; the pack that was used."""
    language.use(code, places.resources() / "translations")
    from desktop_app.clinical import ClinicalArithmetic
    from desktop_app.engine.answers import Answer
    from desktop_app.engine.cases import load_case
    from desktop_app.engine.loader import load_pack
    from desktop_app.use_cases.desk import Desk
    from desktop_app.use_cases.domain import Clinic
    from desktop_app.widgets import render, shots
    from tests import fakes
    from tests.presentation.conftest import answered

    pack = load_pack(places.guideline())
    clinic = Clinic("Hillside Clinic", "1 Example Road", "555 0110", "TR01",
                    {one.id: "555 0142" for one in pack.phones if one.required}, ask_impression=False)
    desk = Desk(pack=pack, clinical=ClinicalArithmetic(pack), store=fakes.MemoryStore(clinic), clock=fakes.StillClock(),
                documents=fakes.PlainDocuments, signer=fakes.MarkingSigner, confirm=fakes.confirm,
                clinician=fakes.CLINICIAN, training=True, speak=Spoken())
    one = desk.new_patient(name="Marta Lindqvist", number="TR-0001", born=date(1954, 3, 3), sex="female")
    two = desk.new_patient(name="Josef Tamm", number="TR-0007", born=date(1960, 6, 21), sex="male")
    first, second = desk.open(one.id), desk.open(two.id)
    first.answer_many(answered(dict(load_case(places.guideline() / "cases" / "c01.yaml", pack).sheet)))
    second.answer_many({"cauda_equina.saddle_numbness": Answer(value=True)})

    def take(window: object, folder: Path, name: str) -> Path:
        shots.settle()
        look(window, name)
        return folder / f"{name}.png"

    shots.take = take  # type: ignore[assignment]  # the pages come from the renderer, so that none is forgotten
    with tempfile.TemporaryDirectory() as place:
        render.render_desk(Path(place), desk, {"c01": first, "emergency": second}, size=size, scale=scale)
    return pack
