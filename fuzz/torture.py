"""Kill writers, fill the disk, spoil files and cut lines of the journal of a small store that holds everything: each
time nothing may be lost that stood, and `repair` must leave it whole. Run by `make torture`; a seed makes a run again.

    python fuzz/torture.py [--seed 1] [--kills 200] [--noise 5] [--folder FOLDER]
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import random
import resource
import shutil
import signal
import sys
import tempfile
import threading
import time
import traceback
from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path

import torn_store
from torn_store import ACTS, KINDS, at, build, content, copied, damage, mended, told

from hall.store import journal, lines

WAYS = ("noise", "garbage", "cut", "emptied", "gone")
STEPS = ("replace", "fsync", "unlink", "mkdir")
CONTEXT = multiprocessing.get_context("forkserver")
CONTEXT.set_forkserver_preload(["torn_store", "hall.cases.rollup", "hall.engines.duckdb"])


class Told:
    """What was tried, and what came of it."""

    def __init__(self) -> None:
        self.tried: Counter[str] = Counter()
        self.repaired: Counter[str] = Counter()
        self.lost: Counter[str] = Counter()

    def one(self, kind: str, what: str, act: Callable[[], bool]) -> None:
        """Try one thing; ``act`` tells whether anything had to be repaired, and raises where something is lost."""
        self.tried[kind] += 1
        try:
            self.repaired[kind] += act()
        except Exception:
            self.lost[kind] += 1
            print(f"lost: {kind}: {what}", file=sys.stderr)
            traceback.print_exc()

    def show(self) -> int:
        """Print the table; how much was lost."""
        print(f"{'':24}{'tried':>8}{'repaired':>10}{'lost':>6}")
        for kind in self.tried:
            print(f"{kind:24}{self.tried[kind]:8}{self.repaired[kind]:10}{self.lost[kind]:6}")
        total = [sum(found.values()) for found in (self.tried, self.repaired, self.lost)]
        print(f"{'all':24}{total[0]:8}{total[1]:10}{total[2]:6}")
        return total[2]


def acted(home: Path, act: str, step: float = 0, room: float = 0) -> None:
    """Do an act in this process, which is killed before its ``step``-th step on the disk, or has ``room`` bytes for
    each file."""
    if room:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (int(room), int(room)))
    if step:
        _die_at(step)
    with at(home):
        code = told(lambda: getattr(torn_store, act)(home))
    sys.exit(0 if not code else 3 if code == "disk_full" else 4)


def _die_at(step: float) -> None:
    done = 0

    def counted(plain: Callable[..., object]) -> Callable[..., object]:
        def before(*given: object, **named: object) -> object:
            nonlocal done
            done += 1
            if done == step:
                os.kill(os.getpid(), signal.SIGKILL)
            return plain(*given, **named)

        return before

    for name in STEPS:
        setattr(os, name, counted(getattr(os, name)))


def run(home: Path, act: str, *, step: float = 0, room: float = 0, after: float = 0) -> int:
    """Do an act in a process of its own, killed after some seconds; its exit status."""
    process = CONTEXT.Process(target=acted, args=(home, act, step, room))
    process.start()
    timer = threading.Timer(after, process.kill) if after else None
    if timer:
        timer.start()
    process.join()
    if timer:
        timer.cancel()
    status = process.exitcode
    process.close()
    assert status in (0, -signal.SIGKILL, 3), f"{act} ended with {status}"
    return int(status or 0)


class Trials:
    """Trials on copies of one store."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.folder, self.dice, self.told = folder, random.Random(seed), Told()
        self.base = build(folder / "base")
        self.before = content(self.base)
        self.after: dict[str, object] = {}
        self.took: dict[str, float] = {}

    def known(self, act: str) -> object:
        """What the store says after an act that nothing disturbs."""
        if act not in self.after:
            home, begun = copied(self.base, self.folder / "whole"), time.monotonic()
            assert run(home, act) == 0
            self.took[act], self.after[act] = time.monotonic() - begun, content(home)
        return self.after[act]

    def interrupted(self, act: str, **how: float) -> bool:
        """An act that is killed or runs out of disk: all is as before or as after, and the act can be done again."""
        after = self.known(act)
        home = copied(self.base, self.folder / "trial")
        ended = run(home, act, **how)
        stands = content(home)
        partly = act == "rolls_up" and stands not in (self.before, after)  # the load is done, the rollup is not
        assert partly or stands in (self.before, after), "neither before nor after"
        found = mended(home)
        if stands != after:
            assert run(home, act) == 0
        assert content(home) == after, "not the same when it is done again"
        return bool(found) or ended != 0

    def kills(self, many: int) -> None:
        """Writers that are killed: one in two at a step on the disk, the others at any moment."""
        for at_ in range(many):
            act = ACTS[at_ % len(ACTS)].__name__
            self.known(act)
            how: dict[str, float] = {"step": self.dice.randint(1, 60)}
            if at_ % 2:
                how = {"after": self.dice.uniform(0.05, 1) * self.took[act]}
            self.told.one(f"kill {act}", str(how), partial(self.interrupted, act, **how))

    def full(self, many: int) -> None:
        """A full disk: no file may grow beyond some bytes. Needs no root; a real disk refuses in the same way."""
        for at_ in range(many):
            act, room = ACTS[at_ % len(ACTS)].__name__, int(2 ** self.dice.uniform(8, 22))
            self.told.one(f"full disk {act}", str(room), partial(self.interrupted, act, room=room))

    def backups(self, many: int) -> None:
        """Copies of the store that are taken, file by file, while a writer is at work."""
        for at_ in range(many):
            act = ACTS[at_ % len(ACTS)].__name__
            self.told.one("copy while " + act, "", partial(self._copied, act))

    def _copied(self, act: str) -> bool:
        after = self.known(act)
        home, copy = copied(self.base, self.folder / "trial"), self.folder / "copy"
        process = CONTEXT.Process(target=acted, args=(home, act))
        process.start()
        time.sleep(self.dice.uniform(0, 1) * self.took[act])
        shutil.rmtree(copy, ignore_errors=True)
        for name in ("inbox", "later", "deliveries"):
            shutil.copytree(home / name, copy / name)
        for file in sorted((home / "store").rglob("*"), key=lambda path: path.name.encode()):
            target = copy / "store" / file.relative_to(home / "store")
            target.parent.mkdir(parents=True, exist_ok=True)
            try:
                if file.is_file():
                    shutil.copyfile(file, target)
            except FileNotFoundError:
                continue
        process.join()
        found = mended(copy)
        assert run(copy, act) == 0
        assert content(copy) == after, "the copy does not come to the same"
        return bool(found)

    def noise(self, many: int) -> None:
        """Files of each kind, damaged in each way."""
        for kind in KINDS:
            for at_ in range(many):
                files = sorted((self.base / "store").glob(kind))
                if not files:
                    continue
                file, way = self.dice.choice(files).relative_to(self.base), WAYS[at_ % len(WAYS)]
                self.told.one(f"{kind}", f"{way} {file}", partial(self._damaged, file, way))

    def _damaged(self, file: Path, way: str) -> bool:
        home = copied(self.base, self.folder / "trial")
        damage(home / file, way, self.dice)
        told(lambda: content(home))  # a page may be refused in a sentence, never fall
        found = mended(home)
        assert content(home) == self.before, "not what it was"
        return bool(found)

    def cuts(self) -> None:
        """Every line of the journal, cut at every tenth byte."""
        home = copied(self.base, self.folder / "trial")
        path = lines.place_of(home / "store")
        data, known = path.read_bytes(), journal.entries(home / "store")
        for number, line in enumerate(data.split(b"\n")[:-1]):
            begin = data.index(line)
            for end in range(0, len(line), 10):
                path.write_bytes(data[: begin + end] + data[begin + len(line) :])
                self.told.one("journal line cut", f"line {number} at {end}", partial(self._same, home, known))
            self.told.one("journal line cut", f"line {number}, repaired", partial(self._mended, home))
            assert journal.entries(home / "store") == known

    def _mended(self, home: Path) -> bool:
        return bool(mended(home))

    def _same(self, home: Path, known: object) -> bool:
        assert journal.entries(home / "store") == known
        assert lines.read(home / "store").damaged
        return True


def main() -> int:
    """Run all of it; 1 where anything was lost."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--seed", type=int, default=1)
    words.add_argument("--kills", type=int, default=200)
    words.add_argument("--noise", type=int, default=5)
    words.add_argument("--folder", type=Path)
    given = words.parse_args()
    with tempfile.TemporaryDirectory(dir=given.folder) as folder:
        trials, begun = Trials(Path(folder), given.seed), time.monotonic()
        trials.cuts()
        trials.noise(given.noise)
        trials.full(given.kills // 8)
        trials.backups(given.kills // 16)
        trials.kills(given.kills)
        lost = trials.told.show()
        print(f"seed {given.seed}, {time.monotonic() - begun:.0f} s")
        return 1 if lost else 0


if __name__ == "__main__":
    sys.exit(main())
