"""The next version of the ledger while the lock is held: documents come and go, decisions are laid over them."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Callable
from functools import cached_property
from pathlib import Path

import duckdb

from hall import settings, sql
from hall.decision import Decision
from hall.model import HallError, Reading
from hall.store import checks, decisions, disk, facts, fingerprint, journal, read, schema, seal, versions, write
from hall.store.journal import JournalItem
from hall.store.published import Published
from hall.store.versions import LedgerContent

Read = Callable[[Path], Reading]
# Documents that a sentence names.
_NAMED = 5


class LedgerDraft:
    """The next version while the lock is held. Nothing is copied or built until something is to change."""

    def __init__(self, own: Published, read_file: Read) -> None:
        self._own, self.store = own, own.folder
        self._is_look = own == versions.previews()
        self.previous = read.published()
        self.state = journal.state(self.store, self.previous)
        self.refused: list[tuple[str, HallError]] = []
        self.path = self.store / f"{own.draft}-{os.getpid()}.duckdb"
        self._read = read_file
        self._con: duckdb.DuckDBPyConnection | None = None
        self._facts: dict[str, facts.FactEntry] | None = None
        self._new: list[JournalItem] = []
        self._looked_at: dict[str, Path] = {}
        self._gone: list[str] = []
        self._decided: list[str] = []
        self._undecided: list[str] = []
        self._made = journal.made(self.store)
        self._back = journal.taken_back(self.store)
        self.lost: list[Decision] = []

    @property
    def stale(self) -> bool:
        """Whether the published version was built from other facts, another catalogue, schema or reader; for a look,
        which must be quick, whether it has another schema."""
        if not self.previous:
            return True
        path = self.store / self.previous
        if not self._own.whole(self.previous):
            return True
        if self._is_look:
            return versions.schema_of(path) != schema.version()
        return versions.built_from(path) != self._built_from

    @cached_property
    def _built_from(self) -> str:
        return fingerprint.ledger()

    @property
    def con(self) -> duckdb.DuckDBPyConnection:
        """The open draft."""
        if self._con is None:
            if self.stale:
                self._con = self._rebuild()
            else:
                shutil.copyfile(self.store / self.previous, self.path)
                self._con = schema.connect(self.path)
        return self._con

    def facts(self) -> dict[str, facts.FactEntry]:
        """The accepted facts by document."""
        if self._facts is None:
            self._facts = {entry.reading.document.sha256: entry for entry in facts.read(settings.facts())}
        return self._facts

    def add(self, reading: Reading, file: Path, *, keep: bool = True) -> write.Outcome:
        """Add a file that was read; unless it is only looked at it is kept beside the versions under its hash."""
        at = self.state.next_at(journal.now())
        item = JournalItem(reading.document.sha256, file.name, file.suffix.lower(), at)
        entry = self.facts().get(item.sha256)
        if entry and item.sha256 in self.state.withdrawn:
            self._put(self.con, entry.reading, write.Provenance(entry.name, "facts", item.loaded_at))
        kept = self.store / "files" / f"{item.sha256}{item.suffix}"
        if keep:
            disk.keep(file, kept)
        else:
            self._looked_at[item.sha256] = file
        outcome = self._put(self.con, reading, write.Provenance(item.name, "file", item.loaded_at, item.suffix))
        self.state = self.state.with_item(item)
        self._new.append(item)
        return outcome

    def remove(self, document: str) -> None:
        """Take a document out; copies that hung on it come in again by themselves."""
        copies = self._delete(document)
        self.state = self.state.without(frozenset({document}))
        self._gone.append(document)
        for item in self.state.items:
            if item.sha256 in copies:
                self._add_again(self.con, item)

    def find(self, word: str) -> list[tuple[str, str]]:
        """The documents (hash and name) that a word names, also those of the version that can no longer be read."""
        found = self.con.execute(sql.text("ledger/find_document"), {"word": word}).fetchall()
        before = versions.documents(self.store / self.previous) if self.previous and not found else {}
        return found or [
            (h, name) for h, name in before.items() if name == word or (len(word) > 5 and h.startswith(word))
        ]

    def decide(self, document: str) -> None:
        """Bring the pending decisions on a document into the draft: it comes in again with them."""
        mine = [d.id for d in self.state.pending(self._made, self._back) if d.document == document]
        if not mine:
            return
        words, back = [w for w in mine if w not in self._back], [w for w in mine if w in self._back]
        self.state = self.state.with_decisions(words, back)
        self._decided += words
        self._undecided += back
        copies = self._delete(document)
        entry = self.facts().get(document)
        if entry and document not in self.state.withdrawn:
            self._put(self.con, entry.reading, write.Provenance(entry.name, "facts", entry.known_at))
        for item in self.state.items:
            if item.sha256 == document or item.sha256 in copies:
                self._add_again(self.con, item)

    def publish(self, act: journal.Act, by: str | None = None) -> str:
        """Check, name and switch; the name of the version that is served now. Without a change nothing is written."""
        if self._con is None and not self.stale:
            return self.previous
        name = self._finish()
        if name != self.previous:
            files = [journal.File(item.sha256, item.name, item.suffix) for item in self._new]
            parts: dict[str, object] = {"files": files, "documents": self._gone, "decided": self._decided,
                     "undecided": self._undecided}  # fmt: skip
            before = self.previous or journal.last(self.store)
            journal.append(self.store, act, before, name, user=by, **parts)
            self._own.serve(name)
        return name

    def _content(self) -> LedgerContent:
        """What the draft holds; HallError documents_dropped where a document is missing that nobody withdrew."""
        kept = dict(self.con.execute(sql.text("ledger/documents")).fetchall())
        before = versions.documents(self.store / self.previous) if self.previous else {}
        before = before or {item.sha256: item.name for item in self.state.items}
        gone = [name for sha256, name in before.items() if sha256 not in {*kept, *self.state.withdrawn}]
        if gone:
            raise HallError("documents_dropped", n=len(gone), names=", ".join(sorted(gone)[:_NAMED]))
        return LedgerContent(self.state, kept)

    def preview(self) -> str:
        """The draft as a version that nobody is served; its name."""
        for document in dict.fromkeys(d.document for d in self.state.pending(self._made, self._back)):
            self.decide(document)
        if self._con is None and not self.stale:
            return self.previous
        return self._finish()

    def _finish(self) -> str:
        checks.run(self.con)
        meta = {"fingerprint": self._built_from, "schema_version": schema.version(), "built_at": journal.now()}
        self.con.execute(sql.text("ledger/clear_meta"))
        schema.insert(self.con, "meta", [meta])
        holds = None if self._is_look else self._content()
        self.con.execute(sql.text("ledger/settle"))
        counts = seal.tables(self.con)
        self.con.close()
        return self._own.add(self.path, self._key(), counts, holds)

    def close(self) -> None:
        """Let go of the draft; what is left of it is swept away with the lock."""
        if self._con is not None:
            self._con.close()

    def _delete(self, document: str) -> list[str]:
        """Delete a document and the copies that hang on it; the copies."""
        copies = [row[0] for row in self.con.execute(sql.text("ledger/copies"), {"document": document}).fetchall()]
        self.con.execute(sql.text("ledger/leaving"), {"document": document})
        self.con.execute(sql.text("ledger/delete_documents"))
        return copies

    def _key(self) -> str:
        left_out = sorted({sha for sha, _ in self.refused} | (self.state.withdrawn & self.facts().keys()))
        items, decided = [i.sha256 for i in self.state.items], sorted(self.state.decided)
        content: list[object] = [self._built_from, items, left_out, decided]
        if self._is_look:
            content.append(self.previous)
        return hashlib.sha256(json.dumps(content).encode()).hexdigest()

    def _put(self, con: duckdb.DuckDBPyConnection, reading: Reading, source: write.Provenance) -> write.Outcome:
        sha256 = reading.document.sha256
        mine = [d for word, d in self._made.items() if d.document == sha256 and word in self.state.decided]
        applied = decisions.apply(reading, mine)
        self.lost += [d for d in applied.lost if d not in self.lost]
        return _put(con, applied, source)

    def _rebuild(self) -> duckdb.DuckDBPyConnection:
        con = schema.connect(self.path)
        schema.create(con)
        for sha256, entry in self.facts().items():
            if sha256 not in self.state.withdrawn:
                self._put(con, entry.reading, write.Provenance(entry.name, "facts", entry.known_at))
        for item in self.state.items:
            self._add_again(con, item)
        return con

    def _add_again(self, con: duckdb.DuckDBPyConnection, item: JournalItem) -> None:
        file = self._looked_at.get(item.sha256) or self.store / "files" / f"{item.sha256}{item.suffix}"
        try:
            reading = self._read(file)
            if reading.document.sha256 != item.sha256:
                raise HallError("file_damaged", file=item.name)
            self._put(con, reading, write.Provenance(item.name, "file", item.loaded_at, item.suffix))
        except HallError as fault:
            # It stays in the journal: a later reader may read it again.
            self.refused.append((item.sha256, HallError(fault.code, **fault.params | {"file": item.name})))


def _put(con: duckdb.DuckDBPyConnection, applied: decisions.Applied, source: write.Provenance) -> write.Outcome:
    """A document comes in whole or not at all."""
    con.begin()
    try:
        outcome = write.add(con, applied.reading, source, applied)
    except BaseException as fault:
        con.rollback()
        if isinstance(fault, duckdb.ConstraintException | duckdb.ConversionException | duckdb.InvalidInputException):
            raise HallError("not_stored", file=source.name, detail=str(fault).splitlines()[0]) from fault
        raise
    con.commit()
    return outcome
