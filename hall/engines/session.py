"""A session with Spark within a time limit: on a master (classic, which needs Java) or through Spark Connect."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import threading
import warnings
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hall import settings
from hall.model import HallError

if TYPE_CHECKING:
    from pyspark import SparkConf
    from pyspark.sql import SparkSession

# Seconds: until a port answers; until the cluster gives a worker to the first job.
ANSWER = 20.0
WORKER = 120.0
# How often a server that is gone is tried again: for some 20 seconds, where pyspark would go on for ten minutes.
TRIES = 5
# The oldest Java that this Spark runs on.
JAVA = 17
_MASTER = re.compile(
    r"local(\[[\d*,]+\])?|yarn|k8s://\S+|spark://[\w.-]+:\d+(,[\w.-]+:\d+)*|sc://[\w.-]+(:\d+)?(/\S*)?"
)
_PORT = re.compile(r"([\w.-]+):(\d+)")
_LOOPBACK = re.compile(r"local\b|spark://(localhost|127\.)")
# What the results depend on, and quiet; everything else is the cluster's own (spark-defaults.conf).
_QUERIES = {"spark.sql.session.timeZone": "UTC"}
_APPLICATION = {
    "spark.app.name": "hall",
    "spark.driver.maxResultSize": "0",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
}
_HERE = {"spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1"}
# The Java of this process: one, started by the first classic session, and used by those that follow it.
_java: list[Any] = []


def start(master: str, more: Mapping[str, str]) -> SparkSession:
    """A session on ``spark://…``, ``local[n]``, ``yarn``, ``k8s://…`` or ``sc://host:port`` (Spark Connect), with
    ``more`` settings of Spark. HallError bad_master, spark_missing, java_missing, spark_unreachable or
    spark_no_worker."""
    if not _MASTER.fullmatch(master):
        raise HallError("bad_master", master=master)
    # That pyspark does not support all of this pandas: nothing of it is used. That a server is gone: it raises as well.
    warnings.filterwarnings("ignore", r"PySpark does not yet fully support pandas|\[RETRIES_EXCEEDED\]")
    try:
        session = _connect(master, more) if master.startswith("sc://") else _classic(master, more)
    except ImportError as fault:
        raise HallError("spark_missing", detail=first_line(fault)) from fault
    _first_job(session, master)
    return session


def stop(session: SparkSession) -> None:
    """End a session and give its workers back, whether or not the cluster is still there."""
    with suppress(Exception):
        session.stop()


def faults() -> tuple[type[Exception], ...]:
    """What Spark raises when a question fails; the package is there, since a session is."""
    from pyspark.errors import PySparkException

    try:
        from py4j.protocol import Py4JError
    except ImportError:  # the client of Spark Connect alone
        return (PySparkException,)
    return (PySparkException, Py4JError)


def first_line(fault: Exception) -> str:
    """What Spark says in one line: what precedes it is the call from Python, what follows it is a trace."""
    lines = [line for line in str(fault).splitlines() if line.strip() and not line.startswith("An error occurred")]
    return lines[0].removeprefix(": ") if lines else type(fault).__name__


def _connect(master: str, more: Mapping[str, str]) -> SparkSession:
    import grpc
    from pyspark.errors import PySparkException
    from pyspark.sql.connect.client import DefaultChannelBuilder
    from pyspark.sql.connect.client.retries import DefaultPolicy
    from pyspark.sql.connect.session import SparkSession

    try:
        server = DefaultChannelBuilder(master)
        with server.toChannel() as channel:
            grpc.channel_ready_future(channel).result(timeout=ANSWER)
    except (grpc.FutureTimeoutError, PySparkException) as fault:
        raise HallError("spark_unreachable", master=master, detail=first_line(fault)) from fault
    session: SparkSession = SparkSession(connection=server)
    session.client.set_retry_policies([DefaultPolicy(max_retries=TRIES)])
    try:
        for name, value in {**_QUERIES, **more}.items():
            if name.startswith("spark.sql."):  # what concerns the application is the server's own
                session.conf.set(name, value)
    except PySparkException as fault:
        stop(session)
        raise HallError("spark_unreachable", master=master, detail=first_line(fault)) from fault
    return session


def _classic(master: str, more: Mapping[str, str]) -> SparkSession:
    from py4j.protocol import Py4JError
    from pyspark import SparkConf, SparkContext
    from pyspark.errors import PySparkException
    from pyspark.sql import SparkSession

    _reach(master)
    here = _HERE if _LOOPBACK.match(master) else {}
    conf = SparkConf().setAll(list({**_APPLICATION, **_QUERIES, **here, **more, "spark.master": master}.items()))
    try:
        return SparkSession(SparkContext(conf=conf, gateway=_gateway(conf)))
    except (Py4JError, PySparkException) as fault:
        raise HallError("spark_unreachable", master=master, detail=first_line(fault)) from fault


def _gateway(conf: SparkConf) -> Any:
    """The way to the Java of this process, whose log stays out of ours unless HALL_DEBUG is set."""
    from pyspark.java_gateway import launch_gateway

    if not _java:
        _examine_java()
        quiet = {} if settings.debug() else {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        _java.append(launch_gateway(conf, quiet))
    return _java[0]


def _examine_java() -> None:
    """HallError java_missing unless the Java that Spark will start runs and is new enough."""
    java = Path(os.environ["JAVA_HOME"]) / "bin/java" if os.environ.get("JAVA_HOME") else "java"
    try:
        told = subprocess.run([java, "-version"], capture_output=True, text=True, errors="replace").stderr
    except OSError as fault:
        raise HallError("java_missing", detail=str(fault)) from fault
    version = re.search(r'version "(\d+)', told)
    if not version or int(version[1]) < JAVA:
        raise HallError("java_missing", detail=(told.strip() or "java").splitlines()[0])


def _named(variable: str) -> bool:
    return Path(os.environ.get(variable) or "/nowhere").is_dir()


def _reach(master: str) -> None:
    """HallError spark_unreachable unless one of the addresses of the master answers."""
    if master == "yarn" and not (_named("HADOOP_CONF_DIR") or _named("YARN_CONF_DIR")):
        raise HallError("spark_unreachable", master=master, detail="HADOOP_CONF_DIR")
    fault: OSError | None = None
    for host, port in _PORT.findall(master):
        try:
            socket.create_connection((host, int(port)), ANSWER).close()
        except OSError as refused:
            fault = refused
        else:
            return
    if fault:
        raise HallError("spark_unreachable", master=master, detail=str(fault)) from fault


def _first_job(session: SparkSession, master: str) -> None:
    """Run a job that needs nothing but a worker: a busy or empty cluster would let the first question wait for ever."""
    late = threading.Event()

    def give_up() -> None:
        late.set()
        session.interruptAll()

    timer = threading.Timer(WORKER, give_up)
    timer.start()
    try:
        session.range(1).count()
    except Exception as fault:
        stop(session)
        if late.is_set():
            raise HallError("spark_no_worker", master=master, seconds=f"{WORKER:.0f}") from fault
        raise HallError("spark_unreachable", master=master, detail=first_line(fault)) from fault
    finally:
        timer.cancel()
