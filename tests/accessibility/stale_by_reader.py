"""A screen reader that is slower than the program: ``stale_by_reader.py PASSPHRASE``.

Between counting what stands on a page and asking for it, another page is opened; every child that was counted is asked
for all the same, as a reader does that has begun before the change. Prints how many were asked for.
"""

from __future__ import annotations

import sys
from functools import partial

from reader import BUTTON, GLib, Reader, begin_consultation, everything, name, role, tell


def counted(reader: Reader) -> list[tuple[object, int]]:
    return [(node, node.get_child_count()) for window in reader.windows() for node in everything(window)]


def ask_again(nodes: list[tuple[object, int]]) -> int:
    asked = 0
    for node, count in nodes:
        for number in range(count):
            try:
                node.clear_cache()
                node.get_child_at_index(number)
            except GLib.Error:  # the node has gone: that is told, and no fault
                break
            asked += 1
    return asked


def is_at(reader: Reader, title: str) -> bool:
    return reader.step() == title


def main(passphrase: str) -> None:
    reader = Reader()
    begin_consultation(reader, passphrase)
    steps = [name(n).split(":")[0] for n in reader.screen() if role(n) in BUTTON and name(n).startswith("Step ")]
    asked = 0
    for step in steps:
        before = counted(reader)
        reader.press(step)
        reader.until(f"the page of {step}", partial(is_at, reader, step.split(", ")[1]))
        asked += ask_again(before)
    tell(steps=len(steps), asked=asked)


if __name__ == "__main__":
    main(*sys.argv[1:])
