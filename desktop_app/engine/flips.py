"""What would change an option: the smallest changes of answers, found by trying all of them at once.

Every change of one answer is a lane of one run; where no single answer is enough, every pair within
the option's own cone is a lane of a second, smaller run. Changes range over what is not
answered and what is marked as able to change; never over the patient's sex and birth, nor over any
other answer, so that nobody is coached to un-tick a danger. A number moves to its nearest threshold.

Pairs that feed the same derived finding are not multiplied out (that would call clinical arithmetic
tens of thousands of times). There the derived finding itself is the thing that changes, to a value
that is still possible: "Imaging verdict: concordant" instead of the forty ways to get there.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from itertools import islice

from desktop_app.engine.answers import Quantity, Value
from desktop_app.engine.decision import Change, Flip, Status
from desktop_app.engine.derive import Interval, Possible
from desktop_app.engine.effective import Worked
from desktop_app.engine.lanes import Lanes, lanes_in
from desktop_app.engine.model import FindingType, QuestionShape
from desktop_app.engine.options import planes_of
from desktop_app.engine.plan import OptionTerms
from desktop_app.engine.situation import Situation
from desktop_app.engine.words import join, possible_in_words, value_in_words
from desktop_app.language import tr

NEVER_CHANGED = frozenset({"sex", "date_of_birth"})
"""The atoms that come from the patient's identity."""

_MOST_PAIRED = 120  # different changes of one option's cone that are paired: at most 14,400 lanes
_SHOWN_PAIRS = 6
_TRIALS_A_PIECE = 25
_ORDERED = (FindingType.NUMBER, FindingType.SCALE)
_GOOD_FIRST = (Status.OFFERED, Status.CONDITIONAL, Status.OPEN, Status.NOT_OFFERED, Status.PROHIBITED,
               Status.SUPPRESSED)  # fmt: skip
_FAVOURABLE = (Status.OFFERED, Status.CONDITIONAL)


@dataclass(frozen=True, slots=True)
class _Trial:
    """One change that is tried: the states of every atom it moves, itself included."""

    atom: str
    index: int  # class of the atom's domain
    then: str  # in words
    states: Mapping[str, int]
    derived: frozenset[str]  # derived atoms that an answer to it can move, moved or not


_Found = tuple[Status, tuple[_Trial, ...]]


Flips = dict[str, tuple[Flip, ...]]


def flips_in_pieces(situation: Situation, statuses: Mapping[str, Status]) -> Generator[None, None, Flips]:
    """Per option the smallest changes; none for an option that an emergency holds back.

    Yields after each piece of work of a few milliseconds, so that whoever has something better to do can
    put the rest off or leave it.
    """
    answers: list[_Trial] = []
    for trial in _answer_trials(situation):
        answers.append(trial)
        if len(answers) % _TRIALS_A_PIECE == 0:
            yield
    findings = list(_finding_trials(situation))
    trials = answers + findings
    yield
    plan = situation.plan
    lanes = _single_lanes(situation, trials)
    slots = plan.program.run(lanes)
    pairable = _pairable(situation, [*findings, *answers])
    found: Flips = {}
    for name, option in plan.options.items():
        yield
        status = statuses[name]
        if status is Status.SUPPRESSED:
            continue
        planes = planes_of(option, slots, lanes.full)
        flips = _single_flips(situation, status, planes, trials, len(answers))
        wanted = _not_reached(status, flips)
        if wanted:
            flips = (*flips, *_pair_flips(situation, option, wanted, pairable))
        if flips:
            found[name] = tuple(sorted(flips, key=lambda flip: _GOOD_FIRST.index(flip.status)))
    return found


def _not_reached(now: Status, flips: Sequence[Flip]) -> tuple[Status, ...]:
    """The statuses for which one answer is not enough and two are worth trying.

    An option that is not offered is asked what would get it offered; any other, when no single change
    moves it at all, what moves it.
    """
    if now not in _FAVOURABLE and not any(flip.status in _FAVOURABLE for flip in flips):
        return _FAVOURABLE if flips else tuple(status for status in _GOOD_FIRST if status is not now)
    return () if flips else tuple(status for status in _GOOD_FIRST if status is not now)


def _answer_trials(situation: Situation) -> Iterator[_Trial]:
    """Each other class of each atom that may be changed."""
    plan = situation.plan
    counts = situation.effective
    for name, domain in plan.domains.items():
        atom = plan.pack.atoms[name]
        answered = name in counts.answers
        fixed = answered and (atom.emergency or not atom.can_change)
        if atom.derived is not None or name in NEVER_CHANGED or fixed:
            continue
        if name in counts.values and not answered:
            continue  # counts as no because its question does not apply
        now = situation.state.get(name, domain.all)
        near = situation.number(name)
        for index in range(len(domain.names)):
            if now == 1 << index or len(domain.names) == 1:
                continue
            value = domain.value_of(index, near)
            states = {name: 1 << index, **_moved_by(situation, {name: value})}
            yield _Trial(name, index, _words(situation, name, value), states, plan.derived_from[name])


def _finding_trials(situation: Situation) -> Iterator[_Trial]:
    """Each value that an unsettled derived finding may still have, taken as the thing that changes."""
    plan = situation.plan
    for name, possible in situation.effective.derived.items():
        domain = plan.domains.get(name)
        asked = plan.asked_for.get(name, ())
        if domain is None or all(atom in NEVER_CHANGED for atom in asked):
            continue
        now = domain.of_possible(possible)
        if now.bit_count() < 2:
            continue
        for index in range(len(domain.names)):
            if not now >> index & 1:
                continue
            value = domain.value_of(index)
            fixed = _as_possible(value)
            states = {**_moved_by(situation, {}, {name: fixed}), name: 1 << index}
            words = possible_in_words(fixed, situation.atom(name)) if not domain.bands else domain.band_in_words(index)
            yield _Trial(name, index, words, states, plan.derived_from[name] | {name})


def _as_possible(value: Value) -> Possible:
    if isinstance(value, bool):
        return frozenset({value})
    if isinstance(value, str):
        return frozenset({value})
    if isinstance(value, Quantity):
        return Interval(value.base, value.base)
    raise TypeError(f"{value!r} is no value of a derived finding")


def _moved_by(
    situation: Situation, changes: Mapping[str, Value], fixed: Mapping[str, Possible] | None = None
) -> dict[str, int]:
    """The derived atoms whose state these changes move."""
    plan = situation.plan
    (source,) = fixed or changes
    steps = plan.downstream[source]
    if not steps:
        return {}
    worked = Worked.on_top_of(
        situation.effective, plan, situation.derivations, changes=changes, fixed=fixed
    )
    worked.run(steps)
    moved: dict[str, int] = {}
    for step in steps:
        if step.atom in plan.domains and step.atom:
            state = plan.domains[step.atom].of_possible(worked.derived[step.atom])
            if state != situation.state[step.atom]:
                moved[step.atom] = state
    return moved


def _single_lanes(situation: Situation, trials: Sequence[_Trial]) -> Lanes:
    """Lane i holds trial i on top of the situation."""
    changed: dict[str, list[tuple[int, int]]] = {}
    for lane, trial in enumerate(trials):
        for atom, state in trial.states.items():
            changed.setdefault(atom, []).append((1 << lane, state))
    return _lanes(situation, changed, len(trials), situation.plan.program.inputs)


def _lanes(
    situation: Situation,
    changed: Mapping[str, Sequence[tuple[int, int]]],
    count: int,
    inputs: Iterable[tuple[str, int]],
) -> Lanes:
    """The situation in every lane, with states replaced in the given planes; for these inputs only."""
    full = (1 << count) - 1
    domains = situation.plan.domains
    ruled_out: dict[str, Sequence[int]] = {}
    for atom, _ in inputs:
        domain = domains[atom]
        base = situation.state.get(atom, domain.all)
        if base == domain.all and atom not in changed:
            continue
        planes = [0 if base >> index & 1 else full for index in range(len(domain.names))]
        for where, state in changed.get(atom, ()):
            for index in range(len(planes)):
                if state >> index & 1:
                    planes[index] &= ~where
                else:
                    planes[index] |= where
        ruled_out[atom] = planes
    return Lanes(count, ruled_out)


def _single_flips(
    situation: Situation, now: Status, planes: Mapping[Status, int], trials: Sequence[_Trial], answers: int
) -> tuple[Flip, ...]:
    """Flips by one answer; by one derived finding where no answer alone leads to the same status."""
    moved = [
        (status, lane) for status in _GOOD_FIRST if status is not now for lane in lanes_in(planes.get(status, 0))
    ]
    by_answer = [(status, (trials[lane],)) for status, lane in moved if lane < answers]
    reached = {status for status, _ in by_answer}
    by_finding = [
        (status, (trials[lane],)) for status, lane in moved if lane >= answers and status not in reached
    ]
    return tuple(_grouped(situation, _nearest(situation, [*by_answer, *by_finding])))


def _grouped(situation: Situation, found: Iterable[_Found]) -> Iterator[Flip]:
    """One flip a change; of many cells of a grid or items of the screen that do the same only the first."""
    cells: dict[tuple[str, Status], list[tuple[_Trial, ...]]] = {}
    for status, made in found:
        atom = situation.atom(made[0].atom)
        question = situation.plan.pack.questions.get(atom.question)
        alike_items = question is not None and (question.shape is QuestionShape.GRID or atom.emergency)
        key = atom.question if alike_items else f"{atom.id}={made[0].index}"
        cells.setdefault((key, status), []).append(made)
    for (name, status), alike in cells.items():
        first = _flip(situation, alike[0], status)
        others = len({trials[0].atom for trials in alike}) - 1
        if others:
            short = situation.plan.pack.questions[name].short
            places = tr("another item") if others == 1 else tr("one of {count} other items").format(count=others)
            told = first.sentence.removesuffix(".")
            more = tr("{told}, or the like for {places} of “{question}”.")
            first = replace(first, sentence=more.format(told=told, places=places, question=short))
        yield first


def _nearest(situation: Situation, found: Sequence[_Found]) -> Iterator[_Found]:
    """Of several steps of one known number or scale in one direction only the shortest is told."""
    shortest: dict[tuple[Status, tuple[tuple[str, int], ...]], tuple[int, _Found]] = {}
    for status, trials in found:
        way: list[tuple[str, int]] = []
        distance = 0
        for trial in trials:
            domain = situation.plan.domains[trial.atom]
            now = situation.state.get(trial.atom, domain.all)
            if domain.type in _ORDERED and now.bit_count() == 1:
                steps = trial.index - (now.bit_length() - 1)
                way.append((trial.atom, -1 if steps < 0 else 1))
                distance += abs(steps)
            else:
                way.append((trial.atom, 2 + trial.index))
        key = (status, tuple(way))
        if key not in shortest or distance < shortest[key][0]:
            shortest[key] = (distance, (status, trials))
    yield from (kept for _, kept in shortest.values())


def _pair_flips(
    situation: Situation, option: OptionTerms, wanted: Sequence[Status], pairable: Mapping[str, Sequence[_Trial]]
) -> tuple[Flip, ...]:
    """Flips by two changes within the option's own cone."""
    cone = situation.plan.cone(*option.terms)
    inputs = dict(cone.program.inputs).keys()  # in the order of the pack
    mine = _different(pairable, inputs)[:_MOST_PAIRED]
    size = len(mine)
    if size < 2:
        return ()
    row = (1 << size) - 1
    column = sum(1 << (number * size) for number in range(size))
    changed: dict[str, list[tuple[int, int]]] = {}
    for number, trial in enumerate(mine):
        where = row << (number * size) | column << number
        for atom, state in trial.states.items():
            if atom in inputs:
                changed.setdefault(atom, []).append((where, state))
    lanes = _lanes(situation, changed, size * size, cone.program.inputs)
    slots = cone.program.run(lanes)
    planes = planes_of(option, slots, lanes.full, cone.moved)
    found: list[_Found] = []
    for status in wanted:
        for lane in lanes_in(planes.get(status, 0)):
            first, second = divmod(lane, size)
            if first < second and _independent(mine[first], mine[second]):
                found.append((status, (mine[first], mine[second])))
    shown = islice(_nearest(situation, found), _SHOWN_PAIRS)
    return tuple(_flip(situation, made, status) for status, made in shown)


def _pairable(situation: Situation, trials: Sequence[_Trial]) -> dict[str, list[_Trial]]:
    """The changes worth pairing, by every atom whose state they move.

    Items of the emergency screen are left out: their yes is told as what it is, not as a way to an offer.
    """
    found: dict[str, list[_Trial]] = {}
    for trial in trials:
        if not situation.atom(trial.atom).emergency:
            for atom in trial.states:
                found.setdefault(atom, []).append(trial)
    return found


def _different(pairable: Mapping[str, Sequence[_Trial]], inputs: AbstractSet[str]) -> list[_Trial]:
    """The changes that differ in what they do to these inputs; derived findings first.

    Forty cells that move the same derived finding to the same value are one change to a rule.
    """
    found: dict[tuple[frozenset[tuple[str, int]], frozenset[str]], _Trial] = {}
    for name in inputs:
        for trial in pairable.get(name, ()):
            does = frozenset((atom, state) for atom, state in trial.states.items() if atom in inputs)
            found.setdefault((does, trial.derived.intersection(inputs)), trial)
    return sorted(found.values(), key=lambda trial: trial.atom not in trial.derived)


def _independent(one: _Trial, other: _Trial) -> bool:
    """Two changes of different atoms that no derived finding joins."""
    if one.atom == other.atom or not one.derived.isdisjoint(other.derived):
        return False
    return one.atom not in other.derived and other.atom not in one.derived


def _flip(situation: Situation, trials: Sequence[_Trial], status: Status) -> Flip:
    changes = tuple(
        Change(trial.atom, situation.atom(trial.atom).label, situation.in_words(trial.atom), trial.then)
        for trial in trials
    )
    told = join(_told(situation, change) for change in changes)
    return Flip(changes, status, _becomes(status).format(told=told))


def _becomes(status: Status) -> str:
    return {
        Status.OFFERED: tr("Offered if {told}."),
        Status.CONDITIONAL: tr("Offered, with conditions if {told}."),
        Status.OPEN: tr("Open if {told}."),
        Status.NOT_OFFERED: tr("Not offered if {told}."),
        Status.PROHIBITED: tr("Prohibited if {told}."),
        Status.SUPPRESSED: tr("Held back if {told}."),
    }[status]


def _told(situation: Situation, change: Change) -> str:
    """One change in words; for a known number with its distance."""
    atom = situation.atom(change.atom)
    if atom.type is FindingType.YES_NO:
        return tr("“{label}” is {then}").format(label=change.label, then=change.then)
    if not situation.known(change.atom):
        return tr("“{label}” is {then}").format(label=change.label, then=change.then)
    return tr("“{label}” is {then} (now {now})").format(label=change.label, then=change.then, now=change.now)


def _words(situation: Situation, name: str, value: Value) -> str:
    atom = situation.atom(name)
    domain = situation.plan.domains[name]
    if isinstance(value, Quantity):
        if not situation.known(name):
            return domain.names[domain.of_value(value).bit_length() - 1]
        return value_in_words(value, atom)
    return value_in_words(value, atom)
