"""A thousand text bulletins of the fictional publisher, loaded and published on one core: seconds and memory."""

from __future__ import annotations

import os
import resource
import tempfile
import time
from pathlib import Path

_MONTHS, _COPIES = 12, 84


def _write(folder: Path, text: str) -> int:
    """Bulletins of other years, each with numbers of its own."""
    count = 0
    for year in range(1940, 1940 + _COPIES):
        for month in range(1, _MONTHS + 1):
            if count == 1000:
                return count
            own = text.replace("2025年3月", f"{year}年{month}月").replace("第3期", f"第{month}期")
            own = own.replace("2025年4月21日", f"{year + month // 12}年{month % 12 + 1}月21日")
            own = own.replace("922", f"{900 + count}")
            (folder / f"{year}-{month:02}.txt").write_text(own, encoding="utf-8")
            count += 1
    return count


def main() -> None:
    """Print how long it takes, and the memory after a quarter, a half and all."""
    os.sched_setaffinity(0, {0})
    with tempfile.TemporaryDirectory() as work:
        inbox = Path(work) / "inbox"
        inbox.mkdir()
        os.environ |= {"HALL_STORE": f"{work}/store", "HALL_INBOX": str(inbox), "HALL_FACTS": f"{work}/none"}
        from hall import intake
        from hall.paths import ROOT

        count = _write(inbox, (ROOT / "tests/golden/sample/month-2025-03.txt").read_text(encoding="utf-8"))
        memory: dict[int, int] = {}

        def note(done: int, total: int, _: str) -> None:
            if done in (total // 4, total // 2, total):
                memory[done] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024

        begun = time.perf_counter()
        done = intake.load(progress=note)
        seconds = time.perf_counter() - begun
        print(f"{count} bulletins loaded and published: {seconds:.1f} s, {done.count('added')} added")
        print("memory at most, MB: " + ", ".join(f"{m} after {n}" for n, m in memory.items()))


if __name__ == "__main__":
    main()
