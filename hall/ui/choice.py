"""Controls of one page whose choice lives in the URL by id: ``category=training``, ``document=<hash>``.

A bound widget would write its label, which changes with the language; these write the id and follow the URL when a link
or the Back button changes it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import streamlit as st

_SEEN = "_hall_seen"


def line() -> st.delta_generator.DeltaGenerator:
    """A row of controls that wraps."""
    return st.container(horizontal=True, gap="small")


def segments(key: str, label: str, options: Mapping[str, str], default: str | None = None) -> str:
    """One of few; the default (the first, unless another is named) stays out of the URL."""
    ids = list(options)
    first = default or ids[0]
    state = _follow(key, ids, first)
    st.segmented_control(
        label,
        ids,
        key=state,
        required=True,
        format_func=options.__getitem__,
        label_visibility="collapsed",
        on_change=_write,
        args=(key, state, first),
    )
    return str(st.session_state[state])


def many(key: str, options: Mapping[str, str]) -> tuple[str, ...]:
    """What the URL says for a key that takes several, in the order of the options."""
    said = st.query_params.get_all(key)
    return tuple(i for i in options if i in said)


def pills(key: str, label: str, options: Mapping[str, str], default: Sequence[str] = ()) -> None:
    """Any of several; none means the default, shown as chosen, else all. Read the choice with ``many``."""
    ids = list(options)
    state = _follow(key, ids, None)
    if not many(key, options):
        st.session_state[state] = list(default)  # it may be another than before
    st.pills(
        label,
        ids,
        key=state,
        selection_mode="multi",
        format_func=options.__getitem__,
        label_visibility="collapsed",
        on_change=_write,
        args=(key, state, None),
    )


def select(
    key: str, label: str, options: Mapping[str, str], default: str, *, width: int | None = None, clears: str = ""
) -> str:
    """One of many; ``default`` stays out of the URL. Another choice clears ``clears``, which hangs on it."""
    ids = list(options)
    state = _follow(key, ids, default)
    st.selectbox(
        label,
        ids,
        key=state,
        format_func=options.__getitem__,
        on_change=_write,
        args=(key, state, default, clears),
        filter_mode=None if len(ids) < 12 else "contains",
        width=width or "stretch",
    )
    return str(st.session_state[state])


def given(key: str) -> str:
    """What the URL says for a key, before its control is made."""
    return str(st.query_params.get(key, ""))


def settled(key: str, ids: Callable[[str], str | None]) -> str:
    """What the URL says for a key, by the id that it means: an old address may carry another word, which is changed."""
    said = given(key)
    own = ids(said) or said
    if own != said:
        st.query_params[key] = own
    return own


def page(key: str) -> int:
    """The number of the page that the URL names, 1 where it names none."""
    said = given(key)
    return int(said) if said.isascii() and said.isdigit() and 0 < int(said) < 10**9 else 1


def pages(key: str, current: int, count: int) -> None:
    """The pages to go through; the first stays out of the URL."""
    # a control of its own for each page: one that is kept would hold on to the page it was made with
    state = f"_choice_{key}_{current}"
    st.pagination(count, default=current, key=state, on_change=_turn, args=(key, state))


def clear(key: str) -> None:
    """Take a key out of the URL."""
    if key in st.query_params:
        del st.query_params[key]


def _turn(key: str, state: str) -> None:
    number = st.session_state[state]
    if number and number > 1:
        st.query_params[key] = str(number)
    else:
        clear(key)


def _follow(key: str, ids: Sequence[str], default: str | None) -> str:
    """The state key of the control, set from the URL when the URL has changed since the last run."""
    state, many = f"_choice_{key}", default is None
    said = tuple(st.query_params.get_all(key))
    seen = st.session_state.setdefault(_SEEN, {})
    now = st.session_state.get(state)
    known = now is not None and (all(v in ids for v in now) if many else now in ids)
    if seen.get(key) != said or not known:
        seen[key] = said
        valid = [v for v in said if v in ids]
        st.session_state[state] = valid if many else valid[0] if valid else default
    return state


def _write(key: str, state: str, default: str | None, clears: str = "") -> None:
    clear(clears)
    value = st.session_state[state]
    values = list(value) if isinstance(value, (list, tuple)) else [value] if value and value != default else []
    if values:
        st.query_params[key] = values
    else:
        clear(key)
    st.session_state[_SEEN][key] = tuple(values)
