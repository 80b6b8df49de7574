"""Servers that the engines' tests talk to, each started on loopback and stopped by its own process: Sail, a standalone
Spark cluster of a master and two workers, and Spark Connect on it."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from functools import partial
from pathlib import Path

HOST = "127.0.0.1"
WORKERS = 2
# Settings of Spark for executors that fit on such small workers, and for Java that starts sooner than it runs fast.
SMALL = {"spark.executor.memory": "512m", "spark.executor.extraJavaOptions": "-XX:TieredStopAtLevel=1",
         "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1"}  # fmt: skip
# Seconds: until a server answers, on a machine that has other work too; until it has ended.
_UP, _DOWN = 120.0, 15.0


@contextmanager
def sail(folder: Path, version: str = "4.2.0") -> Iterator[str]:
    """The address of a Sail server, which runs Spark SQL without Java. It takes its defaults from the version of
    pyspark that it finds, and knows those up to 4.2: it is shown one that says so."""
    (folder / "pyspark.py").write_text(f'__version__ = "{version}"\n')
    port = free_port()
    command = [Path(sys.executable).with_name("sail"), "spark", "server", "--ip", HOST, "--port", str(port)]
    with _running(command, folder / "sail.log", {"PYTHONPATH": str(folder)}, lambda: _answers(port)):
        yield f"sc://{HOST}:{port}"


@contextmanager
def cluster(folder: Path) -> Iterator[str]:
    """The address of a standalone master with two workers of one core, each a process of its own."""
    port, page = free_port(), free_port()
    master = f"spark://{HOST}:{port}"
    own = {
        "SPARK_LOCAL_IP": HOST,
        "SPARK_DAEMON_MEMORY": "256m",
        "SPARK_WORKER_CORES": "1",
        "SPARK_WORKER_MEMORY": "1g",
    }

    def daemon(name: str, up: Callable[[], bool], *arguments: object) -> AbstractContextManager[None]:
        command = [_home() / "bin/spark-class", f"org.apache.spark.deploy.{name}", "--host", HOST, *arguments]
        return _running(command, folder / f"{name}-{time.monotonic_ns()}.log", own, up)

    with ExitStack() as stack:
        ports = ("--port", port, "--webui-port", page)
        stack.enter_context(daemon("master.Master", lambda: _answers(page), *ports))
        for number in range(1, WORKERS + 1):
            work = ("--webui-port", 0, "--work-dir", folder / f"work-{number}", master)
            stack.enter_context(daemon("worker.Worker", partial(_all_workers, page, number), *work))
        yield master


@contextmanager
def connect(folder: Path, master: str) -> Iterator[str]:
    """The address of a Spark Connect server whose workers are those of the master."""
    port = free_port()
    own = {"spark.connect.grpc.binding.port": port, "spark.driver.host": HOST, "spark.ui.enabled": "false", **SMALL}
    command = [_home() / "bin/spark-submit", "--master", master, *(f"--conf={k}={v}" for k, v in own.items()),
               "--class", "org.apache.spark.sql.connect.service.SparkConnectServer", "spark-internal"]  # fmt: skip
    with _running(command, folder / "connect.log", {"SPARK_LOCAL_IP": HOST}, lambda: _answers(port)):
        yield f"sc://{HOST}:{port}"


@contextmanager
def silent() -> Iterator[int]:
    """The port of a server that takes connections and never says anything."""
    with socket.create_server((HOST, 0)) as server:
        yield int(server.getsockname()[1])


@contextmanager
def _running(command: Sequence[object], log: Path, more: Mapping[str, str], up: Callable[[], bool]) -> Iterator[None]:
    """Run a server until the block ends; AssertionError with the end of its log when it does not come up."""
    with log.open("wb") as file:
        process = subprocess.Popen([str(word) for word in command], stdin=subprocess.DEVNULL, stdout=file,
                                   stderr=subprocess.STDOUT, env={**os.environ, **more})  # fmt: skip
    try:
        end = time.monotonic() + _UP
        while not up():
            alive = process.poll() is None and time.monotonic() < end
            assert alive, f"{command[0]}: {log.read_text(errors='replace')[-2000:]}"
            time.sleep(0.05)
        yield
    finally:
        process.terminate()
        with suppress(subprocess.TimeoutExpired):
            process.wait(_DOWN)
        process.kill()
        process.wait()


def _home() -> Path:
    """Where pyspark keeps its programs; found without importing it."""
    return next(Path(folder) / "pyspark" for folder in sys.path if (Path(folder) / "pyspark/bin").is_dir())


def free_port() -> int:
    """A port of loopback on which nobody listens."""
    with socket.create_server((HOST, 0)) as server:
        return int(server.getsockname()[1])


def _answers(port: int) -> bool:
    with suppress(OSError), socket.create_connection((HOST, port), 1):
        return True
    return False


def _all_workers(page: int, number: int) -> bool:
    """Whether the master, by its own page, has every worker; before the last one is started nothing is waited for."""
    with suppress(OSError), urllib.request.urlopen(f"http://{HOST}:{page}/json/", timeout=5) as answer:
        return number < WORKERS or json.load(answer)["aliveworkers"] == WORKERS
    return False
