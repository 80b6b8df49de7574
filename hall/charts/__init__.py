"""View pieces in, plotly figures out. Pure: no Streamlit, no reading of data."""
