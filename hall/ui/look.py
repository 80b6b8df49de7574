"""The style sheet of what Streamlit has no element for, in the colours of the mode."""

from __future__ import annotations

import tomllib
from functools import cache

from hall.charts.theme import Mode
from hall.paths import CONFIG, ROOT


@cache
def sheet(mode: Mode) -> str:
    """look.css with the colours that it names, for one ``st.html``."""
    style = (ROOT / "hall/ui/look.css").read_text(encoding="utf-8")
    own = tomllib.loads(CONFIG.read_text(encoding="utf-8"))["theme"][mode]
    colours = "".join(f"--hall-{name}:{value};" for name, value in own.items() if f"var(--hall-{name})" in style)
    lean = "".join(line.strip() for line in style.splitlines() if not line.startswith("/*"))
    return f"<style>:root{{{colours}}}{lean}</style>"
