"""The Dash yardstick: the same select box and charts. ``python -m bench.yardsticks.dashed PORT``."""

from __future__ import annotations

import sys

import dash

from bench.yardsticks import charts


def main() -> None:
    """Serve it on 127.0.0.1."""
    app = dash.Dash(__name__)
    box = dash.dcc.Dropdown([charts.ALL, *charts.departments()], charts.ALL, id="department")
    app.layout = dash.html.Div([box, *(dash.dcc.Graph(id=f"chart{n}") for n in range(4))])
    drawn = [dash.Output(f"chart{n}", "figure") for n in range(4)]
    app.callback(drawn, dash.Input("department", "value"))(charts.figures)
    app.run(host="127.0.0.1", port=int(sys.argv[1]), debug=False)


if __name__ == "__main__":
    main()
