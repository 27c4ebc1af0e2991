"""From blocks of the content tree to slices of a page."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING

from desktop_app.documents import (
    body_map,
    choice_panels,
    flow,
    imaging_pictures,
    letter_panels,
    panels,
    patient_panels,
    proof_panel,
    time_line,
    tree,
)
from desktop_app.documents.columns import in_columns
from desktop_app.documents.from_right import from_right
from desktop_app.documents.slices import Slice, draw_stack, stack_height
from desktop_app.documents.structure import Element

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from desktop_app.documents.brush import Brush
    from desktop_app.documents.tree import Block, Columns, Side

_BESIDE_UP_TO = 430.0  # two stacks higher than this stand under each other

_MAKERS: dict[type, Callable[..., list[Slice]]] = {
    tree.Heading: flow.heading,
    tree.Paragraph: flow.paragraph,
    tree.Listing: flow.listing,
    tree.Facts: flow.facts,
    tree.Table: flow.table,
    tree.Banner: panels.banner,
    tree.Alarm: panels.alarm,
    tree.EmergencyBand: panels.emergency_band,
    tree.Steps: panels.emergency_steps,
    tree.Phones: panels.phones,
    tree.Note: panels.note,
    tree.Verdict: panels.verdict,
    tree.Roots: imaging_pictures.roots,
    tree.Spine: imaging_pictures.spine_picture,
    tree.BodyMap: body_map.slices,
    tree.TimeLine: time_line.slices,
    tree.Signature: panels.signature,
    tree.NextSteps: patient_panels.next_steps,
    tree.GetHelp: patient_panels.get_help,
    tree.AskBack: patient_panels.ask_back,
    tree.Proof: proof_panel.proof,
    tree.ReturnSlip: letter_panels.return_slip,
    tree.LinesToFill: letter_panels.lines_to_fill,
    tree.ChoiceCard: choice_panels.choice_card,
    tree.TickLines: choice_panels.tick_lines,
}


_TOLD = frozenset({tree.Heading, tree.Paragraph, tree.Listing, tree.Facts, tree.Table, tree.Steps})
"""Blocks that say by themselves what they are in the structure."""


def compile_blocks(blocks: Sequence[Block], width: float, room: float = inf) -> list[Slice]:
    """Slices of ``width``. What stands behind ``room`` is left away: enough to know that all of it does not fit."""
    slices: list[Slice] = []
    height = 0.0
    new_page = False
    before: Block | None = None
    for block in blocks:
        if isinstance(block, tree.NewPage):
            new_page = True
            continue
        made = _made(block, width)
        if made and new_page:
            made[0].new_page = True
            new_page = False
        if made and isinstance(before, tree.Heading):
            made[0].before = min(made[0].before, 4.0)  # what follows a heading stands close to it
        before = block
        height += sum([one.height for one in made]) + sum([one.before for one in (made if slices else made[1:])])
        slices.extend(made)
        if height > room:
            break
    if slices:
        slices[-1].keep = False
    return slices


def _made(block: Block, width: float) -> list[Slice]:
    if isinstance(block, tree.Side):
        return _side(block, width)
    if isinstance(block, tree.FromRight):
        return from_right(compile_blocks(block.blocks, width), width)
    if isinstance(block, tree.InLanguage):
        return _together(compile_blocks(block.blocks, width), block.language)
    if isinstance(block, tree.Columns):
        return _columns(block, width)
    made = _MAKERS[type(block)](block, width)
    return made if type(block) in _TOLD else _together(made)


def _together(slices: list[Slice], language: str = "") -> list[Slice]:
    """The parts of one panel as one part of the document's structure."""
    panel = Element("Div", language=language)
    for one in slices:
        one.draw = _within(panel, one.draw)
    return slices


def _within(panel: Element, body: Callable[[Brush, float, float], None]) -> Callable[[Brush, float, float], None]:
    def draw(brush: Brush, x: float, y: float) -> None:
        with brush.part(panel):
            body(brush, x, y)

    return draw


def _columns(block: Columns, width: float) -> list[Slice]:
    each = (width - block.gap * (block.count - 1)) / block.count
    return in_columns(compile_blocks(block.blocks, each), block.count, each, block.gap)


def _side(block: Side, width: float) -> list[Slice]:
    left_width = (width - block.gap) * block.share
    right_width = width - block.gap - left_width
    left = compile_blocks(block.left, left_width)
    right = compile_blocks(block.right, right_width)
    height = max(stack_height(left), stack_height(right))
    if not left or not right or height > _BESIDE_UP_TO:
        return compile_blocks((*block.left, *block.right), width)

    def draw(brush: Brush, x: float, y: float) -> None:
        draw_stack(left, brush, x, y)
        draw_stack(right, brush, x + left_width + block.gap, y)

    before = max(left[0].before, right[0].before, block.above)
    spare = all(one.spare for one in (*left, *right))
    last = block.left[-1]
    keep = block.keep or isinstance(last, tree.Heading) or (isinstance(last, tree.AskBack) and last.keep)
    return [Slice(height, draw, before=before, keep=keep, spare=spare)]


def first_that_fits(choices: Sequence[Sequence[Block]], width: float, room: float) -> tuple[list[Slice], bool]:
    """The roomiest of ``choices`` that fits ``room``, else the densest; and whether it fits."""
    for blocks in choices:
        slices = compile_blocks(blocks, width, room)
        if stack_height(slices) <= room:
            return slices, True
    return compile_blocks(choices[-1], width), False
