"""What every page sends, before and after a change: taken on each of two commits, then compared.

    python -m scripts.sent dump FOLDER [DATA …]      on each checkout; about five minutes
    python -m scripts.sent compare OLD NEW [--wanted FILE] [--part words …] [--all]

``dump`` builds its own stores with the command line of the checkout and never touches another. ``compare`` prints each
difference under its page, language, data and selection, then the commonest ones, and ends with status 1 when there is
one that FILE does not name. FILE is TOML: ``[[wanted]]`` with ``why``, ``entry`` (a pattern that the whole entry
matches) and, where it is not meant for all, ``part`` and ``run`` (patterns such as ``demo/overview.*``).
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tomllib
from pathlib import Path

from scripts.sent.compare import compare
from scripts.sent.parts import PARTS
from scripts.sent.take import dump, take


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("dump", "take", "compare"))
    parser.add_argument("folder", type=Path)
    parser.add_argument("more", nargs="*", help="data sets of a dump; the folder to compare with")
    parser.add_argument("--wanted", type=Path)
    parser.add_argument("--part", nargs="*", default=[], choices=PARTS)
    parser.add_argument("--all", action="store_true")
    given = parser.parse_args()
    folder = given.folder.resolve()
    if given.what == "dump":
        return dump(folder, given.more)
    if given.what == "take":
        return asyncio.run(take(folder, given.more[0]))
    wanted = tomllib.loads(given.wanted.read_text(encoding="utf-8"))["wanted"] if given.wanted else []
    return int(compare(folder, Path(given.more[0]).resolve(), wanted, given.part, given.all) > 0)


if __name__ == "__main__":
    sys.exit(main())
