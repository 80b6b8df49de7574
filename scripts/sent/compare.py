"""Comparing two folders: what is sent more or less often than before, and which of that is wanted."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from fnmatch import fnmatch
from pathlib import Path
from re import fullmatch

from scripts.sent.parts import PARTS

_SHOWN = 12


def compare(old: Path, new: Path, wanted: list[dict[str, str]], only: list[str], every: bool) -> int:
    """Print what differs; the number of differences that nobody wants."""
    names = sorted({str(p.relative_to(root)) for root in (old, new) for p in root.glob("*/*.json")})
    commonest: Counter[tuple[str, str]] = Counter()
    known: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for name in names:
        run = name.removesuffix(".json")
        both = [_read(root / name) for root in (old, new)]
        if None in both:
            total["runs"] += 1
            print(f"{run}: only in {'the new' if both[0] is None else 'the old'}")
            continue
        for part in only or PARTS:
            here = []
            one, two = ((side or {}).get(part, {}) for side in both)
            for entry, by in differences(part, one, two, old, new):
                why = next((w["why"] for w in wanted if _names(w, run, part, entry)), "")
                known.update([why] if why else [])
                here += [] if why else [(entry, by)]
            if not here:
                continue
            total[part] += len(here)
            commonest.update((part, entry) for entry, _ in here)
            print(f"{run}: {part} {len(here)}")
            for entry, by in here if every else here[:_SHOWN]:
                print(f"    {by:+d} {entry[:400]}")
    print(f"\n{len(names)} runs compared; differences: {dict(total) or 'none'}")
    for why, count in known.most_common():
        print(f"  wanted {count} ×: {why}")
    for (part, entry), count in commonest.most_common(_SHOWN if not every else None) if len(commonest) > 1 else ():
        print(f"  {count:4} × {part}: {entry[:160]}")
    return total.total()


def differences(
    part: str, one: Mapping[str, int], two: Mapping[str, int], old: Path, new: Path
) -> list[tuple[str, int]]:
    """What of a part is sent more often (+) or less often (-) than before. Words that are only cut elsewhere are the
    same words: told are those with a letter that is more or less often there. Of a file that both send, the lines that
    changed."""
    if part == "traces":
        one, two = _unnumbered(one), _unnumbered(two)
    less, more = Counter(one) - Counter(two), Counter(two) - Counter(one)
    if part == "words":
        changed = set((_letters(less) - _letters(more)) + (_letters(more) - _letters(less)))
        less, more = (Counter({t: n for t, n in side.items() if changed & set(t)}) for side in (less, more))
    if part == "files":
        gone = {entry.rpartition(" ")[0]: entry.rpartition(" ")[2] for entry in less}
        for entry in list(more):
            name, _, made = entry.rpartition(" ")
            if name in gone:
                before, after = (Counter(_lines(root, kept)) for root, kept in ((old, gone[name]), (new, made)))
                del less[f"{name} {gone[name]}"], more[entry]
                less.update({f"{name}: {line}": n for line, n in (before - after).items()})
                more.update({f"{name}: {line}": n for line, n in (after - before).items()})
                if before == after:
                    more[f"{name}: lines in another order"] += 1
    return [(entry, -n) for entry, n in sorted(less.items())] + [(entry, n) for entry, n in sorted(more.items())]


def _unnumbered(traces: Mapping[str, int]) -> Counter[str]:
    """Axes without their numbers, which are ids of small charts inside a figure, and what each says by itself: where
    two axes are one, the marks may stand at either."""
    found: Counter[str] = Counter()
    for entry, n in traces.items():
        if (axis := fullmatch(r"axis (.)axis\d* (.*)", entry)) is None:
            found[entry] += n
            continue
        said = json.loads(axis[2])
        marks = {key: said.pop(key) for key in ("ticktext", "tickvals") if key in said}
        for key, value in (said | {"ticks": marks}).items():
            if value:
                found[f"axis {axis[1]} {key} {json.dumps(value, ensure_ascii=False)}"] = 1
    return found


def _letters(tokens: Counter[str]) -> Counter[str]:
    found: Counter[str] = Counter()
    for token, n in tokens.items():
        found.update({letter: n * count for letter, count in Counter(token).items()})
    return found


def _lines(root: Path, kept: str) -> list[str]:
    return (root / "files" / kept).read_bytes().decode("utf-8-sig", "replace").splitlines()


def _read(path: Path) -> dict[str, dict[str, int]] | None:
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else None


def _names(wanted: dict[str, str], run: str, part: str, entry: str) -> bool:
    fits = fnmatch(run, wanted.get("run", "*")) and fnmatch(part, wanted.get("part", "*"))
    return fits and fullmatch(wanted["entry"], entry) is not None
