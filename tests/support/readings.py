"""What a reading shares with the facts made from it."""

from __future__ import annotations

from dataclasses import replace

from hall.model import Reading


def bare(reading: Reading) -> Reading:
    """What facts can hold of a reading: no text, quotes, places on a page, status; titles are a person's own."""
    return Reading(
        replace(reading.document),
        "",
        tuple(replace(f, quote=None, status="A", score=None, page=None, box=None) for f in reading.figures),
        tuple(replace(o, obs_status="A") for o in reading.observations),
        tuple(replace(a, quote=None, title="") for a in reading.activities),
        tuple(replace(t, title="") for t in reading.tasks),
    )
