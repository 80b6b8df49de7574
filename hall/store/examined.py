"""A reading examined by itself, in a ledger that nobody keeps."""

from __future__ import annotations

from dataclasses import replace

from hall import sql
from hall.model import Check, Reading
from hall.store import checks, journal, schema, write


def examine(reading: Reading) -> Reading:
    """The reading with its checks filled, and the status of each figure and observation after them."""
    con = schema.connect()
    try:
        schema.create(con)
        write.add(con, reading, write.Provenance("", "file", journal.now()))
        found = checks.run(con)
        status = dict(con.execute(sql.text("ledger/statuses")).fetchall())
    finally:
        con.close()
    return replace(
        reading,
        checks=tuple(
            Check(c["id"], c["result"], c["params"], tuple(c["figures"]), c["severity"], c["document"]) for c in found
        ),
        figures=tuple(replace(figure, status=status[at]) for at, figure in enumerate(reading.figures)),
        observations=tuple(replace(o, obs_status=status[o.figure]) for o in reading.observations),
    )
