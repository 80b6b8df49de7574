"""A store of its own, a server on a free port, a browser that reaches nothing else: for pictures and browser tests."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Playwright

from hall.paths import ROOT

SAMPLE = ROOT / "tests/golden/sample"
TODAY = "2025-12-01"
# up to which day the demo hall's records tell
DEMO_TODAY = "2026-01-05"
# The page stands still: no script runs, nothing is still to come, every chart is drawn, as for print also those that are
# far from the screen.
STILL = """() => !dispatchEvent(new Event("beforeprint"))
    || document.querySelector('[data-testid=stApp]')?.getAttribute('data-test-script-state') === 'notRunning'
    && !document.querySelector('[data-testid=stSkeleton]')
    && [...document.querySelectorAll('[class*=st-key-plot_]')].every(chart => chart.querySelector('.main-svg'))
    && !document.querySelector('[class*=st-key-plot_] [aria-busy]')"""
_FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--no-first-run", "--font-render-hinting=none",
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1, EXCLUDE localhost",
]  # fmt: skip


def environment(store: Path, **settings: str) -> dict[str, str]:
    """The environment of a server that sees this store, no inbox, and a fixed day."""
    inbox = store.parent / f"{store.name}-inbox"
    inbox.mkdir(parents=True, exist_ok=True)
    ours = {name: value for name, value in os.environ.items() if not name.startswith("HALL_")}
    fixed = {"HALL_STORE": str(store), "HALL_INBOX": str(inbox), "HALL_TODAY": TODAY, "HALL_LANG": "zh"}
    return ours | fixed | settings


def demo(store: Path, months: int = 36, cases: int | None = None) -> dict[str, str]:
    """Make the demo hall as its command does, of so many months and cases (its own size when None); the environment
    that serves it. RuntimeError with its words when that fails."""
    env = environment(store, HALL_TODAY=DEMO_TODAY, HALL_DATA="demo")
    words = ["--months", str(months), *(["--cases", str(cases)] if cases else [])]
    command = [sys.executable, "-m", "hall", "demo", *words]
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"demo: {done.stderr or done.stdout}")
    return env


def build(store: Path, *documents: Path, **settings: str) -> None:
    """Load the facts and these documents in one go; RuntimeError with its words when that fails."""
    env = environment(store, **settings)
    for path in documents:
        shutil.copy(path, env["HALL_INBOX"])
    command = [sys.executable, "-m", "hall", "load"]
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"load: {done.stderr or done.stdout}")


@contextmanager
def serve(env: Mapping[str, str], log: Path) -> Iterator[str]:
    """A fresh server on a free port of 127.0.0.1, ended on leaving; its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.address", "127.0.0.1"]
    with log.open("wb") as out:
        server = subprocess.Popen(
            [*command, "--server.port", str(port), "--server.headless", "true"],
            cwd=ROOT, env=dict(env), stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.STDOUT,
        )  # fmt: skip
    try:
        wait(f"http://127.0.0.1:{port}/_stcore/health", server, log)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        try:
            server.wait(10)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait(10)


def wait(address: str, server: subprocess.Popen[bytes], log: Path, seconds: float = 60) -> None:
    """Wait until the address answers; RuntimeError with the end of the log when the server ends or takes too long."""
    end = time.monotonic() + seconds
    while time.monotonic() < end and server.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=2):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise RuntimeError(f"the server did not start: {log.read_text(encoding='utf-8', errors='replace')[-2000:]}")


def chromium(play: Playwright) -> Browser:
    """The system's Chromium or Chrome, cut off from every host but this one."""
    found = subprocess.run(
        ["sh", str(ROOT / "scripts/setup.sh"), "which-browser"], capture_output=True, text=True, check=True
    )
    return play.chromium.launch(executable_path=found.stdout.strip(), args=_FLAGS)
