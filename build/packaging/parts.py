"""Which installed packages the program is made of: its dependencies, and theirs, from the packages' own metadata."""

from __future__ import annotations

import re
import tomllib
from importlib.metadata import Distribution, distributions, packages_distributions
from pathlib import Path

import pruning
from packaging.requirements import Requirement

LEFT_OUT = {"importlib-metadata", "zipp", "tomli", "setuptools"}
"""Stand-ins for what Python 3.11 has itself."""


def plain(name: str) -> str:
    """A package's name as the index compares it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def shipped(root: Path) -> dict[str, Distribution]:
    """The packages that belong into the bundle, by plain name."""
    installed = {plain(found.metadata["Name"]): found for found in distributions()}
    with (root / "pyproject.toml").open("rb") as stream:
        waiting = [Requirement(line) for line in tomllib.load(stream)["project"]["dependencies"]]
    left_out = LEFT_OUT | _pruned()
    found: dict[str, Distribution] = {}
    while waiting:
        requirement = waiting.pop()
        name = plain(requirement.name)
        if name in found or name in left_out or (requirement.marker and not requirement.marker.evaluate({"extra": ""})):
            continue
        if name not in installed:
            raise SystemExit(f"{name} is a dependency and not installed: make .venv anew from requirements.lock.")
        found[name] = installed[name]
        waiting += [Requirement(line) for line in installed[name].requires or ()]
    return dict(sorted(found.items()))


def _pruned() -> set[str]:
    """Packages that others ask for and that the bundle leaves out: nothing of them may be listed as a part of it."""
    owners = packages_distributions()
    return {plain(owner) for module in pruning.PYTHON_EXCLUDES for owner in owners.get(module, ())}


def modules_not_shipped(root: Path) -> list[str]:
    """The importable modules of packages that are installed for other purposes only."""
    inside = set(shipped(root))
    return sorted(module for module, owners in packages_distributions().items()
                  if module.isidentifier() and not inside & {plain(owner) for owner in owners})
