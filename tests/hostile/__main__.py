"""The long run before a release: python -m tests.hostile [COUNT] [NAME]

Hands every bomb, then COUNT damaged inputs (100,000 unless said), to each importer, or to those whose name begins with
NAME. A limit of memory is set first, so that a bomb ends here and not in the machine.
"""

from __future__ import annotations

import resource
import sys
import time

from tests.hostile.bombs import bombs
from tests.hostile.importers import importers
from tests.hostile.trial import Outcome, give, limit_memory, trial

PORTION = 1000


def main(arguments: list[str]) -> int:
    count = int(arguments[0]) if arguments else 100_000
    wanted = " ".join(arguments[1:])
    limit_memory()
    failed = False
    print(f"{'importer':<34}{'inputs':>9}{'taken':>9}{'refused':>9}{'slowest':>11}{'seconds':>9}  neither")
    for importer in importers():
        if not importer.name.startswith(wanted):
            continue
        begun, done = time.perf_counter(), [Outcome(importer.name)]
        for title, (name, content) in bombs().items():
            if name == importer.name:
                give(importer, content, done[0], title)
        done += [trial(importer, min(PORTION, count - at), at) for at in range(0, count, PORTION)]
        wrong = [line for one in done for line in one.wrong]
        print(f"{importer.name:<34}{sum(o.count for o in done):>9}{sum(o.taken for o in done):>9}"
              f"{sum(o.refused for o in done):>9}{max(o.slowest for o in done) * 1000:>8.0f} ms"
              f"{time.perf_counter() - begun:>9.0f}  {len(wrong)}", flush=True)
        for line in wrong[:20]:
            print(f"    {line}", flush=True)
        failed = failed or bool(wrong)
    print(f"most memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
