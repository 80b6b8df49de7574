"""A held delivery among what needs a person, and what a clerk does with it on page 数据."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st
from app_pages import open_page, said_on
from deliveries import case, standing, write
from literal_store import build, sparse
from streamlit.testing.v1 import AppTest

from hall.cases.load import load
from hall.cases.rollup import rollup
from hall.store import cube, held, journal, read

ROWS = [case(at) for at in range(100)]


@pytest.fixture(autouse=True)
def _fixed(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    logging.disable(logging.WARNING)
    st.cache_resource.clear()
    yield
    logging.disable(logging.NOTSET)
    read.close()
    cube.close()


@pytest.fixture
def store(new_store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A store of bulletins and records, of which a delivery was held."""
    monkeypatch.setenv("HALL_REVIEW", "on")
    made = build(new_store, sparse())
    monkeypatch.setenv("HALL_STORE", str(made))
    load([write(tmp_path / "whole.csv", ROWS)])
    rollup("sichuan")
    assert load([write(tmp_path / "week.csv", ROWS[:7])]).held
    return made


def _said(at: AppTest) -> str:
    """What the page says, without the marks that keep names from being markdown."""
    return said_on(at).replace("\\", "")


def _press(at: AppTest, label: str) -> AppTest:
    return next(button for button in at.button if button.label == label).click().run()


def test_it_is_named_among_what_needs_a_person(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for lang, words in (("zh", "已扣下"), ("en", "Held")):
        said = _said(open_page(monkeypatch, store, lang=lang))
        assert words in said
        assert "week.csv" in said
        assert "2025-10" in said


def test_a_clerk_replaces_with_a_reason(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    at = open_page(monkeypatch, store, "sources")
    _press(at, "仍要替换")
    assert "请先填写姓名" in _said(at)
    next(one for one in at.text_input if one.label.startswith("审核人")).input("王敏").run()
    _press(at, "仍要替换")
    assert "请写明仍要替换的理由" in _said(at)
    assert standing().height == 100
    next(one for one in at.text_input if one.label == "仍要替换的理由").input("已与业务科核对").run()
    _press(at, "仍要替换")
    assert not at.exception
    assert "已载入并重新汇总" in _said(at)
    assert "week.csv" not in _said(at)
    assert (standing().height, held.every()) == (7, ())
    (entry,) = [entry for entry in journal.entries(store) if entry.deliveries]
    assert (entry.user, entry.deliveries[0]["reason"]) == ("王敏", "已与业务科核对")
    assert "已扣下" not in _said(open_page(monkeypatch, store))


def test_a_clerk_gives_it_up(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    at = open_page(monkeypatch, store, "sources")
    next(one for one in at.text_input if one.label.startswith("审核人")).input("王敏").run()
    _press(at, "放弃")
    assert "已放弃" in _said(at)
    assert (standing().height, held.every()) == (100, ())


def test_without_review_it_is_told_only(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HALL_REVIEW", "off")
    at = open_page(monkeypatch, store, "sources")
    assert "week.csv" in _said(at)
    assert not [button for button in at.button if button.label in ("仍要替换", "放弃")]


def test_a_first_delivery_that_is_held_is_named_on_an_empty_store(
    new_store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    load([write(tmp_path / "a.csv", [case(at, status="?" if at < 30 else "在办") for at in range(60)])])
    for page in ("overview", "sources"):
        assert "a.csv" in _said(open_page(monkeypatch, new_store, page))
