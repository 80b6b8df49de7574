"""Several server processes behind HAProxy, as one command in the foreground: ``make serve WORKERS=2``.

A process that ends is started again. Ctrl-C (or SIGTERM) ends all of them; on Linux none outlives this one even if it
is killed.
"""

from __future__ import annotations

import argparse
import ctypes
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from string import Template

from hall.paths import ROOT

HOST = "127.0.0.1"
COOKIE = "hall_worker"
_CONFIG = ROOT / "scripts" / "haproxy.cfg"
# Seconds: to come up on a busy machine, to end by itself, and how young a process is that has failed rather than ended.
_UP, _DOWN, _YOUNG = 120.0, 10.0, 15.0
# How often in a row one may end young before all is given up.
_TRIES = 5
_PARENT_DEATH_SIGNAL = 1
_libc = ctypes.CDLL(None) if sys.platform == "linux" else None


def die_with_parent() -> None:
    """In the new process: end when the parent ends, however that ends (Linux)."""
    if _libc is not None:
        _libc.prctl(_PARENT_DEATH_SIGNAL, signal.SIGTERM)


@dataclass
class Child:
    """One process that is kept running."""

    name: str
    command: Sequence[str]
    env: dict[str, str]
    process: subprocess.Popen[bytes] | None = None
    begun: float = 0.0
    failed: int = 0

    def start(self) -> None:
        """Start it, in a process group of its own: Ctrl-C reaches only the parent, which then ends all in order."""
        self.begun = time.monotonic()
        self.process = subprocess.Popen(
            self.command, cwd=ROOT, env=self.env, stdin=subprocess.DEVNULL, process_group=0,
            preexec_fn=die_with_parent,
        )  # fmt: skip

    def keep(self) -> bool:
        """Start it again if it has ended; False when it ends again and again as soon as it is started."""
        if self.process is None or self.process.poll() is None:
            return True
        self.failed = self.failed + 1 if time.monotonic() - self.begun < _YOUNG else 1
        if self.failed >= _TRIES:
            return False
        say(f"{self.name} ended with {self.process.returncode}, started again")
        self.start()
        return True

    def end(self) -> None:
        """Ask it to end."""
        if self.process and self.process.poll() is None:
            self.process.terminate()

    def wait(self, until: float) -> None:
        """Wait for its end, and end it by force after that moment."""
        if self.process is None:
            return
        try:
            self.process.wait(max(0.1, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


@dataclass
class House:
    """The server processes and the proxy, from start to end."""

    workers: list[Child]
    ports: list[int]
    proxy: Child
    # A plain mark: a handler that sets an Event can stop for ever on the lock of the wait that it interrupts.
    stopping: bool = False

    def run(self, ready: Callable[[], None]) -> int:
        """Start all, keep them until asked to stop, end all; the exit status."""
        for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(name, self._stop)
        try:
            for worker in self.workers:
                worker.start()
            if self._up():
                self.proxy.start()
                ready()
                return self._watch()
            return 0 if self.stopping else 1
        finally:
            self._end()

    def _stop(self, *_: object) -> None:
        self.stopping = True

    def _goes_on(self) -> bool:
        """Wait a moment; False once it was asked to stop."""
        if not self.stopping:
            time.sleep(0.1)
        return not self.stopping

    def _up(self) -> bool:
        """Wait until every server process answers."""
        end = time.monotonic() + _UP
        for worker, port in zip(self.workers, self.ports, strict=True):
            while not _answers(port):
                if not self._goes_on():
                    return False
                if worker.process is None or worker.process.poll() is not None or time.monotonic() > end:
                    say(f"{worker.name} did not start: see above")
                    return False
        return not self.stopping

    def _watch(self) -> int:
        while self._goes_on():
            for child in (*self.workers, self.proxy):
                if not child.keep():
                    say(f"{child.name} ends as soon as it is started: see above")
                    return 1
        return 0

    def _end(self) -> None:
        """The proxy first, so that no visitor is sent to a process that is ending."""
        until = time.monotonic() + _DOWN
        for child in (self.proxy, *self.workers):
            child.end()
        for child in (self.proxy, *self.workers):
            child.wait(until)


def say(words: str) -> None:
    """One line to whoever started it."""
    print(words, file=sys.stderr, flush=True)


def configuration(port: int, ports: Sequence[int]) -> str:
    """HAProxy's configuration for this port and these server processes."""
    servers = "\n".join(f"    server w{n} {HOST}:{p} cookie w{n}" for n, p in enumerate(ports, 1))
    return Template(_CONFIG.read_text(encoding="utf-8")).substitute(port=port, servers=servers)


def server(app: str, port: int) -> list[str]:
    """The command of one server process."""
    words = [sys.executable, "-m", "streamlit", "run", app, "--server.address", HOST]
    return [*words, "--server.port", str(port), "--server.headless", "true", "--logger.hideWelcomeMessage", "true"]


def _answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://{HOST}:{port}/_stcore/health", timeout=2):
            return True
    except urllib.error.HTTPError as fault:
        return fault.code < 500
    except OSError:
        return False


def _taken(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return True
    return False


def main() -> int:
    """Serve until Ctrl-C; the exit status."""
    words = argparse.ArgumentParser(prog="make serve", description=__doc__)
    words.add_argument("--port", type=int, default=8501)
    words.add_argument("--workers", type=int, default=2)
    words.add_argument("--app", default="app.py")
    asked = words.parse_args()
    count = max(1, asked.workers)
    if count == 1:
        os.chdir(ROOT)
        command = server(asked.app, asked.port)
        os.execv(command[0], command)
    found = shutil.which("haproxy") or shutil.which("haproxy", path="/usr/sbin:/usr/local/sbin")
    if found is None:
        say("HAProxy is not installed")
        return 1
    ports = [asked.port + n for n in range(1, count + 1)]
    taken = [port for port in (asked.port, *ports) if _taken(port)]
    if taken:
        say(f"in use already: port {', '.join(map(str, taken))} of {HOST}; choose another: PORT=…")
        return 1
    # One secret for all, so that what one process signed is known to the one that takes its place.
    env = {"STREAMLIT_SERVER_COOKIE_SECRET": secrets.token_hex(32)} | dict(os.environ)
    with tempfile.TemporaryDirectory() as folder:
        config = Path(folder) / "haproxy.cfg"
        config.write_text(configuration(asked.port, ports), encoding="utf-8")
        workers = [Child(f"server process {port}", server(asked.app, port), env) for port in ports]
        proxy = Child("HAProxy", [found, "-db", "-q", "-f", str(config)], dict(os.environ))
        told = f"http://{HOST}:{asked.port}  ({count} processes on {ports[0]}–{ports[-1]}; Ctrl-C ends all)"
        return House(workers, ports, proxy).run(lambda: say(told))


if __name__ == "__main__":
    sys.exit(main())
