"""A document that cannot be read: its page where it has one, and a form to type what it says."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from typing import cast

import streamlit as st

from hall import catalog
from hall.decision import Decision
from hall.model import Document, DocumentKind, HallError, Lang, Period, Scope
from hall.store import heads, journal
from hall.text import sentences, t, typed
from hall.text.plain import plain
from hall.ui import access, cards
from hall.ui.access import guard
from hall.ui.sources import review

_FIELDS = ("kind", "publisher", "month", "first", "last", "printed", "metric", "value", "scope", "department", "reason")
_FIRST_DAY = date(2000, 1, 1)
_PAGED = {".pdf", ".tif", ".tiff"}


def unread() -> bool:
    """Whether the file that is to be shown could not be read; then says so, so that no other document stands in, and
    offers to type what a person reads in it."""
    found = review.failed()
    if found is None:
        return False
    lang = guard().lang
    with st.container(border=True, gap="xsmall"):
        headline = t("review.unread", lang, name=plain(found.name))
        st.markdown(f":red[**{headline}**]  \n:small[:gray[{t('review.unread_unit', lang)}]]")
        st.markdown(f":red[{plain(sentences.fault(found.fault, lang))}]")
    if found.document:
        with cards.row(6, 5) as (left, right):
            with left, st.container(border=True, gap="xsmall"):
                page(found.document)
            with right:
                form(found.document)
    return True


def page(document: str) -> None:
    """A page of the document as a picture, where it can be drawn."""
    from hall import review as clerk

    lang = guard().lang
    key = f"_hand_page_{document[:8]}"
    number = int(st.session_state.get(key) or 1)
    image = None
    with suppress(HallError):
        image = clerk.page_image(document, number)
    if image is None:
        st.markdown(f":gray[{t('review.hand_no_page', lang)}]")
    else:
        st.image(str(image), width="stretch", alt=t("review.hand_page", lang, n=number))
    if number > 1 or (image and (clerk.kept_file(document) or image).suffix.lower() in _PAGED):
        st.number_input(t("document.choose_page", lang), 1, key=key, width=180)


def form(document: str) -> None:
    """What the document is, and one value of it after the other."""
    from hall import review as clerk

    lang, head = guard().lang, clerk.head_of(document)
    keys = {name: f"_hand_{name}_{document[:8]}" for name in _FIELDS}
    with st.container(border=True, gap="xsmall", key="by_hand"):
        st.markdown(f"**{t('review.hand', lang)}**  \n:small[:gray[{t('review.hand_unit', lang)}]]")
        _head(keys, head, lang)
        _value(keys, lang)
        st.button(t("review.hand_add", lang), key="hand_add", on_click=_add, args=(document, keys))


def _head(keys: dict[str, str], head: Document | None, lang: Lang) -> None:
    kinds = {kind: t(f"document_kind.{kind}", lang) for kind in heads.KINDS}
    kind = head.kind if head else heads.KINDS[0]
    chosen = st.segmented_control(t("review.hand_kind", lang), list(kinds), default=kind, required=True,
                                  format_func=kinds.__getitem__, key=keys["kind"])  # fmt: skip
    bodies = {body.zh: body.short(lang) for body in catalog.publishers()}
    names = list(bodies)
    at = names.index(head.publisher) if head and head.publisher in names else 0
    st.selectbox(t("review.hand_publisher", lang), names, at, format_func=bodies.__getitem__, key=keys["publisher"])
    one, two, three = st.columns(3)
    if chosen == "monthly_bulletin":
        month = f"{head.period_start:%Y-%m}" if head and head.period_start else ""
        one.text_input(t("review.hand_month", lang), month, key=keys["month"], placeholder="2025-10", max_chars=7)
    else:
        start, end = (head.period_start, head.period_end) if head else (None, None)
        _day(one, "first", keys, start, lang)
        _day(two, "last", keys, end, lang)
    _day(three, "printed", keys, head.published_on if head else None, lang)


def _day(place: st.delta_generator.DeltaGenerator, name: str, keys: dict[str, str], day: date | None,
         lang: Lang) -> None:  # fmt: skip
    place.date_input(t(f"review.hand_{name}", lang), day, key=keys[name], format="YYYY-MM-DD", min_value=_FIRST_DAY)


def _value(keys: dict[str, str], lang: Lang) -> None:
    metrics = {m.id: m.label(lang) for m in catalog.metrics().values()}
    left, right = st.columns(2)
    metric = left.selectbox(t("review.metric", lang), list(metrics), format_func=metrics.__getitem__,
                            key=keys["metric"])  # fmt: skip
    right.text_input(t("review.hand_value", lang), key=keys["value"], max_chars=40)
    if catalog.metrics()[metric].kind == "flow":
        scopes = {scope: t(f"scope.{scope}", lang) for scope in ("period", "year_to_date")}
        st.segmented_control(t("review.scope", lang), list(scopes), default="period", format_func=scopes.__getitem__,
                             key=keys["scope"], required=True)  # fmt: skip
    bodies = {d.zh: d.label(lang) for d in catalog.departments().values()}
    left, right = st.columns(2)
    left.selectbox(t("review.hand_department", lang), list(bodies), None, format_func=bodies.__getitem__,
                   key=keys["department"], placeholder=t("review.hand_whole", lang))  # fmt: skip
    right.text_input(t("review.reason", lang), t("review.reason_typed", lang), key=keys["reason"], max_chars=80)


def _add(document: str, keys: dict[str, str]) -> None:
    from hall import review as clerk

    state = {name: st.session_state.get(key) for name, key in keys.items()}

    def send() -> str:
        words, metric = str(state["value"] or "").strip(), str(state["metric"])
        value, decimals, power, unit = typed.measured(words)
        scope = cast(Scope, state["scope"] or "period") if catalog.metrics()[metric].kind == "flow" else "as_of"
        clerk.enter(_typed_head(document, state), Decision(
            "", document, "add", "", journal.now(), str(state["reason"] or ""), None, None, words, value, unit,
            None, metric, scope, department=cast("str | None", state["department"]), decimals=decimals,
            unit_mult=power,
        ), review.who())  # fmt: skip
        return words

    if (words := review.attempt(send)) is not None:
        st.session_state[keys["value"]] = ""
        review.note(t("review.hand_added", access.lang(), value=words))


def _typed_head(document: str, state: dict[str, object]) -> Document:
    """The head as the form tells it; HallError bad_month."""
    first, last = cast("date | None", state["first"]), cast("date | None", state["last"])
    kind = cast(DocumentKind, state["kind"])
    if kind == "monthly_bulletin":
        month, whole = str(state["month"] or "").strip(), None
        with suppress(ValueError):
            whole = Period.parse(month)
        if whole is None or whole.freq != "M":
            raise HallError("bad_month", month=month or "-")
        first, last = whole.start, whole.end
    printed = cast("date | None", state["printed"])
    return Document(document, kind, publisher=str(state["publisher"]), published_on=printed, period_start=first,
                    period_end=last)  # fmt: skip
