"""The server: started by ``streamlit run app.py``. The script that every session runs is hall/ui/main.py."""

import streamlit as st

from hall.paths import ROOT
from hall.ui.server import MIDDLEWARE, ROUTES, lifespan

# main.py stands where no pages/ lies beside it: otherwise a deep link would run a page file alone, without its frame.
app = st.App(ROOT / "hall" / "ui" / "main.py", lifespan=lifespan, middleware=MIDDLEWARE, routes=ROUTES)
