"""`make serve WORKERS=2`: pages, websockets, extracts, uploads and pictures through the proxy, and a clean end."""

from __future__ import annotations

import asyncio
import csv
import http.client
import io
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from scripts import serving, workers
from scripts.visitor import Visitor

HOST = "127.0.0.1"
COUNT = 2
MEGABYTE = 1_000_000


def _ports() -> int:
    """A port that is free, and so are the next ones, for the server processes."""
    for port in range(18_600, 19_600, COUNT + 1):
        with suppress(OSError):
            for offset in range(COUNT + 1):
                socket.create_server((HOST, port + offset)).close()
            return port
    raise AssertionError("no free port")


def _until(true: Callable[[], bool], seconds: float = 90) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end
        time.sleep(0.1)


def _listens(port: int) -> bool:
    with suppress(OSError), socket.create_connection((HOST, port), 1):
        return True
    return False


def _children(pid: int) -> dict[int, str]:
    """The processes that this one has started, and what each runs."""
    listed = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return {int(p): Path(f"/proc/{p}/cmdline").read_text().replace("\0", " ") for p in listed}


def _get(address: str, path: str, cookie: str = "") -> tuple[http.client.HTTPMessage, bytes]:
    asked = urllib.request.Request(address + path, headers={"Cookie": cookie})
    with urllib.request.urlopen(asked, timeout=60) as answer:
        assert answer.status == 200
        return answer.headers, answer.read()


def _start(command: list[str], env: dict[str, str], log: Path, port: int) -> subprocess.Popen[bytes]:
    with log.open("wb") as out:
        started = subprocess.Popen(command, cwd=serving.ROOT, env=env, stdin=subprocess.DEVNULL, stdout=out,
                                   stderr=subprocess.STDOUT, start_new_session=True)  # fmt: skip
    _until(lambda: _listens(port) or started.poll() is not None)
    assert started.poll() is None, log.read_text(errors="replace")
    return started


def _interrupt(started: subprocess.Popen[bytes]) -> None:
    """Ctrl-C: the terminal tells the whole group."""
    if started.poll() is None:
        os.killpg(started.pid, signal.SIGINT)
        started.wait(30)


@pytest.fixture(scope="module")
def env(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    made = serving.demo(tmp_path_factory.mktemp("edge") / "store", months=2, cases=3000)
    return {name: value for name, value in made.items() if not name.startswith(("MAKE", "MFLAGS"))}


@pytest.fixture(scope="module")
def house(env: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, int]]:
    """The address of `make serve`, and the process that keeps the others."""
    port, log = _ports(), tmp_path_factory.mktemp("log") / "serve.log"
    started = _start(["make", "serve", f"WORKERS={COUNT}", f"PORT={port}"], env, log, port)
    # make runs one shell, which becomes the keeper
    yield f"http://{HOST}:{port}", next(iter(_children(started.pid)))
    _interrupt(started)


def test_the_proxy_alone_sets_a_cookie_that_no_script_reads(house: tuple[str, int]) -> None:
    headers, body = _get(house[0], "/health")
    assert json.loads(body)["status"] == "ok"
    own = [c for c in headers.get_all("set-cookie") or [] if c.startswith(f"{workers.COOKIE}=")]
    assert len(own) == 1
    assert "HttpOnly" in own[0]
    again, _ = _get(house[0], "/health", own[0].partition(";")[0])
    assert not again.get_all("set-cookie")


def test_visitors_of_one_address_are_spread_and_each_stays(house: tuple[str, int]) -> None:
    async def together() -> list[str]:
        visitors = [Visitor(house[0]) for _ in range(4)]
        for visitor in visitors:
            await visitor.__aenter__()
            first, second = await visitor.run(), await visitor.run("trends")
            assert not first.faults + second.faults
            assert second.messages > 20
        # the same process serves the same session again: another would not know it
        for visitor in visitors:
            assert not (await visitor.run("departments")).faults
            await visitor.__aexit__()
        return [visitor.cookies[workers.COOKIE] for visitor in visitors]

    assert set(asyncio.run(together())) == {"w1", "w2"}


def test_an_extract_streams_through_the_proxy(house: tuple[str, int]) -> None:
    _, body = _get(house[0], "/export/cases?data=demo&measure=accepted")
    rows = list(csv.reader(io.StringIO(body.decode("utf-8-sig"), newline="")))
    assert len(rows) > 1000
    assert len({len(row) for row in rows}) == 1


def test_a_process_that_ends_is_started_again(house: tuple[str, int]) -> None:
    address, keeper = house
    before = {pid for pid, words in _children(keeper).items() if "streamlit" in words}
    assert len(before) == COUNT
    os.kill(min(before), signal.SIGKILL)
    _get(address, "/health")  # the other one answers, cookie or not
    _get(address, "/health", f"{workers.COOKIE}=w1")
    _get(address, "/health", f"{workers.COOKIE}=w2")

    def whole() -> bool:
        now = {pid for pid, words in _children(keeper).items() if "streamlit" in words}
        ports = [int(address.rpartition(":")[2]) + n for n in range(1, COUNT + 1)]
        return len(now) == COUNT and min(before) not in now and all(map(_listens, ports))

    _until(whole)


def test_ctrl_c_ends_all_that_was_started(env: dict[str, str], tmp_path: Path) -> None:
    port = _ports()
    started = _start(["make", "serve", f"WORKERS={COUNT}", f"PORT={port}"], env, tmp_path / "log", port)
    (keeper,) = _children(started.pid)
    all_of_them = [keeper, *_children(keeper)]
    assert len(all_of_them) == 1 + COUNT + 1
    _interrupt(started)
    assert not [pid for pid in all_of_them if Path(f"/proc/{pid}").exists()]
    assert not any(_listens(port + offset) for offset in range(COUNT + 1))


@pytest.mark.parametrize("killed", [False, True], ids=["sigterm", "sigkill"])
def test_nothing_outlives_the_keeper(killed: bool, env: dict[str, str], tmp_path: Path) -> None:
    port = _ports()
    command = [sys.executable, "-m", "scripts.workers", "--port", str(port), "--app", "tests/edge/sized_app.py"]
    started = _start(command, env, tmp_path / "log", port)
    children = list(_children(started.pid))
    started.send_signal(signal.SIGKILL if killed else signal.SIGTERM)
    started.wait(30)
    _until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in children), 15)


def test_a_port_in_use_is_said_in_one_line(env: dict[str, str]) -> None:
    port = _ports()
    with socket.create_server((HOST, port + 1)):
        done = subprocess.run([sys.executable, "-m", "scripts.workers", "--port", str(port)], cwd=serving.ROOT,
                              env=env, capture_output=True, text=True, check=False)  # fmt: skip
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert str(port + 1) in done.stderr


def test_a_picture_and_an_upload_of_200_megabytes(env: dict[str, str], tmp_path: Path) -> None:
    port = _ports()
    command = [sys.executable, "-m", "scripts.workers", "--port", str(port), "--app", "tests/edge/sized_app.py"]
    started = _start(command, env, tmp_path / "log", port)
    address = f"http://{HOST}:{port}"

    async def visit() -> None:
        async with Visitor(address) as visitor:
            assert not (await visitor.run()).faults
            headers, picture = await asyncio.to_thread(_get, address, visitor.picture, visitor.cookie)
            assert headers["content-type"].startswith("image/")
            assert len(picture) > 50
            where = await visitor.upload_address()
            assert await asyncio.to_thread(_put, port, where, visitor) == 204

    try:
        asyncio.run(visit())
    finally:
        _interrupt(started)


def _put(port: int, path: str, visitor: Visitor) -> int:
    """Upload 200 MB piece by piece; the status of the answer."""
    edge = "hall-edge"
    head = f'--{edge}\r\nContent-Disposition: form-data; name="file"; filename="large.bin"\r\n\r\n'.encode()
    tail = f"\r\n--{edge}--\r\n".encode()
    wire = http.client.HTTPConnection(HOST, port, timeout=120)
    headers = {"Cookie": visitor.cookie, "X-Xsrftoken": visitor.cookies.get("_streamlit_xsrf", ""),
               "Content-Type": f"multipart/form-data; boundary={edge}",
               "Content-Length": str(len(head) + 200 * MEGABYTE + len(tail))}  # fmt: skip
    wire.request("PUT", path, body=iter([head, *[bytes(MEGABYTE)] * 200, tail]), headers=headers)
    status = wire.getresponse().status
    wire.close()
    return status
