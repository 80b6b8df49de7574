"""Many readers at once (``make bench-load``): websocket sessions that turn pages and change the end month, each every
three seconds; Hall and the plain Streamlit yardstick by turns, behind the same proxy. ``--runs 1000``: memory."""

from __future__ import annotations

import argparse
import asyncio
import random
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import AsyncExitStack, ExitStack
from dataclasses import dataclass, field

from bench import house
from bench.house import Server, quantile
from hall.paths import ROOT
from scripts.visitor import Run, Visitor

PAGES = ("", "trends", "departments", "windows")
_BEAT = 3.0
_LIMIT = 60.0
# Seconds after which no further level is begun; those of 60 readers take two minutes at most.
_ENOUGH = 400.0
Choice = tuple[str, dict[str, str | None]]


@dataclass
class Phase:
    """What all readers of a server saw in one phase, and what it cost."""

    runs: list[Run] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    unfinished: int = 0
    cpu: float = 0.0
    memory: float = 0.0

    @property
    def cost(self) -> float | None:
        """Milliseconds of CPU a run."""
        return 1000 * self.cpu / len(self.runs) if self.runs else None

    def row(self, readers: int, name: str, kind: str, plain: float | None) -> list[str]:
        """A line of the table."""
        taken = [run.seconds * 1000 for run in self.runs]
        size = sum(run.received for run in self.runs) / 1024 / max(1, len(self.runs))
        faults = len(self.errors) + sum(bool(run.faults) for run in self.runs)
        shown = [f"{value:.0f}" if value is not None else "–" for value in
                 (self.cost, quantile(taken, 0.5), quantile(taken, 0.95), quantile(taken, 1))]  # fmt: skip
        return [str(readers), name, kind, str(len(self.runs)), shown[0], house.ratio(self.cost, plain), *shown[1:],
                f"{size:.0f}", f"{self.memory:.0f}", f"{faults} / {self.unfinished}"]  # fmt: skip


async def enter(stack: AsyncExitStack, server: Server, many: int, pages: Sequence[str] = ("",)) -> list[Visitor]:
    """So many sessions, opened four at a time; each has seen one of the pages. Those that fail are left out."""
    gate = asyncio.Semaphore(4)

    async def one(number: int) -> Visitor | None:
        async with gate:
            try:
                visitor = await stack.enter_async_context(Visitor(server.address))
                await visitor.run(pages[number % len(pages)])
            except Exception as fault:
                print(f"{server.name}: a session did not open: {fault!r}", file=sys.stderr)
                return None
            return visitor

    return [visitor for visitor in await asyncio.gather(*(one(n) for n in range(many))) if visitor]


def unseen(pages: Sequence[str], months: Sequence[str], dice: random.Random) -> Iterator[Choice]:
    """Pages with end months in random order, each pair once; when they run out, the same with a first month as well."""
    wanted: list[Choice] = [(page, {"from": None, "to": month}) for page in pages for month in months]
    dice.shuffle(wanted)
    yield from wanted
    spans = [(a, b) for a in months for b in months if a < b]
    more: list[Choice] = [(page, {"from": a, "to": b}) for page in pages for a, b in spans]
    dice.shuffle(more)
    yield from more


def departments(names: Sequence[str], dice: random.Random) -> Iterator[Choice]:
    """The plain page's one choice, at random."""
    while True:
        yield "", {"department": dice.choice(names)}


async def phase(
    server: Server, visitors: Sequence[Visitor], lists: Sequence[list[Choice]], dice: random.Random
) -> Phase:
    """Every reader goes through his list, a change each three seconds, or as soon as the last one has come."""
    done = Phase(errors=["not opened"] * (len(lists) - len(visitors)))
    end = time.monotonic() + _BEAT * len(lists[0]) + 15

    async def read(visitor: Visitor, choices: list[Choice], wait: float) -> None:
        await asyncio.sleep(wait)
        for number, (page, values) in enumerate(choices):
            begun = time.monotonic()
            if begun > end:
                done.unfinished += len(choices) - number
                return
            try:
                done.runs.append(await visitor.run(page, values, _LIMIT))
            except Exception as fault:
                done.errors.append(repr(fault))
                return
            await asyncio.sleep(max(0.0, begun + _BEAT * dice.uniform(0.5, 1.5) - time.monotonic()))

    before = server.cpu()
    await asyncio.gather(*(read(v, c, dice.uniform(0, _BEAT)) for v, c in zip(visitors, lists, strict=False)))
    done.cpu, done.memory = server.cpu() - before, server.memory()
    return done


async def level(readers: int, changes: int, hall: Server, plain: Server, decks: tuple[Iterator[Choice], ...]) -> None:
    """One number of readers: both servers have all of them all the time, and are asked by turns."""
    dice = random.Random(readers)
    async with AsyncExitStack() as stack:
        there = {s: await enter(stack, s, readers) for s in (plain, hall)}
        lists = {s: [[next(deck) for _ in range(changes)] for _ in range(readers)]
                 for s, deck in zip((hall, plain), decks, strict=True)}  # fmt: skip
        kinds = ("not seen before", "the same again")
        found: dict[tuple[str, str], Phase] = {}
        for server, kind in ((plain, kinds[0]), (hall, kinds[0]), (hall, kinds[1]), (plain, kinds[1])):
            found[server.name, kind] = await phase(server, there[server], lists[server], dice)
        for (name, kind), one in found.items():
            told = kind if name == hall.name else "departments at random" if kind == kinds[0] else kind
            for line in (one.row(readers, name, told, found[plain.name, kind].cost),):
                print("| " + " | ".join(line) + " |", flush=True)
            for fault in sorted({*one.errors, *(f for run in one.runs for f in run.faults)})[:3]:
                print(f"{name}, {readers} readers: {fault}", file=sys.stderr)


async def further(server: Server, pages: Sequence[str]) -> float:
    """Megabytes of a further session: fifty more on pages that are remembered already, over ten."""
    async with AsyncExitStack() as stack:
        await enter(stack, server, 10, pages)
        await asyncio.sleep(1)
        before = server.memory()
        await enter(stack, server, 50, pages)
        await asyncio.sleep(1)
        return (server.memory() - before) / 50


async def warm(server: Server, workers: int, pages: Sequence[str]) -> Visitor:
    """Have every process run every page once."""
    async with AsyncExitStack() as stack:
        visitors = await enter(stack, server, 2 * workers)
        for page in pages:
            await asyncio.gather(*(visitor.run(page) for visitor in visitors))
        return visitors[0]


async def load(hall: Server, plain: Server, asked: argparse.Namespace) -> None:
    """Levels one after the other, then what is told beside them."""
    begun, dice = time.monotonic(), random.Random(1)
    first, other = await warm(hall, asked.workers, PAGES), await warm(plain, asked.plain_workers, ("",))
    decks = (unseen(PAGES, first.options["to"], dice), departments(other.options["department"], dice))
    columns = ("readers", "server", "selections", "runs", "CPU ms/run", "CPU × plain", "p50 ms", "p95 ms", "max ms",
               "kB/run", "MB", "errors / not begun")  # fmt: skip
    house.table(columns, ())
    for readers in asked.levels:
        if time.monotonic() - begun > _ENOUGH:
            print(f"{readers} readers: left out, the time is over", file=sys.stderr)
            continue
        await level(readers, asked.changes, hall, plain, decks)
    await asyncio.sleep(2)
    sizes = [await further(server, pages) for server, pages in ((hall, PAGES), (plain, ("",)))]
    print()
    rows = [["a further session, MB (50 over 10, pages remembered)", f"{sizes[0]:.2f}", f"{sizes[1]:.2f}"],
            ["SQL calls of a cold load of the first page", calls(), "–"]]  # fmt: skip
    house.table(("what", hall.name, plain.name), rows)


def calls() -> str:
    """What ``bench.calls`` counts, in a process of its own."""
    done = subprocess.run([sys.executable, "-m", "bench.calls"], cwd=ROOT, env=house.demo(), capture_output=True,
                          text=True, check=False)  # fmt: skip
    return done.stdout.strip() or "failed"


async def long(server: Server, asked: argparse.Namespace, seconds: float) -> list[str]:
    """Memory after a tenth of the runs and after all, four readers over all pages without a pause; a line."""
    first = await warm(server, asked.workers, ("",))
    pages = list(first.pages) or [""]
    months, names = first.options.get("to"), first.options.get("department", [])
    deck = unseen(pages, months, random.Random(2)) if months else departments(names, random.Random(2))
    told: dict[int, float] = {}
    count = faults = 0
    end = time.monotonic() + seconds

    async def read(visitor: Visitor) -> None:
        nonlocal count, faults
        while count < asked.runs and time.monotonic() < end:
            page, values = next(deck)
            count += 1
            if count in (asked.runs // 10, asked.runs):
                told[count] = server.memory()
            try:
                faults += bool((await visitor.run(page, values)).faults)
            except Exception as fault:
                print(f"{server.name}: {fault!r}", file=sys.stderr)
                faults += 1
                return

    async with AsyncExitStack() as stack:
        await asyncio.gather(*map(read, await enter(stack, server, 4)))
    early, late = told.get(asked.runs // 10), server.memory()
    return [server.name, f"{len(pages)}", f"{early:.0f}" if early else "–", f"{late:.0f}", str(count),
            house.ratio(late, early), str(faults)]  # fmt: skip


def main() -> None:
    """Serve both and print the tables."""
    words = argparse.ArgumentParser(prog="make bench-load", description=__doc__)
    words.add_argument("--workers", type=int, default=2)
    words.add_argument("--plain-workers", type=int, default=0, help="as many as Hall's where none is told")
    words.add_argument("--levels", type=int, nargs="+", default=[10, 30, 60])
    words.add_argument("--changes", type=int, default=6, help="of each reader in each phase")
    words.add_argument("--runs", type=int, default=0, help="memory after a tenth of so many runs and after all")
    words.add_argument("--port", type=int, default=8721)
    asked = words.parse_args()
    asked.plain_workers = asked.plain_workers or asked.workers
    env = house.demo()
    what = f"{asked.workers} processes of Hall, {asked.plain_workers} of the plain Streamlit page with four charts"
    house.heading(f"Readers at once: {what}; demo hall.", "streamlit", "duckdb", "polars", "plotly")
    with ExitStack() as stack:
        hall, plain = (
            stack.enter_context(house.serve(name, env, port, house.streamlit(port, many, app)))
            for name, port, many, app in (("Hall", asked.port, asked.workers, "app.py"),
                                          ("plain Streamlit", asked.port + 8, asked.plain_workers, house.PLAIN))
        )  # fmt: skip
        if not asked.runs:
            asyncio.run(load(hall, plain, asked))
            return
        rows = [asyncio.run(long(server, asked, limit)) for server, limit in ((plain, 90.0), (hall, 400.0))]
        columns = ("server", "pages", f"MB after {asked.runs // 10} runs", "MB at the end", "runs", "ratio", "faults")
        house.table(columns, rows)


if __name__ == "__main__":
    main()
