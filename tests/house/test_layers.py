"""The layers of the design, checked from the imports themselves."""

from __future__ import annotations

import ast
import subprocess
import sys
import tomllib

import pytest
from source_tree import ROOT, Module, loaded_by, parsed

# Lower numbers know nothing of higher ones; equal numbers know nothing of each other.
RANK = {
    "hall": 0, "period": 0, "paths": 0, "model": 1, "sql": 1, "settings": 2, "decision": 2, "catalog": 3, "text": 4,
    "observation": 4, "reading": 5, "records": 5, "store": 5, "engines": 5, "measure": 5, "views": 6, "demo": 6,
    "charts": 7, "export": 7, "ui": 8, "pages": 9, "app": 9,
}  # fmt: skip
# Outside the ladder: they put the parts together.
JOINTS = {
    "intake": {"period", "model", "sql", "decision", "paths", "settings", "catalog", "text", "reading", "store",
               "measure"},
    "review": {"period", "model", "decision", "paths", "settings", "catalog", "text", "reading", "store", "intake"},
    "cases": {"period", "model", "sql", "paths", "settings", "catalog", "text", "records", "engines", "store",
              "measure", "demo"},
}  # fmt: skip
COMMAND_LINE = {"__main__", "cli"}
HOMES = {
    "streamlit": {"app", "pages", "ui"},
    "plotly": {"charts"},
    "duckdb": {"store", "engines", "records"},
    "typer": COMMAND_LINE,
}
# Only where `--engine spark` was asked for: none of the others needs requirements-spark.txt.
SPARK_LIBRARIES = {"pyspark", "py4j", "grpc"}
DOCUMENT_LIBRARIES = {"docx", "pypdfium2", "pdfplumber", "rapidocr", "onnxruntime", "cv2", "cn2an", "ahocorasick_rs",
                      "lxml", "openpyxl", "xlrd", "opencc"}  # fmt: skip
LAZY_INTAKE = {f"hall.ui.sources.{name}" for name in ("review", "publishing", "deciding", "page_image", "by_hand",
                                                       "held")}  # fmt: skip
# Inside hall/views: questions, finished values, whole tables, then one package a page; a page knows no other page.
ROOMS = {"link": 0, "data": 1, "parts": 2, "extracts": 3}
PAGE = 4
MODULES = list(parsed().values())


def _layer_of(name: str) -> str:
    parts = name.split(".")
    return parts[1] if parts[0] == "hall" and len(parts) > 1 else parts[0]


def _ours(module: Module) -> set[str]:
    return {name for name in module.imports() if name.split(".")[0] in ("hall", "pages", "app")}


@pytest.mark.parametrize("module", MODULES, ids=lambda m: m.name)
def test_imports_run_one_way(module: Module) -> None:
    layer = module.layer
    if layer in COMMAND_LINE:
        return
    for name in _ours(module):
        target = _layer_of(name)
        if target == layer or name == "hall":
            continue
        if layer in JOINTS:
            assert target in JOINTS[layer], f"{module.name} imports {name}"
        elif target in JOINTS:
            assert module.name in LAZY_INTAKE, f"{module.name} imports {name}"
        else:
            assert layer in RANK, f"{module.name} is on no layer of the map"
            assert target in RANK, f"{module.name} imports {name}, which is on no layer of the map"
            assert RANK[target] < RANK[layer] or (layer, target) == ("settings", "model"), (
                f"{module.name} imports {name}"
            )


def _room(name: str) -> str:
    return name.split(".")[2] if name.startswith("hall.views.") else ""


@pytest.mark.parametrize("module", [m for m in MODULES if _room(m.name)], ids=lambda m: m.name)
def test_rooms_of_views(module: Module) -> None:
    own = _room(module.name)
    for name in module.imports():
        room = _room(name)
        if room and room != own:
            assert ROOMS.get(room, PAGE) < ROOMS.get(own, PAGE), f"{module.name} imports {name}"
        assert own != "parts" or not name.startswith("hall.store"), f"{module.name} asks the store: {name}"


@pytest.mark.parametrize("module", [m for m in MODULES if m.layer == "charts"], ids=lambda m: m.name)
def test_charts_know_parts_and_decide_no_words(module: Module) -> None:
    known = {"hall.model", "hall.paths", "hall.views.parts.plots", "hall.views.parts.maps"}
    assert {name for name in _ours(module) if _layer_of(name) != "charts"} <= known


@pytest.mark.parametrize("module", MODULES, ids=lambda m: m.name)
def test_libraries_have_one_home(module: Module) -> None:
    roots = {name.split(".")[0] for name in module.imports()}
    for library, homes in HOMES.items():
        assert library not in roots or module.layer in homes, f"{module.name} imports {library}"
    if module.layer in ("pages", "app"):
        assert "polars" not in roots, f"{module.name} imports polars"


def test_spark_is_imported_inside_functions_of_its_engine_only() -> None:
    for module in MODULES:
        if module.layer != "engines":
            assert not {name.split(".")[0] for name in module.imports()} & SPARK_LIBRARIES, module.name
        assert not {name.split(".")[0] for name in module.imports(everywhere=False)} & SPARK_LIBRARIES, module.name


def test_intake_alone_imports_reading() -> None:
    # The command line's `read` touches no store: it may go to the reader through intake only, like everyone.
    for module in MODULES:
        if module.layer not in ("reading", "intake"):
            found = {name for name in module.imports() if _layer_of(name) == "reading"}
            assert not found, f"{module.name} imports {found}"


def test_no_page_reaches_reading_when_it_is_imported() -> None:
    start = {m.name for m in MODULES if m.layer in ("pages", "ui", "app")}
    reached = loaded_by(start)
    assert not {name for name in reached if _layer_of(name) in ("reading", "intake", "review")}
    assert not {name.split(".")[0] for name in reached} & DOCUMENT_LIBRARIES


def test_intake_is_imported_inside_functions_only() -> None:
    for name in LAZY_INTAKE & parsed().keys():
        assert not any(_layer_of(i) in JOINTS for i in parsed()[name].imports(everywhere=False)), name


def test_the_app_starts_without_document_libraries() -> None:
    # main and the pages are scripts of a session; what they import is imported here.
    scripts = {m.name for m in MODULES if m.layer in ("pages", "app")} | {"hall.ui.main"}
    wanted = sorted(name for name in loaded_by(scripts) - scripts if name in parsed())
    code = f"import sys, importlib\nfor name in {wanted!r}: importlib.import_module(name)\nprint(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    loaded = {name.split(".")[0] for name in done.stdout.split()}
    assert not loaded & DOCUMENT_LIBRARIES
    assert not [name for name in done.stdout.split() if name.startswith(("hall.reading", "hall.intake", "hall.review"))]


def test_requirements_are_what_is_imported() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    imported = {name.split(".")[0] for m in MODULES for name in m.imports()}
    third = imported - set(sys.stdlib_module_names) - {"hall", "pages", "app"}
    # polars uses these without being told, of plotly only its file for browsers; starlette comes with streamlit.
    told = {"chinese_calendar": "chinesecalendar", "ahocorasick_rs": "ahocorasick-rs", "docx": "python-docx",
            "PIL": "pillow", "cv2": "opencv-python-headless"}  # fmt: skip
    silent = {"pyarrow", "pytz", "onnxruntime", "plotly"}
    carried = {"starlette", "pandas", "numpy", "click", "_typeshed"}
    names = {told.get(name, name) for name in third} - carried - SPARK_LIBRARIES
    assert names | silent == set(project["dependencies"]) | (silent & names)


@pytest.mark.parametrize("name", ["", "-dev", "-spark", "-bench"])
def test_requirements_are_pinned(name: str) -> None:
    text = (ROOT / f"requirements{name}.txt").read_text(encoding="utf-8")
    lines = [s for s in text.splitlines() if s and not s.startswith("#")]
    assert lines
    assert all("==" in line for line in lines)


def test_every_dependency_is_frozen() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    for name, listed in (
        ("requirements.txt", project["project"]["dependencies"]),
        ("requirements-dev.txt", project["dependency-groups"]["dev"]),
        ("requirements-spark.txt", project["dependency-groups"]["spark"]),
        ("requirements-bench.txt", project["dependency-groups"]["bench"]),
    ):
        runtime = (ROOT / "requirements.txt").read_text(encoding="utf-8")
        pinned = {line.split("==")[0] for line in ((ROOT / name).read_text(encoding="utf-8") + runtime).splitlines()}
        assert {name.partition("[")[0] for name in listed} <= pinned
    apart = (ROOT / "requirements.txt").read_text(encoding="utf-8") + (ROOT / "requirements-dev.txt").read_text("utf-8")
    assert "pyspark" not in apart
    assert "dash==" not in apart


def test_what_tests_and_scripts_import_is_pinned() -> None:
    found = set()
    for path in [p for folder in ("tests", "scripts", "bench") for p in (ROOT / folder).rglob("*.py")]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                found |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                found.add(node.module.split(".")[0])
    own = {"hall", "scripts", "bench", "tests"} | {path.stem for path in (ROOT / "tests").rglob("*.py")}
    told = {"PIL": "pillow", "chinese_calendar": "chinesecalendar", "docx": "python-docx"}
    pinned = "".join((ROOT / f"requirements{name}.txt").read_text(encoding="utf-8") for name in ("", "-dev", "-bench"))
    missing = {told.get(name, name) for name in found - own - set(sys.stdlib_module_names)}
    assert not [name for name in sorted(missing) if f"\n{name.replace('_', '-')}==" not in pinned]
