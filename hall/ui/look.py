"""The style sheet of what Streamlit has no element for, and its colours, which are those of the mode."""

from __future__ import annotations

import tomllib
from functools import cache

from hall.charts.theme import Mode
from hall.paths import CONFIG, ROOT

# px; look.css keeps the place of the sidebar until it comes
SIDEBAR = 232


@cache
def style() -> str:
    """look.css without its comments, for the head of the page."""
    lines = (ROOT / "hall/ui/look.css").read_text(encoding="utf-8").splitlines()
    lean = "".join(line.strip() for line in lines if not line.startswith("/*"))
    return f":root{{--hall-sidebar:{SIDEBAR}px}}{lean}"


@cache
def colours(mode: Mode) -> str:
    """The colours that look.css names, for one ``st.html``."""
    own = tomllib.loads(CONFIG.read_text(encoding="utf-8"))["theme"][mode]
    named = "".join(f"--hall-{name}:{value};" for name, value in own.items() if f"var(--hall-{name})" in style())
    return f"<style>:root{{{named}}}</style>"
