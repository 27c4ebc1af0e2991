"""Imaging correlation: the roots that the signs point to beside the roots that the report names, and the verdict."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from desktop_app.presentation import words
from desktop_app.presentation.wizard import Wizard

LOOK = {  # verdict: (icon, solid edge)
    "concordant": ("check-decagram", True),
    "partial": ("circle-half-full", True),
    "discordant_level": ("call-split", True),
    "discordant_side": ("call-split", True),
    "no_compression_seen": ("help-circle-outline", False),
    "incidental_only": ("minus", True),
    "not_done": ("help-circle-outline", False),
    "root_uncertain": ("help-circle-outline", False),
}
_ADEQUACY = {"adequate": "The imaging is good enough to judge.",
             "inadequate": "The imaging is not good enough to judge.",
             "unknown": "Whether the imaging is good enough is not known yet."}
_STRENGTH = {"narrowed": 1, "touched": 2, "pressed": 3}
_ORDER = ("L1", "L2", "L3", "L4", "L5", "S1")


@dataclass(frozen=True, slots=True)
class Block:
    """One kind of sign that points to a root, with its weight."""

    kind: str  # motor, reflex, sensory, pain
    label: str
    weight: int
    signs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RootRow:
    """One root of one side: the patient's signs at the left, the report at the right."""

    root: str
    side: str
    total: int
    most: int
    blocks: tuple[Block, ...]
    discs: int  # 0 none, 1 narrowed, 2 touched, 3 pressed
    report: str
    reported: bool
    meets: bool


@dataclass(frozen=True, slots=True)
class Correlation:
    verdict: str
    title: str
    icon: str
    solid: bool
    sentence: str
    output: str
    next_steps: tuple[str, ...]
    basis: tuple[words.Provenance, ...]
    adequacy: str
    action: str
    root_words: str
    rows: tuple[RootRow, ...]
    note: str
    known: bool


def build(wizard: Wizard) -> Correlation:
    consultation, decision = wizard.consultation, wizard.decision
    pack, imaging = consultation.pack, decision.imaging
    found = _verdict_text(wizard, imaging.verdict)
    icon, solid = LOOK.get(imaging.verdict, ("help-circle-outline", False))
    root = root_words(imaging.root)
    known = imaging.verdict in LOOK
    title = found.get("label", "Not known yet") if known else "Not known yet"
    if imaging.verdict == "concordant" and root:
        title = f"{title}: {root}"
    possible = "" if known else _possible(wizard, imaging.possible)
    return Correlation(
        verdict=imaging.verdict, title=title, icon=icon, solid=solid and known,
        sentence=found.get("sentence", possible), output=found.get("output", ""),
        next_steps=tuple(found.get("next", "").split("\n")) if found.get("next") else (),
        basis=tuple(words.provenance(pack, b) for b in imaging.basis),
        adequacy=_ADEQUACY.get(imaging.adequacy, ""), action=imaging.action_text,
        root_words=f"The examination names {root}." if root else "The examination does not name one root yet.",
        rows=_rows(wizard), note="The weights are this guideline’s own, not taken from a source.", known=known,
    )


def root_words(root: str) -> str:
    """Say ``L4.left`` in words (left L4); empty when no root is named."""
    name, _, side = root.partition(".")
    return f"{side} {name}" if side else ""


def _verdict_text(wizard: Wizard, verdict: str) -> dict[str, str]:
    table = wizard.consultation.pack.tables.get("imaging")
    verdicts = table.get("verdicts") if table is not None else None
    node = verdicts.get(verdict) if verdicts is not None else None
    if node is None:
        return {}
    return {"label": node.text_of("label"), "sentence": node.text_of("sentence"), "output": node.text_of("output"),
            "next": "\n".join(node.texts_of("next")) if "next" in node else ""}


def _possible(wizard: Wizard, verdicts: tuple[str, ...]) -> str:
    labels = [_verdict_text(wizard, v).get("label", v) for v in verdicts]
    return f"Still possible: {'; '.join(labels)}." if labels else "Answer the questions below."


def _rows(wizard: Wizard) -> tuple[RootRow, ...]:
    pictures = wizard.consultation.pictures
    entries = pictures.get("roots", ())
    if not isinstance(entries, list | tuple):
        return ()
    rows = [_row(wizard, e) for e in entries if isinstance(e, Mapping)]
    named = wizard.decision.imaging.root
    shown = [r for r in rows if r.total or r.discs or f"{r.root}.{r.side}" == named]
    return tuple(sorted(shown, key=lambda r: (r.side, _ORDER.index(r.root) if r.root in _ORDER else len(_ORDER))))


def _row(wizard: Wizard, entry: Mapping[str, object]) -> RootRow:
    blocks = tuple(
        Block(str(b["kind"]), str(b["label"]), int(str(b["weight"])), tuple(str(s) for s in _seq(b.get("signs"))))
        for b in _maps(entry.get("blocks")))
    imaged = _maps(entry.get("imaged"))
    discs = max((_STRENGTH.get(str(i.get("state")), 0) for i in imaged), default=0)
    worst = [str(i["label"]) for i in imaged if _STRENGTH.get(str(i.get("state")), 0) == discs and discs]
    complete = wizard.consultation.sheet.get("compression_list_complete")
    clear = bool(imaged) or (complete is not None and complete.value is True)
    report = "; ".join(worst) or ("none reported" if clear else "not reported on")
    root, side = str(entry["root"]), str(entry["side"])
    meets = discs > 0 and wizard.decision.imaging.root == f"{root}.{side}"
    return RootRow(root, side, int(str(entry.get("total") or 0)), int(str(entry.get("most") or 0)), blocks, discs,
                   report, clear, meets)


def _maps(value: object) -> list[Mapping[str, object]]:
    return [v for v in value if isinstance(v, Mapping)] if isinstance(value, list | tuple) else []


def _seq(value: object) -> list[object]:
    return list(value) if isinstance(value, list | tuple) else []
