"""All benchmarks in one run: `python -m tests.benchmarks [engine] [window] [refresh] [inputs] [paper]
[record] [restore] [first-answer] [installed]`. Only by its name, because it takes long: `endurance`."""

from __future__ import annotations

import sys

from tests.benchmarks import endurance, engine, first_answer, inputs, installed, paper, record, refresh, restore, window

PARTS = {"engine": engine.report, "window": window.report, "refresh": refresh.report, "inputs": inputs.report,
         "paper": paper.report, "record": record.report, "restore": restore.report,
         "first-answer": first_answer.report, "installed": installed.report}
LONG = {"endurance": endurance.report}


def main(names: list[str]) -> int:
    for name in names or list(PARTS):
        for line in {**PARTS, **LONG}[name]():
            print(line, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
