"""The correlation as a picture: the patient's signs at the left, roots down the middle, the report at the right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from desktop_app.language import later, tr
from desktop_app.pictures.drawing import Area, Filling, Pattern, Picture, Role, Shape, Stroke, Words, box, disc, line
from desktop_app.pictures.sides import side_word

ROOTS = ("L1", "L2", "L3", "L4", "L5", "S1")
ALWAYS = frozenset(ROOTS[1:])  # shown even without a sign or a finding
KINDS = ("motor", "reflex", "sensory", "pain")
KIND_WORDS = {"motor": later("Power"), "reflex": later("Reflex"), "sensory": later("Sensation"), "pain": later("Pain")}
DISCS = {"narrowed": 1, "touched": 2, "pressed": 3}
TOUCHED = 2  # from here on the root itself is met
ZONES = {"far": later("far lateral"), "foramen": later("foramen"), "recess": later("recess"), "canal": later("canal")}
_STATES = {"narrowed": later("narrowed"), "touched": later("touched"), "pressed": later("pressed")}
NONE = later("none reported")
PARTLY = later("clear as far as reported")
NOT_REPORTED = later("not reported on")
NO_IMAGING = later("no imaging")

_SMALL, _BODY = 11.0, 12.0  # sizes of words
_LETTER, _BOLD = 0.56, 0.6  # width of a letter of this face, as a part of its size
_BLOCK = 18.0
_ROOMY = 360.0  # with less width headings are short and columns close
_NARROW = 200.0  # with less for a leg, both stand around one line of roots
_SPARE = 30.0  # height of a line above which there is room to breathe
_UNIT = 20.0  # width of one point of weight, at most


@dataclass(frozen=True, slots=True)
class Block:
    """One kind of sign that points to a root. ``certain`` False: an open answer may still bring it."""

    kind: str
    weight: int
    certain: bool = True
    signs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One root of one leg."""

    root: str
    total: int
    most: int
    blocks: tuple[Block, ...]
    discs: int  # 0 nothing, 1 narrowed, 2 touched, 3 pressed
    report: str  # what was reported, or one of the three ways of saying that nothing was
    meets: bool = False
    named: bool = False


@dataclass(frozen=True, slots=True)
class Leg:
    side: str
    rows: tuple[Row, ...]


def legs(entries: object, *, named: str, done: bool | None, complete: bool) -> tuple[Leg, ...]:
    """Both legs from the plain data of the picture; ``named``: the root as ``L4.left``, "" or uncertain for none."""
    found = [entry for entry in entries if isinstance(entry, Mapping)] if isinstance(entries, list | tuple) else []
    made: dict[str, dict[str, Row]] = {"right": {}, "left": {}}
    for entry in found:
        root, side = str(entry.get("root")), str(entry.get("side"))
        if root in ROOTS and side in made:
            made[side][root] = _row(entry, root, is_named=named == f"{root}.{side}", done=done, complete=complete)
    return tuple(Leg(side, tuple(rows[root] for root in ROOTS if root in rows)) for side, rows in made.items())


def shown(both: Sequence[Leg], named: str) -> tuple[Leg, ...]:
    """The leg of the named root, and the other one where anything points to it; both while no side is settled."""
    side = named.partition(".")[2]
    mine = tuple(leg for leg in both if leg.side == side)
    other = [leg for leg in both if leg.side != side]
    if mine and not any(row.discs or row.total for leg in other for row in leg.rows):
        return tuple(_short(leg) for leg in mine)
    with_first = any(row.root not in ALWAYS and (row.discs or row.total) for leg in both for row in leg.rows)
    return tuple(leg if with_first else Leg(leg.side, tuple(r for r in leg.rows if r.root in ALWAYS)) for leg in both)


def _short(leg: Leg) -> Leg:
    return Leg(leg.side, tuple(r for r in leg.rows if r.root in ALWAYS or r.discs or r.total or r.named))


def _row(entry: Mapping[str, object], root: str, *, is_named: bool, done: bool | None, complete: bool) -> Row:
    blocks = [Block(str(b["kind"]), _number(b["weight"]), certain=key == "blocks", signs=_texts(b.get("signs")))
              for key in ("blocks", "possible_blocks") for b in _maps(entry.get(key))]  # fmt: skip
    imaged = _maps(entry.get("imaged"))
    discs = max((DISCS.get(str(one.get("state")), 0) for one in imaged), default=0)
    told = list(dict.fromkeys(_place(one) for one in imaged if DISCS.get(str(one.get("state")), 0) == discs))
    if discs:
        report = "; ".join(told)
    elif not done:
        report = tr(NO_IMAGING) if done is False else tr(NOT_REPORTED)
    elif complete or (imaged and not _number(entry.get("unreported"))):
        report = tr(NONE)
    else:
        report = tr(PARTLY) if imaged else tr(NOT_REPORTED)
    return Row(root, _number(entry.get("total")), _number(entry.get("most")),
               tuple(sorted(blocks, key=lambda b: (not b.certain, KINDS.index(b.kind)))), discs, report,
               meets=is_named and discs >= TOUCHED, named=is_named)  # fmt: skip


def _place(one: Mapping[str, object]) -> str:
    zone = str(one.get("zone", "")).partition("_")[0]
    state = str(one.get("state"))
    return f"{str(one.get('level', '')).replace('_', '-')} {tr(ZONES.get(zone, zone))} {tr(_STATES.get(state, state))}"


def _maps(value: object) -> list[Mapping[str, object]]:
    return [v for v in value if isinstance(v, Mapping)] if isinstance(value, list | tuple) else []


def _texts(value: object) -> tuple[str, ...]:
    return tuple(str(v) for v in value) if isinstance(value, list | tuple) else ()


def _number(value: object) -> int:
    return int(value) if isinstance(value, int | float) else 0


# -- drawing -----------------------------------------------------------------------------------------


def correlation(sides: Sequence[Leg], *, width: float = 420.0, row: float = 36.0, note: str = "") -> Picture:
    """The picture of one leg, or of both side by side. ``row``: least height of a root's line."""
    gap = 20.0
    each = (width - gap * (len(sides) - 1)) / max(len(sides), 1)
    if len(sides) > 1 and each < _NARROW:
        return _mirrored(sides, width, row, note)
    most = max((r.most for leg in sides for r in leg.rows), default=0)
    shapes: list[Shape] = []
    bottom = 0.0
    for number, leg in enumerate(sides):
        left = number * (each + gap)
        made, low = _leg(leg, left, each, most, row, alone=len(sides) == 1)
        shapes += made
        bottom = max(bottom, low)
    if len(sides) > 1:
        told = [tr("On the {side}: {found}").format(side=side_word(leg.side), found=found) for leg in sides
                if (found := _found(leg))]
        made, bottom = _below(told, width, bottom)
        shapes += made
    made, bottom = _legend(sides, note, width, bottom + 6)
    return Picture(width, bottom, (*shapes, *made), alt(sides))


def _mirrored(sides: Sequence[Leg], width: float, row: float, note: str) -> Picture:
    """Both legs around one line of roots, for little room: signs grow outwards, the discs stand at the edges."""
    middle, high = width / 2, row
    most = max((r.most for leg in sides for r in leg.rows), default=0)
    unit = min(_UNIT, (middle - 16 - 40 - 34) / max(most, 4))
    shapes: list[Shape] = []
    bottom = 0.0
    for leg in sides:
        out = -1.0 if leg.side == "right" else 1.0
        shapes.append(Words(middle + 16 * out, 12, _of_leg(leg.side), _BODY, 600,
                            "end" if out < 0 else "start", "text2"))  # fmt: skip
        for number, r in enumerate(leg.rows):
            at = 18 + high * (number + 0.5)
            x = middle + 16 * out
            for one in r.blocks:
                end = x + one.weight * unit * out
                shapes += block(one.kind, min(x, end) + 0.8, at - (high - 6) / 2, one.weight * unit - 1.6, high - 6,
                                certain=one.certain)
                x = end
            told = tr("open") if r.most > r.total == 0 or (r.blocks and not r.total) else str(r.total or tr("none"))
            shapes.append(Words(x + 4 * out, at + 4, told, _SMALL, 600 if r.total else 400,
                                "end" if out < 0 else "start", "text" if r.total else "text3"))  # fmt: skip
            edge = 6.0 if out < 0 else width - 6 - 2 * 12
            for disc_ in range(3 if r.discs else 0):
                full = disc_ < r.discs
                shapes.append(Area(disc(edge + disc_ * 12, at, 4.5), "accent" if full else "surface",
                                   "accent" if full else "control", 1.5))
            bottom = max(bottom, 18 + high * (number + 1))
            if out > 0 or len(sides) < 2:
                named = any(other.named for one in sides for other in one.rows if other.root == r.root)
                shapes.append(Words(middle, at + 4, r.root, _BODY, 700 if named else 600, "middle",
                                    "accent" if named else "text"))  # fmt: skip
    made, bottom = _below(_imaging_of(sides), width, bottom)
    legend, bottom_ = _legend(sides, note, width, bottom + 6)
    return Picture(width, bottom_, (*shapes, *made, *legend), alt(sides))


def _imaging_of(sides: Sequence[Leg]) -> list[str]:
    """What imaging says of each side, once where it says the same of both."""
    found = ["; ".join(_statuses(leg)) for leg in sides]
    if len(found) > 1 and len(set(found)) == 1:
        return [tr("Imaging, both sides: {found}.").format(found=found[0])]
    return [tr("Imaging, {side}: {found}.").format(side=side_word(leg.side), found=one)
            for leg, one in zip(sides, found, strict=True)]


def _below(told: Sequence[str], width: float, top: float) -> tuple[list[Shape], float]:
    """Sentences under the picture."""
    shapes: list[Shape] = []
    for words in told:
        for piece in wrapped(words, _SMALL, width):
            shapes.append(Words(0, top + 12, piece, _SMALL, ink="text2"))
            top += 14
    return shapes, top


def _found(leg: Leg) -> str:
    return "; ".join(f"{r.root}: {r.report}" for r in leg.rows if r.discs)


def _statuses(leg: Leg) -> list[str]:
    """What is reported of each root of a leg, alike ones together."""
    told = [_found(leg)] if _found(leg) else []
    for words in map(tr, (NONE, PARTLY, NOT_REPORTED, NO_IMAGING)):
        roots = [r.root for r in leg.rows if not r.discs and r.report == words]
        if roots:
            all_of_them = len(roots) == len(leg.rows)
            told.append(words if all_of_them
                        else tr("{words} for {roots}").format(words=words, roots=", ".join(roots)))
    return told


def _leg(leg: Leg, x: float, width: float, most: int, least: float, *, alone: bool) -> tuple[list[Shape], float]:
    roomy = alone and width >= _ROOMY
    signs = x + width * (0.41 if roomy else 0.4 if not alone else 0.38)  # the signs end here
    report = signs + (40 if roomy else 30)
    unit = min(_UNIT, (signs - x - (38 if alone else 34)) / max(most, 4))
    block = min(_BLOCK, least - 6)
    middle = (signs + report) / 2
    signs_of = tr("Signs, {side} leg") if roomy else tr("Signs, {side}")
    head = signs_of.format(side=side_word(leg.side)) if alone else _of_leg(leg.side)
    shapes: list[Shape] = [
        Words(signs, 12, head, _BODY, 600, "end", "text2"),
        Words(report, 12, tr("Roots at risk on imaging") if roomy else tr("On imaging"), _BODY, 600, "start", "text2"),
    ]  # fmt: skip
    top = 22.0 if least > _SPARE else 18.0
    for r in leg.rows:
        step = 13 if alone else 11
        dots = 3 * step + 6 if r.discs else 0
        words = r.report if alone or not r.discs else r.report.rpartition(" ")[2]
        weight = 600 if r.discs else 400
        lines = wrapped(words, _SMALL, x + width - report - dots - 8, _BOLD if r.discs else _LETTER)
        high = max(least, len(lines) * 12.5 + 5)
        at = top + high / 2
        if r.meets:
            shapes.append(Area(box(x + 1, top + 1, width - 2, high - 2, 8), "accent_soft", "accent", 2.0,
                               name=tr("{root}: signs and report meet").format(root=r.root)))
        shapes += _signs(r, x, signs, at, unit, block)
        size = 13 if least > _SPARE else _BODY
        shapes.append(Words(middle, at + 4.5, r.root, size, 700 if r.named else 600, "middle",
                            "accent" if r.named else "text"))  # fmt: skip
        for number in range(3 if r.discs else 0):
            full = number < r.discs
            spot = disc(report + 6 + number * step, at, 5 if alone else 4.5)
            shapes.append(Area(spot, "accent" if full else "surface", "accent" if full else "control", 1.5))
        first = at - (len(lines) - 1) * 6.25 + 4
        shapes += [Words(report + dots, first + 12.5 * number, piece, _SMALL, weight,  # type: ignore[arg-type]
                         ink="text" if r.discs else "text3") for number, piece in enumerate(lines)]
        top += high
    return shapes, top


def _signs(row: Row, left: float, right: float, at: float, unit: float, height: float) -> list[Shape]:
    shapes: list[Shape] = []
    x = right
    for one in row.blocks:
        x -= one.weight * unit
        shapes += block(one.kind, x + 1, at - height / 2, one.weight * unit - 2, height, certain=one.certain)
    if not row.blocks:
        shapes.append(Words(right, at + 4, tr("none"), _SMALL, anchor="end", ink="text3"))
    elif row.most > row.total:
        told = tr("{total} to {most}").format(total=row.total, most=row.most) if row.total else tr("open")
        shapes.append(Words(x - 4, at + 4, told, _SMALL, 600 if row.total else 400, "end",
                            "text" if row.total else "text3"))  # fmt: skip
    else:
        shapes.append(Words(x - 5, at + 4.5, str(row.total), 13, 700, "end"))
    return [shape for shape in shapes if left <= x or not isinstance(shape, Words)]


def block(kind: str, x: float, y: float, width: float, height: float, *, certain: bool = True) -> list[Shape]:
    """Power near black, reflex accent with a line through it, sensation dots, pain stripes; dashed: still possible."""
    path = box(x, y, width, height, 3)
    if not certain:
        return [Area(path, "surface", "control", 1.2, dashed=True)]
    if kind == "motor":
        return [Area(path, "text", "text", 1.0)]
    if kind == "reflex":
        across = Stroke(line(((x + 3, y + height / 2), (x + width - 3, y + height / 2))), "on_accent", 1.6)
        return [Area(path, "accent", "accent", 1.0), across]
    dots = kind == "sensory"
    ink: Role = "text" if dots else "accent"
    return [Area(path, "surface", ink, 1.2, fillings=(Filling(Pattern.DOTS if dots else Pattern.STRIPES, ink),))]


def _legend(sides: Sequence[Leg], note: str, width: float, top: float) -> tuple[list[Shape], float]:
    blocks = [b for leg in sides for r in leg.rows for b in r.blocks]
    weights = {b.kind: b.weight for b in blocks}
    entries = [(kind, True, f"{tr(KIND_WORDS[kind])} {weights[kind]}") for kind in KINDS
               if any(b.kind == kind and b.certain for b in blocks)]  # fmt: skip
    if any(not b.certain for b in blocks):
        entries.append(("", False, tr("not answered yet")))
    shapes: list[Shape] = []
    x = 0.0
    for kind, certain, words in entries:
        wide = 24 + len(words) * _SMALL * _LETTER + 12
        if x and x + wide > width:
            x, top = 0.0, top + 16
        shapes += block(kind, x, top + 2, 18, 11, certain=certain)
        shapes.append(Words(x + 23, top + 11.5, words, _SMALL, ink="text2"))
        x += wide
    top += 18 if entries else 0
    for number, piece in enumerate(wrapped(note, _SMALL, width)):
        shapes.append(Words(0, top + 11 + 14 * number, piece, _SMALL, ink="text3"))
    return shapes, top + 14 * len(wrapped(note, _SMALL, width)) + 2


def wrapped(words: str, size: float, width: float, letter: float = _LETTER) -> list[str]:
    """Words in lines of about this width; a picture has no font to measure with, so it allows for wide letters."""
    room = max(int(width / (size * letter)), 6)
    lines: list[str] = []
    for word in words.split():
        if lines and len(lines[-1]) + 1 + len(word) <= room:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def alt(sides: Sequence[Leg]) -> str:
    """The whole picture in words, root by root."""
    return " ".join(f"{row_words(leg.side, r)}." for leg in sides for r in leg.rows)


def row_words(side: str, row: Row) -> str:
    """One root in words: what points to it, and what is reported."""
    certain = ", ".join(f"{tr(KIND_WORDS[b.kind]).lower()} {b.weight}" for b in row.blocks if b.certain)
    open_ = ", ".join(tr(KIND_WORDS[b.kind]).lower() for b in row.blocks if not b.certain)
    told = tr("no sign") if not open_ else tr("no sign so far")
    if certain:
        told = tr("signs {total} ({certain})").format(total=row.total, certain=certain)
    still = tr(", still possible: {kinds}").format(kinds=open_) if open_ else ""
    meets = tr("; signs and report meet") if row.meets else ""
    which = tr("Left {root}") if side == "left" else tr("Right {root}")
    return tr("{which}: {told}; imaging: {report}").format(
        which=which.format(root=row.root), told=f"{told}{still}", report=f"{row.report}{meets}")


def _of_leg(side: str) -> str:
    return tr("Left leg") if side == "left" else tr("Right leg")
