"""An app of one picture and one uploaded file, for the proxy's test."""

import streamlit as st
from PIL import Image

st.image(Image.new("RGB", (40, 30), "navy"))
st.file_uploader("file", key="file")
