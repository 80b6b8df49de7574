"""The plain Streamlit yardstick: a select box and four charts, as anyone would write it first."""

import streamlit as st

from bench.yardsticks import charts

st.set_page_config(layout="wide")
chosen = st.selectbox("department", [charts.ALL, *charts.departments()], key="department")
columns = st.columns(2) + st.columns(2)
for column, (n, figure) in zip(columns, enumerate(charts.figures(chosen)), strict=True):
    column.plotly_chart(figure, key=f"chart{n}", theme=None)
