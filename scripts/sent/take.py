"""Taking: a store of its own for each data set, the app of the checkout on it, every page of it into a folder."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlencode

from scripts.sent.plan import CHAINS, DATA, INBOX, ROOT, SAMPLE, golden, runs
from scripts.sent.wire import serving


def dump(out: Path, only: list[str]) -> int:
    """Take everything into a folder."""
    (out / "files").mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as stores, ThreadPoolExecutor(len(CHAINS)) as side:
        chains = [[data for data in chain if data in (only or DATA)] for chain in CHAINS]
        counts = list(side.map(lambda chain: [_taken(data, out, Path(stores)) for data in chain], chains))
    return max((status for chain in counts for status in chain), default=0)


def _taken(data: str, out: Path, stores: Path) -> int:
    documents, demo, settings, shared = DATA[data]
    folder = stores / (shared or data)
    env = {name: value for name, value in os.environ.items() if not name.startswith("HALL_")}
    env |= {"HALL_STORE": str(folder / "store"), "HALL_INBOX": str(folder / "inbox"), "HALL_TODAY": "2025-12-01",
            "HALL_LANG": "zh", "HALL_USER": "tester", "STREAMLIT_LOGGER_LEVEL": "error"} | settings  # fmt: skip
    if documents is not None:
        env["HALL_FACTS"] = str(folder / "no-facts")
    if not folder.exists():
        (folder / "inbox").mkdir(parents=True)
        for path in golden(*documents or ()):
            shutil.copy(path, folder / "inbox")
        commands = [] if documents == () else [["load"]]
        commands += [["demo", "--cases", "150000"]] if demo else []
        for command in commands:
            subprocess.run([sys.executable, "-m", "hall", *command], cwd=ROOT, env=env, check=True, capture_output=True)
        for path in (folder / "inbox").iterdir():
            path.unlink()
        for path in golden(*INBOX) if documents == SAMPLE else ():
            shutil.copy(path, folder / "inbox")
    command = [sys.executable, "-m", "scripts.sent", "take", str(out), data]
    with (out / f"{data}.log").open("wb") as log:
        status = subprocess.run(command, cwd=ROOT, env=env, stdout=log, stderr=subprocess.STDOUT).returncode
    said = (out / f"{data}.log").read_text(encoding="utf-8", errors="replace").splitlines()
    print(next((words for words in said[::-1] if words.startswith(f"{data}:")), f"{data}: failed"), flush=True)
    return status


async def take(out: Path, data: str) -> int:
    """Take one data set, which the settings name."""
    folder, faults, asked = out / data, 0, list(runs(data))
    folder.mkdir(parents=True, exist_ok=True)
    async with serving() as site:
        for page, name, params in asked:
            address = "" if page == "overview" else page
            found = await site.page(address, urlencode(params, doseq=True), out / "files")
            (folder / f"{name}.json").write_text(json.dumps(found, ensure_ascii=False, indent=0), encoding="utf-8")
            faults += bool(found.get("faults"))
    print(f"{data}: {len(asked)} pages, {faults} with a fault", flush=True)
    return 0
