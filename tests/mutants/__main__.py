"""``python -m tests.mutants [FOLDER]``: does every leaf and every statement of a guideline matter to a case?

0: at least 95 of 100 leaf mutants turn a case red, every survivor is listed with a reason, and every
statement is missed. 1: not so. Survivors are printed with file, line and what was changed.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from desktop_app.clinical import ClinicalArithmetic
from desktop_app.engine.cases import REFUSED, Case, read_cases
from desktop_app.engine.derive import Clinical
from desktop_app.engine.loader import CASES, load_pack
from desktop_app.engine.model import Pack
from desktop_app.engine.problems import Problems
from desktop_app.engine.reader import read_file
from tests.engine.lighthouse import FOLDER as LIGHTHOUSE
from tests.engine.lighthouse import MORE_CASES, Lamps
from tests.mutants.bench import Bench
from tests.mutants.leaves import mutants, sample, try_out
from tests.mutants.statements import deciding, unnoticed

SHIPPED = Path(__file__).parents[2] / "resources/guidelines/lumbar_fracture_radicular_pain"
REASONS = Path(__file__).parent
NEEDED = 0.95
MANY = 12


def ingredients(folder: Path) -> tuple[Pack, Clinical, list[Case]]:
    """The pack, its arithmetic, and every worked case that can be read."""
    pack = load_pack(folder)
    cases, problems = read_cases(folder / CASES, pack)
    cases += read_cases(folder / CASES / REFUSED, pack)[0]
    for problem in problems:
        print(problem, file=sys.stderr)
    if folder.resolve() == LIGHTHOUSE.resolve():
        return pack, Lamps(), [*cases, *read_cases(MORE_CASES, pack)[0]]
    return pack, ClinicalArithmetic(pack), cases


def reasons(pack: Pack) -> Mapping[str, str]:
    """The survivors that are known, each with the reason why no case can notice it."""
    path = REASONS / f"survivors_{pack.info.id}.yaml"
    if not path.exists():
        return {}
    problems = Problems()
    top = read_file(path, problems)
    problems.finish()
    return {} if top is None else {key: node.text() for key, node in top.need("survivors").entries(named=False).items()}


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.mutants", description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=SHIPPED)
    parser.add_argument("--sample", type=int, default=0, metavar="N", help="try N mutants only")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="", metavar="WORDS", help="try mutants whose name contains these words")
    parser.add_argument("--no-statements", action="store_true")
    args = parser.parse_args(argv)
    begun = time.perf_counter()
    pack, clinical, cases = ingredients(args.folder)
    bench = Bench(pack, clinical, cases)
    for words in bench.red:
        print(f"left out, fails already: {words}")
    every = [mutant for mutant in mutants(bench) if args.only in mutant.id]
    outcomes = try_out(bench, sample(every, args.sample, args.seed))
    known = reasons(pack)
    survivors = [outcome.mutant for outcome in outcomes if not outcome.killed_by]
    unlisted = [mutant for mutant in survivors if mutant.id not in known]
    for mutant in unlisted:
        print(f"{mutant.place}: survived: {mutant.id}")
    crowds = Counter(" ".join(mutant.key[:2]) for mutant in unlisted)
    if len(crowds) > MANY:
        print("most of them in: " + ", ".join(f"{name} ({count})" for name, count in crowds.most_common(MANY)))
    killed = len(outcomes) - len(survivors)
    share = killed / len(outcomes) if outcomes else 1.0
    print(
        f"{killed} of {len(outcomes)} leaf mutants turned a case red ({share:.1%}); "
        f"{len(survivors)} survived, {len(survivors) - len(unlisted)} of them listed with a reason"
    )
    missed: list[str] = []
    if not args.no_statements:
        statements = deciding(pack)
        missed = unnoticed(pack, clinical, bench.cases, statements)
        print(
            f"{len(statements) - len(missed)} of {len(statements)} deciding statements are missed by a case when "
            f"their rules go" + (f"; nobody misses {', '.join(missed)}" if missed else "")
        )
    print(f"{len(bench.cases)} cases, {time.perf_counter() - begun:.1f} s")
    return 0 if share >= NEEDED and not unlisted and not missed else 1


if __name__ == "__main__":
    sys.exit(main())
