"""Every line of Streamlit that is not a page: navigation, filters, cache, cards, notices."""
