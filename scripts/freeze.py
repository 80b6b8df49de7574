"""Write requirements*.txt: the closure of each of pyproject's lists, at the versions installed here."""

from __future__ import annotations

import sys
import tomllib
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from hall.paths import ROOT

HEAD = "# The frozen closure of {what} in pyproject.toml; written by `make freeze`.\n"


def closure(roots: list[str]) -> dict[str, str]:
    """Every package that the roots need on this Python, with its installed version."""
    found: dict[str, str] = {}
    todo = [Requirement(root) for root in roots]
    done: set[tuple[str, frozenset[str]]] = set()
    while todo:
        want = todo.pop()
        name, extras = canonicalize_name(want.name), frozenset(want.extras)
        if (name, extras) in done:
            continue
        done.add((name, extras))
        try:
            here = distribution(name)
        except PackageNotFoundError:
            sys.exit(f"{name} is not installed: run make test and make bench-ui first")
        found[name] = here.version
        for line in here.requires or []:
            need = Requirement(line)
            if need.marker is None or any(need.marker.evaluate({"extra": extra}) for extra in ("", *extras)):
                todo.append(need)
    return found


def main() -> None:
    """Write the files, runtime first; each other one names only what it adds."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    runtime = closure(project["project"]["dependencies"])
    _write("requirements.txt", "project.dependencies", runtime)
    # Dash lies apart: scripts/setup.sh says why
    sys.path.append(str(Path(sys.prefix) / "dash"))
    for group in ("dev", "spark", "bench"):
        extra = {n: v for n, v in closure(project["dependency-groups"][group]).items() if n not in runtime}
        _write(f"requirements-{group}.txt", f"dependency-groups.{group}", extra)


def _write(name: str, what: str, packages: dict[str, str]) -> None:
    lines = "".join(f"{package}=={packages[package]}\n" for package in sorted(packages))
    (ROOT / name).write_text(HEAD.format(what=what) + lines, encoding="utf-8")


if __name__ == "__main__":
    main()
