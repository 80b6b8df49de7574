"""The desk of a clerk on page 数据: take files in, look at them before they are served, publish, take back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import streamlit as st

from hall import settings
from hall.model import HallError
from hall.store import journal, read
from hall.text import sentences, t
from hall.text.plain import plain
from hall.ui import cards
from hall.ui.access import guard, lang
from hall.views.parts.cards import Tone
from hall.views.sources import review as order
from hall.views.sources.opened import Opened

_NAME, _NOTE, _KEPT, _TURN = "_hall_name", "_hall_note", "_hall_preview", "_hall_turn"
_UNREAD = "_hall_unread"
_TONE: dict[bool, Tone] = {True: "attention", False: "good"}
# faults of a moment, not of the file
_PASSING = frozenset({"store_busy", "store_not_writable", "disk_full"})


@dataclass(frozen=True, slots=True)
class Failed:
    """A file that could not be read and why; its hash where a person may type what it says."""

    name: str
    fault: HallError
    document: str


def is_on() -> bool:
    """Whether the controls of review are shown."""
    return settings.review()


def who() -> str:
    """The name under which this session decides; empty until it was given."""
    return str(st.session_state.get(_NAME, "")).strip()


def note(words: str, *, refused: bool = False) -> None:
    """Have one sentence shown at the next run: on the desk, and in the corner, since the desk may be out of sight."""
    st.session_state[_NOTE] = (words, refused)


def attempt(act: Callable[..., Any], *args: Any, **words: Any) -> Any:
    """Do something that may be refused; what was wrong is shown as a sentence. None when it was refused."""
    try:
        return act(*args, **words)
    except HallError as fault:
        note(sentences.fault(fault, lang()), refused=True)
        return None


@contextmanager
def looking() -> Iterator[None]:
    """Under review, views show within what would be published: the file taken from the inbox and every decision that is
    not published yet."""
    name = _preview() if is_on() else ""
    if not name:
        yield
        return
    with read.serving(name):
        yield


def desk() -> None:
    """Draw the desk where review is on."""
    if not is_on():
        return
    spoken = guard().lang
    with st.container(border=True, gap="xsmall"):
        st.markdown(f"**{t('review.desk', spoken)}**  \n:small[:gray[{t('review.desk_unit', spoken)}]]")
        if said := st.session_state.pop(_NOTE, None):
            words, refused = plain(said[0]), bool(said[1])
            mark = cards.badge(t("review.refused" if refused else "review.noted", spoken), _TONE[refused])
            st.markdown(f"{mark} {words}")
            st.toast(f"{mark} {words}", duration="long")
        left, right = st.columns(2)
        with left:
            turn = st.session_state.setdefault(_TURN, 0)
            st.file_uploader(
                t("review.upload", spoken), accept_multiple_files=True, key=f"upload_{turn}", on_change=_received,
                args=(f"upload_{turn}",), max_upload_size=settings.read_megabytes(),
            )  # fmt: skip
        with right:
            _inbox()
            _name()


def failed() -> Failed | None:
    """The file that is to be shown, where it could not be read."""
    found = st.session_state.get(_UNREAD) if is_on() else None
    return found if isinstance(found, Failed) else None


def at_work(opened: Opened) -> Opened:
    """The document as it is shown: under review its riskiest figure is chosen, in the URL too."""
    if not is_on():
        return opened
    chosen = order.at_work(opened)
    if chosen.chosen and not opened.chosen:
        st.query_params["figure"] = str(chosen.chosen.number)
    return chosen


def _name() -> None:
    spoken = guard().lang
    if who():
        with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
            st.markdown(f":small[:gray[{t('review.by', spoken, name=plain(who()))}]]", width="content")
            st.button(t("review.other_name", spoken), key="other_name", type="tertiary", on_click=_forget_name)
    else:
        st.text_input(t("review.name", spoken), key="_name_typed", placeholder=t("review.name_hint", spoken),
                      on_change=_named, max_chars=40)  # fmt: skip


def _named() -> None:
    st.session_state[_NAME] = str(st.session_state["_name_typed"]).strip()


def _forget_name() -> None:
    st.session_state[_NAME] = ""


def _received(key: str) -> None:
    from hall import review

    for upload in st.session_state.get(key) or ():
        place = attempt(review.receive, upload.name, upload.getvalue())
        if place is not None and open_file(place.name) == "loaded":
            note(t("review.known", lang(), name=place.name))
    st.session_state[_TURN] += 1  # an empty uploader for the next one


def _inbox() -> None:
    from hall import review

    spoken = guard().lang
    files = [w for w in review.inbox() if w.state in {"new", "withdrawn"}]
    if not files:
        st.markdown(f":small[:gray[{t('review.inbox_empty', spoken)}]]")
        return
    opened = st.query_params.get("document", "")
    names = [w.name for w in files]
    index = next((i for i, w in enumerate(files) if opened and w.sha256.startswith(opened)), None)
    st.selectbox(t("review.inbox", spoken, n=len(files)), names, index=index, key=f"_inbox_{len(files)}_{index}",
                 placeholder=t("review.inbox_pick", spoken), on_change=_picked,
                 args=(f"_inbox_{len(files)}_{index}",))  # fmt: skip


def _picked(key: str) -> None:
    if name := st.session_state[key]:
        open_file(name)


def open_file(name: str) -> str:
    """Show a file of the inbox on the page; how it stands there."""
    from hall import review

    found = next((w for w in review.inbox() if w.name == name), None)
    if found is None:
        return ""
    for key in ("figure", "page"):
        st.query_params.pop(key, None)
    st.query_params["document"] = found.sha256
    return found.state


def _preview() -> str:
    """The version to look at; built anew when the store, the journal or the file has changed."""
    from hall import review

    document = st.query_params.get("document", "")
    files = [w for w in review.inbox() if w.state in {"new", "withdrawn"}] if document else []
    file = next((w.name for w in files if w.sha256.startswith(document)), "")
    if not file and not review.pending():
        st.session_state.pop(_UNREAD, None)
        return ""
    log = journal.path(settings.store())
    key = (read.version(), file, document if file else "", log.stat().st_size if log.exists() else 0)
    kept = st.session_state.get(_KEPT, ("", ""))
    if kept[0] == key and (not kept[1] or (settings.store() / kept[1]).exists()):
        return str(kept[1])
    st.session_state.pop(_UNREAD, None)
    spoken = guard().lang
    bar = st.progress(0.0, t("review.reading", spoken, name=plain(file))) if file else None

    def tell(done: int, total: int, _: str) -> None:
        if bar is not None and total:
            # drawn again though nothing has come: a clerk who goes on meanwhile breaks the reading off here
            key = "review.reading_page" if done else "review.reading"
            bar.progress(min(done / total, 1.0), t(key, spoken, name=plain(file), n=done, of=total))

    try:
        name = review.preview(file, tell)
    except HallError as fault:
        if not file or fault.code in _PASSING:
            note(sentences.fault(fault, lang()), refused=True)
            return ""
        name = ""
        sha = next((w.sha256 for w in files if w.name == file and w.size), "")
        st.session_state[_UNREAD] = Failed(file, fault, sha if fault.code in review.UNREADABLE else "")
    finally:
        if bar is not None:
            bar.empty()
    st.session_state[_KEPT] = (key, name)
    return name
