"""A session with Spark within a time limit: on a master (classic, which needs Java) or through Spark Connect."""

from __future__ import annotations

import os
import re
import shutil
import socket
import tempfile
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

# Seconds: for a port to answer; for the cluster to give a worker to the first job.
ANSWER = 20.0
WORKER = 120.0
_MASTER = re.compile(r"local(\[[\d*,]+\])?|yarn|(spark|k8s|sc)://\S+")
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
    try:
        with warnings.catch_warnings():
            # pyspark warns that it does not support all of this pandas: nothing of it is used here.
            warnings.simplefilter("ignore")
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
    """The first line of what Spark says: what follows it is a trace."""
    return (str(fault).strip() or type(fault).__name__).splitlines()[0]


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
    # A server that is gone is tried again for some 20 seconds, not for ten minutes.
    session.client.set_retry_policies([DefaultPolicy(max_retries=5)])
    for name, value in {**_QUERIES, **more}.items():
        if name.startswith("spark.sql."):  # what concerns the application is the server's own
            session.conf.set(name, value)
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
    from pyspark.errors import PySparkRuntimeError
    from pyspark.java_gateway import launch_gateway

    if not _java:
        if not (shutil.which("java") or _named("JAVA_HOME")):
            raise HallError("java_missing", detail="java")
        with tempfile.TemporaryFile() as log:
            try:
                _java.append(launch_gateway(conf, {} if settings.debug() else {"stdout": log, "stderr": log}))
            except PySparkRuntimeError as fault:
                log.seek(0)
                said = log.read().decode(errors="replace").strip().splitlines() or [first_line(fault)]
                raise HallError("java_missing", detail=said[-1]) from fault
    return _java[0]


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
