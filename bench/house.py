"""What the benches of the running dashboard stand on: the demo store, servers as processes, their CPU and memory, and
the table that is printed."""

from __future__ import annotations

import importlib.metadata
import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bench import scale
from hall.paths import ROOT
from scripts import serving
from scripts.workers import HOST, die_with_parent

STORE = scale.FOLDER / "demo"
_TICK = os.sysconf("SC_CLK_TCK")


def demo() -> dict[str, str]:
    """The environment of a server of the demo hall."""
    made(STORE, lambda: serving.demo(STORE))
    own = serving.environment(STORE, HALL_TODAY=serving.DEMO_TODAY, HALL_DATA="demo")
    return own | {"PYTHONPATH": str(ROOT)}


def made(store: Path, make: Callable[[], object]) -> None:
    """See that a store is there: it is made once, and again when what is committed in hall/ or queries/ has changed,
    since a store is read by the release that made it."""
    command = ["git", "rev-parse", "HEAD:hall", "HEAD:queries", "HEAD:data/catalog"]
    release = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False).stdout
    mark = store.with_suffix(".made")
    if not mark.exists() or mark.read_text(encoding="ascii") != release:
        mark.unlink(missing_ok=True)
        shutil.rmtree(store, ignore_errors=True)
        print(f"making {store}", file=sys.stderr)
        make()
        mark.write_text(release, encoding="ascii")


@dataclass(frozen=True)
class Server:
    """A server under measure: its address and the process that started the others."""

    name: str
    address: str
    pid: int

    def _all(self) -> list[int]:
        found = [self.pid]
        for pid in found:
            for thread in Path(f"/proc/{pid}/task").glob("*/children"):
                found += [int(child) for child in thread.read_text().split()]
        return found

    def cpu(self) -> float:
        """Seconds of CPU that it has taken so far, all its processes together, the proxy too."""
        taken = 0
        for pid in self._all():
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            taken += int(fields[11]) + int(fields[12])
        return taken / _TICK

    def memory(self, what: str = "VmRSS") -> float:
        """Megabytes that it holds now, all its processes together; ``VmHWM`` for the most since ``forget_peak``."""
        return sum(_kilobytes(pid, what) for pid in self._all()) / 1000

    def forget_peak(self) -> None:
        """Let the most memory be counted from now."""
        for pid in self._all():
            Path(f"/proc/{pid}/clear_refs").write_text("5")


def _kilobytes(pid: int, what: str) -> int:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next((int(line.split()[1]) for line in lines if line.startswith(f"{what}:")), 0)


@contextmanager
def serve(name: str, env: dict[str, str], port: int, command: Sequence[str]) -> Iterator[Server]:
    """Run a server and all that it starts until the block ends; RuntimeError with its last words if it fails."""
    log = scale.FOLDER / f"{port}.log"
    scale.FOLDER.mkdir(parents=True, exist_ok=True)
    with log.open("wb") as out:
        process = subprocess.Popen(command, cwd=ROOT, env=env, stdin=subprocess.DEVNULL, stdout=out,
                                   stderr=subprocess.STDOUT, preexec_fn=die_with_parent)  # fmt: skip
    try:
        serving.wait(f"http://{HOST}:{port}/", process, log, 150)
        yield Server(name, f"http://{HOST}:{port}", process.pid)
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def streamlit(port: int, workers: int, app: str = "app.py") -> list[str]:
    """The command of Hall, or of another Streamlit app, with so many server processes."""
    words = ["-m", "scripts.workers", "--port", str(port), "--workers", str(workers), "--app", app]
    return [sys.executable, *words]


PLAIN = "bench/yardsticks/plain.py"


def heading(what: str, *packages: str) -> None:
    """What was measured, on which machine, with which versions, and that neighbours may have disturbed it."""
    model = next((s.partition(":")[2].strip() for s in Path("/proc/cpuinfo").read_text().splitlines()
                  if s.startswith("model name")), platform.processor())  # fmt: skip
    memory = int(Path("/proc/meminfo").read_text().split()[1]) / 2**20
    versions = ", ".join(f"{name} {importlib.metadata.version(name)}" for name in packages)
    load = ", ".join(f"{value:.1f}" for value in os.getloadavg())
    machine = f"{os.cpu_count()} cores ({model}), {memory:.0f} GiB, {platform.platform(terse=True)}"
    print(f"{what}\n\nMachine: {machine}, Python {platform.python_version()}, {versions}, {date.today()}; "
          f"load before: {load}.\n", flush=True)  # fmt: skip


def table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print as Markdown."""
    for row in (columns, ["---"] * len(columns), *rows):
        print("| " + " | ".join(row) + " |", flush=True)


def ratio(value: float | None, yardstick: float | None) -> str:
    """How many times the yardstick it is."""
    return f"{value / yardstick:.2f} ×" if value is not None and yardstick else "–"


def quantile(values: Sequence[float], share: float) -> float | None:
    """The value below which that share of them lies; None of none."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))] if ordered else None
