"""The cautions of an option that are met, each with what to do about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop_app.documents.tree import Text, bold, quiet, text
from desktop_app.language import tr, trn

if TYPE_CHECKING:
    from desktop_app.engine.decision import OptionAdvice
    from desktop_app.engine.model import Option


def cautions_met(option: Option, advice: OptionAdvice, limit: int) -> list[Text]:
    """A line for each, the first ``limit`` in words and the rest counted."""
    clauses = {clause.id: clause for clause in option.conditional_when}
    met = [clauses[name] for name in advice.cautions_met if name in clauses]
    lines = [
        text(bold(clause.label), tr(": {words}").format(words=clause.plan) if clause.plan else "")
        for clause in met[:limit]
    ]
    if (count := len(met) - limit) > 0:
        lines.append(
            text(quiet(trn("{count} more caution met", "{count} more cautions met", count).format(count=count)))
        )
    return lines
