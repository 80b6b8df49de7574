"""Hall: the figures of a government-service hall, from the words that state them to the charts that show them.

The layers, each importing only those to its right::

    app, pages → ui → charts, export → views → store, engines, measure → text → catalog → model, paths, settings

``reading`` turns a document into figures and touches no store; ``intake`` alone joins reading, checks and store.
``records`` turns deliveries of cases into Parquet, ``engines`` roll them up; ``cases`` joins them with the store.
Streamlit lives in ``ui`` (and ``app.py``, ``pages/``), plotly in ``charts``, DuckDB in ``store``, ``records`` and
``engines``.
"""

__version__ = "0.1.0"
