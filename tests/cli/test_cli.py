"""The command line: what it prints, its exit status, and one plain sentence for each fault."""

from __future__ import annotations

import csv
import io
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import issues
import pytest

from hall import __main__ as command
from hall import settings
from hall.paths import ROOT
from hall.store import read

Out = pytest.CaptureFixture[str]


def run(*words: object) -> int:
    before = sys.argv
    sys.argv = ["hall", *map(str, words)]
    try:
        return command.main()
    finally:
        sys.argv = before


def said(out: Out) -> str:
    """The one sentence on stderr; nothing else may be said."""
    shown = out.readouterr()
    assert shown.out == ""
    (line,) = shown.err.splitlines()
    assert "Traceback" not in line
    return line


def test_read_prints_one_object(new_store: Path, tmp_path: Path, capsys: Out) -> None:
    file = issues.put(tmp_path, "m.txt", issues.monthly())
    assert run("read", file, "--json") == 0
    found = json.loads(capsys.readouterr().out)
    assert list(found) == ["document", "figures", "observations", "activities", "tasks", "checks", "excluded",
                           "unclaimed", "problems"]  # fmt: skip
    assert found["document"]["kind"] == "monthly_bulletin"
    assert found["document"]["period_end"] == "2024-09-30"
    first = found["figures"][0]
    wanted = {"label", "value", "unit", "as_printed", "decimals", "unit_mult", "kind", "scope", "start", "end", "quote"}
    assert set(first) >= wanted | {"metric", "qualifier", "status", "score", "page", "box", "area", "section"}
    assert (first["value"], first["decimals"], first["unit_mult"]) == ("55700", 2, 4)
    seen = {o["metric"]: o for o in found["observations"]}
    assert len(seen) == 8
    assert seen["handled_total"]["obs_value"] == "55700"
    assert seen["handled_total"]["figure"] == 0
    assert found["activities"][0]["departments"][0]["role"] == "lead"
    checks = {c["id"]: c for c in found["checks"]}
    assert checks["handled_total_is_sum"]["result"] == "pass"
    assert "5.34 + 0.23 = 5.57" in checks["handled_total_is_sum"]["detail"]
    assert not new_store.exists()


def test_offsets_count_the_printed_text(tmp_path: Path, capsys: Out) -> None:
    file = issues.put(tmp_path, "m.txt", issues.monthly())
    assert run("read", file, "--text") == 0
    text = capsys.readouterr().out
    assert run("read", file, "--json") == 0
    found = json.loads(capsys.readouterr().out)
    for item in (*found["figures"], *found["activities"]):
        assert text[item["start"] : item["end"]] == item["quote"]


def test_text_without_a_date_reads_with_a_problem(tmp_path: Path, capsys: Out) -> None:
    assert run("read", issues.put(tmp_path, "n.txt", "窗口工作周报\n\n本周，综合窗口咨询5人次。\n"), "--json") == 0
    found = json.loads(capsys.readouterr().out)
    assert found["observations"] == []
    assert found["document"]["period_start"] is None
    assert "no_date" in {problem["code"] for problem in found["problems"]}
    assert all(problem["message"] != problem["code"] for problem in found["problems"])


def test_gb18030_is_read(tmp_path: Path, capsys: Out) -> None:
    file = tmp_path / "gb.txt"
    file.write_bytes(issues.monthly().encode("gb18030"))
    assert run("read", file) == 0
    assert "2024-09" in capsys.readouterr().out


def bad_files(folder: Path) -> dict[str, Path]:
    folder.mkdir(exist_ok=True)
    (folder / "empty.txt").write_bytes(b"")
    (folder / "binary.txt").write_bytes(bytes(range(256)) * 64)
    (folder / "table.xyz").write_text("a", "utf-8")
    with (folder / "large.txt").open("wb") as file:
        file.truncate(50 * 1024 * 1024)
    return {path.name: path for path in folder.iterdir()} | {"missing.txt": folder / "missing.txt"}


_SAID = {
    "empty.txt": "是空文件", "binary.txt": "不是文本文件", "table.xyz": "不能读取", "large.txt": "超过",
    "missing.txt": "找不到",
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(_SAID))
@pytest.mark.parametrize("verb", ["read", "load"])
def test_bad_input_is_one_sentence(name: str, verb: str, new_store: Path, tmp_path: Path, capsys: Out) -> None:
    file = bad_files(tmp_path / "bad")[name]
    assert run(verb, file) == 2
    if verb == "read":
        line = said(capsys)
    else:
        shown = capsys.readouterr()
        line, count = shown.err.splitlines()
        assert "1" in count
        assert read.records("series/documents") == []
    assert _SAID[name] in line
    assert name in line


def test_fifty_megabytes_of_text_are_refused_at_once(tmp_path: Path, capsys: Out) -> None:
    file = tmp_path / "large.txt"
    file.write_text("办理政务服务事项5.57万件。\n" * 1_500_000, "utf-8")
    started = time.monotonic()
    assert run("read", file) == 2
    assert time.monotonic() - started < 2
    assert "超过" in said(capsys)


def test_good_files_are_loaded_beside_bad_ones(new_store: Path, tmp_path: Path, capsys: Out) -> None:
    bad_files(tmp_path / "in")
    issues.put(tmp_path / "in", "m.txt", issues.monthly())
    assert run("load", tmp_path / "in") == 2
    shown = capsys.readouterr()
    assert len(shown.err.splitlines()) == 5  # four reasons and how many
    assert [r["name"] for r in read.records("series/documents")] == ["m.txt"]
    assert "m.txt" not in shown.err


@pytest.fixture
def open_folder() -> Path:
    """A folder that another user can write to (the test's own is closed to others)."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o777)
    yield folder
    shutil.rmtree(folder)


def as_nobody(*words: object, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a command as a user whom permission bits bind, for root is bound by none."""
    line = [sys.executable, "-m", "hall", *map(str, words)]
    if os.getuid() == 0:
        line = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", *line]
    env = os.environ | {"HALL_STORE": str(folder / "store"), "HALL_FACTS": str(folder / "none"), "HOME": str(folder),
                        "HALL_INBOX": str(folder / "none"), "PYTHONDONTWRITEBYTECODE": "1"}  # fmt: skip
    return subprocess.run(line, cwd=ROOT, capture_output=True, text=True, env=env, check=False)


@pytest.mark.parametrize("verb", ["read", "load"])
@pytest.mark.parametrize("what", ["folder", "file"])
def test_closed_folder_or_file_is_one_sentence(verb: str, what: str, open_folder: Path) -> None:
    closed = open_folder / "closed"
    file = issues.put(closed, "m.txt", issues.monthly())
    (closed if what == "folder" else file).chmod(0)
    done = as_nobody(verb, closed if (what, verb) == ("folder", "load") else file, folder=open_folder)
    assert done.returncode == 2, done.stderr
    assert "没有权限" in done.stderr.splitlines()[0]
    assert "Traceback" not in done.stderr
    assert not list((open_folder / "store").glob("hall-*")) or verb == "load"
    closed.chmod(0o755)


def test_store_that_cannot_be_written_is_one_sentence(open_folder: Path) -> None:
    file = issues.put(open_folder, "m.txt", issues.monthly())
    file.chmod(0o644)
    (open_folder / "store").mkdir(mode=0o555)
    done = as_nobody("load", file, folder=open_folder)
    assert done.returncode == 2
    (line,) = done.stderr.splitlines()
    assert "无法写入" in line


def test_load_tells_what_it_did(new_store: Path, tmp_path: Path, capsys: Out) -> None:
    file = issues.put(tmp_path, "m.txt", issues.monthly())
    assert run("load", file) == 0
    assert "新增 1" in capsys.readouterr().out
    assert run("load", file) == 0
    assert "未变 1" in capsys.readouterr().out
    assert run("versions") == 0
    assert capsys.readouterr().out.count("hall-") == 1


def test_load_without_path_takes_the_inbox(new_store: Path, tmp_path: Path, capsys: Out) -> None:
    issues.put(tmp_path / "inbox", "m.txt", issues.monthly())
    assert run("load") == 0
    assert [r["name"] for r in read.records("series/documents")] == ["m.txt"]


def test_check_prints_numbers_and_fails_on_a_hold(new_store: Path, tmp_path: Path, capsys: Out) -> None:
    assert run("check") == 0
    capsys.readouterr()
    run("load", issues.put(tmp_path, "m.txt", issues.monthly()))
    capsys.readouterr()
    assert run("check") == 0
    assert "5.34 + 0.23 = 5.57" in capsys.readouterr().out
    run("load", issues.put(tmp_path, "n.txt", issues.monthly(8, total="5.97万件")))
    capsys.readouterr()
    assert run("check", "--all") == 1
    shown = capsys.readouterr().out
    assert "5.34 + 0.23 ≠ 5.97" in shown
    assert "不适用" in shown


def test_check_of_the_facts(store: Path, capsys: Out) -> None:
    assert run("check") == 0
    shown = capsys.readouterr().out
    for words in ("5.34 + 0.23 = 5.57", "4.01 + 0.12 = 4.13", "1079 / 1645 = 65.59 %"):
        assert words in shown


def test_extract_writes_csv(store: Path, tmp_path: Path, capsys: Out) -> None:
    out = tmp_path / "o.csv"
    words = ("extract", "observations", "--format", "csv", "--month", "2025-10", "--lang", "en", "-o", out)
    assert run(*words) == 0
    content = out.read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    assert len(rows) == 8
    assert rows[0]["Value"] == "55700"
    assert run("extract", "tasks", "--department", "省市场监管局", "-o", tmp_path / "t.csv") == 0


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("extract", "cases"), "cases"),
        (("extract", "tasks", "--format", "package"), "package"),
        (("extract", "tasks", "--lang", "fr"), "fr"),
        (("extract", "tasks", "--month", "May"), "May"),
        (("extract", "tasks", "--department", "nobody"), "nobody"),
        (("extract", "tasks", "-o", "/nonexistent/t.csv"), "/nonexistent/t.csv"),
        (("withdraw", "nothing"), "nothing"),
        (("rollback", "nothing"), "nothing"),
        (("nonsense",), "nonsense"),
        (("read",), "file"),
    ],
)
def test_wrong_use_is_one_sentence(words: tuple[str, ...], told: str, store: Path, capsys: Out) -> None:
    assert run(*words) == 2
    assert told in said(capsys)


def test_withdraw_and_rollback(new_store: Path, tmp_path: Path, capsys: Out) -> None:
    run("load", issues.put(tmp_path, "m.txt", issues.monthly()))
    version = read.version()
    assert run("withdraw", "m.txt") == 0
    assert read.version() != version
    assert run("rollback", version) == 0
    assert read.version() == version
    assert len(read.records("series/documents")) == 1


@pytest.mark.parametrize("value", ["s3://bucket/hall", "hdfs:/hall", "file:///srv/hall", "s3a+x://b"])
@pytest.mark.parametrize("name", ["STORE", "INBOX", "FACTS"])
def test_a_folder_on_another_host_is_refused_and_none_is_made(
    name: str, value: str, new_store: Path, tmp_path: Path, capsys: Out, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(f"HALL_{name}", value)
    for words in (["load"], ["cases", "status"], ["demo", "--cases", "100"]) if name == "STORE" else (["load"],):
        assert run(*words) == 2
        line = said(capsys)
        assert f"HALL_{name}" in line
        assert value in line
    assert not [path for path in tmp_path.rglob("*") if ":" in path.name]


@pytest.mark.parametrize("value", ["a:b", "s3", "./x", "C:"])
def test_a_folder_with_a_colon_in_its_name_is_one(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HALL_STORE", value)
    assert settings.store() == Path(value)


def test_settings_are_listed_with_meaning(capsys: Out, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HALL_LANG", "en")
    assert run("settings") == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == len(settings.ALL)
    assert any(line.startswith("HALL_STORE = ") and "data folder" in line for line in lines)


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [("HALL_TODAY", "soon", ("load",)), ("HALL_SHOW_UNREVIEWED", "maybe", ("extract", "figures"))],
)
def test_bad_setting_is_one_sentence(
    name: str, value: str, words: tuple[str, ...], new_store: Path, monkeypatch: pytest.MonkeyPatch, capsys: Out
) -> None:
    monkeypatch.setenv(name, value)
    assert run(*words) == 2
    line = said(capsys)
    assert name in line
    assert value in line


def test_sentences_are_in_the_users_language(capsys: Out, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HALL_LANG")
    for name in ("LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    for spoken, words in (("en_GB.UTF-8", "does not exist"), ("zh_CN.UTF-8", "找不到"), ("C.UTF-8", "找不到")):
        monkeypatch.setenv("LANG", spoken)
        assert run("read", "/nonexistent.txt") == 2
        assert words in said(capsys)


def test_facts_command_writes_the_csv(new_store: Path, tmp_path: Path, capsys: Out) -> None:
    file = issues.put(tmp_path, "m.txt", issues.monthly())
    assert run("facts", file, "-o", tmp_path / "out") == 0
    assert (tmp_path / "out" / "figures.csv").read_text("utf-8").count("\n") > 8
    assert "1" in capsys.readouterr().out


def test_facts_that_cannot_be_written_are_one_sentence(new_store: Path, tmp_path: Path, capsys: Out) -> None:
    file = issues.put(tmp_path, "m.txt", issues.monthly())
    assert run("facts", file, "-o", file) == 2
    assert "无法写入" in said(capsys)


def processor() -> float:
    """Seconds of processor time of ended children: a busy machine does not change them much."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def test_reading_starts_at_once(tmp_path: Path) -> None:
    """Well below a second, and without the libraries that reading does not need."""
    file = issues.put(tmp_path, "m.txt", issues.monthly())
    code = (
        "import sys; from hall.__main__ import main; sys.argv = ['hall', 'read', sys.argv[1], '--json']; main();"
        "print([m for m in ('polars', 'streamlit', 'plotly', 'pandas', 'pyarrow', 'numpy') if m in sys.modules],"
        " file=sys.stderr)"
    )
    best = 9.0
    for _ in range(3):
        started = processor()
        done = subprocess.run(
            [sys.executable, "-c", code, str(file)], cwd=ROOT, capture_output=True, text=True, check=True
        )
        best = min(best, processor() - started)
        assert done.stderr == "[]\n"
    assert best < 2.0
