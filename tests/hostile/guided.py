"""Fuzzing led by coverage, where atheris installs: python -m tests.hostile.guided NAME [libFuzzer's own arguments]

NAME is the beginning of an importer's name, "-max_total_time=600" a useful argument. What crashes is kept in the
current folder by libFuzzer; hand it to the importer again to see why.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["desktop_app", "yaml", "pyhanko", "asn1crypto"]):
    from tests.hostile.importers import REFUSALS, importers


def main(arguments: list[str]) -> None:
    importer = next(one for one in importers() if one.name.startswith(arguments[0]))

    def once(content: bytes) -> None:
        try:
            importer.read(content)
        except REFUSALS:
            return

    with tempfile.TemporaryDirectory() as corpus:
        for number, sample in enumerate(importer.samples):
            (Path(corpus) / f"sample-{number}").write_bytes(sample)
        atheris.Setup([sys.argv[0], corpus, "-rss_limit_mb=3072", "-timeout=10", *arguments[1:]], once)
        atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv[1:])
